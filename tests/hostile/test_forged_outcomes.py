"""Whatever a child may say: the judge gives no point for it, and pages show it tamely.

The outcomes are drawn at random over everything that the wire's decoder accepts, most of it absurd. A submission
that could make the judge or the page raise would be the grader's fault, and cost its author nothing.
"""

import json
import random
import re
import warnings
from pathlib import Path

import numpy as np
import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.judge.score import judge_question, looks_wrong, note_dependencies
from grader.model.grade import StudentGrade
from grader.model.key import Expected
from grader.model.outcome import Frame, FunctionInfo, Isolation, Loaded, Outcome, Raised, Status, Value
from grader.plan import make_plan
from grader.records import QuestionRun, pack, unpack
from grader.report.page import student_page

HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"
STUDENTS = 60
STATUSES = (Status.PASSED,) * 8 + (
    Status.ERROR,
    Status.MISSING,
    Status.MEMORY,
    Status.TIMEOUT,
    Status.CRASHED,
    Status.BLOCKED,
    Status.OUTPUT_LIMIT,
)
WORDS = (
    "",
    "\x00\x1b[2J\x1b]0;owned\x07",
    "<script>alert(1)</script>",
    "</pre></code></title><img src=x onerror=alert(1)>",
    "=HYPERLINK(1)\r\n+1\t@x",
    "{{ 7 * 7 }}{% raw %}{# x #}",
    "\u202e\u2066\ufeff\u200b\U000e0041",
    "`" * 50 + "$$\\href{javascript:alert(1)}{x}$$ [x](javascript:alert(1)) ![x](http://evil)",
    "a" * 2000,
    "\u0300" * 300,
    "NoneType",
    "tuple of 3",
    "?\n" * 300,
    "]]><!--",
)
SHAPES = ((), (0,), (1,), (7,), (2, 3), (1,) * 64, (0, 10**9, 1000), (3, 0), (2, 2, 2, 2, 2), (20,), (1, 1))
DTYPES = [np.dtype(kind) for kind in ("?", "i1", "u1", "i8", "u8", "f2", "f4", "f8", "g")]
NUMBERS = (float("nan"), float("inf"), float("-inf"), 12345.0, -1e300, 5e-324, -0.0, 7.0)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Give the shipped homework, with its key."""
    assessment = load_assessment(HOMEWORK)
    return make_plan(assessment, answer_key(assessment, tmp_path_factory.mktemp("key")))


def _array(rng: random.Random, shape: tuple[int, ...]) -> np.ndarray:
    dtype = rng.choice(DTYPES)
    with np.errstate(all="ignore"):
        array = np.full(shape, rng.choice(NUMBERS)).astype(dtype)
    if dtype.char == "g" and array.size:
        array = array * np.longdouble("1e4000")
    return array


def _value(rng: random.Random, wanted: tuple[int, ...]) -> Value:
    if rng.random() < 0.2:
        return Value(rng.choice(WORDS), None, rng.choice(WORDS))
    return Value(rng.choice(WORDS), _array(rng, wanted if rng.random() < 0.6 else rng.choice(SHAPES)), "")


def _raised(rng: random.Random) -> Raised | None:
    if rng.random() < 0.3:
        return None
    frames = [
        Frame(rng.choice(WORDS), rng.choice((0, 1, 10**9)), rng.choice(WORDS), rng.choice(WORDS)[:256])
        for _ in range(rng.randrange(17))
    ]
    return Raised(rng.choice((*WORDS, "SystemExit", "MemoryError"))[:256], rng.choice(WORDS), tuple(frames))


def _is_near(value: Value, true: Expected) -> bool:
    if value.array is None or value.array.shape != true.nearest.shape:
        return False
    with np.errstate(all="ignore"):
        return np.allclose(value.array.astype(float), true.nearest, rtol=1e-2, atol=1e-2, equal_nan=True)


def _outcome(rng: random.Random, case, results: int) -> Outcome:
    """Answer one case with anything but what is right."""
    status = rng.choice(STATUSES)
    values = ()
    if status is Status.PASSED and rng.random() < 0.9:
        values = tuple(_value(rng, case.expected[at].nearest.shape) for at in range(results))
        right = [_is_near(value, true) for value, true in zip(values, case.expected, strict=True)]
        values = tuple(
            Value("x", None) if is_right else value for value, is_right in zip(values, right, strict=True)
        )
    return Outcome(
        case.name,
        status,
        values,
        returned=rng.choice(WORDS)[:256],
        count=rng.choice((0, results, 10**9)),
        changed=tuple(at for at in range(len(case.arguments)) if rng.random() < 0.3),
        raised=_raised(rng),
        printed=rng.choice(WORDS),
        warnings=tuple(rng.choice(WORDS)[:256] for _ in range(rng.randrange(6))),
        detail=rng.choice(WORDS)[:512],
    )


def _loaded(rng: random.Random) -> Loaded:
    functions = tuple(
        FunctionInfo(
            rng.choice((*WORDS, "tanH", "lstm_cell"))[:256], rng.choice((0, 1, 10**9)), rng.choice((None, 0, 3))
        )
        for _ in range(rng.randrange(30))
    )
    status = Status.PASSED if rng.random() < 0.9 else rng.choice(STATUSES)
    return Loaded(
        status, functions, _raised(rng), rng.choice(WORDS), (rng.choice(WORDS)[:512],) * 5, rng.choice(WORDS)
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_point_for_absurd_answers_and_no_page_that_acts(plan, seed):
    rng = random.Random(seed)
    for number in range(STUDENTS // 4):
        grades = []
        for item in plan.assessment.items:
            cases, loaded = plan.cases[item.question.id], _loaded(rng)
            outcomes = {case.name: _outcome(rng, case, len(item.question.results)) for case in cases}
            run = unpack(pack(QuestionRun(loaded, outcomes, Isolation.FULL)))
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                warnings.filterwarnings("ignore", "overflow encountered in cast")  # of a longdouble
                assert looks_wrong(item.question, cases, run.loaded, run.outcomes)
                grade = judge_question(item, cases, run.loaded, run.outcomes)
            assert grade.score == 0, (item.question.id, [check for check in grade.checks if check.is_passed])
            assert grade.status not in (Status.PASSED, Status.PARTIAL, Status.GRADER_ERROR)
            grades.append(grade)
        student = StudentGrade(
            rng.choice(WORDS)[:200] + str(number), note_dependencies(tuple(grades), plan.assessment.items)
        )
        json.dumps(student.to_json("page.html"), allow_nan=False).encode()
        check_tame(student_page(student, plan.assessment))


def check_tame(page: str) -> None:
    """Hold a page to what it may be made of, whatever it shows."""
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", page), "characters that act"
    tags = set(re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", page))
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "input", "base"}, tags
    inside = re.findall(r"<[a-zA-Z][^>]*>", page)
    assert not [tag for tag in inside if re.search(r"\son\w+\s*=|javascript:", tag)]
    assert len(page) < 8 << 20
