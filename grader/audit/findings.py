"""What the tests of the tests mean: sentences with their places, and cases that would mend what is missing.

An error makes a bank unfit. What depends on questions that an assessment does not pick is a warning to its author:
the topic by itself must be in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.audit.alike import Alike, false_declarations, undeclared
from grader.audit.kill import Fate, Matrix
from grader.audit.propose import Proposal, Proposer
from grader.audit.solutions import Solution
from grader.bank.soundness import Finding, Severity
from grader.diagnose.known import reaches
from grader.model.mistake import Mistake
from grader.model.question import Topic

__all__ = ["Tested", "findings_of", "unmet_in"]

Found = tuple[Finding, Proposal | None]


@dataclass(frozen=True, slots=True)
class Tested:
    """What was worked out of the questions of one topic, in one order."""

    topic: Topic
    matrices: tuple[Matrix, ...]
    alike: tuple[Alike, ...]
    solutions: tuple[Solution, ...]

    @property
    def mistakes(self) -> Mapping[str, Mistake]:
        """The known mistakes of the topic by id."""
        return {one.id: one for one in self.topic.mistakes}

    @property
    def is_whole(self) -> bool:
        """Whether every question of the topic was tested."""
        return len(self.matrices) == len(self.topic.questions)


def findings_of(
    tested: Tested, proposers: Mapping[str, Proposer]
) -> tuple[tuple[Finding, ...], tuple[Proposal, ...]]:
    """Return what is wrong with the tests of a topic, and cases that would mend it."""
    found: list[Found] = [*_slips(tested, proposers)]
    found += [(one, None) for one in _idle(tested)]
    found += [(one, None) for one in _not_so_harmless(tested)]
    found += _alike(tested, proposers)
    found += [(one, None) for one in _false(tested)]
    for solution in tested.solutions:
        named = solution.questions[0] if len(solution.questions) == 1 else ""
        found += [
            (Finding(Severity.ERROR, one.message, one.hint, one.place, named), None) for one in solution.complaints
        ]
    proposals = {one.words(): one for _, one in found if one is not None}
    return tuple(one for one, _ in found), tuple(proposals.values())


def _slips(tested: Tested, proposers: Mapping[str, Proposer]) -> Iterator[Found]:
    """Tell of mistakes that get full marks."""
    for matrix in tested.matrices:
        question = matrix.question
        for row in matrix.rows:
            if row.fate is not Fate.SLIPS:
                continue
            words = (
                f"the known mistake `{row.mistake.id}` gets full marks in {question.id}: "
                f"every check holds on all {len(matrix.cases)} cases"
            )
            proposal = proposers[question.id].for_slip(row.mistake)
            hint = (
                f"No input was found that tells it from the right answer. Add one that does, or write "
                f'`harmless_in=("{question.function}",)` where it does no harm there'
            )
            yield _error(words, proposal.words() if proposal else hint, row.mistake, question.id), proposal


def _idle(tested: Tested) -> Iterator[Finding]:
    """Tell of mistakes that never cost a point, in any question that uses their step."""
    for one, at in _used(tested):
        if not at:
            words = f"the known mistake `{one.id}` replaces `{one.replaces}`, which no question uses"
            yield _warning(words, "Remove it, or call the step where it belongs", one)
    unmet = unmet_in(tested)
    for one, at in _costless(tested):
        words = f"the known mistake `{one.id}` costs no point in any question"
        hint = "It is no mistake: remove it, or ask for what it does wrong"
        if one.id in unmet:
            words += f": no case meets it, and `{one.replaces}` gives what it should on each of them"
            hint = (
                "No other input that was tried meets it either. Add a case that does; if there is none, it is no "
                "mistake: remove it"
            )
        yield _error(words, hint, one, at[0])


def unmet_in(tested: Tested) -> frozenset[str]:
    """Return the mistakes that cost no point, and that in some question no case meets."""
    fates = _fates(tested)
    return frozenset(one.id for one, _ in _costless(tested) if Fate.UNMET in fates[one.id])


def _used(tested: Tested) -> list[tuple[Mistake, list[str]]]:
    """Return each mistake with the questions that use its step."""
    used = {question.id: reaches(tested.topic, question.function) for question in tested.topic.questions}
    return [
        (one, [question for question, steps in used.items() if one.replaces in steps])
        for one in tested.topic.mistakes
    ]


def _fates(tested: Tested) -> Mapping[str, list[Fate]]:
    fates: dict[str, list[Fate]] = {}
    for matrix in tested.matrices:
        for row in matrix.rows:
            fates.setdefault(row.mistake.id, []).append(row.fate)
    return fates


def _costless(tested: Tested) -> list[tuple[Mistake, list[str]]]:
    """Return the mistakes that cost no point, where every question that uses their step was tested."""
    fates = _fates(tested)
    return [
        (one, at)
        for one, at in _used(tested)
        if at and len(fates.get(one.id, ())) == len(at) and not {Fate.CAUGHT, Fate.SLIPS} & set(fates[one.id])
    ]


def _not_so_harmless(tested: Tested) -> Iterator[Finding]:
    """Tell of mistakes that are said to do no harm, and do."""
    for matrix in tested.matrices:
        for row in matrix.rows:
            if row.fate is Fate.CAUGHT and matrix.question.function in row.mistake.harmless_in:
                words = (
                    f"`{row.mistake.id}` is said to be harmless in `{matrix.question.function}`, and costs points"
                )
                where = f"The case `{row.cases[0]}` tells it: take the name out of `harmless_in`"
                yield _error(words, where, row.mistake, matrix.question.id)


def _alike(tested: Tested, proposers: Mapping[str, Proposer]) -> Iterator[Found]:
    """Tell of mistakes that no question tells apart, where nobody says that this is so."""
    known = tested.mistakes
    for first, second, question in undeclared(tested.alike, tested.topic.mistakes):
        one, other = known[first], known[second]
        words = f"`{second}` and `{first}` (at {one.place}) cannot be told apart, and nobody says so"
        proposal = proposers[question].for_pair(one, other)
        hint = (
            f"On every input that was tried they give the same: "
            f'write `same_as=("{first}",)` if that is so, or add a case'
        )
        if not tested.is_whole:
            yield _warning(words, proposal.words() if proposal else hint, other, question), proposal
        else:
            yield _error(words, proposal.words() if proposal else hint, other, question), proposal


def _false(tested: Tested) -> Iterator[Finding]:
    """Tell of mistakes that are said to be the same, and are not."""
    for one, other, question in false_declarations(tested.alike, tested.mistakes):
        words = f"`{one.id}` is said to be the same as `{other}`, and {question} tells them apart"
        hint = "Take the name out of `same_as`: it is for mistakes that nothing can tell apart"
        yield (_error if tested.is_whole else _warning)(words, hint, one, question)


def _error(words: str, hint: str, one: Mistake, question: str = "") -> Finding:
    return Finding(Severity.ERROR, words, hint, one.place, question)


def _warning(words: str, hint: str, one: Mistake, question: str = "") -> Finding:
    return Finding(Severity.WARNING, words, hint, one.place, question)
