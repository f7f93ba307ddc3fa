"""The socket, and the one thread that does the work.

    browser ──► 127.0.0.1 ──► a thread for each connection: reads the request, whole, and waits
                                    │ queue
                                    ▼
                              the main thread: one request after the other, and Ctrl-C in its turn

Browsers open connections ahead of need and leave them silent, so that each has a thread; but the gradebook belongs
to one thread, and what is being written must not be interrupted. Signals therefore only put a word into the queue.
"""

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from grader.errors import InputError
from grader.review.guard import MOST_BYTES

__all__ = ["HOST", "Counter", "listen"]

HOST = "127.0.0.1"
PAUSE_SECONDS = 3.0  # without a request: time to write what can wait
SILENT_SECONDS = 20  # after which a silent connection is closed
SIGNALS = (signal.SIGINT, signal.SIGTERM)
OVER = "Not saved: the review is closed. Start `grader review` again.\n"


class _Quiet(WSGIRequestHandler):
    """Logs nothing, since addresses are secrets, and says nothing of what it runs on."""

    timeout = SILENT_SECONDS

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (its name there)
        """Say nothing."""

    def version_string(self) -> str:
        """Return the name that each answer carries."""
        return "grader"


class _OverError(Exception):
    """The sitting ended before the request's turn came."""


@dataclass(slots=True)
class Counter:
    """Where requests queue: ``serve`` answers them in the thread that calls it, and none that comes after it."""

    server: BaseWSGIServer
    _queue: "SimpleQueue[tuple[Request, Future[Response]] | None]" = field(default_factory=SimpleQueue)
    _door: threading.Lock = field(default_factory=threading.Lock)  # held to join the queue, and to close it
    _is_over: bool = False

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self.server.port

    def serve(self, answer: Callable[[Request], Response], on_pause: Callable[[], None]) -> None:
        """Answer requests until ``stop``, Ctrl-C or SIGTERM; call ``on_pause`` where none comes for a while."""
        try:
            with _signals_to(self.stop):
                self._answer_in_turn(answer, on_pause)
        finally:
            self._close()

    def _answer_in_turn(self, answer: Callable[[Request], Response], on_pause: Callable[[], None]) -> None:
        waits = True  # whether there may be something to write
        while True:
            try:
                job = self._queue.get(timeout=PAUSE_SECONDS if waits else None)
            except Empty:
                on_pause()
                waits = False
                continue
            if job is None:
                return
            request, future = job
            waits = True
            try:
                future.set_result(answer(request))
            except Exception as error:  # noqa: BLE001  told to the browser; one request must not end the sitting
                future.set_exception(error)

    def stop(self) -> None:
        """End ``serve`` once what came before is answered."""
        self._queue.put(None)

    def _close(self) -> None:
        # Between here and the end of the process pages are written: who asks then must be told, not left waiting.
        with self._door:
            self._is_over = True
        while not self._queue.empty():
            if (job := self._queue.get()) is not None:
                job[1].set_exception(_OverError())

    def take(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Take a request from the socket's thread, and wait for its answer (WSGI)."""
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = MOST_BYTES
        with contextlib.suppress(
            Exception
        ):  # too large, or cut off: whoever needs the form sees that it is not there
            if not request.headers.get("Transfer-Encoding"):
                request.get_data(parse_form_data=True)
        future: Future[Response] = Future()
        with self._door:
            if self._is_over:
                future.set_exception(_OverError())
            else:
                self._queue.put((request, future))
        try:
            response = future.result()
        except _OverError:
            response = Response(OVER, 503, mimetype="text/plain")
        except Exception:  # noqa: BLE001  see serve
            response = Response("Something went wrong here; nothing was saved.\n", 500, mimetype="text/plain")
        return response(environ, start_response)


@contextmanager
def listen(port: int) -> Generator[Counter]:
    """Listen on this machine only; port 0 is any that is free. Raises InputError where the port cannot be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, port))
            bound.listen(64)
        except OSError as error:
            words = f"cannot listen on port {port} of this machine: {error.strerror or error}"
            raise InputError(words, hint="Choose another one with --port, or none.") from error
        counters: list[Counter] = []
        server = make_server(
            HOST,
            bound.getsockname()[1],
            lambda environ, start: counters[0].take(environ, start),  # noqa: PLW0108 (it is there when called)
            threaded=True,
            request_handler=_Quiet,
            fd=bound.fileno(),
        )
        counters.append(Counter(server))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield counters[0]
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@contextmanager
def _signals_to(stop: Callable[[], None]) -> Generator[None]:
    """Let Ctrl-C and SIGTERM call ``stop``; elsewhere than in the main thread, they are not ours."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(_number: int, _frame: object) -> None:
        stop()

    before = [(number, signal.signal(number, ask)) for number in SIGNALS]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
