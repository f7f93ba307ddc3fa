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
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Call, Form, Job, Limits
from grader.model.outcome import Frame, FunctionInfo, Loaded, Outcome, Raised, Status, Value
from grader.sandbox.child.frame import HEAD, MAGIC, pack

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
MOST_INTEGER = 10**9
SLACK = 64 << 10  # gathered answers may be this much more than what one call may hand back

DTYPES: dict[str, np.dtype[Any]] = {
    np.dtype(kind).newbyteorder("<").str: np.dtype(kind)
    for kind in ("g", "?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")  # "g" may be "f8"
}
_IS_LITTLE = sys.byteorder == "little"
_STATUSES = {status.value: status for status in (Status.PASSED, Status.ERROR, Status.MISSING, Status.MEMORY)}


class WireError(Exception):
    """A message does not keep to the format; the text says where."""


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """One message that came back; which fields count depends on ``kind``."""

    kind: str
    loaded: Loaded | None = None
    outcomes: tuple[Outcome, ...] = ()
    done: tuple[str, ...] = ()  # what a canary got away with
    why: str = ""  # why files were refused


# --- requests -----------------------------------------------------------------------------------------------


def encode_job(job: Job, *, planted: str = "") -> bytes:
    """Write the message that starts a job (or a canary): the module, the limits, the files."""
    limits = job.limits
    header = {
        "module": job.module,
        "careful": job.careful,
        "seed": job.seed & 0xFFFFFFFF,
        "planted": planted,
        "limits": {
            "cpu_seconds": limits.cpu_seconds,
            "memory_bytes": limits.memory_bytes,
            "result_bytes": limits.result_bytes,
            "total_result_bytes": limits.total_result_bytes,
            "printed_bytes": limits.printed_bytes,
            "flood_bytes": limits.flood_bytes,
        },
        "files": [[file.path, len(file.data)] for file in job.files],
    }
    return pack(header, *[file.data for file in job.files])


