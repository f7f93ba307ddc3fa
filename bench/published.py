"""Hold the known mistakes of the LSTM against test inputs in the manner of published tests, and against ours.

python bench/published.py            # prints the table of docs/mistakes-told-apart.md; a minute or two

    let through   gives what the right answer gives: the tests would pass it
    behaviours    how many different ones are left: mistakes within one cannot be told apart by these inputs

The inputs are made anew from what the published tests say that they are; nothing is read from them. Answers are
compared as each of those suites compares, and told apart by 1e-9 of the largest number.
"""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from mistaken import Homework, Returned, differ, returned
from numpy.typing import NDArray

from grader.diagnose.known import reaches
from grader.model.inputs import Argument
from grader.model.question import CodeQuestion

NEAR = 1e-9
WEAK = 0.01

Inputs = tuple[Argument, ...]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Tests:
    """Some inputs, what is looked at of the results, and how near is right."""

    name: str
    inputs: tuple[Inputs, ...]
    seen: tuple[int, ...]  # which results are compared
    near: float = NEAR

    def see(self, given: Sequence[Returned]) -> list[Returned]:
        """Return what these tests look at."""
        return [
            one if one and isinstance(one[0], str) else tuple(one[k] for k in self.seen if k < len(one))
            for one in given
        ]


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as scratch:
        homework = Homework.load(Path(scratch))
        for function, title in (("lstm_forward", "forward"), ("lstm_backward", "backward")):
            question = homework.question(function)
            print("\n".join(_table(homework, question, title)), end="\n\n")


def _table(homework: Homework, question: CodeQuestion, title: str) -> Iterable[str]:
    count = len(mistakes(homework, question))
    yield f"| inputs ({count} known mistakes, {title}) | let through | behaviours told apart |"
    yield "|---|---|---|"
    for tests in suites(homework, question):
        through, kinds = count_told(homework, question, tests)
        yield f"| {tests.name} | {through} | {kinds} |"


def count_told(homework: Homework, question: CodeQuestion, tests: Tests) -> tuple[int, int]:
    """Return how many mistakes some tests let through, and how many behaviours they tell apart."""
    wanted = tests.see(returned(homework.mistaken(question, ()), tests.inputs))
    gave = [
        tests.see(returned(homework.mistaken(question, (one,)), tests.inputs))
        for one in mistakes(homework, question)
    ]
    kinds: list[list[Returned]] = []
    for one in gave:
        if all(differ(one, other, NEAR) for other in kinds):
            kinds.append(one)
    return sum(not differ(one, wanted, tests.near) for one in gave), len(kinds)


def mistakes(homework: Homework, question: CodeQuestion) -> list[Any]:
    """Return those that change the question; of the gradient those of its own steps."""
    topic = homework.topic(question)
    below = frozenset[str]().union(*(reaches(topic, name) for name in question.depends))
    steps = reaches(topic, question.function) - (below if question.function == "lstm_backward" else frozenset())
    return [one for one in topic.mistakes if one.replaces in steps]


def suites(homework: Homework, question: CodeQuestion) -> list[Tests]:
    """Return the inputs to compare, the published ones first and all of ours last."""
    every = tuple(range(len(question.results)))
    backward = question.function == "lstm_backward"
    hidden = every if backward else (0,)
    ours = tuple(case.arguments for case in homework.cases(question))
    cases = {case.name: case.arguments for case in homework.cases(question)}
    node = (
        _made(question, 1, 3, 2, 3, _constant(0.1)),
        _made(question, 1, 3, 3, 4, _constant(0.1, bias=0.1)),
        _made(question, 1, 3, 2, 7, _constant(0.3)),
    )
    lines = (_made(question, 3, 2, 5, 4, _lines),) if not backward else (_made(question, 10, 2, 3, 6, _strong),)
    told = "gradient checks at random numbers" if backward else "evenly spaced numbers, as in CS231n"
    return [
        Tests("one constant for all weights, T = 1, states of 0, as in ONNX's node tests", node, hidden, 1e-3),
        Tests(
            "weights of 0.01 N(0, 1), T = 5, states and bias of 0", (_made(question, 5, 3, 4, 5, _weak),), hidden
        ),
        Tests(f"{told} (`c0` is 0)", lines, hidden, 1e-7),
        Tests("ours, the one case in which all sizes differ", (cases["all-differ"],), every),
        Tests("ours, that and the square one", (cases["all-differ"], cases["square"]), every),
        Tests(f"**ours, all {len(ours)} cases**", ours, every),
    ]


def _made(question: CodeQuestion, T: int, N: int, D: int, H: int, fill: Any) -> Inputs:
    shapes = {
        "dhs": (T, N, H),
        "xs": (T, N, D),
        "h0": (N, H),
        "c0": (N, H),
        "W": (D, 4 * H),
        "U": (H, 4 * H),
        "b": (4 * H,),
    }
    return tuple(Argument(one.name, fill(one.name, shapes[one.name])) for one in question.parameters)


def _constant(weight: float, *, bias: float = 0.0) -> Any:
    """Inputs that count 1, 2, 3, ...; all weights the same; states of zero; ones from the loss."""

    def fill(name: str, shape: tuple[int, ...]) -> Array:
        if name == "xs":
            return np.arange(1.0, np.prod(shape) + 1).reshape(shape)
        return np.full(shape, {"W": weight, "U": weight, "b": bias, "dhs": 1.0}.get(name, 0.0))

    return fill


def _weak(name: str, shape: tuple[int, ...]) -> Array:
    """Return what a network starts from: small weights, states and bias of zero."""
    if name in ("h0", "c0", "b"):
        return np.zeros(shape)
    scale = WEAK if name in ("W", "U") else 1.0
    return scale * np.random.default_rng(len(name) + sum(shape)).standard_normal(shape)


def _lines(name: str, shape: tuple[int, ...]) -> Array:
    """Return evenly spaced numbers between the ends that the course names; its forward pass starts at c = 0."""
    ends = {"xs": (-0.4, 0.6), "h0": (-0.4, 0.8), "W": (-0.2, 0.9), "U": (-0.3, 0.6), "b": (0.2, 0.7)}
    if name == "c0":
        return np.zeros(shape)
    numbers = np.linspace(*ends[name], num=int(np.prod(shape)))
    if name == "xs":  # there the batch comes first
        T, N, D = shape
        return numbers.reshape(N, T, D).swapaxes(0, 1).copy()
    return numbers.reshape(shape)


def _strong(name: str, shape: tuple[int, ...]) -> Array:
    """Return random numbers of size 1 for everything, but a cell state of zero."""
    if name == "c0":
        return np.zeros(shape)
    return np.random.default_rng(231 + sum(name.encode())).standard_normal(shape)


if __name__ == "__main__":
    sys.exit(main())
