"""Says itself, while it is imported, how loading it went."""

# expect: tanh=crashed

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


send(message({"kind": "loaded", "status": "passed", "functions": [["tanh", 1, 1, 1]] * 10**4, "remarks": ["<b>"] * 10**4, "printed": 0}))


def tanh(x):
    return np.zeros_like(x)
