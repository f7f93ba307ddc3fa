"""The single fields of a reply's header: each has its type and its limit, or is a WireError."""

from typing import Any

from grader.model.outcome import Status

__all__ = ["WireError", "as_integer", "as_list", "as_object", "as_row", "as_status", "as_text"]

MOST_INTEGER = 10**9
_STATUSES = {status.value: status for status in (Status.PASSED, Status.ERROR, Status.MISSING, Status.MEMORY)}


class WireError(Exception):
    """A message does not keep to the format; the text says where."""


def as_status(entry: dict[str, Any]) -> Status:
    """Return a status that the child may give."""
    word = entry.get("status")
    if not isinstance(word, str) or word not in _STATUSES:
        raise WireError("a status that is not the child's to give")
    return _STATUSES[word]


def as_object(value: Any) -> dict[str, Any]:
    """Return an object of JSON."""
    if not isinstance(value, dict):
        raise WireError("something else where an object belongs")
    return value  # pyright: ignore[reportUnknownVariableType]


def as_list(entry: dict[str, Any], key: str, most: int) -> list[Any]:
    """Return the list under a key, an empty one where there is none."""
    value = entry.get(key, [])
    if not isinstance(value, list) or len(value) > most:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError(f"{key}: not a list, or more than {most}")
    return value  # pyright: ignore[reportUnknownVariableType]


def as_row(value: Any, length: int) -> list[Any]:
    """Return a list of exactly so many."""
    if not isinstance(value, list) or len(value) != length:  # pyright: ignore[reportUnknownArgumentType]
        raise WireError(f"something else where a list of {length} belongs")
    return value  # pyright: ignore[reportUnknownVariableType]


def as_integer(value: Any) -> int:
    """Return a count."""
    if type(value) is not int or not 0 <= value <= MOST_INTEGER:
        raise WireError("something else where a count belongs")
    return value


def as_text(value: Any, most: int) -> str:
    """Return a text, cut to its limit; half a surrogate pair, which no file can hold, becomes a question mark."""
    if type(value) is not str:
        raise WireError("something else where text belongs")
    if value.isascii():
        return value if len(value) <= most else value[:most]
    return value[:most].encode("utf-8", "replace").decode("utf-8")
