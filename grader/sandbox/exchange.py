"""One job's pipes: carry bytes between a fork and its conversation until that is over.

    requests  -> descriptor 3 of the fork        replies <- 4        output <- 1 and 2
    control   <-> the warm process: the task, then a pidfd of the fork, then how it ended

The end of the replies is how the end of a fork is noticed; only then, and when it is to be killed, is the warm
process heard. The fork leaves by itself after its last answer, and is killed where it does not.
"""

import os
import select
import signal
import socket
import time
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from grader.errors import SandboxError
from grader.model.outcome import Status
from grader.sandbox.child.frame import NEWS
from grader.sandbox.conversation import End

__all__ = ["Exchange", "Fork", "GoneError", "Talk"]

CHUNK = 1 << 18
CLOSED_SECONDS = 0.25  # a fork that closed its answers has this long to end by itself
KILLED_SECONDS = 20.0  # a fork that was killed is gone at once, on a machine that is well


class GoneError(Exception):
    """The warm process is not there any more."""


class Talk(Protocol):
    """What decides what is said: ``conversation.Conversation``, or the canary's listener."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of the fork."""
        ...

    @property
    def is_loaded(self) -> bool:
        """Whether the fork has answered, so that it was sealed."""
        ...

    @property
    def deadline(self) -> float:
        """When the next answer is due."""
        ...

    def requests(self) -> bytes:
        """Return what is to be sent now."""
        ...

    def receive(self, data: bytes, now: float) -> None:
        """Take bytes from the pipe of answers."""
        ...

    def hear(self, data: bytes) -> None:
        """Take bytes from standard output and error."""
        ...

    def expire(self) -> None:
        """Take note that the deadline has passed."""
        ...

    def fail(self, status: Status, detail: str) -> None:
        """End the conversation."""
        ...

    def end(self, end: End) -> None:
        """Take note of how the fork ended."""
        ...


class Fork:
    """The fork of one task, as the warm process tells of it."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pidfd = -1
        self.ended: End | None = None

    def end(self, seconds: float) -> End | None:
        """Return how it ended, waiting so long for it; None where it is still there."""
        until = time.monotonic() + seconds
        while self.ended is None:
            left = until - time.monotonic()
            if not select.select([self._control], [], [], max(left, 0))[0]:
                return None
            self._hear()
        return self.ended

    def kill(self) -> None:
        """Kill it, if it is still there."""
        while self._pidfd < 0 and self.ended is None:
            self._hear()
        if self.ended is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def close(self) -> None:
        """Let go of the pidfd."""
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    def _hear(self) -> None:
        """Take one piece of news; it comes in one piece."""
        news, descriptors, _, _ = socket.recv_fds(self._control, NEWS.size, 1)
        if len(news) < NEWS.size:
            raise GoneError
        status, is_sealed, cpu_seconds, peak_kib = NEWS.unpack(news)
        if descriptors:
            self._pidfd = descriptors[0]
        if status < 0:
            return
        killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
        self.ended = End(code, killer, bool(is_sealed), cpu_seconds, peak_kib << 10)


class Exchange:
    """The trusted ends of one job's pipes; a context manager that closes them."""

    def __init__(self) -> None:
        output, their_output = os.pipe2(os.O_CLOEXEC)
        their_requests, requests = os.pipe2(os.O_CLOEXEC)
        replies, their_replies = os.pipe2(os.O_CLOEXEC)
        self._output, self._requests, self._replies = output, requests, replies
        self._theirs = [their_output, their_requests, their_replies]
        self._poll = select.poll()
        self._pending = memoryview(b"")

    def __enter__(self) -> Self:
        """Keep the pipes open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the pipes; the fork sees the end of its requests."""
        for fd in (self._output, self._requests, self._replies, *self._theirs):
            os.close(fd)

    def hand_over(self, control: socket.socket, task: bytes) -> Fork:
        """Send a task with the fork's ends of the pipes, which are no longer ours."""
        theirs, self._theirs = self._theirs, []
        try:
            socket.send_fds(control, [task], theirs)
        finally:
            for fd in theirs:
                os.close(fd)
        return Fork(control)

    def carry(self, talk: Talk, fork: Fork) -> None:
        """Carry bytes to and fro until the conversation is over."""
        for fd in (self._output, self._requests, self._replies):
            os.set_blocking(fd, False)
        self._poll.register(self._output, select.POLLIN)
        self._poll.register(self._replies, select.POLLIN)
        while not talk.is_over:
            self._ask(talk)
            due = talk.deadline
            ready = dict(self._poll.poll(1 + 1000 * max(due - time.monotonic(), 0)))
            if self._output in ready and _read(self._output, talk) == b"":
                self._poll.unregister(self._output)
            if self._replies in ready and _read(self._replies, talk, is_reply=True) == b"":
                self._poll.unregister(self._replies)
                self._finish(talk, fork)
            elif not talk.is_over and time.monotonic() >= due:
                self._give_up(talk, fork)
        with suppress(OSError):  # what it had printed at the end
            _read(self._output, talk)

    def _ask(self, talk: Talk) -> None:
        """Send what is to be sent, as far as the pipe takes it."""
        is_waiting = bool(self._pending)
        if not is_waiting:
            self._pending = memoryview(talk.requests())
        while self._pending:
            try:
                self._pending = self._pending[os.write(self._requests, self._pending) :]
            except BlockingIOError:
                if not is_waiting:
                    self._poll.register(self._requests, select.POLLOUT)
                return
            except BrokenPipeError:  # it closed the pipe, or is gone: what follows from that is heard elsewhere
                self._pending = memoryview(b"")
        if is_waiting:
            self._poll.unregister(self._requests)

    def _finish(self, talk: Talk, fork: Fork) -> None:
        """Say how a fork ended that answers no more: by itself, or by our hand where it only closed the pipe."""
        end = fork.end(CLOSED_SECONDS)
        while not talk.is_over and _read(self._output, talk):
            pass
        if end:
            talk.end(end)
        else:
            talk.fail(Status.CRASHED, "closed the pipe that its answers go through")

    def _give_up(self, talk: Talk, fork: Fork) -> None:
        """End the wait for an answer; whose fault that is depends on whether student code was running."""
        talk.expire()
        if not talk.is_loaded:
            fork.kill()
            end = fork.end(KILLED_SECONDS)
            if end and not end.is_sealed:
                raise SandboxError("a fork could not be sealed in time")


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
