"""What comes back from the sandbox: decoded, bounded, and not to be believed.

Everything here was chosen by the process that ran student code. A forged outcome is just another wrong
answer; the trusted side compares, and shows nothing of it without escaping.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray

__all__ = ["Frame", "FunctionInfo", "Isolation", "Loaded", "Outcome", "Raised", "RunResult", "Status", "Value"]


class Status(StrEnum):
    """How a call, a check or a question ended: the words of ``results.json``."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    ERROR = "error"  # raised an exception; sys.exit; the import failed
    MISSING = "missing"  # no such file or function
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"  # a signal, an early end, a broken protocol
    BLOCKED = "blocked"  # a system call that only attacks make
    INVALID = "invalid"  # an answer that cannot be one
    UNANSWERED = "unanswered"
    NEEDS_REVIEW = "needs_review"
    GRADER_ERROR = "grader_error"  # ours; retried, costs nothing


class Isolation(StrEnum):
    """How well student code is sealed, strongest first."""

    NOTHING_RUN = "nothing run"  # answers to a quiz only: there is no code
    FULL_CGROUP = "full+cgroup"
    FULL = "full"
    CONTAINER = "container"
    WEAK = "weak"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 is the strongest."""
        return list(Isolation).index(self)


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback inside the student's own files."""

    file: str  # "lstm.py", or "lstm.ipynb, cell 3"
    line: int
    function: str
    text: str  # the source line


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception: its type's name, its text, and the student's own lines, outermost first."""

    type: str
    text: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One result as it came back. ``array`` is None when it cannot be read as real numbers; ``note`` says why."""

    type: str  # the Python type's name: "ndarray", "float", "NoneType", ...
    array: NDArray[Any] | None
    note: str = ""

    def repeats(self, other: "Value") -> bool:
        """Whether this is the other value, to the last bit."""
        if (self.type, self.note, self.array is None) != (other.type, other.note, other.array is None):
            return False
        if self.array is None or other.array is None:
            return True
        is_alike = self.array.dtype == other.array.dtype and self.array.shape == other.array.shape
        return is_alike and self.array.tobytes() == other.array.tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How one call ended. ``status`` is PASSED when it returned something: whether it is right is not known here.

    ``values`` has one entry for each result when ``count`` is what the call promised; otherwise it is empty
    and ``returned`` says what came instead ("NoneType", "tuple of 3").
    """

    call: str
    status: Status
    values: tuple[Value, ...] = ()
    returned: str = ""
    count: int = 0
    changed: tuple[int, ...] = ()  # positions of the arguments that the function changed
    raised: Raised | None = None
    printed: str = ""
    warnings: tuple[str, ...] = ()  # "RuntimeWarning: overflow encountered in exp"
    detail: str = ""  # for deaths: "killed by signal 11 (SIGSEGV)", "no answer within 5 s"

    def repeats(self, other: "Outcome") -> bool:
        """Whether this is the other outcome, to the last bit and letter."""
        ours, theirs = (
            (one.call, one.status, one.returned, one.count, one.changed, one.raised, one.printed, one.warnings)
            for one in (self, other)
        )
        if ours != theirs or self.detail != other.detail or len(self.values) != len(other.values):
            return False
        return all(map(Value.repeats, self.values, other.values))


@dataclass(frozen=True, slots=True)
class FunctionInfo:
    """A public callable of the student's module, for near misses; ``most`` is None with ``*args``."""

    name: str
    least: int
    most: int | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """How importing the student's file went. ``status`` is PASSED, or why nothing could be called."""

    status: Status
    functions: tuple[FunctionInfo, ...] = ()
    raised: Raised | None = None
    printed: str = ""
    remarks: tuple[str, ...] = ()  # "cell 4: dropped `x = train()`, which raised NameError"
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """What one job gave: one outcome for each call, in order of the batches.

    ``finished`` is False when the process died before it had answered everything: the calls without an answer
    carry the status of the death.
    """

    loaded: Loaded
    outcomes: tuple[Outcome, ...]
    isolation: Isolation
    finished: bool = True
    printed: str = ""  # of the process as a whole, C level included
