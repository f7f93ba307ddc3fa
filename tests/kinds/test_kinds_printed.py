"""The code of a prediction: what it prints is the key, or it is said why it can be none."""

import sys
import threading

import numpy as np
import pytest

from grader.kinds.printed import printed
from grader.kinds.variant import VariantError


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("print(1, 2.50)", "1 2.5"),
        ("print('a  ')\n\nprint()\nprint('b')", "a\n\nb"),
        ("import numpy as np\nprint(np.tanh(np.array([0.0, 100.0])))", "[0. 1.]"),
        ("import numpy as np\nprint(np.exp(800.0) / np.exp(800.0))", "nan"),
        ("def f(n):\n    return n * f(n - 1) if n else 1\nprint(f(5))", "120"),
        ("if __name__ == '__main__':\n    print('yes')", "yes"),
    ],
)
def test_what_is_printed_is_returned(code, text):
    assert printed(code) == text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = (", "line 1 of the code is no Python"),
        ("x = 1\nprint(1 / 0)", "line 2 of the code raises ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)", "line 1 of the code raises SystemExit: 3"),
        ("x = 1", "the code prints nothing"),
        ("print('x' * 2001)", "the code prints 2001 characters"),
        ("import random\nprint(random.random())", "the code prints something else each time"),
        ("import numpy as np\nprint(np.random.rand())", "the code prints something else each time"),
        ("while True: pass", "the code does not end: 1000000 instructions were executed"),
        ("while True:\n    try:\n        x = 1\n    except Exception:\n        x = 2", "the code does not end"),
        ("while True: print('x')", "the code does not end: it prints too much"),
        ("print(input())", "line 1 of the code raises EOFError"),
    ],
)
def test_code_that_can_be_no_key_is_told(code, words):
    with pytest.raises(VariantError) as caught:
        printed(code)
    assert words in str(caught.value)


def test_each_text_is_run_in_a_namespace_of_its_own():
    assert printed("leak = 1\nprint(leak)") == "1"
    with pytest.raises(VariantError, match="NameError"):
        printed("print('x', leak)")


def test_nothing_is_left_behind():
    """Neither what is printed, nor NumPy's way of printing, nor the tracing, nor stdin."""
    before = sys.stdout, sys.stdin, sys.gettrace(), np.get_printoptions(), np.geterr()
    printed(
        "import numpy as np\nnp.set_printoptions(precision=1)\nnp.seterr(all='raise')\nprint(np.float64(3) / 7)"
    )
    assert (sys.stdout, sys.stdin, sys.gettrace(), np.get_printoptions(), np.geterr()) == before


def test_endless_code_ends_in_another_thread_too():
    """The bound needs no signal."""
    told = []

    def run():
        try:
            printed("while True: x = 1")
        except VariantError as error:
            told.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert "does not end" in told[0]
