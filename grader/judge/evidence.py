"""What is shown of a failing case, and the sentence that sums a check up.

A public case shows everything: the call to paste, what came back, what was wanted, how far off and where. Of a
hidden case only its title and the kind of fault are told: what a function returns, raises or prints is chosen by
its author, who could otherwise read the hidden inputs in it.
"""

import numpy as np

from grader.judge.compare import Fault
from grader.judge.near import near_order, near_return, near_shape, near_type, rearranged
from grader.judge.paste import call_text, form_words
from grader.judge.verdict import CaseVerdict, CheckVerdict
from grader.judge.words import (
    all_words,
    clip,
    count_words,
    ending,
    error_words,
    gap_words,
    hidden_words,
    pair,
    pattern_words,
)
from grader.model.grade import Evidence
from grader.model.key import KeyedCase
from grader.model.outcome import Frame, Loaded, Raised, Status
from grader.model.question import ANY, Check, CodeQuestion, Rule, RuleKind

__all__ = ["case_evidence", "cause", "load_evidence", "shown_case", "sum_up"]

PRINTED_LENGTH = 2000
FRAMES = 10
LINE_LENGTH = 200
ANY_NUMBERS = Rule(RuleKind.ABSOLUTE, 1e-6)  # how alike numbers must be to call them right but misplaced


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


def case_evidence(question: CodeQuestion, verdict: CheckVerdict, shown: CaseVerdict) -> Evidence | None:
    """Show one failing case; nothing where nothing was called, or where the grader itself failed."""
    check, case, outcome = verdict.check, shown.case, shown.outcome
    if shown.status in (Status.MISSING, Status.GRADER_ERROR):
        return None
    if not case.public:
        error = error_words(outcome.raised, public=False) if outcome.raised is not None else ""
        return Evidence(case.title, public=False, gap=cause(question, check, shown), error=error)
    got, wanted, gap, where = _facts(question, check, shown)
    pattern = _pattern(verdict, shown)
    return Evidence(
        case.title,
        public=True,
        call=call_text(question, case.arguments),
        got=got,
        wanted=wanted,
        gap="; ".join(part for part in (gap, pattern) if part),
        where=where,
        error=error_words(outcome.raised, public=True) if outcome.raised is not None else "",
        frames=frames_of(outcome.raised),
        printed=clip(outcome.printed, PRINTED_LENGTH),
    )


