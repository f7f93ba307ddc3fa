"""Nested lists in, nested lists out."""
# tell: tanh=tanh-is-a-taylor-polynomial tanh_grad=derivative-of-the-arctangent
# tell: sigmoid=sigmoid-rounded sigmoid_grad=derivative-of-sigmoid-uses-the-input
# tell: relu=relu-drops-the-fraction relu_grad=derivative-of-relu-leaks

import math


def deep(one):
    def function(x):
        x = x.tolist() if hasattr(x, "tolist") else x
        return [function(part) for part in x] if isinstance(x, list) else one(x)

    return function


tanh = deep(lambda v: v * (1 - v * v / 3))
tanh_grad = deep(lambda v: (1 + v * v) ** -1)
sigmoid = deep(lambda v: round(1 / (1 + math.exp(-v)), 4) if -700 < v < 700 else float(v > 0))
sigmoid_grad = deep(lambda v: v - v * v)
relu = deep(lambda v: float(int(v)) if 0 < v < 1e15 else max(v, 0.0))
relu_grad = deep(lambda v: 1.0 if v > 0 else 0.01)
