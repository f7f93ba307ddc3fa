"""The findings of a whole submission: each mistake told once, where it is made, and referred to from elsewhere.

A function that is wrong only because it calls another wrong one shows the other's mistake. It is looked at after
the functions that it builds on, and told what was found there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice, product
from pathlib import Path

import numpy as np

from grader.diagnose.behaviour import behaviour_of
from grader.diagnose.below import all_below
from grader.diagnose.catalogue import combine
from grader.diagnose.known import coarse, reaches
from grader.diagnose.match import Finding, Matcher
from grader.diagnose.memory import Memory, identity
from grader.diagnose.pairs import Made
from grader.diagnose.relations import relations
from grader.model.grade import Misconception, QuestionGrade
from grader.model.key import KeyedCase
from grader.model.mistake import Mistake
from grader.model.outcome import Outcome, Status
from grader.model.question import Assessment, CodeQuestion

__all__ = ["Diagnoser"]

Outcomes = Mapping[str, Mapping[str, Outcome]]  # by question id, then by the case's name
MOST_ALTERNATIVES = 4  # that are handed up
MOST_WAYS = 64  # of putting the explanations of several functions together
NOT_LOOKED_AT = (Status.PASSED, Status.MISSING, Status.GRADER_ERROR, Status.UNANSWERED)


class Diagnoser:
    """Says of the wrong questions of a submission which known mistakes they show, or what else is true of them."""

    def __init__(
        self, assessment: Assessment, cases: Mapping[str, tuple[KeyedCase, ...]], digest: str, cache: Path | None
    ) -> None:
        self._questions = {item.question.id: item.question for item in assessment.items}
        self._by_function = {(one.module, one.function): one.id for one in self._questions.values()}
        self._matchers = {
            one.id: Matcher(assessment.topic_of(one), one, cases[one.id], digest, cache)
            for one in self._questions.values()
        }
        self._topics = {one.id: assessment.topic_of(one) for one in self._questions.values()}
        self._cases = cases
        self._ordinary = {name: coarse(question, cases[name]) for name, question in self._questions.items()}
        self._owned: dict[str, dict[str, str]] = {}
        self._found, self._else_true, self._behaviours = Memory(), Memory(), Memory()

    @np.errstate(all="ignore")  # numbers that students chose overflow; no warning of ours may come of it
    def explain(
        self, grades: tuple[QuestionGrade, ...], outcomes: Outcomes, explained: Collection[str] = ()
    ) -> tuple[QuestionGrade, ...]:
        """Return the grades with what was found; of questions that are ``explained`` already, nothing more."""
        findings = self.find(grades, outcomes)
        return tuple(
            self._tell(grade, findings, outcomes) if grade.id in findings and grade.id not in explained else grade
            for grade in grades
        )

    def find(self, grades: tuple[QuestionGrade, ...], outcomes: Outcomes) -> dict[str, Finding]:
        """Return what the wrong questions were found to be; first what shares most with the functions below."""
        wrong = {grade.id for grade in grades if grade.id in self._matchers and grade.status not in NOT_LOOKED_AT}
        answers = {name: _answer(name, outcomes) for name in wrong}
        findings: dict[str, Finding] = {}
        for name in wrong:
            self._find(name, answers, findings)
        return {name: self._rooted(name, finding, findings) for name, finding in findings.items()}

    def roots(self, name: str, findings: Mapping[str, Finding]) -> tuple[str, ...]:
        """Return the functions in which the mistakes that a question shows are made."""
        at, made = self._at(name, findings), findings[name].made[:1]
        return tuple(
            dict.fromkeys(self._questions[at.get(one.id, name)].function for each in made for one in each)
        )

    def _rooted(self, name: str, finding: Finding, findings: Mapping[str, Finding]) -> Finding:
        """Put first what shares most mistakes with the functions below, and of these what is told first there."""
        at = self._at(name, findings)
        first = {one.id for below in at.values() for one in findings[below].made[0]}
        ordered = sorted(
            finding.made,
            key=lambda made: (-sum(one.id in at for one in made), -sum(one.id in first for one in made)),
        )
        return replace(finding, made=tuple(ordered))

    def _find(self, name: str, answers: Mapping[str, "_Answer"], findings: dict[str, Finding]) -> Finding:
        """Match a question after those that it builds on."""
        if name not in findings:
            findings[name] = Finding()  # in case functions are said to build on each other
            below = [self._find(one, answers, findings) for one in self._depends(name) if one in answers]
            made, answer, is_alone = _together(below), answers[name], not below
            key = (*answer.key, is_alone, *(tuple(one.id for one in each) for each in made))
            findings[name] = self._found.once(
                key, lambda: self._matchers[name].match(answer.outcomes, made, is_alone=is_alone)
            )
        return findings[name]

    def _depends(self, name: str) -> list[str]:
        question = self._questions[name]
        ids = [self._by_function.get((question.module, function)) for function in question.depends]
        return [one for one in ids if one is not None]

    def _at(self, name: str, findings: Mapping[str, Finding]) -> dict[str, str]:
        """Return in which of the questions that one builds on each mistake was found, the deepest of them."""
        below = [one for one in all_below(name, self._depends) if one in findings]
        return {known: one for one in reversed(below) for known in findings[one].ids}

    def _tell(self, grade: QuestionGrade, findings: Mapping[str, Finding], outcomes: Outcomes) -> QuestionGrade:
        question, finding = self._questions[grade.id], findings[grade.id]
        if not finding.made:
            return self._unexplained(grade, _answer(grade.id, outcomes))
        at, best = self._at(grade.id, findings), finding.made[0]
        roots = list(dict.fromkeys(self._questions[at[one.id]].function for one in best if one.id in at))
        new = tuple(one for one in best if one.id not in at)
        feedback = grade.feedback if not roots else (*grade.feedback, _referred(question, roots, new, finding))
        told = _misconceptions(finding, best, new, self._owners(grade.id))
        return replace(grade, misconceptions=told, feedback=feedback)

    def _owners(self, name: str) -> Mapping[str, str]:
        """Return where a mistake in a step belongs, for each step of the functions that a question builds on."""
        question, topic = self._questions[name], self._topics[name]
        if name not in self._owned:
            depends = {one.function: one.depends for one in topic.questions}
            owned = self._owned[name] = {}
            for function in all_below(question.function, lambda one: depends.get(one, ())):
                words = f"In what `{question.function}` uses for `{function}`: "
                owned.update((step, words) for step in reaches(topic, function) if step not in owned)
        return self._owned[name]

    def _unexplained(self, grade: QuestionGrade, answer: "_Answer") -> QuestionGrade:
        """Say what else is true of an answer, and sum it up, so that others who answer the same are found."""
        question, topic, cases = self._questions[grade.id], self._topics[grade.id], self._cases[grade.id]
        said = self._else_true.once(
            answer.key, lambda: relations(topic, question, self._ordinary[grade.id], answer.outcomes)
        )
        failed = tuple(one.name for one in grade.checks if not (one.is_passed or one.skipped))
        behaviour = self._behaviours.once(
            (*answer.key, failed), lambda: behaviour_of(question, cases, answer.outcomes, failed)
        )
        return replace(grade, feedback=(*grade.feedback, *said), behaviour=behaviour)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back for one question, and what it is remembered by."""

    outcomes: Mapping[str, Outcome]
    key: tuple[str, bytes]


