"""Forms of tanh and of the sigmoid that are right on paper and lose digits, or overflow, as code."""

import numpy as np

from grader.model.mistake import mistake

# tanh


@mistake(
    replaces="tanh",
    says="The textbook's quotient is used as code: nan from |x| = 709.8 on, and digits are lost near 0.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your function at x = 800 and at x = 1e-17.",
    fix="Use np.tanh; or -expm1(-2|x|) / (1 + e^(-2|x|)) with the sign of x, in which no exponent is positive.",
    same_as=("tanh-as-sinh-over-cosh",),
    kind="numerics",
)
def tanh_overflows_on_both_sides(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@mistake(
    replaces="tanh",
    says="(e^2x - 1) / (e^2x + 1) is used as code: nan from x = 354.9 on, and digits are lost near 0.",
    think="What is e^(2x) in floating point at x = 400? And how many digits does e^(2x) - 1 keep at x = 1e-9?",
    look="Try your function at x = 400, at x = -400 and at x = 1e-17.",
    fix="Use np.tanh; or -expm1(-2|x|) / (1 + e^(-2|x|)) with the sign of x, in which no exponent is positive.",
    kind="numerics",
)
def tanh_overflows_for_positive_numbers(x):
    return (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)


@mistake(
    replaces="tanh",
    says="(1 - e^-2x) / (1 + e^-2x) is used as code: nan from x = -354.9 down, and digits are lost near 0.",
    think="What is e^(-2x) in floating point at x = -400? And how many digits does 1 - e^(-2x) keep at x = 1e-9?",
    look="Try your function at x = -400, at x = 400 and at x = 1e-17.",
    fix="Use np.tanh; or -expm1(-2|x|) / (1 + e^(-2|x|)) with the sign of x, in which no exponent is positive.",
    kind="numerics",
)
def tanh_overflows_for_negative_numbers(x):
    return (1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))


@mistake(
    replaces="tanh",
    says="2 sigmoid(2x) - 1 is used as code: near 0 two almost equal numbers are subtracted.",
    think="What is 2 * 0.5 - 1? How much of x = 1e-17 is still in sigmoid(2x)?",
    look="Try your function at x = 1e-17 and at x = 1e-9.",
    fix="The identity is right, but it cancels near 0. Use np.tanh, or the form with expm1.",
    kind="numerics",
)
def tanh_cancels_near_zero(x):
    return 2 * sigmoid(2 * x) - 1


@mistake(
    replaces="tanh",
    says="sinh(x) / cosh(x) is used as code: nan from |x| = 710.5 on.",
    think="How large is cosh(800), and does it fit into a floating-point number?",
    look="Try your function at x = 800.",
    fix="Use np.tanh, or divide by the larger exponential before it can overflow.",
    same_as=("tanh-overflows-on-both-sides",),
    kind="numerics",
)
def tanh_as_sinh_over_cosh(x):
    return np.sinh(x) / np.cosh(x)


@mistake(
    replaces="tanh",
    says="A small constant such as 1e-8 is added to the denominator, which shifts every answer a little.",
    think="How small can e^x + e^-x become? Can the division ever be by zero?",
    look="Look for an epsilon in the denominator.",
    fix="The denominator is at least 2: leave the epsilon out.",
    kind="numerics",
)
def tanh_with_an_epsilon_below(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x) + 1e-8)


@mistake(
    replaces="tanh",
    says="A small constant such as 1e-8 is added to the denominator of a form that does not overflow.",
    think="How small can 1 + e^(-2|x|) become? Can the division ever be by zero?",
    look="Look for an epsilon in the denominator.",
    fix="The denominator is at least 1: leave the epsilon out.",
    kind="numerics",
)
def tanh_with_an_epsilon_below_a_stable_form(x):
    size = np.abs(x)
    return np.sign(x) * (1 - np.exp(-2 * size)) / (1 + np.exp(-2 * size) + 1e-8)


@mistake(
    replaces="tanh",
    says="x is cut off at -10 and 10 first, so that the answer never gets nearer to 1 than 4e-9.",
    think="What is tanh(10) to twelve digits? Is that what tanh(20) should be?",
    look="Look for a clip of x, and for its bounds.",
    fix="Use np.tanh, which needs no clip; if you do clip, 20 is far enough for float64.",
    kind="numerics",
)
def tanh_clips_its_input_too_early(x):
    return np.tanh(np.clip(x, -10, 10))


# The sigmoid


@mistake(
    replaces="sigmoid",
    says="e^x / (1 + e^x) is used as code: nan from x = 709.8 on.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your function at x = 800.",
    fix="Use 1 / (1 + e^-x), where an overflow ends at the right answer, 0; or e^-|x| with two cases.",
    kind="numerics",
)
def sigmoid_overflows_for_positive_numbers(x):
    return np.exp(x) / (1 + np.exp(x))


@mistake(
    replaces="sigmoid",
    says="A small constant such as 1e-8 is added to the denominator, which shifts every answer a little.",
    think="How small can 1 + e^-x become? Can the division ever be by zero?",
    look="Look for an epsilon in the denominator.",
    fix="The denominator is at least 1: leave the epsilon out.",
    kind="numerics",
)
def sigmoid_with_an_epsilon_below(x):
    return 1 / (1 + np.exp(-x) + 1e-8)


@mistake(
    replaces="sigmoid",
    says="x is cut off at -20 and 20 first, so that the answer never gets nearer to 0 or 1 than 2e-9.",
    think="What is the sigmoid of 20 to twelve digits? Is that what the sigmoid of 40 should be?",
    look="Look for a clip of x, and for its bounds.",
    fix="1 / (1 + e^-x) needs no clip. If the warning of overflow disturbs you, clip at 700, or use e^-|x|.",
    kind="numerics",
)
def sigmoid_clips_its_input_too_early(x):
    return 1 / (1 + np.exp(-np.clip(x, -20, 20)))
