"""A step that lives beside the reference, to show that it can."""


def shifted(z):
    """Return scores whose largest is 0, which have the same softmax."""
    return z - z.max(axis=-1, keepdims=True)
