"""Plain loops and plain floats."""
import math


def over(function):
    def apply(x):
        if hasattr(x, "tolist"):
            x = x.tolist()
        if isinstance(x, list):
            return [apply(v) for v in x]
        return function(x)
    return apply


def _sigmoid(v):
    if v < 0:
        return math.exp(v) / (1.0 + math.exp(v))
    return 1.0 / (1.0 + math.exp(-v))


tanh = over(math.tanh)
tanh_grad = over(lambda v: 1.0 - math.tanh(v) ** 2)
sigmoid = over(_sigmoid)
sigmoid_grad = over(lambda v: _sigmoid(v) * _sigmoid(-v))
_relu = over(lambda v: v if v > 0.0 else 0.0)
relu_grad = over(lambda v: 1.0 if v > 0.0 else 0.0)


def relu(x):
    return _relu(x)
