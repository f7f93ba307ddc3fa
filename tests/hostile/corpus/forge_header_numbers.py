"""Sends sizes that are negative, enormous, fractions, truths and text."""

# expect: tanh=crashed
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
    sizes = ("-1", "1e400", "NaN", "0.5", "true", '"7"', "[7]", "9" * 5000, "-0", "null")
    for size in sizes:
        text = '{"kind":"outcomes","outcomes":[{"status":"passed","count":1,"values":[["ndarray","","<f8",[%s]]]}]}' % size
        send(message(text.encode(), bytes(56)))
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
