"""What people write for the derivative of tanh."""

import numpy as np

from grader.model.mistake import mistake

# The slope as a function of the value


@mistake(
    replaces="tanh_grad",
    says="x itself is put into 1 - y^2, where y is meant to be tanh(x).",
    think="In the formula 1 - y^2, what does y stand for?",
    look="Look at what you square: the input, or tanh of it?",
    fix="First y = tanh(x), then 1 - y^2.",
)
def derivative_of_tanh_squares_the_input(x):
    return 1 - x**2


@mistake(
    replaces="tanh_slope",
    says="tanh is applied twice before squaring.",
    think="How many times does tanh occur in the derivative of tanh(x)?",
    look="Follow x on its way to the square and count the calls of tanh.",
    fix="1 - tanh(x)^2 has a single tanh: if y is tanh(x) already, return 1 - y^2.",
)
def derivative_of_tanh_applies_tanh_twice(y):
    return 1 - np.tanh(y) ** 2


@mistake(
    replaces="tanh_slope",
    says="The square is missing: 1 - tanh(x) is returned.",
    think="The slope of tanh is the same at x and -x. Is that so for your formula?",
    look="Look at the power of tanh in your formula.",
    fix="Square the tanh: 1 - tanh(x)^2.",
)
def derivative_of_tanh_without_the_square(y):
    return 1 - y


@mistake(
    replaces="tanh_slope",
    says="The pattern of the sigmoid's derivative, y (1 - y), is used for tanh.",
    think="At x = 0 tanh is 0 and its slope is 1. What does y (1 - y) give there?",
    look="Which of the two functions has the derivative y (1 - y)?",
    fix="For tanh it is 1 - y^2, with y = tanh(x).",
)
def derivative_of_tanh_by_the_sigmoids_pattern(y):
    return y * (1 - y)


@mistake(
    replaces="tanh_grad",
    says="The derivative of the sigmoid is returned in place of that of tanh.",
    think="How steep is tanh at 0? How steep is your answer there?",
    look="Check which function's value goes into your formula.",
    fix="The sigmoid's slope is at most 1/4. Return 1 - tanh(x)^2, which is 1 at 0.",
)
def derivative_of_the_sigmoid_in_place_of_tanh(x):
    return sigmoid(x) * (1 - sigmoid(x))


@mistake(
    replaces="tanh_grad",
    says="1 - s^2 is taken with the sigmoid's value s, not with that of tanh.",
    think="Which function's value does the formula 1 - y^2 ask for?",
    look="Look at the function whose value you square.",
    fix="Square tanh(x), not sigmoid(x): 1 - tanh(x)^2.",
    same_as=("tanh-is-the-sigmoid",),
)
def derivative_of_tanh_taken_from_sigmoid(x):
    return 1 - sigmoid(x) ** 2


@mistake(
    replaces="tanh_slope",
    says="The sign is flipped: tanh(x)^2 - 1 is returned.",
    think="tanh rises everywhere. Which sign must its slope have?",
    look="Look at the order of the subtraction.",
    fix="It must be 1 - tanh(x)^2.",
)
def derivative_of_tanh_negated(y):
    return y**2 - 1


@mistake(
    replaces="tanh_slope",
    says="1 + tanh(x)^2 is returned, with a plus in place of the minus.",
    think="How steep is tanh far from 0? To which number does your formula tend there?",
    look="Look at the sign in front of the square.",
    fix="It is 1 - tanh(x)^2; 1 + tan(x)^2 belongs to the circular tangent.",
)
def derivative_of_tanh_with_a_plus(y):
    return 1 + y**2


@mistake(
    replaces="tanh_slope",
    says="The whole bracket is squared, (1 - tanh(x))^2, and not the tanh alone.",
    think="For large negative x, what is 1 - tanh(x), and what should the slope be?",
    look="Look at what exactly the power of two is attached to.",
    fix="Square the tanh, then subtract: 1 - tanh(x)**2.",
)
def derivative_of_tanh_squares_the_bracket(y):
    return (1 - y) ** 2


@mistake(
    replaces="tanh_slope",
    says="The absolute value stands where the square belongs: 1 - |tanh(x)|.",
    think="Has the slope of tanh a corner at 0?",
    look="Look at what you do to tanh(x) before you subtract it from 1.",
    fix="Square it: 1 - tanh(x)^2.",
)
def derivative_of_tanh_with_absolute_value(y):
    return 1 - np.abs(y)


@mistake(
    replaces="tanh_slope",
    says="tanh itself is returned, not its derivative.",
    think="At 0, is the slope of tanh 0?",
    look="Look at what tanh_grad does with tanh(x) before it returns.",
    fix="Return 1 - tanh(x)^2.",
)
def derivative_of_tanh_is_tanh(y):
    return y


@mistake(
    replaces="tanh_slope",
    says="The second derivative, -2 tanh(x) (1 - tanh(x)^2), is returned.",
    think="How many times has your function been differentiated?",
    look="Look at the factor in front of 1 - tanh(x)^2.",
    fix="Leave the factor -2 tanh(x) out: the first derivative is 1 - tanh(x)^2.",
)
def derivative_of_tanh_taken_twice(y):
    return -2 * y * (1 - y**2)


@mistake(
    replaces="tanh_grad",
    says="The derivative is multiplied by x.",
    think="What slope does your function give at 0, and what is that of tanh?",
    look="Look at the factors of 1 - tanh(x)^2.",
    fix="The derivative at x is 1 - tanh(x)^2 alone. (In a chain rule it is multiplied by a gradient, not by x.)",
)
def derivative_of_tanh_times_the_input(x):
    return x * (1 - np.tanh(x) ** 2)


