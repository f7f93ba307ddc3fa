"""What people write for tanh: other functions, slips in the textbook's quotients, and forms that lose digits.

A mistake in tanh also shows in tanh_grad where that calls tanh.
"""

import numpy as np

from grader.model.mistake import mistake

# Another function


@mistake(
    replaces="tanh",
    says="The logistic sigmoid is returned in place of tanh.",
    think="What should tanh give at 0, and what does your function give there?",
    look="Compare the range of your answers with the range of tanh.",
    fix="The sigmoid runs from 0 to 1. Return (e^x - e^-x) / (e^x + e^-x), from -1 to 1, or call np.tanh.",
    same_as=("derivative-of-tanh-taken-from-sigmoid",),
)
def tanh_is_the_sigmoid(x):
    return sigmoid(x)


@mistake(
    replaces="tanh",
    says="The circular tangent is returned in place of the hyperbolic one.",
    think="tanh never leaves the interval from -1 to 1; what does your function give at 1.5?",
    look="Look at the name of the NumPy function that you call: which family of functions is it from?",
    fix="np.tan is the tangent of an angle. Call np.tanh.",
)
def tanh_is_the_circular_tangent(x):
    return np.tan(x)


@mistake(
    replaces="tanh",
    says="The arctangent is returned in place of tanh.",
    think="To which number does your function tend as x grows, and to which does tanh?",
    look="Look at the name of the function that you call, and at your answer for x = 100.",
    fix="np.arctan tends to pi/2 = 1.57. tanh tends to 1: call np.tanh.",
)
def tanh_is_the_arctangent(x):
    return np.arctan(x)


@mistake(
    replaces="tanh",
    says="An arctangent scaled to the range from -1 to 1 is returned in place of tanh.",
    think="How close to 1 is tanh(5), and how close is your answer there?",
    look="Compare your answers with a table of tanh for x = 2 and x = 5, not only near 0.",
    fix="An arctangent misses 1 by about 1/x for large x, tanh by about e^(-2x). Use exponentials, or np.tanh.",
)
def tanh_is_a_scaled_arctangent(x):
    return 2 / np.pi * np.arctan(np.pi * x / 2)


@mistake(
    replaces="tanh",
    says="Softsign, x / (1 + |x|), is returned in place of tanh.",
    think="What is tanh(1) to two digits, and what is 1 / (1 + 1)?",
    look="Your formula has no exponential in it. Where would one have to be?",
    fix="x / (1 + |x|) is another S-shaped function, softsign. tanh is (e^x - e^-x) / (e^x + e^-x).",
)
def tanh_is_softsign(x):
    return x / (1 + np.abs(x))


@mistake(
    replaces="tanh",
    says="The input is cut off at -1 and 1 (the hard tanh) in place of being squashed smoothly.",
    think="tanh has no corners. Where does your curve have them?",
    look="Look at what your function does to x = 0.5: is that number changed at all?",
    fix="np.clip(x, -1, 1) is the hard tanh, a cheap stand-in. tanh(0.5) is 0.462: use exponentials, or np.tanh.",
)
def tanh_is_cut_off_at_one(x):
    return np.clip(x, -1, 1)


@mistake(
    replaces="tanh",
    says="The first two terms of a Taylor series are returned in place of tanh.",
    think="For large x, does x - x^3/3 stay between -1 and 1?",
    look="Try your function at x = 3.",
    fix="x - x^3/3 is near tanh only close to 0. Use (e^x - e^-x) / (e^x + e^-x), or np.tanh.",
)
def tanh_is_a_taylor_polynomial(x):
    return x - x**3 / 3


@mistake(
    replaces="tanh",
    says="sinh is returned: the difference of the exponentials is divided by 2.",
    think="Does your answer stay below 1 when x is 3?",
    look="Look at the denominator.",
    fix="(e^x - e^-x) / 2 is sinh. For tanh divide by e^x + e^-x.",
)
def tanh_is_sinh(x):
    return (np.exp(x) - np.exp(-x)) / 2


@mistake(
    replaces="tanh",
    says="sech, which is 2 / (e^x + e^-x), is returned in place of tanh.",
    think="Should the sign of x be seen in the answer?",
    look="Look at the numerator.",
    fix="2 / (e^x + e^-x) is 1/cosh(x). The numerator of tanh is e^x - e^-x.",
)
def tanh_is_sech(x):
    return 2 / (np.exp(x) + np.exp(-x))


@mistake(
    replaces="tanh",
    says="The inverse function, artanh, is returned.",
    think="Your function gives nan at x = 2. Is there a number at which tanh is not defined?",
    look="Look at the logarithm or at the name of the function that you call.",
    fix="1/2 ln((1 + x) / (1 - x)) undoes tanh. tanh itself is (e^x - e^-x) / (e^x + e^-x).",
)
def tanh_is_its_own_inverse(x):
    return np.arctanh(x)


