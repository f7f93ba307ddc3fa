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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.diagnose.own import Own, own_calls, own_gradient
from grader.diagnose.pairs import Made
from grader.diagnose.tell import Diagnoser
from grader.judge.credit import credit, refuse_constant, refuse_other
from grader.judge.score import judge_question
from grader.judge.verdict import decide
from grader.model.grade import QuestionGrade
from grader.model.inputs import Call
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Status
from grader.model.question import Assessment, Check, Gradient, Item, Topic
from grader.records import QuestionRun

__all__ = ["Credited", "FollowOnCredit", "run_name"]

NOT_LOOKED_AT = (Status.PASSED, Status.GRADER_ERROR, Status.MISSING)
MOST_REMEMBERED = 256

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


@dataclass(frozen=True, slots=True)
class _Known:
    """The mistakes of a function that a gradient derives, and the functions in which they are made."""

    made: Made
    roots: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Credited:
    """The grades with what is credited, and the runs that had to be made for it."""

    grades: tuple[QuestionGrade, ...]
    runs: Mapping[str, QuestionRun]
    consistent: frozenset[str]  # credited questions of which every result is right for one function or the other


class FollowOnCredit:
    """Gives follow-on credit on the questions of an assessment that declare it."""

    def __init__(
        self, assessment: Assessment, cases: Mapping[str, tuple[KeyedCase, ...]], diagnoser: Diagnoser
    ) -> None:
        self._followed = {one.item.question.id: one for one in _declared(assessment, cases)}
        self._diagnoser = diagnoser
        self._derived: dict[tuple[str, ...], Own | None] = {}
        self.calls: dict[str, tuple[Call, ...]] = {
            name: own_calls(one.topic, one.gradient, one.cases) for name, one in self._followed.items()
        }

    def give(self, grades: tuple[QuestionGrade, ...], runs: Mapping[str, QuestionRun], ask: Ask) -> Credited:
        """Credit what follows from wrong functions; ``ask`` makes a run that is not there yet.

        ``runs`` are by question id, and by ``run_name`` those that were made before. Where this itself fails the
        question has no grade: points hang on it, so that nothing would do for them.
        """
        possible = {name for name, one in self._followed.items() if _may_follow(grades, one)}
        if not possible:
            return Credited(grades, {}, frozenset())
        made: dict[str, QuestionRun] = {}

        def own_run(item: Item) -> QuestionRun:
            name = run_name(item.question.id)
            if name not in runs:
                made[name] = ask(item)
            return runs[name] if name in runs else made[name]

        try:
            findings = self._diagnoser.find(grades, {name: run.outcomes for name, run in runs.items()})
            roots = {name: self._diagnoser.roots(name, findings) for name in findings}
            new: list[QuestionGrade] = []
            for grade in grades:
                one = self._followed[grade.id] if grade.id in possible else None
                finding = findings.get(one.function) if one else None
                if one is None or finding is None or not finding.made or finding.is_right:
                    new.append(grade)
                else:
                    known = _Known(finding.made[0], roots[one.function])
                    new.append(self._follow(one, grade, known, runs[grade.id], own_run))
        except Exception as error:  # noqa: BLE001  known mistakes are code, and may raise whatever they like
            return Credited(self._failed(grades, possible, error), {}, frozenset())
        raised = [now for was, now in zip(grades, new, strict=True) if now.score > was.score]
        return Credited(tuple(new), made, frozenset(now.id for now in raised if self._earns_all(now)))

    def _failed(
        self, grades: tuple[QuestionGrade, ...], lost: set[str], error: Exception
    ) -> tuple[QuestionGrade, ...]:
        """Return the grades without those that could not be looked at."""
        ours = Loaded(
            Status.GRADER_ERROR, detail=f"follow-on credit could not be looked at: {type(error).__name__}"
        )
        return tuple(
            judge_question(self._followed[grade.id].item, (), ours, {}) if grade.id in lost else grade
            for grade in grades
        )

    def _earns_all(self, grade: QuestionGrade) -> bool:
        one = self._followed[grade.id]
        cases = {case.name for case in one.cases}
        compared = {check.name for check in one.item.question.checks if check.rule and cases & set(check.cases)}
        return compared <= {check.name for check in grade.checks if check.score}

    def _follow(
        self, one: _Followed, grade: QuestionGrade, known: _Known, run: QuestionRun, own_run: Ask
    ) -> QuestionGrade:
        """Follow a wrong gradient up, where the function that it derives has known mistakes."""
        own = self._own(one, known.made)
        held = [] if own is None else _held(one, grade, own, run)
        if own is None or not held:
            return grade
        if own.zero:
            names = [one.gradient.with_respect_to[place] for place in own.zero]
            return refuse_constant(grade, one.gradient.of, names)
        asked = own_run(one.item)
        if ours := _our_fault(asked):
            return judge_question(one.item, (), ours, {})
        if not own.is_its_own(one.gradient, asked.outcomes):
            return refuse_other(grade, one.gradient.of)
        return credit(grade, held, one.share, one.gradient.of, known.roots)

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
