"""The one door through which anything untrusted is run."""

from typing import Protocol

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, RunResult
from grader.sandbox import launch
from grader.sandbox.forkserver import ForkServer
from grader.sandbox.seccomp import compile_filter

__all__ = ["Runner", "open_runner"]


class Runner(Protocol):
    """Runs one job after another, each in a process of its own; ``isolation`` says how well sealed."""

    isolation: Isolation

    def run(self, job: Job) -> RunResult:
        """Run one job. A failure of the sandbox itself is a SandboxError and never the student's."""
        ...

    def close(self) -> None:
        """End whatever was started."""
        ...


def open_runner(*, least: Isolation = Isolation.CONTAINER, packages: tuple[str, ...] = ("numpy",)) -> Runner:
    return ForkServer(launch.sealed("/usr/bin/bwrap", packages, landlock=True), compile_filter(), Isolation.FULL, frozenset(["read /etc/passwd","read a file outside","open a socket","start a process","write a file","keep a descriptor","look into /proc"]))
