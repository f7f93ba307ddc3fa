"""What is said below the checks of a question: each failing thing once, each call once.

Checks that stand next to each other and fail in the same way are told together. A call that was shown further up
in the question is not shown again, and an import that failed is shown with the first question that needs it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from grader.model.grade import CheckGrade, Evidence, QuestionGrade, StudentGrade
from grader.report.verdict import Verdict, of_check, shown

__all__ = ["Telling", "tellings"]


@dataclass(frozen=True, slots=True)
class Telling:
    """Checks that tell the same, and what is said of them."""

    checks: tuple[CheckGrade, ...]
    verdict: Verdict
    sentence: str = ""  # empty where the question's feedback, or the evidence, says the same
    evidence: Evidence | None = None  # what of it may be shown, and was not yet
    is_call_above: bool = False  # the call was shown with checks further up


def tellings(grade: StudentGrade, *, hidden_titles: bool) -> tuple[tuple[Telling, ...], ...]:
    """Return what is said of each question's checks, in order."""
    imports: set[Evidence] = set()
    told: list[tuple[Telling, ...]] = []
    for question in grade.questions:
        calls: dict[str, str] = {}
        ones: list[Telling] = []
        for checks in _alike(question):
            one = _tell(checks, question.feedback, hidden_titles=hidden_titles)
            if one.evidence is not None and one.evidence.call:
                one = _with_call_once(one, one.evidence, calls)
            elif one.evidence is not None and one.evidence.public:
                one = replace(one, evidence=None) if one.evidence in imports else one
                imports |= {one.evidence} if one.evidence else set()
            ones.append(one)
        told.append(tuple(ones))
    return tuple(told)


def _alike(question: QuestionGrade) -> Iterator[tuple[CheckGrade, ...]]:
    """Yield the checks of a question; neighbours that fail in the same way, together."""
    numbered = enumerate(question.checks)
    for _, group in groupby(numbered, lambda one: _looks(one[1], one[0])):
        yield tuple(check for _, check in group)


def _looks(check: CheckGrade, number: int) -> tuple[Verdict, str, int]:
    return of_check(check), check.message, number if check.is_passed else -1


def _tell(checks: tuple[CheckGrade, ...], feedback: tuple[str, ...], *, hidden_titles: bool) -> Telling:
    first, verdict = checks[0], of_check(checks[0])
    if first.is_passed:
        return Telling(checks, verdict)
    found = next((check.evidence for check in checks if check.evidence is not None), None)
    evidence = None if found is None else shown(found, hidden_titles=hidden_titles)
    sentence = "" if first.message in feedback else first.message
    if evidence is not None and evidence.public and (evidence.cause or evidence.gap or evidence.error):
        # the rest of the message stands in the evidence
        sentence = " ".join(part for part in (evidence.cause, first.credit) if part)
    return Telling(checks, verdict, sentence, evidence)


def _with_call_once(one: Telling, evidence: Evidence, calls: dict[str, str]) -> Telling:
    """Leave out a call that was shown, with what it printed and raised; the extent where it is the same."""
    extent = calls.get(evidence.call)
    if extent is None:
        calls[evidence.call] = evidence.extent
        return one
    kept = "" if evidence.extent == extent else evidence.extent
    rest = replace(evidence, call="", printed="", error="", frames=(), extent=kept)
    return replace(one, evidence=rest, is_call_above=True)
