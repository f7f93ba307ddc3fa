"""Looks up names and interfaces, and fetches a page."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import socket
import urllib.request

import numpy as np


def tanh(x):
    for ask in (
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.gethostbyname("localhost"),
        lambda: socket.if_nameindex(),
        lambda: urllib.request.urlopen("http://127.0.0.1:1/", timeout=0.2),
    ):
        try:
            print(ask())
        except OSError as problem:
            last = problem
    raise last


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
