"""What can be wrong with a function to write, beyond its shape: names that lead nowhere, sums, reference.

Works on what was written, not on the checked entry, so that everything is told in one go.
"""

import inspect
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from keyword import iskeyword

from grader.kinds.code.casefaults import case_faults
from grader.kinds.code.followfaults import follow_faults
from grader.kinds.kind import Fault, Reference
from grader.kinds.names import repeated, unknown
from grader.kinds.quantities import exact
from grader.kinds.view import Path, View
from grader.model.question import ALL, ANY

__all__ = ["faults"]


def faults(question: View, topic: Sequence[View], reference: Reference) -> Iterator[Fault]:
    """Say what is wrong with a question, given all questions of its topic and its reference."""
    for part in ("parameters", "results", "checks", "cases", "remarks"):
        yield from repeated(_named(question, part), f"name in `{part}`")
    yield from _shape_faults(question)
    yield from _function_faults(question, reference)
    yield from _twin_faults(question, topic)
    yield from _depends_faults(question, topic)
    yield from _check_faults(question)
    yield from _share_faults(question)
    yield from case_faults(question)
    yield from _remark_faults(question)
    yield from _accept_faults(question)
    if question.has("gradient"):
        yield from _gradient_faults(question, topic)
    if question.has("follow_on"):
        yield from follow_faults(question, topic)


def _named(question: View, part: str) -> list[tuple[Path, str]]:
    return [(view.at("name"), view.text("name")) for view in question.views(part) if view.text("name")]


def _names(question: View, part: str) -> list[str]:
    return [name for _, name in _named(question, part)]


def _function(question: View) -> str:
    return question.text("function") or question.text("id")


def _shape_faults(question: View) -> Iterator[Fault]:
    is_elementwise = question.get("elementwise") is True
    for part in (*question.views("parameters"), *question.views("results")):
        if is_elementwise and part.has("shape"):
            words = "an elementwise function takes arrays of any shape"
            yield Fault(part.at("shape"), words, "Remove `shape`, or `elementwise`", at_key=True)
        elif not is_elementwise and not part.has("shape"):
            words = f"`{part.text('name')}` has no `shape`"
            yield Fault(part.path, words, "Write one ([] for a single number), or `elementwise: true`")
    if is_elementwise and len(question.views("parameters")) > 1:
        yield Fault(question.at("parameters"), "an elementwise function has one parameter", "Remove the others")


def _function_faults(question: View, reference: Reference) -> Iterator[Fault]:
    """The function must be one that Python can name, and the reference must have it, with as many parameters."""
    name = _function(question)
    where = question.at("function" if question.has("function") else "id")
    stem = question.text("file").removesuffix(".py")
    if iskeyword(stem):
        yield Fault(question.at("file"), f"`{stem}` is a word of Python's own", "Choose another file name")
    if not name:
        return
    if not name.isidentifier() or iskeyword(name):
        yield Fault(where, f"{name!r} cannot be the name of a function", "Name the function: `function: ...`")
        return
    if not reference.is_loaded:
        return
    if name not in reference.functions:
        yield unknown(where, name, reference.functions, "function in reference.py")
        return
    wanted = [view.text("name") for view in question.views("parameters")]
    if question.has("parameters") and not _takes(reference.functions[name], len(wanted)):
        words = f"`{name}` does not take the {len(wanted)} arguments that the bank gives it ({', '.join(wanted)})"
        yield Fault((), words, "Give it these parameters, in this order", line=reference.lines.get(name, 1))


def _twin_faults(question: View, topic: Sequence[View]) -> Iterator[Fault]:
    """Two questions about one function of one file could not tell whose answer it is."""
    for other in topic:
        if other.path == question.path:
            return
        if _function(question) and _asked(other) == _asked(question) and other.text("id") != question.text("id"):
            words = f"`{_function(question)}` in {question.text('file')} is asked for by {other.text('id')} too"
            yield Fault(question.at("function" if question.has("function") else "id"), words, "Keep one question")


def _asked(question: View) -> tuple[str, str]:
    return question.text("file"), _function(question)


def _takes(function: object, count: int) -> bool:
    if not callable(function):
        return False
    try:
        inspect.signature(function).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def _depends_faults(question: View, topic: Sequence[View]) -> Iterator[Fault]:
    others = [_function(other) for other in topic if other.text("file") == question.text("file")]
    for path, name in question.texts("depends"):
        if name == _function(question):
            yield Fault(path, f"`{name}` depends on itself", "Name other functions only")
        elif name not in others:
            yield unknown(path, name, others, f"function that this topic asks for in {question.text('file')}")


def _check_faults(question: View) -> Iterator[Fault]:
    checks = _names(question, "checks")
    for check in question.views("checks"):
        yield from _rule_faults(check, is_elementwise=question.get("elementwise") is True)
        if result := check.text("result"):
            if result not in _names(question, "results"):
                yield unknown(check.at("result"), result, _names(question, "results"), "result of the function")
            elif not check.has("rule"):
                yield Fault(check.at("result"), f"`{result}` is compared by no rule", "Add a `rule`")
        named = check.texts("cases")
        yield from repeated(named, "case in the list")
        for path, name in named:
            if name not in _names(question, "cases"):
                yield unknown(path, name, _names(question, "cases"), "case of the question")
        if (name := check.text("name")) in (ANY, ALL):
            words = f"a check cannot be called {name!r}"
            yield Fault(check.at("name"), words, f"`needs: {name}` means {name} other checks: choose another name")
        if (needs := check.text("needs")) not in ("", ANY, ALL, *checks):
            yield unknown(check.at("needs"), needs, checks, "check of the question")
    yield from _circle_faults(question)
    yield from _without_cases(question)


