"""The untrusted side's main part: load the student's module, make the calls, answer.

Everything that is needed later is imported and looked up here, before any student's code runs: a patched
``json.dumps`` or ``os.write`` then spoils nothing but its author's own work. Whoever gets past that speaks with
their own tongue to a trusted side that believes nothing.

Answers are gathered, and sent when a batch is done, when much is pending or when the last sending was a while
ago; a careful job sends each at once.
"""

import gc
import json
import mmap
import os.path
import site
import sys
import time
import types
from os import _exit as leave_process
from os import write as write_fd
from typing import Any, NoReturn

import blame
import folder
import frame
import source
import values
from speech import Speech

__all__ = ["EXIT_LOST", "Harness", "hide_ourselves"]

PENDING, PAUSE = 64 << 10, 0.05
SHORT_ENTRY, LONG_ENTRY = 200, 32 << 10  # what an answer may take of a header, roughly
EXIT_DONE, EXIT_FLOOD, EXIT_LOST = 0, 83, 85
BALLAST = 4 << 20  # of address space, given back when memory runs out, so that this can still be said

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_now = time.monotonic


def _dumps(reply: dict[str, Any]) -> bytes:
    """Write a header; half a surrogate pair, which no UTF-8 can hold, becomes a question mark."""
    return _encode(reply).encode("utf-8", "replace")


def hide_ourselves() -> None:
    """Take these files' names out of reach, so that a student's own ``frame.py`` is what their code imports."""
    here = os.path.dirname(os.path.abspath(__file__))
    for name, module in list(sys.modules.items()):
        if os.path.dirname(getattr(module, "__file__", None) or "") == here:
            del sys.modules[name]
    sys.path[:] = [entry for entry in sys.path if entry != here]
    sys.path_importer_cache.pop(here, None)
    sys.argv = [""]
    sys.modules["__main__"] = types.ModuleType("__main__")


def _reserve(size: int) -> mmap.mmap:
    """Reserve memory that is never touched, and so costs nothing; a fork's own, never shared with another fork."""
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


