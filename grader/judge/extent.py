"""On which cases a check fails: the one that stands for them, and how many they are.

Titles of hidden cases are not written into sentences: whether they may be read is the assessment's to say.
"""

from grader.judge.compare import Fault
from grader.judge.verdict import CaseVerdict, CheckVerdict
from grader.judge.words import all_words
from grader.model.outcome import Status

__all__ = ["are_alike", "extent", "shown_case"]

MOST_TITLES = 4


def shown_case(verdict: CheckVerdict) -> CaseVerdict | None:
    """Return the case that stands for a failed check: public before hidden, smallest first."""
    alike = [case for case in verdict.failed if case.status is verdict.status]
    first = alike[0] if alike else None
    if first is None or first.comparison.fault is not Fault.SHAPE:
        return first
    # Where every axis has length 1, shapes say nothing: (1, 1) is its own transpose.
    telling = (
        case for case in alike if case.comparison.fault is Fault.SHAPE and case.case.public is first.case.public
    )
    return next((case for case in telling if min(case.comparison.wanted_shape, default=0) > 1), first)


def are_alike(verdict: CheckVerdict) -> bool:
    """Whether all cases end in one way without a result: the same exception, no answer in time."""
    kinds = {(case.status, case.outcome.raised.type if case.outcome.raised else "") for case in verdict.cases}
    return len(kinds) == 1 and verdict.status is not Status.FAILED


def extent(verdict: CheckVerdict, shown: CaseVerdict) -> str:
    """Say in a sentence on how many cases a check fails, and on which it holds; nothing of a single one."""
    failed, total = len(verdict.failed), len(verdict.cases)
    if total == 1 or shown.status in (Status.MISSING, Status.GRADER_ERROR):
        return ""
    if failed < total:
        public = [case.case.title for case in verdict.cases if case.status is Status.PASSED and case.case.public]
        return f"Wrong on {failed} of {total} cases{f'; right on: {_titles(public)}' if public else ''}."
    if are_alike(verdict):
        return f"The same on {all_words(total, 'case')}."
    return f"None of the {total} cases is right." if total > 2 else "Neither case is right."


def _titles(titles: list[str]) -> str:
    more = len(titles) - MOST_TITLES
    return "; ".join(titles) if more <= 0 else f"{'; '.join(titles[:MOST_TITLES])}; and {more} more"
