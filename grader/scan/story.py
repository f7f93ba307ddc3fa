"""Read the scans of a class: every page, in some processes where there are many; then the table and the lists."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.bank.load import load_assessment
from grader.errors import InputError
from grader.export.print.press import need_typst
from grader.files import make_folder, write_beside
from grader.model.question import Assessment
from grader.model.sheet import Handout
from grader.quiz.sheet import make_sheet, secret_of
from grader.roster import Person
from grader.scan.gather import What, gather
from grader.scan.leaf import Leaf, read_leaf
from grader.scan.listing import list_page, list_table
from grader.scan.picture import Source, close_files, need_scanning, sources
from grader.scan.plan import Planner
from grader.scan.table import write_table
from grader.spread import spread

__all__ = ["Job", "Scanned", "scan"]

CHUNK = 16  # pages that a process reads at a time


@dataclass(frozen=True, slots=True)
class Job:
    """What is read, of which assessment, and where it goes."""

    paths: tuple[Path, ...]
    assessment: Path
    cache: Path | None
    out: Path


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came of it: how many pages and sheets were read, how many notes of each sort, and what was written."""

    pages: int
    sheets: int
    notes: dict[What, int]
    table: Path
    page: Path
    kept: Path | None  # where an older table is now

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to look at anything but what was written by hand."""
        return not any(count for what, count in self.notes.items() if what != What.WRITTEN)

    def told(self) -> Iterator[str]:
        """Say what came of it, a line each."""
        if self.kept is not None:
            yield f"the older {self.table.name} is now {self.kept}"
        yield f"{_counted(self.pages, 'page')}, {_counted(self.sheets, 'sheet')} in {self.table}"
        unsure = [
            _counted(count, noun)
            for what, noun in (
                (What.PAGE, "page not read"),
                (What.SHEET, "remark on sheets"),
                (What.MARK, "mark unsure"),
                (What.WRITTEN, "answer written by hand"),
            )
            if (count := self.notes[what])
        ]
        if unsure:
            yield f"to look at in {self.page}: {', '.join(unsure)}"


def _counted(count: int, noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{count} {noun}" if count == 1 else f"{count} {first}s{rest and f' {rest}'}"


def scan(
    job: Job,
    people: Sequence[Person],
    *,
    jobs: int = 1,
    report: Callable[[int, int], None] | None = None,
) -> Scanned:
    """Read scans, and write the table of answers with, beside it, what a person must look at.

    ``report`` is told how many pages are done, of how many. Raises InputError for what is no scan, or cannot be
    read for want of a package.
    """
    need_scanning()
    need_typst()
    assessment = load_assessment(job.assessment, job.cache)
    if not assessment.quiz:
        raise InputError(f"{str(job.assessment)!r} has no questions of a quiz", hint="Name it with --assessment.")
    try:
        pages = tuple(sources(list(job.paths)))
    finally:
        close_files()
    leaves: list[Leaf] = []
    for read in _read(pages, job, assessment, jobs):
        leaves += read
        if report:
            report(len(leaves), len(pages))
    secret = secret_of(assessment)

    def handout(code: str) -> Handout:
        return make_sheet(assessment, code, secret).handout

    found = gather(leaves, handout, people)
    make_folder(job.out.parent)
    quiz = {item.question.id for item in assessment.quiz}
    questions = [name for name in assessment.order if name in quiz]
    listing = job.out.with_name("scan.html")
    write_beside(listing, list_page(found, job.out.name, assessment.folder))
    write_beside(job.out.with_name("scan-list.csv"), list_table(found.notes))
    kept = write_table(job.out, questions, found.rows, [person.student for person in people])
    notes = {what: sum(note.what == what for note in found.notes) for what in What}
    return Scanned(len(pages), len(found.rows), notes, job.out, listing, kept)


def _read(pages: Sequence[Source], job: Job, assessment: Assessment, jobs: int) -> Iterator[list[Leaf]]:
    chunks = [pages[at : at + CHUNK] for at in range(0, len(pages), CHUNK)]
    if jobs < 2 or len(chunks) < 2:
        for chunk in chunks:
            yield _read_chunk(assessment, chunk)
        return
    yield from spread(_read_chunk, partial(load_assessment, job.assessment, job.cache), chunks, jobs)


def _read_chunk(assessment: Assessment, chunk: Sequence[Source]) -> list[Leaf]:
    try:
        planner = Planner(assessment)
        return [read_leaf(source, planner) for source in chunk]
    finally:
        close_files()
