# expect: lstm_gates: i=failed f=failed g=failed o=failed arguments=skipped
"""Right, and handed back in float16."""
import numpy as np


def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    return tuple(y.astype(np.float16) for y in (i, f, np.tanh(g), o))
