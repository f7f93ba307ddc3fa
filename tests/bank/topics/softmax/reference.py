"""Softmax over the last axis, and its gradient, in small steps."""

import numpy as np

from .steps import shifted


def softmax(z):
    """Return e^z over its sum."""
    powers = np.exp(shifted(z))  # (N, K)
    return powers / total(powers)


def total(powers):
    """Return the sums of the rows."""
    return powers.sum(axis=-1, keepdims=True)


def softmax_grad(dp, z):
    """Return p * (dp - sum(dp * p))."""
    p = softmax(z)
    return p * (dp - total(dp * p))
