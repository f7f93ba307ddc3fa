"""What people write for ReLU and its derivative."""

import numpy as np

from grader.model.mistake import mistake

# The function


@mistake(
    replaces="relu",
    says="The absolute value is returned: negative numbers come out positive.",
    think="What should ReLU make of -3?",
    look="Look at what happens to negative numbers.",
    fix="Negative numbers become 0: np.maximum(x, 0).",
)
def relu_is_the_absolute_value(x):
    return np.abs(x)


@mistake(
    replaces="relu",
    says="The negative numbers are kept and the positive ones become 0.",
    think="Which of the numbers -3 and 3 should pass through unchanged?",
    look="Look at the comparison, or at whether you take a minimum or a maximum.",
    fix="It is the maximum of x and 0: np.maximum(x, 0).",
)
def relu_keeps_the_negative_part(x):
    return np.minimum(x, 0)


@mistake(
    replaces="relu",
    says="The sign of x is flipped first: what is returned is relu(-x).",
    think="What should ReLU make of 3, and what of -3?",
    look="Look at the sign of x where the maximum is taken.",
    fix="It is np.maximum(x, 0), without a minus.",
)
def relu_of_the_negative(x):
    return np.maximum(-x, 0)


@mistake(
    replaces="relu",
    says="A step, 1 for positive numbers and otherwise 0, is returned.",
    think="What should ReLU make of 3: 3 or 1?",
    look="Look at what is returned where x is positive.",
    fix="The step is ReLU's derivative. ReLU returns x itself where x is positive.",
)
def relu_is_a_step(x):
    return np.where(x > 0, 1.0, 0.0)


@mistake(
    replaces="relu",
    says="x is returned unchanged, negative numbers too.",
    think="What should ReLU make of -3?",
    look="Look at whether the comparison with 0 has any effect on what is returned.",
    fix="Negative numbers become 0: np.maximum(x, 0).",
)
def relu_changes_nothing(x):
    return x + 0.0


@mistake(
    replaces="relu",
    says="The leaky ReLU is returned: a hundredth of x where x is negative.",
    think="How much of a negative number does the plain ReLU let through?",
    look="Look for the factor 0.01.",
    fix="Without a leak: np.maximum(x, 0).",
)
def relu_leaks_a_hundredth(x):
    return np.where(x > 0, x, 0.01 * x)


@mistake(
    replaces="relu",
    says="A leaky ReLU is returned: a tenth of x where x is negative.",
    think="How much of a negative number does the plain ReLU let through?",
    look="Look for the factor 0.1.",
    fix="Without a leak: np.maximum(x, 0).",
)
def relu_leaks_a_tenth(x):
    return np.where(x > 0, x, 0.1 * x)


@mistake(
    replaces="relu",
    says="ELU is returned: e^x - 1 where x is negative.",
    think="What should come out at -3: exactly 0, or something near -1?",
    look="Look for an exponential.",
    fix="Negative numbers become exactly 0: np.maximum(x, 0).",
)
def relu_is_elu(x):
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)


@mistake(
    replaces="relu",
    says="Softplus, ln(1 + e^x), is returned: the smooth cousin of ReLU.",
    think="What is ReLU of 0, exactly?",
    look="Look for a logarithm.",
    fix="ReLU has a corner at 0: np.maximum(x, 0).",
)
def relu_is_softplus(x):
    return np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0)


@mistake(
    replaces="relu",
    says="SiLU (swish), x sigmoid(x), is returned.",
    think="Should ReLU change the number 1?",
    look="Look for a sigmoid.",
    fix="ReLU passes positive numbers unchanged: np.maximum(x, 0).",
)
def relu_is_silu(x):
    return x * sigmoid(x)


@mistake(
    replaces="relu",
    says="The square of ReLU is returned.",
    think="What should ReLU make of 3: 3 or 9?",
    look="Look for x where it occurs twice in a product.",
    fix="Multiply by the mask, not by x again: np.maximum(x, 0).",
)
def relu_squared(x):
    return np.maximum(x, 0) ** 2


@mistake(
    replaces="relu",
    says="The answer is also cut off above, at 1.",
    think="Is there a largest number that ReLU can return?",
    look="Look for an upper bound, in np.clip for instance.",
    fix="ReLU has no upper bound: np.maximum(x, 0).",
)
def relu_cut_off_at_one(x):
    return np.clip(x, 0, 1)


