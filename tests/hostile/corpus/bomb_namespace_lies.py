"""Names its function by an object whose call, name and signature run code."""

# expect: tanh=crashed

import os

import numpy as np


class Function:
    @property
    def __code__(self):
        os._exit(0)

    __signature__ = __wrapped__ = __defaults__ = __name__ = __code__

    def __call__(self, x):
        os._exit(0)


tanh = Function()
