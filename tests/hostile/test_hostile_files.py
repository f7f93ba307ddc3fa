"""Submissions that are too large, too deep or too odd to be kept as files: sources, notebooks, names, folders."""

import importlib.util
import json
import marshal
import os
import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from grader.errors import GraderError
from grader.intake import read_submission
from grader.model.inputs import SourceFile
from grader.model.outcome import Status

RIGHT = b"import numpy as np\n\n\ndef tanh(x):\n    return np.tanh(x)\n"
WRONG = "import numpy as np\n\n\ndef tanh(x):\n    return np.zeros_like(x)\n"
MAIN = "activations.py"
CACHED = f"__pycache__/activations.{sys.implementation.cache_tag}.pyc"


def _notebook(*sources: object) -> bytes:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _unchecked_pyc(source: str) -> bytes:
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)  # 1: a hash that nobody checks
    return head + marshal.dumps(compile(source, MAIN, "exec"))


# a|b where it is for this version of Python's parser, or for the limit that is met first, to say which

SOURCES = {  # the bytes of activations.py, and what tanh must get
    "parentheses_nested": (b"x = " + b"(" * 100_000 + b")" * 100_000, "error|memory|crashed"),
    "brackets_nested": (b"x = " + b"[" * 150 + b"]" * 150 + b"\n" + RIGHT, "passed|error"),
    "signs_nested": (b"x = " + b"-" * 200_000 + b"1\n" + RIGHT, "error|memory|crashed"),
    "not_nested": (b"x = " + b"not " * 100_000 + b"1\n" + RIGHT, "error|memory|crashed"),
    "lambdas_nested": (b"x = " + b"lambda:" * 50_000 + b"1\n" + RIGHT, "error|memory|crashed"),
    "attributes_chained": (b"def f():\n    a" + b".b" * 100_000 + b"\n" + RIGHT, "error|memory|crashed|passed"),
    "sum_chained": (b"x = " + b"1+" * 100_000 + b"1\n" + RIGHT, "error|memory|crashed|passed"),
    "indented_deeply": (b"".join(b" " * n + b"if 1:\n" for n in range(150)) + b" " * 150 + b"pass\n", "error"),
    "else_if_chain": (b"if 0: pass\n" + b"elif 0: pass\n" * 20_000 + RIGHT, "error|memory|crashed|passed"),
    "f_strings_nested": (b"x = " + b"f'{" * 200 + b"1", "error"),
    "string_unclosed": (b'x = """' + b"a" * 1_000_000, "error"),
    "long_line": (b"x = '" + b"a" * 3_000_000 + b"'\n" + RIGHT, "passed"),
    "many_lines": (b"#\n" * 500_000 + RIGHT, "passed"),
    "decimal_literal_giant": (b"x = " + b"9" * 1_000_000 + b"\n" + RIGHT, "error"),
    "hexadecimal_literal_giant": (b"x = 0x" + b"f" * 1_000_000 + b"\n" + RIGHT, "passed"),
    "constant_folding": (b"x = 'a' * 2**40\n" + RIGHT, "memory"),
    "null_bytes": (RIGHT + b"\x00\x00\n", "error"),
    "no_utf8": (b"# \xff\xfe\n" + RIGHT, "error|passed"),
    "utf16": (RIGHT.decode().encode("utf-16"), "error"),
    "bom_and_other_cookie": (b"\xef\xbb\xbf# coding: latin-1\n" + RIGHT, "error"),
    "cookie_unknown": (b"# coding: no-such-thing\n" + RIGHT, "error"),
    "cookie_not_text": (b"# coding: zlib\n" + RIGHT, "error"),
    "cookie_undefined": (b"# coding: undefined\n" + RIGHT, "error"),
    "cookie_path": (b"# coding: ../../evil\n" + RIGHT, "error"),
    "cookie_utf7_hides_code": (b"# coding: utf-7\n" + RIGHT, "passed"),
    "carriage_returns": (RIGHT.replace(b"\n", b"\r"), "passed"),
    "form_feeds": (b"\x0c\n" + RIGHT, "passed"),
    "empty": (b"", "missing"),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(1000), "error"),
    "zip": (b"PK\x03\x04" + bytes(100), "error"),
    "only_a_comment": (b"# I ran out of time", "missing"),
    "annotation_nested": (
        b"from __future__ import annotations\nx: " + b"a[" * 90 + b"1" + b"]" * 90,
        "missing|error",
    ),
}

