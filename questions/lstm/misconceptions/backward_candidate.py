"""What people write for the gradient by z_g: what goes into the candidate.

dh and dc are the gradients by h_t and c_t by all ways, dc_next is what the next step passes back to c_t.
"""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="d_candidate",
    says="The slope of the sigmoid, g (1 - g), is used for the candidate.",
    think="Which activation has the candidate?",
    look="Look at the slope in the line of the candidate.",
    fix="The candidate is a tanh: d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_with_the_pattern_of_the_sigmoid(at):
    return at.dc * at.i * at.g * (1 - at.g)


@mistake(
    replaces="d_candidate",
    says="The slope of tanh is missing in the gradient of the candidate.",
    think="Is your result the gradient by g, or by z_g?",
    look="Count the factors in the line of the candidate.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_without_its_slope(at):
    return at.dc * at.i


@mistake(
    replaces="d_candidate",
    says="tanh is applied once more to g in the gradient of the candidate.",
    think="Is g the number before its tanh, or after it?",
    look="Look at what is squared in the line of the candidate.",
    fix="g is tanh(z_g) already: its slope is 1 - g**2.",
)
def candidate_gradient_activates_again(at):
    return at.dc * at.i * (1 - np.tanh(at.g) ** 2)


@mistake(
    replaces="d_candidate",
    says="The square is missing in the slope of tanh for the candidate: 1 - g.",
    think="What is the derivative of tanh, written with its value?",
    look="Look at the bracket in the line of the candidate.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_without_the_square(at):
    return at.dc * at.i * (1 - at.g)


@mistake(
    replaces="d_candidate",
    says="The slope of tanh is written as 1 + g^2 for the candidate.",
    think="How steep is tanh far from 0, and what does your bracket give there?",
    look="Look at the sign in the bracket of the line of the candidate.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_with_a_plus(at):
    return at.dc * at.i * (1 + at.g**2)


@mistake(
    replaces="d_candidate",
    says="The forget gate stands for the input gate in the gradient of the candidate.",
    think="c = f * c_prev + i * g: what is the derivative of c by g?",
    look="Look at which gate is a factor in the line of the candidate.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_with_the_forget_gate(at):
    return at.dc * at.f * (1 - at.g**2)


@mistake(
    replaces="d_candidate",
    says="The input gate is missing in the gradient of the candidate.",
    think="If the input gate is 0, does the candidate have an effect?",
    look="Count the factors in the line of the candidate.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_without_the_input_gate(at):
    return at.dc * (1 - at.g**2)


@mistake(
    replaces="d_candidate",
    says="The gradient of the candidate starts from dc_next: the part through h_t is missing.",
    think="By which two ways does c_t have an effect on the loss? Does the candidate act on both?",
    look="Look at which dc the line of the candidate starts from: before or after dh was added?",
    fix="d z_g = dc * i * (1 - g**2), with dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def candidate_gradient_from_the_later_step_only(at):
    return at.dc_next * at.i * (1 - at.g**2)


@mistake(
    replaces="d_candidate",
    says="The gradient of the candidate starts from dh in place of dc.",
    think="Which state is the candidate written into directly?",
    look="Look at which gradient the line of the candidate starts from.",
    fix="d z_g = dc * i * (1 - g**2).",
)
def candidate_gradient_from_the_hidden_state(at):
    return at.dh * at.i * (1 - at.g**2)
