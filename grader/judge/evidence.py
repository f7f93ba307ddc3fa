"""What is shown of a failing case, each thing in one place.

A public case shows everything: the call to paste, what came back, what was wanted, how far off and where. Of a
hidden case only its title and the kind of fault are told, see ``cause``.
"""

from dataclasses import dataclass

import numpy as np

from grader.judge.cause import ANY_NUMBERS, cause, numbers_of, place_of
from grader.judge.compare import Fault
from grader.judge.extent import are_alike, extent
from grader.judge.near import near_order
from grader.judge.paste import call_text, form_words
from grader.judge.verdict import CaseVerdict, CheckVerdict
from grader.judge.words import clip, count_words, error_words, gap_words, pattern_words
from grader.model.grade import Evidence
from grader.model.key import KeyedCase
from grader.model.outcome import Frame, Loaded, Raised, Status
from grader.model.question import CodeQuestion

__all__ = ["case_evidence", "load_evidence"]

PRINTED_LENGTH = 2000
FRAMES = 10
LINE_LENGTH = 200
TOLD_IN_WORDS = ("NotImplementedError", "SystemExit")  # what these mean is said in a sentence


def case_evidence(question: CodeQuestion, verdict: CheckVerdict, shown: CaseVerdict) -> Evidence | None:
    """Show one failing case; nothing where nothing was called, written yet, or the grader itself failed."""
    check, case, outcome = verdict.check, shown.case, shown.outcome
    if shown.status in (Status.MISSING, Status.GRADER_ERROR) or (_is_unwritten(shown) and are_alike(verdict)):
        return None
    if not case.public:
        error = error_words(outcome.raised, public=False) if outcome.raised is not None else ""
        return Evidence(case.title, public=False, cause=cause(question, check, shown), error=error)
    facts = _facts(question, verdict, shown)
    return Evidence(
        case.title,
        public=True,
        call=call_text(question, case.arguments),
        got=facts.got,
        wanted=facts.wanted,
        gap=facts.gap,
        where=facts.where,
        error=error_words(outcome.raised, public=True) if outcome.raised is not None else "",
        frames=frames_of(outcome.raised),
        printed=clip(outcome.printed, PRINTED_LENGTH),
        cause=facts.cause,
        extent=extent(verdict, shown),
    )


def _is_unwritten(shown: CaseVerdict) -> bool:
    raised = shown.outcome.raised
    return shown.status is Status.ERROR and raised is not None and raised.type == "NotImplementedError"


def load_evidence(question: CodeQuestion, loaded: Loaded) -> Evidence | None:
    """Show why a student's file could not be imported; that happens before any input is there."""
    if loaded.status in (Status.MISSING, Status.GRADER_ERROR):
        return None
    return Evidence(
        f"importing {question.module}",
        public=True,
        error=error_words(loaded.raised, public=True) if loaded.raised is not None else "",
        frames=frames_of(loaded.raised),
        printed=clip(loaded.printed, PRINTED_LENGTH),
    )


def frames_of(raised: Raised | None) -> tuple[Frame, ...]:
    """Return the innermost of the student's own lines, each cut to a length that can be read."""
    if raised is None:
        return ()
    return tuple(
        Frame(clip(f.file, LINE_LENGTH), f.line, clip(f.function, LINE_LENGTH), clip(f.text, LINE_LENGTH))
        for f in raised.frames[-FRAMES:]
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is said of a failing public case, each thing in one place only."""

    cause: str = ""
    got: str = ""
    wanted: str = ""
    gap: str = ""
    where: str = ""


def _facts(question: CodeQuestion, verdict: CheckVerdict, shown: CaseVerdict) -> _Facts:
    """Return what came back, what was wanted, how far off and where; or, where no number says it, the cause."""
    check, case, outcome, comparison = verdict.check, shown.case, shown.outcome, shown.comparison
    rule, form = check.rule or ANY_NUMBERS, form_words(case.arguments)
    said = cause(question, check, shown)
    if shown.status is not Status.FAILED:
        is_in_traceback = outcome.raised is not None and outcome.raised.type not in TOLD_IN_WORDS
        return _Facts("" if is_in_traceback else said, where=form)
    if shown.is_changed:
        return _Facts(said, where=form)
    if shown.result < 0:
        return _Facts(said, wanted=_promise(question, case), where=form)
    if comparison.fault in (Fault.TYPE, Fault.SHAPE):
        got = f"shape {comparison.got_shape}" if comparison.fault is Fault.SHAPE else ""
        return _Facts(said, got, _shape_words(question, case, shown.result), where=form)
    if near_order(question, case, outcome, rule):
        return _Facts(said, where=form)
    got, wanted = numbers_of(comparison)
    gap = "; ".join(part for part in (gap_words(comparison, rule), _pattern(verdict, shown)) if part)
    return _Facts("", got, wanted, gap, _where(question, shown, form))


def _where(question: CodeQuestion, shown: CaseVerdict, form: str) -> str:
    """Say where the worst number stands, and how many there are."""
    comparison, place = shown.comparison, place_of(question, shown)
    if place and comparison.total > 1:
        rank = "worst" if comparison.fault is Fault.SIZE else "first"
        place = f"{rank} {place}" if place.startswith("at ") else f"{rank}: {place}"
    counted = count_words(comparison.wrong, comparison.total)
    return "; ".join(part for part in (place, counted, form) if part)


def _pattern(verdict: CheckVerdict, shown: CaseVerdict) -> str:
    """Say what all numbers have in common, on the case that is shown or on a public one with more numbers."""
    alike = [case for case in verdict.failed if case.case.public and case.result == shown.result]
    for case in [shown, *alike]:
        if case.comparison.fault is not Fault.SIZE:
            continue
        array, truth = case.outcome.values[case.result].array, case.case.expected[case.result].nearest
        if array is None:
            continue
        found = pattern_words(array.astype(np.float64), truth, array.dtype)
        if found:
            return found if case is shown else f'on the case "{case.case.title}" {found}'
    return ""


def _promise(question: CodeQuestion, case: KeyedCase) -> str:
    """Say what has to come back; results of one shape are told together."""
    alike: dict[str, list[str]] = {}
    for position, name in enumerate(question.results):
        alike.setdefault(_shape_words(question, case, position), []).append(f"`{name}`")
    if len(question.results) == 1:
        return next(iter(alike))
    said = (f"{', '.join(names)}: {'each ' if len(names) > 1 else ''}{words}" for words, names in alike.items())
    return "; ".join(said)


def _shape_words(question: CodeQuestion, case: KeyedCase, position: int) -> str:
    shape = case.expected[position].nearest.shape
    if not shape:
        return "one number"
    names = question.result_shapes[position] if len(question.result_shapes) > position else ()
    symbols = f", that is ({', '.join(map(str, names))})" if len(names) == len(shape) else ""
    return f"an array of shape {tuple(map(int, shape))}{symbols}"
