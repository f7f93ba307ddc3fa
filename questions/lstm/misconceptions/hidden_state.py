"""What people write for h = o * tanh(c)."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="hidden_state",
    says="The tanh on the cell state is missing: h is o * c.",
    think="How large can a hidden state become in your code, and how large may it?",
    look="Look at what happens to c in the line that computes h.",
    fix="It must be h = o * tanh(c).",
)
def no_tanh_on_the_cell_state(o, c):
    return o * c


@mistake(
    replaces="hidden_state",
    says="The cell state goes through a sigmoid, not through tanh.",
    think="Can your hidden state be negative? Should it?",
    look="Look at the activation in the line that computes h.",
    fix="It must be h = o * tanh(c).",
)
def sigmoid_on_the_cell_state(o, c):
    return o * sigmoid(c)


@mistake(
    replaces="hidden_state",
    says="The cell state goes through ReLU, not through tanh.",
    think="Can your hidden state be negative? Should it?",
    look="Look at the activation in the line that computes h.",
    fix="It must be h = o * tanh(c).",
)
def relu_on_the_cell_state(o, c):
    return o * np.maximum(c, 0)


@mistake(
    replaces="hidden_state",
    says="The cell state goes through tanh twice.",
    think="What is the largest number that tanh(tanh(c)) can be?",
    look="Count the activations between c and h.",
    fix="Apply tanh once: h = o * tanh(c).",
)
def tanh_on_the_cell_state_twice(o, c):
    return o * np.tanh(np.tanh(c))


@mistake(
    replaces="hidden_state",
    says="The tanh for h is that of c/2, as 2 sigmoid(c) - 1 is.",
    think="What are the slopes of tanh and of 2 sigmoid(c) - 1 at 0?",
    look="Look at how the tanh in the line of h is made.",
    fix="tanh(c) = 2 sigmoid(2c) - 1 = (e^(2c) - 1) / (e^(2c) + 1); or call np.tanh.",
)
def tanh_of_half_the_cell_state(o, c):
    return o * np.tanh(c / 2)


@mistake(
    replaces="hidden_state",
    says="The derivative of tanh at c is multiplied by the output gate, not tanh itself.",
    think="Can your hidden state be negative? Should it?",
    look="Look at which function of c stands in the line that computes h.",
    fix="1 - tanh(c)^2 belongs into the backward pass. It must be h = o * tanh(c).",
)
def derivative_of_tanh_on_the_cell_state(o, c):
    return o * (1 - np.tanh(c) ** 2)


@mistake(
    replaces="hidden_state",
    says="The output gate is missing: h is tanh(c).",
    think="If the output gate is 0, what should be seen of the cell?",
    look="Count the factors of h.",
    fix="It must be h = o * tanh(c).",
)
def output_gate_not_applied(o, c):
    return np.tanh(c)


@mistake(
    replaces="hidden_state",
    says="The cell state itself is returned as the hidden state: h and c are the same.",
    think="What is the output gate for, if h is c?",
    look="Look at the line that computes h.",
    fix="It must be h = o * tanh(c).",
)
def cell_state_shown_as_it_is(o, c):
    return c


@mistake(
    replaces="hidden_state",
    says="The output gate itself is returned as the hidden state.",
    think="What is seen of the cell, if h is o?",
    look="Look at the line that computes h.",
    fix="It must be h = o * tanh(c).",
)
def output_gate_is_the_hidden_state(o, c):
    return o


@mistake(
    replaces="hidden_state",
    says="The output gate is added to tanh(c), not multiplied with it.",
    think="If the output gate is 0, what should be seen of the cell?",
    look="Look at the operation between o and tanh(c).",
    fix="Gates multiply: h = o * tanh(c).",
)
def output_gate_added(o, c):
    return o + np.tanh(c)


@mistake(
    replaces="hidden_state",
    says="The output gate is inside of the tanh: h is tanh(o * c).",
    think="Let c be very large and o be a half: what should h be, and what is yours?",
    look="Look at which closing parenthesis o stands in front of.",
    fix="Squash first, then gate: h = o * tanh(c).",
)
def output_gate_inside_the_tanh(o, c):
    return np.tanh(o * c)


@mistake(
    replaces="hidden_state",
    says="The output gate is read as the share to hide: h is (1 - o) * tanh(c).",
    think="If the output gate is 1, how much of the cell should be seen?",
    look="Look at the factor of tanh(c).",
    fix="o is the share that is shown: h = o * tanh(c).",
)
def output_gate_read_as_the_share_to_hide(o, c):
    return (1 - o) * np.tanh(c)


@mistake(
    replaces="hidden_state",
    says="The output gate goes through another sigmoid.",
    think="Can your output gate ever be less than a half?",
    look="Look for a sigmoid in the line that computes h.",
    fix="o is activated already: h = o * tanh(c).",
)
def output_gate_activated_again(o, c):
    return sigmoid(o) * np.tanh(c)


@mistake(
    replaces="hidden_state",
    says="The output gate goes through tanh as well as the cell state does.",
    think="Which of the two, o and c, is between 0 and 1 already?",
    look="Count the tanh in the line that computes h.",
    fix="Only c goes through tanh: h = o * tanh(c).",
)
def tanh_on_the_output_gate(o, c):
    return np.tanh(o) * np.tanh(c)


@mistake(
    replaces="lstm_cell",
    says="The hidden state is computed from the old cell state: h is o * tanh(c_prev).",
    think="Which comes first: updating the cell, or showing it?",
    look="Look at the order of the lines for c and h, and at which c is in the second.",
    fix="First c = f * c_prev + i * g, then h = o * tanh(c), with the new c.",
)
def hidden_state_from_the_old_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    return hidden_state(o, c_prev), cell_update(i, f, g, c_prev)


@mistake(
    replaces="lstm_cell",
    says="The hidden state is computed from the new content i * g alone, without what the cell remembers.",
    think="Should what the cell has stored be seen at later steps?",
    look="Look at what the tanh in the line of h is applied to.",
    fix="It must be h = o * tanh(c), with c = f * c_prev + i * g.",
)
def hidden_state_from_the_new_content(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    return hidden_state(o, i * g), cell_update(i, f, g, c_prev)


@mistake(
    replaces="lstm_cell",
    says="The candidate is shown in place of the cell: h is o * g.",
    think="If nothing is written (i = 0), should h still depend on the candidate?",
    look="Look at what the output gate multiplies.",
    fix="It must be h = o * tanh(c).",
)
def candidate_shown_in_place_of_the_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    return o * g, cell_update(i, f, g, c_prev)


@mistake(
    replaces="lstm_cell",
    says="The forget gate is used in place of the output gate: h is f * tanh(c).",
    think="Which of the gates has no effect in your code?",
    look="Look at which gate multiplies tanh(c).",
    fix="It must be h = o * tanh(c).",
    same_as=("output-gate-from-the-block-of-the-forget-gate",),
)
def forget_gate_in_place_of_the_output_gate(x, h_prev, c_prev, W, U, b):
    i, f, g, _ = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(f, c), c


@mistake(
    replaces="lstm_cell",
    says="The input gate is used in place of the output gate: h is i * tanh(c).",
    think="Which of the gates has no effect in your code?",
    look="Look at which gate multiplies tanh(c).",
    fix="It must be h = o * tanh(c).",
    same_as=("output-gate-from-the-block-of-the-input-gate",),
)
def input_gate_in_place_of_the_output_gate(x, h_prev, c_prev, W, U, b):
    i, f, g, _ = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(i, c), c


@mistake(
    replaces="lstm_cell",
    says="The old hidden state is added to the new one.",
    think="If the output gate is 0, what should be seen?",
    look="Look for h_prev in the line that computes h.",
    fix="It must be h = o * tanh(c); h_prev enters through the gates only.",
)
def old_hidden_state_added(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return h_prev + hidden_state(o, c), c


@mistake(
    replaces="lstm_cell",
    says="The output gate mixes the old hidden state with tanh(c), as a GRU mixes its states.",
    think="If the output gate is 0, what should be seen: nothing, or the state before?",
    look="Look for 1 - o and h_prev in the line that computes h.",
    fix="It must be h = o * tanh(c), without a share of h_prev.",
)
def output_gate_mixes_old_and_new(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return (1 - o) * h_prev + hidden_state(o, c), c