@mistake(
    replaces="tanh_grad",
    says="The square is taken of x and not of tanh(x): 1 - tanh(x^2).",
    think="Is tanh(x)^2 the same as tanh(x^2)? Try x = 2.",
    look="Look at which parenthesis the square stands in.",
    fix="Take tanh first and square the result: 1 - np.tanh(x)**2.",
)
def derivative_of_tanh_squares_inside(x):
    return 1 - np.tanh(x**2)


# Through hyperbolic functions and exponentials


@mistake(
    replaces="tanh_grad",
    says="1 / cosh(x) is returned; the square is missing.",
    think="What is 1 - tanh(1)^2, and what is 1 / cosh(1)?",
    look="Look at the power of cosh.",
    fix="The derivative is 1 / cosh(x)^2.",
)
def derivative_of_tanh_is_sech_not_squared(x):
    return 1 / np.cosh(x)


@mistake(
    replaces="tanh_grad",
    says="1 / cosh(x^2) is returned: x is squared, not cosh.",
    think="Is cosh(x)^2 the same as cosh(x^2)? Try x = 2.",
    look="Look at which parenthesis the square stands in.",
    fix="Square the cosh: 1 / np.cosh(x)**2.",
)
def derivative_of_tanh_squares_inside_cosh(x):
    return 1 / np.cosh(x**2)


@mistake(
    replaces="tanh_grad",
    says="1 / sinh(x)^2 is returned: sinh stands where cosh belongs.",
    think="What happens to your formula at x = 0?",
    look="Look at the hyperbolic function in the denominator.",
    fix="The derivative is 1 / cosh(x)^2.",
)
def derivative_of_tanh_with_sinh(x):
    return 1 / np.sinh(x) ** 2


@mistake(
    replaces="tanh_grad",
    says="cosh(x)^2 is returned, the reciprocal of the derivative.",
    think="Does tanh become steeper or flatter away from 0?",
    look="Look for a division that is missing.",
    fix="The derivative is 1 / cosh(x)^2.",
)
def derivative_of_tanh_upside_down(x):
    return np.cosh(x) ** 2


@mistake(
    replaces="tanh_grad",
    says="1 / (e^x + e^-x)^2 is returned: a quarter of the derivative.",
    think="What is e^0 + e^-0, and its square? Which slope do you get at 0?",
    look="Look at the numerator.",
    fix="cosh(x) is (e^x + e^-x) / 2, so the derivative is 4 / (e^x + e^-x)^2.",
)
def derivative_of_tanh_is_a_quarter(x):
    return 1 / (np.exp(x) + np.exp(-x)) ** 2


@mistake(
    replaces="tanh_grad",
    says="Half of the derivative is returned: 2 sigmoid(2x) (1 - sigmoid(2x)), where one inner factor is missing.",
    think="Differentiate 2 sigmoid(2x) - 1: which factor does the inner 2x bring?",
    look="Count the factors of 2 in front of the sigmoids.",
    fix="The chain rule gives another 2: the derivative is 4 sigmoid(2x) (1 - sigmoid(2x)).",
)
def derivative_of_tanh_without_the_inner_two(x):
    return 2 * sigmoid(2 * x) * (1 - sigmoid(2 * x))


@mistake(
    replaces="tanh_grad",
    says="The derivative of the arctangent, 1 / (1 + x^2), is returned.",
    think="How fast does the slope of tanh vanish: like 1/x^2, or like e^(-2x)?",
    look="Which function has the derivative 1 / (1 + x^2)?",
    fix="That is arctan. The derivative of tanh is 1 - tanh(x)^2.",
)
def derivative_of_the_arctangent(x):
    return 1 / (1 + x**2)


# By differences


@mistake(
    replaces="tanh_grad",
    says="A forward difference is returned, which is off by a few millionths.",
    think="How large is the error of (f(x + h) - f(x)) / h, as a power of h?",
    look="Look for a small step h, and for a formula that you know without one.",
    fix="Use the exact derivative, 1 - tanh(x)^2. Keep differences for testing it.",
)
def derivative_of_tanh_by_a_forward_difference(x):
    return (np.tanh(x + 1e-5) - np.tanh(x)) / 1e-5


@mistake(
    replaces="tanh_grad",
    says="Differences between neighbours in the array are returned, so that each answer depends on other inputs.",
    think="Should the derivative at 0.5 change if another number stands beside it in the array?",
    look="Look for np.gradient or np.diff.",
    fix="The derivative is elementwise: 1 - tanh(x)^2 for each number by itself.",
)
def derivative_of_tanh_between_neighbours(x):
    return np.gradient(np.tanh(x), x)


@mistake(
    replaces="tanh_grad",
    says="A central difference is returned, which keeps about ten digits of sixteen.",
    think="How many digits are left when two numbers that agree in eleven digits are subtracted?",
    look="Look for a small step h, and for a formula that you know without one.",
    fix="Use the exact derivative, 1 - tanh(x)^2. Keep differences for testing it.",
    kind="numerics",
)
def derivative_of_tanh_by_a_central_difference(x):
    return (np.tanh(x + 1e-5) - np.tanh(x - 1e-5)) / 2e-5


@mistake(
    replaces="tanh_grad",
    says="4 e^2x / (e^2x + 1)^2 is used as code: nan from x = 354.9 on.",
    think="What is infinity divided by infinity?",
    look="Try your function at x = 400 and at x = -400.",
    fix="Use 1 - tanh(x)^2; or 4 e / (1 + e)^2 with e = e^(-2|x|), which cannot overflow.",
    kind="numerics",
)
def derivative_of_tanh_overflows(x):
    return 4 * np.exp(2 * x) / (np.exp(2 * x) + 1) ** 2
