"""Reads processes, environments and memory maps from /proc, also through other roots."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import os

import numpy as np


def tanh(x):
    for pid in ("self", "thread-self", "1", str(os.getppid()), str(os.getpid())):
        for name in ("environ", "maps", "cmdline", "mem", "root/etc/passwd", "task/1/comm", "status", "mounts"):
            for root in ("/proc", "//proc/", "/proc/self/root/proc"):
                try:
                    fd = os.open(f"{root}/{pid}/{name}", os.O_RDONLY)
                    print("opened", pid, name, os.read(fd, 100))
                    return np.tanh(x)
                except OSError as problem:
                    last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
