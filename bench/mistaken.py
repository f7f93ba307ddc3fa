"""The shipped homework with its known mistakes, made in this process, as a student's function would come back.

Whether two behaviours are the same is decided here by other code than the grader's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.assessment.cases import draw
from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import coarse
from grader.diagnose.match import Matcher
from grader.diagnose.tell import Diagnoser
from grader.model.inputs import Argument
from grader.model.key import AnswerKey, KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Outcome, Raised, Status, Value
from grader.model.question import Assessment, CodeQuestion, Topic

__all__ = ["Homework", "Returned", "differ", "returned"]

HOMEWORK = Path(__file__).parent.parent / "questions" / "homework.yaml"
SAME = 1e-7  # normwise
SMALLEST = 1e-3

Returned = tuple[Any, ...]  # arrays, or one word: what a call gave


@dataclass(frozen=True)
class Homework:
    """The homework, its key and what finds mistakes in it."""

    assessment: Assessment
    key: AnswerKey
    diagnoser: Diagnoser

    @classmethod
    def load(cls, cache: Path) -> "Homework":
        """Load it; what is worked out is kept in the folder ``cache``."""
        assessment = load_assessment(HOMEWORK)
        key = answer_key(assessment, cache)
        return cls(assessment, key, Diagnoser(assessment, key.cases, key.digest, cache))

    @property
    def questions(self) -> tuple[CodeQuestion, ...]:
        """The questions, in the order of the assessment."""
        return tuple(item.question for item in self.assessment.items)

    def question(self, function: str) -> CodeQuestion:
        """Return a question by its function's name."""
        return next(one for one in self.questions if one.function == function)

    def topic(self, question: CodeQuestion) -> Topic:
        """Return the topic of a question."""
        return self.assessment.topic_of(question)

    def cases(self, question: CodeQuestion) -> tuple[KeyedCase, ...]:
        """Return the cases on which values count."""
        return coarse(question, self.key.cases[question.id])

    def matcher(self, question: CodeQuestion, cache: Path | None) -> Matcher:
        """Return a matcher of its own for a question."""
        return Matcher(self.topic(question), question, self.key.cases[question.id], self.key.digest, cache)

    def mistaken(self, question: CodeQuestion, made: Iterable[Mistake]) -> Callable[..., Any]:
        """Return the question's function as it is where these mistakes are made."""
        return with_mistakes(self.topic(question).reference, made, question.function)

    def fresh(self, question: CodeQuestion, seed: str, most: int = 2) -> tuple[tuple[Argument, ...], ...]:
        """Draw other inputs for the largest cases that are drawn by chance, without those of large batches."""
        names = {case.name for case in self.cases(question)}
        drawn = [
            draw(question, case, seed)
            for case in question.cases
            if case.name in names and case.sizes.get("N", 0) <= 4
        ]
        drawn = [one for one in drawn if sum(argument.value.size for argument in one) >= 20]
        return tuple(sorted(drawn, key=lambda one: -sum(argument.value.size for argument in one))[:most])

    def outcomes(
        self, question: CodeQuestion, function: Callable[..., Any], cases: Sequence[KeyedCase] = ()
    ) -> Mapping[str, Outcome]:
        """Call a function on the cases of a question, as the sandbox would."""
        cases = cases or self.key.cases[question.id]
        return {case.name: _outcome(function, case, len(question.results)) for case in cases}


def _outcome(function: Callable[..., Any], case: KeyedCase, results: int) -> Outcome:
    try:
        with np.errstate(all="ignore"):
            given = function(*(argument.value.copy() for argument in case.arguments))
    except Exception as error:  # noqa: BLE001  a mistake may raise whatever it likes
        return Outcome(case.name, Status.ERROR, raised=Raised(type(error).__name__, str(error)))
    values: Sequence[Any] = [given] if results == 1 else given
    if not isinstance(values, list | tuple | np.ndarray) or len(values) != results:
        return Outcome(case.name, Status.PASSED, count=len(values) if isinstance(values, list | tuple) else 1)
    arrays = tuple(Value("ndarray", np.asarray(one)) for one in values)
    return Outcome(case.name, Status.PASSED, arrays, count=results)


def returned(function: Callable[..., Any], inputs: Iterable[Sequence[Argument]]) -> list[Returned]:
    """Return what a function gives for some inputs: arrays, or the name of what it raises."""
    given: list[Returned] = []
    with np.errstate(all="ignore"):
        for arguments in inputs:
            try:
                one = function(*(argument.value.copy() for argument in arguments))
            except Exception as error:  # noqa: BLE001
                given.append((type(error).__name__,))
                continue
            given.append(tuple(np.asarray(part) for part in (one if isinstance(one, tuple) else (one,))))
    return given


def differ(one: Sequence[Returned], other: Sequence[Returned], tolerance: float = SAME) -> bool:
    """Whether two behaviours differ on any input: in what is raised, in shape, or by more than the tolerance."""
    return any(
        len(left) != len(right) or any(_apart(x, y, tolerance) for x, y in zip(left, right, strict=True))
        for left, right in zip(one, other, strict=True)
    )


def _apart(x: Any, y: Any, tolerance: float) -> bool:
    if isinstance(x, str) or isinstance(y, str):
        return not (isinstance(x, str) and isinstance(y, str) and x == y)
    if x.shape != y.shape:
        return True
    with np.errstate(all="ignore"):
        sizes = np.abs(y[np.isfinite(y)])
        near = tolerance * max(float(sizes.max(initial=0.0)), SMALLEST)
        return not np.allclose(x, y, rtol=0, atol=near, equal_nan=True)
