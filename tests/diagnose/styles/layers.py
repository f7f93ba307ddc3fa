"""Layers with a forward and a backward pass."""
# tell: tanh=tanh-rescaled-to-zero-one tanh_grad=derivative-of-tanh-applies-tanh-twice
# tell: sigmoid=sigmoid-from-tanh-of-x sigmoid_grad=derivative-of-sigmoid-applies-sigmoid-twice
# tell: relu=relu-of-the-negative relu_grad=derivative-of-relu-on-the-wrong-side

import numpy as np


class Layer:
    def __call__(self, x):
        self.x = np.asarray(x, dtype=float)
        self.y = self.forward(self.x)
        return self.y

    def slope(self, x):
        self(x)
        return self.backward(np.ones(np.shape(x)))


class TanH(Layer):
    @staticmethod
    def forward(x):
        return np.tanh(x)

    def backward(self, dy):
        return dy * (1 - self.forward(self.y) ** 2)


class Logistic(Layer):
    @staticmethod
    def forward(x):
        return 1.0 / (1.0 + np.exp(-x))

    def backward(self, dy):
        return dy * self.forward(self.y) * self.forward(-self.y)


class Rectifier(Layer):
    sign = -1

    def forward(self, x):
        return np.where(self.sign * x > 0, self.sign * x, 0.0)

    def backward(self, dy):
        return dy * (self.y > 0)


def tanh(x):
    return (1 + TanH()(x)) * 0.5


def sigmoid(x):
    return 0.5 * TanH()(x) + 0.5


relu = Rectifier().__call__
tanh_grad, sigmoid_grad, relu_grad = TanH().slope, Logistic().slope, Rectifier().slope
