"""What people use as the activations of the three gates, and which activation they give to which block."""

import numpy as np

from grader.model.mistake import mistake

# One block with another's activation, or with none


@mistake(
    replaces="input_gate",
    says="The input gate uses tanh.",
    think="A gate says which share passes. Between which two numbers must it lie?",
    look="Look at the activation of the input gate.",
    fix="The input gate uses the sigmoid; of the four blocks only the candidate uses tanh.",
)
def input_gate_uses_tanh(z_i):
    return np.tanh(z_i)


@mistake(
    replaces="forget_gate",
    says="The forget gate uses tanh.",
    think="A gate says which share passes. What would a forget gate of -1 mean?",
    look="Look at the activation of the forget gate.",
    fix="The forget gate uses the sigmoid; of the four blocks only the candidate uses tanh.",
)
def forget_gate_uses_tanh(z_f):
    return np.tanh(z_f)


@mistake(
    replaces="output_gate",
    says="The output gate uses tanh.",
    think="A gate says which share passes. Between which two numbers must it lie?",
    look="Look at the activation of the output gate.",
    fix="The output gate uses the sigmoid; of the four blocks only the candidate uses tanh.",
)
def output_gate_uses_tanh(z_o):
    return np.tanh(z_o)


@mistake(
    replaces="candidate",
    says="The candidate uses the sigmoid, as the three gates do.",
    think="Can a cell ever be lowered, if what is written into it is never negative?",
    look="Look at the activation of the third block.",
    fix="The candidate is what is written, not a gate: g = tanh(z_g).",
)
def candidate_uses_sigmoid(z_g):
    return sigmoid(z_g)


@mistake(
    replaces="candidate",
    says="The candidate uses ReLU.",
    think="Can a cell ever be lowered, if what is written into it is never negative?",
    look="Look at the activation of the candidate.",
    fix="The candidate uses tanh, which is bounded and has both signs: g = tanh(z_g).",
)
def candidate_uses_relu(z_g):
    return np.maximum(z_g, 0)


@mistake(
    replaces="candidate",
    says="The candidate has no activation.",
    think="How large can a candidate become in your code, and how large may it?",
    look="Look at what happens to the third block of z.",
    fix="The candidate goes through tanh: g = tanh(z_g).",
)
def candidate_without_activation(z_g):
    return z_g


@mistake(
    replaces="input_gate",
    says="The input gate has no activation.",
    think="A gate says which share passes. Does yours stay between 0 and 1?",
    look="Look at what happens to the first block of z.",
    fix="The input gate goes through the sigmoid: i = sigmoid(z_i).",
)
def input_gate_without_activation(z_i):
    return z_i


@mistake(
    replaces="forget_gate",
    says="The forget gate has no activation.",
    think="A gate says which share passes. Does yours stay between 0 and 1?",
    look="Look at what happens to the second block of z.",
    fix="The forget gate goes through the sigmoid: f = sigmoid(z_f).",
)
def forget_gate_without_activation(z_f):
    return z_f


@mistake(
    replaces="output_gate",
    says="The output gate has no activation.",
    think="A gate says which share passes. Does yours stay between 0 and 1?",
    look="Look at what happens to the last block of z.",
    fix="The output gate goes through the sigmoid: o = sigmoid(z_o).",
)
def output_gate_without_activation(z_o):
    return z_o


@mistake(
    replaces="input_gate",
    says="The input gate uses ReLU.",
    think="A gate says which share passes. Can a share be larger than 1?",
    look="Look at the activation of the input gate.",
    fix="The input gate uses the sigmoid: i = sigmoid(z_i).",
)
def input_gate_uses_relu(z_i):
    return np.maximum(z_i, 0)


@mistake(
    replaces="forget_gate",
    says="The forget gate uses ReLU.",
    think="What happens to a cell over many steps, if the forget gate can be larger than 1?",
    look="Look at the activation of the forget gate.",
    fix="The forget gate uses the sigmoid: f = sigmoid(z_f).",
)
def forget_gate_uses_relu(z_f):
    return np.maximum(z_f, 0)


@mistake(
    replaces="output_gate",
    says="The output gate uses ReLU.",
    think="A gate says which share passes. Can a share be larger than 1?",
    look="Look at the activation of the output gate.",
    fix="The output gate uses the sigmoid: o = sigmoid(z_o).",
)
def output_gate_uses_relu(z_o):
    return np.maximum(z_o, 0)


