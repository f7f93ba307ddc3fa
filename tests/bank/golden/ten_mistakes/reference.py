"""A reference with the right functions."""


def double(x):
    """Return 2 x."""
    return 2 * x
