"""With its own tests, prints and warnings at import, and a main part that must not run."""
import logging
import time
import warnings

import numpy as np

logging.basicConfig(level=logging.INFO)
logging.getLogger(__name__).info("loading")
warnings.warn("activations is experimental", UserWarning)
started = time.perf_counter()


def timed(function):
    def wrapper(*args, **kwargs):
        begin = time.perf_counter()
        result = function(*args, **kwargs)
        print(f"{function.__name__} took {time.perf_counter() - begin:.6f} s")
        return result
    return wrapper


@timed
def tanh(x):
    return np.tanh(x)


@timed
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@timed
def relu(x, slope=0.0):
    return np.where(np.asarray(x) > 0, x, slope)


@timed
def tanh_grad(x, *, check=True):
    """Return the derivative.

    >>> float(tanh_grad(0.0))
    1.0
    """
    return 1 - np.tanh(x) ** 2


@timed
def sigmoid_grad(*args):
    (x,) = args
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


@timed
def relu_grad(x, **options):
    return np.where(np.asarray(x) > options.get("threshold", 0), 1.0, 0.0)


assert np.allclose(tanh(np.array([0.0, 1.0])), [0, 0.7615941559557649])
assert sigmoid(0.0) == 0.5
np.testing.assert_allclose(relu(np.array([-1.0, 2.0])), [0.0, 2.0])
print("all my tests pass after", round(time.perf_counter() - started, 3), "s")

if __name__ == "__main__":
    while True:
        train()                      # noqa: F821