@mistake(
    replaces="lstm_gates",
    says="The activations are exchanged: tanh for the three gates, the sigmoid for the candidate.",
    think="Which of the four blocks say how much, and which one says what?",
    look="Look at the activations of all four blocks.",
    fix="i, f and o use the sigmoid, since they are shares; g uses tanh, since it may have either sign.",
)
def sigmoid_and_tanh_exchanged(x, h_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    return np.tanh(z_i), np.tanh(z_f), sigmoid(z_g), np.tanh(z_o)


@mistake(
    replaces="lstm_gates",
    says="The blocks of z are returned without any activation.",
    think="A gate says which share passes. Do your gates stay between 0 and 1?",
    look="Look at what happens between z and the return line.",
    fix="Return sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o).",
)
def gates_without_any_activation(x, h_prev, W, U, b):
    return split_gates(pre_activation(x, h_prev, W, U, b))


@mistake(
    replaces="forget_gate",
    says="1 is added inside the forget gate.",
    think="Where would a forget bias of 1 be set: in the formula, or in the values of b?",
    look="Look for a constant beside z_f.",
    fix="f = sigmoid(z_f). A forget bias is a choice of starting values for b, not a part of the cell.",
)
def forget_gate_with_one_added(z_f):
    return sigmoid(z_f + 1)


# All gates with something else than the sigmoid


@mistake(
    replaces="sigmoid",
    says="All three gates use tanh.",
    think="A gate says which share passes. What would a gate of -1 mean?",
    look="Look at the activation of the gates.",
    fix="i, f and o use the sigmoid; only the candidate uses tanh.",
)
def gates_use_tanh(z):
    return np.tanh(z)


@mistake(
    replaces="sigmoid",
    says="The gates use the hard sigmoid, 0.2 z + 0.5 cut off at 0 and 1.",
    think="From which z on is your gate exactly 1? Is a sigmoid ever?",
    look="Look for the constants 0.2 and 0.5.",
    fix="The hard sigmoid is a cheap stand-in. Use 1 / (1 + e^-z).",
)
def gates_use_the_hard_sigmoid(z):
    return np.clip(0.2 * z + 0.5, 0, 1)


@mistake(
    replaces="sigmoid",
    says="The gates use the hard sigmoid, z/6 + 1/2 cut off at 0 and 1.",
    think="From which z on is your gate exactly 1? Is a sigmoid ever?",
    look="Look for a division by 6.",
    fix="The hard sigmoid is a cheap stand-in. Use 1 / (1 + e^-z).",
)
def gates_use_the_hard_sigmoid_by_sixths(z):
    return np.clip(z / 6 + 0.5, 0, 1)


@mistake(
    replaces="sigmoid",
    says="The gates cut z off at 0 and 1 in place of squashing it.",
    think="For z = 0 a gate is half open. Is yours?",
    look="Look for a clip where an exponential should be.",
    fix="Use the sigmoid: 1 / (1 + e^-z).",
)
def gates_cut_off_at_zero_and_one(z):
    return np.clip(z, 0, 1)


@mistake(
    replaces="sigmoid",
    says="The gates are either open or closed: a step in place of the sigmoid.",
    think="How would you differentiate a gate that jumps from 0 to 1?",
    look="Look for a comparison with 0 or a rounding.",
    fix="Use the sigmoid, which opens smoothly: 1 / (1 + e^-z).",
)
def gates_open_or_closed(z):
    return np.where(z > 0, 1.0, 0.0)


@mistake(
    replaces="sigmoid",
    says="The minus in the sigmoid's exponent is missing, so that every gate is 1 minus what it should be.",
    think="Should a large positive z open a gate or close it?",
    look="Look at the sign in the exponent of your sigmoid.",
    fix="sigmoid(z) = 1 / (1 + np.exp(-z)).",
)
def sigmoid_without_the_minus(z):
    return 1 / (1 + np.exp(z))


@mistake(
    replaces="sigmoid",
    says="The parentheses in the sigmoid are missing, so that it returns 1 + e^-z.",
    think="In 1 / 1 + a, what is divided by what?",
    look="Look at the denominator of your sigmoid.",
    fix="sigmoid(z) = 1 / (1 + np.exp(-z)), with the denominator in parentheses.",
)
def sigmoid_without_parentheses(z):
    return 1 / 1 + np.exp(-z)


@mistake(
    replaces="sigmoid",
    says="The sigmoid's denominator is 1 - e^-z, with a minus in place of the plus.",
    think="What is your denominator at z = 0?",
    look="Look at the sign between 1 and the exponential.",
    fix="The denominator is a sum: 1 / (1 + np.exp(-z)).",
)
def sigmoid_with_a_minus_below(z):
    return 1 / (1 - np.exp(-z))


@mistake(
    replaces="sigmoid",
    says="Two forms of the sigmoid are mixed: e^z above and 1 + e^-z below.",
    think="Does e^z / (1 + e^-z) stay below 1?",
    look="Compare the exponents above and below the fraction bar.",
    fix="Use 1 / (1 + e^-z) or e^z / (1 + e^z), not half of each.",
)
def sigmoid_mixes_two_forms(z):
    return np.exp(z) / (1 + np.exp(-z))


@mistake(
    replaces="sigmoid",
    says="The gates use a softmax over the units: they compete, and add up to 1.",
    think="Can two units be open at the same time in your code?",
    look="Look for a sum over the units.",
    fix="Every gate stands for itself: use the sigmoid, element by element.",
)
def gates_use_softmax(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake(
    replaces="sigmoid",
    says="The gates use a softmax over the units, which add up to 1, and which is nan for large sums.",
    think="Can two units be open at the same time in your code? And what is e^800?",
    look="Look for a sum over the units.",
    fix="Every gate stands for itself: use the sigmoid, element by element.",
)
def gates_use_a_softmax_that_overflows(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


@mistake(
    replaces="sigmoid",
    says="The sigmoid is applied twice, so that no gate is ever less than half open.",
    think="What is the smallest number that sigmoid(sigmoid(z)) can be?",
    look="Count the sigmoids between z and a gate.",
    fix="Apply it once: i = sigmoid(z_i).",
)
def gates_activated_twice(z):
    once = 1 / (1 + np.exp(-z))
    return 1 / (1 + np.exp(-once))


@mistake(
    replaces="sigmoid",
    says="The sigmoid is made of tanh without halving the argument, which gives sigmoid(2z).",
    think="How steep is the sigmoid at 0, and how steep is (1 + tanh(z)) / 2?",
    look="Look at the argument that you give to tanh.",
    fix="sigmoid(z) = (1 + tanh(z / 2)) / 2: the argument is halved as well.",
)
def gates_from_tanh_of_z(z):
    return (1 + np.tanh(z)) / 2


@mistake(
    replaces="sigmoid",
    says="The gates use the derivative of the sigmoid in place of the sigmoid.",
    think="What is the largest number that your gates can be?",
    look="Look at which function of z the gates call.",
    fix="s (1 - s) belongs into the backward pass. A gate is s = 1 / (1 + e^-z).",
)
def gates_use_the_derivative_of_the_sigmoid(z):
    once = 1 / (1 + np.exp(-z))
    return once * (1 - once)


# Large sums


@mistake(
    replaces="sigmoid",
    says="e^z / (1 + e^z) is used for the gates: nan from z = 709.8 on.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your sigmoid at z = 800.",
    fix="Use 1 / (1 + e^-z), where an overflow ends at the right answer, 0; or e^-|z| with two cases.",
)
def gates_overflow_for_large_sums(z):
    return np.exp(z) / (1 + np.exp(z))


@mistake(
    replaces="candidate",
    says="The candidate is a quotient of exponentials: nan from |z| = 709.8 on.",
    think="What is e^800 in floating point, and what is infinity divided by infinity?",
    look="Try your tanh at z = 800 and at z = -800.",
    fix="Use np.tanh, which no number is too large for.",
)
def candidate_overflows_for_large_sums(z_g):
    return (np.exp(z_g) - np.exp(-z_g)) / (np.exp(z_g) + np.exp(-z_g))


@mistake(
    replaces="split_gates",
    says="The sums are cut off at -10 and 10, so that no gate gets nearer to 0 or 1 than 5e-5.",
    think="What is sigmoid(-10)? Is that what sigmoid(-30) should be?",
    look="Look for a clip of z, and for its bounds.",
    fix="1 / (1 + e^-z) and np.tanh need no clip; where one is wanted against warnings, 500 is a harmless bound.",
)
def sums_clipped_at_ten(z):
    return np.split(np.clip(z, -10, 10), 4, axis=1)
