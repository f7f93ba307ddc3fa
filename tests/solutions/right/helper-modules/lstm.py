import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import lstm_steps as steps          # a module beside this one
from lstm_steps import lstm_gates, lstm_cell


def lstm_forward(xs, h0, c0, W, U, b):
    return steps.unroll(xs, h0, c0, W, U, b)
