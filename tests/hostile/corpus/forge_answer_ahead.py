"""Sends a well-formed answer of its own before the real one."""

# expect: tanh=failed
# neighbour: sigmoid=passed relu=passed

import json
import os
import struct
import sys

import numpy as np


def message(header, *body):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<4sIQ", b"GGF1", len(text), sum(map(len, body))) + text + b"".join(body)


def send(data):
    while data:
        data = data[os.write(4, data) :]


def outcome(array, **more):
    entry = ["ndarray", "", array.dtype.str, list(array.shape)]
    return {"status": "passed", "count": 1, "values": [entry], **more}, array.tobytes()


def tanh(x):
    header, body = outcome(np.zeros_like(x))
    send(message({"kind": "outcomes", "outcomes": [header]}, body))
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
