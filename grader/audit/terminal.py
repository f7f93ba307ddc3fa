"""The kill matrices as text: a table where it fits the terminal, otherwise each mistake in lines of its own.

Plain signs only, so that a pipe, a log and any encoding show the same.
"""

from collections.abc import Iterator

from grader.audit.kill import Fate, Mark, Matrix, Row
from grader.audit.pairs import PairCount
from grader.audit.story import Audit

__all__ = ["audit_text"]

SIGNS = {Mark.TELLS: "x", Mark.PASSES: ".", Mark.SKIPPED: "-"}
LEGEND = (
    "x  the check tells the mistake from the right answer",
    ".  the check passes",
    "-  not judged: a check that it needs tells the mistake already",
    "Behind them: on how many of the cases it shows; which ones, where they are few.",
)
FEW = 3  # cases that are listed by name
WIDE = 100  # where there is no terminal


def audit_text(audit: Audit, width: int | None = None, *, with_matrix: bool = False) -> str:
    """Return what was found, as a terminal of that many columns shows it."""
    lines: list[str] = []
    if with_matrix:
        lines += [*LEGEND, ""]
        for matrix in audit.matrices:
            lines += [*_matrix(matrix, width or WIDE), ""]
        for one in audit.solutions:
            lines.append(_solution(one.file, len(one.questions), is_right=not one.complaints))
        lines += [""] if audit.solutions else []
    for pairs in audit.pairs:
        lines += _pairs(pairs)
    return "\n".join([*lines, *([""] if audit.pairs else []), audit.soundness.text(width)])


def _matrix(matrix: Matrix, width: int) -> Iterator[str]:
    yield f"{matrix.question.id}: {_sum(matrix)}"
    if not matrix.rows:
        return
    longest = max(len(row.mistake.id) for row in matrix.rows)
    columns = [max(len(check), 1) for check in matrix.checks]
    told = [_cases(row, matrix) for row in matrix.rows]
    if 2 + longest + sum(one + 2 for one in columns) + 2 + max(map(len, told)) > width:
        yield from _stacked(matrix, told)
    else:
        yield "  ".join(["", " " * longest, *matrix.checks, "cases"])
        for row, cases in zip(matrix.rows, told, strict=True):
            signs = [SIGNS[mark].ljust(size) for mark, size in zip(row.marks, columns, strict=True)]
            yield "  ".join(["", row.mistake.id.ljust(longest), *signs, cases]).rstrip()
    yield from _by_case(matrix)


def _sum(matrix: Matrix) -> str:
    """Say what became of all of them."""
    counts = [(fate, matrix.count(fate)) for fate in Fate]
    parts = [f"{count} {fate.value}" for fate, count in counts if count]
    return f"{len(matrix.rows)} known mistakes" + (f": {', '.join(parts)}" if parts else "")


def _stacked(matrix: Matrix, told: list[str]) -> Iterator[str]:
    for row, cases in zip(matrix.rows, told, strict=True):
        yield f"  {row.mistake.id}"
        for check, mark in zip(matrix.checks, row.marks, strict=True):
            yield f"    {SIGNS[mark]} {check}"
        yield f"    {cases}"


def _cases(row: Row, matrix: Matrix) -> str:
    if row.fate is not Fate.CAUGHT:
        return row.fate.value
    listed = f": {', '.join(row.cases)}" if 0 < len(row.cases) <= min(FEW, len(matrix.cases) - 1) else ""
    return f"{len(row.cases)} of {len(matrix.cases)}{listed}"


def _by_case(matrix: Matrix) -> Iterator[str]:
    """Say how many mistakes each case tells, and how many no other does."""
    longest = max(map(len, matrix.cases), default=0)
    for name in matrix.cases:
        tells, alone = matrix.told_by(name)
        yield f"  case {name.ljust(longest)}  tells {tells}" + (f", {alone} of them alone" if alone else "")


def _solution(file: str, questions: int, *, is_right: bool) -> str:
    return f"{file}: {'full marks' if is_right else 'NOT full marks'} ({questions} questions)"


def _pairs(one: PairCount) -> Iterator[str]:
    if one.pairs:
        yield (
            f"{one.question}: of {one.pairs} pairs of mistakes {one.alone} ({one.share:.0%}) behave like nothing "
            f"else that is known on the case {one.case}; {one.single} like one mistake, {one.right} are "
            f"right together"
        )
