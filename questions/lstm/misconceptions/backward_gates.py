"""What people write for the gradients by z_o, z_f and z_i: what goes into the three gates.

dh and dc are the gradients by h_t and c_t by all ways, dc_next is what the next step passes back to c_t.
"""

import numpy as np

from grader.model.mistake import mistake

# By the output gate


@mistake(
    replaces="d_output_gate",
    says="c stands for tanh(c) in the gradient of the output gate.",
    think="h = o * tanh(c): what is the derivative of h by o?",
    look="Look at what dh is multiplied by in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_without_tanh(at):
    return at.dh * at.c * at.o * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The old cell state stands in the gradient of the output gate.",
    think="Which cell state does the output gate show: the old or the new one?",
    look="Look at the index of c in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o), with the new c of this step.",
)
def output_gate_gradient_with_the_old_cell_state(at):
    return at.dh * np.tanh(at.c_prev) * at.o * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The factor tanh(c) is missing in the gradient of the output gate.",
    think="h = o * tanh(c): if c is 0, does the output gate have an effect on h?",
    look="Count the factors in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_without_the_cell(at):
    return at.dh * at.o * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The hidden state stands for tanh(c) in the gradient of the output gate, so that o is in it twice.",
    think="h is o * tanh(c) already. How often should o be a factor?",
    look="Look for h in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o), which is dh * h * (1 - o).",
)
def output_gate_gradient_with_the_hidden_state(at):
    return at.dh * at.h * at.o * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The slope of tanh stands for tanh(c) in the gradient of the output gate.",
    think="h = o * tanh(c): when you differentiate by o, is tanh(c) a constant?",
    look="Look at what dh is multiplied by in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_with_the_slope_of_tanh(at):
    return at.dh * (1 - np.tanh(at.c) ** 2) * at.o * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The slope of the sigmoid is missing in the gradient of the output gate.",
    think="Is your result the gradient by o, or by z_o?",
    look="Count the factors in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_without_its_slope(at):
    return at.dh * np.tanh(at.c)


