"""Make every pair of known mistakes, let the grader say what it is, and print how often it is right.

python bench/pairs.py                            # all pairs of all questions: half an hour
python bench/pairs.py lstm_forward --sample 500  # of one question, some

What counts, for each pair:

    exact     the pair is told (perhaps beside others that give the same)
    class     it is not named, and what is told gives the same on fresh inputs, too: one mistake that covers the
              other, or another pair
    part      some inputs fail, and what is told gives the same on those that return; the evidence says so
    right     the two undo each other: the answers are right, and nothing is told
    silent    wrong, and nothing is told
    raises    no case returns anything: there are no numbers to go by, and nothing is told
    same here what is told gives the same on the cases of the question, and not on fresh inputs
    false     what is told gives something else on the cases of the question
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

from mistaken import Homework, Returned, differ, returned

from grader.diagnose.catalogue import combine
from grader.diagnose.known import reaches
from grader.diagnose.match import Finding
from grader.diagnose.memory import identity
from grader.diagnose.pairs import Made
from grader.diagnose.tell import _Answer as Answer
from grader.model.mistake import Mistake
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion

KINDS = ("exact", "class", "part", "right", "silent", "raises", "same here", "false")
SEED = "other inputs than those of the homework"


@dataclass(frozen=True)
class Told:
    """What was said of a pair."""

    kind: str
    pair: tuple[str, str]
    said: tuple[tuple[str, ...], ...]


class Pairs:
    """The pairs of one question: of its own mistakes and those below it, or of its own alone."""

    def __init__(self, homework: Homework, question: CodeQuestion) -> None:
        self._homework, self._question = homework, question
        self._fresh = homework.fresh(question, SEED)
        self._here = tuple(case.arguments for case in homework.cases(question))
        self._lower: dict[str, Mapping[str, Finding]] = {}
        self._seen: dict[tuple[str, ...], tuple[list[Returned], list[Returned]]] = {}

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """All that change the question."""
        inputs = (*self._here, *self._fresh)
        right = returned(self._homework.mistaken(self._question, ()), inputs)
        steps = reaches(self._homework.topic(self._question), self._question.function)
        return tuple(
            one
            for one in self._homework.topic(self._question).mistakes
            if one.replaces in steps
            and differ(returned(self._homework.mistaken(self._question, (one,)), inputs), right)
        )

    @cached_property
    def below(self) -> frozenset[str]:
        """The steps of the functions that this one builds on."""
        topic = self._homework.topic(self._question)
        return frozenset[str]().union(*(reaches(topic, name) for name in self._question.depends))

    def of(self, own: int) -> list[tuple[Mistake, Mistake]]:
        """Return the pairs of which so many are the function's own."""
        every = [pair for pair in combinations(self.mistakes, 2) if combine(*pair)]
        return [pair for pair in every if sum(one.replaces not in self.below for one in pair) == own]

    def told(self, pair: tuple[Mistake, Mistake], *, alone: bool) -> Told:
        """Say what is told of a pair; ``alone`` without what is found in the functions below."""
        behaves = self._behaviour(pair)
        function = self._homework.mistaken(self._question, pair)
        outcomes = self._homework.outcomes(self._question, function, self._homework.cases(self._question))
        made = self._find(pair, outcomes, alone=alone).made
        ids = (pair[0].id, pair[1].id)
        said = tuple(tuple(one.id for one in some) for some in made)
        return Told(self._kind(pair, behaves, made, outcomes), ids, said)

    def _kind(
        self,
        pair: Made,
        behaves: tuple[list[Returned], list[Returned]],
        made: Sequence[Made],
        outcomes: Mapping[str, Outcome],
    ) -> str:
        if not made:
            right = self._behaviour(())
            if not differ(behaves[0], right[0]):
                return "right" if not differ(behaves[1], right[1]) else "same here"
            return "raises" if all(one.status is Status.ERROR for one in outcomes.values()) else "silent"
        others = [some for some in made if {one.id for one in some} != {one.id for one in pair}]
        kind = "exact" if len(others) < len(made) else "class"
        if not any(differ(self._behaviour(some)[0], behaves[0]) for some in others):
            fresh = any(differ(self._behaviour(some)[1], behaves[1]) for some in others)
            return "same here" if fresh else kind
        returns = [one for one in behaves[0] if _returns(one)]
        for some in others:
            gives = [one for one, real in zip(self._behaviour(some)[0], behaves[0], strict=True) if _returns(real)]
            if differ(gives, returns):
                return "false"
        return "part"

    def _behaviour(self, made: Made) -> tuple[list[Returned], list[Returned]]:
        """Return what the function gives on the cases of the question, and on fresh inputs."""
        ids = tuple(one.id for one in made)
        if ids not in self._seen:
            function = self._homework.mistaken(self._question, made)
            both = returned(function, self._here), returned(function, self._fresh)
            if len(made) > 1:
                return both
            self._seen[ids] = both
        return self._seen[ids]

    def _find(self, pair: Made, outcomes: Mapping[str, Outcome], *, alone: bool) -> Finding:
        """Let the diagnosis look at the question, after the functions below where it is not alone."""
        lower = [one for one in pair if one.replaces in self.below]
        findings = {} if alone else dict(self._found_below(lower))
        answers = {name: Answer(outcomes, (name, b"")) for name in findings}
        answers[self._question.id] = Answer(outcomes, (self._question.id, identity(outcomes)))
        return self._homework.diagnoser._find(self._question.id, answers, findings)  # noqa: SLF001  without grades

    def _found_below(self, lower: Sequence[Mistake]) -> Mapping[str, Finding]:
        """Return what is found in the functions below, which the question's own mistakes do not change."""
        name = " ".join(one.id for one in lower)
        if name not in self._lower:
            topic = self._homework.topic(self._question)
            questions = [one for one in self._homework.questions if one.module == self._question.module]
            questions = [one for one in questions if one.function in reaches(topic, self._question.function)]
            questions = [one for one in questions if one is not self._question]
            outcomes = {
                one.id: self._homework.outcomes(one, self._homework.mistaken(one, lower)) for one in questions
            }
            wrong = {
                one.id
                for one in questions
                if differ(
                    returned(self._homework.mistaken(one, lower), self._homework.fresh(one, SEED)),
                    returned(self._homework.mistaken(one, ()), self._homework.fresh(one, SEED)),
                )
            }
            answers = {one: Answer(outcomes[one], (one, identity(outcomes[one]))) for one in wrong}
            found: dict[str, Finding] = {}
            for one in wrong:
                self._homework.diagnoser._find(one, answers, found)  # noqa: SLF001
            self._lower[name] = found
        return self._lower[name]


