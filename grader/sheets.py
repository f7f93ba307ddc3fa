"""Make the sheets of a quiz: for a class, for one student, or for a code, in a target's format.

A large class is cut into shards, which some processes make side by side; a sheet depends on the secret, the
assessment and the student only, so that it is the same however it was made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.bank.load import load_quiz
from grader.errors import InputError
from grader.export.registry import writer_of
from grader.export.writer import NamedSheet, Order, Writer
from grader.files import make_folder, write_beside, write_bytes_beside
from grader.kinds.names import suggestion
from grader.model.question import Assessment
from grader.quiz.codes import code_for, read_code
from grader.quiz.sheet import make_sheet, secret_of
from grader.report.safe import page_names, safe_cell
from grader.roster import Person, is_id
from grader.rows import write_row
from grader.spread import spread

__all__ = ["Made", "Settings", "Wanted", "choose", "remarks", "write_sheets"]

SHARD = 16  # sheets that a process makes at a time
SAMPLE = 200  # sheets that are looked at for what a format cannot carry; of fewer, all are
FEW = 3 * SHARD  # below this, starting processes takes longer than making the sheets


@dataclass(frozen=True, slots=True)
class Settings:
    """What is made, of what, and where it goes."""

    assessment: Path
    cache: Path | None
    format: str
    edition: str
    out: Path
    paper: str = ""  # the target's usual one


@dataclass(frozen=True, slots=True)
class Wanted:
    """One sheet to be made: its code, whose it is, and the stem of its files."""

    code: str
    student: str
    name: str
    stem: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    sheets: int
    files: tuple[str, ...]


def choose(
    assessment: Assessment, people: Sequence[Person], *, student: str | None, variant: str | None
) -> tuple[Wanted, ...]:
    """Return the sheets to make: of all people, or of the student or the code that is named.

    Raises InputError where there is no such student, or the code is none.
    """
    secret = secret_of(assessment)
    code = read_code(variant) if variant else ""
    if student is not None and not is_id(student):
        raise InputError(f"{student[:60]!r} cannot be a student id", hint="An id is the name of a folder.")
    if not people:
        people = [Person(student or "")]
    elif student is not None:
        known = [person.student for person in people]
        people = [person for person in people if person.student == student]
        if not people:
            words = f"there is no student {student!r} in the roster"
            raise InputError(words, hint=suggestion(student, known, none="Name one of its students."))
    else:
        people = _whose(people, code, secret, assessment.id) if code else people
    names = page_names(person.student for person in people)
    return tuple(
        Wanted(
            code or code_for(secret, assessment.id, person.student),
            person.student,
            person.name,
            names[person.student].removesuffix(".html") if person.student else code,
        )
        for person in people
    )


def _whose(people: Sequence[Person], code: str, secret: bytes, assessment: str) -> Sequence[Person]:
    """Return whose code it is; a person without a name where it is nobody's."""
    return [one for one in people if code_for(secret, assessment, one.student) == code] or [Person("")]


def remarks(assessment: Assessment, wanted: Sequence[Wanted], settings: Settings) -> tuple[str, ...]:
    """Say what the format cannot carry. Raises InputError for an edition or a paper that it does not have."""
    writer = writer_of(settings.format)
    if settings.edition not in writer.editions:
        words = f"{settings.format} has no edition {settings.edition!r}"
        raise InputError(words, hint=f"Choose one of: {', '.join(writer.editions)}.")
    if settings.paper and settings.paper not in writer.papers:
        words = f"{settings.format} is not for paper: {settings.paper!r} says nothing to it"
        raise InputError(words, hint="Leave --paper out, or choose --format pdf.")
    if writer.remarks is None:
        return ()
    step = -(-len(wanted) // SAMPLE)
    return tuple(writer.remarks([sheet for _, sheet in _sheets(assessment, wanted[:: max(step, 1)])]))


def write_sheets(assessment: Assessment, wanted: Sequence[Wanted], settings: Settings, *, jobs: int = 1) -> Made:
    """Make the sheets and write their files, and ``variants.csv``: whose variant is which."""
    make_folder(settings.out)
    writer = writer_of(settings.format)
    if not writer.is_for_one or jobs < 2 or len(wanted) < FEW:
        files = _write(assessment, wanted, settings, writer)
    else:
        files = _side_by_side(wanted, settings, jobs)
    write_beside(settings.out / "variants.csv", _variants(wanted))
    return Made(len(wanted), tuple(sorted(files)))


def _sheets(assessment: Assessment, wanted: Sequence[Wanted]) -> Iterator[NamedSheet]:
    secret = secret_of(assessment)
    for one in wanted:
        yield one.stem, replace(make_sheet(assessment, one.code, secret, one.student), name=one.name)


def _write(assessment: Assessment, wanted: Sequence[Wanted], settings: Settings, writer: Writer) -> list[str]:
    paper = settings.paper or next(iter(writer.papers), "")
    order = Order(_sheets(assessment, wanted), settings.edition, assessment.folder, paper)
    written: list[str] = []
    for file in writer.files(order):
        write_bytes_beside(settings.out / file.name, [file.data])
        written.append(file.name)
    return written


def _side_by_side(wanted: Sequence[Wanted], settings: Settings, jobs: int) -> list[str]:
    shards = [wanted[at : at + SHARD] for at in range(0, len(wanted), SHARD)]
    written = spread(_write_shard, partial(_open, settings), shards, jobs)
    return [name for names in written for name in names]


def _open(settings: Settings) -> tuple[Assessment, Settings]:
    return load_quiz(settings.assessment, settings.cache), settings


def _write_shard(opened: tuple[Assessment, Settings], wanted: Sequence[Wanted]) -> list[str]:
    assessment, settings = opened
    return _write(assessment, wanted, settings, writer_of(settings.format))


def _variants(wanted: Sequence[Wanted]) -> Iterator[str]:
    yield write_row(("student", "variant"))
    yield from (write_row((safe_cell(one.student), one.code)) for one in wanted)
