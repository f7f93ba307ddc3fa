"""What validating found as one HTML page that needs nothing else, with the matrices in full.

Everything that the template needs is laid out here as plain values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.audit.kill import Fate, Mark, Matrix, Row
from grader.audit.pairs import PairCount
from grader.audit.story import Audit
from grader.bank.soundness import Finding, QuestionSummary, Severity
from grader.report.environment import pour

__all__ = ["audit_page"]

FEW = 3  # cases that are listed by name
SHAPES = {Mark.TELLS: ("check", "good"), Mark.PASSES: ("dash", "mute"), Mark.SKIPPED: ("ring", "mute")}
FATES = {
    Fate.SLIPS: ("cross", "bad"),
    Fate.UNMET: ("alert", "part"),
    Fate.HARMLESS: ("dash", "mute"),
    Fate.DECLARED: ("dash", "mute"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A shape of the page, its tone, and the words that it stands for."""

    shape: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; what is to be pasted stands by itself."""

    sign: Sign
    words: str
    place: str
    hint: str
    paste: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A mistake in the matrix."""

    id: str
    says: str
    place: str
    fate: Sign | None  # None: caught, as it should be
    marks: tuple[Sign, ...]
    cases: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its matrix, and what else is known of its tests."""

    anchor: str
    title: str
    summary: QuestionSummary
    matrix: Matrix
    rows: tuple[RowView, ...]
    cases: tuple[tuple[str, int, int], ...]  # name, tells, alone
    alike: tuple[tuple[str, ...], ...]
    pairs: PairCount | None


@dataclass(frozen=True, slots=True)
class FileView:
    """One file that was validated."""

    path: str
    is_sound: bool
    findings: tuple[FindingView, ...]
    summaries: tuple[QuestionSummary, ...]
    questions: tuple[QuestionView, ...]
    right: tuple[tuple[str, int, bool], ...]  # a right solution, how many questions it answers, full marks


def audit_page(audits: Sequence[Audit]) -> Iterator[str]:
    """Return the page of what was found, piece by piece. Raises InputError for a wrong template."""
    files = tuple(_file(number, one) for number, one in enumerate(audits, start=1))
    rows = [row for one in audits for matrix in one.matrices for row in matrix.rows]
    unmet = sum(row.fate is Fate.UNMET for row in rows)
    values = {
        "files": files,
        "is_sound": all(one.is_sound for one in files),
        "sums": (
            ("questions", sum(len(one.summaries) for one in files)),
            ("known mistakes", len({row.mistake.id for row in rows})),
            ("mistakes × questions", len(rows)),
            ("caught", sum(row.fate is Fate.CAUGHT for row in rows)),
            ("harmless", sum(row.fate in (Fate.HARMLESS, Fate.DECLARED) for row in rows)),
            *([("met by no case", unmet)] if unmet else []),
            ("slip through", sum(row.fate is Fate.SLIPS for row in rows)),
        ),
        "legend": tuple(_sign(mark) for mark in Mark),
    }
    return pour("report/audit.html.j2", audits[0].folder if audits else "", values)


def _file(number: int, audit: Audit) -> FileView:
    soundness = audit.soundness
    summaries = {one.id: one for one in soundness.questions}
    alike = {one.question: one.classes for one in audit.alike}
    pairs = {one.question: one for one in audit.pairs}
    return FileView(
        soundness.path,
        soundness.is_sound,
        tuple(_finding(one) for one in soundness.findings),
        soundness.questions,
        tuple(
            QuestionView(
                f"f{number}-q{place}",
                matrix.question.title,
                summaries[matrix.question.id],
                matrix,
                tuple(_row(row, matrix) for row in matrix.rows),
                tuple((name, *matrix.told_by(name)) for name in matrix.cases),
                alike.get(matrix.question.id, ()),
                pairs.get(matrix.question.id),
            )
            for place, matrix in enumerate(audit.matrices, start=1)
        ),
        tuple((Path(one.file).name, len(one.questions), not one.complaints) for one in audit.solutions),
    )


def _finding(one: Finding) -> FindingView:
    is_error = one.severity is Severity.ERROR
    hint, _, paste = one.hint.partition("\n")
    sign = Sign("cross" if is_error else "alert", "bad" if is_error else "part", one.severity.value)
    return FindingView(sign, one.words, str(one.place or ""), hint, paste.strip())


def _row(row: Row, matrix: Matrix) -> RowView:
    fate = None if row.fate is Fate.CAUGHT else Sign(*FATES[row.fate], row.fate.value)
    listed = f": {', '.join(row.cases)}" if 0 < len(row.cases) <= min(FEW, len(matrix.cases) - 1) else ""
    place = row.mistake.place
    return RowView(
        row.mistake.id,
        row.mistake.says,
        f"{Path(place.file).name}:{place.line}" if place else "",
        fate,
        tuple(_sign(mark) for mark in row.marks),
        f"{len(row.cases)} of {len(matrix.cases)}{listed}",
    )


def _sign(mark: Mark) -> Sign:
    return Sign(*SHAPES[mark], mark.value)
