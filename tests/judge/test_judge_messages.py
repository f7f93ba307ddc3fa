"""What students read, word by word: a gallery of mistakes and the messages that they get.

``GRADEGATE_REWRITE=1 python -m pytest tests/judge`` writes the file anew; read the difference before keeping it.
"""

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from grader.judge.score import judge_question
from grader.model.grade import QuestionGrade
from grader.model.outcome import Frame, Outcome, Raised, Status
from grader.model.question import Item

GOLDEN = Path(__file__).parent / "golden" / "messages.txt"


def exact_gates(x: Any, h: Any, W: Any, U: Any, b: Any) -> Any:
    z = np.split(np.dot(x, W) + np.dot(h, U) + b, 4, axis=1)
    sigmoid = np.vectorize(lambda v: 1 / (1 + mpmath.exp(-v)), otypes=[object])
    return sigmoid(z[0]), sigmoid(z[1]), np.vectorize(mpmath.tanh, otypes=[object])(z[2]), sigmoid(z[3])


def exact_cell(x: Any, h: Any, c: Any, W: Any, U: Any, b: Any) -> Any:
    i, f, g, o = exact_gates(x, h, W, U, b)
    c = f * c + i * g
    return o * np.vectorize(mpmath.tanh, otypes=[object])(c), c


def cell(x: Any, h: Any, c: Any, W: Any, U: Any, b: Any) -> Any:
    s = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = s(f) * c + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c


def prints(x: Any) -> None:
    print(np.tanh(x))  # noqa: T201


def in_place(x: Any) -> Any:
    return np.tanh(x, out=x) if isinstance(x, np.ndarray) else np.tanh(x)


def unfinished(x: Any) -> Any:
    raise NotImplementedError


def one_at_a_time(x: Any) -> Any:
    import math

    return [math.tanh(v) for v in x]


def truth_values(x: Any) -> Any:
    return np.tanh(x) if x > 0 else -np.tanh(-x)


def two_wrong_arguments(x: Any, h: Any, c: Any) -> Any:
    return x, h, c


TANH: dict[str, Callable[..., Any]] = {
    "right": np.tanh,
    "half the argument": lambda x: np.tanh(x / 2),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "wrong sign": lambda x: -np.tanh(x),
    "twice": lambda x: 2 * np.tanh(x),
    "one too large": lambda x: np.tanh(x) + 1,
    "zeros": lambda x: np.asarray(x) * 0,
    "four decimals": lambda x: np.round(np.tanh(x), 4),
    "definition": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    "from the sigmoid": lambda x: 2 / (1 + np.exp(-2 * np.asarray(x))) - 1,
    "float32 inside": lambda x: np.tanh(np.float32(x)),
    "prints": prints,
    "forgets to return": lambda _: None,
    "in place": in_place,
    "unfinished": unfinished,
    "iterates": one_at_a_time,
    "asks an array whether it is true": truth_values,
    "sums up": lambda x: np.tanh(x).sum(),
    "a column": lambda x: np.tanh(x).reshape(-1, 1),
    "a tuple": lambda x: (np.tanh(x), x),
    "text": lambda x: str(np.tanh(x)),
    "complex numbers": lambda x: np.tanh(x + 0j),
    "ragged": lambda _: [[1.0], [1.0, 2.0]],
    "a generator": lambda x: (v for v in np.atleast_1d(x)),
    "the function itself": lambda _: np.tanh,
    "nan": lambda x: np.tanh(x) * np.nan,
    "infinities": lambda x: np.tanh(x) + np.where(np.asarray(x) > 1.5, np.inf, 0),
}  # fmt: skip

CELL: dict[str, Callable[..., Any]] = {
    "right": cell,
    "transposed": lambda *a: tuple(part.T for part in cell(*a)),
    "exchanged": lambda *a: cell(*a)[::-1],
    "one result": lambda *a: cell(*a)[0],
    "three results": lambda *a: (*cell(*a), a[0]),
    "a dict": lambda *a: dict(zip("hc", cell(*a), strict=True)),
    "blocks not split": lambda x, h, c, W, U, b: (x @ W + h @ U + b, c),
    "batch summed": lambda *a: tuple(part.sum(axis=0) for part in cell(*a)),
    "bias forgotten": lambda x, h, c, W, U, b: cell(x, h, c, W, U, 0 * b),
    "wrong arguments": two_wrong_arguments,
    "changes c": lambda x, h, c, W, U, b: (cell(x, h, c, W, U, b), c.fill(0))[0],
    "c is None": lambda *a: (cell(*a)[0], None),
}


