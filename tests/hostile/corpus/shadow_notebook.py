"""Brings a notebook of the same name in which everything is wrong."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: activations.ipynb
{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["raise SystemExit('the notebook')"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
