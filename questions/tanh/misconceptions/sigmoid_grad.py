"""What people write for the derivative of the sigmoid."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="sigmoid_grad",
    says="x itself is put into s (1 - s), where s is meant to be sigmoid(x).",
    think="In the formula s (1 - s), what does s stand for?",
    look="Look at what you multiply: the input, or the sigmoid of it?",
    fix="First s = sigmoid(x), then s * (1 - s).",
)
def derivative_of_sigmoid_uses_the_input(x):
    return x * (1 - x)


@mistake(
    replaces="sigmoid_slope",
    says="The sigmoid is applied twice.",
    think="How many times does the sigmoid act on x in the formula s (1 - s)?",
    look="Follow x on its way into s (1 - s) and count the calls of sigmoid.",
    fix="If s is sigmoid(x) already, return s * (1 - s).",
)
def derivative_of_sigmoid_applies_sigmoid_twice(s):
    return sigmoid(s) * (1 - sigmoid(s))


@mistake(
    replaces="sigmoid_slope",
    says="s (1 + s) is returned, with a plus in place of the minus.",
    think="For large x the sigmoid is flat. To which number does your formula tend there?",
    look="Look at the sign in the bracket.",
    fix="It is s * (1 - s).",
)
def derivative_of_sigmoid_with_a_plus(s):
    return s * (1 + s)


@mistake(
    replaces="sigmoid_slope",
    says="The pattern of tanh's derivative, 1 - s^2, is used for the sigmoid.",
    think="For large negative x the sigmoid is flat. What is 1 - s^2 there?",
    look="Which of the two functions has the derivative 1 - y^2?",
    fix="For the sigmoid it is s * (1 - s).",
)
def derivative_of_sigmoid_by_the_pattern_of_tanh(s):
    return 1 - s**2


@mistake(
    replaces="sigmoid_slope",
    says="1 - s is returned: the factor s is missing.",
    think="For large negative x the sigmoid is flat. What is 1 - s there?",
    look="Count the factors of your product.",
    fix="It is s * (1 - s).",
    same_as=("derivative-of-sigmoid-denominator-not-squared",),
)
def derivative_of_sigmoid_without_a_factor(s):
    return 1 - s


@mistake(
    replaces="sigmoid_grad",
    says="The denominator is not squared: e^-x / (1 + e^-x) is returned.",
    think="Differentiate 1 / u: which power of u appears?",
    look="Look at the power of the denominator.",
    fix="The derivative is e^-x / (1 + e^-x)^2.",
    same_as=("derivative-of-sigmoid-without-a-factor",),
)
def derivative_of_sigmoid_denominator_not_squared(x):
    return sigmoid(-x)


@mistake(
    replaces="sigmoid_slope",
    says="s^2 is returned, which is 1 / (1 + e^-x)^2: the factor 1 - s, or the e^-x above, is missing.",
    think="For large x the sigmoid is flat. To which number does your formula tend there?",
    look="Compare your product or your numerator with the chain rule: what does the inner function give?",
    fix="It is s * (1 - s), or e^-x / (1 + e^-x)^2.",
)
def derivative_of_sigmoid_is_its_square(s):
    return s * s


@mistake(
    replaces="sigmoid_slope",
    says="(1 - s)^2 is returned: both factors are 1 - s.",
    think="The slope of the sigmoid is the same at x and -x. Is that so for your formula?",
    look="Look at the first factor.",
    fix="It is s * (1 - s), with s itself as one of the factors.",
)
def derivative_of_sigmoid_squares_the_bracket(s):
    return (1 - s) ** 2


@mistake(
    replaces="sigmoid_slope",
    says="The sign is flipped: s (s - 1) is returned.",
    think="The sigmoid rises everywhere. Which sign must its slope have?",
    look="Look at the order of the subtraction, or at the inner derivative of e^-x.",
    fix="It is s * (1 - s); the two minus signs of the chain rule cancel.",
)
def derivative_of_sigmoid_negated(s):
    return s * (s - 1)


@mistake(
    replaces="sigmoid_slope",
    says="The sigmoid itself is returned, not its derivative.",
    think="How steep is the sigmoid for large x?",
    look="Look at what sigmoid_grad does with sigmoid(x) before it returns.",
    fix="Return s * (1 - s).",
)
def derivative_of_sigmoid_is_sigmoid(s):
    return s


@mistake(
    replaces="sigmoid_slope",
    says="The second derivative, s (1 - s) (1 - 2s), is returned.",
    think="How many times has your function been differentiated?",
    look="Look at the last factor.",
    fix="Leave the factor 1 - 2s out: the first derivative is s * (1 - s).",
)
def derivative_of_sigmoid_taken_twice(s):
    return s * (1 - s) * (1 - 2 * s)


@mistake(
    replaces="sigmoid_grad",
    says="The derivative is multiplied by x.",
    think="What slope does your function give at 0, and what is that of the sigmoid?",
    look="Look at the factors of s (1 - s).",
    fix="The derivative at x is s * (1 - s) alone. (In a chain rule it is multiplied by a gradient, not by x.)",
)
def derivative_of_sigmoid_times_the_input(x):
    return x * sigmoid(x) * (1 - sigmoid(x))


@mistake(
    replaces="sigmoid_grad",
    says="The derivative of tanh is returned in place of that of the sigmoid.",
    think="How steep is the sigmoid at 0? How steep is your answer there?",
    look="Check which function's value goes into your formula.",
    fix="1 - tanh(x)^2 is 1 at 0. The sigmoid's slope, s * (1 - s), is 1/4 there.",
)
def derivative_of_tanh_in_place_of_the_sigmoid(x):
    return 1 - np.tanh(x) ** 2


@mistake(
    replaces="sigmoid_grad",
    says="t (1 - t) is returned with t = tanh(x), where the sigmoid of x belongs.",
    think="In the formula s (1 - s), what does s stand for, and between which numbers does it lie?",
    look="Check which function's value goes into your formula.",
    fix="The pattern s * (1 - s) is right, with s = sigmoid(x).",
    same_as=("sigmoid-is-tanh",),
)
def derivative_of_sigmoid_with_tanh_for_the_sigmoid(x):
    return np.tanh(x) * (1 - np.tanh(x))


@mistake(
    replaces="sigmoid_grad",
    says="Differences between neighbours in the array are returned, so that each answer depends on other inputs.",
    think="Should the derivative at 0.5 change if another number stands beside it in the array?",
    look="Look for np.gradient or np.diff.",
    fix="The derivative is elementwise: s * (1 - s) for each number by itself.",
)
def derivative_of_sigmoid_between_neighbours(x):
    return np.gradient(sigmoid(x), x)


@mistake(
    replaces="sigmoid_grad",
    says="A forward difference is returned, which keeps about six digits of sixteen.",
    think="How large is the error of (f(x + h) - f(x)) / h, as a power of h?",
    look="Look for a small step h, and for a formula that you know without one.",
    fix="Use the exact derivative, s * (1 - s). Keep differences for testing it.",
    kind="numerics",
)
def derivative_of_sigmoid_by_a_forward_difference(x):
    return (sigmoid(x + 1e-5) - sigmoid(x)) / 1e-5


@mistake(
    replaces="sigmoid_grad",
    says="A central difference is returned, which keeps about ten digits of sixteen.",
    think="How many digits are left when two numbers that agree in eleven digits are subtracted?",
    look="Look for a small step h, and for a formula that you know without one.",
    fix="Use the exact derivative, s * (1 - s). Keep differences for testing it.",
    kind="numerics",
)
def derivative_of_sigmoid_by_a_central_difference(x):
    return (sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5


@mistake(
    replaces="sigmoid_grad",
    says="e^-x / (1 + e^-x)^2 is used as code: nan from x = -709.8 down.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your function at x = -800.",
    fix="Use s * (1 - s); or |x| in place of x, which changes nothing as the slope is even, and cannot overflow.",
    kind="numerics",
)
def derivative_of_sigmoid_overflows_for_negative_numbers(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@mistake(
    replaces="sigmoid_grad",
    says="e^x / (1 + e^x)^2 is used as code: nan from x = 709.8 on.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your function at x = 800.",
    fix="Use s * (1 - s); or -|x| in place of x, which changes nothing as the slope is even, and cannot overflow.",
    kind="numerics",
)
def derivative_of_sigmoid_overflows_for_positive_numbers(x):
    return np.exp(x) / (1 + np.exp(x)) ** 2
