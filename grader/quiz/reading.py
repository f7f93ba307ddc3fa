"""Read what a response says: letters however they were typed, and words to show it again.

A response is any value that YAML, JSON or a table can hold. Nothing here raises, and nothing is guessed: what is
not one of the sheet's letters is told as what it is.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from grader.model.sheet import Choose, Enter, Form, Option

__all__ = [
    "blank_entries",
    "by_name",
    "expected",
    "field_name",
    "is_empty",
    "letter_in",
    "letters_in",
    "listed",
    "normal",
    "pair_entries",
    "plain_text",
    "shown",
    "written",
]

LONGEST = 400  # characters of what can be a letter, or letters
LETTER = re.compile(r"[(\[]?\s*([A-Z]|[0-9]{1,2})\s*[)\]]?[.:]?")
SEPARATOR = re.compile(r"[\s,;/>|]+")
SHOWN = 60
DEEPEST = 20
MOST_SHOWN, MOST_SHOWN_DEEP = 100, 6  # entries of a list that is shown as a whole, and lists in it
LARGEST = 10**15

_SAME = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2019": "'", "\u2018": "'",
                       "\u201c": '"', "\u201d": '"'})  # fmt: skip
_BESIDE_NO_WORD = re.compile(r"(?<![\w.]) | (?![\w.])")
_BESIDE_SIGNS = re.compile(r" ?([\[\](){},:]) ?")


def is_empty(response: Any, depth: int = 0) -> bool:
    """Whether a response says nothing: nothing at all, blanks, or only such things in a list or a mapping."""
    if response is None or depth > DEEPEST:
        return response is None
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, Mapping):
        return all(is_empty(part, depth + 1) for part in response.values())
    if isinstance(response, list | tuple):
        return all(is_empty(part, depth + 1) for part in response)
    return False


def field_name(form: Form) -> str:
    """Return the name under which the answer to one of several forms stands, in answers.yaml and on the sheet."""
    label = form.label.casefold() if isinstance(form, Enter) else ""
    return label or ("choice" if isinstance(form, Choose) else "answer")


def blank_entries(response: Any, count: int) -> list[Any] | None:
    """Return the entries of a list, or of a text with as many between semicolons as there are blanks."""
    if isinstance(response, list | tuple):
        return list(response)
    if isinstance(response, str) and count > 1 and response.count(";") == count - 1:
        return response.split(";")
    return [response] if count == 1 or is_empty(response) else None


def pair_entries(response: Any, right: Sequence[Option]) -> list[Any]:
    """Return the entries of a list, or the letters in a text, in the order of what they are paired with."""
    return (
        list(response) if isinstance(response, list | tuple) else [one for one, _ in letters_in(response, right)]
    )


def shown(response: Any) -> str:
    """Show a response in a few words, whatever it is."""
    match response:
        case None:
            return "nothing"
        case bool():
            return "true" if response else "false"
        case str():
            line = "".join(sign if sign.isprintable() else " " for sign in response[: SHOWN + 1]).strip()
            return f"“{line[: SHOWN - 3]}...”" if len(response) > SHOWN else f"“{line}”"
        case int():
            return str(response) if abs(response) < LARGEST else "a very large number"
        case float():
            return repr(response)
        case list() | tuple():
            return f"a list of {len(response)}"
        case Mapping():
            return f"a mapping of {len(response)}"
        case _:
            return f"a value of the type {type(response).__name__}"


def written(response: Any, depth: int = 0) -> str:
    """Write a whole response as a person would type it, as far as lists in lists go."""
    match response:
        case None:
            return "–"
        case _ if depth > MOST_SHOWN_DEEP:
            return "…"
        case list() | tuple():
            inner = ", ".join(written(part, depth + 1) for part in response[:MOST_SHOWN])
            return f"[{inner}]" if depth else inner
        case Mapping():
            pairs = [f"{key}: {written(value, depth + 1)}" for key, value in list(response.items())[:MOST_SHOWN]]
            return f"{{{', '.join(pairs)}}}" if depth else ", ".join(pairs)
        case str():
            return plain_text(response)
        case _:
            return shown(response)


def expected(options: Sequence[Option]) -> str:
    """Name the marks of some options: ``A to D``, ``A and B``."""
    marks = sorted((option.letter for option in options), key=lambda mark: (len(mark), mark))
    return f"{marks[0]} to {marks[-1]}" if len(marks) > 2 else " and ".join(marks)


def listed(letters: Sequence[str]) -> str:
    """Write letters as a person would: ``A, B and C``."""
    return " and ".join([", ".join(letters[:-1]), letters[-1]]) if len(letters) > 1 else "".join(letters)


def letter_in(response: Any, options: Sequence[Option]) -> str | None:
    """Return the option that a response names, by its letter (``b``, ``(B)``, ``B.``) or by its whole text."""
    if isinstance(response, bool):  # how YAML reads an answer to true or false
        response = "true" if response else "false"
    if not isinstance(response, str) or len(response) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", response).strip()
    match = LETTER.fullmatch(plain.upper())
    if match and any(option.letter == match[1] for option in options):
        return match[1]
    text = normal(response)
    same = [option.letter for option in options if normal(option.text) == text]
    return same[0] if len(same) == 1 and len(text) > 1 else None


def letters_in(response: Any, options: Sequence[Option]) -> list[tuple[Any, str | None]]:
    """Return each entry of a response and the option that it names, None where it names none.

    A response is a list, or a text such as ``A, C`` or ``AC``, or one letter.
    """
    if isinstance(response, str) and letter_in(response, options) is None and len(response) <= LONGEST:
        words = [word for word in SEPARATOR.split(response.strip()) if word]
        marks = {option.letter for option in options}
        if len(words) == 1 and len(words[0]) > 1 and set(words[0].upper()) <= marks:
            words = list(words[0])
        response = words or [response]
    entries = list(response) if isinstance(response, list | tuple) else [response]
    return [(entry, letter_in(entry, options)) for entry in entries]


def by_name(response: Mapping[Any, Any], names: Sequence[str]) -> tuple[dict[str, Any], list[Any]]:
    """Sort the entries of a mapping by the names that its keys are, however typed; return strange keys, too.

    Where a name is there twice, its second key is none.
    """
    found: dict[str, Any] = {}
    others: list[Any] = []
    for key, value in response.items():
        name = normal(str(key)).rstrip(".):").lstrip("(") if _is_short(key) else ""
        known = next((one for one in names if normal(one) == name), None)
        if known is None or known in found:
            others.append(key)
        else:
            found[known] = value
    return found, others


def _is_short(key: Any) -> bool:
    if isinstance(key, str):
        return len(key) <= LONGEST
    return isinstance(key, int) and not isinstance(key, bool) and abs(key) < LARGEST


def plain_text(text: str) -> str:
    """Return a text as people read and mark it: without what stands around it, with one kind of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def normal(text: str, ignore: Sequence[str] = ()) -> str:
    """Return what is compared of a text.

    Capitals do not count, nor blank lines, nor spaces that are doubled or beside brackets, commas and colons, nor
    which minus or which quotation marks were typed. Without ``commas``, each is a space; without ``spaces``, those
    count only that part words or numbers.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    plain = plain.replace(",", " ") if "commas" in ignore else plain
    lines = (_BESIDE_SIGNS.sub(r"\1", " ".join(line.split())) for line in plain.splitlines())
    if "spaces" in ignore:
        lines = (_BESIDE_NO_WORD.sub("", line) for line in lines)
    return "\n".join(line for line in lines if line)