def _rule_faults(check: View, *, is_elementwise: bool) -> Iterator[Fault]:
    rule = check.view("rule")
    if not check.has("rule"):
        if check.get("unchanged") is not True:
            name = check.text("name")
            yield Fault(check.path, f"the check `{name}` asks nothing", "Give it a `rule`, or `unchanged: true`")
        return
    if not isinstance(rule.value, dict):
        return
    chosen = [name for name in ("absolute", "eps", "ulp", "normwise") if rule.has(name)]
    if len(chosen) != 1:
        words = f"a rule is one of absolute, eps, ulp, normwise; here are {' and '.join(chosen) or 'none'}"
        yield Fault(rule.path, words, "Keep exactly one")
    elif rule.has("per_condition") and not (rule.has("ulp") and is_elementwise):
        words = "`per_condition` goes with `ulp` and an elementwise function"
        yield Fault(rule.at("per_condition"), words, "Remove it", at_key=True)


def _circle_faults(question: View) -> Iterator[Fault]:
    """A check that waits for itself, by whatever detour, would never be judged."""
    needs = {check.text("name"): check.text("needs") for check in question.views("checks")}
    told: set[str] = set()
    for check in question.views("checks"):
        way = [check.text("name")]
        while (after := needs.get(way[-1], "")) and after not in way:
            way.append(after)
        if after and after == way[0] and not told & set(way):
            told.update(way)
            words = f"checks wait for each other: {' needs '.join([*way, after])}"
            yield Fault(check.at("needs"), words, "Remove one `needs`")


def _without_cases(question: View) -> Iterator[Fault]:
    remarked = {remark.text("case") for remark in question.views("remarks")}
    cases = _names(question, "cases")
    if not cases or not set(cases) <= remarked:
        return
    for check in question.views("checks"):
        if not check.has("cases"):
            words = f"the check `{check.text('name')}` has no cases, since remarks use them all"
            yield Fault(check.path, words, "List its `cases`, or add some")


def _share_faults(question: View) -> Iterator[Fault]:
    shares: list[tuple[str, Fraction]] = []
    for check in question.views("checks"):
        try:
            shares.append((check.text("name"), exact(check.get("share"))))
        except ValueError:
            return
    total = sum((share for _, share in shares), Fraction(0))
    if shares and total != 100:
        listed = ", ".join(f"{name} {_decimal(share)}" for name, share in shares)
        words = f"the shares add up to {_decimal(total)} %, not 100 %"
        yield Fault(question.at("checks"), words, f"They are: {listed}", at_key=True)


def _decimal(number: Fraction) -> str:
    """Write a share as the author did: 33.3, or 100/3 where no decimal says it."""
    shown = f"{float(number):.6g}"
    return shown if Fraction(shown) == number else str(number)


def _remark_faults(question: View) -> Iterator[Fault]:
    cases = _names(question, "cases")
    for remark in question.views("remarks"):
        if (name := remark.text("case")) and name not in cases:
            yield unknown(remark.at("case"), name, cases, "case of the question")


def _accept_faults(question: View) -> Iterator[Fault]:
    if question.has("accepts") and question.get("elementwise") is not True:
        words = "`accepts` is for elementwise functions"
        yield Fault(question.at("accepts"), words, "Remove it, or write `elementwise: true`", at_key=True)
    for accept in question.views("accepts"):
        low, high = accept.get("low"), accept.get("high")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield Fault(accept.at("low"), f"`low` is {low}, above `high`, which is {high}", "Exchange them")


def _gradient_faults(question: View, topic: Sequence[View]) -> Iterator[Fault]:
    gradient = question.view("gradient")
    of = gradient.text("of")
    own, results = _names(question, "parameters"), _names(question, "results")
    if (upstream := gradient.text("upstream")) and upstream not in own:
        yield unknown(gradient.at("upstream"), upstream, own, "parameter of this function")
    elif not upstream and not gradient.has("upstream") and question.get("elementwise") is not True:
        words = "the gradient has no `upstream`"
        yield Fault(gradient.path, words, "Name the parameter that holds the gradient of the loss")
    wanted = gradient.texts("with_respect_to")
    if wanted and results and len(wanted) != len(results):
        words = f"`with_respect_to` has {len(wanted)} names, but the function has {len(results)} result(s)"
        yield Fault(gradient.at("with_respect_to"), words, f"Name one for each of {', '.join(results)}")
    others = {_function(other): other for other in topic if _function(other) != _function(question)}
    if of and of not in others:
        yield unknown(gradient.at("of"), of, others, "function of another question here")
    elif of:
        yield from _gradient_source(gradient, others[of], own)


def _gradient_source(gradient: View, other: View, own: list[str]) -> Iterator[Fault]:
    results, parameters = _names(other, "results"), _names(other, "parameters")
    of = gradient.text("of")
    if (result := gradient.text("result")) and result not in results:
        yield unknown(gradient.at("result"), result, results, f"result of {of}")
    elif not gradient.has("result") and len(results) > 1:
        yield Fault(gradient.path, f"{of} has {len(results)} results", f"Name one: {_either(results)}")
    for path, name in gradient.texts("with_respect_to"):
        if name not in parameters:
            yield unknown(path, name, parameters, f"parameter of {of}")
        elif name not in own:
            yield unknown(path, name, own, "parameter of this function")


def _either(names: Iterable[str]) -> str:
    return ", ".join(f"`result: {name}`" for name in names)
