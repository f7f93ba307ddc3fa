"""Sends texts with surrogates, null bytes and escapes in every field."""

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
    bad = "\ud800\x00\x1b[2J<script>\u202e" * 50
    reply = {"status": "error", "raised": {"type": bad, "text": bad, "frames": [["activations.py", 1, bad, bad], ["/etc/passwd", -1, bad, 7]]}}
    reply |= {"warnings": [bad] * 100, "returned": bad, "detail": bad, "changed": [0, -1, 2**70, True], "printed": 0}
    send(message({"kind": "outcomes", "outcomes": [reply]}))
    os._exit(0)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
