"""Arguments in the form that was asked for, and results as arrays of real numbers.

References to NumPy's functions are taken when this module is imported, before any student's code: a patched
``np.asarray`` spoils its author's own calls, not the reading of what they return. What lies anyway (a class with a
false ``__array__``, say) gives a wrong value, and that is all it can give.
"""

import math
from typing import Any

import numpy as np

__all__ = ["Given", "describe", "give", "items", "read", "type_name"]

TYPE_NAME = 80
KINDS = {
    "O": "an array of objects",
    "U": "text",
    "S": "bytes",
    "c": "complex numbers",
    "M": "dates",
    "m": "time spans",
    "V": "records",
}

_asarray, _frombuffer, _empty = np.asarray, np.frombuffer, np.empty
_ndarray, _prod = np.ndarray, math.prod
_tobytes = np.ndarray.tobytes
_real = {
    np.dtype(kind): np.dtype(kind).str
    for kind in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8")
}
_class_name = type.__dict__["__name__"].__get__


def type_name(thing: object) -> str:
    """Return the name of an object's type, whatever its class says about itself."""
    return str.__getitem__(_class_name(type(thing)), slice(None, TYPE_NAME))


class Given:
    """An argument as the function gets it, and what it is held against after the call."""

    __slots__ = ("before", "dtype", "shape", "thing")

    def __init__(self, thing: Any, before: Any) -> None:
        self.thing = thing
        self.before = before
        if type(before) is bytes:
            self.shape, self.dtype = thing.shape, thing.dtype

    def is_changed(self) -> bool:
        """Tell whether the function left the argument other than it got it."""
        before, thing = self.before, self.thing
        if type(before) is bytes:
            return thing.tobytes() != before or thing.shape != self.shape or thing.dtype is not self.dtype
        return before is not None and repr(thing) != before


def give(form: str, dtype: str, shape: list[int], raw: bytes) -> Given:
    """Make a fresh argument from its bytes, in C order, in one of the forms of ``grader.model.inputs.Form``."""
    array = _frombuffer(raw, dtype).reshape(shape)
    if form == "array":
        return Given(array.copy(), raw)
    if form == "list":
        plain = array.tolist()
        return Given(plain, repr(plain))
    if form == "scalar":
        return Given(array.item(), None)
    if form == "numpy-scalar":
        return Given(array[()], None)
    return _laid_out(form, array, raw)


def _laid_out(form: str, base: Any, raw: bytes) -> Given:
    """Make an array whose numbers lie in memory as the form says."""
    if form == "fortran":
        return Given(base.copy(order="F"), raw)
    if form == "strided":
        return Given(_every_second(base), raw)
    if form == "reversed":
        return Given(base[..., ::-1].copy()[..., ::-1] if base.ndim else base.copy(), raw)
    if form == "big-endian":
        array = base.astype(base.dtype.newbyteorder(">"))
        return Given(array, array.tobytes())
    array = base.copy()
    array.setflags(write=False)  # "read-only"
    return Given(array, raw)


def _every_second(base: Any) -> Any:
    """Spread the last axis over an array twice as long, with zeros between."""
    if not base.ndim:
        return base.copy()
    wide = _empty((*base.shape[:-1], 2 * base.shape[-1]), base.dtype)
    wide[...] = 0
    view = wide[..., ::2]
    view[...] = base
    return view


def items(thing: Any, wanted: int) -> tuple[list[Any], int]:
    """Return the several results in what a function returned, and how many there are; none unless ``wanted``.

    Only what tuples, lists and arrays hold in truth counts: a subclass with its own ``__len__`` is not asked.
    """
    kind = type(thing)
    if issubclass(kind, tuple):
        found = tuple.__len__(thing)
        return ([tuple.__getitem__(thing, at) for at in range(found)] if found == wanted else []), found
    if issubclass(kind, list):
        found = list.__len__(thing)
        return ([list.__getitem__(thing, at) for at in range(found)] if found == wanted else []), found
    if issubclass(kind, _ndarray):
        array = _asarray(thing)
        found = array.shape[0] if array.ndim else 1
        return ([array[at] for at in range(found)] if found == wanted else []), found
    return [], 0 if thing is None else 1


def describe(thing: Any) -> str:
    """Say what came back, in the words of a report: "tuple of 3", "ndarray of shape (2, 5)", "NoneType"."""
    kind, name = type(thing), type_name(thing)
    if issubclass(kind, _ndarray):
        return f"{name} of shape {_asarray(thing).shape}"[:200]
    for sized in (tuple, list, dict, set):
        if issubclass(kind, sized):
            return f"{name} of {sized.__len__(thing)}"
    return name


def read(thing: Any, room: int) -> tuple[list[Any], bytes]:
    """Read one result as real numbers: its entry in the header, and its bytes in C order.

    An entry is ``[type, note]`` where there are no numbers, otherwise ``[type, note, dtype, shape]``. Anything
    over ``room`` bytes is told by its shape and not copied, so that a lazy array of any extent costs nothing.
    """
    array, name = thing, "ndarray"
    if type(thing) is not _ndarray:
        name = type_name(thing)
        if thing is None:
            return [name, "nothing was returned"], b""
        try:
            array = _asarray(thing)
        except MemoryError:
            raise
        except BaseException as error:  # noqa: BLE001 - a student's __array__ may raise whatever it likes
            return [name, f"cannot be read as an array ({type_name(error)})"], b""
    shape, dtype = array.shape, array.dtype
    kind = _real.get(dtype)
    if kind is None:
        if dtype.kind not in "biuf":
            return [name, KINDS.get(dtype.kind, f"an array of {dtype.kind}")], b""
        dtype = dtype.newbyteorder("=")
        kind = dtype.str
    if _prod(shape) * dtype.itemsize > room:
        return [name, f"too large: shape {shape}"[:200]], b""
    if dtype is not array.dtype:
        array = array.astype(dtype)
    return [name, "", kind, shape], _tobytes(array)
