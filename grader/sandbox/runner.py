"""The one door through which anything untrusted is run.

Code before this door may import it without importing anything that runs; what is needed is imported when it is
opened.
"""

from functools import partial
from typing import Protocol

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, RunResult

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


def open_runner(
    *,
    least: Isolation = Isolation.CONTAINER,
    packages: tuple[str, ...] = ("numpy",),
    force: Isolation | None = None,
) -> Runner:
    """Open the strongest runner that this machine gives; SandboxError where that is less than ``least``.

    ``force`` asks for one level and no other. A runner belongs to the thread that opened it, best a main
    thread: the kernel ends its process together with that thread (and the next job would start another).
    """
    from grader.sandbox.levels import probe

    layers = probe()
    level = force or layers.level
    if not layers.offers(level):
        raise SandboxError(
            f"this machine cannot isolate at the level {level.value}: "
            f"{layers.bwrap_words}; {layers.seccomp_words}",
            hint="Run `grader doctor` to see what it can do, and what would make it better.",
        )
    if force is None and level.rank > least.rank:
        raise SandboxError(
            f"this machine isolates student code at the level {level.value}, and {least.value} is asked for",
            hint="Run `grader doctor` to see what would make it better, or ask for less by name.",
        )
    if level is Isolation.NONE:
        from grader.sandbox.fallback import PortableRunner

        return PortableRunner(packages)
    return _fork_server(level, packages)


def _fork_server(level: Isolation, packages: tuple[str, ...]) -> Runner:
    """Start a warm process at one of the levels that have one."""
    from grader.sandbox import launch
    from grader.sandbox.forkserver import ForkServer
    from grader.sandbox.levels import MUST_FAIL, probe
    from grader.sandbox.seccomp import compile_filter

    layers = probe()
    has_landlock = layers.landlock > 0 and level is not Isolation.WEAK
    if level is Isolation.FULL:
        start = partial(launch.sealed, layers.bwrap, packages, landlock=has_landlock)
    else:
        start = partial(launch.bare, packages, landlock=has_landlock)
    must_fail = MUST_FAIL[level] if has_landlock else MUST_FAIL[level] - {"write a file"}
    return ForkServer(start, compile_filter(), level, must_fail)
