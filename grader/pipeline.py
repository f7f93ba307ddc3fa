"""The story on one page: find the submissions, grade them in worker processes, write what people read.

The parent reads no student's file and runs no student's code; it hands out tasks, and writes. A page is written
before its record is saved, and a record is saved before the class files are made, so that whatever is
interrupted can be resumed by the same command.
"""

import csv
import io
import json
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.errors import InterruptedRunError, SubmissionError
from grader.files import make_folder, write_beside
from grader.intake import find_submissions, student_id
from grader.model.grade import points
from grader.model.key import AnswerKey
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.plan import make_plan
from grader.pool import Pool
from grader.report.classpage import ClassRow, class_page
from grader.report.safe import page_names, safe_cell
from grader.store import Digests, Gradebook, open_gradebook
from grader.unexplained import find_clusters
from grader.worker import Graded, Settings, Task, judged_digest

__all__ = ["Progress", "Summary", "default_cache", "grade_class"]

MOST_SHOWN = 40  # clusters on the class page


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
    isolation: Isolation = Isolation.FULL_CGROUP
    problems: list[str] = field(default_factory=list)  # the grader's own faults
    gone: list[str] = field(default_factory=list)  # students of an earlier run who are not in the folder now


def grade_class(
    submissions: Path,
    settings: Settings,
    out: Path,
    *,
    workers: int,
    report: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Grade every submission in a folder and write pages, ``results.json`` and ``grades.csv`` to ``out``.

    Resumes where an earlier run stopped. Raises GraderError, and InterruptedRunError after Ctrl-C.
    """
    folders = _by_student(find_submissions(submissions))
    assessment = load_assessment(settings.assessment, settings.cache)
    key = answer_key(assessment, settings.cache)
    current = Digests("", make_plan(assessment, key).digest, judged_digest(assessment, key))
    make_folder(out / "students")
    summary = Summary(out, total=len(folders))
    with open_gradebook(out / "gradebook.sqlite") as book:
        book.claim({"assessment": assessment.id, "submissions folder": str(submissions.resolve())})
        tasks = _tasks(folders, book, current, out)
        with Pool(settings, workers) as pool:
            try:
                for graded in pool.map(tasks):
                    _keep(graded, book, out, summary)
                    report(Progress(summary.graded + summary.unchanged, summary.total, summary.unchanged))
            except KeyboardInterrupt:
                for graded in pool.finish():
                    _keep(graded, book, out, summary)
                kept = summary.graded + summary.unchanged
                raise InterruptedRunError(
                    f"stopped: {kept} of {summary.total} submissions are graded and kept in {str(out)!r}",
                    hint="The same command goes on from there.",
                ) from None
        students = list(folders)
        summary.gone = sorted(set(book.digests()) - set(students))
        book.forget_unused()
        _write_class(book, students, assessment, key, out, summary)
    return summary


def _by_student(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the folders by student; two names that would be written alike must not share a grade."""
    found: dict[str, Path] = {}
    for folder in folders:
        if (other := found.setdefault(student_id(folder), folder)) != folder:
            raise SubmissionError(f"{other} and {folder} would both be {student_id(folder)!r}", hint="Rename one.")
    return found


def _tasks(folders: Mapping[str, Path], book: Gradebook, current: Digests, out: Path) -> Iterator[Task]:
    """Make a task for each submission, with what is known of it; pages that are gone are made again."""
    known = book.digests()
    pages = page_names(folders)
    for student, folder in folders.items():
        page = pages[student]
        digests, done, old_page = known.get(student, (None, False, ""))
        if digests is None or not done or digests.plan != current.plan:
            yield Task(student, folder, page, None, {})
        elif digests.judged != current.judged or page != old_page or not (out / "students" / page).exists():
            stale = Digests(digests.files, digests.plan, "")
            yield Task(student, folder, page, stale, book.runs(student))
        else:
            yield Task(student, folder, page, digests, {})


def _keep(graded: Sequence[Graded], book: Gradebook, out: Path, summary: Summary) -> None:
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


def _write_class(
    book: Gradebook,
    students: Sequence[str],
    assessment: Assessment,
    key: AnswerKey,
    out: Path,
    summary: Summary,
) -> None:
    """Write the class's files from the gradebook, a student at a time."""
    levels: set[str] = set()
    for _, isolation, grade in book.grades(students):
        levels.add(isolation)
        summary.passed += grade["score"] == grade["max_score"]
    summary.isolation = max((Isolation(level) for level in levels), key=lambda level: level.rank)
    write_beside(out / "results.json", _results(book, students, assessment, summary.isolation))
    write_beside(out / "grades.csv", _grades(book, students, assessment))
    rows = (ClassRow.of(grade) for _, _, grade in book.grades(students))
    unexplained = find_clusters(book, sorted(students), assessment, key.cases, shown=MOST_SHOWN)
    write_beside(out / "index.html", class_page(rows, assessment, summary.isolation, unexplained))


def _results(
    book: Gradebook, students: Sequence[str], assessment: Assessment, isolation: Isolation
) -> Iterator[str]:
    """Yield ``results.json``: the same bytes for the same input, so no times and no dates."""
    head = {
        "id": assessment.id,
        "title": assessment.title,
        "max_score": points(assessment.max_score),
        "questions": [{"id": item.question.id, "max_score": points(item.points)} for item in assessment.items],
    }
    yield f'{{"schema": 1, "assessment": {json.dumps(head)}, "isolation": "{isolation}", "students": ['
    separator = "\n"
    for _, _, grade in book.grades(students):
        yield separator + json.dumps(grade, allow_nan=False)
        separator = ",\n"
    yield "\n]}\n"


def _grades(book: Gradebook, students: Sequence[str], assessment: Assessment) -> Iterator[str]:
    """Yield ``grades.csv``, a row a student; cells cannot be taken for formulas."""
    questions = [item.question.id for item in assessment.items]
    yield _row(["student", "score", "max_score", *questions, "needs_attention"])
    for student, _, grade in book.grades(students):
        scores = {question["id"]: question for question in grade["questions"]}
        ours = [name for name in questions if scores[name]["status"] == "grader_error"]
        cells = ["" if name in ours else scores[name]["score"] for name in questions]
        words = f"the grader failed on {', '.join(ours)}" if ours else ""
        yield _row([safe_cell(student), "" if ours else grade["score"], grade["max_score"], *cells, words])


def _row(cells: Sequence[object]) -> str:
    line = io.StringIO()
    # Where commas are for decimals, spreadsheets cut at semicolons: unquoted, `x;=1+1` would begin a second cell.
    is_cut = any(";" in str(cell) for cell in cells)
    quoting = csv.QUOTE_NONNUMERIC if is_cut else csv.QUOTE_MINIMAL
    csv.writer(line, lineterminator="\n", quoting=quoting).writerow(cells)
    return line.getvalue()


def default_cache() -> Path | None:
    """Return the folder for answer keys of this user, or None where there is no home."""
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(root) if root else Path.home() / ".cache") / "gradegate"
    except RuntimeError:
        return None
