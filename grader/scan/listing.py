"""What a person must look at, each with its picture: a page to open, and a table of the same for programs."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.report.environment import pour
from grader.report.safe import safe_cell
from grader.rows import write_row
from grader.scan.gather import Found, Note, What

__all__ = ["list_page", "list_table"]

COLUMNS = ("what", "student", "variant", "question", "page", "says", "seen", "cell", "type_in")
TITLES = {
    What.PAGE: "Pages that were not read",
    What.SHEET: "Sheets",
    What.MARK: "Marks that are unsure",
    What.WRITTEN: "Written by hand",
}
TOLD = {
    What.PAGE: "Nothing of these is in the table.",
    What.SHEET: "Pages that are missing or twice, and students without a sheet or not known.",
    What.MARK: "Their cells are empty. Look, and type what the student meant.",
    What.WRITTEN: "Type what stands there into the table.",
}


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the template shows it."""

    note: Note
    pictures: tuple[Markup, ...]


def list_page(found: Found, table: str, templates: str = "") -> Iterator[str]:
    """Write the page, piece by piece. Raises InputError for a wrong template."""
    groups = [
        (what, TITLES[what], TOLD[what], [_view(note) for note in found.notes if note.what == what])
        for what in TITLES
    ]
    values = {
        "table": table,
        "rows": len(found.rows),
        "groups": [group for group in groups if group[3]],
    }
    return pour("scan/scan.html.j2", templates, values)


def _view(note: Note) -> NoteView:
    # Markup because: base64 has no sign that HTML knows.
    return NoteView(note, tuple(Markup(b64encode(one).decode("ascii")) for one in note.pictures))  # noqa: S704


def list_table(notes: Sequence[Note]) -> Iterator[str]:
    """Write the notes as CSV."""
    for cells in (COLUMNS, *(tuple(getattr(note, name) for name in COLUMNS) for note in notes)):
        yield write_row([safe_cell(cell) for cell in cells])
