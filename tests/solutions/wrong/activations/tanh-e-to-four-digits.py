# expect: tanh: values=failed
"""The base of the exponential, from memory."""


E = 2.718


def tanh(x):
    return (E ** x - E ** -x) / (E ** x + E ** -x)
