"""All that `grader validate` finds of one file: what is proved of its questions, then how well their cases tell.

The cases of a question are looked at once its reference is proved on them. What it takes, the answer key and what
every known mistake gives, is kept in the cache where it is kept for grading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.assessment.key import answer_key
from grader.audit.alike import Alike, alike_in
from grader.audit.findings import Tested, findings_of, unmet_in
from grader.audit.kill import Fate, Matrix, kill_matrix
from grader.audit.pairs import PairCount, count_pairs
from grader.audit.propose import Proposal, Proposer
from grader.audit.solutions import Solution, solutions
from grader.bank.remember import remembered
from grader.bank.soundness import Finding, QuestionSummary, Severity, Soundness
from grader.bank.validate import Opened, find_question, open_bank, validate_opened
from grader.diagnose.digits import Digits
from grader.diagnose.known import known_answers, reaches
from grader.diagnose.pairs import all_pairs
from grader.model.key import AnswerKey
from grader.model.question import Assessment, CodeQuestion, Item, Topic

__all__ = ["Audit", "audit"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found of one file; the tables are of the questions whose reference is proved."""

    soundness: Soundness
    folder: str = ""  # of an assessment, where a course may keep templates of its own
    matrices: tuple[Matrix, ...] = ()
    alike: tuple[Alike, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    solutions: tuple[Solution, ...] = ()
    pairs: tuple[PairCount, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON has it."""
        return {
            **self.soundness.to_json(),
            "matrices": [one.to_json() for one in self.matrices],
            "alike": {one.question: [list(members) for members in one.classes] for one in self.alike},
            "proposals": [one.to_json() for one in self.proposals],
            "right_solutions": [{"file": one.file, "questions": list(one.questions)} for one in self.solutions],
            "pairs": [{**one.to_json(), "share": one.share} for one in self.pairs],
        }


def audit(path: Path | None, cache: Path | None, *, with_pairs: bool = False) -> Audit:
    """Prove an assessment, a topic's folder or a bank, and test its cases. Raises BankError for no such file."""
    opened = open_bank(path, cache)
    soundness = validate_opened(opened, cache)
    proved = {one.id for one in soundness.questions if one.is_sound}
    asked = [(topic, question) for topic, question in opened.questions if question.id in proved]
    if not asked:
        return Audit(soundness)
    key = answer_key(_assessment(opened, asked), cache)
    folder = opened.assessment.folder if opened.assessment else ""
    audits = [_audit_topic(topic, _of(topic, asked), key, opened.seed, cache) for topic in opened.topics]
    found = [one for audited in audits for one in audited.findings]
    pairs = [_pairs(*one, key, cache) for one in asked] if with_pairs else []
    return Audit(
        _together(soundness, found, audits),
        folder,
        tuple(one for audited in audits for one in audited.tested.matrices),
        tuple(one for audited in audits for one in audited.tested.alike),
        tuple(one for audited in audits for one in audited.proposals),
        tuple(one for audited in audits for one in audited.tested.solutions),
        tuple(pairs),
    )


@dataclass(frozen=True, slots=True)
class _Audited:
    """What was found of one topic."""

    tested: Tested
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]


def _of(topic: Topic, asked: Sequence[tuple[Topic, CodeQuestion]]) -> tuple[CodeQuestion, ...]:
    return tuple(question for other, question in asked if other is topic)


def _assessment(opened: Opened, asked: Sequence[tuple[Topic, CodeQuestion]]) -> Assessment:
    """Return what is asked as an assessment: a topic by itself is none."""
    items = tuple(Item(question, Fraction(1)) for _, question in asked)
    if opened.assessment is not None and len(items) == len(opened.assessment.items):
        return opened.assessment  # its key is the one for grading
    return Assessment("validate", "", opened.seed, items, opened.topics)


def _audit_topic(
    topic: Topic, questions: tuple[CodeQuestion, ...], key: AnswerKey, seed: str, cache: Path | None
) -> _Audited:
    matrices: list[Matrix] = []
    alike: list[Alike] = []
    for question in questions:
        keyed = key.cases[question.id]
        matrices.append(kill_matrix(topic, question, keyed, seed, cache))
        digits = Digits(topic, question, keyed) if question.elementwise else None
        alike.append(alike_in(known_answers(topic, question, keyed, key.digest, cache), digits))
    right = solutions(topic, questions, key.cases)
    tested = Tested(topic, tuple(matrices), tuple(alike), right)
    proposers = {one.id: _proposer(topic, one, seed) for one in questions}
    findings, proposals = findings_of(tested, proposers)
    return _Audited(tested, findings, proposals)


def _proposer(topic: Topic, question: CodeQuestion, seed: str) -> Proposer:
    """Return a proposer that knows which checks list their cases: there a new one must be named."""
    document, way = find_question(topic, question)
    checks = document.value["questions"][way[-1]]["checks"]
    listed = frozenset(check["name"] for check in checks if "cases" in check)
    return Proposer(topic, question, listed, document.place((*way, "cases"), key=True), seed)


def _pairs(topic: Topic, question: CodeQuestion, key: AnswerKey, cache: Path | None) -> PairCount:
    def make() -> Any:
        known = known_answers(topic, question, key.cases[question.id], key.digest, cache)
        below = frozenset[str]().union(*(reaches(topic, name) for name in question.depends))
        return count_pairs(known, all_pairs(topic, known, below, key.digest, cache)).to_json()

    return PairCount.of_json(remembered(cache if topic.digest else None, ["pairs", key.digest, question.id], make))


def _together(soundness: Soundness, found: Sequence[Finding], audits: Sequence[_Audited]) -> Soundness:
    """Return what was proved with what was found since."""
    wrong = {one.question for one in found if one.severity is Severity.ERROR}
    matrices = {one.question.id: one for audited in audits for one in audited.tested.matrices}
    right = [one for audited in audits for one in audited.tested.solutions if not one.complaints]
    unmet = frozenset[str]().union(*(unmet_in(audited.tested) for audited in audits))
    summaries = tuple(_summary(one, matrices, wrong, right, unmet) for one in soundness.questions)
    return replace(soundness, findings=(*soundness.findings, *found), questions=summaries)


def _summary(
    one: QuestionSummary,
    matrices: Mapping[str, Matrix],
    wrong: set[str],
    right: Sequence[Solution],
    unmet: frozenset[str],
) -> QuestionSummary:
    matrix = matrices.get(one.id)
    if matrix is None:
        return one
    return replace(
        one,
        is_sound=one.is_sound and one.id not in wrong,
        mistakes=len(matrix.rows),
        caught=matrix.count(Fate.CAUGHT),
        harmless=sum(
            row.fate in (Fate.HARMLESS, Fate.DECLARED) or (row.fate is Fate.UNMET and row.mistake.id not in unmet)
            for row in matrix.rows
        ),
        right=sum(one.id in solution.questions for solution in right),
    )
