"""The answers of a class as CSV, as ``grader grade --answers`` reads them; an older table is kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import OutputError
from grader.files import output_error, write_beside
from grader.report.safe import safe_cell
from grader.rows import write_row
from grader.scan.gather import Row

__all__ = ["write_table"]


def write_table(path: Path, questions: Sequence[str], rows: Sequence[Row], known: Sequence[str]) -> Path | None:
    """Write the table. Returns where an older one with other contents is now: a person may have filled it in."""
    text = "".join(_lines(questions, rows, set(known)))
    kept = _kept(path, text)
    write_beside(path, [text])
    return kept


def _lines(questions: Sequence[str], rows: Sequence[Row], known: set[str]) -> Iterator[str]:
    yield write_row(("student", "variant", *questions))
    for row in rows:
        # an id that no roster vouches for may be anything: whoever drew the code chose it
        student = row.student if row.student in known else safe_cell(row.student)
        yield write_row((student, safe_cell(row.variant), *(row.cells.get(name, "") for name in questions)))


def _kept(path: Path, text: str) -> Path | None:
    """Move an older table out of the way."""
    try:
        if not path.exists() or path.read_bytes() == text.encode("utf-8", "backslashreplace"):
            return None
        free = (path.with_name(f"{path.stem}.before-{n}{path.suffix}") for n in range(1, 1000))
        kept = next((one for one in free if not one.exists()), None)
        if kept is None:
            raise OutputError(f"there are too many older tables beside {str(path)!r}", hint="Remove some.")
        path.rename(kept)
    except OSError as error:
        raise output_error(path, error) from error
    return kept
