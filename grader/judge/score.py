"""The grade of a question: points, status, remarks, and what the student reads.

A check earns its share when it holds on all of its cases. Two things are not what they look like:

- a question on which the grader itself failed has the status ``grader_error`` and a score of 0 that is no zero:
  it is not graded, totals and exports leave it out, and it is run again;
- where only public cases were run (a student's self-check), a check that has none is worth nothing and is left
  out of the points to be had.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from grader.judge.cause import sum_up
from grader.judge.depend import note_dependencies
from grader.judge.evidence import case_evidence, load_evidence
from grader.judge.extent import shown_case
from grader.judge.near import near_arguments, near_name
from grader.judge.remarks import remarks_on
from grader.judge.verdict import CheckVerdict, decide, is_settled
from grader.judge.words import clip, ending
from grader.model.grade import CheckGrade, Curve, QuestionGrade
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Outcome, Status
from grader.model.question import CodeQuestion, Item

__all__ = ["judge_question", "looks_wrong", "note_dependencies"]

DETAIL_LENGTH = 500
CURVE_POINTS = 2000
LOAD_REMARKS = 5


def looks_wrong(
    question: CodeQuestion, cases: tuple[KeyedCase, ...], loaded: Loaded, outcomes: Mapping[str, Outcome]
) -> bool:
    """Whether a question would get less than full marks."""
    return not is_settled(decide(question, cases, loaded, outcomes))


@np.errstate(all="ignore")  # numbers that students chose: to overflow is theirs, to warn would be ours
def judge_question(
    item: Item,
    cases: tuple[KeyedCase, ...],
    loaded: Loaded,
    outcomes: Mapping[str, Outcome],
    verdicts: tuple[CheckVerdict, ...] | None = None,
) -> QuestionGrade:
    """Grade one question; ``outcomes`` are by the case's name, and a hidden case without one was not run.

    ``verdicts`` are what ``decide`` said of the same outcomes, where that is known already.
    """
    question = item.question
    verdicts = verdicts or decide(question, cases, loaded, outcomes)
    checks = _checks(item, verdicts, loaded)
    status = _status(checks)
    ours = status is Status.GRADER_ERROR
    score = Fraction(0) if ours else sum((check.score for check in checks), Fraction(0))
    return QuestionGrade(
        id=question.id,
        kind=question.kind,
        title=question.title,
        signature=question.signature,
        score=score,
        max_score=sum((check.max_score for check in checks), Fraction(0)),
        status=status,
        checks=checks,
        remarks=remarks_on(question, cases, outcomes) if any(check.is_passed for check in checks) else (),
        feedback=_feedback(question, verdicts, loaded, status),
        curve=_curve(question, cases, outcomes),
    )


def _checks(item: Item, verdicts: tuple[CheckVerdict, ...], loaded: Loaded) -> tuple[CheckGrade, ...]:
    if loaded.status is not Status.PASSED:
        return tuple(_unloaded(item, verdict, loaded, first=k == 0) for k, verdict in enumerate(verdicts))
    checks: list[CheckGrade] = []
    told: set[int] = set()
    for verdict in verdicts:
        check, shown = _check(item, verdict), shown_case(verdict)
        if shown is not None and shown.result < 0 and not shown.is_changed:
            # The call as a whole went wrong: its evidence is the same in every check, and is shown once.
            check = replace(check, evidence=None) if id(shown.outcome) in told else check
            told.add(id(shown.outcome))
        checks.append(check)
    return tuple(checks)


def _check(item: Item, verdict: CheckVerdict) -> CheckGrade:
    worth = verdict.check.share * item.points
    shown = shown_case(verdict)
    return CheckGrade(
        name=verdict.check.name,
        says=verdict.check.says,
        score=worth if verdict.status is Status.PASSED else Fraction(0),
        max_score=Fraction(0) if verdict.status is None else worth,
        status=verdict.status or Status.UNANSWERED,
        message=sum_up(item.question, verdict),
        skipped=bool(verdict.skipped_for) or verdict.status is None,
        evidence=None if shown is None else case_evidence(item.question, verdict, shown),
        failed_cases=len(verdict.failed),
        total_cases=len(verdict.cases),
    )


def _unloaded(item: Item, verdict: CheckVerdict, loaded: Loaded, *, first: bool) -> CheckGrade:
    """Grade a check of a file that could not be imported: none is looked at, and the first shows why."""
    return CheckGrade(
        name=verdict.check.name,
        says=verdict.check.says,
        score=Fraction(0),
        max_score=verdict.check.share * item.points,
        status=loaded.status,
        message=_load_words(item.question, loaded),
        skipped=loaded.status is not Status.GRADER_ERROR,
        evidence=load_evidence(item.question, loaded) if first else None,
    )


def _load_words(question: CodeQuestion, loaded: Loaded) -> str:
    detail = clip(loaded.detail.strip(), DETAIL_LENGTH)
    if loaded.status is Status.MISSING:
        return detail or f"There is no file `{question.module}.py`."
    outcome = Outcome("", loaded.status, raised=loaded.raised, detail=detail)
    words = ending(outcome, loaded.status, question.limits, public=True)
    return words if loaded.status is Status.GRADER_ERROR else f"`{question.module}` could not be imported. {words}"


def _detail(loaded: Loaded) -> str:
    """Say what the grader itself failed at."""
    is_told = loaded.status is Status.GRADER_ERROR and loaded.detail.strip()
    return f" ({clip(loaded.detail.strip(), DETAIL_LENGTH)})" if is_told else ""


def _status(checks: tuple[CheckGrade, ...]) -> Status:
    """Return ``passed`` at the full score, ``partial`` with any points, else how the first check failed."""
    judged = [check for check in checks if check.status is not Status.UNANSWERED]
    wrong = [check.status for check in judged if not check.is_passed]
    if Status.GRADER_ERROR in wrong:
        return Status.GRADER_ERROR
    if not wrong:
        return Status.PASSED if judged else Status.UNANSWERED
    if any(check.score for check in checks):
        return Status.PARTIAL
    return wrong[0]


def _feedback(
    question: CodeQuestion, verdicts: tuple[CheckVerdict, ...], loaded: Loaded, status: Status
) -> tuple[str, ...]:
    """Say why nothing could be run, and what was probably meant."""
    if status is Status.PASSED:
        return ()
    if loaded.status is not Status.PASSED:
        return (_load_words(question, loaded) + _detail(loaded),)
    texts: list[str] = []
    statuses = {verdict.status for verdict in verdicts}
    if status is Status.GRADER_ERROR:
        lost = [case.outcome.detail for verdict in verdicts for case in verdict.failed if case.outcome.detail]
        ours = Loaded(status, detail=lost[0] if lost else "")
        texts.append(_load_words(question, ours) + _detail(ours))
    if Status.MISSING in statuses:
        texts.append(near_name(question.function, loaded.functions))
    texts.append(near_arguments(question, loaded.functions))
    if statuses & {Status.MISSING, Status.ERROR}:
        texts += [clip(remark, DETAIL_LENGTH) for remark in loaded.remarks[:LOAD_REMARKS]]
    return tuple(text for text in texts if text)


def _curve(question: CodeQuestion, cases: tuple[KeyedCase, ...], outcomes: Mapping[str, Outcome]) -> Curve | None:
    """Return what came back over the largest public 1-d case of an elementwise function of one argument."""
    if not question.elementwise:
        return None
    grids = [
        case for case in cases if case.public and len(case.arguments) == 1 and case.arguments[0].value.ndim == 1
    ]
    case = max(grids, key=lambda case: case.arguments[0].value.size, default=None)
    if case is None or not 1 < case.arguments[0].value.size <= CURVE_POINTS:
        return None
    outcome = outcomes.get(case.name)
    got = outcome.values[0].array if outcome is not None and outcome.values else None
    x = case.arguments[0].value.astype(np.float64)
    if got is None or got.shape != x.shape or got.dtype.kind not in "biuf":
        return None
    came, expected = got.astype(np.float64), case.expected[0]
    wanted = np.where(expected.is_free(came), came, expected.nearest)  # where several are right, it is this one
    order = np.argsort(x, kind="stable")
    return Curve(*(tuple(axis[order].tolist()) for axis in (x, came, wanted)))