@mistake(
    replaces="relu",
    says="The answer is also cut off above, at 6 (ReLU6).",
    think="Is there a largest number that ReLU can return?",
    look="Look for an upper bound of 6.",
    fix="ReLU has no upper bound: np.maximum(x, 0).",
)
def relu_cut_off_at_six(x):
    return np.clip(x, 0, 6)


@mistake(
    replaces="is_active",
    says="The threshold is 1, not 0: numbers between 0 and 1 are treated as inactive.",
    think="What should ReLU make of 0.5?",
    look="Look at the number that x is compared with.",
    fix="Compare with 0: a unit is active where x > 0.",
)
def relu_with_a_threshold_of_one(x):
    return x > 1


@mistake(
    replaces="relu",
    says="The fraction is dropped: positive numbers are turned into whole ones.",
    think="What should ReLU make of 2.7?",
    look="Look for a conversion to int, or for an array of whole numbers that you write into.",
    fix="Keep the floating-point type: np.maximum(x, 0).",
)
def relu_drops_the_fraction(x):
    return np.trunc(np.maximum(x, 0))


@mistake(
    replaces="relu",
    says="One number is returned for the whole array: its largest, or 0.",
    think="How many numbers should come out when a hundred go in?",
    look="Look at which maximum you call: over the array, or element by element?",
    fix="np.max(x) reduces the array. np.maximum(x, 0) compares element by element.",
)
def relu_of_the_largest_only(x):
    return np.maximum(0, np.max(x))


@mistake(
    replaces="relu",
    says="The negative numbers are thrown out of the array, so that it becomes shorter.",
    think="How many numbers should come out when a hundred go in?",
    look="Look at the indexing with a mask.",
    fix="x[x > 0] selects. To replace, use np.where(x > 0, x, 0) or np.maximum(x, 0).",
)
def relu_throws_negatives_out(x):
    return np.asarray(x)[np.asarray(x) > 0]


@mistake(
    replaces="relu",
    says="A whole array is asked whether it is positive, with Python's if or max, and NumPy refuses to answer.",
    think="Is the array [-1, 2] positive? What should a single yes or no mean here?",
    look="Look at the line that raised the ValueError.",
    fix="if and max decide once for everything. np.maximum(x, 0) decides element by element.",
)
def relu_decides_once_for_the_array(x):
    return x if x > 0 else 0.0 * x


@mistake(
    replaces="relu",
    says="x is multiplied by the mask, which is nan at -infinity.",
    think="What is infinity times 0?",
    look="Try your function at x = -infinity.",
    fix="Choose in place of multiplying: np.maximum(x, 0), or np.where(x > 0, x, 0).",
    same_as=("relu-takes-the-negative-part-away",),
    kind="numerics",
)
def relu_multiplies_by_the_mask(x):
    return x * (x > 0)


@mistake(
    replaces="relu",
    says="The negative part is subtracted, x - min(x, 0), which is nan at -infinity.",
    think="What is infinity minus infinity?",
    look="Try your function at x = -infinity.",
    fix="Choose in place of subtracting: np.maximum(x, 0).",
    same_as=("relu-multiplies-by-the-mask",),
    kind="numerics",
)
def relu_takes_the_negative_part_away(x):
    return x - np.minimum(x, 0)


@mistake(
    replaces="relu",
    says="(x + |x|) / 2 is used as code: nan at -infinity, and the sum overflows for the largest numbers.",
    think="What is the largest float plus itself? And what is infinity minus infinity?",
    look="Try your function at x = -infinity and at x = 1e308.",
    fix="Choose in place of adding: np.maximum(x, 0).",
    kind="numerics",
)
def relu_as_half_of_a_sum(x):
    return (x + np.abs(x)) / 2


@mistake(
    replaces="relu",
    says="(x + sqrt(x^2)) / 2 is used as code: the square overflows for large numbers, and is lost for tiny ones.",
    think="How large is the square of 1e300, and does it fit into a floating-point number?",
    look="Try your function at x = 1e300 and at -infinity.",
    fix="Choose in place of computing: np.maximum(x, 0).",
    kind="numerics",
)
def relu_through_a_square_root(x):
    return (x + np.sqrt(x**2)) / 2


# Its derivative


@mistake(
    replaces="relu_grad",
    says="ReLU itself is returned, not its derivative.",
    think="How steep is ReLU at 3: 3, or 1?",
    look="Look at what is returned where x is positive.",
    fix="The slope is 1 where x is positive: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_is_relu(x):
    return np.maximum(x, 0)


@mistake(
    replaces="relu_grad",
    says="1 is returned everywhere.",
    think="How steep is ReLU where it is 0 all along?",
    look="Look at what is returned where x is negative.",
    fix="The slope is 0 where x is negative: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_is_one_everywhere(x):
    return np.ones_like(x, dtype=np.float64)


@mistake(
    replaces="relu_grad",
    says="0 is returned everywhere.",
    think="How steep is ReLU at 3?",
    look="Look at what is returned where x is positive.",
    fix="The slope is 1 where x is positive: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_is_zero_everywhere(x):
    return np.zeros_like(x, dtype=np.float64)


@mistake(
    replaces="relu_grad",
    says="The sign of x is returned: -1 where x is negative.",
    think="Does ReLU fall where x is negative?",
    look="Look at what is returned where x is negative.",
    fix="ReLU is flat there: the slope is 0, not -1.",
)
def derivative_of_relu_is_the_sign(x):
    return np.sign(x)


@mistake(
    replaces="relu_grad",
    says="The mask is the wrong way round: 1 where x is negative.",
    think="On which side of 0 does ReLU rise?",
    look="Look at the direction of the comparison, or at the order of the two answers.",
    fix="np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_on_the_wrong_side(x):
    return np.where(x < 0, 1.0, 0.0)


@mistake(
    replaces="relu_grad",
    says="The derivative of the leaky ReLU is returned: 0.01 where x is negative.",
    think="How much of a negative number does the plain ReLU let through?",
    look="Look for the constant 0.01.",
    fix="The slope of the plain ReLU is 0 where x is negative.",
)
def derivative_of_relu_leaks(x):
    return np.where(x > 0, 1.0, 0.01)


@mistake(
    replaces="relu_grad",
    says="The derivative of ELU is returned: e^x where x is negative.",
    think="How steep is ReLU at -1: exactly 0, or something above it?",
    look="Look for an exponential.",
    fix="The slope of ReLU is exactly 0 where x is negative.",
)
def derivative_of_relu_is_that_of_elu(x):
    return np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))


@mistake(
    replaces="relu_grad",
    says="The sigmoid, the derivative of softplus, is returned.",
    think="How steep is ReLU at 0.1: exactly 1, or about a half?",
    look="Look for an exponential.",
    fix="The slope of ReLU jumps: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_is_the_sigmoid(x):
    return sigmoid(x)


@mistake(
    replaces="relu_grad",
    says="Only the positive numbers are replaced by 1; negative x are returned as they are.",
    think="What does your function return at -3, and how steep is ReLU there?",
    look="Look at what becomes of the numbers that the condition does not catch.",
    fix="Replace both kinds: 1 where x is positive and 0 elsewhere.",
)
def derivative_of_relu_keeps_negatives(x):
    return np.where(x > 0, 1.0, x)


@mistake(
    replaces="relu_grad",
    says="x is cut off at 0 and 1, so that the slope grows little by little.",
    think="How steep is ReLU at 0.3: 0.3, or 1?",
    look="Look for a clip where a comparison should be.",
    fix="The slope jumps from 0 to 1 at 0: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_as_a_ramp(x):
    return np.clip(x, 0, 1)


@mistake(
    replaces="relu_grad",
    says="ReLU is divided by x, which is nan at 0.",
    think="What is 0 divided by 0?",
    look="Try your function at x = 0.",
    fix="Compare in place of dividing: np.where(x > 0, 1.0, 0.0).",
)
def derivative_of_relu_divides_by_the_input(x):
    return np.divide(np.maximum(x, 0), x)


@mistake(
    replaces="relu_grad",
    says="A whole array is asked whether it is positive, with Python's if, and NumPy refuses to answer.",
    think="Is the array [-1, 2] positive? What should a single yes or no mean here?",
    look="Look at the line that raised the ValueError.",
    fix="if decides once for everything. np.where(x > 0, 1.0, 0.0) decides element by element.",
)
def derivative_of_relu_decides_once_for_the_array(x):
    return 1.0 if x > 0 else 0.0