class _Encoded:
    """Batches that were encoded lately. The inputs are the same for every student, so most batches are here."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[int, bool], tuple[tuple[Call, ...], bytes]] = OrderedDict()

    def get(self, calls: tuple[Call, ...], *, is_last: bool) -> bytes:
        """Return the message for a batch; the calls are held on to, so that their identity stays theirs."""
        key = (id(calls), is_last)
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key][1]
        message = _encode(calls, is_last=is_last)
        self._held[key] = (calls, message)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return message


_encoded = _Encoded(64)


def encode_batch(calls: tuple[Call, ...], *, is_last: bool) -> bytes:
    """Write the message for a batch of calls; the same tuple of calls is encoded once."""
    return _encoded.get(calls, is_last=is_last)


def _encode(calls: tuple[Call, ...], *, is_last: bool) -> bytes:
    heads: list[list[Any]] = []
    body: list[bytes] = []
    for call in calls:
        arguments: list[list[Any]] = []
        for argument in call.arguments:
            array = _plain(argument.value)
            raw = array.tobytes()
            arguments.append([Form(argument.form).value, array.dtype.str, list(array.shape), len(raw)])
            body.append(raw)
        heads.append([call.function, call.results, arguments])
    return pack({"calls": heads, "last": is_last}, *body)


def _plain(value: NDArray[Any]) -> NDArray[Any]:
    """Return an input as a native array of real numbers; anything else is a mistake of ours."""
    array = np.asarray(value)
    array = array.astype(array.dtype.newbyteorder("="), copy=False)
    if array.dtype.newbyteorder("<").str not in DTYPES:
        raise TypeError(f"an input of dtype {array.dtype} cannot cross into the sandbox")
    return array


# --- replies ------------------------------------------------------------------------------------------------


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
            "outcomes", outcomes=_outcomes(_list(header, "outcomes", len(expected)), body, limits, expected)
        )
    if kind == "loaded":
        return Reply("loaded", loaded=_loaded(header, body, limits))
    if body or kind not in ("begun", "refused", "flood", "canary"):
        raise WireError("a message of no known kind")
    done = tuple(_text(one, WORD) for one in _list(header, "done", MOST_VALUES))
    return Reply(str(kind), done=done, why=_text(header.get("why", ""), SENTENCE))


def _outcomes(entries: list[Any], body: bytes, limits: Limits, expected: Sequence[Call]) -> tuple[Outcome, ...]:
    reader = _Body(body)
    outcomes: list[Outcome] = []
    for entry, call in zip(entries, expected, strict=False):
        outcomes.append(_returned(_object(entry), call, reader, limits) or _outcome(entry, call, reader, limits))
    reader.finish()
    return tuple(outcomes)


def _returned(entry: dict[str, Any], call: Call, body: "_Body", limits: Limits) -> Outcome | None:
    """Read what most answers are, a status, a count and that many values; None where there is more to it."""
    if len(entry) != 3 or entry.get("status") != "passed" or not entry.get("values"):
        return None
    values = _values(entry, body, limits)
    if not len(values) == _integer(entry.get("count", 0)) == call.results:
        raise WireError("an answer with other values than it was asked for")
    return Outcome(call.id, Status.PASSED, values, "", call.results)


def _outcome(entry: dict[str, Any], call: Call, body: "_Body", limits: Limits) -> Outcome:
    """Read one answer; it must promise what its call asked for."""
    status, count = _status(entry), _integer(entry.get("count", 0))
    printed = body.text(_integer(entry.get("printed", 0)), limits)
    values = _values(entry, body, limits)
    if values and (status is not Status.PASSED or not len(values) == count == call.results):
        raise WireError("an answer with other values than it was asked for")
    changed = tuple([_integer(at) for at in _list(entry, "changed", len(call.arguments))])
    if any(at >= len(call.arguments) for at in changed):
        raise WireError("an argument that was not given")
    return Outcome(
        call=call.id,
        status=status,
        values=values,
        returned=_text(entry.get("returned", ""), WORD),
        count=count,
        changed=changed,
        raised=_raised(entry.get("raised")),
        printed=printed,
        warnings=tuple([_text(one, WORD) for one in _list(entry, "warnings", MOST_WARNINGS)]),
        detail=_text(entry.get("detail", ""), SENTENCE),
    )


def _loaded(header: dict[str, Any], body: bytes, limits: Limits) -> Loaded:
    reader = _Body(body)
    printed = reader.text(_integer(header.get("printed", 0)), limits)
    reader.finish()
    return Loaded(
        status=_status(header),
        functions=tuple(_function(one) for one in _list(header, "functions", MOST_FUNCTIONS)),
        raised=_raised(header.get("raised")),
        printed=printed,
        remarks=tuple(_text(one, SENTENCE) for one in _list(header, "remarks", MOST_REMARKS)),
        detail=_text(header.get("detail", ""), SENTENCE),
    )


def _function(entry: Any) -> FunctionInfo:
    name, least, most, line = _row(entry, 4)
    return FunctionInfo(
        _text(name, WORD), _integer(least), None if most is None else _integer(most), _integer(line)
    )


def _raised(entry: Any) -> Raised | None:
    if entry is None:
        return None
    held = _object(entry)
    frames = [_row(one, 4) for one in _list(held, "frames", MOST_FRAMES)]
    return Raised(
        type=_text(held.get("type", ""), WORD),
        text=_text(held.get("text", ""), TEXT),
        frames=tuple(
            Frame(_text(file, SENTENCE), _integer(line), _text(name, WORD), _text(text, WORD))
            for file, line, name, text in frames
        ),
    )


def _values(entry: dict[str, Any], body: "_Body", limits: Limits) -> tuple[Value, ...]:
    """Read the results of one answer."""
    before = body.at
    values = tuple([_value(one, body) for one in _list(entry, "values", MOST_VALUES)])
    if body.at - before > limits.result_bytes:
        raise WireError("an answer larger than one call may hand back")
    return values


def _value(entry: Any, body: "_Body") -> Value:
    """Read one result: two fields where there are no numbers, four where there are."""
    if type(entry) is not list or len(entry) not in (2, 4):  # pyright: ignore[reportUnknownArgumentType]
        raise WireError("something else where a result belongs")
    name, note = _text(entry[0], WORD), _text(entry[1], WORD)
    if len(entry) == 2:  # pyright: ignore[reportUnknownArgumentType]
        return Value(name, None, note)
    kind, axes = entry[2:]
    dtype = DTYPES.get(kind) if type(kind) is str else None
    if dtype is None:
        raise WireError("an array of no allowed dtype")
    if type(axes) is not list or len(axes) > MOST_AXES:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError("an array of no allowed shape")
    return Value(name, body.array(dtype, [_integer(axis) for axis in axes]), note)


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


# --- single fields ------------------------------------------------------------------------------------------


def _status(entry: dict[str, Any]) -> Status:
    word = entry.get("status")
    if not isinstance(word, str) or word not in _STATUSES:
        raise WireError("a status that is not the child's to give")
    return _STATUSES[word]


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WireError("something else where an object belongs")
    return value  # pyright: ignore[reportUnknownVariableType]


def _list(entry: dict[str, Any], key: str, most: int) -> list[Any]:
    value = entry.get(key, [])
    if not isinstance(value, list) or len(value) > most:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError(f"{key}: not a list, or more than {most}")
    return value  # pyright: ignore[reportUnknownVariableType]


def _row(value: Any, length: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError(f"something else where a list of {length} belongs")
    return value  # pyright: ignore[reportUnknownVariableType]


def _integer(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_INTEGER:
        raise WireError("something else where a count belongs")
    return value


def _text(value: Any, most: int) -> str:
    """Return a text, cut to its limit; half a surrogate pair, which no file can hold, becomes a question mark."""
    if type(value) is not str:
        raise WireError("something else where text belongs")
    if value.isascii():
        return value if len(value) <= most else value[:most]
    return value[:most].encode("utf-8", "replace").decode("utf-8")
