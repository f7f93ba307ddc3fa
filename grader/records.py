"""What is kept of a run: each question's outcomes, as bytes that hold no code and need no trust.

A record is a length, a JSON header and raw array bytes:

    8 bytes, little-endian    length of the header
    header                    JSON: the outcomes; each array as [dtype, shape, offset, length]
    body                      the arrays' bytes, C order

Two students who computed the same bits have the same record, so that the gradebook keeps it once.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from grader.model.outcome import Frame, FunctionInfo, Isolation, Loaded, Outcome, Raised, Status, Value

__all__ = ["QuestionRun", "pack", "unpack"]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionRun:
    """How the calls of one question ended, by the case's name.

    ``alone`` says that they were made in a process of their own, so that nothing else can be to blame.
    """

    loaded: Loaded
    outcomes: Mapping[str, Outcome]
    isolation: Isolation
    alone: bool = False


def pack(run: QuestionRun) -> bytes:
    """Write a run as bytes."""
    body: list[bytes] = []
    size = 0
    outcomes: list[dict[str, Any]] = []
    for name, outcome in run.outcomes.items():
        values: list[list[Any]] = []
        for value in outcome.values:
            if value.array is None:
                values.append([value.type, value.note, None])
                continue
            data = np.ascontiguousarray(value.array).tobytes()
            values.append([value.type, value.note, [value.array.dtype.str, value.array.shape, size, len(data)]])
            body.append(data)
            size += len(data)
        outcomes.append(
            {
                "name": name,
                "status": outcome.status,
                "values": values,
                "returned": outcome.returned,
                "count": outcome.count,
                "changed": outcome.changed,
                "raised": _raised(outcome.raised),
                "printed": outcome.printed,
                "warnings": outcome.warnings,
                "detail": outcome.detail,
            }
        )
    loaded = run.loaded
    header = {
        "alone": run.alone,
        "isolation": run.isolation,
        "loaded": {
            "status": loaded.status,
            "functions": [[f.name, f.least, f.most, f.line] for f in loaded.functions],
            "raised": _raised(loaded.raised),
            "printed": loaded.printed,
            "remarks": loaded.remarks,
            "detail": loaded.detail,
        },
        "outcomes": outcomes,
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    return b"".join([struct.pack("<Q", len(text)), text, *body])


def unpack(data: bytes) -> QuestionRun:
    """Read what ``pack`` wrote."""
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    body = memoryview(data)[8 + length :]
    loaded = header["loaded"]
    return QuestionRun(
        loaded=Loaded(
            status=Status(loaded["status"]),
            functions=tuple(FunctionInfo(*entry) for entry in loaded["functions"]),
            raised=_unraised(loaded["raised"]),
            printed=loaded["printed"],
            remarks=tuple(loaded["remarks"]),
            detail=loaded["detail"],
        ),
        outcomes={entry["name"]: _outcome(entry, body) for entry in header["outcomes"]},
        isolation=Isolation(header["isolation"]),
        alone=header["alone"],
    )


def _outcome(entry: dict[str, Any], body: memoryview) -> Outcome:
    return Outcome(
        call=entry["name"],
        status=Status(entry["status"]),
        values=tuple(Value(kind, _array(place, body), note) for kind, note, place in entry["values"]),
        returned=entry["returned"],
        count=entry["count"],
        changed=tuple(entry["changed"]),
        raised=_unraised(entry["raised"]),
        printed=entry["printed"],
        warnings=tuple(entry["warnings"]),
        detail=entry["detail"],
    )


def _array(place: list[Any] | None, body: memoryview) -> np.ndarray[Any, Any] | None:
    if place is None:
        return None
    dtype, shape, offset, length = place
    return np.frombuffer(body[offset : offset + length], dtype=np.dtype(dtype)).reshape(shape)


def _raised(raised: Raised | None) -> dict[str, Any] | None:
    return None if raised is None else asdict(raised)


def _unraised(raised: dict[str, Any] | None) -> Raised | None:
    if raised is None:
        return None
    return Raised(raised["type"], raised["text"], tuple(Frame(**frame) for frame in raised["frames"]))
