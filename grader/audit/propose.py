"""Propose a case that tells apart what a bank's own cases do not, proven before it is proposed.

A trial is accepted when, with the seed of the assessment and with two others,

- the case is fit for grading by all that `grader validate` asks of one, and
- with it in the bank a check tells the mistake from the right answer, or the two mistakes give different numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.assessment.cases import draw
from grader.assessment.truth import key_case
from grader.audit.apart import differ
from grader.audit.calls import outcomes_of
from grader.audit.kill import LOADED
from grader.audit.paste import case_yaml
from grader.audit.trials import trials
from grader.bank.prove import prove
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import one_row, settled
from grader.diagnose.signature import evaluate
from grader.errors import GraderError, Place
from grader.judge.verdict import decide
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Status
from grader.model.question import Case, Check, CodeQuestion, RuleKind, Topic

__all__ = ["Proposal", "Proposer"]

APART = 1e-6  # normwise: far beyond what rounding does, and what diagnosis calls the same
COARSE = (RuleKind.ABSOLUTE, RuleKind.NORMWISE)

Function = Callable[..., Any]
Tells = Callable[[CodeQuestion, KeyedCase], bool]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case to paste into a question, and the checks whose ``cases`` must name it, too."""

    question: str
    case: Case
    checks: tuple[str, ...]
    place: Place  # of the question's cases

    def yaml(self) -> str:
        """Return the case as an entry of the question's ``cases``."""
        return case_yaml(self.case)

    def words(self) -> str:
        """Say what to do with it."""
        named = " and ".join(f"`{name}`" for name in self.checks)
        more = f", and name it in the `cases` of the check {named}" if named else ""
        return f"Add this to the `cases` of {self.question} ({self.place}){more}:\n    {self.yaml()}"

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as JSON has it."""
        return {
            "question": self.question,
            "case": self.yaml(),
            "checks": list(self.checks),
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
        }


class Proposer:
    """Looks for cases for one question; what was found for one problem is tried first on the next."""

    def __init__(
        self, topic: Topic, question: CodeQuestion, listed: frozenset[str], place: Place, seed: str
    ) -> None:
        """Take the names of the checks that list their cases, and where the question's cases stand in its bank."""
        self._topic, self._question, self._listed, self._place = topic, question, listed, place
        self._seeds = (seed, f"{seed} again", f"{seed} once more")
        self._found: list[Proposal] = []

    def for_slip(self, mistake: Mistake) -> Proposal | None:
        """Return a case on which some check tells a mistake from the right answer; None where none was found."""
        wrong = self._function(mistake)

        def fails(question: CodeQuestion, keyed: KeyedCase) -> bool:
            outcomes = outcomes_of(wrong, question, [keyed])
            return any(one.status is not Status.PASSED for one in decide(question, (keyed,), LOADED, outcomes))

        right = self._topic.reference[self._question.function]
        return self._search((wrong, right), fails, [one for one in self._question.checks if one.rule is not None])

    def for_pair(self, one: Mistake, other: Mistake) -> Proposal | None:
        """Return a case on which two mistakes give different results; None where none was found."""
        functions = self._function(one), self._function(other)
        coarse = [check for check in self._question.checks if check.rule and check.rule.kind in COARSE]

        def are_apart(question: CodeQuestion, keyed: KeyedCase) -> bool:
            first, second = (
                settled(evaluate(function, [keyed], len(question.results)), [keyed]) for function in functions
            )
            if first.words != second.words:
                return True
            return one_row(first, is_elementwise=question.elementwise).gap(second.numbers) > APART

        return self._search(functions, are_apart, coarse[:1])

    def _function(self, mistake: Mistake) -> Function:
        return with_mistakes(self._topic.reference, [mistake], self._question.function)

    def _search(
        self, functions: tuple[Function, Function], tells: Tells, checks: Sequence[Check]
    ) -> Proposal | None:
        """Return the first case that is fit and tells, whatever the seed. ``functions`` must differ on it."""
        found = tuple(one.case for one in self._found)
        for case in (*found, *trials(replace(self._question, cases=(*self._question.cases, *found)))):
            if not self._differ(functions, case):
                continue
            for check in checks:
                alone = self._alone(case, check)
                if all(self._tells(alone, seed, tells) for seed in self._seeds) and self._is_fit(alone):
                    named = (check.name,) if check.name in self._listed else ()
                    proposal = Proposal(self._question.id, case, named, self._place)
                    if case not in found:
                        self._found.append(proposal)
                    return proposal
        return None

    def _differ(self, functions: tuple[Function, Function], case: Case) -> bool:
        try:
            return differ(self._question, *functions, draw(self._question, case, self._seeds[0]))
        except GraderError:  # it cannot be drawn
            return False

    def _alone(self, case: Case, check: Check) -> CodeQuestion:
        """Return the question with nothing but one case, and the check that is to look at it."""
        needs = "any" if check.needs == "any" else ""
        return replace(
            self._question, cases=(case,), checks=(replace(check, cases=(case.name,), needs=needs),), remarks=()
        )

    def _tells(self, alone: CodeQuestion, seed: str, tells: Tells) -> bool:
        try:
            return tells(alone, key_case(self._topic, alone, alone.cases[0], seed))
        except GraderError:  # it cannot be drawn, or has no value that can be proven
            return False

    def _is_fit(self, alone: CodeQuestion) -> bool:
        return not any(prove(self._topic, alone, seed).flaws for seed in self._seeds)
