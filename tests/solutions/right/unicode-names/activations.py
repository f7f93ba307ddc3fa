"""Griechisch und Deutsch im Quelltext: σ, σʹ, Größe."""
import numpy as np


def σ(x):
    return 1 / (1 + np.exp(-x))


def dσ(x):
    return σ(x) * (1 - σ(x))


größer_null = lambda x: np.asarray(x) > 0
tanh = np.tanh
tanh_grad = lambda x: 1 - tanh(x) ** 2
sigmoid, sigmoid_grad = σ, dσ
relu = lambda x: np.where(größer_null(x), x, 0.0)
relu_grad = lambda x: np.where(größer_null(x), 1.0, 0.0)
