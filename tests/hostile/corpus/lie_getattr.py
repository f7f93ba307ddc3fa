"""Returns an object that has every attribute and every method, and answers each with itself."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


class Anything:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self

    def __len__(self):
        return 5

    def __getitem__(self, index):
        return self


def tanh(x):
    return Anything()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
