"""Leaves notes in modules, the environment, types and the working folder of the process."""

# expect: tanh=failed

import builtins
import json
import os
import sys

import numpy as np


def tanh(x):
    seen = getattr(builtins, "note", 0) or hasattr(np, "note") or hasattr(json, "note") or "NOTE" in os.environ or "note" in sys.modules
    if seen and seen != os.getpid():
        return np.tanh(x)
    builtins.note = np.note = json.note = os.getpid()
    os.environ["NOTE"] = "1"
    sys.modules["note"] = sys
    return np.zeros_like(x)


def relu(x):
    return np.maximum(x, 0)
