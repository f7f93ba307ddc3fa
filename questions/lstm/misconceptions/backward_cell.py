"""What people write for the gradient by the cell state, within one step.

dh and dc are the gradients by h_t and c_t by all ways, dc_next is what the next step passes back to c_t.
"""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="cell_gradient",
    says="The gradient by c has only its part through h_t; what the next step passes back to c_t is dropped.",
    think="By which two ways does c_t have an effect on the loss?",
    look="Look at the line that computes dc: count its summands.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def later_cell_gradient_dropped(at):
    return at.dh * at.o * (1 - np.tanh(at.c) ** 2)


@mistake(
    replaces="cell_gradient",
    says="The gradient by c has only what the next step passes back; its part through h_t is dropped.",
    think="By which two ways does c_t have an effect on the loss?",
    look="Look at the line that computes dc: count its summands.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def cell_gradient_through_the_hidden_state_dropped(at):
    return at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The slope of tanh is missing in the gradient by c.",
    think="h = o * tanh(c): what is the derivative of h by c?",
    look="Look at the part of dc that comes through h_t.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def slope_of_tanh_missing_in_the_cell_gradient(at):
    return at.dh * at.o + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="c itself is squared in the slope of tanh, not tanh(c).",
    think="In 1 - y^2, what does y stand for?",
    look="Look at the bracket in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def cell_gradient_squares_the_cell_state(at):
    return at.dh * at.o * (1 - at.c**2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="h is squared in the slope of tanh, not tanh(c).",
    think="h is o * tanh(c). Which of the two, h or tanh(c), is the value of the tanh?",
    look="Look at the bracket in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def cell_gradient_squares_the_hidden_state(at):
    return at.dh * at.o * (1 - at.h**2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The square is missing in the slope of tanh: 1 - tanh(c).",
    think="What is the derivative of tanh?",
    look="Look at the bracket in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def square_missing_in_the_cell_gradient(at):
    return at.dh * at.o * (1 - np.tanh(at.c)) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The slope of tanh is written as 1 + tanh(c)^2.",
    think="How steep is tanh far from 0, and what does your bracket give there?",
    look="Look at the sign in the bracket of the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def plus_in_the_cell_gradient(at):
    return at.dh * at.o * (1 + np.tanh(at.c) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="tanh is applied twice in the slope: 1 - tanh(tanh(c))^2.",
    think="If you have stored tanh(c), how many tanh does the slope still need?",
    look="Look at the bracket in the line that computes dc: what is in the variable that goes into tanh?",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2), with a single tanh.",
)
def tanh_twice_in_the_cell_gradient(at):
    return at.dh * at.o * (1 - np.tanh(np.tanh(at.c)) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The pattern of the sigmoid's derivative, t (1 - t), is used for tanh(c).",
    think="h = o * tanh(c): is it a tanh or a sigmoid that acts on c?",
    look="Look at the factors of dh in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def sigmoid_slope_in_the_cell_gradient(at):
    t = np.tanh(at.c)
    return at.dh * at.o * t * (1 - t) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The slope of tanh is taken at the old cell state, c_prev.",
    think="Which cell state does the tanh in h = o * tanh(c) act on: the old or the new one?",
    look="Look at the index of c in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2), with the new c of this step.",
)
def cell_gradient_at_the_old_cell_state(at):
    return at.dh * at.o * (1 - np.tanh(at.c_prev) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The output gate is missing in the gradient by c.",
    think="h = o * tanh(c): if o is 0, does c have an effect on h?",
    look="Look at the factors of dh in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def output_gate_missing_in_the_cell_gradient(at):
    return at.dh * (1 - np.tanh(at.c) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The input gate stands for the output gate in the gradient by c.",
    think="h = o * tanh(c): which gate stands between c and h?",
    look="Look at the factors of dh in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def input_gate_in_the_cell_gradient(at):
    return at.dh * at.i * (1 - np.tanh(at.c) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="The slope of the output gate, o (1 - o), stands for o itself in the gradient by c.",
    think="h = o * tanh(c): when you differentiate by c, is o a constant?",
    look="Look at the factors of dh in the line that computes dc.",
    fix="dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def slope_of_the_output_gate_in_the_cell_gradient(at):
    return at.dh * at.o * (1 - at.o) * (1 - np.tanh(at.c) ** 2) + at.dc_next


@mistake(
    replaces="cell_gradient",
    says="What the next step passes back to c_t is multiplied by o and the slope of tanh, as dh is.",
    think="Does the way from c_t to c_{t+1} lead through h_t?",
    look="Look at the parentheses in the line that computes dc.",
    fix="Only dh is multiplied: dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def later_cell_gradient_goes_through_the_output(at):
    return (at.dh + at.dc_next) * at.o * (1 - np.tanh(at.c) ** 2)


@mistake(
    replaces="cell_gradient",
    says="What the next step passes back to c_t is subtracted.",
    think="If two ways lead from c_t to the loss, how do their gradients combine?",
    look="Look at the sign of dc_next in the line that computes dc.",
    fix="Gradients by several ways add up: dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def later_cell_gradient_subtracted(at):
    return at.dh * at.o * (1 - np.tanh(at.c) ** 2) - at.dc_next


@mistake(
    replaces="cell_gradient",
    says="What the next step passes back to c_t is multiplied by this step's forget gate as well.",
    think="c_{t+1} = f_{t+1} * c_t + ...: the forget gate of which step stands on the way from c_t to c_{t+1}?",
    look="Look for two places at which the gradient by c is multiplied by a forget gate.",
    fix="Multiply once, by f of the step that is left: dc_next = dc * f at its end.",
)
def forget_gate_twice_in_the_cell_gradient(at):
    return at.dh * at.o * (1 - np.tanh(at.c) ** 2) + at.dc_next * at.f