def render(title: str, grade: QuestionGrade) -> Iterator[str]:
    yield f"=== {title}: {grade.status}, {float(grade.score):g} of {float(grade.max_score):g}"
    seen = ""
    for check in grade.checks:
        yield f"[{check.status}{', skipped' if check.skipped else ''}] {check.name}: {check.message}"
        evidence = check.evidence
        if evidence is not None:
            yield f"    case: {evidence.case} ({'public' if evidence.public else 'hidden'})"
            for name in ("cause", "call", "got", "wanted", "gap", "where", "extent", "error", "printed"):
                text = getattr(evidence, name).rstrip().replace("\n", "\n        ")
                if text and text != seen:
                    yield f"    {name}: {text}"
                seen = text if name == "call" else seen
            yield from (f"    line: {f.file}:{f.line} in {f.function}: {f.text}" for f in evidence.frames)
    yield from (f"remark: {text}" for text in grade.remarks)
    yield from (f"feedback: {text}" for text in (grade.what_is_right, *grade.feedback) if text)
    yield ""


def dead(status: Status, detail: str = "") -> Callable[[str], Outcome]:
    return lambda name: Outcome(name, status, detail=detail)


def gallery(bench: Any) -> Iterator[str]:
    yield "What students read. Made by test_judge_messages.py.\n"
    for title, function in TANH.items():
        yield from render(f"tanh, {title}", bench.judge(function))
    question = bench.lstm_question("lstm_cell", "x h_prev c_prev W U b", "h c")
    cases = bench.lstm_cases(question, exact_cell)
    for title, function in CELL.items():
        found = bench.info("lstm_cell", 3, 3) if function is two_wrong_arguments else bench.info("lstm_cell", 6, 6)
        loaded = bench.loaded(functions=(found,))
        yield from render(f"lstm_cell, {title}", bench.judge(function, question, cases=cases, loaded=loaded))
    item = Item(question, Fraction(10))
    for status, detail in (
        (Status.TIMEOUT, "no answer within 5 s"),
        (Status.MEMORY, ""),
        (Status.OUTPUT_LIMIT, ""),
        (Status.CRASHED, "killed by signal 11 (SIGSEGV)"),
        (Status.BLOCKED, "ptrace"),
        (Status.GRADER_ERROR, "the sandbox did not start"),
        (Status.MISSING, ""),
    ):
        outcomes = {case.name: Outcome(case.name, status, detail=detail) for case in cases}
        names = (bench.info("LSTM_Cell"), bench.info("helper"))
        yield from render(
            f"lstm_cell, {status}", judge_question(item, cases, bench.loaded(functions=names), outcomes)
        )
    raised = Raised("SyntaxError", "expected ':'", (Frame("lstm.py", 3, "", "def lstm_cell(x, h)"),))
    for loaded in (
        bench.loaded(status=Status.ERROR, raised=raised, printed="hello\n"),
        bench.loaded(status=Status.ERROR, raised=Raised("SystemExit", "")),
        bench.loaded(status=Status.TIMEOUT, detail="no answer within 5 s"),
        bench.loaded(status=Status.MISSING, detail="There is no file lstm.py (or lstm.ipynb)."),
        bench.loaded(status=Status.GRADER_ERROR, detail="the sandbox did not start"),
    ):
        yield from render(f"lstm.py, {loaded.status}", judge_question(item, cases, loaded, {}))
    public = tuple(case for case in cases if case.public)
    checked = judge_question(item, public, bench.loaded(), bench.answers(question, public, cell))
    yield from render("lstm_cell, self-check", checked)


def test_every_message_reads_as_it_did(bench: Any):
    text = "\n".join(gallery(bench))
    if os.environ.get("GRADEGATE_REWRITE"):
        GOLDEN.write_text(text, encoding="utf-8")
        pytest.skip("rewrote the messages")
    assert text == GOLDEN.read_text(encoding="utf-8")
