"""All that came from one student: files, answers in a folder and in tables; or what was kept of them."""

from dataclasses import replace
from pathlib import Path

from grader.answers.file import MISSING, read_answers
from grader.intake import read_submission
from grader.model.answers import NOTHING, HandedIn
from grader.model.inputs import SourceFile, Submission

__all__ = ["receive", "receive_again"]


def receive(
    student: str, folder: Path | None, table: HandedIn = NOTHING, *, code: bool = True, quiz: bool = True
) -> tuple[Submission, HandedIn]:
    """Read what a student handed in; ``code`` and ``quiz`` say what is asked for. Tables count first."""
    missing = ("no folder was handed in",) if code else ()
    submission = read_submission(folder) if folder is not None else Submission(student, (), missing)
    found, notes = read_answers(submission) if quiz else ((), ())
    answers = (*table.answers, *found)
    if quiz and not answers and not notes:
        notes = (MISSING,)
    submission = replace(submission, notes=(*submission.notes, *table.notes, *notes))
    files = tuple(file.path for file in submission.files)
    return submission, HandedIn(answers, submission.notes, files, table.table)


def receive_again(student: str, handed_in: HandedIn) -> Submission:
    """Return what is known of a submission that was read before: its files by name only, and its notes."""
    files = tuple(SourceFile(path, b"") for path in handed_in.files)
    return Submission(student, files, handed_in.notes)