def _returns(given: Returned) -> bool:
    return bool(given) and not isinstance(given[0], str)


def rows(
    homework: Homework, only: Sequence[str]
) -> Iterator[tuple[str, Pairs, list[tuple[Mistake, Mistake]], bool]]:
    """Name what is measured: title, pairs, and whether the function stands alone."""
    for question in homework.questions:
        if only and question.function not in only:
            continue
        pairs = Pairs(homework, question)
        if question.function == "lstm_backward":
            yield "lstm_backward, both its own", pairs, pairs.of(2), True
            yield "lstm_backward, one of them below", pairs, pairs.of(1), False
        else:
            yield question.function, pairs, [*pairs.of(2), *pairs.of(1), *pairs.of(0)], True


def measure(pairs: Pairs, chosen: Iterable[tuple[Mistake, Mistake]], *, alone: bool) -> list[Told]:
    """Let every pair be told."""
    return [pairs.told(pair, alone=alone) for pair in chosen]


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("functions", nargs="*", help="only these questions")
    options.add_argument("--sample", type=int, default=0, help="so many pairs of each, drawn at random")
    options.add_argument("--cache", type=Path, help="a folder to keep what is worked out in")
    options.add_argument("--list", type=Path, help="write what is told of each to this file")
    asked = options.parse_args()
    print("| pairs of | all | " + " | ".join(KINDS) + " | exact or class |")
    print("|---|" + "---|" * (len(KINDS) + 2), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        homework = Homework.load(asked.cache or Path(scratch))
        for title, pairs, every, alone in rows(homework, asked.functions):
            chosen = every
            if asked.sample and asked.sample < len(every):
                chosen = random.Random(title).sample(every, asked.sample)
            told = measure(pairs, chosen, alone=alone)
            count = Counter(one.kind for one in told)
            good = (count["exact"] + count["class"] + count["right"]) / len(told)
            cells = [f"{count[kind]:,}" for kind in KINDS]
            print(f"| {title} | {len(told):,} | {' | '.join(cells)} | {good:.1%} |", flush=True)
            if asked.list:
                with asked.list.open("a", encoding="utf-8") as stream:
                    for one in told:
                        stream.write(f"{title}\t{one.kind}\t{' + '.join(one.pair)}\t{one.said}\n")


if __name__ == "__main__":
    sys.exit(main())
