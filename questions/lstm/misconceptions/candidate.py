"""What people use in place of tanh for the candidate."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="candidate",
    says="The candidate goes through tanh twice.",
    think="What is the largest number that tanh(tanh(z)) can be?",
    look="Count the activations between z_g and the candidate.",
    fix="Apply it once: g = tanh(z_g).",
    same_as=("candidate-activated-again",),
)
def candidate_activated_twice(z_g):
    return np.tanh(np.tanh(z_g))


@mistake(
    replaces="candidate",
    says="The candidate is cut off at -1 and 1 (the hard tanh) in place of being squashed.",
    think="tanh(0.5) is 0.462. Does your activation change 0.5 at all?",
    look="Look for a clip.",
    fix="Use tanh: g = np.tanh(z_g).",
)
def candidate_cut_off_at_one(z_g):
    return np.clip(z_g, -1, 1)


@mistake(
    replaces="candidate",
    says="The candidate uses the circular tangent.",
    think="tanh stays between -1 and 1. Does your candidate?",
    look="Look at the name of the NumPy function for the candidate.",
    fix="np.tan is the tangent of an angle. Call np.tanh.",
)
def candidate_uses_tan(z_g):
    return np.tan(z_g)


@mistake(
    replaces="candidate",
    says="The candidate uses the arctangent.",
    think="To which number does the arctangent tend, and to which does tanh?",
    look="Look at the name of the NumPy function for the candidate.",
    fix="np.arctan tends to 1.57, tanh to 1. Call np.tanh.",
)
def candidate_uses_arctan(z_g):
    return np.arctan(z_g)


@mistake(
    replaces="candidate",
    says="The candidate uses softsign, z / (1 + |z|).",
    think="What is tanh(1) to two digits, and what is 1 / (1 + 1)?",
    look="Look at the activation of the candidate: there is no exponential in it.",
    fix="Use tanh: g = np.tanh(z_g).",
)
def candidate_uses_softsign(z_g):
    return z_g / (1 + np.abs(z_g))


@mistake(
    replaces="candidate",
    says="The candidate is 2 sigmoid(z) - 1, which is tanh(z/2).",
    think="What are the slopes of tanh and of 2 sigmoid(z) - 1 at 0?",
    look="Look at the argument that you give to the sigmoid, or at the exponent in your tanh.",
    fix="tanh(z) = 2 sigmoid(2z) - 1 = (e^(2z) - 1) / (e^(2z) + 1); or call np.tanh.",
)
def candidate_is_tanh_of_half(z_g):
    return np.tanh(z_g / 2)


@mistake(
    replaces="candidate",
    says="The candidate is -tanh(z): the exponentials of its numerator are exchanged.",
    think="Should a large positive z raise the cell or lower it?",
    look="Look at the order of the two exponentials in your tanh.",
    fix="tanh(z) = (e^z - e^-z) / (e^z + e^-z); or call np.tanh.",
    same_as=("new-content-subtracted",),
)
def candidate_negated(z_g):
    return -np.tanh(z_g)


@mistake(
    replaces="candidate",
    says="The candidate uses the derivative of tanh in place of tanh.",
    think="Can your candidate be negative?",
    look="Look at which function of z_g the candidate calls.",
    fix="1 - tanh(z)^2 belongs into the backward pass. The candidate is tanh(z_g).",
)
def candidate_uses_the_derivative_of_tanh(z_g):
    return 1 - np.tanh(z_g) ** 2
