"""Judge again from what is stored, for some students or all: no submissions folder, and nothing is run.

    gradebook: runs, answers, reviews ──► worker (judge, grade, page) ──► gradebook, pages, results.json, ...

It is the path by which a run resumes, without what reads folders and runs code. A function that would have to be
run again keeps the student's old grade, and the summary says so.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.assessment.key import answer_key
from grader.classfiles import write_class
from grader.errors import InputError
from grader.model.outcome import Isolation
from grader.pipeline import Summary, keep
from grader.store import Gradebook, open_gradebook
from grader.worker import Settings, Task, Worker, build_worker, grade_task

__all__ = ["Rescorer", "rescore"]

HINT = "Name a folder that `grader grade` wrote."


def rescore(out: Path, students: Iterable[str] | None = None, *, cache: Path | None = None) -> Summary:
    """Judge the stored outcomes, answers and reviews of some students again, all of them unless told otherwise.

    Writes their pages, and ``results.json``, ``grades.csv`` and ``index.html`` of the class. Raises InputError
    where ``out`` holds no results that can be judged again. No gradebook may be open on ``out`` meanwhile.
    """
    return Rescorer(out, cache).rescore(students)


class Rescorer:
    """Judges again from one folder of results, any number of times: what that needs is made once."""

    def __init__(self, out: Path, cache: Path | None = None) -> None:
        self._out = out
        self.settings = settings_of(out, cache)
        self.worker: Worker = build_worker(self.settings, may_run=False)
        self._key = answer_key(self.worker.assessment, cache)

    def rescore(self, students: Iterable[str] | None = None, *, with_class: bool = True) -> Summary:
        """Judge some students again, or all, and write what people read; the files of the class may wait."""
        summary = Summary(self._out)
        with open_gradebook(self._out / "gradebook.sqlite") as book:
            gone = set(json.loads(book.about().get("gone", "[]")))
            everybody = sorted(set(book.digests()) - gone)
            chosen = everybody if students is None else sorted(set(students))
            if unknown := [student for student in chosen if student not in set(everybody)]:
                raise InputError(f"there are no results of {unknown[0]!r} in {str(self._out)!r}", hint=HINT)
            summary.total = len(chosen)
            for task in self._tasks(book, chosen):
                graded = grade_task(task, self.worker)
                if task.again is not None and graded.record is not None and graded.record.done:
                    keep((graded,), book, self._out, summary)
                else:
                    summary.problems.append(f"{task.student}: `grader grade` has to run this again")
            if with_class:
                sums = write_class(book, everybody, self.worker.assessment, self._key, self._out)
                summary.passed, summary.waiting, summary.isolation = sums
        return summary

    def _tasks(self, book: Gradebook, students: Iterable[str]) -> Iterator[Task]:
        known = book.digests()
        for student in students:
            digests, _, page = known[student]
            runs, reviews, handed_in = book.runs(student), book.reviews(student), book.handed_in(student)
            yield Task(student, None, page, digests, runs, reviews=reviews, again=handed_in)


def settings_of(out: Path, cache: Path | None) -> Settings:
    """Return the settings with which a folder of results was made. Raises InputError where it is none."""
    file = out / "gradebook.sqlite"
    if not file.is_file():
        raise InputError(f"{str(out)!r} holds no results: there is no gradebook.sqlite", hint=HINT)
    with open_gradebook(file) as book:
        about = book.about()
    if "assessment file" not in about:
        words = f"the results in {str(out)!r} are of an older version"
        raise InputError(words, hint="Run the same `grader grade` once more: it brings them up to date.")
    return Settings(Path(about["assessment file"]), cache, Isolation.NONE, bool(about.get("any variant")))
