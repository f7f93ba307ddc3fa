"""An LSTM to make mistakes in, forwards and backwards, and a sandbox that counts what it is asked to do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.files import default_cache
from grader.grading import Examined, examine
from grader.model.grade import QuestionGrade
from grader.model.inputs import Job, SourceFile, Submission
from grader.model.key import AnswerKey
from grader.model.outcome import Isolation, RunResult
from grader.model.question import Assessment, CodeQuestion
from grader.plan import Plan, make_plan
from grader.records import QuestionRun
from grader.sandbox.runner import Runner, open_runner

HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"

GATES = """
import numpy as np

def s(z):
    return 1 / (1 + np.exp(-z))

def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return s(i), s(f), np.tanh(g), s(o)
"""
FORWARD = """
def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c

def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)
"""
BACKWARD = """
def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs, dW, dU, db = (np.zeros_like(a) for a in (xs, W, U, b))
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        h_prev, c_prev = (hs[t - 1], cs[t - 1]) if t else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        tc = np.tanh(cs[t])
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - tc**2)
        di, df = dc * g * i * (1 - i), dc * c_prev * f * (1 - f)
        dg, do = dc * i * (1 - g**2), dh * tc * o * (1 - o)
        dz = np.hstack([di, df, dg, do])
        dxs[t] = dz @ W.T
        dW += xs[t].T @ dz
        dU += h_prev.T @ dz
        db += dz.sum(axis=0)
        dh, dc = dz @ U.T, dc * f
    return dxs, dh, dc, dW, dU, db
"""
RIGHT = GATES + FORWARD + BACKWARD

# The gradient of whatever `lstm_forward` does, by the complex step: a right gradient in another style.
NUMERIC = """
def lstm_backward(dhs, xs, h0, c0, W, U, b):
    inputs, grads = (xs, h0, c0, W, U, b), []
    for at, a in enumerate(inputs):
        grad = np.zeros_like(a)
        for index in np.ndindex(*a.shape):
            moved = [one.astype(complex) for one in inputs]
            moved[at][index] += 1e-30j
            grad[index] = np.sum(dhs * lstm_forward(*moved)[0]).imag / 1e-30
        grads.append(grad)
    return tuple(grads)
"""


# The candidate goes through the sigmoid; how that is written forwards, and backwards.
CANDIDATE_FORWARD = ("np.tanh(g)", "s(g)")
CANDIDATE_BACKWARD = ("(1 - g**2)", "g * (1 - g)")


@dataclass(frozen=True)
class Code:
    """Students' code to start from."""

    right: str = RIGHT
    backward: str = BACKWARD
    numeric: str = GATES + FORWARD + NUMERIC

    @staticmethod
    def change(code: str, *pairs: tuple[str, str]) -> str:
        """Replace text that must be there."""
        for old, new in pairs:
            assert old in code, old
            code = code.replace(old, new)
        return code

    @property
    def candidate(self) -> str:
        """A known mistake in the gates, with gradients that are right for it."""
        return self.change(self.right, CANDIDATE_FORWARD, CANDIDATE_BACKWARD)


@pytest.fixture(scope="package")
def code() -> Code:
    return Code()


@dataclass
class Counting:
    """A sandbox that counts jobs, and can be told what to do instead of some of them."""

    inner: Runner
    jobs: list[Job] = field(default_factory=list)
    instead: Callable[[Job], RunResult | None] = lambda _: None

    @property
    def isolation(self) -> Isolation:
        """How well code is sealed."""
        return self.inner.isolation

    def run(self, job: Job) -> RunResult:
        """Count a job, and run it."""
        self.jobs.append(job)
        return self.instead(job) or self.inner.run(job)

    def close(self) -> None:
        """End the sandbox."""
        self.inner.close()


@dataclass
class Lab:
    """Grades one lstm.py after the other on the homework."""

    assessment: Assessment
    key: AnswerKey
    plan: Plan
    cache: Path
    runner: Counting

    def examine(
        self, code: str, stored: Mapping[str, QuestionRun] | None = None, plan: Plan | None = None
    ) -> Examined:
        """Grade some code, counting jobs from zero."""
        self.runner.jobs.clear()
        submission = Submission("student", (SourceFile("lstm.py", code.encode()),))
        return examine(submission, plan or self.plan, self.runner, stored)

    def backward(self, code: str, **options: Any) -> QuestionGrade:
        """Grade some code, and return how lstm_backward did."""
        return next(one for one in self.examine(code, **options).grade.questions if one.id == "lstm/lstm_backward")

    @staticmethod
    def is_extra(job: Job) -> bool:
        """Whether a job was made for follow-on credit: lstm_forward alone, at inputs of lstm_backward."""
        calls = [call for batch in job.batches for call in batch]
        return all("lstm_backward" in call.id and call.function == "lstm_forward" for call in calls)

    @property
    def extra_jobs(self) -> list[Job]:
        """The jobs that were made for follow-on credit since the last submission."""
        return [job for job in self.runner.jobs if self.is_extra(job)]


# Of the known mistakes those that are made here, and some beside them: pairs of all take half a minute to prepare.
EACH = 8
NAMED = {
    "candidate-uses-sigmoid", "columns-read-as-ifog", "columns-read-as-figo", "gate-gradients-joined-as-ifog",
    "input-and-forget-gate-exchanged-in-the-update", "new-content-subtracted", "no-tanh-on-the-cell-state",
    "bias-forgotten", "input-term-forgotten", "initial-states-ignored", "old-cell-state-dropped",
    "candidate-uses-softsign", "gates-use-the-hard-sigmoid",
}  # fmt: skip


def smaller_homework(assessment: Assessment) -> Assessment:
    """Leave out the cases with 32 rows, on which gradients by differences take seconds, and all but the LSTM."""

    def smaller(question: CodeQuestion) -> CodeQuestion:
        kept = tuple(case for case in question.cases if case.name != "batch")
        names = {case.name for case in kept}
        checks = tuple(replace(one, cases=tuple(c for c in one.cases if c in names)) for one in question.checks)
        return replace(question, cases=kept, checks=checks)

    items = tuple(replace(item, question=smaller(item.question)) for item in assessment.items)
    topics = tuple(
        replace(one, mistakes=tuple(m for n, m in enumerate(one.mistakes) if n % EACH == 0 or m.id in NAMED))
        for one in assessment.topics
    )
    assert {mistake.id for topic in topics for mistake in topic.mistakes} >= NAMED
    kept = tuple(item for item in items if item.question.module == "lstm")
    return replace(assessment, items=kept, topics=topics)


@pytest.fixture(scope="package")
def opened() -> Iterator[Lab]:
    assessment = smaller_homework(load_assessment(HOMEWORK))
    cache = default_cache()
    key = answer_key(assessment, cache)
    runner = Counting(open_runner(least=Isolation.NONE))
    yield Lab(assessment, key, make_plan(assessment, key, cache=cache), cache, runner)
    runner.close()


@pytest.fixture
def lab(opened: Lab) -> Lab:
    """The homework, its plan, and a sandbox that does what it is asked."""
    opened.runner.jobs.clear()
    opened.runner.instead = lambda _: None
    return opened
