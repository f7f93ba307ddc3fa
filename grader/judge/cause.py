"""What is wrong on one case, in a sentence, and the sentence that sums a check up.

What a function returns, raises or prints is chosen by its author, who could read hidden inputs in it: of a hidden
case only the kind of fault is told.
"""

import math

from grader.judge.compare import Comparison, Fault
from grader.judge.extent import extent, shown_case
from grader.judge.near import near_order, near_return, near_shape, near_type, rearranged
from grader.judge.verdict import CaseVerdict, CheckVerdict
from grader.judge.words import all_words, clip, ending, hidden_words, pair
from grader.model.outcome import Status
from grader.model.question import ALL, ANY, Check, CodeQuestion, Rule, RuleKind

__all__ = ["ANY_NUMBERS", "cause", "numbers_of", "place_of", "sum_up"]

BEYOND = "a number beyond float64's range"
ANY_NUMBERS = Rule(RuleKind.ABSOLUTE, 1e-6)  # how alike numbers must be to call them right but misplaced


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
        return f"It changes its argument{plural} {changed_of(question, shown)}: work on a copy."
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
    got, wanted = numbers_of(comparison)
    at = place_of(question, shown)
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


def numbers_of(comparison: Comparison) -> tuple[str, str]:
    """Write what came back and what is wanted, with as many digits as it takes to tell them apart."""
    got, wanted = pair(comparison.got, comparison.wanted)
    is_beyond = comparison.fault is Fault.SIZE and math.isinf(comparison.got)  # a long double can be
    return BEYOND if is_beyond else got, wanted


def place_of(question: CodeQuestion, shown: CaseVerdict) -> str:
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


def changed_of(question: CodeQuestion, shown: CaseVerdict) -> str:
    """Name the arguments that a function changed."""
    names = [question.parameters[k].name for k in shown.outcome.changed if 0 <= k < len(question.parameters)]
    return " and ".join(f"`{name}`" for name in names)


def sum_up(question: CodeQuestion, verdict: CheckVerdict) -> str:
    """Say in a sentence or two how a check stands."""
    total = len(verdict.cases)
    if verdict.skipped_for:
        first = {ANY: "another check has", ALL: "the others have"}.get(verdict.skipped_for)
        return f"Not looked at yet: {first or f'`{verdict.skipped_for}` has'} to be right first."
    if verdict.status is None:
        return "All of its cases are hidden: it is looked at when your work is graded."
    if verdict.status is Status.PASSED:
        hidden = sum(not case.case.public for case in verdict.cases)
        also = f", {hidden} of them hidden" if hidden else ""
        return f"Right on {all_words(total, 'case')}{also}." if total > 1 else "Right."
    shown = shown_case(verdict)
    if shown is None:
        return "Not looked at."
    said = cause(question, verdict.check, shown)
    if not shown.case.public and shown.status not in (Status.MISSING, Status.GRADER_ERROR):
        return f"{_on_public(verdict)} {said[:1].lower()}{said[1:]}"
    is_one_of_some = shown.case.public and len(verdict.failed) < total
    case = f"Case: {shown.case.title}." if is_one_of_some else ""
    return " ".join(part for part in (said, case, extent(verdict, shown)) if part)


def _on_public(verdict: CheckVerdict) -> str:
    """Begin a sentence on a hidden case; its title is left to the assessment."""
    right = sum(case.case.public and case.status is Status.PASSED for case in verdict.cases)
    return f"Right on {all_words(right, 'public case')}, wrong on a hidden one:" if right else "On a hidden case:"
