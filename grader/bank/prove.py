"""Prove one code question: its reference keeps what the question promises, and its checks mean something.

each case    can be drawn; the reference has a proven value of the promised shape, finite where the inputs are;
             no input is so ill-conditioned that right code would fail (amplification); a gradient is one
all cases    the reference in plain float64 earns full marks, and zeros of the right shape earn nothing
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assessment.cases import shape_of
from grader.assessment.proof import gradient_gaps
from grader.assessment.truth import key_case
from grader.bank.remember import remembered
from grader.errors import GraderError
from grader.judge.score import judge_question
from grader.model.grade import QuestionGrade
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Outcome, Status, Value
from grader.model.question import Case, CodeQuestion, Item, Topic
from grader.numerics.condition import CHAOTIC
from grader.numerics.derivative import PROVEN_GAP

__all__ = ["Flaw", "Proof", "proof_of", "prove"]

Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that keeps a question from being fit for grading, and the way to it inside the question."""

    words: str
    hint: str
    path: Way


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a question, and what was not."""

    flaws: tuple[Flaw, ...]
    amplification: float | None = None
    gradient_gap: float | None = None


def proof_of(topic: Topic, question: CodeQuestion, seed: str, cache: Path | None) -> Proof:
    """Return the proof of a question, from the folder ``cache`` where it is there already."""
    names = ["proof", topic.digest, repr(question), seed]

    def make() -> list[Any]:
        proof = prove(topic, question, seed)
        flaws = [(flaw.words, flaw.hint, flaw.path) for flaw in proof.flaws]
        return [flaws, proof.amplification, proof.gradient_gap]

    flaws, amplification, gap = remembered(cache if topic.digest else None, names, make)
    return Proof(tuple(Flaw(words, hint, tuple(way)) for words, hint, way in flaws), amplification, gap)


def prove(topic: Topic, question: CodeQuestion, seed: str) -> Proof:
    """Prove a question of a topic, with the inputs that the seed draws."""
    flaws: list[Flaw] = []
    keyed: list[KeyedCase] = []
    gaps: list[float] = []
    for number, case in enumerate(question.cases):
        where: Way = ("cases", number)
        try:
            one = key_case(topic, question, case, seed)
            found = gradient_gaps(topic, question, one.arguments)
        except GraderError as error:
            complaint = error.complaints[0]
            flaws.append(Flaw(complaint.message, complaint.hint, where))
            continue
        except Exception as error:  # noqa: BLE001 (whatever an author's function raises is told in words)
            words = f"on the case `{case.name}` the reference raises {type(error).__name__}: {_line(error)}"
            flaws.append(Flaw(words, "Correct reference.py, or the case", where))
            continue
        keyed.append(one)
        gaps += found.values()
        flaws += _case_flaws(question, case, one, where)
        flaws += _gap_flaws(case, found, where)
    if len(keyed) == len(question.cases):
        flaws += _reference_flaws(topic, question, tuple(keyed))
        flaws += _zeros_flaws(question, tuple(keyed))
    moved = [] if question.elementwise else [one.amplification for case in keyed for one in case.expected]
    return Proof(tuple(flaws), max(moved, default=None), max(gaps, default=None))


def _line(error: BaseException) -> str:
    return str(error).split("\n")[0][:200]


def _case_flaws(question: CodeQuestion, case: Case, keyed: KeyedCase, where: Way) -> Iterator[Flaw]:
    is_finite = all(np.isfinite(argument.value).all() for argument in keyed.arguments)
    for place, (name, expected) in enumerate(zip(question.results, keyed.expected, strict=True)):
        shape = keyed.arguments[0].value.shape
        if not question.elementwise:
            shape = shape_of(question.result_shapes[place], case.sizes)
        on = f"on the case `{case.name}`"
        if expected.nearest.shape != shape:
            words = f"{on} `{name}` has the shape {expected.nearest.shape}, and {shape} is promised"
            yield Flaw(words, "Correct reference.py, or the shape in `results`", where)
        if is_finite and not np.isfinite(expected.nearest).all():
            words = f"{on} the true value of `{name}` is not finite, though every input is"
            yield Flaw(words, "Choose inputs at which the function has a value that a float64 can hold", where)
        if not question.elementwise and not expected.amplification <= CHAOTIC:
            words = f"{on} `{name}` magnifies rounding errors {expected.amplification:.0f} times"
            hint = f"Right code could fail: choose smaller inputs (at most {CHAOTIC:.0f} times is fit for grading)"
            yield Flaw(words, hint, where)


def _gap_flaws(case: Case, gaps: Mapping[str, float], where: Way) -> Iterator[Flaw]:
    for name, gap in gaps.items():
        if not gap <= PROVEN_GAP:
            words = f"on the case `{case.name}` `{name}` is not the derivative: it is off by {gap:.1e}"
            yield Flaw(words, "Correct the gradient in reference.py, or the `gradient` of the question", where)


def _reference_flaws(topic: Topic, question: CodeQuestion, cases: tuple[KeyedCase, ...]) -> Iterator[Flaw]:
    """Hold the reference in plain float64 to the checks: where it fails, they ask for more than there is."""
    outcomes: dict[str, Outcome] = {}
    for number, case in enumerate(cases):
        try:
            outcomes[case.name] = _outcome(_in_float64(topic, question, case))
        except Exception as error:  # noqa: BLE001 (whatever an author's function raises is told in words)
            words = f"on the case `{case.name}` the reference in plain float64 raises {type(error).__name__}"
            yield Flaw(f"{words}: {_line(error)}", "Correct reference.py, or the case", ("cases", number))
            return
    for number, check in enumerate(_judge(question, cases, outcomes).checks):
        if not check.is_passed and not check.skipped:
            words = f"the reference in plain float64 fails the check `{check.name}`: {check.message}"
            yield Flaw(
                words, "Loosen the rule, choose other cases, or make the reference stable", ("checks", number)
            )


def _in_float64(topic: Topic, question: CodeQuestion, case: KeyedCase) -> list[NDArray[np.float64]]:
    with np.errstate(all="ignore"):
        returned = topic.reference[question.function](*[one.value.astype(np.float64) for one in case.arguments])
    several = list(returned) if len(question.results) > 1 else [returned]
    return [np.asarray(one, dtype=np.float64) for one in several]


def _zeros_flaws(question: CodeQuestion, cases: tuple[KeyedCase, ...]) -> Iterator[Flaw]:
    """Zeros of the right shape must earn nothing: a check that they pass tells nobody anything."""
    zeros = {case.name: _outcome([np.zeros_like(one.nearest) for one in case.expected]) for case in cases}
    for number, check in enumerate(_judge(question, cases, zeros).checks):
        if check.is_passed:
            words = f"a function that returns zeros passes the check `{check.name}`"
            hint = "Let it `need` another check (or `any`), or add a case whose result is not zero"
            yield Flaw(words, hint, ("checks", number))


def _outcome(arrays: list[NDArray[np.float64]]) -> Outcome:
    values = tuple(Value("ndarray", array) for array in arrays)
    return Outcome("", Status.PASSED, values, "", len(values))


def _judge(question: CodeQuestion, cases: tuple[KeyedCase, ...], outcomes: dict[str, Outcome]) -> QuestionGrade:
    return judge_question(Item(question, Fraction(1)), cases, Loaded(Status.PASSED), outcomes)
