"""A topic's reference with some of its steps replaced by known mistakes, and everything that calls them following.

A step is looked up by name when it is used. So a reference with another step is the same functions over other
globals: each module of the topic gets a copy of its names, the replaced ones exchanged. A mistake sees the names
of the reference, and the helpers of its own file.
"""

from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any

from grader.model.mistake import Mistake

__all__ = ["combine", "with_mistakes"]

Function = Callable[..., Any]
Names = dict[str, Any]


def combine(first: Mistake, second: Mistake) -> bool:
    """Whether two mistakes can be made at once: they replace different steps."""
    return first.replaces != second.replaces


def with_mistakes(reference: Mapping[str, Function], mistakes: Iterable[Mistake], function: str) -> Function:
    """Return a function of the reference as it is where these mistakes are made."""
    return _Rebuilt(reference, tuple(mistakes)).function(function)


class _Rebuilt:
    """The functions of a reference over globals of their own."""

    def __init__(self, reference: Mapping[str, Function], mistakes: tuple[Mistake, ...]) -> None:
        self._reference = reference
        self._family = {one.__module__ for one in reference.values() if isinstance(one, FunctionType)}
        self._spaces: dict[int, Names] = {}
        self._steps: Names = {}
        for one in mistakes:
            self._steps[one.replaces] = self._mistaken(one)
        for names in self._spaces.values():
            names.update((name, step) for name, step in self._steps.items() if name in names)

    def function(self, name: str) -> Function:
        """Return one function, with everything that it calls."""
        return self._steps.get(name) or self._again(self._reference[name])

    def _again(self, one: Any) -> Any:
        """Return a function of the reference over the new globals; anything else as it is."""
        if not isinstance(one, FunctionType) or one.__module__ not in self._family:
            return one
        return _over(one, self._space(one))

    def _space(self, one: FunctionType) -> Names:
        """Return the new globals for a module, in which each of the topic's functions is made anew."""
        old = one.__globals__
        if id(old) not in self._spaces:
            names = self._spaces[id(old)] = dict(old)
            for name, value in old.items():
                names[name] = self._again(value)
            names.update((name, step) for name, step in self._steps.items() if name in names)
        return self._spaces[id(old)]

    def _mistaken(self, mistake: Mistake) -> Function:
        """Return a mistake that sees the reference, as replaced, and the helpers of its own file."""
        by = mistake.by
        if not isinstance(by, FunctionType):
            return by
        step = self._reference[mistake.replaces]
        base = self._space(step) if isinstance(step, FunctionType) else {}
        own = {name: value for name, value in by.__globals__.items() if not isinstance(value, Mistake)}
        names: Names = {**base, **own}
        for name, value in own.items():
            if isinstance(value, FunctionType) and value.__globals__ is by.__globals__:
                names[name] = _over(value, names)
        self._spaces[id(names)] = names  # so that the other replaced steps reach it, too
        return _over(by, names)


def _over(one: FunctionType, names: Names) -> FunctionType:
    """Return a function over other globals."""
    again = FunctionType(one.__code__, names, one.__name__, one.__defaults__, one.__closure__)
    again.__kwdefaults__ = one.__kwdefaults__
    return again
