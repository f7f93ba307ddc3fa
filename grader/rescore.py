"""Judge again from what is stored, for some students or all: no submissions folder, and nothing is run.

    gradebook: runs, answers, reviews ──► worker (judge, grade, page) ──► gradebook, pages, results.json, ...

It is the path by which a run resumes, without what reads folders and runs code.
"""

from collections.abc import Iterable
from pathlib import Path

from grader.pipeline import Summary

__all__ = ["rescore"]


def rescore(out: Path, students: Iterable[str] | None = None, *, cache: Path | None = None) -> Summary:
    """Judge the stored outcomes, answers and reviews of some students again, all of them unless told otherwise.

    Writes their pages, and ``results.json``, ``grades.csv`` and ``index.html`` of the class. Raises InputError where
    ``out`` holds no results that can be judged again. No gradebook may be open on ``out`` meanwhile.
    """
    raise NotImplementedError((out, students, cache))
