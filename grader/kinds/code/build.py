"""Make the question of what nothing is wrong with: defaults filled in, percent made shares, lists frozen."""

from types import MappingProxyType
from typing import Any

from grader.kinds.code.drawing import SOURCES
from grader.kinds.limits import laid_over
from grader.kinds.quantities import exact
from grader.kinds.view import View
from grader.model.inputs import Form, Limits
from grader.model.question import (
    Accept,
    Case,
    Check,
    CodeQuestion,
    Draw,
    FollowOn,
    Gradient,
    Parameter,
    Remark,
    Rule,
    RuleKind,
)

__all__ = ["build"]


def build(question: View, topic: str) -> CodeQuestion:
    """Make the question."""
    return CodeQuestion(
        id=f"{topic}/{question.text('id')}",
        title=question.text("title").strip(),
        prompt=question.text("prompt"),
        module=question.text("file").removesuffix(".py"),
        function=question.text("function") or question.text("id"),
        parameters=tuple(_parameter(one) for one in question.views("parameters")),
        results=tuple(result.text("name") for result in question.views("results")),
        result_shapes=tuple(_shape(result) for result in question.views("results")),
        checks=_checks(question),
        cases=tuple(_case(question, case) for case in question.views("cases")),
        remarks=tuple(_remark(one) for one in question.views("remarks")),
        accepts=tuple(_accept(one) for one in question.views("accepts")),
        elementwise=question.get("elementwise") is True,
        limits=laid_over(Limits(), question.view("limits")),
        depends=_names(question, "depends"),
        gradient=_gradient(question.view("gradient")) if question.has("gradient") else None,
        follow_on=_follow_on(question.view("follow_on")) if question.has("follow_on") else None,
    )


def _names(view: View, key: str) -> tuple[str, ...]:
    return tuple(name for _, name in view.texts(key))


def _shape(part: View) -> tuple[str | int, ...]:
    return tuple(part.get("shape") or ())


def _parameter(parameter: View) -> Parameter:
    shape = _shape(parameter)
    draw = _draw(parameter.get("draw"), shape) if parameter.has("draw") else None
    return Parameter(parameter.text("name"), shape, draw)


def _checks(question: View) -> tuple[Check, ...]:
    remarked = {remark.text("case") for remark in question.views("remarks")}
    names = [case.text("name") for case in question.views("cases")]
    unremarked = tuple(name for name in names if name not in remarked)
    return tuple(_check(check, unremarked) for check in question.views("checks"))


def _check(check: View, unremarked: tuple[str, ...]) -> Check:
    return Check(
        name=check.text("name"),
        says=check.text("says").strip(),
        share=exact(check.get("share")) / 100,
        cases=_names(check, "cases") or unremarked,
        rule=_rule(check.view("rule")) if check.has("rule") else None,
        result=check.text("result"),
        unchanged=check.get("unchanged") is True,
        needs=check.text("needs"),
    )


def _rule(rule: View) -> Rule:
    kind = next(kind for kind in RuleKind if rule.has(kind))
    return Rule(kind, float(rule.get(kind)), float(rule.get("per_condition") or 0.0))


def _case(question: View, case: View) -> Case:
    draws: dict[str, Draw] = {}
    for parameter in question.views("parameters"):
        name = parameter.text("name")
        if case.view("draws").has(name):
            own = case.view("draws").get(name)
            draws[name] = _draw(own, _shape(parameter), parameter.get("draw"))
    name = case.text("name")
    title = case.text("title").strip() or name.replace("-", " ").replace("_", " ")
    sizes = dict(case.get("sizes") or {})
    return Case(name, title, case.get("public") is True, MappingProxyType(sizes), MappingProxyType(draws))


def _draw(own: dict[str, Any], shape: tuple[str | int, ...], default: dict[str, Any] | None = None) -> Draw:
    """Make a draw; one without a source takes everything that it does not name from the default."""
    has_source = any(source in own for source in SOURCES)
    said = {"shape": shape, **({} if has_source or default is None else default), **own}
    kept = {name: _frozen(value) for name, value in said.items()}
    for number in ("normal", "shift"):
        if number in kept:
            kept[number] = float(kept[number])
    if "form" in kept:
        kept["form"] = Form(kept["form"])
    return Draw(**kept)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def _remark(remark: View) -> Remark:
    return Remark(*(remark.text(key).strip() for key in ("name", "kind", "case", "says")))


def _accept(accept: View) -> Accept:
    return Accept(*(float(accept.get(key)) for key in ("at", "low", "high")))


def _gradient(gradient: View) -> Gradient:
    wanted = _names(gradient, "with_respect_to")
    return Gradient(gradient.text("of"), wanted, gradient.text("result"), gradient.text("upstream"))


def _follow_on(follow_on: View) -> FollowOn:
    return FollowOn(exact(follow_on.get("share")) / 100, _names(follow_on, "cases"))
