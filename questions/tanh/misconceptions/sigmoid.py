"""What people write for the logistic sigmoid.

A mistake in sigmoid also shows in sigmoid_grad where that calls sigmoid.
"""

import numpy as np

from grader.model.mistake import mistake

# Another function


@mistake(
    replaces="sigmoid",
    says="tanh is returned in place of the sigmoid.",
    think="What should the sigmoid give at 0: 0 or a half?",
    look="Compare the smallest numbers that you get with the range of the sigmoid.",
    fix="tanh runs from -1 to 1. Return 1 / (1 + e^-x), which runs from 0 to 1.",
)
def sigmoid_is_tanh(x):
    return np.tanh(x)


@mistake(
    replaces="sigmoid",
    says="The softmax of the whole array is returned: the answers add up to 1.",
    think="Should the answer for one number change if another number of the array changes?",
    look="Look for a sum over the array.",
    fix="The sigmoid is elementwise: 1 / (1 + e^-x) for each number by itself.",
)
def sigmoid_is_softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


@mistake(
    replaces="sigmoid",
    says="The hard sigmoid, 0.2 x + 0.5 cut off at 0 and 1, is returned.",
    think="Does the sigmoid ever reach 1? From which x on does your function?",
    look="Look for the constants 0.2 and 0.5.",
    fix="The hard sigmoid is a cheap stand-in of three straight lines. Return 1 / (1 + e^-x).",
)
def sigmoid_is_hard(x):
    return np.clip(0.2 * x + 0.5, 0, 1)


@mistake(
    replaces="sigmoid",
    says="The hard sigmoid, x/6 + 1/2 cut off at 0 and 1, is returned.",
    think="Does the sigmoid ever reach 1? From which x on does your function?",
    look="Look for a division by 6.",
    fix="The hard sigmoid is a cheap stand-in of three straight lines. Return 1 / (1 + e^-x).",
)
def sigmoid_is_hard_by_sixths(x):
    return np.clip(x / 6 + 0.5, 0, 1)


@mistake(
    replaces="sigmoid",
    says="The input is cut off at 0 and 1 in place of being squashed.",
    think="The sigmoid of 0.3 is 0.574. Does your function change 0.3 at all?",
    look="Look for a clip, and for an exponential that is not there.",
    fix="Cutting off is not squashing: return 1 / (1 + e^-x).",
)
def sigmoid_cuts_off_at_zero_and_one(x):
    return np.clip(x, 0, 1)


@mistake(
    replaces="sigmoid",
    says="A step is returned: 1 for positive numbers, otherwise 0.",
    think="What should come out between 0 and 1, say at x = 1?",
    look="Look for a comparison with 0.",
    fix="The sigmoid rises smoothly from 0 to 1: return 1 / (1 + e^-x).",
)
def sigmoid_is_a_step(x):
    return np.where(x > 0, 1.0, 0.0)


@mistake(
    replaces="sigmoid",
    says="Softsign, moved into the range from 0 to 1, is returned.",
    think="What is the sigmoid of 1 to two digits, and what do you get?",
    look="Your formula has no exponential in it. Where would one have to be?",
    fix="(1 + x / (1 + |x|)) / 2 only looks alike. Return 1 / (1 + e^-x).",
)
def sigmoid_from_softsign(x):
    return (1 + x / (1 + np.abs(x))) / 2


@mistake(
    replaces="sigmoid",
    says="The inverse function, ln(x / (1 - x)), is returned.",
    think="Your function gives nan at x = 2. Is there a number at which the sigmoid is not defined?",
    look="Look at the logarithm.",
    fix="ln(x / (1 - x)), the logit, undoes the sigmoid. The sigmoid itself is 1 / (1 + e^-x).",
)
def sigmoid_is_the_logit(x):
    return np.log(x / (1 - x))


@mistake(
    replaces="sigmoid",
    says="The logarithm of the sigmoid is returned.",
    think="Can the sigmoid be negative?",
    look="Look for a logarithm.",
    fix="-ln(1 + e^-x) is ln(sigmoid(x)), as it is used in losses. Return 1 / (1 + e^-x).",
)
def sigmoid_with_a_logarithm(x):
    return -np.log(1 + np.exp(-x))


@mistake(
    replaces="sigmoid",
    says="The derivative of the sigmoid is returned in place of the sigmoid.",
    think="The sigmoid rises everywhere. What does your function do for positive x?",
    look="Check which of your two functions holds s (1 - s).",
    fix="s (1 - s) is the slope and belongs into sigmoid_grad; sigmoid returns s = 1 / (1 + e^-x).",
)
def sigmoid_is_its_derivative(x):
    return 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))


# Slips in the formula


@mistake(
    replaces="sigmoid",
    says="The minus in the exponent is missing: what is returned is sigmoid(-x).",
    think="Should the sigmoid of a large positive number be near 0 or near 1?",
    look="Look at the sign in the exponent.",
    fix="Return 1 / (1 + e^-x): the exponent is -x.",
    same_as=("sigmoid-with-the-exponential-above",),
)
def sigmoid_without_the_minus(x):
    return 1 / (1 + np.exp(x))


