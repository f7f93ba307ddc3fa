"""Decimals, and a value of e that was typed in."""
# tell: tanh=tanh-with-a-shortened-e tanh_grad=derivative-of-tanh-taken-from-sigmoid
# tell: sigmoid=sigmoid-with-powers-of-two sigmoid_grad=derivative-of-sigmoid-with-a-plus
# tell: relu=relu-cut-off-at-one relu_grad=derivative-of-relu-is-the-sigmoid

from decimal import Context, Decimal

import numpy as np

D = Context(prec=30, Emax=999_999, Emin=-999_999, traps=[])
E = Decimal("2.718")


def each(one):
    def number(v):
        return float(one(Decimal(float(v))))

    return lambda x: number(x) if np.ndim(x) == 0 else np.reshape([number(v) for v in np.ravel(x)], np.shape(x))


@each
def tanh(v):
    up, down = D.power(E, v), D.power(E, -v)
    return D.divide(D.subtract(up, down), D.add(up, down))


def logistic(v):
    return D.divide(Decimal(1), D.add(Decimal(1), D.exp(-v)))


@each
def tanh_grad(v):
    s = logistic(v)
    return D.multiply(D.subtract(Decimal(1), s), D.add(Decimal(1), s))


@each
def sigmoid(v):
    return D.divide(Decimal(1), D.add(Decimal(1), D.power(Decimal(2), -v)))


@each
def sigmoid_grad(v):
    s = logistic(v)
    return D.add(s, D.multiply(s, s))


@each
def relu(v):
    return sorted([Decimal(0), v, Decimal(1)])[1] if v == v else v


relu_grad = each(logistic)