def load_evidence(question: CodeQuestion, loaded: Loaded) -> Evidence | None:
    """Show why a student's file could not be imported; that happens before any input is there."""
    if loaded.status in (Status.MISSING, Status.GRADER_ERROR):
        return None
    return Evidence(
        f"importing {question.module}",
        public=True,
        call=f"import {question.module}",
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


def cause(question: CodeQuestion, check: Check, shown: CaseVerdict) -> str:
    """Say in a sentence what is wrong on one case."""
    outcome, comparison, public = shown.outcome, shown.comparison, shown.case.public
    if shown.status is Status.MISSING:
        detail = clip(outcome.detail.strip().rstrip("."), 200) if public else ""
        return f"{detail or f'There is no function `{question.function}`'}."
    if shown.status is not Status.FAILED:
        return ending(outcome, shown.status, question.limits, public=public)
    if shown.is_changed:
        plural = "s" if len(outcome.changed) > 1 else ""
        return f"It changes its argument{plural} {_changed(question, shown)}: work on a copy."
    if not public:
        return hidden_words(comparison) if shown.result >= 0 else "It does not return what is wanted there."
    if shown.result < 0:
        return near_return(question, outcome) or "It does not return what is wanted."
    if comparison.fault is Fault.TYPE:
        name = question.results[shown.result] if len(question.results) > 1 else ""
        return near_return(question, outcome) or near_type(outcome.values[shown.result], name)
    if comparison.fault is Fault.SHAPE:
        return _shape_cause(question, check, shown)
    order = near_order(question, shown.case, outcome, check.rule or ANY_NUMBERS)
    got, wanted = pair(comparison.got, comparison.wanted)
    at = _at(question, shown)
    subject = f"{at[:1].upper()}{at[1:]} it gives" if at.startswith("at ") else f"{at} is" if at else "It gives"
    return order or f"{subject} {got}; wanted is {wanted}."


def _shape_cause(question: CodeQuestion, check: Check, shown: CaseVerdict) -> str:
    comparison, position = shown.comparison, shown.result
    several = near_return(question, shown.outcome)
    if several:
        return several
    names = question.result_shapes[position] if len(question.result_shapes) > position else ()
    near = near_shape(comparison.got_shape, comparison.wanted_shape, names)
    plain = f"The shape is {comparison.got_shape}, wanted {comparison.wanted_shape}."
    value, expected = shown.outcome.values[position], shown.case.expected[position]
    also = rearranged(value, expected, check.rule or ANY_NUMBERS)
    name = f"`{question.results[position]}`: " if len(question.results) > 1 else ""
    return f"{name}{near or plain}{f' {also}' if also else ''}"


def _facts(question: CodeQuestion, check: Check, shown: CaseVerdict) -> tuple[str, str, str, str]:
    """Return what came back, what was wanted, how far off and where, each in a few words."""
    case, outcome, comparison, position = shown.case, shown.outcome, shown.comparison, shown.result
    form = form_words(case.arguments)
    if shown.status is not Status.FAILED:
        return "", _promise(question, case), "", form
    if shown.is_changed:
        return f"{_changed(question, shown)} changed", f"{_changed(question, shown)} as before", "", form
    if position < 0:
        return _type_words(outcome.returned), _promise(question, case), cause(question, check, shown), form
    if comparison.fault in (Fault.TYPE, Fault.SHAPE):
        value = outcome.values[position]
        got = f"shape {comparison.got_shape}" if comparison.fault is Fault.SHAPE else _type_words(value.type)
        return got, _shape_words(question, case, position), cause(question, check, shown), form
    got, wanted = pair(comparison.got, comparison.wanted)
    rule = check.rule or ANY_NUMBERS
    gap = near_order(question, case, outcome, rule) or gap_words(comparison, rule)
    place = _at(question, shown)
    largest = f"worst {place}" if place.startswith("at ") else f"worst: {place}" if place else ""
    counted = count_words(comparison.wrong, comparison.total)
    place = place if comparison.total == 1 else largest
    return got, wanted, gap, "; ".join(part for part in (place, counted, form) if part)


def _pattern(verdict: CheckVerdict, shown: CaseVerdict) -> str:
    """Say what all numbers have in common, on the case that is shown or on a public one with more numbers."""
    alike = [case for case in verdict.failed if case.case.public and case.result == shown.result]
    for case in [shown, *alike]:
        if case.comparison.fault is not Fault.SIZE:
            continue
        array, truth = case.outcome.values[case.result].array, case.case.expected[case.result].nearest
        found = pattern_words(array.astype(np.float64), truth, array.dtype) if array is not None else ""
        if found:
            return found if case is shown else f'on the case "{case.case.title}" {found}'
    return ""


def _type_words(name: str) -> str:
    return "None" if name == "NoneType" else clip(name, 80)


def _at(question: CodeQuestion, shown: CaseVerdict) -> str:
    """Say where the worst number stands: its input for elementwise functions, otherwise its index."""
    index, arguments = shown.comparison.index, shown.case.arguments
    if question.elementwise:
        inputs = [a for a in arguments if a.value.shape == shown.comparison.wanted_shape]
        return "at " + ", ".join(f"{a.name} = {_short(float(a.value[index]))}" for a in inputs) if inputs else ""
    name = question.results[shown.result]
    return f"`{name}[{', '.join(map(str, index))}]`" if index else ""


def _short(value: float) -> str:
    exact = repr(value).removesuffix(".0")
    return exact if len(exact) <= 12 else f"{value:.6g}"


def _changed(question: CodeQuestion, shown: CaseVerdict) -> str:
    names = [question.parameters[k].name for k in shown.outcome.changed if 0 <= k < len(question.parameters)]
    return " and ".join(f"`{name}`" for name in names)


def _promise(question: CodeQuestion, case: KeyedCase) -> str:
    parts = [f"{name}: {_shape_words(question, case, k)}" for k, name in enumerate(question.results)]
    return parts[0].partition(": ")[2] if len(parts) == 1 else "; ".join(parts)


def _shape_words(question: CodeQuestion, case: KeyedCase, position: int) -> str:
    shape = case.expected[position].nearest.shape
    if not shape:
        return "one number"
    names = question.result_shapes[position] if len(question.result_shapes) > position else ()
    symbols = f", that is ({', '.join(map(str, names))})" if len(names) == len(shape) else ""
    return f"an array of shape {tuple(map(int, shape))}{symbols}"


def sum_up(question: CodeQuestion, verdict: CheckVerdict) -> str:
    """Say in a sentence or two how a check stands."""
    total = len(verdict.cases)
    if verdict.skipped_for:
        first = "something else" if verdict.skipped_for == ANY else f"`{verdict.skipped_for}`"
        return f"Not looked at yet: {first} has to be right first."
    if verdict.status is None:
        return "All of its cases are hidden: it is looked at when your work is graded."
    if verdict.status is Status.PASSED:
        hidden = sum(not case.case.public for case in verdict.cases)
        also = f", {hidden} of them hidden" if hidden else ""
        return f"Right on {all_words(total, 'case')}{also}." if total > 1 else "Right."
    shown = shown_case(verdict)
    if shown is None:
        return "Not looked at."
    return f"{cause(question, verdict.check, shown)} {_extent(verdict, shown)}".strip()


def _extent(verdict: CheckVerdict, shown: CaseVerdict) -> str:
    """Say on how many cases a check fails, and on which it holds."""
    if shown.status in (Status.MISSING, Status.GRADER_ERROR):
        return ""
    failed, total = len(verdict.failed), len(verdict.cases)
    right = [case.case for case in verdict.cases if case.status is Status.PASSED]
    public = [case.title for case in right if case.public]
    if not shown.case.public:
        known = f"Right on {all_words(len(public), 'public case')}, "
        word = "wrong" if shown.status is Status.FAILED else "not"
        return f"({known if public else ''}{word} on a hidden one: {shown.case.title}.)"
    if total == 1:
        return ""
    if failed == total:
        if _alike(verdict):
            return f"The same on {all_words(total, 'case')}."
        return f"None of the {total} cases is right." if total > 2 else "Neither case is right."
    also = f"; right on: {', '.join(public[:4])}{' ...' if len(public) > 4 else ''}" if public else ""
    return f"Case: {shown.case.title}. Wrong on {failed} of {total} cases{also}."


def _alike(verdict: CheckVerdict) -> bool:
    """Whether all cases fail in one way: the same exception, no answer in time."""
    kinds = {(case.status, case.outcome.raised.type if case.outcome.raised else "") for case in verdict.cases}
    return len(kinds) == 1 and verdict.status is not Status.FAILED
