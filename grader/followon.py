"""Credit for what follows rightly from a student's own wrong function, where the bank declares it (``follow_on``).

A gradient that fails is looked at again where the function that it derives was found to hold known mistakes:

    1. the mistaken function is derived, on the trusted side (``diagnose.own``), and what the student's gradient
       gave is judged by the question's own checks against that. Nothing is run for this
    2. where a check holds now: no gradient of the mistaken function may be zero throughout
    3. the student's own function is called once more, at these inputs and a little beside them: it must have the
       values of the mistaken one, and the slopes of its gradient. This run is kept like every other
    4. such checks earn the declared share of their points, and lift the question to that share of its own at most

The first step cannot be deceived by what code returns, the third by what was matched on a few inputs only.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.diagnose.match import Finding
from grader.diagnose.own import Own, own_calls, own_gradient
from grader.diagnose.pairs import Made
from grader.judge.score import judge_question
from grader.judge.verdict import decide
from grader.model.grade import CheckGrade, QuestionGrade
from grader.model.inputs import Call
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Status
from grader.model.question import Assessment, Check, Gradient, Item, Topic
from grader.records import QuestionRun

__all__ = ["Credited", "FollowOnCredit", "run_name"]

NOT_LOOKED_AT = (Status.PASSED, Status.GRADER_ERROR, Status.MISSING)
MOST_REMEMBERED = 256
WORD = re.compile(r"[A-Z][a-z]+\b")

Ask = Callable[[Item], QuestionRun]


def run_name(question: str) -> str:
    """Return the name under which the calls of a student's own function are kept, beside those of the question."""
    return f"{question} follow-on"


