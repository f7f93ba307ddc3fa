"""Right solutions beside a bank get full marks, or the bank is refused; they are called as students' code is."""

import numpy as np
import pytest

from grader.audit.calls import outcomes_of
from grader.model.inputs import Argument, Call, Form, Job, SourceFile
from grader.model.key import KeyedCase
from grader.model.outcome import Isolation
from grader.model.question import CodeQuestion, Parameter
from grader.sandbox.runner import open_runner


def test_a_right_solution_that_fails_a_check_is_an_error_at_its_function(lesson):
    lesson.spoil("right/loops.py", ("np.asarray(x) * 0.5", "np.round(np.asarray(x) * 0.5, 3)"))
    [error] = lesson.errors()
    assert error.words.startswith("the right solution loops.py fails the check `values` of layer/half: ")
    assert error.place.file == str(lesson.folder / "right" / "loops.py")
    text = (lesson.folder / "right" / "loops.py").read_text().split("\n")
    assert text[error.place.line - 1] == "def half(x):"
    assert [one.right for one in lesson.audit().soundness.questions] == [0, 0, 0]


def test_one_that_raises_is_told_with_what_it_raised(lesson):
    lesson.spoil("right/loops.py", ("np.square(x)", "np.square(y)"))
    [error] = lesson.errors()
    assert "NameError" in error.words


def test_one_that_cannot_be_imported_is_told_at_its_line(lesson):
    lesson.spoil("right/loops.py", ("import math\n", "import maths\n"))
    [error] = lesson.errors()
    assert "loops.py cannot be imported: ModuleNotFoundError" in error.words
    assert error.place.line == 3


def test_one_without_any_function_of_the_topic_is_an_error(lesson):
    (lesson.folder / "right" / "empty.py").write_text("def other(x):\n    return x\n")
    [error] = lesson.errors()
    assert error.words == "right/empty.py has none of the functions that the topic asks for"
    assert error.hint == "They are: layer, half, even"


def test_helpers_are_imported_and_not_judged(lesson):
    (lesson.folder / "right" / "_parts.py").write_text("def by_two(x):\n    return x / 2\n")
    (lesson.folder / "right" / "parts.py").write_text(
        "from ._parts import by_two\n\n\ndef half(x):\n    return by_two(x)\n"
    )
    found = lesson.audit()
    assert found.soundness.is_sound, found.soundness.text()
    assert [one.right for one in found.soundness.questions] == [1, 2, 1]


CODE = """
import numpy as np

def asked(x):
    if isinstance(x, list):
        x.append(1.0)
        return [1, 2.5]
    if not isinstance(x, np.ndarray):
        return type(x).__name__ == "float", "text"
    if not x.flags.writeable:
        raise ValueError("cannot be written to")
    x[...] = 0
    return x.strides[0], x.dtype.str == ">f8", None
"""


@pytest.mark.parametrize("results", [1, 2, 3])
def test_a_call_here_ends_as_it_does_in_the_sandbox(results):
    """Every form, what is raised, what is changed, counts and things that are no numbers."""
    cases = [
        KeyedCase(
            form.value, "", True, (Argument("x", np.array(0.5 if "scalar" in form else [0.5, 2.0]), form),), ()
        )
        for form in Form
    ]
    question = CodeQuestion("t/asked", "", "", "m", "asked", (Parameter("x"),), tuple("abc"[:results]), (), (), ())
    space: dict[str, object] = {}
    exec(CODE, space)  # noqa: S102  the same text that the sandbox runs
    here = outcomes_of(space["asked"], question, cases)
    calls = tuple(Call(case.name, "asked", case.arguments, results) for case in cases)
    runner = open_runner(least=Isolation.NONE)
    try:
        there = runner.run(Job((SourceFile("m.py", CODE.encode()),), "m", (calls,))).outcomes
    finally:
        runner.close()
    assert len(there) == len(Form)
    for one in there:
        assert described(here[one.call]) == described(one)


def described(one):
    """Return what an outcome says, but for a traceback and what was printed."""
    values = [
        (v.type, v.note, None if v.array is None else (v.array.dtype.str, v.array.tolist())) for v in one.values
    ]
    raised = one.raised and (one.raised.type, one.raised.text)
    return one.status, values, one.returned if not values else "", one.count, one.changed, raised
