"""Find the kinds of questions: every folder of this package, whose ``__init__`` has a ``KIND``."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import grader.kinds
from grader.kinds.kind import Kind

__all__ = ["kinds"]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, by name."""
    names = [module.name for module in iter_modules(grader.kinds.__path__) if module.ispkg]
    return tuple(import_module(f"grader.kinds.{name}").KIND for name in sorted(names))