@dataclass(frozen=True, slots=True, eq=False)
class _Followed:
    """A question that declares follow-on credit."""

    item: Item
    topic: Topic
    gradient: Gradient
    share: Fraction
    function: str  # the id of the question that asks for the function which is derived
    cases: tuple[KeyedCase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Credited:
    """The grades with what is credited, and the runs that had to be made for it."""

    grades: tuple[QuestionGrade, ...]
    runs: Mapping[str, QuestionRun]
    consistent: frozenset[str]  # questions whose results are all right, for the student's own function or in truth


class FollowOnCredit:
    """Gives follow-on credit on the questions of an assessment that declare it."""

    def __init__(self, assessment: Assessment, cases: Mapping[str, tuple[KeyedCase, ...]]) -> None:
        self._followed = {one.item.question.id: one for one in _declared(assessment, cases)}
        self._derived: dict[tuple[str, ...], Own | None] = {}
        self.calls: dict[str, tuple[Call, ...]] = {
            name: own_calls(one.topic, one.gradient, one.cases) for name, one in self._followed.items()
        }

    def is_possible(self, grades: Sequence[QuestionGrade]) -> bool:
        """Whether both a gradient and the function that it derives are wrong."""
        return any(_may_follow(grades, one) for one in self._followed.values())

    def give(
        self,
        grades: tuple[QuestionGrade, ...],
        runs: Mapping[str, QuestionRun],
        findings: Mapping[str, Finding],
        ask: Ask,
    ) -> Credited:
        """Credit what follows from wrong functions; ``ask`` makes a run that is not there yet.

        ``runs`` are by question id, and by ``run_name`` those that were made before.
        """
        made: dict[str, QuestionRun] = {}

        def own_run(item: Item) -> QuestionRun:
            name = run_name(item.question.id)
            if name not in runs:
                made[name] = ask(item)
            return runs[name] if name in runs else made[name]

        def followed(grade: QuestionGrade) -> QuestionGrade:
            one = self._followed.get(grade.id)
            finding = findings.get(one.function) if one else None
            if one is None or finding is None or not finding.made or finding.is_right:
                return grade
            return self._follow(one, grade, finding.made[0], runs[grade.id], own_run)

        new = tuple(grade if grade.status in NOT_LOOKED_AT else followed(grade) for grade in grades)
        return Credited(new, made, frozenset(grade.id for grade in new if self._is_consistent(grade)))

    def failed(self, grades: Sequence[QuestionGrade], why: str) -> tuple[QuestionGrade, ...]:
        """Return the grades where this could not be looked at: a fault of ours, so nobody's points are final."""
        ours = Loaded(Status.GRADER_ERROR, detail=why)
        lost = {name for name, one in self._followed.items() if _may_follow(grades, one)}
        return tuple(
            judge_question(self._followed[grade.id].item, (), ours, {}) if grade.id in lost else grade
            for grade in grades
        )

    def _is_consistent(self, grade: QuestionGrade) -> bool:
        one = self._followed.get(grade.id)
        compared = {check.name for check in one.item.question.checks if check.rule} if one else set[str]()
        earned = {check.name for check in grade.checks if check.score}
        return bool(compared) and compared <= earned

    def _follow(
        self, one: _Followed, grade: QuestionGrade, made: Made, run: QuestionRun, own_run: Ask
    ) -> QuestionGrade:
        """Follow a wrong gradient up, where the function that it derives has known mistakes."""
        own = self._own(one, made)
        held = [] if own is None else _held(one, grade, own, run)
        if own is None or not held:
            return grade
        if own.zero:
            return _told(grade, _zero_words(one.gradient, own))
        asked = own_run(one.item)
        if ours := _our_fault(asked):
            return judge_question(one.item, (), ours, {})
        if not own.is_its_own(one.gradient, asked.outcomes):
            words = f"called again, `{one.gradient.of}` did not give what it had given before"
            return _told(grade, f"No follow-on credit: {words}.")
        return _credited(one, grade, held, made)

    def _own(self, one: _Followed, made: Made) -> Own | None:
        name = (one.item.question.id, *(mistake.id for mistake in made))
        if name not in self._derived:
            if len(self._derived) >= MOST_REMEMBERED:
                self._derived.clear()
            self._derived[name] = own_gradient(one.topic, one.gradient, made, one.cases)
        return self._derived[name]


def _declared(assessment: Assessment, cases: Mapping[str, tuple[KeyedCase, ...]]) -> list[_Followed]:
    """Return what can be followed up: the function is asked for as well, and some of the cases are there."""
    asked = {(item.question.module, item.question.function): item.question.id for item in assessment.items}
    found: list[_Followed] = []
    for item in assessment.items:
        question = item.question
        if question.follow_on is None or question.gradient is None:
            continue
        function = asked.get((question.module, question.gradient.of))
        chosen = tuple(case for case in cases[question.id] if case.name in question.follow_on.cases)
        if function and chosen:
            topic = assessment.topic_of(question)
            found.append(_Followed(item, topic, question.gradient, question.follow_on.share, function, chosen))
    return found


def _may_follow(grades: Sequence[QuestionGrade], one: _Followed) -> bool:
    wrong = {grade.id for grade in grades if grade.status not in NOT_LOOKED_AT}
    return {one.item.question.id, one.function} <= wrong


def _held(one: _Followed, grade: QuestionGrade, own: Own, run: QuestionRun) -> list[Check]:
    """Return the checks that fail, and hold for the student's own function.

    None of them counts where none compares anything but zeros.
    """
    failed = {check.name for check in grade.checks if not check.is_passed}
    verdicts = decide(one.item.question, own.cases, run.loaded, run.outcomes)
    held = [two.check for two in verdicts if two.status is Status.PASSED and two.check.name in failed]
    zeros = {one.item.question.results[place] for place in own.zero}
    return held if any(check.rule and check.result not in zeros for check in held) else []


def _our_fault(run: QuestionRun) -> Loaded | None:
    """Return what the grader itself failed at, if it did."""
    lost = [one.detail for one in run.outcomes.values() if one.status is Status.GRADER_ERROR]
    if run.loaded.status is Status.GRADER_ERROR:
        return run.loaded
    return Loaded(Status.GRADER_ERROR, detail=lost[0]) if lost else None


def _credited(one: _Followed, grade: QuestionGrade, held: Sequence[Check], made: Made) -> QuestionGrade:
    """Return the grade with the share of the checks that held; together they lift the question to it at most."""
    names = {check.name for check in held}
    room = one.share * grade.max_score - grade.score
    asked = one.share * sum((check.max_score for check in grade.checks if check.name in names), Fraction(0))
    if room <= 0 or asked <= 0:
        return grade
    part = one.share * min(Fraction(1), room / asked)
    compared = [check.name for check in held if check.rule]
    checks = tuple(
        _credit(check, one.gradient.of, part, compares=check.name in compared) if check.name in names else check
        for check in grade.checks
    )
    are, their = ("is", "its") if len(compared) == 1 else ("are", "their")
    right = f"{_listed([f'`{name}`' for name in compared])} {are} right for your own `{one.gradient.of}`"
    earns = f"That earns {_portion(one.share)} of {their} points."
    if part < one.share:
        earns = f"That brings this question to {_portion(one.share)} of its points, and no further."
    words = f"Follow-on credit: {right}, in which {_listed([_clause(two.says) for two in made])}. {earns}"
    score = sum((check.score for check in checks), Fraction(0))
    return _told(replace(grade, score=score, status=Status.PARTIAL, checks=checks), words)


def _credit(check: CheckGrade, of: str, part: Fraction, *, compares: bool) -> CheckGrade:
    """Return a check with its part of the points, and why."""
    earns = f"and earns {_portion(part)} of the points"
    words = f"It holds, {earns}, as do the results that are right for your own `{of}`."
    if compares:
        words = f"{check.message} For your own `{of}` it is right, {earns}."
    return replace(check, score=part * check.max_score, status=Status.PARTIAL, message=words, skipped=False)


def _zero_words(gradient: Gradient, own: Own) -> str:
    names = _listed([f"`{gradient.with_respect_to[place]}`" for place in own.zero])
    return (
        f"No follow-on credit, although results are right for your own `{gradient.of}`: that does not depend on "
        f"{names} at all, and a gradient of nothing but zeros shows nothing."
    )


def _told(grade: QuestionGrade, words: str) -> QuestionGrade:
    return replace(grade, feedback=(words, *grade.feedback))


def _clause(sentence: str) -> str:
    """Write a sentence as a part of another; its first word keeps its capital where it is a name, such as W."""
    bare = sentence.strip().rstrip(".")
    return bare[0].lower() + bare[1:] if WORD.match(bare) else bare


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _portion(share: Fraction) -> str:
    return "half" if share == Fraction(1, 2) else f"{float(share * 100):.3g} %"
