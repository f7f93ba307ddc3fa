"""What may be said in which order, by when, and what the end of a process means. No input or output of its own.

    beginning  --begun-->  loading  --loaded-->  answering batch 1  --all answered-->  batch 2 ... --> over
    (portable)                |                        |
       |                deadline, flood, a broken or early message, the end of the process:
    our own fault       what was not answered carries the status of the death

A fork that ends before it was sealed has run no student code: that is our own fault as well, and a SandboxError.

A runner carries bytes to and fro: ``requests`` says what to send, ``receive`` and ``hear`` take what came,
``deadline`` says when ``expire`` is due, ``end`` how the process ended; ``result`` is the answer.
"""

import signal
from dataclasses import dataclass

from grader.errors import SandboxError
from grader.model.inputs import Call, Job
from grader.model.outcome import Isolation, Loaded, Outcome, RunResult, Status
from grader.sandbox.child.frame import EXIT_MEMORY
from grader.sandbox.wire import FrameReader, Reply, WireError, decode_reply, encode_batch, encode_job

__all__ = ["Conversation", "End"]

SIGKILL, SIGXCPU, SIGSYS = 9, 24, 31  # by number: Windows knows none of them
BEGINNING_SECONDS = 60.0  # for Python to start where nothing is warm
STARTING_SECONDS = 0.5  # for a fork to lay out its files, and to be sealed
GATHERING_SECONDS = 0.1  # an answer may wait this long in the child before it is sent


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended: its exit code, or the signal that killed it; whether it was sealed; what it used."""

    code: int = 0
    signal: int = 0
    is_sealed: bool = True
    cpu_seconds: float = 0.0
    peak_bytes: int | None = None  # of memory; not known everywhere


class Conversation:
    """One job, from the first request to the last answer."""

    def __init__(self, job: Job, now: float, *, is_warm: bool = True) -> None:
        self._job = job
        self._calls = tuple(call for batch in job.batches for call in batch)
        self._reader = FrameReader(job.limits)
        self._state = "loading" if is_warm else "beginning"
        self._since = now
        self._latest = now + job.limits.total_wall_seconds
        self._batch = -1
        self._due: tuple[Call, ...] = ()  # of the batch that was sent, what is not answered yet
        self._outgoing: list[bytes] = [encode_job(job)]
        self._loaded: Loaded | None = None
        self._outcomes: list[Outcome] = []
        self._heard, self._kept = 0, bytearray()
        self._death: tuple[Status, str] | None = None
        self._next_batch()

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of the process: it may be killed."""
        return self._state == "over"

    @property
    def is_loaded(self) -> bool:
        """Whether the process has said how loading went: so it was sealed."""
        return self._loaded is not None

    @property
    def deadline(self) -> float:
        """When the next answer is due."""
        if self._state == "beginning":
            return self._since + BEGINNING_SECONDS
        grace = STARTING_SECONDS if self._state == "loading" else GATHERING_SECONDS
        limits, is_exact = self._job.limits, self._job.careful and self.is_loaded
        due = self._since + limits.wall_seconds + (0.0 if is_exact else grace)
        return min(due, self._latest)

    def requests(self) -> bytes:
        """Return what is to be sent now; nothing twice."""
        outgoing, self._outgoing = b"".join(self._outgoing), []
        return outgoing

    def receive(self, data: bytes, now: float) -> None:
        """Take bytes from the pipe of answers."""
        if self.is_over:
            return
        asked, is_early = self._batch, False
        try:
            for header, body in self._reader.feed(data):
                is_early |= self._batch != asked
                if self.is_over or is_early:
                    break
                self._take(decode_reply(header, body, self._job.limits, self._due), now)
        except WireError as error:
            self.fail(Status.CRASHED, f"broke the protocol: {error}")
        if is_early or (self._batch != asked and not self._reader.is_between):
            self.fail(Status.CRASHED, "broke the protocol: an answer came before its question")

    def hear(self, data: bytes) -> None:
        """Take bytes that the process wrote to its standard output or error itself."""
        limits = self._job.limits
        self._heard += len(data)
        self._kept += data[: max(limits.printed_bytes - len(self._kept), 0)]
        if self._heard > limits.flood_bytes:
            self._flood()

    def expire(self) -> None:
        """Take note that the deadline has passed."""
        if self._state == "beginning":
            raise SandboxError("Python did not start in time")
        limits = self._job.limits
        if self.deadline >= self._latest:
            self.fail(Status.TIMEOUT, f"took more than {limits.total_wall_seconds:g} s in all")
        else:
            self.fail(Status.TIMEOUT, f"no answer within {limits.wall_seconds:g} s")

    def fail(self, status: Status, detail: str) -> None:
        """End the conversation: what is not answered gets this status."""
        if not self.is_over:
            self._death = status, detail
            self._state = "over"

    def end(self, end: End) -> None:
        """Take note of how the process ended, after everything that it had sent was received."""
        if self.is_over:
            return
        if self._state == "beginning" or not end.is_sealed:
            words = self._kept.decode("utf-8", "replace").strip()[-300:]
            raise SandboxError(f"a process could not be prepared: {words or _in_words(end)}")
        self.fail(*self._meaning(end))

    def result(self, isolation: Isolation) -> RunResult:
        """Return what the job gave."""
        status, detail = self._death or (Status.CRASHED, "")
        loaded = self._loaded or Loaded(status, detail=detail)
        raised = None
        if loaded.status is not Status.PASSED:
            status, detail, raised = loaded.status, loaded.detail, loaded.raised
        missing = self._calls[len(self._outcomes) :]
        rest = [Outcome(call.id, status, raised=raised, detail=detail) for call in missing]
        return RunResult(
            loaded=loaded,
            outcomes=(*self._outcomes, *rest),
            isolation=isolation,
            finished=self._death is None,
            printed=self._kept.decode("utf-8", "replace"),
        )

    def _take(self, reply: Reply, now: float) -> None:
        """Take one message; one that is out of step breaks the protocol."""
        self._since = now
        if reply.kind == "begun" and self._state == "beginning":
            self._state = "loading"
            self._latest = now + self._job.limits.total_wall_seconds
        elif reply.kind == "refused" and self._state == "loading":
            self.fail(Status.ERROR, f"its files cannot be laid out: {reply.why}")
        elif reply.kind == "loaded" and self._state == "loading" and reply.loaded:
            self._loaded = reply.loaded
            can_go_on = reply.loaded.status is Status.PASSED and self._calls
            self._state = "answering" if can_go_on else "over"
        elif reply.kind == "outcomes" and self._state == "answering" and reply.outcomes:
            self._outcomes += reply.outcomes
            self._due = self._due[len(reply.outcomes) :]
            if not self._due:
                self._next_batch()
        elif reply.kind == "flood" and self._state != "beginning":
            self._flood()
        else:
            raise WireError(f"a message of kind {reply.kind} while {self._state}")

    def _next_batch(self) -> None:
        """Send the next batch that has calls in it; after the last one the conversation is over."""
        batches = self._job.batches
        self._batch += 1
        while self._batch < len(batches) and not batches[self._batch]:
            self._batch += 1
        if self._batch < len(batches):
            self._due = batches[self._batch]
            self._outgoing.append(encode_batch(self._due, is_last=not any(batches[self._batch + 1 :])))
        elif self._loaded:
            self._state = "over"

    def _flood(self) -> None:
        self.fail(Status.OUTPUT_LIMIT, f"printed more than {self._job.limits.flood_bytes} bytes")

    def _meaning(self, end: End) -> tuple[Status, str]:
        """Say what the end of a process means that nobody here had asked to end."""
        words, limits = _in_words(end), self._job.limits
        if end.signal == SIGXCPU or (end.signal == SIGKILL and end.cpu_seconds >= limits.cpu_seconds):
            return Status.TIMEOUT, f"computed for more than {limits.cpu_seconds} s"
        is_large = end.peak_bytes is None or end.peak_bytes > limits.memory_bytes // 2
        if (end.signal == SIGKILL and is_large) or (end.code == EXIT_MEMORY and not end.signal):
            return Status.MEMORY, f"needed more than {limits.memory_bytes >> 20} MiB"
        if end.signal == SIGSYS:
            return Status.BLOCKED, f"made a forbidden system call; {words}"
        return Status.CRASHED, words


def _in_words(end: End) -> str:
    """Say how a process ended: "killed by signal 11 (SIGSEGV)", "ended early with exit code 3"."""
    if not end.signal:
        return f"ended early with exit code {end.code}"
    try:
        name = f" ({signal.Signals(end.signal).name})"
    except ValueError:
        name = ""
    return f"killed by signal {end.signal}{name}"
