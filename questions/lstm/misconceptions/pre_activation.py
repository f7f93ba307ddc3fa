"""What people write for z = x W + h_prev U + b, before it is cut into gates."""

import numpy as np

from grader.model.mistake import mistake


def blocks_transposed(weights):
    """Return the weights with each of the four blocks of columns transposed."""
    return np.concatenate([block.T for block in np.split(weights, 4, axis=1)], axis=1)


def bias_without(b, block):
    """Return the bias with zeros in one of its four blocks."""
    return np.concatenate([0 * part if k == block else part for k, part in enumerate(np.split(b, 4))])


def state_left_out_of(block, h_prev, U):
    """Return h_prev U with zeros in one of its four blocks."""
    parts = np.split(h_prev @ U, 4, axis=1)
    return np.concatenate([0 * part if k == block else part for k, part in enumerate(parts)], axis=1)


# The input and the state before


@mistake(
    replaces="from_state",
    says="The recurrent term h_prev U is missing: the gates do not know the state before.",
    think="Change h_prev and keep x: should the gates change? Do yours?",
    look="Count the summands of what goes into the gates.",
    fix="z = x @ W + h_prev @ U + b, with three summands.",
)
def recurrent_term_forgotten(h_prev, U):
    return 0 * (h_prev @ U)


@mistake(
    replaces="from_input",
    says="The input term x W is missing: the gates do not know the input.",
    think="Change x and keep h_prev: should the gates change? Do yours?",
    look="Count the summands of what goes into the gates.",
    fix="z = x @ W + h_prev @ U + b, with three summands.",
)
def input_term_forgotten(x, W):
    return 0 * (x @ W)


@mistake(
    replaces="pre_activation",
    says="The input term and the recurrent term are multiplied with each other.",
    think="If x is 0, should the previous state still have a say in the gates?",
    look="Look at the sign between x W and h_prev U.",
    fix="The terms are added: z = x @ W + h_prev @ U + b.",
)
def terms_multiplied(x, h_prev, W, U, b):
    return from_input(x, W) * from_state(h_prev, U) + b


@mistake(
    replaces="pre_activation",
    says="The input term and the recurrent term are averaged: there is a factor 1/2 too many.",
    think="If h_prev is 0, how much of x W should be left?",
    look="Look for a division by 2 or a mean.",
    fix="The terms are added as they are: z = x @ W + h_prev @ U + b.",
)
def terms_averaged(x, h_prev, W, U, b):
    return (from_input(x, W) + from_state(h_prev, U)) / 2 + b


@mistake(
    replaces="from_state",
    says="The recurrent term h_prev U is subtracted.",
    think="Let x and b be 0: which sign should z have where h_prev U is positive?",
    look="Look at the sign in front of the recurrent term.",
    fix="All three terms are added: z = x @ W + h_prev @ U + b.",
)
def recurrent_term_subtracted(h_prev, U):
    return -(h_prev @ U)


@mistake(
    replaces="from_state",
    says="h_prev goes through another tanh before it is multiplied by U.",
    think="Through how many tanh has h_prev gone already, when it comes out of the step before?",
    look="Look at what happens to h_prev on its way to U.",
    fix="Use h_prev as it is: h_prev @ U.",
)
def tanh_on_the_previous_state(h_prev, U):
    return np.tanh(h_prev) @ U


@mistake(
    replaces="from_state",
    says="h_prev goes through a sigmoid before it is multiplied by U.",
    think="Can h_prev be negative? Can it still be when it reaches U?",
    look="Look at what happens to h_prev on its way to U.",
    fix="Use h_prev as it is: h_prev @ U.",
)
def sigmoid_on_the_previous_state(h_prev, U):
    return sigmoid(h_prev) @ U


@mistake(
    replaces="from_state",
    says="Each block of U is transposed: unit j listens to where it should speak.",
    think="In h_prev U, which index of U counts the old units, and which the new?",
    look="Look for a .T or a swapped index where U is used.",
    fix="h_prev @ U without a transpose: the rows of U belong to h_prev.",
)
def recurrent_blocks_transposed(h_prev, U):
    return h_prev @ blocks_transposed(U)


