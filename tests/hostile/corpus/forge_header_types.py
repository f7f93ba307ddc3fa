"""Sends data types that are objects, records, pointers, bit fields and code."""

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
    for kind in ("|O", "|O8", "O", "<M8[ns]", "|V8", "<U4", "f8,f8", "(1000000,1000000)f8", "<f3", "=f8", ">f8", "<c16", "__import__('os')", "", "<f8" * 1000):
        entry = ["ndarray", "", kind, [1]]
        send(message({"kind": "outcomes", "outcomes": [{"status": "passed", "count": 1, "values": [entry]}]}, bytes(8)))
    return np.zeros_like(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
