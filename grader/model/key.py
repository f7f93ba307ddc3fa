"""The true answers. Nothing under ``grader.sandbox`` may import this module; import-linter holds it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Argument

__all__ = ["AnswerKey", "Expected", "KeyedCase"]


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """The true value of one result, closer than float64 can say: ``nearest + rest``.

    ``nearest`` is the correctly rounded float64 (nan and infinities included), ``rest`` what rounding left over
    (0 where it is not finite). ``low`` and ``high`` bound an interval of which any value is right; they equal
    ``nearest`` except where the question accepts several (relu'(0)).
    ``kappa`` is the condition number |x f'(x) / f(x)| of an elementwise function, None elsewhere.
    ``amplification`` is how much a change of every input by 1 eps moves this tensor, normwise, in eps.
    """

    nearest: NDArray[np.float64]
    rest: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    kappa: NDArray[np.float64] | None = None
    amplification: float = 1.0

    def is_free(self, got: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return where several values are right and ``got``, of the same shape, is one of them."""
        with np.errstate(invalid="ignore"):
            return (self.low < self.high) & (got >= self.low) & (got <= self.high)


@dataclass(frozen=True, slots=True, eq=False)
class KeyedCase:
    """A case with its drawn inputs and the true value of each result, in the order of ``question.results``."""

    name: str
    title: str
    public: bool
    arguments: tuple[Argument, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerKey:
    """The keyed cases of every question of an assessment, by question id and in the bank's order."""

    digest: str  # of the topics, the seed, the engine: whatever the values depend on
    cases: Mapping[str, tuple[KeyedCase, ...]]

    def case(self, question: str, name: str) -> KeyedCase:
        """Return one case of one question."""
        return next(case for case in self.cases[question] if case.name == name)