@mistake(
    replaces="from_input",
    says="Each block of W is transposed, which is possible only when there are as many inputs as units.",
    think="Which shape has one block of W, and which shape does x @ block need?",
    look="Look for a .T or a swapped index where W is used, and try it with D = 3 and H = 5.",
    fix="x @ W without a transpose: the rows of W belong to x.",
)
def input_blocks_transposed(x, W):
    return x @ blocks_transposed(W)


@mistake(
    replaces="pre_activation",
    says="W and U are exchanged: the input is multiplied by U and the state by W.",
    think="Which of the two matrices has as many rows as x has columns?",
    look="Compare the shapes of W and U in the question with the two products.",
    fix="z = x @ W + h_prev @ U + b.",
)
def weights_of_input_and_state_exchanged(x, h_prev, W, U, b):
    return from_input(x, U) + from_state(h_prev, W) + b


@mistake(
    replaces="pre_activation",
    says="W is used twice, for the input and for the state; U has no effect.",
    think="Change U alone: should the gates change? Do yours?",
    look="Look at the second product.",
    fix="The state has weights of its own: h_prev @ U.",
)
def input_weights_used_for_the_state(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, W) + b


@mistake(
    replaces="pre_activation",
    says="Input and state are joined in one order and W and U in the other, so that each meets rows of both.",
    think="Which columns of the joined input meet the rows of W?",
    look="Look at the order in which you join x and h_prev, and W and U.",
    fix="[x, h_prev] belongs to W above U, and [h_prev, x] to U above W.",
)
def state_and_input_concatenated_in_the_other_order(x, h_prev, W, U, b):
    return np.concatenate([h_prev, x], axis=1) @ np.concatenate([W, U]) + b


