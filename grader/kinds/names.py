"""Names that lead nowhere, or to two places: what is said about them, everywhere in the same words."""

from collections.abc import Iterable, Iterator

from grader.kinds.kind import Fault
from grader.kinds.view import Path

__all__ = ["article", "closest", "repeated", "suggestion", "unknown"]

_MOST_LISTED = 12


def article(noun: str) -> str:
    """Put a or an before a noun."""
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or nothing."""
    from difflib import get_close_matches

    names = list(known)
    lowered = {other.lower(): other for other in names}
    if name.lower() in lowered:
        return lowered[name.lower()]
    return next(iter(get_close_matches(name[:80], names, n=1, cutoff=0.6)), "")


def suggestion(name: str, known: Iterable[str], *, none: str = "There is none") -> str:
    """Say which known name was probably meant, or list them all."""
    names = list(dict.fromkeys(known))
    if likely := closest(name, names):
        return f"Did you mean `{likely}`?"
    if not names:
        return none
    more = ", ..." if len(names) > _MOST_LISTED else ""
    return f"Known here: {', '.join(names[:_MOST_LISTED])}{more}"


def unknown(path: Path, name: str, known: Iterable[str], what: str) -> Fault:
    """Say that a name is not one of those known, and which was probably meant."""
    return Fault(path, f"{name[:60]!r} is not {article(what)}", suggestion(name, known))


def repeated(named: Iterable[tuple[Path, str]], what: str) -> Iterator[Fault]:
    """Say which names are given twice."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Fault(
                path, f"{name!r} is a {what} for the second time", "Each may stand once: rename or remove it"
            )
        seen.add(name)
