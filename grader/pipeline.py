"""The story on one page: find the submissions, grade them in worker processes, write what people read.

The parent reads no student's file and runs no student's code; it hands out tasks, and writes. A page is written
before its record is saved, and a record is saved before the class files are made, so that whatever is
interrupted can be resumed by the same command.
"""

import json
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.answers.table import read_table, table_digest
from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.classfiles import write_class
from grader.errors import Complaint, InputError, InterruptedRunError, SubmissionError
from grader.files import make_folder, write_beside
from grader.intake import find_submissions, student_id
from grader.judged import judged_digest, judged_for
from grader.model.answers import NOTHING, HandedIn
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.plan import make_plan
from grader.pool import Here, Pool
from grader.report.environment import check_templates
from grader.report.safe import page_names
from grader.store import ANY_VARIANT, ASSESSMENT_FILE, FILE, GONE, Digests, Gradebook, open_gradebook
from grader.worker import Graded, Settings, Task

__all__ = ["Progress", "Summary", "grade_class", "keep"]

TABLES = (".csv", ".tsv")
FEW = 24  # students whose answers are marked sooner than a process is started


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done: int
    total: int
    unchanged: int


@dataclass(slots=True)
class Summary:
    """What a run did."""

    out: Path
    total: int = 0
    graded: int = 0
    unchanged: int = 0
    passed: int = 0
    waiting: int = 0  # students with texts that a person has to mark
    isolation: Isolation = Isolation.NOTHING_RUN
    problems: list[str] = field(default_factory=list)  # the grader's own faults
    gone: list[str] = field(default_factory=list)  # students of an earlier run who are not in the folder now
    remarks: list[str] = field(default_factory=list)  # on tables of answers


def grade_class(
    submissions: Path,
    settings: Settings,
    out: Path,
    *,
    workers: int,
    answers: Sequence[Path] = (),
    report: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Grade every submission in a folder and write pages, ``results.json`` and ``grades.csv`` to ``out``.

    ``answers`` are tables with answers to a quiz; such a table may stand in the place of the folder, too.
    Resumes where an earlier run stopped. Raises GraderError, and InterruptedRunError after Ctrl-C.
    """
    folders = _by_student(find_submissions(submissions)) if not _is_table(submissions) else {}
    assessment = load_assessment(settings.assessment, settings.cache)
    tables = (*answers, *([submissions] if _is_table(submissions) else []))
    came, remarks = _read_tables(tables, assessment)
    class_ = {**folders, **{student: folders.get(student) for student in came}}
    key = answer_key(assessment, settings.cache)
    judged = judged_digest(assessment, key, any_variant=settings.any_variant)
    current = Digests("", make_plan(assessment, key).digest, judged)
    check_templates(assessment.folder)
    make_folder(out / "students")
    summary = Summary(out, total=len(class_), remarks=remarks)
    if folders and (lost := sorted(set(came) - set(folders))):
        some = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
        summary.remarks.append(f"in a table of answers, and without a folder: {some}")
    with open_gradebook(out / FILE) as book:
        about = {"assessment": assessment.id, "submissions folder": str(submissions.resolve())}
        file, any_variant = str(settings.assessment.resolve()), "yes" if settings.any_variant else ""
        book.claim(about, {ASSESSMENT_FILE: file, ANY_VARIANT: any_variant})
        tasks = _tasks(class_, came, book, current, out)
        is_quick = not assessment.items and len(class_) <= FEW  # no code is run, and there is little to do
        with Here(settings) if is_quick else Pool(settings, workers) as pool:
            try:
                for graded in pool.map(tasks):
                    keep(graded, book, out, summary)
                    report(Progress(summary.graded + summary.unchanged, summary.total, summary.unchanged))
            except KeyboardInterrupt:
                for graded in pool.finish():
                    keep(graded, book, out, summary)
                kept = summary.graded + summary.unchanged
                raise InterruptedRunError(
                    f"stopped: {kept} of {summary.total} submissions are graded and kept in {str(out)!r}",
                    hint="The same command goes on from there.",
                ) from None
        students = list(class_)
        summary.gone = sorted(set(book.digests()) - set(students))
        book.note(GONE, json.dumps(summary.gone))
        book.forget_unused()
        summary.passed, summary.waiting, summary.isolation = write_class(book, students, assessment, key, out)
    return summary


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in TABLES and path.is_file()


def _read_tables(paths: Sequence[Path], assessment: Assessment) -> tuple[dict[str, HandedIn], list[str]]:
    """Return what tables hold of each student, the first table's first; complaints of all are told at once."""
    found: dict[str, HandedIn] = {}
    remarks: list[str] = []
    complaints: list[Complaint] = []
    if paths and not assessment.quiz:
        words = f"{assessment.id} has no questions of a quiz, and {paths[0]} holds answers to some"
        raise InputError(words, hint="Name the quiz with --assessment.")
    for path in paths:
        try:
            table = read_table(path, assessment.order)
        except InputError as error:
            complaints += error.complaints
            continue
        remarks += table.remarks
        for student, one in table.students.items():
            before = found.get(student, NOTHING)
            answers, notes = (*before.answers, *one.answers), (*before.notes, *one.notes)
            found[student] = HandedIn(answers, notes)
    if complaints:
        raise InputError.of(complaints)
    return {student: replace(one, table=table_digest(one)) for student, one in found.items()}, remarks


def _by_student(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the folders by student; two names that would be written alike must not share a grade."""
    found: dict[str, Path] = {}
    for folder in folders:
        if (other := found.setdefault(student_id(folder), folder)) != folder:
            raise SubmissionError(f"{other} and {folder} would both be {student_id(folder)!r}", hint="Rename one.")
    return found


def _tasks(
    folders: Mapping[str, Path | None],
    tables: Mapping[str, HandedIn],
    book: Gradebook,
    current: Digests,
    out: Path,
) -> Iterator[Task]:
    """Make a task for each submission, with what is known of it; pages that are gone are made again."""
    known = book.digests()
    pages = page_names(folders)
    for student, folder in folders.items():
        page, table, reviews = pages[student], tables.get(student, NOTHING), book.reviews(student)
        judged = judged_for(current.judged, table.table, reviews)
        digests, done, old_page = known.get(student, (None, False, ""))
        if digests is None or not done or digests.plan != current.plan:
            yield Task(student, folder, page, None, {}, table, reviews)
        elif digests.judged != judged or page != old_page or not (out / "students" / page).exists():
            stale = Digests(digests.files, digests.plan, "")
            yield Task(student, folder, page, stale, book.runs(student), table, reviews)
        else:
            yield Task(student, folder, page, digests, {}, table, reviews)


def keep(graded: Sequence[Graded], book: Gradebook, out: Path, summary: Summary) -> None:
    """Write the pages of some submissions, then save their records."""
    records = [one.record for one in graded if one.record is not None]
    with _unbroken():
        for one in graded:
            if one.record is not None:
                write_beside(out / "students" / one.record.page, [one.html])
        book.save(records)
        summary.graded += len(records)
        summary.unchanged += len(graded) - len(records)
    summary.problems.extend(f"{one.student}: {one.problem}" for one in graded if one.problem)


@contextmanager
def _unbroken() -> Generator[None]:
    """Let Ctrl-C wait until what is being written is written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt
