"""The portable runner: a fresh process for each job, kept to its deadlines, and not isolated at all.

For ``grader check`` on macOS and Windows, where a student runs their own code anyway. The same harness and
messages as in the sandbox; threads and a queue in the place of poll, because pipes cannot be polled everywhere.
"""

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import IO, Literal

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, RunResult
from grader.sandbox.conversation import Conversation, End
from grader.sandbox.launch import PYTHON_OPTIONS
from grader.sandbox.runtime import ENVIRONMENT, child_folder, find_packages

__all__ = ["PortableRunner"]

KEPT_VARIABLES = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
)
CHUNK = 1 << 16
Heard = tuple[Literal["replies", "output"], bytes]  # no bytes: the pipe has ended


class PortableRunner:
    """Runs each job in a process of its own, with this user's rights."""

    isolation = Isolation.NONE

    def __init__(self, packages: tuple[str, ...]) -> None:
        places = dict.fromkeys(str(path.parent) for path in find_packages(packages))
        self._command = (sys.executable, *PYTHON_OPTIONS, str(child_folder() / "alone.py"), *places)
        self._environment = ENVIRONMENT | {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}

    def run(self, job: Job) -> RunResult:
        """Run one job: start a process in a fresh folder, talk to it, and leave nothing behind."""
        with tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True) as folder:
            talk = Conversation(job, time.monotonic(), is_warm=False)
            process = self._start(folder)
            try:
                _carry(talk, process)
            finally:
                _kill(process)
            return talk.result(self.isolation)

    def close(self) -> None:
        """Nothing is kept between jobs."""

    def _start(self, folder: str) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment,
                cwd=folder,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise SandboxError(f"Python cannot be started: {error}") from None


def _carry(talk: Conversation, process: subprocess.Popen[bytes]) -> None:
    """Carry bytes to and fro until the conversation is over."""
    heard: queue.Queue[Heard] = queue.Queue(64)
    to_send: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_send, args=(process.stdin, to_send), daemon=True),
        threading.Thread(target=_listen, args=(process.stdout, "replies", heard), daemon=True),
        threading.Thread(target=_listen, args=(process.stderr, "output", heard), daemon=True),
    ]
    for thread in threads:
        thread.start()
    running = 2
    while not talk.is_over:
        outgoing = talk.requests()
        if outgoing:
            to_send.put(outgoing)
        try:
            which, data = heard.get(timeout=max(talk.deadline - time.monotonic(), 0.001))
        except queue.Empty:
            talk.expire()
            break
        running -= not data
        if which == "replies":
            talk.receive(data, time.monotonic())
        else:
            talk.hear(data)
        if not running and not talk.is_over:
            talk.end(_await(process, talk))
    to_send.put(b"")
    _kill(process)
    while any(thread.is_alive() for thread in threads) or not heard.empty():
        with suppress(queue.Empty):
            which, data = heard.get(timeout=0.01)
            if which == "output":
                talk.hear(data)


def _send(pipe: IO[bytes], to_send: "queue.SimpleQueue[bytes]") -> None:
    """Write what is to be sent; runs in a thread of its own, since the other side may never read."""
    with suppress(OSError, ValueError):
        while data := to_send.get():
            pipe.write(data)
            pipe.flush()
    with suppress(OSError):
        pipe.close()


def _listen(pipe: IO[bytes], which: Literal["replies", "output"], heard: "queue.Queue[Heard]") -> None:
    """Put what comes through a pipe into the queue; runs in a thread of its own."""
    fd = pipe.fileno()
    while True:
        try:
            data = os.read(fd, CHUNK)
        except OSError:
            data = b""
        heard.put((which, data))
        if not data:
            break
    pipe.close()


def _await(process: subprocess.Popen[bytes], talk: Conversation) -> End:
    """Say how a process ended that has closed its pipes; kill it where it only pretended to end."""
    try:
        code = process.wait(max(talk.deadline - time.monotonic(), 0.001))
    except subprocess.TimeoutExpired:
        _kill(process)
        code = process.wait()
    return End(code=max(code, 0), signal=max(-code, 0))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
                capture_output=True,
                check=False,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
