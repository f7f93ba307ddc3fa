import numpy as np


class Function:
    registry = {}

    def __init_subclass__(cls, name):
        Function.registry[name] = cls

    @classmethod
    def forward(cls, x):
        raise NotImplementedError

    @classmethod
    def backward(cls, x):
        raise NotImplementedError


class Tanh(Function, name="tanh"):
    @classmethod
    def forward(cls, x):
        return np.tanh(x)

    @classmethod
    def backward(cls, x):
        y = cls.forward(x)
        return 1 - y * y


class Sigmoid(Function, name="sigmoid"):
    @classmethod
    def forward(cls, x):
        return 1 / (1 + np.exp(np.negative(x)))

    @classmethod
    def backward(cls, x):
        y = cls.forward(x)
        return y - y * y


class ReLU(Function, name="relu"):
    @staticmethod
    def forward(x):
        return np.maximum(x, 0)

    @staticmethod
    def backward(x):
        return np.asarray(np.asarray(x) > 0, dtype=np.int64)


for _name, _class in Function.registry.items():
    globals()[_name] = _class.forward
    globals()[_name + "_grad"] = _class.backward
