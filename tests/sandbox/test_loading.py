"""How a student's files become a module: encodings, helpers, data, notebooks, and what is said if they don't."""

import json

import pytest

from grader.model.inputs import SourceFile
from grader.model.outcome import Frame, FunctionInfo, Status

RIGHT = "def f(x):\n    return 2 * x\n"


def _notebook(*cells: str | list[str], form: int = 4) -> bytes:
    held = [{"cell_type": "code", "metadata": {}, ("source" if form == 4 else "input"): cell} for cell in cells]
    book = {"nbformat": form, "cells": held} if form == 4 else {"nbformat": 3, "worksheets": [{"cells": held}]}
    return json.dumps(book).encode()


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode(),
        "# -*- coding: latin-1 -*-\nnäme = 'é'\nassert len(näme) == 1\n".encode("latin-1") + RIGHT.encode(),
        "# vim: set fileencoding=cp1252 :\ns = '€'\nassert s == '\\u20ac'\n".encode("cp1252") + RIGHT.encode(),
        "größe = 1\n".encode() + RIGHT.encode(),
        b"from __future__ import annotations\n" + RIGHT.encode(),
        b"def f(x):\n\treturn 2 * x",
    ],
    ids=["bom", "crlf", "bom-crlf", "latin-1", "cp1252", "utf-8", "future", "no-newline"],
)
def test_source_in_any_encoding_that_it_declares(runner, one, source):
    outcome = one(runner, source, 21.0)
    assert outcome.status is Status.PASSED, outcome
    assert outcome.values[0].array == 42


def test_helpers_packages_and_data_files_are_found(runner, one):
    sent = (
        SourceFile(
            "work.py",
            b"import helper\nfrom pack.deep import three\nfrom pack import two\n"
            b"weights = float(open('data/w.txt').read())\n"
            b"def f(x):\n import late\n return [helper.one, two, three, weights, late.four]",
        ),
        SourceFile("helper.py", b"one = 1"),
        SourceFile("pack/__init__.py", b"two = 2"),
        SourceFile("pack/deep.py", b"from . import two\nthree = two + 1"),
        SourceFile("data/w.txt", b"0.5"),
        SourceFile("late.py", b"four = int(open('data/w.txt').read() != '')"),
    )
    outcome = one(runner, sent, 0.0)
    assert outcome.status is Status.PASSED, outcome
    assert outcome.values[0].array.tolist() == [1, 2, 3, 0.5, 1]


def test_own_module_wins_over_the_standard_librarys_as_at_home(runner, one):
    sent = (
        SourceFile("work.py", b"import random, frame, source, harness\ndef f(x): return random.mine + frame.mine"),
        *(SourceFile(f"{name}.py", b"mine = 1") for name in ("random", "frame", "source", "harness", "os", "sys")),
    )
    assert one(runner, sent, 0.0).values[0].array == 2


def test_files_of_the_harness_cannot_be_imported(sealed, run):
    for name in ("frame", "harness", "zygote", "lockdown", "grader"):
        assert run(sealed, f"import {name}").loaded.raised.type == "ModuleNotFoundError"


def test_files_can_be_read_and_not_written(sealed, one):
    source = """
def f(x):
    tried = []
    for action in (lambda: open("work.py", "a"), lambda: open("new", "w"),
                   lambda: __import__("os").remove("work.py"),
                   lambda: __import__("os").mkdir("d"), lambda: __import__("os").rename("work.py", "w.py"),
                   lambda: __import__("os").chmod("work.py", 0), lambda: __import__("os").symlink("a", "b")):
        try:
            action()
            tried.append(1)
        except PermissionError:
            tried.append(0)
    return tried
"""
    assert one(sealed, source, 0.0).values[0].array.tolist() == [0] * 7


def test_null_device_can_be_written(sealed, one):
    assert one(sealed, "def f(x):\n with open('/dev/null', 'w') as n: n.write('x')\n return x", 1.0).status is (
        Status.PASSED
    )


