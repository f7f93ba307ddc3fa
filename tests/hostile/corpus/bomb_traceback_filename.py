"""Compiles code under the names of files that the grader might open to show the line."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np

CODE = "\n" * 0 + "def fail(x):\n    raise ValueError(x)\n"


def tanh(x):
    for name in ("/etc/passwd", "/dev/zero", "../../questions/tanh/bank.yaml", "activations.py\x00", "\x1b[31m<b>.py", "sigmoid.py"):
        space = {}
        exec(compile(CODE, name, "exec"), space)
        try:
            space["fail"](name)
        except ValueError as problem:
            last = problem
    exec(compile(CODE, "/etc/passwd", "exec"), space)
    space["fail"](str(last))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
