# expect: sigmoid: values=failed
# expect: sigmoid_grad:
"""sigmoid(-x); its derivative formula is even, so the second function is right by luck."""
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(x))


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))