def _answer(name: str, outcomes: Outcomes) -> _Answer:
    return _Answer(outcomes[name], (name, identity(outcomes[name])))


def _together(findings: list[Finding]) -> list[Made]:
    """Return what may be wrong in all of some functions, the explanations of the fewest mistakes first.

    What nothing tells apart in one function may be told apart in the next, so all of it is handed up.
    """
    found = [finding.made for finding in findings if finding.made]
    ways = {_merged(way): None for way in islice(product(*found), MOST_WAYS)} if found else {}
    return sorted(ways, key=len)[:MOST_ALTERNATIVES]


def _merged(way: Iterable[Made]) -> Made:
    """Return the mistakes of several functions as one explanation, with one for each step."""
    made: list[Mistake] = []
    for one in chain.from_iterable(way):
        if all(combine(one, other) for other in made):
            made.append(one)
    return tuple(made)


def _referred(question: CodeQuestion, roots: list[str], new: Made, finding: Finding) -> str:
    names = " and ".join(f"`{name}`" for name in roots)
    if new:
        return f"The mistake in {names} shows here too; the one named here comes on top of it."
    just = "to single precision in the way" if finding.is_rough else "in just the way"
    return (
        f"`{question.function}` is wrong {just} that comes from the mistake in {names}, and shows no "
        f"other: mend {names} first."
    )


def _misconceptions(
    finding: Finding, best: Made, new: Made, owners: Mapping[str, str]
) -> tuple[Misconception, ...]:
    """Return the mistakes to tell: those of the best explanation, then those that nothing tells from them.

    ``owners`` are the words with which a mistake in a step of another function begins.
    """
    told: dict[str, Misconception] = {}
    for one in new:
        others = [f"`{other.id}`" for other in best if other is not one]
        beside = f"together with {' and '.join(others)}: " if others else ""
        told[one.id] = _misconception(one, owners, beside + finding.evidence)
    if not new:
        return ()
    rest = {one.id for one in best} - {one.id for one in new}
    for made in finding.made:
        others = [one for one in made if one.id not in rest]
        if made is best or not rest <= {one.id for one in made}:
            continue
        for one in others:
            if one.id not in told:
                same = f"gives the same as `{new[0].id}` on every input"
                told[one.id] = _misconception(one, owners, same, new[0].id)
    return tuple(told.values())


def _misconception(one: Mistake, owners: Mapping[str, str], evidence: str, alike: str = "") -> Misconception:
    """Return a mistake as it is told; each of its texts is read by itself, and says which function it is about."""
    begin = owners.get(one.replaces, "")
    return Misconception(
        one.id, begin + one.says, evidence, begin + one.think, begin + one.look, begin + one.fix, alike
    )
