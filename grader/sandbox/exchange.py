"""One job's pipes: carry bytes between a fork and its conversation until that is over.

    requests  -> descriptor 3 of the fork        replies <- 4        output <- 1 and 2
    control   <-> the warm process: which fork it is (a pidfd), and how it ended

The fork is killed as soon as the conversation is over: nothing more is expected of it.
"""

import os
import select
import signal
import socket
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

from grader.model.outcome import Status
from grader.sandbox.child.frame import HEAD
from grader.sandbox.conversation import End

__all__ = ["Exchange", "GoneError", "Talk", "hear_control"]

CHUNK = 1 << 18
CLOSED_SECONDS = 0.25  # a fork that closed its answers has this long to end by itself


class GoneError(Exception):
    """The warm process is not there any more."""


class Talk(Protocol):
    """What decides what is said: ``conversation.Conversation``, or the canary's listener."""

    @property
    def is_over(self) -> bool: ...
    @property
    def deadline(self) -> float: ...
    def requests(self) -> bytes: ...
    def receive(self, data: bytes, now: float) -> None: ...
    def hear(self, data: bytes) -> None: ...
    def expire(self) -> None: ...
    def fail(self, status: Status, detail: str) -> None: ...
    def end(self, end: End) -> None: ...


def hear_control(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Read one message of the warm process, which is trusted, and the descriptors that came with it."""
    import json

    head, descriptors, _, _ = socket.recv_fds(control, HEAD.size, 1)
    if len(head) < HEAD.size:
        raise GoneError
    _, length, _ = HEAD.unpack(head)
    text = b""
    while len(text) < length:
        part = control.recv(length - len(text))
        if not part:
            raise GoneError
        text += part
    return json.loads(text), descriptors


class Exchange:
    """The trusted ends of one job's pipes; a context manager that closes them."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        output, their_output = os.pipe2(os.O_CLOEXEC)
        their_requests, requests = os.pipe2(os.O_CLOEXEC)
        replies, their_replies = os.pipe2(os.O_CLOEXEC)
        self._output, self._requests, self._replies = output, requests, replies
        self.theirs = [their_output, their_requests, their_replies]  # in the order that the fork expects
        self._pidfd = -1
        self._poll = select.poll()
        self._pending = memoryview(b"")
        self._closed_at = 0.0
        self.ended: End | None = None

    def __enter__(self) -> Self:
        """Keep the pipes open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill what is left of the fork, and close the pipes."""
        self.kill()
        self.close_theirs()
        for fd in (self._output, self._requests, self._replies, self._pidfd):
            if fd >= 0:
                os.close(fd)

    def close_theirs(self) -> None:
        """Close the ends that belong to the fork, once it has them."""
        for fd in self.theirs:
            os.close(fd)
        self.theirs = []

    def kill(self) -> None:
        """Kill the fork, if it is still there."""
        if self._pidfd >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def carry(self, talk: Talk) -> None:
        """Carry bytes to and fro until the conversation is over."""
        control = self._control.fileno()
        for fd in (self._output, self._requests, self._replies):
            os.set_blocking(fd, False)
        for fd in (control, self._output, self._replies):
            self._poll.register(fd, select.POLLIN)
        while not talk.is_over:
            self._ask(talk)
            due = min(talk.deadline, self._closed_at + CLOSED_SECONDS) if self._closed_at else talk.deadline
            ready = dict(self._poll.poll(1 + 1000 * max(due - time.monotonic(), 0)))
            if self._output in ready and _read(self._output, talk) == b"":
                self._poll.unregister(self._output)
            if self._replies in ready and _read(self._replies, talk, is_reply=True) == b"":
                self._poll.unregister(self._replies)
                self._closed_at = time.monotonic()
            if control in ready:
                self._hear_control()
            if self.ended:
                self._finish(talk, self.ended)
            elif not talk.is_over and time.monotonic() >= due:
                self._give_up(talk)
        with suppress(OSError):  # what it had printed at the end
            _read(self._output, talk)

    def _ask(self, talk: Talk) -> None:
        """Send what is to be sent, as far as the pipe takes it."""
        if not self._pending:
            self._pending = memoryview(talk.requests())
            if not self._pending:
                return
            self._poll.register(self._requests, select.POLLOUT)
        try:
            self._pending = self._pending[os.write(self._requests, self._pending) :]
        except BlockingIOError:
            return
        except BrokenPipeError:  # it closed the pipe, or is gone: what follows from that is heard elsewhere
            self._pending = memoryview(b"")
        if not self._pending:
            self._poll.unregister(self._requests)

    def _hear_control(self) -> None:
        """Take one message of the warm process."""
        message, descriptors = hear_control(self._control)
        if descriptors:
            self._pidfd = descriptors[0]
        if "ended" in message:
            self.ended = as_end(message)

    def _finish(self, talk: Talk, end: End) -> None:
        """Take what an ended fork had still sent, then say that it ended."""
        while not talk.is_over and _read(self._replies, talk, is_reply=True):
            pass
        while not talk.is_over and _read(self._output, talk):
            pass
        if not talk.is_over:
            talk.end(end)

    def _give_up(self, talk: Talk) -> None:
        """Say why waiting has an end."""
        if time.monotonic() >= talk.deadline:
            talk.expire()
        else:
            talk.fail(Status.CRASHED, "closed the pipe that its answers go through")


def as_end(message: dict[str, Any]) -> End:
    """Read how a fork ended from the warm process's message: the status as ``wait`` gives it."""
    status = int(message["ended"])
    if os.WIFSIGNALED(status):
        return End(signal=os.WTERMSIG(status), cpu_seconds=float(message["cpu"]))
    return End(code=os.WEXITSTATUS(status), cpu_seconds=float(message["cpu"]))


def _read(fd: int, talk: Talk, *, is_reply: bool = False) -> bytes | None:
    """Read once and hand it on; nothing at the end of the pipe, None where there is nothing yet."""
    try:
        data = os.read(fd, CHUNK)
    except BlockingIOError:
        return None
    if data and is_reply:
        talk.receive(data, time.monotonic())
    elif data:
        talk.hear(data)
    return data
