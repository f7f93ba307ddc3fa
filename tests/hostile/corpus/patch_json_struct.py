"""Makes json and struct write what it likes."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import json
import struct

import numpy as np


def tanh(x):
    json.dumps = json.JSONEncoder.encode = lambda *a, **k: '{"status": "passed", "score": 1}'
    json.encoder.c_make_encoder = json.encoder.encode_basestring_ascii = None
    json.loads = lambda *a, **k: {"ok": True}
    struct.pack = lambda *a: b"\0\0\0\0"
    struct.unpack = struct.unpack_from = lambda *a: (0,) * 4
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
