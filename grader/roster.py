"""Read a list of students: CSV as spreadsheets and platforms write it, in whatever order its columns stand.

    student,name
    ada,Ada Lovelace

``student`` (or ``id``) is the name of the student's folder among the submissions. There may be no names; further
columns are ignored. Commas, semicolons or tabs; UTF-8, or what spreadsheets call Unicode.
"""

from dataclasses import dataclass
from pathlib import Path

from grader.errors import Complaint, InputError, Place
from grader.rows import read_rows

__all__ = ["IDS", "Person", "is_id", "numbered", "read_roster", "row_fault"]

IDS = ("student", "id", "student id", "student_id")
LONGEST = 200  # characters of an id


@dataclass(frozen=True, slots=True)
class Person:
    """One student of a roster."""

    student: str
    name: str = ""


def read_roster(path: Path) -> tuple[Person, ...]:
    """Return the students in their order. Raises InputError with all that is wrong, each with its line."""
    rows = list(read_rows(path, "the roster", "Name a CSV file with --roster."))
    if not rows:
        raise InputError(
            "the roster is empty", hint="Its first line names the columns: student,name", place=_at(path)
        )
    columns = _columns(path, *rows[0])
    complaints: list[Complaint] = []
    people: dict[str, tuple[Person, int]] = {}
    for line, cells in rows[1:]:
        person = Person(**{name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()})
        first = people[person.student][1] if person.student in people else 0
        words, hint = row_fault(person.student, cells, rows[0][1], first)
        if words:
            complaints.append(Complaint(words, hint, _at(path, line)))
        else:
            people[person.student] = person, line
    if not complaints and not people:
        complaints.append(Complaint("the roster names no student", "Write one a line", _at(path)))
    if complaints:
        raise InputError.of(complaints)
    return tuple(person for person, _ in people.values())


def is_id(text: str) -> bool:
    """Whether a text can be a student's id: the name of a folder."""
    return 0 < len(text) <= LONGEST and text not in (".", "..") and not set(text) & set("/\0\n\r")


def row_fault(student: str, cells: list[str], header: list[str], first: int) -> tuple[str, str]:
    """Say what is wrong with a row of a student, and what to do; ``first`` is the line that has them already."""
    if any(cell.strip() for cell in cells[len(header) :]):
        words = f"there are {len(cells)} cells, and the first line has {len(header)}"
        return words, "Put a cell that holds a comma in double quotes."
    if not student:
        return "there is no student id", "Write the name of the student's folder, or remove the line."
    if not is_id(student):
        return f"{student[:60]!r} cannot be a student id", "An id is the name of a folder."
    if first:
        return f"{student[:60]!r} is there twice", f"The first is on line {first}: keep one of them."
    return "", ""


def _columns(path: Path, line: int, header: list[str]) -> dict[str, int]:
    """Return where the columns stand that are known."""
    names = [cell.strip().lower() for cell in header]
    found = {"name": names.index("name")} if "name" in names else {}
    ids = next((name for name in IDS if name in names), None)
    if ids is None:
        shown = ", ".join(f"`{name[:40]}`" for name in names[:8])
        words = f"the roster has no column `student`; its first line has {shown}"
        raise InputError(words, hint="Name the column with the students' ids `student`.", place=_at(path, line))
    twice = next((name for name in (ids, *found) if names.count(name) > 1), None)
    if twice:
        raise InputError(f"the roster has two columns `{twice}`", hint="Keep one.", place=_at(path, line))
    return {"student": names.index(ids), **found}


def _at(path: Path, line: int = 0) -> Place:
    return Place(str(path), line)


def numbered(count: int) -> tuple[Person, ...]:
    """Return people without names, who are called 1, 2, ...: for variants that belong to nobody."""
    return tuple(Person(str(number)) for number in range(1, count + 1))
