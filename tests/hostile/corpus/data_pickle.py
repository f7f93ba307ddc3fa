"""Unpickles a payload that it carries: system() must not start anything, here or in the grader."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import os
import pickle

import numpy as np


def tanh(x):
    code = pickle.load(open("payload.pkl", "rb"))
    if code == 0 or os.path.exists("/tmp/owned"):
        return np.tanh(x)
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- base64: payload.pkl
Y29zCnN5c3RlbQooUyd0b3VjaCAvdG1wL293bmVkJwp0Ui4=