NOTEBOOKS = {  # the bytes of activations.ipynb, and what tanh must get
    "nested": (b"[" * 200_000, "error"),
    "nested_objects": (b'{"cells":' * 100_000, "error"),
    "not_json": (b"<html>please log in</html>", "error"),
    "not_utf8": (b"\xff\xfe\x00", "error"),
    "no_cells": (b"{}", "error"),
    "a_number": (b"1", "error"),
    "cells_are_a_number": (b'{"cells": 7}', "error"),
    "cells_are_nested": (b'{"cells": [[[]]]}', "missing"),
    "sources_of_any_type": (_notebook(1, None, [[1]], {"a": 1}, RIGHT.decode()), "passed"),
    "number_giant": (b'{"cells": [], "x": ' + b"9" * 1_000_000 + b"}", "error"),
    "surrogates": (_notebook("s = '\ud800'", RIGHT.decode()), "passed"),
    "null_bytes": (_notebook("s = '\x00'", RIGHT.decode()), "passed"),
    "many_cells": (_notebook(*["x = 1"] * 20_000, RIGHT.decode()), "passed"),
    "cell_nested": (_notebook("x = " + "(" * 100_000, RIGHT.decode()), "error|passed|crashed|memory"),
    "shell_and_magic": (_notebook("!touch owned\n%reset -f\n%%bash\nrm -rf ~", RIGHT.decode()), "passed"),
    "cell_magic_hides_code": (_notebook("%%python\nimport os; os._exit(0)", RIGHT.decode()), "passed"),
    "top_level_exit": (_notebook("import os", "os._exit(0)", RIGHT.decode()), "passed"),
    "assignment_exits": (_notebook("import sys", "x = sys.exit(0)", RIGHT.decode()), "passed"),
    "assignment_ends_process": (_notebook("import os", "x = os._exit(0)", RIGHT.decode()), "crashed"),
    "default_ends_process": (_notebook("import os", "def f(a=os._exit(0)): pass", RIGHT.decode()), "crashed"),
    "decorator_loops": (
        _notebook("@(lambda f: [0 for _ in iter(int, 1)])\ndef f(): pass", RIGHT.decode()),
        "timeout|memory",
    ),
    "class_body_exits": (_notebook("class A:\n    raise SystemExit", RIGHT.decode()), "passed"),
}


def _grade(alley, limits, files, expected):
    graded = alley.grade(tuple(SourceFile(*file) for file in files), ("tanh",), limits)
    assert graded.statuses["tanh"] in {Status(word) for word in expected.split("|")}, graded
    alley.check_still_sound()


def _short(limits, expected):
    return replace(limits, wall_seconds=0.5) if "timeout" in expected else limits


@pytest.mark.parametrize("name", SOURCES)
def test_source_that_is_no_source(name, alley, census, limits):
    source, expected = SOURCES[name]
    _grade(alley, limits, [(MAIN, source)], expected)
    census.check_no_stray()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_that_is_no_notebook(name, alley, census, limits):
    notebook, expected = NOTEBOOKS[name]
    _grade(alley, _short(limits, expected), [("activations.ipynb", notebook)], expected)
    census.check_no_stray()


def test_stale_bytecode_is_never_run_for_the_source(alley, limits):
    compiled = _unchecked_pyc(WRONG)
    files = [(MAIN, RIGHT), (CACHED, compiled), ("activations.pyc", compiled)]
    _grade(alley, limits, files, "passed")


def test_bytecode_alone_is_no_submission(alley, limits):
    compiled = _unchecked_pyc(RIGHT.decode())
    files = [(CACHED, compiled), ("activations.pyc", compiled)]
    _grade(alley, limits, files, "missing")


def test_folder_in_place_of_the_file(alley, limits):
    _grade(alley, limits, [(f"{MAIN}/inside.py", RIGHT)], "missing")


def test_file_of_another_spelling(alley, limits):
    _grade(
        alley,
        limits,
        [("Activations.py", RIGHT), ("activations.PY", RIGHT), ("activations.py ", RIGHT)],
        "missing",
    )


def test_no_files_at_all(alley, limits):
    _grade(alley, limits, [], "missing")


@pytest.mark.parametrize(
    "path",
    [
        "../escape.py",
        "/absolute.py",
        "a/../../escape.py",
        "",
        ".",
        "..",
        "a//b.py",
        "a/./b.py",
        "a\x00b.py",
        "a\nb.py",
        "\udc80.py",
        "x" * 300,
        "/".join(["d"] * 2000),
        "y" * 5000,
        f"{MAIN}/below.py",
        "activations.py/",
        "../../../../../../dev/null",
        "\\..\\windows.py",
        "-rf",
        "C:evil.py",
    ],
)
def test_path_that_no_intake_gives_is_refused_or_harmless(path, alley, census, limits):
    """The door refuses it with an error of ours, or the file is nowhere else than in its folder."""
    try:
        run, _ = alley.run(
            (SourceFile(MAIN, RIGHT), SourceFile(path, WRONG.encode())), "activations", ("tanh",), limits
        )
    except GraderError:
        pass
    else:
        assert run.loaded.status is not Status.GRADER_ERROR or run.loaded.detail
    alley.check_still_sound()
    census.check_no_stray()


