"""Prove a question of a quiz: make many variants of it, and look for what is wrong with one, or with all together.

each variant     can be made; has one right answer that exists; its formulas are shown; nothing is left unfilled
all variants     do not give the answer away: always the first, the longest, the same

What is found is neutral, with the way to it inside the question; whoever reads the bank knows the place. Variants
have codes as students' have, so that one that is wrong can be looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from grader.kinds.kind import Fault
from grader.kinds.registry import kind_of
from grader.kinds.variant import VariantError, draw
from grader.model.question import Assessment
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Posed
from grader.numerics.draws import Stream
from grader.quiz.codes import code_for, stream_of
from grader.quiz.flaws import Complaints, Flaw, flaws_of
from grader.quiz.giveaway import giveaways
from grader.quiz.sheet import secret_of

__all__ = ["SAMPLES", "faults_of_variants", "prove_quiz"]

SAMPLES = 200


def prove_quiz(
    question: QuizQuestion, assessment: Assessment, complaints: Complaints, samples: int = SAMPLES
) -> tuple[Fault, ...]:
    """Make so many variants of a question of an assessment; return everything that is wrong with them.

    ``complaints`` says what a page would show wrongly of a Markdown text.
    """
    secret = secret_of(assessment)
    variants: list[Posed] = []
    codes = [code_for(secret, assessment.id, f"validate/{number}") for number in range(samples)]
    for number, code in enumerate(codes):
        try:
            variants.append(_pose(question, stream_of(secret, assessment.id, code, question.id)))
        except VariantError as error:
            complaint = error.complaints[0]
            where = ("require",) if question.require else ()
            return (Fault(where, complaint.message.removeprefix(f"{question.id}: "), complaint.hint),)
        except Exception as error:  # noqa: BLE001 (whatever a draw makes a kind raise is told in words)
            words = f"variant {number + 1} of {samples} cannot be made: {type(error).__name__}: {_line(error)}"
            return (Fault((), words, "Forbid the draw with `require`, or correct the formulas"),)
    return faults_of_variants(question, dict(zip(codes, variants, strict=True)), complaints)


def faults_of_variants(
    question: QuizQuestion, by_code: Mapping[str, Posed], complaints: Complaints
) -> tuple[Fault, ...]:
    """Return everything that is wrong with some variants, each thing once."""
    variants = [*by_code.values()]
    flaws = ((code, flaw) for code, one in by_code.items() for flaw in flaws_of(one, complaints))
    told = _gathered(flaws, len(variants))
    told += [Fault(flaw.path, flaw.words, flaw.hint) for flaw in giveaways(question, variants)]
    return tuple(told)


def _pose(question: QuizQuestion, stream: Stream) -> Posed:
    pose = kind_of(question.kind).pose
    if pose is None:  # cannot be: the kinds of a quiz all have one
        raise LookupError(question.kind)
    return pose(question, draw(question, stream), Fraction(1))


def _gathered(flaws: Iterable[tuple[str, Flaw]], variants: int) -> list[Fault]:
    """Tell flaws of one sort and place once: the first with its variant, and in how many variants it is met."""
    first: dict[tuple[object, str], Flaw] = {}
    codes: dict[tuple[object, str], dict[str, None]] = {}
    for code, flaw in flaws:
        sort = (flaw.path, flaw.sort)
        first.setdefault(sort, flaw)
        codes.setdefault(sort, {})[code] = None
    return [
        Fault(flaw.path, flaw.words + _often([*codes[sort]], variants), flaw.hint)
        for sort, flaw in first.items()
        if len(codes[sort]) >= variants or not flaw.only_if_always
    ]


def _often(codes: Sequence[str], variants: int) -> str:
    """Say how often, and name the variant in which it is as it was told."""
    return "" if len(codes) >= variants else f" (in {len(codes)} of {variants} variants, {codes[0]} is one)"


def _line(error: BaseException) -> str:
    return str(error).split("\n")[0][:200]
