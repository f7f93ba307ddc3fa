"""What may cross into the sandbox: the files of one student, and calls with their inputs. Nothing else.

There is no field here that could carry an expected value, a tolerance or another student's work.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray

__all__ = ["Argument", "Call", "Form", "Job", "Limits", "SourceFile", "Submission"]


class Form(StrEnum):
    """The form in which a value reaches the student's function; the numbers are the same in each."""

    ARRAY = "array"  # C-contiguous, writable
    FORTRAN = "fortran"  # column-major
    STRIDED = "strided"  # every second element of a larger array along the last axis
    REVERSED = "reversed"  # negative stride along the last axis
    READ_ONLY = "read-only"
    BIG_ENDIAN = "big-endian"
    SCALAR = "scalar"  # a Python float (int, bool) made from a 0-d array by .item()
    NUMPY_SCALAR = "numpy-scalar"  # np.float64(...)
    LIST = "list"  # nested Python lists of Python numbers


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """One positional argument: its numbers, and the form in which the function gets them."""

    name: str
    value: NDArray[Any]
    form: Form = Form.ARRAY


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call of one function.

    ``results`` is how many named results the signature promises: with 1 whatever comes back is read as one
    array, with more it is read as a sequence of that many.
    """

    id: str
    function: str
    arguments: tuple[Argument, ...]
    results: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call (``wall_seconds``) and one process (the rest) may use."""

    wall_seconds: float = 5.0  # for each call, and for importing the file
    cpu_seconds: int = 60  # for the whole process
    total_wall_seconds: float = 120.0  # for the whole process: sleeping in every call costs no CPU
    memory_bytes: int = 1 << 30  # address space
    result_bytes: int = 16 << 20  # what one call may hand back
    total_result_bytes: int = 64 << 20  # what one process may hand back
    printed_bytes: int = 64 << 10  # kept of what is printed; the rest is dropped
    flood_bytes: int = 16 << 20  # printed beyond this, the process is killed


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a submission: its path inside the folder (posix, relative, no ``..``) and its bytes."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's folder, read once: regular files only, and remarks on what was left out."""

    student: str
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...] = ()
    digest: str = ""  # of the files' paths and bytes; what resume compares


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One process's work: load ``module`` from ``files``, then make the calls, batch after batch.

    The next batch is sent only when the one before has been answered, so that calls whose inputs are shown
    to the student can be answered before any hidden input is in the process.
    A careful job sends each answer at once, so that a death is pinned on the call that caused it; otherwise
    answers are gathered, which is faster, and a death loses what was not sent yet. Where every call was
    answered the two tell the same.
    """

    files: tuple[SourceFile, ...]
    module: str  # the stem: "lstm" for lstm.py or lstm.ipynb
    batches: tuple[tuple[Call, ...], ...]
    limits: Limits = Limits()
    careful: bool = False
    seed: int = 0  # for the child's random generators; it can be read there, so it must not come from a secret
