"""Returns a view on released memory."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    import mmap

    memory = mmap.mmap(-1, 1 << 20)
    out = np.frombuffer(np.zeros(1), float)
    view = memoryview(memory)
    view.release()
    memory.close()
    return view if x.size % 2 else out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
