"""What a YAML parser complains about, in words that say what to do.

The parser's own sentences ("did not find expected key") tell what it wanted, not what an author did. The usual
slips are told by name; anything else keeps the parser's words.
"""

import re
from typing import Any

from grader.errors import Complaint, Place

__all__ = ["explain_syntax", "unreadable_character"]

# YAML 1.2, production [1] c-printable, the other way round. U+0085, U+2028 and U+2029 end a line in YAML 1.1 and
# not in 1.2, and a byte order mark amid the text is read in two ways: nobody means them, so they are refused.
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

_SLIPS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a `:` cannot stand here",
        "Put text that holds `: ` in quotes, and indent the keys of one mapping alike",
    ),
    (
        "found a tab character",
        "a tab cannot indent YAML",
        "Indent with spaces",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes begins an escape that does not exist",
        "Use single quotes, or a block that begins with `|`, for LaTeX",
    ),
    (
        "did not find expected ',' or ']'",
        "a list that began with `[` is not closed",
        "Close it with `]`, and put a comma between its values",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping that began with `{` is not closed",
        "Close it with `}`, and put a comma between its entries",
    ),
    (
        "did not find expected key",
        "a key was expected here",
        "Indent the keys of one mapping alike, and write each as `key: value`",
    ),
    (
        "did not find expected '-' indicator",
        "a list entry was expected here",
        "Begin each entry with `- `, indented alike",
    ),
    (
        "could not find expected ':'",
        "a `:` is missing after a key",
        "Write `key: value`, and indent text that goes on over several lines",
    ),
    (
        "found unexpected end of stream",
        "a quoted text is not closed before the file ends",
        "Close it with the same quote",
    ),
)


def unreadable_character(text: str, file: str) -> Complaint | None:
    """Find the first character that YAML does not allow."""
    found = _UNREADABLE.search(text)
    if found is None:
        return None
    at = found.start()
    place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return Complaint(f"the character U+{ord(found[0]):04X} cannot stand in YAML", "Remove it", place)


def explain_syntax(error: Any, text: str, file: str) -> Complaint:
    """Say what a parser's error means and where the reading stopped."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    if mark is None:
        return Complaint(f"is not YAML: {problem}", place=Place(file))
    place = Place(file, mark.line + 1, mark.column + 1)
    if problem.startswith("found character") and "cannot start any token" in problem:
        return _bad_start(text, place)
    for known, words, hint in _SLIPS:
        if problem.startswith(known):
            return Complaint(words + _since(error, mark), hint, place)
    return Complaint(f"is not YAML: {problem}", "See the YAML 1.2 rules", place)


def _since(error: Any, mark: Any) -> str:
    """Where the thing began that could not be finished, if that is another line."""
    began = getattr(error, "context_mark", None)
    if began is None or began.line == mark.line:
        return ""
    return f" (what it belongs to begins on line {began.line + 1})"


def _bad_start(text: str, place: Place) -> Complaint:
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    found = line[place.column - 1 : place.column] or "?"
    if found == "\t":
        return Complaint("a tab cannot indent YAML", "Indent with spaces", place)
    return Complaint(f"a plain value cannot begin with `{found}`", "Put it in quotes", place)
