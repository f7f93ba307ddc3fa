"""Find the students in a folder of submissions: its folders, without what tools leave behind."""

import os
from pathlib import Path

from grader.errors import SubmissionError

__all__ = ["find_submissions", "is_clutter", "is_source", "student_id"]

CLUTTER = {"__pycache__", "__MACOSX", "node_modules", "Thumbs.db", "desktop.ini"}
ANSWERS = {"answers.yaml", "answers.yml", "answers.json"}


def find_submissions(folder: Path) -> tuple[Path, ...]:
    """Return the students' folders by name; links among them too, so that reading can say what is wrong.

    Files at the top, hidden folders and caches are ignored. Raises SubmissionError where there are no students.
    """
    shown = f"{str(folder)!r}"
    if not os.path.lexists(folder):
        raise SubmissionError(f"there is no folder {shown}", hint="Name the folder that holds the submissions.")
    if not os.path.isdir(folder):  # noqa: PTH112  Path.is_dir raises where nothing may be looked at
        raise SubmissionError(
            f"{shown} is not a folder",
            hint="`grader grade` wants a folder with one folder for each student; "
            "for a single file there is `grader check`.",
        )
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, entry.is_dir()) for entry in entries if not is_clutter(entry.name))
    except OSError as error:
        raise SubmissionError(
            f"the folder {shown} cannot be read: {error.strerror}", hint="Ask for permission to read it."
        ) from error
    students = tuple(folder / name for name, is_folder in listed if is_folder)
    sources = [name for name, is_folder in listed if is_source(name) and not is_folder]
    if sources and not any(_is_student(student) for student in students):
        raise SubmissionError(
            f"{shown} looks like one student's folder: it has {sources[0]} at its top",
            hint=f"Grade the folder around it, or try `grader check {folder}`.",
        )
    if not students:
        raise SubmissionError(f"{shown} holds no submissions", hint="It needs one folder for each student.")
    return students


def student_id(folder: Path) -> str:
    """Return the student's id: the folder's name; bytes that are not UTF-8 are written as ``\\xe9``."""
    name = folder.name or folder.resolve().name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_clutter(name: str) -> bool:
    """Whether a name is hidden, or what a tool leaves behind."""
    return name.startswith(".") or name in CLUTTER


def is_source(name: str) -> bool:
    """Whether a name is that of a file which may count: code, a notebook, answers."""
    return name.endswith((".py", ".ipynb")) or name in ANSWERS


def _is_student(folder: Path) -> bool:
    """Whether a folder looks like a student's rather than like a package or data of one."""
    try:
        with os.scandir(folder) as entries:
            names = {entry.name for entry in entries}
    except OSError:
        return True
    return "__init__.py" not in names and any(is_source(name) for name in names)
