"""A runner for where nothing is to be run: a quiz without code, and judging again from what is stored."""

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, RunResult

__all__ = ["NothingRuns"]


class NothingRuns:
    """Runs nothing; whoever asks it to is told so."""

    isolation = Isolation.NOTHING_RUN

    def run(self, job: Job) -> RunResult:
        """Raise SandboxError."""
        raise SandboxError(f"nothing is run here, and {job.module!r} would have to be")

    def close(self) -> None:
        """Do nothing."""
