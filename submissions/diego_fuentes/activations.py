from abc import ABC, abstractmethod

import numpy as np


class Activation(ABC):
    @abstractmethod
    def __call__(self, x): ...

    @abstractmethod
    def derivative(self, x): ...


class Tanh(Activation):
    def __call__(self, x):
        return np.tanh(x)

    def derivative(self, x):
        return 1 - self(x) ** 2


class Sigmoid(Activation):
    def __call__(self, x):
        return (1 + np.tanh(np.divide(x, 2))) / 2

    def derivative(self, x):
        return self(x) * (1 - self(x))


class ReLU(Activation):
    def __call__(self, x):
        return np.maximum(np.zeros_like(x), x)

    def derivative(self, x):
        return np.where(self(x) > 0, 1.0, 0.0)


tanh, sigmoid, relu = Tanh(), Sigmoid(), ReLU()
tanh_grad, sigmoid_grad, relu_grad = tanh.derivative, sigmoid.derivative, relu.derivative