@mistake(
    replaces="lstm_cell",
    says="The gates see the cell state c_prev in place of the hidden state h_prev.",
    think="Which of the two states is shown to the outside, and which stays within the cell?",
    look="Look at which state is multiplied by U.",
    fix="The gates see the hidden state: h_prev @ U. c_prev enters only in c = f * c_prev + i * g.",
    same_as=("cell-state-carried-on-as-hidden-state",),
)
def gates_see_the_cell_state(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, c_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(o, c), c


@mistake(
    replaces="pre_activation",
    says="z goes through a tanh before it is cut into gates, so that every block is activated twice.",
    think="How near to 1 can a gate come, when its sigmoid only sees numbers between -1 and 1?",
    look="Count the activations between x W and a gate.",
    fix="z is the plain sum; each gate has one activation of its own.",
)
def z_goes_through_tanh(x, h_prev, W, U, b):
    return np.tanh(from_input(x, W) + from_state(h_prev, U) + b)


@mistake(
    replaces="from_state",
    says="h_prev is averaged over the batch, so that every sequence sees the others.",
    think="Should the gates of one sequence change if another one in the batch changes?",
    look="Look for a mean, and at its axis.",
    fix="Each row of h_prev goes with its own row of x: h_prev @ U, without a mean.",
)
def previous_state_averaged_over_the_batch(h_prev, U):
    return h_prev.mean(axis=0) @ U


@mistake(
    replaces="from_state",
    says="Only the first row of h_prev is used, for all sequences of the batch.",
    think="What does the state of the first sequence tell about the second?",
    look="Look for an index 0 at h_prev.",
    fix="Each row of h_prev goes with its own row of x: h_prev @ U.",
)
def previous_state_of_the_first_row_for_all(h_prev, U):
    return h_prev[0] @ U


@mistake(
    replaces="from_state",
    says="The recurrent term is missing in the input gate alone.",
    think="Which of your four gates do not change with h_prev?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the input gate, too, sees h_prev.",
)
def recurrent_term_missing_in_the_input_gate(h_prev, U):
    return state_left_out_of(0, h_prev, U)


@mistake(
    replaces="from_state",
    says="The recurrent term is missing in the forget gate alone.",
    think="Which of your four gates do not change with h_prev?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the forget gate, too, sees h_prev.",
)
def recurrent_term_missing_in_the_forget_gate(h_prev, U):
    return state_left_out_of(1, h_prev, U)


@mistake(
    replaces="from_state",
    says="The recurrent term is missing in the candidate alone.",
    think="Which of your four blocks do not change with h_prev?",
    look="Compare the four lines in which the gates and the candidate are computed.",
    fix="All four blocks have the same three terms: the candidate, too, sees h_prev.",
)
def recurrent_term_missing_in_the_candidate(h_prev, U):
    return state_left_out_of(2, h_prev, U)


@mistake(
    replaces="from_state",
    says="The recurrent term is missing in the output gate alone.",
    think="Which of your four gates do not change with h_prev?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the output gate, too, sees h_prev.",
)
def recurrent_term_missing_in_the_output_gate(h_prev, U):
    return state_left_out_of(3, h_prev, U)


# The bias


@mistake(
    replaces="pre_activation",
    says="The bias b is missing.",
    think="Let x and h_prev be 0: what should the gates be, and what are yours?",
    look="Count the summands of what goes into the gates.",
    fix="z = x @ W + h_prev @ U + b, with three summands.",
)
def bias_forgotten(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U)


@mistake(
    replaces="pre_activation",
    says="The bias is subtracted.",
    think="Should a large positive bias open a gate or close it?",
    look="Look at the sign in front of b.",
    fix="The bias is added: z = x @ W + h_prev @ U + b.",
)
def bias_subtracted(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) - b


@mistake(
    replaces="pre_activation",
    says="The bias is added twice, once with the input term and once with the recurrent term.",
    think="How many biases does the question give you for one gate?",
    look="Look for b in both products, or in two lines.",
    fix="Add b once. (Some libraries have two biases, but then they are two different ones.)",
)
def bias_added_twice(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + 2 * b


@mistake(
    replaces="pre_activation",
    says="z is multiplied by the bias.",
    think="With a bias of 0, should x and h_prev still reach the gates?",
    look="Look at the operation in front of b.",
    fix="The bias is added: z = x @ W + h_prev @ U + b.",
)
def bias_multiplied(x, h_prev, W, U, b):
    return (from_input(x, W) + from_state(h_prev, U)) * b


@mistake(
    replaces="lstm_gates",
    says="The bias is added after the activation, so that gates can leave the range from 0 to 1.",
    think="Can one of your gates be larger than 1?",
    look="Look at which closing parenthesis b stands in front of.",
    fix="The bias belongs inside: sigmoid(x @ W + h_prev @ U + b).",
)
def bias_added_after_the_activation(x, h_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, 0 * b))
    b_i, b_f, b_g, b_o = np.split(b, 4)
    return input_gate(z_i) + b_i, forget_gate(z_f) + b_f, candidate(z_g) + b_g, output_gate(z_o) + b_o


@mistake(
    replaces="pre_activation",
    says="The bias of the first block is used for all four.",
    think="How many numbers are in b, and how many of them have an effect in your code?",
    look="Look at how b is cut into four.",
    fix="Each gate has its own part of b: add all of b to z before you cut it.",
)
def bias_of_the_first_block_for_all(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + np.tile(np.split(b, 4)[0], 4)


@mistake(
    replaces="pre_activation",
    says="One number, the mean of the bias, is added to all of z.",
    think="Should two units with different biases behave differently?",
    look="Look for a mean or a sum over b.",
    fix="b has one number for each column of z: add it as it is.",
)
def bias_averaged(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + b.mean()


@mistake(
    replaces="pre_activation",
    says="The bias is missing in the input gate alone.",
    think="Let x and h_prev be 0: which of your four blocks do not change with b?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the input gate has a bias, too.",
)
def bias_missing_in_the_input_gate(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + bias_without(b, 0)


@mistake(
    replaces="pre_activation",
    says="The bias is missing in the forget gate alone.",
    think="Let x and h_prev be 0: which of your four blocks do not change with b?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the forget gate has a bias, too.",
)
def bias_missing_in_the_forget_gate(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + bias_without(b, 1)


@mistake(
    replaces="pre_activation",
    says="The bias is missing in the candidate alone.",
    think="Let x and h_prev be 0: which of your four blocks do not change with b?",
    look="Compare the four lines in which the gates and the candidate are computed.",
    fix="All four blocks have the same three terms: the candidate has a bias, too.",
)
def bias_missing_in_the_candidate(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + bias_without(b, 2)


@mistake(
    replaces="pre_activation",
    says="The bias is missing in the output gate alone.",
    think="Let x and h_prev be 0: which of your four blocks do not change with b?",
    look="Compare the four lines in which the gates are computed.",
    fix="All four blocks have the same three terms: the output gate has a bias, too.",
)
def bias_missing_in_the_output_gate(x, h_prev, W, U, b):
    return from_input(x, W) + from_state(h_prev, U) + bias_without(b, 3)
