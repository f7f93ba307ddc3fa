"""The warm process: import everything once, then fork for each job.

Started clean by ``exec``, so that nothing of the grader is in its memory. Talks to the trusted side over the
socket that it got as descriptor 0 (messages in ``frame``): first what it is to become, then task after task.
With a task come the descriptors of the job's pipes (output, requests, replies) and back goes a pidfd of the
fork, and in the end how it ended. The zygote reads neither a student's files nor what student code wrote. It
leaves when the socket ends.
"""

import gc
import importlib
import mmap
import os
import select
import signal
import socket
import sys
from typing import NoReturn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.extend(sys.argv[1:])  # where the packages are

import atfork
import canary
import folder
import frame
import harness
import lockdown
import rehearsal

# What homework commonly imports, and no more: every module more makes every fork dearer.
WARM = """
    abc array ast base64 bisect cmath collections collections.abc contextlib copy dataclasses datetime enum
    fractions functools heapq importlib.util inspect io itertools json linecache math numbers operator os
    pathlib random re string struct textwrap threading time traceback types typing warnings weakref
"""
WARM_NUMPY = "numpy.lib.stride_tricks numpy.linalg numpy.random"


class Zygote:
    """The state between forks."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._root = self._home = ""
        self._layers: tuple[lockdown.Landlock | None, lockdown.Seccomp | None] = (None, None)
        self._seed: int | None = None
        self._harness = harness.Harness()
        self._poll = select.poll()
        self._is_sealed = mmap.mmap(-1, 1)  # shared with a fork: set before it runs student code

    def prepare(self) -> None:
        """Import, lock what can be locked once, and say so."""
        config, program = frame.read(self._control.fileno())
        self._root = config["root"]
        os.chdir(self._root)
        os.environ.pop("PWD", None)  # bubblewrap's
        versions = _warm(config["packages"])
        lockdown.give_up_for_good(config["uid"])
        self._home = config["home"]
        if self._home:
            signal.signal(signal.SIGTERM, _leave)
            lockdown.die_with_parent(signal.SIGTERM)
        landlock = lockdown.Landlock([*config["readable"], self._root]) if config["landlock"] else None
        seccomp = lockdown.Seccomp(program, config["pid_offsets"]) if program else None
        self._layers = landlock, seccomp
        self._harness.prepare(self._root)
        rehearsal.rehearse(harness.Harness(self._root, self._harness.speech), self._root)
        self._control.sendall(
            frame.pack(
                {"ready": {"python": sys.version.split()[0], "packages": versions, "landlock": lockdown.abi()}}
            )
        )
        harness.hide_ourselves()
        gc.collect()
        gc.freeze()

    def serve(self) -> None:
        """Fork for each task until the socket ends."""
        self._poll.register(self._control, select.POLLIN)
        while True:
            task, descriptors, _, _ = socket.recv_fds(self._control, frame.TASK.size, 3)
            if not task:
                return
            what, seed = frame.TASK.unpack(task)
            self._run(what, seed, descriptors)

    def _run(self, what: int, seed: int, descriptors: list[int]) -> None:
        """Do one task in a fork, and tell how it ended."""
        self._reseed(seed)
        self._is_sealed[0] = 0
        pid = os.fork()
        if not pid:
            self._become_child(what, descriptors)
        for fd in descriptors:
            os.close(fd)
        pidfd = os.pidfd_open(pid)
        socket.send_fds(self._control, [frame.NEWS.pack(-1, 0, 0.0, 0)], [pidfd])
        self._await(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        if os.getpid() == 1:
            lockdown.sweep()
        folder.empty(self._root)
        cpu_seconds = usage.ru_utime + usage.ru_stime
        self._control.sendall(frame.NEWS.pack(status, self._is_sealed[0], cpu_seconds, usage.ru_maxrss))

    def _await(self, pidfd: int) -> None:
        """Wait for the fork to end; take it along when the trusted side is gone."""
        self._poll.register(pidfd, select.POLLIN)
        ready = [fd for fd, _ in self._poll.poll()]
        self._poll.unregister(pidfd)
        if pidfd not in ready:  # nothing else is due: the trusted side has hung up
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            raise EOFError

    def _become_child(self, what: int, descriptors: list[int]) -> NoReturn:
        """Be the fork: lay out the files, seal, then do the work. Never returns."""
        try:
            if self._home:  # without a process namespace of our own, forks must be told to go with us
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                lockdown.die_with_parent(signal.SIGKILL)
            output, requests, replies = descriptors
            job = self._harness.begin(requests, replies)
            lockdown.seal((output, requests, replies), job["limits"], self._layers)
            self._is_sealed[0] = 1
            self._is_sealed.close()  # unmapped: no student code can take it back
            if what == frame.CANARY:
                canary.sing(job, 4)
            self._harness.serve(job, 3, 4)
        except BaseException as error:  # noqa: BLE001 - a fork must never run on as the zygote
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(harness.EXIT_LOST)

    def clean(self) -> None:
        """Remove the private folder, which outlives its owner where it is not in a root of its own."""
        folder.empty(self._root)
        if self._home:
            os.chdir("/")
            folder.empty(self._home)
            os.rmdir(self._home)

    def _reseed(self, seed: int) -> None:
        """Give the old generators the job's seed, here, since forks inherit them and most seeds are the same."""
        if seed != self._seed:
            sys.modules["random"].seed(seed)
            if "numpy" in sys.modules:
                sys.modules["numpy"].random.seed(seed)
            self._seed = seed


def _warm(packages: list[str]) -> dict[str, str]:
    """Import what student code commonly touches, so that no fork has to; return the packages' versions."""
    for name in [*WARM.split(), *packages, *(WARM_NUMPY.split() if "numpy" in packages else [])]:
        importlib.import_module(name)
    if "numpy" in packages:
        _exercise_numpy()
    atfork.restore()
    return {name: str(getattr(sys.modules[name], "__version__", "")) for name in packages}


def _exercise_numpy() -> None:
    """Use what NumPy sets up on first use: BLAS, printing, error handling, random numbers."""
    import numpy as np

    square = np.arange(16.0).reshape(4, 4) + 5 * np.eye(4)
    np.linalg.solve(square @ square.T, square)
    np.einsum("ij,jk->ik", square, square)
    repr(square)
    np.random.default_rng(0).normal(size=3)
    with np.errstate(all="ignore"):
        np.exp(square * 1e3)


def _leave(*_: object) -> None:
    """Leave as if the socket had ended: the process that started this one is gone."""
    raise EOFError


def _take_control() -> socket.socket:
    """Move the socket from descriptor 0 out of the way, and put /dev/null where a job's pipes will be."""
    import fcntl

    moved = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, 64)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 3, 4):
        if fd != null:
            os.dup2(null, fd)
    return socket.socket(fileno=moved)


def main() -> None:
    """Prepare, then serve until the trusted side hangs up."""
    gc.disable()
    control = _take_control()
    zygote = Zygote(control)
    try:
        zygote.prepare()
    except Exception as error:  # noqa: BLE001 - whatever it is, the trusted side must read it
        control.sendall(frame.pack({"broken": f"{type(error).__name__}: {error}"}))
        return
    try:
        zygote.serve()
        zygote.clean()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        zygote.clean()
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        raise


if __name__ == "__main__":
    main()