@mistake(
    replaces="sigmoid_numerator",
    says="e^-x stands above the fraction bar as well, which gives sigmoid(-x).",
    think="Should the sigmoid of a large positive number be near 0 or near 1?",
    look="Look at the numerator of your fraction.",
    fix="The numerator is 1: return 1 / (1 + e^-x). (Or e^x / (1 + e^x), with the same sign twice.)",
    same_as=("sigmoid-without-the-minus",),
)
def sigmoid_with_the_exponential_above(x):
    return np.where(x < 0, 1, np.exp(-np.abs(x)))


@mistake(
    replaces="sigmoid",
    says="The parentheses of the denominator are missing, so that 1 + e^-x is returned.",
    think="In 1 / 1 + a, what is divided by what?",
    look="Look at what stands after the division sign.",
    fix="Put the denominator into parentheses: 1 / (1 + np.exp(-x)).",
)
def sigmoid_without_parentheses(x):
    return 1 / 1 + np.exp(-x)


@mistake(
    replaces="sigmoid",
    says="The denominator is 1 - e^-x, with a minus in place of the plus.",
    think="What is your denominator at x = 0?",
    look="Look at the sign between 1 and the exponential.",
    fix="The denominator is a sum: 1 / (1 + e^-x).",
)
def sigmoid_with_a_minus_below(x):
    return 1 / (1 - np.exp(-x))


@mistake(
    replaces="sigmoid",
    says="Two forms are mixed: e^x above and 1 + e^-x below.",
    think="Does e^x / (1 + e^-x) stay below 1?",
    look="Compare the exponents above and below the fraction bar.",
    fix="Use 1 / (1 + e^-x) or e^x / (1 + e^x), not half of each.",
)
def sigmoid_mixes_two_forms(x):
    return np.exp(x) / (1 + np.exp(-x))


@mistake(
    replaces="sigmoid",
    says="|x| is used for every x, so that negative numbers are answered as if they were positive.",
    think="The sigmoid of -2 is 1 - sigmoid(2). What do you get for -2 and for 2?",
    look="Look at the absolute value, and at what happens to the sign afterwards.",
    fix="e^-|x| is a good idea against overflow, but where x is negative the answer is e^-|x| / (1 + e^-|x|).",
)
def sigmoid_forgets_the_sign(x):
    return 1 / (1 + np.exp(-np.abs(x)))


@mistake(
    replaces="sigmoid",
    says="tanh is moved to the range from 0 to 1 without halving its argument, which gives sigmoid(2x).",
    think="How steep is the sigmoid at 0, and how steep is (tanh(x) + 1) / 2?",
    look="Look at the argument that you give to tanh.",
    fix="sigmoid(x) = (1 + tanh(x / 2)) / 2: the argument is halved as well.",
)
def sigmoid_from_tanh_of_x(x):
    return (np.tanh(x) + 1) / 2


@mistake(
    replaces="sigmoid",
    says="1 + tanh(x/2) is returned without the division by 2.",
    think="Between which numbers does 1 + tanh(x/2) lie?",
    look="Look at what is done to 1 + tanh(x/2) before it is returned.",
    fix="Halve it: sigmoid(x) = (1 + tanh(x / 2)) / 2.",
)
def sigmoid_from_tanh_not_halved(x):
    return 1 + np.tanh(x / 2)


@mistake(
    replaces="sigmoid",
    says="tanh(x/2) / 2 is returned without the added half.",
    think="What is the sigmoid of 0?",
    look="Look for a summand that is missing.",
    fix="Add a half: sigmoid(x) = 1/2 + tanh(x / 2) / 2.",
)
def sigmoid_from_tanh_not_lifted(x):
    return np.tanh(x / 2) / 2


@mistake(
    replaces="sigmoid",
    says="A power of 2 is used in place of a power of e.",
    think="What is the slope of your function at 0? That of the sigmoid is 1/4.",
    look="Look at which number is raised to the power -x.",
    fix="Use np.exp(-x), a power of e; np.exp2 and 2**x are powers of two.",
)
def sigmoid_with_powers_of_two(x):
    return 1 / (1 + np.exp2(-x))


@mistake(
    replaces="sigmoid",
    says="A shortened e, 2.718, is used as the base of the power.",
    think="After how many digits does 2.718 stop being e?",
    look="Look for a number that you typed in by hand.",
    fix="Use np.exp(-x), which knows e to the last digit.",
)
def sigmoid_with_a_shortened_e(x):
    return 1 / (1 + 2.718**-x)


@mistake(
    replaces="sigmoid",
    says="The answer is rounded to four decimals.",
    think="Who, if anyone, should round a number that others go on computing with?",
    look="Look for np.round or a format with a fixed number of digits.",
    fix="Return the number as it comes, unrounded; round only what you print.",
)
def sigmoid_rounded(x):
    return np.round(1 / (1 + np.exp(-x)), 4)


@mistake(
    replaces="sigmoid",
    says="A whole array is asked for its sign, with Python's if, and NumPy refuses to answer.",
    think="Is the array [-1, 2] negative? What should a single yes or no mean here?",
    look="Look at the line that raised the ValueError.",
    fix="if decides once for everything. np.where, or |x| and the sign of x, decide element by element.",
)
def sigmoid_decides_once_for_the_array(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))
