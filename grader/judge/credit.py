"""The points of follow-on credit, and what the student reads of it.

A check that holds for the student's own wrong function earns a share of its points. Together such checks lift a
question to that share of its points and no further, so that what is right in truth comes first.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.model.grade import CheckGrade, QuestionGrade
from grader.model.outcome import Status
from grader.model.question import Check

__all__ = ["credit", "refuse_constant", "refuse_other"]


def credit(
    grade: QuestionGrade, held: Sequence[Check], share: Fraction, function: str, roots: Sequence[str]
) -> QuestionGrade:
    """Return the grade with the share of the checks that ``held`` for the student's own ``function``.

    ``roots`` are the functions in which that function's mistakes are made.
    """
    names, compared = {check.name for check in held}, [check.name for check in held if check.rule]
    room = share * grade.max_score - grade.score
    asked = share * sum((check.max_score for check in grade.checks if check.name in names), Fraction(0))
    if room <= 0 or asked <= 0:
        return grade
    part = share * min(Fraction(1), room / asked)
    checks = tuple(
        _credited(check, function, part, compares=check.name in compared) if check.name in names else check
        for check in grade.checks
    )
    are, their = ("is", "its") if len(compared) == 1 else ("are", "their")
    earns = f"That earns {_portion(share)} of {their} points."
    if part < share:
        earns = f"That brings this question to {_portion(share)} of its points, and no further."
    mistakes = "mistake" if len(roots) == 1 else "mistakes"
    right = f"{_listed(compared)} {are} right for your own `{function}`"
    words = f"Follow-on credit: {right}, with the {mistakes} in {_listed(roots)}. {earns}"
    score = sum((check.score for check in checks), Fraction(0))
    return _told(replace(grade, score=score, status=Status.PARTIAL, checks=checks), words)


def refuse_constant(grade: QuestionGrade, function: str, names: Sequence[str]) -> QuestionGrade:
    """Say that there is no credit, since the student's own function does not depend on some of its arguments."""
    return _told(
        grade,
        f"No follow-on credit, although results are right for your own `{function}`: that does not depend on "
        f"{_listed(names)} at all, and a gradient of nothing but zeros shows nothing.",
    )


def refuse_other(grade: QuestionGrade, function: str) -> QuestionGrade:
    """Say that there is no credit, since the student's own function is another one when it is called again."""
    return _told(grade, f"No follow-on credit: called again, `{function}` did not give what it had given before.")


def _told(grade: QuestionGrade, words: str) -> QuestionGrade:
    """Say something about the points before everything else."""
    return replace(grade, feedback=(words, *grade.feedback))


def _credited(check: CheckGrade, function: str, part: Fraction, *, compares: bool) -> CheckGrade:
    """Return a check with its part of the points, and why."""
    earns = f"and earns {_portion(part)} of the points"
    words = message = f"It holds, {earns}, as do the results that are right for your own `{function}`."
    if compares:
        words = f"For your own `{function}` it is right, {earns}."
        message = f"{check.message} {words}"
    score = part * check.max_score
    return replace(check, score=score, status=Status.PARTIAL, message=message, skipped=False, credit=words)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _portion(share: Fraction) -> str:
    return "half" if share == Fraction(1, 2) else f"{float(share * 100):.3g} %"
