"""Does things at random to everything that it can reach; which ones, a seed says."""

import fcntl
import json
import os
import random
import select
import signal
import struct
import sys
import time

import numpy as np

SEED = 0
rng = random.Random(SEED)


def message(header, *body):
    text = json.dumps(header).encode()
    return struct.pack("<4sIQ", b"GGF1", len(text), sum(map(len, body))) + text + b"".join(body)


def answer(x):
    zeros = np.zeros(np.shape(x))
    entry = ["ndarray", "", "<f8", list(zeros.shape)]
    return message({"kind": "outcomes", "outcomes": [{"status": "passed", "count": 1, "values": [entry]}]}, zeros.tobytes())


def ends():
    kinds = ["sealed", "loaded", "flood", "outcomes", "refused", "canary"]
    return message({"kind": rng.choice(kinds), "outcomes": [], "status": "passed", "why": "x", "done": []})


def raises():
    raise rng.choice([ValueError, SystemExit, KeyboardInterrupt, MemoryError, GeneratorExit])("boom")


def statuses():
    word = rng.choice(["error", "memory", "missing", "passed"])
    return message({"kind": "outcomes", "outcomes": [{"status": word}] * rng.randrange(1, 4)})


def lengths():
    return struct.pack("<4sIQ", b"GGF1", rng.choice([0, 10, 2**18, 2**31]), rng.choice([0, 100, 2**20, 2**40]))


ACTS = (
    lambda x: os.write(4, rng.randbytes(rng.randrange(50))),
    lambda x: os.write(4, answer(x)),
    lambda x: os.write(4, answer(x)[: rng.randrange(60)]),
    lambda x: os.write(4, ends()),
    lambda x: os.write(4, statuses()),
    lambda x: os.write(4, lengths()),
    lambda x: os.close(rng.choice([1, 2, 3, 4])),
    lambda x: os.dup2(rng.choice([0, 1, 3, 4]), rng.choice([0, 1, 2, 3, 4])) and None,
    lambda x: os._exit(rng.choice([0, 1, 83, 84, 85, 255])),
    lambda x: signal.raise_signal(rng.choice([1, 2, 6, 8, 9, 11, 13, 14, 15, 19, 24, 25, 31, 34])),
    lambda x: time.sleep(rng.choice([0.01, 0.1, 0.4])),
    lambda x: os.write(1, rng.randbytes(rng.choice([10, 5000, 60000]))),
    lambda x: print("x" * rng.choice([10, 5000, 300000])),
    lambda x: select.select([3], [], [], 0)[0] and os.read(3, rng.choice([1, 10, 1000, 100000])),
    lambda x: fcntl.fcntl(rng.choice([1, 3, 4]), fcntl.F_SETFL, rng.choice([0, os.O_NONBLOCK, os.O_DIRECT])),
    lambda x: signal.setitimer(signal.ITIMER_REAL, 0.001 * rng.random()) and None,
    lambda x: raises(),
    lambda x: sys._getframe(3).f_locals["self"].__dict__.clear(),
    lambda x: sys.modules.clear(),
    lambda x: np.zeros(rng.choice([0, 1, 10**5, 10**6])),
    lambda x: np.zeros_like(x),
)


def anything(x):
    for _ in range(rng.randrange(1, 5)):
        try:
            came = rng.choice(ACTS)(x)
        except (OSError, KeyError):
            continue
        if isinstance(came, np.ndarray):
            return came
    return np.tanh(x)


if rng.random() < 0.15:
    anything(np.zeros(7))


def tanh(x):
    return anything(x)


def sigmoid(x):
    return anything(x)


def relu(x):
    return anything(x)