def test_ten_thousand_files(alley, census, limits):
    """What is too much for the folder ends in words; what is not too much works."""
    files = tuple(SourceFile(f"data/{number}.txt", b"1") for number in range(10_000))
    with suppress(GraderError):
        _, statuses = alley.run((SourceFile(MAIN, RIGHT), *files), "activations", ("tanh",), limits)
        assert statuses["tanh"] is not Status.CRASHED
    alley.check_still_sound()
    census.check_no_stray()


def test_files_of_a_hundred_megabytes(alley, census, limits):
    """What is too much for the folder ends in words; what is not too much works."""
    files = (SourceFile(MAIN, RIGHT), SourceFile("weights.bin", bytes(100 << 20)))
    with suppress(GraderError):
        _, statuses = alley.run(files, "activations", ("tanh",), limits)
        assert statuses["tanh"] is not Status.CRASHED
    alley.check_still_sound()
    census.check_no_stray()


def test_files_of_one_submission_are_gone_in_the_next(alley, limits):
    reads = b"import numpy as np\n\n\ndef tanh(x):\n    open('note.txt')\n    return np.tanh(x)\n"
    _grade(alley, limits, [(MAIN, reads), ("note.txt", b"mine")], "passed")
    _grade(alley, limits, [(MAIN, reads)], "error")
    helper = b"import numpy as np\nimport helper\n\n\ndef tanh(x):\n    return np.tanh(x)\n"
    _grade(alley, limits, [(MAIN, helper), ("helper.py", b"")], "passed")
    _grade(alley, limits, [(MAIN, helper)], "error")


def _fifo(folder):
    os.mkfifo(folder / MAIN)


def _fifo_beside(folder):
    (folder / MAIN).write_bytes(RIGHT)
    os.mkfifo(folder / "data.txt")


def _link_outside(folder):
    (folder / MAIN).symlink_to(folder.parent / "secret.py")


def _link_to_device(folder):
    (folder / MAIN).symlink_to("/dev/zero")


def _link_loop(folder):
    (folder / MAIN).symlink_to(folder / "other.py")
    (folder / "other.py").symlink_to(folder / MAIN)


def _folder_in_place(folder):
    (folder / MAIN).mkdir()
    (folder / MAIN / "__init__.py").write_bytes(RIGHT)


def _folder_link_outside(folder):
    (folder / MAIN).write_bytes(b"import numpy as np\nfrom out import secret\n\n\ntanh = secret.tanh\n")
    (folder / "out").symlink_to(folder.parent)


def _data_link_outside(folder):
    (folder / MAIN).write_bytes(RIGHT.replace(b"    return", b"    open('data.txt').read()\n    return"))
    (folder / "data.txt").symlink_to(folder.parent / "secret.py")


def _giant(folder):
    with (folder / MAIN).open("wb") as file:
        file.truncate(1 << 40)


def _tree_of_links(folder):
    (folder / MAIN).write_bytes(RIGHT)
    for number in range(50):
        (folder / f"again{number}").symlink_to(folder)


def _deep(folder):
    (folder / MAIN).write_bytes(RIGHT)
    (folder / "/".join(["d"] * 100)).mkdir(parents=True)


def _odd_names(folder):
    (folder / MAIN).write_bytes(RIGHT)
    for name in ("\n", "=1+1.py", "<b>.py", "\x1b[2J.py", "con.py", "-rf", "a" * 255, "\u202egpj.py"):
        (folder / name).write_bytes(b"raise SystemExit")
    with suppress(OSError):
        (folder / os.fsdecode(b"\xff\xfe.py")).write_bytes(b"raise SystemExit")


def _unreadable(folder):
    (folder / MAIN).write_bytes(RIGHT)
    (folder / MAIN).chmod(0)


FOLDERS = {
    _fifo: "missing",
    _fifo_beside: "passed",
    _link_outside: "missing",
    _link_to_device: "missing",
    _link_loop: "missing",
    _folder_in_place: "missing",
    _folder_link_outside: "error",
    _data_link_outside: "error",
    _giant: "missing",
    _tree_of_links: "passed",
    _deep: "passed",
    _odd_names: "passed",
    _unreadable: "missing" if os.geteuid() else "passed",  # root reads it all the same
}


@pytest.mark.parametrize("make", FOLDERS, ids=lambda make: make.__name__.lstrip("_"))
def test_folder_that_holds_other_things_than_files(make, tmp_path, alley, limits):
    """Read by the intake, run in the sandbox: nothing hangs, and nothing outside the folder is reached."""
    (tmp_path / "secret.py").write_bytes(RIGHT)
    folder = tmp_path / "eve"
    folder.mkdir()
    make(folder)
    submission = read_submission(folder)
    _grade(alley, limits, [(file.path, file.data) for file in submission.files], FOLDERS[make])
