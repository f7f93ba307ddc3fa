"""Opens devices: terminals, memory, random disks, the kernel's log."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for name in ("/dev/tty", "/dev/console", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/ptmx", "/dev/fuse", "/dev/shm"):
        try:
            os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
            print("opened", name)
            return np.tanh(x)
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
