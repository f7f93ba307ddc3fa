"""The one exception tree: what went wrong, where, and what to do about it.

    GraderError                 anything this program says in words; exit code 2 unless told otherwise
    +-- InputError              something that a person wrote or named is not right
    |   +-- BankError           a bank or an assessment; holds every complaint at once
    |   +-- SubmissionError     a folder of submissions that cannot be graded as it is
    +-- SandboxError            the machine cannot isolate as asked, or the sandbox itself broke
    +-- OutputError             results cannot be written (disk full, no permission, another run's folder)
    +-- InterruptedRunError             Ctrl-C: what is graded stays graded

Only ``grader.cli`` and ``grader.commands`` print and exit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

__all__ = [
    "BankError",
    "Complaint",
    "GraderError",
    "InputError",
    "InterruptedRunError",
    "OutputError",
    "Place",
    "SandboxError",
    "SubmissionError",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1 as editors do; line and column are 0 where they are not known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    @classmethod
    def where_raised(cls, file: Path, error: BaseException) -> "Place":
        """Find the last line that was running of a file, or of those beside it; the file itself if none was."""
        folder, place, step = file.parent.resolve(), cls(str(file)), error.__traceback__
        while step is not None:
            running = Path(step.tb_frame.f_code.co_filename)
            if running.parent == folder:
                place = cls(str(file.parent / running.name), step.tb_lineno)
            step = step.tb_next
        return place


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: a sentence with the offending value, the place, and what to do."""

    message: str
    hint: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f"\n    {self.hint}" if self.hint else "")


AnyError = TypeVar("AnyError", bound="GraderError")


class GraderError(Exception):
    """Anything this program tells a person in words."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None) -> None:
        self.complaints: tuple[Complaint, ...] = (Complaint(message, hint, place),)
        super().__init__(message)

    def __str__(self) -> str:
        return "\n".join(str(complaint) for complaint in self.complaints)

    @classmethod
    def of(cls, complaints: Iterable[Complaint]) -> Self:
        """Make one error of several complaints, all told at once."""
        return _rebuild(cls, tuple(complaints))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.complaints))


def _rebuild(kind: type[AnyError], complaints: tuple[Complaint, ...]) -> AnyError:
    """Make an error of its complaints: the same one in another process, too."""
    error = kind.__new__(kind)
    Exception.__init__(error, complaints[0].message if complaints else "")
    error.complaints = complaints
    return error


class InputError(GraderError):
    """Something that a person wrote or named is not right."""


class BankError(InputError):
    """A bank or an assessment is not sound; every complaint is told at once."""

    def __init__(self, complaints: list[Complaint] | tuple[Complaint, ...]) -> None:
        super().__init__(complaints[0].message if complaints else "the bank is not sound")
        self.complaints = tuple(complaints)


class SubmissionError(InputError):
    """A folder of submissions cannot be graded as it is."""


class SandboxError(GraderError):
    """The machine cannot isolate as asked, or the sandbox itself broke."""


class OutputError(GraderError):
    """Results cannot be written."""


class InterruptedRunError(GraderError):
    """A person stopped the run; what is graded stays graded."""

    exit_code = 130
