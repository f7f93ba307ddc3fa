"""Starts programs and workers by every door of the standard library."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import concurrent.futures
import multiprocessing
import os
import pty
import subprocess

import numpy as np


def tanh(x):
    doors = (
        lambda: subprocess.run(["/bin/true"], check=True),
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: pty.fork(),
        lambda: multiprocessing.get_context("fork").Process(target=print).start(),
        lambda: concurrent.futures.ProcessPoolExecutor(1).submit(abs, -1).result(1),
    )
    for door in doors:
        try:
            door()
            return np.tanh(x)
        except (OSError, RuntimeError) as problem:
            last = problem
    if os.system("true") == 0:
        return np.tanh(x)
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
