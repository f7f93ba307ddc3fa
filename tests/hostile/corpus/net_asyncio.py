"""Starts an event loop with a server in it."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import asyncio

import numpy as np


async def serve():
    await asyncio.start_server(print, "127.0.0.1", 0)


def tanh(x):
    asyncio.run(serve())
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
