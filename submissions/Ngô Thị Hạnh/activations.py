import numpy as np
from functools import partial

apply = partial(np.vectorize, otypes=[float])

# one-number versions
def _tanh(v):
    return float(np.tanh(v))

def _sigmoid(v):
    return 0.5 + 0.5 * float(np.tanh(0.5 * v))

def _relu(v):
    return v if v > 0 else 0.

# array versions
tanh = apply(_tanh)
tanh_grad = apply(lambda v: 1 - _tanh(v) ** 2)
sigmoid = apply(_sigmoid)
sigmoid_grad = apply(lambda v: _sigmoid(v) * (1 - _sigmoid(v)))
relu = apply(_relu)
relu_grad = apply(lambda v: float(v > 0))
