"""The trusted side of a warm process that forks once for each job.

It starts the process, sees its canary die, hands out jobs, and starts another one when it has died, has served
long, or has seen a fork die in a way that only an attack or a broken library causes. One thread at a time may
use it, and the kernel ends it with the thread that started it: open it where it is used, best in a process's
main thread.
"""

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import Any

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, Loaded, Outcome, RunResult, Status
from grader.sandbox import launch as launching
from grader.sandbox.child.frame import CANARY, HEAD, JOB, TASK, pack
from grader.sandbox.conversation import Conversation, End
from grader.sandbox.exchange import Exchange, Fork, GoneError, Talk
from grader.sandbox.seccomp import Filter
from grader.sandbox.wire import FrameReader, WireError, decode_reply, encode_job

__all__ = ["ForkServer"]

START_SECONDS, ANSWER_SECONDS, END_SECONDS = 60.0, 20.0, 1.0
LINGER_SECONDS = 0.1  # a fork that has answered all has this long to leave by itself
RUNS = 500  # then a fresh process, so that nothing that all forks share grows old
TAINTED = frozenset({4, 7, 11, 31})  # SIGILL, SIGBUS, SIGSEGV, SIGSYS


class ForkServer:
    """A warm process and the jobs that it is given, one at a time."""

    def __init__(
        self,
        launch: Callable[[], launching.Launch],
        program: Filter | None,
        isolation: Isolation,
        must_fail: frozenset[str] | None,
    ) -> None:
        self.isolation = isolation
        self.ready: dict[str, Any] = {}
        self._make_launch, self._program, self._must_fail = launch, program, must_fail
        self._launch: launching.Launch | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._fork: Fork | None = None  # of the last job, perhaps still on its way out
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object
        self._served, self._is_tainted = 0, False
        try:
            self._start()
        except SandboxError:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The number of the process that was started; 0 where there is none."""
        return self._process.pid if self._process else 0

    def run(self, job: Job) -> RunResult:
        """Run one job in a fork of its own; a warm process that is gone is replaced once."""
        if sum(len(file.data) for file in job.files) > launching.FOLDER_BYTES:
            return self._refuse(job, f"its files are larger than {launching.FOLDER_BYTES >> 20} MiB together")
        why = ""
        for _ in range(2):
            try:
                return self._run(job, self._settled())
            except (GoneError, OSError) as error:
                why = str(error) or "it ended"
                self._stop()
        raise SandboxError(f"the sandbox's process failed twice ({why}){self._last_words()}")

    def close(self) -> None:
        """End the warm process and whatever it started."""
        self._stop()
        self._errors.close()

    def _run(self, job: Job, control: socket.socket) -> RunResult:
        talk = Conversation(job, time.monotonic())
        self._do(talk, TASK.pack(JOB, job.seed & 0xFFFFFFFF), control)
        return talk.result(self.isolation)

    def _do(self, talk: Talk, task: bytes, control: socket.socket) -> None:
        """Have a task done by a fork, and leave it to its end as soon as nothing more is asked of it."""
        with Exchange() as exchange:
            self._served += 1
            self._fork = exchange.hand_over(control, task)
            try:
                exchange.carry(talk, self._fork)
            except BaseException:
                self._stop()  # whatever this was, that fork must not run on
                raise

    def _refuse(self, job: Job, why: str) -> RunResult:
        """Answer for files that cannot be run: that is the submission's fault."""
        outcomes = tuple(Outcome(call.id, Status.ERROR, detail=why) for batch in job.batches for call in batch)
        return RunResult(Loaded(Status.ERROR, detail=why), outcomes, self.isolation, finished=False)

    # --- the warm process -----------------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until the fork of the last job is gone; one that lingers is killed."""
        fork, self._fork = self._fork, None
        if fork is None:
            return
        try:
            end = fork.end(LINGER_SECONDS)
            if end is None:
                fork.kill()
                end = fork.end(ANSWER_SECONDS)
        finally:
            fork.close()
        if end is None:
            raise GoneError
        self._is_tainted |= end.signal in TAINTED

    def _settled(self) -> socket.socket:
        """Return the socket of a warm process that is done with the job before; a fresh one where that is due."""
        self.settle()
        if self._control is None or self._is_tainted or self._served >= RUNS:
            self._stop()
            self._start()
        if self._control is None:
            raise GoneError
        return self._control

    def _start(self) -> None:
        """Start a warm process, prepare it, and see its canary die."""
        launch = self._launch = self._make_launch()
        ours, theirs = socket.socketpair()
        self._errors.seek(0)
        self._errors.truncate()
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own command
                    launch.command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=self._errors,
                    env=launch.environment,
                    cwd="/",
                    start_new_session=True,  # out of reach of the terminal's Ctrl-C: the runner ends it
                )
            except OSError as error:
                ours.close()
                raise SandboxError(f"the sandbox cannot be started: {error}") from None
        self._control = ours
        self._served, self._is_tainted = 0, False
        try:
            self._prepare(ours, launch.config)
            if self._must_fail is not None:
                self._try_canary(ours, self._must_fail)
        except (GoneError, OSError) as error:
            self._stop()
            raise SandboxError(f"the sandbox did not start: {error or 'it ended'}{self._last_words()}") from None
        except SandboxError:
            self._stop()
            raise

    def _prepare(self, control: socket.socket, config: dict[str, Any]) -> None:
        """Tell the process what it is to become, and wait until it is."""
        program = self._program
        config = config | {"pid_offsets": program.pid_offsets if program else ()}
        control.settimeout(START_SECONDS)
        control.sendall(pack(config, program.program if program else b""))
        head = _receive(control, HEAD.size)
        message = json.loads(_receive(control, HEAD.unpack(head)[1]))
        if "ready" not in message:
            raise SandboxError(f"the sandbox could not be prepared: {message.get('broken', message)}")
        self.ready = message["ready"]
        control.settimeout(ANSWER_SECONDS)

    def _try_canary(self, control: socket.socket, must_fail: frozenset[str]) -> None:
        """Run the canary like any job: what should be impossible must have been."""
        with tempfile.NamedTemporaryFile(prefix="grader-canary-") as planted:
            planted.write(b"secret")
            planted.flush()
            talk = _Listener(planted.name, time.monotonic() + ANSWER_SECONDS)
            self._do(talk, TASK.pack(CANARY, 0), control)
            self.settle()
        alive = must_fail.intersection(talk.done)
        if talk.why or alive:
            raise SandboxError(
                f"the sandbox is not tight: {talk.why or 'student code could ' + ', '.join(sorted(alive))}",
                hint="Run `grader doctor` to see what this machine can isolate.",
            )

    def _stop(self) -> None:
        """End the warm process: it leaves with its socket, and is killed where it does not."""
        process, control = self._process, self._control
        self._process = self._control = None
        if self._fork:
            self._fork.close()
            self._fork = None
        if control:
            control.close()
        if process:
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._launch:
            launching.remove(self._launch)
            self._launch = None

    def _last_words(self) -> str:
        """Return the end of what the process wrote to its standard error."""
        self._errors.seek(0)
        words = self._errors.read().decode("utf-8", "replace").strip()
        return f": {words[-300:]}" if words else ""


