"""Lay the limits that somebody wrote over those that hold otherwise."""

from dataclasses import replace

from grader.kinds.view import View
from grader.model.inputs import Limits

__all__ = ["laid_over"]


def laid_over(default: Limits, written: View) -> Limits:
    """Return the limits with what was written in place of the defaults."""
    said = {name: written.get(name) for name in Limits.__dataclass_fields__ if written.has(name)}
    return replace(default, **said)
