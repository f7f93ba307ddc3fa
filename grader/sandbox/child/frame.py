"""The layout of a message, the same on both sides and in both directions.

    0        4               8                       16
    +--------+---------------+-----------------------+---------------+-------------+
    | "GGF1" | header length |      body length      |    header     |    body     |
    |        |   u32, little |        u64, little    |  JSON, UTF-8  |  raw bytes  |
    +--------+---------------+-----------------------+---------------+-------------+

The header says what the body holds; arrays and printed text travel as raw bytes, one after another, in the
order in which the header names them. Nothing is ever pickled.

    trusted -> zygote   {"root", "packages", ...}, once; body: the system call filter; later TASK, a fixed struct
    zygote -> trusted   {"ready": {...}} or {"broken": why}, once; later NEWS, a fixed struct
    trusted -> child    {module, careful, seed, limits: {...}, files: [[path, size]...]}           body: files
                        {"calls": [[function, results, [[form, dtype, shape, size]...]]...], "last"}
                                                                                                   body: arrays
    child -> trusted    {"kind": "refused", "why"}
                        {"kind": "loaded", status, functions, raised, remarks, printed, detail}    body: printed
                        {"kind": "outcomes", "outcomes": [...]}                    body: printed, values, ...
                        {"kind": "flood"}
                        {"kind": "begun"}    the portable runner's only: Python is there, the job begins

This module knows bytes only: the trusted side's strict decoder is in ``wire``.
"""

import json
import struct
from os import read as _read
from typing import Any

__all__ = ["CANARY", "EXIT_MEMORY", "HEAD", "JOB", "MAGIC", "NEWS", "TASK", "pack", "read", "read_exactly"]

MAGIC = b"GGF1"
HEAD = struct.Struct("<4sIQ")
TASK = struct.Struct("<II")  # JOB or CANARY, the seed; the job's pipes come with it
# a fork's wait status, or -1 when it has begun; whether it was sealed; CPU seconds; its most memory in KiB
NEWS = struct.Struct("<iidq")
JOB, CANARY = 1, 2
EXIT_MEMORY = 84  # the exit code of a process that had no memory left to say so

_dumps = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode
_loads = json.loads


def pack(header: dict[str, Any] | bytes, *body: bytes) -> bytes:
    """Return one message; a header given as bytes is JSON already."""
    text = header if isinstance(header, bytes) else _dumps(header).encode()
    return b"".join((HEAD.pack(MAGIC, len(text), sum(map(len, body))), text, *body))


def read_exactly(fd: int, size: int) -> bytes:
    """Read ``size`` bytes from a descriptor; raise EOFError where it ends before."""
    first = _read(fd, size) if size else b""
    if len(first) == size:
        return first
    parts = [first]
    missing = size - len(first)
    while missing:
        part = _read(fd, min(missing, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def read(fd: int) -> tuple[dict[str, Any], bytes]:
    """Read one message of the trusted side from a blocking descriptor; raise EOFError at its end."""
    magic, header, body = HEAD.unpack(read_exactly(fd, HEAD.size))
    if magic != MAGIC:
        raise EOFError
    return _loads(read_exactly(fd, header)), read_exactly(fd, body)
