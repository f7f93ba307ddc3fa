# -*- coding: latin-1 -*-
# Devoir n° 3 - François Lefèvre
# Fonctions d'activation, écrites d'après les définitions du cours (à relire)
import numpy as np


def tanh(x):
    # définition : (e^x - e^-x) / (e^x + e^-x)
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def tanh_grad(x):
    # dérivée : 1 / cosh², cosh déborde mais 1 / inf = 0
    return 1 / np.cosh(x) ** 2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(x):
    # dérivée du quotient : inf / inf pour x très négatif ?
    e = np.exp(-x)
    return e / (1 + e) ** 2


def relu(x):
    return np.maximum(0, x)


def relu_grad(x):
    return (np.array(x) > 0).astype(np.float64)
