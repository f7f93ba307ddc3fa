"""Talks to a display, a session bus and a container engine by their well-known sockets."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import socket

import numpy as np


def tanh(x):
    for path in ("/tmp/.X11-unix/X0", "/run/dbus/system_bus_socket", "/var/run/docker.sock", "/run/systemd/notify", "/dev/log"):
        try:
            socket.socket(socket.AF_UNIX).connect(path)
            return np.tanh(x)
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
