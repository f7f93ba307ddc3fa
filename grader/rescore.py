"""Judge again from what is stored, for some students or all: no submissions folder, and nothing is run.

    gradebook: runs, answers, reviews ──► worker (judge, grade, page) ──► gradebook, pages, results.json, ...

It is the path by which a run resumes, without what reads folders and runs code. A function that would have to be
run again keeps the student's old grade, and the summary says so.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.assessment.key import answer_key
from grader.classfiles import write_class
from grader.errors import InputError
from grader.model.outcome import Isolation
from grader.pipeline import Summary, keep
from grader.store import Gradebook, open_results
from grader.worker import Settings, Task, build_worker, grade_task

__all__ = ["rescore"]


def rescore(out: Path, students: Iterable[str] | None = None, *, cache: Path | None = None) -> Summary:
    """Judge the stored outcomes, answers and reviews of some students again, all of them unless told otherwise.

    Writes their pages, and ``results.json``, ``grades.csv`` and ``index.html`` of the class. Raises InputError
    where ``out`` holds no results that can be judged again. No gradebook may be open on ``out`` meanwhile.
    """
    summary = Summary(out)
    with open_results(out) as book:
        settings = Settings(book.assessment_file(), cache, Isolation.NONE, book.any_variant)
        worker = build_worker(settings, may_run=False)
        everybody = book.present()
        chosen = everybody if students is None else sorted(set(students))
        if unknown := sorted(set(chosen) - set(everybody)):
            words = f"there are no results of {unknown[0]!r} in {str(out)!r}"
            raise InputError(words, hint="Name a student whom `grader grade` graded.")
        summary.total = len(chosen)
        for task in _tasks(book, chosen):
            graded = grade_task(task, worker)
            if task.again is not None and graded.record is not None and graded.record.done:
                keep((graded,), book, out, summary)
            else:
                problem = graded.problem or "it has no answers that were kept"
                summary.problems.append(f"{task.student}: {problem}; `grader grade` has to run this again")
        key = answer_key(worker.assessment, cache)
        sums = write_class(book, everybody, worker.assessment, key, out)
        summary.passed, summary.waiting, summary.isolation = sums
    return summary


def _tasks(book: Gradebook, students: Iterable[str]) -> Iterator[Task]:
    known = book.digests()
    for student in students:
        digests, _, page = known[student]
        runs, reviews, handed_in = book.runs(student), book.reviews(student), book.handed_in(student)
        yield Task(student, None, page, digests, runs, reviews=reviews, again=handed_in)
