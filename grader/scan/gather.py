"""All pages of all sheets together: each student's answers, and what a person must look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from grader.export.print.identity import Identity
from grader.model.sheet import Handout, Item
from grader.roster import Person
from grader.scan.bubbles import Mark
from grader.scan.forms import has_cell, is_bubbled, read_form, to_type
from grader.scan.leaf import Leaf
from grader.scan.plan import Field

__all__ = ["Found", "Note", "Row", "What", "gather"]


class What(StrEnum):
    """What a note is about."""

    PAGE = "page"  # that could not be read
    SHEET = "sheet"  # with pages missing or twice, or of nobody who is known
    MARK = "mark"  # that is unsure
    WRITTEN = "written"  # to be typed into the table


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person must look at."""

    what: What
    says: str
    student: str = ""
    variant: str = ""
    question: str = ""
    title: str = ""
    page: str = ""  # the file and the page in it
    seen: str = ""
    cell: str = ""  # what stands in the table
    type_in: str = ""  # what it looks like once a person has typed it
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One student's answers."""

    student: str
    variant: str
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Found:
    """The answers of all students, and the notes."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


Name = tuple[str, str, str]  # a sheet: whose it is, as in the code; the variant; the digest


def gather(leaves: Iterable[Leaf], handout: Callable[[str], Handout], people: Sequence[Person]) -> Found:
    """Put the pages of each sheet together; ``handout`` makes what stands on the sheet with a code."""
    notes: list[Note] = []
    sheets: dict[Name, list[Leaf]] = {}
    for leaf in leaves:
        one = leaf.identity
        if leaf.fault or one is None:
            notes.append(_unread(leaf))
        else:
            sheets.setdefault((one.student, one.variant, one.digest), []).append(leaf)
    known = {Identity.marked(person.student): person.student for person in people}
    rows: list[Row] = []
    for (mark, variant, _), pages in sheets.items():
        student = known.get(mark) or (pages[0].identity and pages[0].identity.whole_id) or ""
        sheet = _Sheet(student, variant, pages, handout(variant))
        rows.append(Row(student, variant, sheet.cells()))
        notes += _whose(student, mark, known, sheet)
        notes += sheet.notes
    notes += _absent(rows, people)
    place = {person.student: n for n, person in enumerate(people)}
    rows.sort(key=lambda row: (place.get(row.student, len(place)), row.student, row.variant))
    return Found(tuple(rows), tuple(notes))


def _unread(leaf: Leaf) -> Note:
    one = leaf.identity
    student = one.whole_id or "" if one else ""
    variant, says = (one.variant, f"page {one.page} of a sheet: {leaf.fault}") if one else ("", leaf.fault)
    pictures = (leaf.picture,) if leaf.picture else ()
    return Note(What.PAGE, says, student, variant, page=str(leaf.source), pictures=pictures)


def _whose(student: str, mark: str, known: Mapping[str, str], sheet: "_Sheet") -> Iterator[Note]:
    page = str(sheet.leaves[0].source)
    if not student:
        says = "the sheet has no student's id: write it into the table"
        if mark:
            says = "the student's id is too long for the code: name the roster, or write it into the table"
        yield Note(What.SHEET, says, "", sheet.variant, page=page)
    elif known and mark not in known:
        yield Note(What.SHEET, "the student is not in the roster", student, sheet.variant, page=page)


def _absent(rows: Sequence[Row], people: Sequence[Person]) -> Iterator[Note]:
    """Say who has no sheet, and who has two."""
    count: dict[str, int] = {}
    for row in rows:
        count[row.student] = count.get(row.student, 0) + 1
    for person in people:
        if person.student not in count:
            yield Note(What.SHEET, "no page of this student's sheet was found", person.student)
    for student, times in count.items():
        if student and times > 1:
            yield Note(What.SHEET, f"there are {times} sheets: keep one of the rows in the table", student)


class _Sheet:
    """One student's sheet: reads its cells, and notes what is unsure on the way."""

    def __init__(self, student: str, variant: str, leaves: Sequence[Leaf], handout: Handout) -> None:
        self.student = student
        self.variant = variant
        self.leaves = leaves
        self.notes: list[Note] = []
        self._handout = handout
        self._marks = _together(leaves)
        self._pages()

    def cells(self) -> Mapping[str, str]:
        """Read all questions; notes what a person must look at."""
        return {item.id: self._cell(item) for item in self._handout.items if has_cell(item)}

    def _pages(self) -> None:
        places: dict[int, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.identity:
                places.setdefault(leaf.identity.page, []).append(leaf)
        count = self.leaves[0].pages
        missing = [str(page) for page in range(1, count + 1) if page not in places]
        if missing:
            says = f"of {count} pages there is no page {', '.join(missing)}; its questions are empty"
            self._note(What.SHEET, says)
        for page, leaves in places.items():
            if len(leaves) > 1:
                where = " and ".join(str(leaf.source) for leaf in leaves)
                self._note(What.SHEET, f"page {page} is there {len(leaves)} times: {where}")

    def _note(self, what: What, says: str) -> None:
        page = str(self.leaves[0].source)
        self.notes.append(Note(what, says, self.student, self.variant, page=page))

    def _cell(self, item: Item) -> str:
        cell = ""
        for place, form in enumerate(item.forms):
            if is_bubbled(form, place, item.id, list(self._marks)):
                reading = read_form(form, place, item.id, self._marks)
                cell = cell or reading.cell
                if reading.doubt:
                    pictures, page = self._shown(item.id, place)
                    self._look(item, What.MARK, reading.doubt, pictures, page, reading.seen, reading.cell)
        self._written(item, cell)
        return cell

    def _written(self, item: Item, cell: str) -> None:
        """Note what was written to a question, for a person to type."""
        places = [(one, leaf) for leaf in self.leaves for one in leaf.written if one.field.question == item.id]
        if any(not one.is_empty for one, _ in places):
            pictures = tuple(one.picture for one, _ in places if one.picture)
            self._look(item, What.WRITTEN, "written by hand", pictures, str(places[0][1].source), "", cell)

    def _shown(self, question: str, place: int) -> tuple[tuple[bytes, ...], str]:
        """Return the pictures of a form's bubbles, and the page that they are on."""
        found = [leaf for leaf in self.leaves if (question, place) in leaf.pictures]
        page = str(found[0].source) if found else str(self.leaves[0].source)
        return tuple(leaf.pictures[question, place] for leaf in found), page

    def _look(
        self, item: Item, what: What, says: str, pictures: tuple[bytes, ...], page: str, seen: str, cell: str
    ) -> None:
        type_in = to_type(item, cell)
        self.notes.append(
            Note(what, says, self.student, self.variant, item.id, item.title, page, seen, cell, type_in, pictures)
        )


def _together(leaves: Sequence[Leaf]) -> dict[Field, dict[str, Mark]]:
    """Return the marks of all pages; where a page is there twice, only what both say alike is sure."""
    made: dict[Field, dict[str, Mark]] = {}
    for leaf in leaves:
        for name, seen in leaf.marks.items():
            letters = made.setdefault(name, {})
            for letter, mark in seen.items():
                letters[letter] = mark if letters.get(letter, mark) is mark else Mark.DIFFERS
    return made
