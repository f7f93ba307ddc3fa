"""Prove a question of a quiz: make many variants of it, and look for what is wrong with one, or with all together.

each variant     can be made; has one right answer that exists; its formulas are shown; nothing is left unfilled
all variants     do not give the answer away: always the first, the longest, the same

What is found is neutral, with the way to it inside the question; whoever reads the bank knows the place.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.kinds.kind import Fault
from grader.kinds.registry import kind_of
from grader.kinds.variant import VariantError, draw
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Posed
from grader.numerics.draws import Stream
from grader.quiz.flaws import Complaints, Flaw, flaws_of
from grader.quiz.giveaway import giveaways

__all__ = ["SAMPLES", "faults_of_variants", "prove_quiz"]

SAMPLES = 200
_SEED = b"validate"


def prove_quiz(question: QuizQuestion, complaints: Complaints, samples: int = SAMPLES) -> tuple[Fault, ...]:
    """Make so many variants of a question; return everything that is wrong with them.

    ``complaints`` says what a page would show wrongly of a Markdown text.
    """
    variants: list[Posed] = []
    for number in range(samples):
        try:
            variants.append(_pose(question, number))
        except VariantError as error:
            complaint = error.complaints[0]
            where = ("require",) if question.require else ()
            return (Fault(where, complaint.message.removeprefix(f"{question.id}: "), complaint.hint),)
        except Exception as error:  # noqa: BLE001 (whatever a draw makes a kind raise is told in words)
            words = f"variant {number + 1} of {samples} cannot be made: {type(error).__name__}: {_line(error)}"
            return (Fault((), words, "Forbid the draw with `require`, or correct the formulas"),)
    return faults_of_variants(question, variants, complaints)


def faults_of_variants(
    question: QuizQuestion, variants: Sequence[Posed], complaints: Complaints
) -> tuple[Fault, ...]:
    """Return everything that is wrong with some variants, each thing once."""
    told = _gathered((flaw for one in variants for flaw in flaws_of(one, complaints)), len(variants))
    told += [Fault(flaw.path, flaw.words, flaw.hint) for flaw in giveaways(question, variants)]
    return tuple(told)


def _pose(question: QuizQuestion, number: int) -> Posed:
    pose = kind_of(question.kind).pose
    if pose is None:  # cannot be: the kinds of a quiz all have one
        raise LookupError(question.kind)
    return pose(question, draw(question, Stream.of(_SEED, question.id, str(number))), Fraction(1))


def _gathered(flaws: Iterable[Flaw], variants: int) -> list[Fault]:
    """Tell flaws of one sort and place once: the first, and in how many variants it is met."""
    first: dict[tuple[object, str], Flaw] = {}
    count: dict[tuple[object, str], int] = {}
    for flaw in flaws:
        sort = (flaw.path, flaw.sort)
        first.setdefault(sort, flaw)
        count[sort] = count.get(sort, 0) + 1
    return [
        Fault(flaw.path, flaw.words + _often(min(count[sort], variants), variants), flaw.hint)
        for sort, flaw in first.items()
        if count[sort] >= variants or not flaw.only_if_always
    ]


def _often(count: int, variants: int) -> str:
    return "" if count >= variants else f" (in {count} of {variants} variants)"


def _line(error: BaseException) -> str:
    return str(error).split("\n")[0][:200]