@mistake(
    replaces="tanh",
    says="The derivative of tanh is returned in place of tanh.",
    think="tanh(0) is 0. What do you get at 0?",
    look="Check which of your two functions holds 1 - tanh(x)^2.",
    fix="1 - tanh(x)^2 is the slope and belongs into tanh_grad; tanh returns (e^x - e^-x) / (e^x + e^-x).",
)
def tanh_is_its_derivative(x):
    return 1 - np.tanh(x) ** 2


@mistake(
    replaces="tanh",
    says="tanh is squeezed into the range from 0 to 1.",
    think="What is the smallest value that tanh comes near to?",
    look="Look for something that is added to tanh, or for a final division by 2.",
    fix="(tanh(x) + 1) / 2 is the sigmoid of 2x. Return tanh(x) as it is, from -1 to 1.",
)
def tanh_rescaled_to_zero_one(x):
    return (np.tanh(x) + 1) / 2


@mistake(
    replaces="tanh",
    says="The scaled tanh 1.7159 tanh(2x/3) is returned, not the plain one.",
    think="To which number does your function tend for large x?",
    look="Look for the two constants in your formula.",
    fix="1.7159 tanh(2x/3) is a variant made so that f(1) = 1. The question asks for tanh(x) without constants.",
)
def tanh_with_scaling_constants(x):
    return 1.7159 * np.tanh(2 * x / 3)


# Slips in the quotient of exponentials


@mistake(
    replaces="tanh",
    says="Numerator and denominator are the same difference, so that the answer is always 1, and nan at 0.",
    think="What is a number divided by itself?",
    look="Compare the signs between the two exponentials above and below the fraction bar.",
    fix="The denominator is a sum: (e^x - e^-x) / (e^x + e^-x).",
)
def tanh_divides_by_the_difference(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) - np.exp(-x))


@mistake(
    replaces="tanh",
    says="The fraction is upside down: what is returned is 1 / tanh(x).",
    think="What happens to your fraction at x = 0?",
    look="Look at which of sum and difference stands above the fraction bar.",
    fix="(e^x + e^-x) / (e^x - e^-x) is coth. Exchange numerator and denominator.",
)
def tanh_upside_down(x):
    return (np.exp(x) + np.exp(-x)) / (np.exp(x) - np.exp(-x))


@mistake(
    replaces="sign",
    says="The sign is flipped: what is returned is -tanh(x).",
    think="Should tanh rise or fall?",
    look="Look at the order of the two exponentials in the numerator.",
    fix="The numerator is e^x - e^-x, in this order.",
)
def tanh_negated(x):
    return np.where(x < 0, 1, -1)


@mistake(
    replaces="tanh",
    says="Both pairs of parentheses are missing, so that only e^-x / e^x is divided.",
    think="In a - b / c + d, which division is made first?",
    look="Look at the parentheses around numerator and denominator.",
    fix="Write (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)).",
)
def tanh_without_parentheses(x):
    return np.exp(x) - np.exp(-x) / np.exp(x) + np.exp(-x)


@mistake(
    replaces="tanh",
    says="The parentheses of the denominator are missing, so that e^-x is added after the division.",
    think="In (a - b) / c + d, is d part of the denominator?",
    look="Look at what stands after the division sign.",
    fix="Put the denominator into parentheses: / (np.exp(x) + np.exp(-x)).",
)
def tanh_denominator_without_parentheses(x):
    return (np.exp(x) - np.exp(-x)) / np.exp(x) + np.exp(-x)


@mistake(
    replaces="tanh",
    says="With one exponential, e^x is used where e^2x belongs, which gives tanh(x/2).",
    think="If you multiply e^x - e^-x and e^x + e^-x by e^x, which power of e appears?",
    look="Look at the exponents in your fraction, and compare your answer at x = 1 with tanh(1) = 0.762.",
    fix="Use (e^(2x) - 1) / (e^(2x) + 1): the exponent is 2x.",
    same_as=("tanh-from-the-sigmoid-of-x",),
)
def tanh_with_the_exponent_not_doubled(x):
    return -sign(x) * np.expm1(-np.abs(x)) / (1 + np.exp(-np.abs(x)))


@mistake(
    replaces="tanh",
    says="e^2x is written as 2 e^x.",
    think="For x = 0, what is e^2x and what is 2 e^x?",
    look="Look at where the 2 stands: inside or outside of the exponential?",
    fix="The 2 belongs into the exponent: np.exp(2 * x).",
)
def tanh_doubles_the_exponential(x):
    return (2 * np.exp(x) - 1) / (2 * np.exp(x) + 1)


