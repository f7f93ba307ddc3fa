"""What crosses: requests on their way out, and the strict reading of what comes back.

The layout of a message is drawn in ``grader.sandbox.child.frame``, the one file that both sides share. Whatever
comes back was chosen by a process that ran a student's code, so nothing is taken on trust: lengths are bounded
before memory is spent, the header is plain JSON without NaN, Infinity or fractions, every field has its type
and its limit, arrays have real dtypes from a list, and their shapes are multiplied as Python integers. Any
violation is a WireError and nothing else ever is.

    loaded    status: passed|error|missing|memory, functions: [[name, least, most|null, line]...],
              raised: {type, text, frames: [[file, line, function, text]...]}, remarks: [...],
              printed: bytes in the body
    outcomes  outcomes: [{status, count, values: [[type, note] or [type, note, dtype, shape]...], returned,
              changed: [...], raised, warnings: [...], printed: bytes in the body, detail}...]
              body: for each outcome what it printed, then its values
    begun, refused, flood, canary     no body
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Call, Limits
from grader.model.outcome import Frame, FunctionInfo, Loaded, Outcome, Raised, Status, Value
from grader.sandbox.child.frame import HEAD, MAGIC
from grader.sandbox.fields import WireError, as_integer, as_list, as_object, as_row, as_status, as_text
from grader.sandbox.requests import DTYPES, encode_batch, encode_job

__all__ = [
    "DTYPES",
    "FrameReader",
    "Reply",
    "WireError",
    "decode_reply",
    "encode_batch",
    "encode_job",
]

HEADER_BYTES = 256 << 10
MOST_NODES, MOST_AXES, MOST_ELEMENTS = 60_000, 64, 1 << 40
MOST_FUNCTIONS, MOST_REMARKS, MOST_WARNINGS, MOST_FRAMES, MOST_VALUES = 200, 20, 5, 16, 64
WORD, SENTENCE, TEXT = 256, 512, 2048
SLACK = 64 << 10  # gathered answers may be this much more than what one call may hand back

_IS_LITTLE = sys.byteorder == "little"


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """One message that came back; which fields count depends on ``kind``."""

    kind: str
    loaded: Loaded | None = None
    outcomes: tuple[Outcome, ...] = ()
    done: tuple[str, ...] = ()  # what a canary got away with
    why: str = ""  # why files were refused


class FrameReader:
    """Cut a stream of bytes into messages, bounding each before its bytes are there."""

    def __init__(self, limits: Limits) -> None:
        self._held = bytearray()
        self._body = limits.result_bytes + limits.printed_bytes + SLACK
        self._left = limits.total_result_bytes + limits.printed_bytes + SLACK

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take what was read, and give the messages that are complete: (header, body)."""
        self._held += data
        while len(self._held) >= HEAD.size:
            magic, header, body = HEAD.unpack_from(self._held)
            if magic != MAGIC:
                raise WireError("a message does not begin as one")
            if header > HEADER_BYTES or body > self._body or body > self._left:
                raise WireError(f"a message of {header} + {body} bytes is larger than the limits")
            end = HEAD.size + header + body
            if len(self._held) < end:
                return
            self._left -= body
            start = HEAD.size + header
            message = bytes(self._held[HEAD.size : start]), bytes(self._held[start:end])
            del self._held[:end]
            yield message

    @property
    def is_between(self) -> bool:
        """Whether nothing of an unfinished message is held."""
        return not self._held


def decode_reply(header: bytes, body: bytes, limits: Limits, expected: Sequence[Call] = ()) -> Reply:
    """Read one message; ``expected`` are the calls that may be answered next. Raises WireError, nothing else."""
    try:
        return _decode(_parse(header), body, limits, expected)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"a message cannot be read: {type(error).__name__}") from None


def _parse(header: bytes) -> dict[str, Any]:
    """Read the JSON of a header: an object, of bearable size, without NaN, Infinity or fractions."""
    if len(header) > HEADER_BYTES:
        raise WireError(f"a header of {len(header)} bytes")
    if header.count(b"[") + header.count(b"{") + header.count(b",") > MOST_NODES:
        raise WireError("a header of too many parts")
    try:
        parsed = json.loads(header.decode("utf-8"), parse_constant=_refuse_number, parse_float=_refuse_number)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a header that is not JSON: {type(error).__name__}") from None
    if not isinstance(parsed, dict):
        raise WireError("a header that is not an object")
    return parsed


def _refuse_number(text: str) -> NoReturn:
    raise WireError(f"the number {text[:20]} has no place in a header")


def _decode(header: dict[str, Any], body: bytes, limits: Limits, expected: Sequence[Call]) -> Reply:
    kind = header.get("kind")
    if kind == "outcomes":
        return Reply(
            "outcomes", outcomes=_outcomes(as_list(header, "outcomes", len(expected)), body, limits, expected)
        )
    if kind == "loaded":
        return Reply("loaded", loaded=_loaded(header, body, limits))
    if body or kind not in ("begun", "refused", "flood", "canary"):
        raise WireError("a message of no known kind")
    done = tuple(as_text(one, WORD) for one in as_list(header, "done", MOST_VALUES))
    return Reply(str(kind), done=done, why=as_text(header.get("why", ""), SENTENCE))


def _outcomes(entries: list[Any], body: bytes, limits: Limits, expected: Sequence[Call]) -> tuple[Outcome, ...]:
    reader = _Body(body)
    outcomes: list[Outcome] = []
    for entry, call in zip(entries, expected, strict=False):
        outcomes.append(_returned(as_object(entry), call, reader, limits) or _outcome(entry, call, reader, limits))
    reader.finish()
    return tuple(outcomes)


