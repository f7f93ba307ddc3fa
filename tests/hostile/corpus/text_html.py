"""Raises and prints HTML, scripts and entities."""

# expect: tanh=error
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    print("</pre><script>alert(document.cookie)</script><!--")
    raise ValueError("<img src=x onerror=alert(1)>&amp;]]>{{7*7}}{% raw %}")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)
