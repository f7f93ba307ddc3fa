"""How people wire the parts of one step together: what is seen by the gates, and what is returned."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="lstm_cell",
    says="The two results are returned in the order c, h.",
    think="In which order does the question want the two states?",
    look="Look at the return line of lstm_cell.",
    fix="Return h, c.",
)
def cell_state_returned_first(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return c, hidden_state(o, c)


@mistake(
    replaces="lstm_cell",
    says="The old cell state is returned in place of the new one.",
    think="Which c should the next step start from?",
    look="Look at the name of the second variable in the return line.",
    fix="Return h and the new c.",
)
def old_cell_state_returned(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    return hidden_state(o, cell_update(i, f, g, c_prev)), c_prev


@mistake(
    replaces="lstm_cell",
    says="The squashed cell state, tanh(c), is returned in place of c; h is right.",
    think="Which c should the next step start from: the one before tanh, or the one after it?",
    look="Look for a variable that is overwritten by its own tanh.",
    fix="Keep c and tanh(c) apart: h = o * np.tanh(c), and return c as it is.",
)
def squashed_cell_state_returned(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(o, c), np.tanh(c)


@mistake(
    replaces="lstm_cell",
    says="The new hidden state is returned twice; the cell state is lost.",
    think="Which two states does the next step need?",
    look="Look at the return line, and at variables that are overwritten.",
    fix="Return h and c, which are different.",
)
def hidden_state_returned_twice(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    h = hidden_state(o, cell_update(i, f, g, c_prev))
    return h, h


@mistake(
    replaces="lstm_cell",
    says="All gates go through their activations a second time before they are used in the cell.",
    think="What does lstm_gates return: z, or the gates?",
    look="Look for sigmoid and tanh on what lstm_gates has returned.",
    fix="i, f, g and o are activated already: c = f * c_prev + i * g and h = o * tanh(c).",
)
def all_gates_activated_again(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(sigmoid(i), sigmoid(f), np.tanh(g), c_prev)
    return hidden_state(sigmoid(o), c), c


@mistake(
    replaces="lstm_cell",
    says="The output gate also sees the new cell state (a peephole).",
    think="Does the formula of the question for o hold a c?",
    look="Look at the summands inside of the output gate's sigmoid.",
    fix="o = sigmoid(z_o), with z from x, h_prev and b alone; the variant with peepholes is another LSTM.",
)
def output_gate_sees_the_new_cell_state(x, h_prev, c_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    c = cell_update(input_gate(z_i), forget_gate(z_f), candidate(z_g), c_prev)
    return hidden_state(output_gate(z_o + c), c), c


@mistake(
    replaces="lstm_cell",
    says="Input gate and forget gate also see the old cell state (peepholes).",
    think="Do the formulas of the question for i and f hold a c?",
    look="Look at the summands inside of the two sigmoids.",
    fix="i = sigmoid(z_i) and f = sigmoid(z_f), with z from x, h_prev and b alone.",
)
def input_and_forget_gate_see_the_old_cell_state(x, h_prev, c_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    c = cell_update(input_gate(z_i + c_prev), forget_gate(z_f + c_prev), candidate(z_g), c_prev)
    return hidden_state(output_gate(z_o), c), c


@mistake(
    replaces="lstm_cell",
    says="All three gates have peepholes: i and f see the old cell state, o the new one.",
    think="Do the formulas of the question for i, f and o hold a c?",
    look="Look at the summands inside of the three sigmoids.",
    fix="The gates see x, h_prev and b alone; the variant with peepholes is another LSTM.",
)
def all_gates_see_the_cell_state(x, h_prev, c_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    c = cell_update(input_gate(z_i + c_prev), forget_gate(z_f + c_prev), candidate(z_g), c_prev)
    return hidden_state(output_gate(z_o + c), c), c


@mistake(
    replaces="lstm_cell",
    says="The forget gate is applied to h_prev before the candidate is computed, like the reset gate of a GRU.",
    think="Which h_prev does the question's formula for the candidate hold?",
    look="Look at what is multiplied by the third block of U.",
    fix="All four blocks see the same h_prev: g = tanh(z_g).",
)
def candidate_sees_a_gated_state(x, h_prev, c_prev, W, U, b):
    i, f, _, o = lstm_gates(x, h_prev, W, U, b)
    _, _, g, _ = lstm_gates(x, f * h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(o, c), c