def test_main_block_is_not_run_and_name_is_the_stem(runner, run, call):
    source = (
        "import sys\nif __name__ == '__main__':\n sys.exit('no')\nname = __name__\n"
        "def f(x):\n return name == 'work'"
    )
    assert run(runner, source, call("f", 1.0)).outcomes[0].values[0].array == 1


def test_module_can_be_inspected_pickled_and_imported_by_a_helper(warm, one, files):
    sent = files(
        work="""
import dataclasses, inspect, pickle, helper
@dataclasses.dataclass
class Cell:
    size: int
def f(x):
    assert "dataclass" in inspect.getsource(Cell)
    assert pickle.loads(pickle.dumps(Cell(3))) == Cell(3)
    return helper.g()
""",
        helper="def g():\n import work\n return work.Cell(4).size",
    )
    outcome = one(warm, sent, 0.0)
    assert outcome.status is Status.PASSED, outcome
    assert outcome.values[0].array == 4


@pytest.mark.parametrize(
    ("source", "kind", "frame"),
    [
        ("x = 1\ny = (\n", "SyntaxError", Frame("work.py", 2, "", "y = (")),
        ("x = 1\n  y = 2\n", "IndentationError", Frame("work.py", 2, "", "y = 2")),
        (
            "import nothing_of_that_name",
            "ModuleNotFoundError",
            Frame("work.py", 1, "<module>", "import nothing_of_that_name"),
        ),
        ("import sys\nsys.exit(0)", "SystemExit", Frame("work.py", 2, "<module>", "sys.exit(0)")),
        (
            "raise KeyboardInterrupt",
            "KeyboardInterrupt",
            Frame("work.py", 1, "<module>", "raise KeyboardInterrupt"),
        ),
    ],
)
def test_failed_import_is_an_error_of_the_load_and_of_every_call(runner, run, call, source, kind, frame):
    got = run(runner, source, call("f", 1.0), call("g", 1.0))
    assert got.loaded.status is Status.ERROR
    assert got.loaded.raised.type == kind
    assert got.loaded.raised.frames == (frame,)
    assert [outcome.status for outcome in got.outcomes] == [Status.ERROR] * 2
    assert got.outcomes[0].raised == got.loaded.raised
    assert got.finished


def test_missing_file_is_missing(runner, run, call, files):
    got = run(runner, files(other=RIGHT), call("f", 1.0))
    assert got.loaded.status is got.outcomes[0].status is Status.MISSING


def test_functions_are_listed_with_what_they_take(warm, run):
    source = """
from numpy import tanh
import numpy as np
def relU(x): return x
def cell(x, h, c=None, *, key=1): return x
def many(*rest): return rest
class Net:
    def __call__(self, x): return x
net = Net()
_hidden = lambda x: x
area = 3.5
"""
    functions = {one.name: one for one in run(warm, source).loaded.functions}
    assert set(functions) == {"relU", "cell", "many", "Net", "net", "tanh"}
    assert functions["relU"] == FunctionInfo("relU", 1, 1, 4)
    assert functions["cell"] == FunctionInfo("cell", 2, 3, 5)
    assert functions["many"] == FunctionInfo("many", 0, None, 6)
    assert functions["net"] == FunctionInfo("net", 0, None, 0)
    assert [one.name for one in run(warm, source).loaded.functions][-2:] in (["tanh", "net"], ["net", "tanh"])


def test_star_import_does_not_drown_the_own_functions(warm, run):
    functions = run(warm, "from numpy import *\ndef f(x): return x").loaded.functions
    assert functions[0].name == "f"
    assert len(functions) <= 200


@pytest.mark.parametrize("form", [3, 4])
def test_notebook_counts_as_the_module(runner, one, form):
    book = _notebook(
        "%matplotlib inline\n!pip install numpy\nimport numpy as np",
        ["scale = 2\n", "print('not run')\n"],
        "def f(x):\n    return scale * np.asarray(x)",
        "f(np.ones(3))\nplot = undefined(f)",
        "if __name__ == '__main__':\n    raise SystemExit",
        form=form,
    )
    got = one(runner, (SourceFile("work.ipynb", book),), 21.0)
    assert got.status is Status.PASSED, got
    assert got.values[0].array == 42


