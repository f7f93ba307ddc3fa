"""Unpacks a decompression bomb that it carries."""

# expect: tanh=memory
# neighbour: sigmoid=passed relu=passed

import zlib

import numpy as np


def tanh(x):
    packed = zlib.compress(bytes(1 << 24), 9)
    engine = zlib.decompressobj()
    return b"".join(engine.decompress(packed) for _ in range(1)) * (1 << 20)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
