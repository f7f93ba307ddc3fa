"""Requests on their way into the sandbox: what a job is, and the calls to make.

Neither the name of a case nor of a parameter crosses: they could say what is tested. The inputs of a batch are the
same for every student, so it is encoded once.
"""

from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Call, Form, Job
from grader.sandbox.child.frame import pack

__all__ = ["DTYPES", "encode_batch", "encode_job"]

DTYPES: dict[str, np.dtype[Any]] = {
    np.dtype(kind).newbyteorder("<").str: np.dtype(kind)
    for kind in ("g", "?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")  # "g" may be "f8"
}


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
