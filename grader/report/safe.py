"""Make text that students chose fit to be shown: on a page, in a terminal, in a spreadsheet, as a file's name.

Whatever could act on the display instead of being displayed is written out the way Python would (``\\x1b``,
``\\u202e``): control characters, bidirectional overrides, invisible characters, halves of surrogate pairs.
Escaping for HTML is not done here: Jinja does it for every value, see ``grader.report.environment``.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

__all__ = ["clip", "clip_lines", "one_line", "page_name", "page_names", "printable", "safe_cell"]

# Everything that acts, hides or cannot be encoded; newline and tab stay, and so do the joiners U+200C and U+200D,
# without which some names and emoji cannot be written.
_NONCHARACTERS = "".join(
    chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    f"\U000e0000-\U000e0fff{_NONCHARACTERS}]"
)
_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PILED = re.compile(
    f"({_MARKS}{{4}}){_MARKS}+"
)  # more marks on one letter than any script needs cover other lines


def printable(text: str) -> str:
    """Write out every character that could act on a display; line ends become newlines."""
    if text.isascii():
        if text.isprintable():
            return text
    else:
        text = _PILED.sub("\\1…", text)
    return _ACTING.sub(_written_out, text.replace("\r\n", "\n"))


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def one_line(text: str) -> str:
    """Write out newlines and tabs as well."""
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def clip(text: str, most: int) -> str:
    """Cut a long text in its middle, and say how much is left out."""
    if len(text) <= most:
        return text
    head, tail = text[: most * 2 // 3], text[-(most // 3) :]
    return f"{head} … [{len(text) - len(head) - len(tail):,} characters left out] … {tail}"


def clip_lines(text: str, most: int, width: int = 400) -> str:
    """Cut a text of many lines in its middle, and lines that are very long."""
    lines = text.splitlines()
    if len(lines) > most:
        half = most // 2
        left_out = f"… [{len(lines) - 2 * half:,} lines left out] …"
        lines = [*lines[:half], left_out, *lines[-half:]]
    return "\n".join(clip(line, width) for line in lines)


_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")  # the full-width signs count too


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; different texts stay different."""
    shown = one_line(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\r", "\n") else shown


SUFFIX = ".html"
LONGEST = 240  # bytes, of the 255 that file systems hold: room for a temporary name beside it
_KEPT = re.compile("[a-z0-9 ._~-]")
_FORBIDDEN = frozenset('%/\\:*?"<>|')  # on some file system, and the sign of our own encoding
_IGNORED = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_RESERVED = re.compile("(con|prn|aux|nul|conin[$]|conout[$]|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def page_name(student: str, *, strict: bool = False) -> str:
    """Return the name of a student's page: the id and ``.html``, percent-encoded where no file could be named so.

    No two ids have the same name. ``strict`` encodes capitals and everything beyond ASCII as well, for ids that
    a file system which ignores case, or composes accents, would confuse with another's.
    """
    name = "".join(_encoded(char) if _is_encoded(char, strict=strict) else char for char in student)
    stem = name.partition(".")[0].rstrip(" ")
    if name[:1] in ("", ".", " ") or _RESERVED.fullmatch(stem):
        name = _encoded(name[:1]) + name[1:] if name else "%"
    if len(name.encode()) + len(SUFFIX) > LONGEST:
        name = _shortened(name, hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return name + SUFFIX


def page_names(students: Iterable[str]) -> dict[str, str]:
    """Return the page's name of each student of a class; the names differ by more than case and composition."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for student in students:
        alike[_confused(page_name(student))].append(student)
    return {student: page_name(student, strict=len(group) > 1) for group in alike.values() for student in group}


def _confused(name: str) -> str:
    """Return what a file system that ignores case and composition sees of a name."""
    seen = _IGNORED.sub("", unicodedata.normalize("NFKD", name))
    return unicodedata.normalize("NFKD", seen.casefold())


def _is_encoded(char: str, *, strict: bool) -> bool:
    if strict:
        return not _KEPT.fullmatch(char)
    return char in _FORBIDDEN or char in "\n\t" or _ACTING.fullmatch(char) is not None


def _encoded(char: str) -> str:
    """Percent-encode a character; a byte that was no text becomes that byte again, other halves ``%uD800``."""
    if "\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff":
        return f"%u{ord(char):04X}"
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))


def _shortened(name: str, mark: str) -> str:
    """Cut a name between two characters, and mark it with what tells it from others that begin alike."""
    kept = name.encode()[: LONGEST - len(SUFFIX) - len(mark) - 2].decode(errors="ignore")
    return re.sub("%[^%]{0,4}$", "", kept) + "%~" + mark