@mistake(
    replaces="d_output_gate",
    says="The factor o is missing in the gradient of the output gate: its slope is written as 1 - o.",
    think="A gate that is nearly closed hardly moves with z. What is 1 - o there?",
    look="Look at the slope of the sigmoid in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_with_half_a_slope(at):
    return at.dh * np.tanh(at.c) * (1 - at.o)


@mistake(
    replaces="d_output_gate",
    says="The slope of the sigmoid is written as o (1 + o) in the gradient of the output gate.",
    think="A gate that is nearly open hardly moves with z. What is o (1 + o) there?",
    look="Look at the sign in the slope of the sigmoid, in the line of the output gate.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_with_a_plus(at):
    return at.dh * np.tanh(at.c) * at.o * (1 + at.o)


@mistake(
    replaces="d_output_gate",
    says="The sigmoid is applied once more to o in the gradient of the output gate.",
    think="Is o the number before its sigmoid, or after it?",
    look="Look at what goes into the derivative of the sigmoid, in the line of the output gate.",
    fix="o is sigmoid(z_o) already: its slope is o * (1 - o).",
)
def output_gate_gradient_activates_again(at):
    s = sigmoid(at.o)
    return at.dh * np.tanh(at.c) * s * (1 - s)


@mistake(
    replaces="d_output_gate",
    says="The slope of tanh, 1 - o^2, is used for the output gate.",
    think="Which activation has the output gate?",
    look="Look at the slope in the line of the output gate.",
    fix="The gate is a sigmoid: d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_with_the_pattern_of_tanh(at):
    return at.dh * np.tanh(at.c) * (1 - at.o**2)


@mistake(
    replaces="d_output_gate",
    says="The gradient of the output gate starts from dc in place of dh.",
    think="h = o * tanh(c) and c = f * c_prev + i * g: in which of the two is o?",
    look="Look at which gradient the line of the output gate starts from.",
    fix="d z_o = dh * tanh(c) * o * (1 - o).",
)
def output_gate_gradient_from_the_cell(at):
    return at.dc * np.tanh(at.c) * at.o * (1 - at.o)


# By the forget gate


@mistake(
    replaces="d_forget_gate",
    says="The slope of the sigmoid is missing in the gradient of the forget gate.",
    think="Is your result the gradient by f, or by z_f?",
    look="Count the factors in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_without_its_slope(at):
    return at.dc * at.c_prev


@mistake(
    replaces="d_forget_gate",
    says="The factor f is missing in the gradient of the forget gate: its slope is written as 1 - f.",
    think="A gate that is nearly closed hardly moves with z. What is 1 - f there?",
    look="Look at the slope of the sigmoid in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_with_half_a_slope(at):
    return at.dc * at.c_prev * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The sigmoid is applied once more to f in the gradient of the forget gate.",
    think="Is f the number before its sigmoid, or after it?",
    look="Look at what goes into the derivative of the sigmoid, in the line of the forget gate.",
    fix="f is sigmoid(z_f) already: its slope is f * (1 - f).",
)
def forget_gate_gradient_activates_again(at):
    s = sigmoid(at.f)
    return at.dc * at.c_prev * s * (1 - s)


@mistake(
    replaces="d_forget_gate",
    says="The slope of tanh, 1 - f^2, is used for the forget gate.",
    think="Which activation has the forget gate?",
    look="Look at the slope in the line of the forget gate.",
    fix="The gate is a sigmoid: d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_with_the_pattern_of_tanh(at):
    return at.dc * at.c_prev * (1 - at.f**2)


@mistake(
    replaces="d_forget_gate",
    says="The candidate stands for the old cell state in the gradient of the forget gate.",
    think="c = f * c_prev + i * g: what is the derivative of c by f?",
    look="Look at what dc is multiplied by in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_with_the_candidate(at):
    return at.dc * at.g * at.f * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The new cell state stands for the old one in the gradient of the forget gate.",
    think="Which cell state does the forget gate multiply: the one before this step, or the one after it?",
    look="Look at the index of c in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f), with c_prev = cs[t - 1], and c0 at t = 0.",
)
def forget_gate_gradient_with_the_new_cell_state(at):
    return at.dc * at.c * at.f * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The hidden state h_prev stands for c_prev in the gradient of the forget gate.",
    think="c = f * c_prev + i * g: what is the derivative of c by f?",
    look="Look at what dc is multiplied by in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_with_the_hidden_state(at):
    return at.dc * at.h_prev * at.f * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The factor c_prev is missing in the gradient of the forget gate.",
    think="If the old cell state is 0, does the forget gate have an effect?",
    look="Count the factors in the line of the forget gate.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_without_the_old_cell_state(at):
    return at.dc * at.f * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The gradient of the forget gate starts from dc_next: the part through h_t is missing.",
    think="By which two ways does c_t have an effect on the loss? Does the forget gate act on both?",
    look="Look at which dc the line of the forget gate starts from: before or after dh was added?",
    fix="d z_f = dc * c_prev * f * (1 - f), with dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def forget_gate_gradient_from_the_later_step_only(at):
    return at.dc_next * at.c_prev * at.f * (1 - at.f)


@mistake(
    replaces="d_forget_gate",
    says="The gradient of the forget gate starts from dh in place of dc.",
    think="Which state does the forget gate act on directly?",
    look="Look at which gradient the line of the forget gate starts from.",
    fix="d z_f = dc * c_prev * f * (1 - f).",
)
def forget_gate_gradient_from_the_hidden_state(at):
    return at.dh * at.c_prev * at.f * (1 - at.f)


# By the input gate


@mistake(
    replaces="d_input_gate",
    says="The slope of the sigmoid is missing in the gradient of the input gate.",
    think="Is your result the gradient by i, or by z_i?",
    look="Count the factors in the line of the input gate.",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_without_its_slope(at):
    return at.dc * at.g


@mistake(
    replaces="d_input_gate",
    says="The factor i is missing in the gradient of the input gate: its slope is written as 1 - i.",
    think="A gate that is nearly closed hardly moves with z. What is 1 - i there?",
    look="Look at the slope of the sigmoid in the line of the input gate.",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_with_half_a_slope(at):
    return at.dc * at.g * (1 - at.i)


@mistake(
    replaces="d_input_gate",
    says="The sigmoid is applied once more to i in the gradient of the input gate.",
    think="Is i the number before its sigmoid, or after it?",
    look="Look at what goes into the derivative of the sigmoid, in the line of the input gate.",
    fix="i is sigmoid(z_i) already: its slope is i * (1 - i).",
)
def input_gate_gradient_activates_again(at):
    s = sigmoid(at.i)
    return at.dc * at.g * s * (1 - s)


@mistake(
    replaces="d_input_gate",
    says="The slope of tanh, 1 - i^2, is used for the input gate.",
    think="Which activation has the input gate?",
    look="Look at the slope in the line of the input gate.",
    fix="The gate is a sigmoid: d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_with_the_pattern_of_tanh(at):
    return at.dc * at.g * (1 - at.i**2)


@mistake(
    replaces="d_input_gate",
    says="The old cell state stands for the candidate in the gradient of the input gate.",
    think="c = f * c_prev + i * g: what is the derivative of c by i?",
    look="Look at what dc is multiplied by in the line of the input gate.",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_with_the_old_cell_state(at):
    return at.dc * at.c_prev * at.i * (1 - at.i)


@mistake(
    replaces="d_input_gate",
    says="The gradient of the input gate is that of the forget gate.",
    think="Which two of your four gate gradients are equal, and should they be?",
    look="Compare the lines of input gate and forget gate: was one copied?",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_is_that_of_the_forget_gate(at):
    return d_forget_gate(at)


@mistake(
    replaces="d_input_gate",
    says="The factor g is missing in the gradient of the input gate.",
    think="If the candidate is 0, does the input gate have an effect?",
    look="Count the factors in the line of the input gate.",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_without_the_candidate(at):
    return at.dc * at.i * (1 - at.i)


@mistake(
    replaces="d_input_gate",
    says="The gradient of the input gate starts from dc_next: the part through h_t is missing.",
    think="By which two ways does c_t have an effect on the loss? Does the input gate act on both?",
    look="Look at which dc the line of the input gate starts from: before or after dh was added?",
    fix="d z_i = dc * g * i * (1 - i), with dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def input_gate_gradient_from_the_later_step_only(at):
    return at.dc_next * at.g * at.i * (1 - at.i)


@mistake(
    replaces="d_input_gate",
    says="The gradient of the input gate starts from dh in place of dc.",
    think="Which state does the input gate act on directly?",
    look="Look at which gradient the line of the input gate starts from.",
    fix="d z_i = dc * g * i * (1 - i).",
)
def input_gate_gradient_from_the_hidden_state(at):
    return at.dh * at.g * at.i * (1 - at.i)