def _returned(entry: dict[str, Any], call: Call, body: "_Body", limits: Limits) -> Outcome | None:
    """Read what most answers are, a status, a count and that many values; None where there is more to it."""
    if len(entry) != 3 or entry.get("status") != "passed" or not entry.get("values"):
        return None
    values = _values(entry, body, limits)
    if not len(values) == as_integer(entry.get("count", 0)) == call.results:
        raise WireError("an answer with other values than it was asked for")
    return Outcome(call.id, Status.PASSED, values, "", call.results)


def _outcome(entry: dict[str, Any], call: Call, body: "_Body", limits: Limits) -> Outcome:
    """Read one answer; it must promise what its call asked for."""
    status, count = as_status(entry), as_integer(entry.get("count", 0))
    printed = body.text(as_integer(entry.get("printed", 0)), limits)
    values = _values(entry, body, limits)
    if values and (status is not Status.PASSED or not len(values) == count == call.results):
        raise WireError("an answer with other values than it was asked for")
    changed = tuple([as_integer(at) for at in as_list(entry, "changed", len(call.arguments))])
    if any(at >= len(call.arguments) for at in changed):
        raise WireError("an argument that was not given")
    return Outcome(
        call=call.id,
        status=status,
        values=values,
        returned=as_text(entry.get("returned", ""), WORD),
        count=count,
        changed=changed,
        raised=_raised(entry.get("raised")),
        printed=printed,
        warnings=tuple([as_text(one, WORD) for one in as_list(entry, "warnings", MOST_WARNINGS)]),
        detail=as_text(entry.get("detail", ""), SENTENCE),
    )


def _loaded(header: dict[str, Any], body: bytes, limits: Limits) -> Loaded:
    reader = _Body(body)
    printed = reader.text(as_integer(header.get("printed", 0)), limits)
    reader.finish()
    return Loaded(
        status=as_status(header),
        functions=tuple(_function(one) for one in as_list(header, "functions", MOST_FUNCTIONS)),
        raised=_raised(header.get("raised")),
        printed=printed,
        remarks=tuple(as_text(one, SENTENCE) for one in as_list(header, "remarks", MOST_REMARKS)),
        detail=as_text(header.get("detail", ""), SENTENCE),
    )


def _function(entry: Any) -> FunctionInfo:
    name, least, most, line = as_row(entry, 4)
    return FunctionInfo(
        as_text(name, WORD), as_integer(least), None if most is None else as_integer(most), as_integer(line)
    )


def _raised(entry: Any) -> Raised | None:
    if entry is None:
        return None
    held = as_object(entry)
    frames = [as_row(one, 4) for one in as_list(held, "frames", MOST_FRAMES)]
    return Raised(
        type=as_text(held.get("type", ""), WORD),
        text=as_text(held.get("text", ""), TEXT),
        frames=tuple(
            Frame(as_text(file, SENTENCE), as_integer(line), as_text(name, WORD), as_text(text, WORD))
            for file, line, name, text in frames
        ),
    )


def _values(entry: dict[str, Any], body: "_Body", limits: Limits) -> tuple[Value, ...]:
    """Read the results of one answer."""
    before = body.at
    values = tuple([_value(one, body) for one in as_list(entry, "values", MOST_VALUES)])
    if body.at - before > limits.result_bytes:
        raise WireError("an answer larger than one call may hand back")
    return values


def _value(entry: Any, body: "_Body") -> Value:
    """Read one result: two fields where there are no numbers, four where there are."""
    if type(entry) is not list or len(entry) not in (2, 4):  # pyright: ignore[reportUnknownArgumentType]
        raise WireError("something else where a result belongs")
    name, note = as_text(entry[0], WORD), as_text(entry[1], WORD)
    if len(entry) == 2:  # pyright: ignore[reportUnknownArgumentType]
        return Value(name, None, note)
    kind, axes = entry[2:]
    dtype = DTYPES.get(kind) if type(kind) is str else None
    if dtype is None:
        raise WireError("an array of no allowed dtype")
    if type(axes) is not list or len(axes) > MOST_AXES:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError("an array of no allowed shape")
    return Value(name, body.array(dtype, [as_integer(axis) for axis in axes]), note)


class _Body:
    """The raw bytes of a message, taken one piece after another; all of them must be asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def _take(self, size: int) -> bytes:
        piece = self._data[self.at : self.at + size]
        if len(piece) != size:
            raise WireError("a body shorter than its header says")
        self.at += size
        return piece

    def text(self, size: int, limits: Limits) -> str:
        """Take printed text; what is no UTF-8 is shown as such."""
        if size > limits.printed_bytes:
            raise WireError("more printed text than is kept")
        return self._take(size).decode("utf-8", "replace") if size else ""

    def array(self, dtype: np.dtype[Any], shape: list[int]) -> NDArray[Any]:
        """Take an array: of this machine's byte order, aligned, its own memory."""
        count = math.prod(shape)
        if count > MOST_ELEMENTS or (not count and math.prod(axis for axis in shape if axis) > MOST_ELEMENTS):
            raise WireError("an array of no allowed shape")
        raw = self._take(count * dtype.itemsize)
        kind = dtype.char
        if kind == "?":
            return (np.frombuffer(raw, np.uint8) != 0).reshape(shape)
        array = np.frombuffer(raw, dtype if _IS_LITTLE else dtype.newbyteorder("<")).astype(dtype).reshape(shape)
        if kind == "g":
            with np.errstate(all="ignore"):
                array *= np.longdouble(1)  # bit patterns that are no number become nan
        return array

    def finish(self) -> None:
        """Refuse a body of which something is left over."""
        if self.at != len(self._data):
            raise WireError("a body longer than its header says")
