"""Functions, one of which takes another number of arguments than its question says."""


def double(x):
    """Return 2 x."""
    return 2 * x


def half(x, upstream=1.0):
    """Return x / 2, times upstream."""
    return upstream * x / 2


def triple(x):
    """Return 3 x."""
    return 3 * x