def test_dropped_statements_of_a_notebook_are_told_and_cost_only_themselves(runner, run, call):
    book = _notebook(
        "import matplotlib_that_is_not_here.pyplot as plt\nimport numpy as np",
        "x = train()\ny: int = 1 / 0",
        "@undefined\ndef g(x): return x",
        "def f(x):\n    return np.exp(x)",
        "def h(x:\n    return x",
        "z = exit()",
    )
    got = run(runner, (SourceFile("work.ipynb", book),), call("f", 0.0), call("g", 0.0), call("h", 0.0))
    assert got.loaded.status is Status.PASSED
    assert got.loaded.remarks == (
        "cell 1: dropped `import matplotlib_that_is_not_here.pyplot as plt`, which raised ModuleNotFoundError",
        "cell 2: dropped `x = train()`, which raised NameError",
        "cell 2: dropped `y: int = 1 / 0`, which raised ZeroDivisionError",
        "cell 3: dropped `@undefined`, which raised NameError",
        "cell 5, line 1: SyntaxError: '(' was never closed; the cell was left out",
        "cell 6: dropped `z = exit()`, which raised SystemExit",
    )
    assert [outcome.status.value for outcome in got.outcomes] == ["passed", "error", "error"]
    assert got.outcomes[1].raised.type == "NameError"
    assert got.outcomes[2].raised.frames == (Frame("work.ipynb, cell 5", 1, "", "def h(x:"),)


def test_traceback_names_the_cell(runner, one):
    book = _notebook("import numpy as np", "", "def g(x):\n    return x / 0\n", "def f(x):\n    return g(int(x))")
    raised = one(runner, (SourceFile("work.ipynb", book),), 1.0).raised
    assert raised.frames == (
        Frame("work.ipynb, cell 4", 2, "f", "return g(int(x))"),
        Frame("work.ipynb, cell 3", 2, "g", "return x / 0"),
    )


def test_python_file_wins_over_a_notebook_and_says_so(warm, run, call):
    sent = (SourceFile("work.py", RIGHT.encode()), SourceFile("work.ipynb", _notebook("def f(x): return x")))
    got = run(warm, sent, call("f", 1.0))
    assert got.outcomes[0].values[0].array == 2
    assert got.loaded.remarks == ("work.ipynb was not read, because work.py is there",)


def test_notebook_beside_it_can_be_imported(warm, one):
    sent = (
        SourceFile("work.py", b"from other import g\ndef f(x): return g(x)"),
        SourceFile("other.ipynb", _notebook("def g(x):\n    return 3 * x")),
    )
    assert one(warm, sent, 2.0).values[0].array == 6


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b'{"cells": 3}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_notebook_is_an_error_in_words(warm, run, call, data):
    got = run(warm, (SourceFile("work.ipynb", data),), call("f", 1.0))
    assert got.loaded.status is Status.ERROR
    assert got.loaded.raised.text.startswith("it is not a notebook")


@pytest.mark.parametrize("path", ["../out.py", "/abs.py", "a/../../b", "", ".", "a//b", "nul\0.txt", "x" * 300])
def test_path_that_leaves_the_folder_is_refused_in_words(runner, run, call, path):
    sent = (SourceFile("work.py", RIGHT.encode()), SourceFile(path, b"x"))
    got = run(runner, sent, call("f", 1.0))
    assert got.outcomes[0].status is Status.ERROR
    assert got.outcomes[0].detail.startswith("its files cannot be laid out")
    assert not got.finished


def test_more_than_the_folder_holds_is_refused_in_words(warm, run, call):
    sent = (SourceFile("work.py", RIGHT.encode()), *[SourceFile(f"{n}.bin", bytes(33 << 20)) for n in range(2)])
    got = run(warm, sent, call("f", 1.0))
    assert (got.loaded.status, got.loaded.detail) == (Status.ERROR, "its files are larger than 64 MiB together")
