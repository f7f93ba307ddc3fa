"""What people write for a layer."""

import numpy as np

from grader.model.mistake import mistake


@mistake(replaces="shift", says="The bias is forgotten.", think="t", look="l", fix="f")
def bias_forgotten(b):
    return 0 * b


@mistake(replaces="products", says="The weights are transposed.", think="t", look="l", fix="f")
def weights_transposed(x, W):
    return x @ W.T


@mistake(replaces="squashed", says="The sigmoid is used.", think="t", look="l", fix="f")
def sigmoid_in_place_of_tanh(z):
    return 1 / (1 + np.exp(-z))


@mistake(replaces="half", says="The sign is wrong.", think="t", look="l", fix="f")
def half_negated(x):
    return -x / 2


@mistake(replaces="half", says="x is returned.", think="t", look="l", fix="f")
def half_forgotten(x):
    return x
