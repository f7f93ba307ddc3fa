"""What can be wrong with credit for what follows from a student's own wrong function.

Works on what was written, like ``faults``. The credit rests on the gradient of that function by every parameter of
it, so each of them has to be an argument here, and the function has to be in the same file of the student.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.kinds.kind import Fault
from grader.kinds.names import repeated, unknown
from grader.kinds.quantities import exact
from grader.kinds.view import View

__all__ = ["follow_faults"]

MOST_PERCENT = Fraction(50)


def follow_faults(question: View, topic: Sequence[View]) -> Iterator[Fault]:
    """Say what is wrong with the `follow_on` of a question, given all questions of its topic."""
    follow_on = question.view("follow_on")
    yield from _share_faults(follow_on)
    yield from _case_faults(follow_on, question)
    if not question.has("gradient"):
        words = "`follow_on` is about the gradient of another function, and there is no `gradient`"
        yield Fault(question.at("follow_on"), words, "Add `gradient`, or remove `follow_on`", at_key=True)
    else:
        yield from _function_faults(question, topic)


def _share_faults(follow_on: View) -> Iterator[Fault]:
    try:
        share = exact(follow_on.get("share"))
    except ValueError:
        return
    if share > MOST_PERCENT:
        words = f"`share` is {follow_on.get('share')}: more than half of the points for what is not right"
        yield Fault(follow_on.at("share"), words, "Write 50 or less")


def _case_faults(follow_on: View, question: View) -> Iterator[Fault]:
    """Each case must exist, and no two of its sizes may be equal, or a transposed gradient might fit."""
    named = follow_on.texts("cases")
    yield from repeated(named, "case in the list")
    known = {case.text("name"): case for case in question.views("cases") if case.text("name")}
    fitting = ", ".join(f"`{name}`" for name, case in known.items() if _differ(case))
    for path, name in named:
        if name not in known:
            yield unknown(path, name, known, "case of the question")
        elif not _differ(known[name]):
            sizes = known[name].get("sizes")
            said = ", ".join(f"{size}: {number}" for size, number in sizes.items()) if sizes else "none"
            words = f"the sizes of the case {name!r} do not all differ ({said})"
            yield Fault(path, words, f"Name others: {fitting}" if fitting else "Add a case whose sizes all differ")


def _differ(case: View) -> bool:
    sizes = case.get("sizes")
    numbers = list(sizes.values()) if isinstance(sizes, dict) else []
    return bool(numbers) and 0 not in numbers and len(set(map(str, numbers))) == len(numbers)


def _function_faults(question: View, topic: Sequence[View]) -> Iterator[Fault]:
    gradient = question.view("gradient")
    if not gradient.text("upstream"):
        if not gradient.has("upstream"):
            words = "`follow_on` needs an `upstream` gradient, and the `gradient` has none"
            yield Fault(question.at("follow_on"), words, "Remove `follow_on`", at_key=True)
        return
    of = gradient.text("of")
    other = next((one for one in topic if of and (one.text("function") or one.text("id")) == of), None)
    if other is None:
        return
    if other.text("file") != question.text("file"):
        words = f"`{of}` is asked for in {other.text('file')}, and `follow_on` needs it in the same file"
        yield Fault(
            question.at("follow_on"), words, "Ask for both in one file, or remove `follow_on`", at_key=True
        )
    parameters = [one.text("name") for one in other.views("parameters")]
    wanted = [name for _, name in gradient.texts("with_respect_to")]
    if sorted(wanted) == sorted(set(wanted) & set(parameters)) and wanted != parameters:
        words = f"`follow_on` needs the gradient by every parameter of `{of}`, in its order"
        yield Fault(gradient.at("with_respect_to"), words, f"Write [{', '.join(parameters)}]")
