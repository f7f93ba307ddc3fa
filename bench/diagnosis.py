"""Measure what finding mistakes adds to each wrong function, and print the table that ``bench/README.md`` keeps.

python bench/diagnosis.py            # two minutes, most of it the first table of pairs

CPU milliseconds a wrong function, median and 90th percentile. `one` holds a single known mistake, `two` a pair,
which is looked for after no single one fits; `unknown` is an answer that nothing explains, so that everything is
tried and relations are looked for, too. All are answers that this process has not seen before; the same wrong
answer again costs what looking it up costs. `first` is the first wrong function of a process, with what is known
read from files; `prepared` is how long it takes to work that out, once for an assessment.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from machine import describe
from mistaken import Homework

from grader.diagnose.catalogue import combine
from grader.diagnose.match import Matcher
from grader.diagnose.relations import relations
from grader.model.mistake import Mistake
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion

Outcomes = Mapping[str, Outcome]


class Watch:
    """Times the diagnosis of one question."""

    def __init__(self, homework: Homework, question: CodeQuestion, cache: Path) -> None:
        self._homework, self._question, self._cache = homework, question, cache
        start = time.process_time()
        self._matcher = homework.matcher(question, cache)
        self._mistakes = self._matcher.known.mistakes
        self.prepared = time.process_time() - start

    def singles(self) -> list[float]:
        """Time every known mistake."""
        return self._each([self._answer((one,)) for one in self._mistakes])

    def pairs(self, most: int) -> list[float]:
        """Time pairs that are drawn at random and that one mistake alone does not explain."""
        pairs = [pair for pair in combinations(self._mistakes, 2) if combine(*pair)]
        random.Random(self._question.id).shuffle(pairs)
        answers: list[Outcomes] = []
        for pair in pairs:
            outcomes = self._answer(pair)
            found = self._matcher.match(outcomes)
            if found.made and all(len(made) == 2 for made in found.made):
                answers.append(outcomes)
            if len(answers) == most:
                break
        return self._each(answers)

    def unknown(self, most: int) -> list[float]:
        """Time answers that nothing explains: right ones with a disturbance of their own."""
        return self._each([self._disturbed(number) for number in range(most)])

    def first_pair(self) -> float:
        """Time the first answer that no single mistake explains, where nothing was prepared for it."""
        return self._timed(self._matcher, self._disturbed(-1))

    def first(self) -> float:
        """Time the first wrong function of another process: what is known is in files."""
        return self._timed(self._homework.matcher(self._question, self._cache), self._disturbed(-2))

    def _each(self, answers: Iterable[Outcomes]) -> list[float]:
        return [self._timed(self._matcher, outcomes) for outcomes in answers]

    def _timed(self, matcher: Matcher, outcomes: Outcomes) -> float:
        start = time.process_time()
        if not matcher.match(outcomes).made:
            relations(self._homework.topic(self._question), self._question, matcher.known.cases, outcomes)
        return time.process_time() - start

    def _answer(self, made: tuple[Mistake, ...]) -> Outcomes:
        return self._homework.outcomes(self._question, self._homework.mistaken(self._question, made))

    def _disturbed(self, number: int) -> Outcomes:
        right = self._homework.mistaken(self._question, ())
        single = len(self._question.results) == 1
        generator = np.random.default_rng(number + 10)

        def function(*arguments: Any) -> Any:
            given = right(*arguments)
            moved = [
                one * (1 + 0.1 * generator.standard_normal(np.shape(one)))
                for one in ([given] if single else given)
            ]
            return moved[0] if single else tuple(moved)

        return self._homework.outcomes(self._question, function)


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pairs", type=int, default=60, help="pairs for each question")
    asked = options.parse_args()
    print(
        f"{describe()}\n\n| question | known | one | two | unknown | first | prepared: one, two |\n|" + "---|" * 7
    )
    singles: list[float] = []
    pairs: list[float] = []
    with tempfile.TemporaryDirectory() as scratch:
        homework = Homework.load(Path(scratch))
        for question in homework.questions:
            watch = Watch(homework, question, Path(scratch))
            two = watch.first_pair()
            one, both, none = watch.singles(), watch.pairs(asked.pairs), watch.unknown(asked.pairs)
            singles += one
            pairs += both
            cells = [_cell(one), _cell(both), _cell(none), f"{watch.first() * 1e3:.0f}"]
            cells.append(f"{watch.prepared:.1f} s, {two:.1f} s")
            print(f"| `{question.function}` | {len(one)} | {' | '.join(cells)} |", flush=True)
    print(f"| **all** | {len(singles)} | **{_cell(singles)}** | **{_cell(pairs)}** | | | |")
    print("| to reach | | <= 2 | <= 20 | | | |")


def _cell(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    middle, high = np.percentile(seconds, [50, 90]) * 1e3
    return f"{middle:.2f}, {high:.2f}"


if __name__ == "__main__":
    sys.exit(main())
