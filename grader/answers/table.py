"""Read a table with the answers of a class: a row a student, a column a question.

    student,variant,tanh/range,tanh/symmetry,gate_is
    ada,K7QF-2M9X,B,"[""0.5"", ""tanh""]",A C

A column is a question's id, or the part after its slash where no other question has it. A cell that begins with
``[`` or ``{`` is YAML (so JSON is, too), every other one is text; an empty one is no answer. A column
``assessment`` may say which sheet was answered; then a student may have a row for each. Everything that is wrong
with the table as a whole is told at once; a cell that cannot be read is the student's, and told there.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.answers.file import plain
from grader.bank.yaml12 import parse
from grader.errors import Complaint, InputError, Place
from grader.kinds.names import closest
from grader.model.answers import Answers, HandedIn
from grader.quiz.names import Names
from grader.report.safe import safe_cell
from grader.roster import IDS, row_fault
from grader.rows import read_rows

__all__ = ["Table", "read_table", "table_digest"]

MOST_BYTES = 64 << 20
HEADS = ("variant", "assessment")
HINT = "Name a CSV file with a column `student`, a column `variant` and one for each question."


@dataclass(frozen=True, slots=True)
class Table:
    """The answers of a class, by student in the order of the table, and what is to be said of its columns."""

    students: Mapping[str, HandedIn]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    student: int
    heads: Mapping[str, int]  # variant, assessment
    questions: Mapping[str, int]  # by id


def read_table(path: Path, questions: Sequence[str]) -> Table:
    """Read a table of answers to some questions. Raises InputError with all that is wrong, each with its line."""
    rows = list(read_rows(path, "the table of answers", HINT, MOST_BYTES))
    if not rows:
        raise InputError("the table of answers is empty", hint=HINT, place=Place(str(path)))
    (line, header), *body = rows
    complaints: list[Complaint] = []
    columns, remarks = _columns(path, line, header, Names(questions), complaints)
    found: dict[str, HandedIn] = {}
    seen: dict[tuple[str, str], int] = {}
    for number, cells in body:
        if columns is None:
            break
        student, answers, notes = _row(path, number, cells, columns)
        words, hint = row_fault(student, cells, header, seen.get((student, answers.assessment), 0))
        if words:
            complaints.append(Complaint(words, hint, Place(str(path), number)))
            continue
        seen[student, answers.assessment] = number
        before = found.get(student, HandedIn())
        found[student] = replace(before, answers=(*before.answers, answers), notes=(*before.notes, *notes))
    if not complaints and not found:
        complaints.append(Complaint("the table of answers names no student", "Write one a line", Place(str(path))))
    if complaints:
        raise InputError.of(complaints)
    return Table(found, tuple(remarks))


def table_digest(handed_in: HandedIn) -> str:
    """Return a digest of what tables hold of one student."""
    parts = [(one.assessment, one.variant, dict(one.responses), one.source) for one in handed_in.answers]
    return hashlib.sha256(json.dumps((parts, handed_in.notes)).encode()).hexdigest()[:16]


def _columns(
    path: Path, line: int, header: list[str], names: Names, complaints: list[Complaint]
) -> tuple[_Columns | None, list[str]]:
    """Say which column is what; what cannot be goes to the complaints."""
    place = Place(str(path), line)
    plain_names = [cell.strip().casefold() for cell in header]
    remarks: list[str] = []
    known: dict[str, int] = {}
    for at, cell in enumerate(header):
        meant = _meaning(plain_names[at], names)
        if not meant:
            complaint = _stranger(cell.strip(), names, place)
            if isinstance(complaint, Complaint):
                complaints.append(complaint)
            elif complaint:
                remarks.append(complaint)
        elif meant in known:
            words = f"the columns `{_cut(header[known[meant]])}` and `{_cut(cell)}` mean the same"
            complaints.append(Complaint(words, "Keep one of them", place))
        else:
            known[meant] = at
    if "student" not in known:
        shown = ", ".join(f"`{_cut(cell)}`" for cell in header[:8])
        words = f"the table of answers has no column `student`; its first line has {shown}"
        complaints.append(Complaint(words, "Name the column with the students' ids `student`", place))
        return None, remarks
    questions = {name: at for name, at in known.items() if name not in ("student", *HEADS)}
    if not questions and not complaints:
        complaints.append(Complaint("no column of the table is a question", names.hint(""), place))
    return _Columns(known["student"], {name: known[name] for name in HEADS if name in known}, questions), remarks


def _meaning(name: str, names: Names) -> str:
    if name in IDS:
        return "student"
    return name if name in HEADS else names.meant(name) or ""


def _stranger(name: str, names: Names, place: Place) -> Complaint | str:
    """Say of a column that means nothing that it is left out, or that a question's id is mistyped."""
    if "/" in name:
        return Complaint(f"`{_cut(name)}` is no question of this assessment", names.hint(name), place)
    if not name:
        return ""
    if shared := names.several(name):
        return Complaint(f"`{_cut(name)}` may be {' or '.join(shared[:4])}", "Write the whole id", place)
    likely = closest(name, names.short) if len(name) > 3 else ""
    meant = f" (did you mean `{likely}`?)" if likely else ""
    return f"{place}: the column `{_cut(name)}` is no question, and was left out{meant}"


def _row(path: Path, line: int, cells: list[str], columns: _Columns) -> tuple[str, Answers, list[str]]:
    """Read one student's row; a cell that is no YAML though it begins like it is kept as text, and told."""

    def cell(at: int) -> str:
        text = cells[at].strip() if at < len(cells) else ""
        return text[1:] if text[:1] == "'" and safe_cell(text[1:]) == text else text

    source = f"{path.name}, line {line}"
    responses: dict[str, Any] = {}
    notes: list[str] = []
    for question, at in columns.questions.items():
        text = cell(at)
        if text.startswith(("[", "{")):
            document = parse(text, source)
            if document.root is None or document.complaints:
                why = document.complaints[0].message
                notes.append(f"{source}: the answer to {question} was read as text: {why}.")
                responses[question] = text
            else:
                responses[question] = plain(document.root)
        elif text:
            responses[question] = text
    heads = {name: cell(at) for name, at in columns.heads.items()}
    answers = Answers(heads.get("assessment", ""), heads.get("variant", ""), responses, source)
    return cell(columns.student), answers, notes


def _cut(text: str) -> str:
    return text.strip()[:40]