def _receive(control: socket.socket, size: int) -> bytes:
    """Receive exactly so many bytes."""
    data = b""
    while len(data) < size:
        part = control.recv(size - len(data))
        if not part:
            raise GoneError
        data += part
    return data


class _Listener:
    """A conversation with a canary: it sings once."""

    is_loaded = True  # its end is told as it is

    def __init__(self, planted: str, deadline: float) -> None:
        self._job = Job((), "", ())
        self._requests = encode_job(self._job, planted=planted)
        self._reader = FrameReader(self._job.limits)
        self._heard = b""
        self.deadline = deadline
        self.is_over = False
        self.done: tuple[str, ...] = ()
        self.why = ""

    def requests(self) -> bytes:
        """Return what the canary is told, once."""
        requests, self._requests = self._requests, b""
        return requests

    def receive(self, data: bytes, now: float) -> None:
        """Take the song."""
        del now
        try:
            for header, body in self._reader.feed(data):
                self.done = decode_reply(header, body, self._job.limits).done
                self.is_over = True
        except WireError as error:
            self.fail(Status.CRASHED, str(error))

    def hear(self, data: bytes) -> None:
        """Keep what a fork that could not be sealed says."""
        self._heard += data[:300]

    def expire(self) -> None:
        """Take note that the canary was silent."""
        self.fail(Status.TIMEOUT, "its canary did not answer")

    def fail(self, status: Status, detail: str) -> None:
        """Take note that the canary could not sing."""
        del status
        self.why, self.is_over = detail, True

    def end(self, end: End) -> None:
        """Take note that the canary died before it sang."""
        words = self._heard.decode("utf-8", "replace").strip()
        self.fail(Status.CRASHED, words or f"its canary died (code {end.code}, signal {end.signal})")
