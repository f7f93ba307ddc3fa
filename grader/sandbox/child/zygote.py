"""The warm process: import everything once, then fork for each job.

Started clean by ``exec``, so that nothing of the grader is in its memory. Talks to the trusted side over the socket
that it got as descriptor 0:

    <- {"task": "prepare", ...}   body: the compiled system call filter      -> {"ready": {...}} or {"broken": "why"}
    <- {"task": "job", ...}       with the descriptors of the job's pipes: output, requests, replies
       -> {"started": pid} with a pidfd
       -> {"ended": wait status, "cpu": seconds}

A fork answers on its own pipes; the zygote never reads what student code wrote. It leaves when the socket ends.
"""

import gc
import os
import select
import signal
import socket
import struct
import sys
from typing import Any, NoReturn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - bound alone, without pathlib
sys.path.extend(sys.argv[1:])  # where the packages are

import canary
import folder
import frame
import harness
import lockdown
import speech

WARM = (
    "abc argparse array ast base64 bisect cmath collections collections.abc contextlib copy csv ctypes dataclasses "
    "datetime decimal doctest enum fractions functools glob heapq importlib.util inspect io itertools json linecache "
    "logging math numbers operator os pathlib pickle pprint random re shutil statistics string struct tempfile textwrap "
    "threading time timeit traceback types typing unittest uuid warnings weakref"
).split()
WARM_NUMPY = "numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.polynomial numpy.random numpy.testing numpy.typing".split()


class Zygote:
    """The state between forks."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._root = ""
        self._layers: tuple[lockdown.Landlock | None, lockdown.Seccomp | None] = (None, None)
        self._seed: int | None = None
        self._speech = speech.Speech()

    def prepare(self) -> None:
        """Import, lock what can be locked once, and say so."""
        config, program, _ = self._receive()
        self._root = config["root"]
        os.chdir(self._root)
        os.environ.pop("PWD", None)  # bubblewrap's
        versions = _warm(config["packages"])
        if config["die_with_parent"]:
            lockdown.give_up_for_good(config["uid"])
            lockdown.die_with_parent()
        else:
            lockdown.give_up_for_good(config["uid"])
        landlock = lockdown.Landlock([*config["readable"], self._root]) if config["landlock"] else None
        seccomp = lockdown.Seccomp(program, config["pid_offsets"]) if program else None
        self._layers = landlock, seccomp
        self._speech.prepare()
        harness.hide_ourselves()
        gc.collect()
        gc.freeze()
        self._send({"ready": {"python": sys.version.split()[0], "packages": versions, "landlock": lockdown.abi()}})

    def serve(self) -> None:
        """Fork for each job until the socket ends."""
        while True:
            job, _, descriptors = self._receive()
            try:
                self._run(job, descriptors)
            finally:
                folder.empty(self._root)

    def _run(self, job: dict[str, Any], descriptors: list[int]) -> None:
        """Run one job in a fork, and tell how it ended."""
        self._reseed(job["seed"])
        pid = os.fork()
        if not pid:
            self._become_child(job, descriptors)
        _close(descriptors)
        pidfd = os.pidfd_open(pid)
        self._send({"started": pid}, pidfd)
        self._await(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        if os.getpid() == 1:
            _sweep()
        self._send({"ended": status, "cpu": usage.ru_utime + usage.ru_stime})

    def _await(self, pidfd: int) -> None:
        """Wait for the fork to end; take it along when the trusted side is gone."""
        poll = select.poll()
        poll.register(pidfd, select.POLLIN)
        poll.register(self._control, select.POLLIN)
        while True:
            ready = {fd for fd, _ in poll.poll()}
            if self._control.fileno() in ready:  # nothing is due: this is the end
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                raise EOFError
            if pidfd in ready:
                return

    def _become_child(self, job: dict[str, Any], descriptors: list[int]) -> NoReturn:
        """Be the fork: seal, then do the work. Never returns."""
        try:
            output, requests, replies = descriptors
            if job["task"] == "job":
                harness.lay_out(self._root, requests, replies)
            lockdown.seal((output, requests, replies), job["limits"], self._layers)
            if job["task"] == "canary":
                canary.sing(job, 4)
            else:
                import random

                random.seed(job["seed"])
                harness.Harness(job, self._root, self._speech, 3, 4).serve()
        except BaseException as error:  # noqa: BLE001 - a fork must never run on as the zygote
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(harness.EXIT_LOST)

    def _reseed(self, seed: int) -> None:
        """Give NumPy's old generator the job's seed; done here, because forks inherit it and most seeds are the same."""
        if seed != self._seed and "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(seed & 0xFFFFFFFF)
            self._seed = seed

    def _receive(self) -> tuple[dict[str, Any], bytes, list[int]]:
        """Receive one message and the descriptors that came with it."""
        head, descriptors, _, _ = socket.recv_fds(self._control, frame.HEAD.size, 3)
        if len(head) < frame.HEAD.size:
            head += frame.read_exactly(self._control.fileno(), frame.HEAD.size - len(head))
        _, header, body = frame.HEAD.unpack(head)
        fd = self._control.fileno()
        import json

        return json.loads(frame.read_exactly(fd, header)), frame.read_exactly(fd, body), descriptors

    def _send(self, header: dict[str, Any], *descriptors: int) -> None:
        message = frame.pack(header)
        if descriptors:
            socket.send_fds(self._control, [message], list(descriptors))
        else:
            self._control.sendall(message)


def _close(descriptors: list[int]) -> None:
    for fd in descriptors:
        os.close(fd)


def _sweep() -> None:
    """Kill and reap whatever else runs in this process namespace; only ever called as its first process."""
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def _warm(packages: list[str]) -> dict[str, str]:
    """Import what student code commonly touches, so that no fork has to; return the packages' versions."""
    import importlib
    import site

    site.setquit()
    site.setcopyright()
    site.sethelper()
    for name in [*WARM, *packages, *(WARM_NUMPY if "numpy" in packages else [])]:
        importlib.import_module(name)
    if "numpy" in packages:
        _exercise_numpy()
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
    except (EOFError, BrokenPipeError, ConnectionResetError, struct.error):
        folder.empty(zygote._root)  # noqa: SLF001 - leaving


if __name__ == "__main__":
    main()
