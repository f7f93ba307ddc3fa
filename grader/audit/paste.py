"""A case as YAML that can be pasted into the ``cases`` of a bank."""

from typing import Any

from grader.model.inputs import Form
from grader.model.question import Case, Draw

__all__ = ["case_yaml"]

PLAIN = Draw()


def case_yaml(case: Case) -> str:
    """Return the case as one entry of a list, in YAML's flow style."""
    parts = [f"name: {case.name}", f"title: '{case.title}'", f"public: {str(case.public).lower()}"]
    if case.sizes:
        parts.append(f"sizes: {_mapping(dict(case.sizes))}")
    if case.draws:
        parts.append(f"draws: {_mapping({name: _draw(draw) for name, draw in case.draws.items()})}")
    return f"- {{{', '.join(parts)}}}"


def _draw(draw: Draw) -> dict[str, Any]:
    """Return what a draw says beyond the defaults; its shape is the parameter's."""
    said: dict[str, Any] = {}
    for name in ("values", "normal", "uniform", "probe", "linspace"):
        if (value := getattr(draw, name)) is not None:
            said[name] = value
    for name in ("shift", "decimals", "dtype"):
        if (value := getattr(draw, name)) != getattr(PLAIN, name):
            said[name] = value
    return said if draw.form is Form.ARRAY else {**said, "form": draw.form.value}


def _mapping(values: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in values.items()) + "}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return str(value)