@mistake(
    replaces="tanh",
    says="The exponents above and below the fraction bar differ, e^-2x and e^-x, which adds up to 1 - e^-x.",
    think="What does your fraction give for x = -3? Does it stay above -1?",
    look="Compare the exponent in the numerator with that in the denominator.",
    fix="Both exponents must be the same: (1 - e^(-2x)) / (1 + e^(-2x)).",
)
def tanh_with_two_different_exponents(x):
    return (1 - np.exp(-2 * x)) / (1 + np.exp(-x))


@mistake(
    replaces="tanh",
    says="2 sigmoid(x) - 1 is returned, which is tanh(x/2).",
    think="What are the slopes of tanh and of 2 sigmoid(x) - 1 at 0?",
    look="Look at the argument that you give to the sigmoid.",
    fix="tanh(x) = 2 sigmoid(2x) - 1: the argument is doubled as well.",
    same_as=("tanh-with-the-exponent-not-doubled",),
)
def tanh_from_the_sigmoid_of_x(x):
    return 2 * sigmoid(x) - 1


@mistake(
    replaces="tanh",
    says="2 sigmoid(2x) is returned without the -1, so that everything is too large by 1.",
    think="Between which numbers does 2 sigmoid(2x) lie?",
    look="Look at what happens after the sigmoid has been doubled.",
    fix="Subtract 1: tanh(x) = 2 sigmoid(2x) - 1.",
)
def tanh_too_large_by_one(x):
    return 2 * sigmoid(2 * x)


@mistake(
    replaces="tanh",
    says="sigmoid(2x) - 1 is returned: the sigmoid itself is not doubled.",
    think="Can sigmoid(2x) - 1 ever be positive?",
    look="Look at the factor in front of the sigmoid.",
    fix="Double the sigmoid before you subtract: tanh(x) = 2 sigmoid(2x) - 1.",
)
def tanh_from_a_sigmoid_not_doubled(x):
    return sigmoid(2 * x) - 1


@mistake(
    replaces="tanh",
    says="A shortened e, 2.718, is used as the base of the powers.",
    think="After how many digits does 2.718 stop being e?",
    look="Look for a number that you typed in by hand.",
    fix="Use np.exp(x), which knows e to the last digit.",
)
def tanh_with_a_shortened_e(x):
    return (2.718**x - 2.718**-x) / (2.718**x + 2.718**-x)


@mistake(
    replaces="tanh",
    says="Powers of 2 are used in place of powers of e.",
    think="What is the slope of your function at 0? That of tanh is 1.",
    look="Look at which number is raised to the power x.",
    fix="Use np.exp, powers of e; np.exp2 and 2**x are powers of two.",
)
def tanh_with_powers_of_two(x):
    return (np.exp2(x) - np.exp2(-x)) / (np.exp2(x) + np.exp2(-x))


# Something done to the input or the answer


@mistake(
    replaces="sign",
    says="The sign of x is lost: tanh of |x| is returned.",
    think="tanh is odd. What does that say of tanh(-1)?",
    look="Look for np.abs, or for a square under a root.",
    fix="tanh(-x) = -tanh(x): put the sign of x back on the answer.",
)
def tanh_of_the_absolute_value(x):
    return np.ones_like(x)


@mistake(
    replaces="tanh",
    says="Negative inputs are answered with 0.",
    think="What is tanh(-1)? Is anything special about negative numbers here?",
    look="Look for a maximum, a clip or a condition that treats negative x apart.",
    fix="Only ReLU cuts negative inputs off. tanh(-x) is -tanh(x).",
)
def tanh_cuts_negatives_off(x):
    return np.tanh(np.maximum(x, 0))


@mistake(
    replaces="tanh",
    says="x is turned from degrees into radians before tanh is taken.",
    think="Is the x of an activation function an angle?",
    look="Look at what happens to x before the exponentials or np.tanh see it.",
    fix="Hyperbolic functions take no angle: use x as it is.",
)
def tanh_of_degrees(x):
    return np.tanh(np.deg2rad(x))


@mistake(
    replaces="tanh",
    says="The answer is rounded to four decimals.",
    think="Who, if anyone, should round a number that others go on computing with?",
    look="Look for np.round or a format with a fixed number of digits.",
    fix="Return the number as it comes, unrounded; round only what you print.",
)
def tanh_rounded(x):
    return np.round(np.tanh(x), 4)


@mistake(
    replaces="tanh",
    says="A whole array is asked for its sign, with Python's if, and NumPy refuses to answer.",
    think="Is the array [-1, 2] negative? What should a single yes or no mean here?",
    look="Look at the line that raised the ValueError.",
    fix="if decides once for everything. np.where, or |x| and the sign of x, decide element by element.",
)
def tanh_decides_once_for_the_array(x):
    if x < 0:
        return -np.tanh(-x)
    return np.tanh(x)