class Harness:
    """One process's work, from the first answer to the last.

    Made and prepared once in the zygote; a fork begins with what its job is, and serves.
    """

    def __init__(self, root: str = "", speech: Speech | None = None) -> None:
        self._requests = self._replies = -1
        self._careful = False
        self._result_bytes = self._room = 1 << 20
        self._root = root
        self.speech = speech or Speech()  # one process has one output
        self._source: source.Source = source.Source()
        self._entries: list[dict[str, Any]] = []
        self._bodies: list[bytes] = []
        self._pending = 0
        self._sent = 0.0
        self._ballast: mmap.mmap | None = None
        self._files: dict[str, bytes] = {}

    def prepare(self, root: str) -> None:
        """Set up all that no job changes."""
        self._root = root
        self.speech.prepare()
        site.setquit()  # `exit` and its like: Python was started without its site module's own work
        site.setcopyright()
        site.sethelper()
        self._ballast = _reserve(BALLAST)

    def begin(self, requests: int, replies: int) -> dict[str, Any]:
        """Read what the job is, and lay out its files; end the process where they cannot be."""
        job, body = frame.read(requests)
        try:
            self._files = folder.fill(self._root, job["files"], body)
        except folder.RefusedError as error:
            write_fd(replies, frame.pack({"kind": "refused", "why": str(error)[:500]}))
            leave_process(EXIT_DONE)
        return job

    def serve(self, job: dict[str, Any], requests: int, replies: int) -> NoReturn:
        """Load the module, answer every batch, leave. Never returns, whatever a student's code raises."""
        try:
            limits = job["limits"]
            self._careful = job["careful"]
            self._result_bytes, self._room = limits["result_bytes"], limits["total_result_bytes"]
            self.speech.limit(limits["printed_bytes"], limits["flood_bytes"], self._give_up)
            gc.enable()
            self.play(job["module"], self._files, requests, replies)
            leave_process(EXIT_DONE)
        except MemoryError:
            leave_process(frame.EXIT_MEMORY)
        except BaseException:  # noqa: BLE001 - nothing may travel up into the process that was forked
            leave_process(EXIT_LOST)
        leave_process(EXIT_LOST)

    def play(self, module: str, files: dict[str, bytes], requests: int, replies: int) -> None:
        """Load a module and answer every batch."""
        self._files, self._requests, self._replies, self._sent = files, requests, replies, _now()
        if self._load(module):
            self._answer()

    def _load(self, module: str) -> bool:
        """Load the module and say how it went."""
        reply: dict[str, Any] = {"kind": "loaded", "status": "passed"}
        file = self._source.find(self._root, module, set(self._files))
        if not file:
            reply["status"] = "missing"
        else:
            try:
                self._source.load(file, self._files[file])
            except BaseException as error:  # noqa: BLE001 - sys.exit at import is told like any other failure
                reply |= self._failure(error)
            else:
                reply["functions"] = source.functions(self._source.namespace, module)
        reply["remarks"] = self._source.remarks
        printed = self.speech.take()
        self.speech.take_warnings()
        reply["printed"] = len(printed)
        self._send(frame.pack(_dumps(reply), printed))
        return reply["status"] == "passed"

    def _failure(self, error: BaseException) -> dict[str, Any]:
        """Tell an exception; one of memory apart from all others."""
        if isinstance(error, MemoryError):
            if self._ballast is not None:
                self._ballast.close()
                self._ballast = None
            status = "memory"
        else:
            status = "error"
        return {"status": status, "raised": blame.raised(error, self._source.sources)}

    def _answer(self) -> None:
        """Answer batch after batch; the end of the requests is the end of the work."""
        is_last = False
        while not is_last:
            try:
                header, body = frame.read(self._requests)
            except EOFError:
                return
            is_last, at = header["last"], 0
            for function, results, arguments in header["calls"]:
                given: list[values.Given] = []
                for form, dtype, shape, size in arguments:
                    given.append(values.give(form, dtype, shape, body[at : at + size]))
                    at += size
                self._make_call(function, results, given)
                if self._careful or self._pending > PENDING or _now() - self._sent > PAUSE:
                    self._flush()
            self._flush()

    def _make_call(self, function: str, results: int, given: list[values.Given]) -> None:
        """Make one call and put its answer with those that wait."""
        reply: dict[str, Any] = {"status": "passed"}
        parts: list[bytes] = []
        thing = self._source.namespace.get(function)
        if not callable(thing):
            reply |= self._missing(function)
        else:
            try:
                self._read(thing(*[one.thing for one in given]), results, reply, parts)
            except BaseException as error:  # noqa: BLE001 - sys.exit in a function is told like any other failure
                parts.clear()
                reply = self._failure(error)
        changed = [at for at, one in enumerate(given) if one.is_changed()]
        if changed:
            reply["changed"] = changed
        if self.speech.warned:
            reply["warnings"] = self.speech.take_warnings()
        printed = self.speech.take()
        if printed:
            reply["printed"] = len(printed)
            parts.insert(0, printed)
        self._entries.append(reply)
        self._bodies += parts
        is_long = "raised" in reply or "warnings" in reply
        self._pending += sum(map(len, parts)) + (LONG_ENTRY if is_long else SHORT_ENTRY)

    def _missing(self, function: str) -> dict[str, Any]:
        """Say why a function is not there: it may have failed in a notebook's cell."""
        if function in self._source.failures:
            return {"status": "error", "raised": self._source.failures[function]}
        return {"status": "missing", "detail": source.describe_missing(self._source.namespace, function)}

    def _read(self, returned: Any, wanted: int, reply: dict[str, Any], parts: list[bytes]) -> None:
        """Read what a function returned, within what one call and the whole process may hand back."""
        if wanted == 1:
            found, reply["count"] = [returned], 1
        else:
            found, reply["count"] = values.items(returned, wanted)
        if not found or returned is None:
            reply["returned"] = values.describe(returned)
        left = self._result_bytes
        entries: list[list[Any]] = []
        for thing in found:
            entry, raw = values.read(thing, min(left, self._room))
            left -= len(raw)
            self._room -= len(raw)
            entries.append(entry)
            parts.append(raw)
        reply["values"] = entries

    def _flush(self) -> None:
        """Send what waits, as one message."""
        if self._entries:
            message = frame.pack(_dumps({"kind": "outcomes", "outcomes": self._entries}), *self._bodies)
            self._entries, self._bodies, self._pending = [], [], 0
            self._send(message)

    def _send(self, message: bytes) -> None:
        view = memoryview(message)
        while view:
            view = view[write_fd(self._replies, view) :]
        self._sent = _now()

    def _give_up(self) -> NoReturn:
        """End the process because it printed without end; what it had answered is sent first."""
        self._flush()
        self._send(frame.pack({"kind": "flood"}))
        leave_process(EXIT_FLOOD)
