"""Read what can be read of an ``answers.yaml`` that is no YAML as a whole: each entry by itself.

One bracket that is not closed makes a whole document unreadable. People write an answer a line, so that the lines
between two that are indented alike are one answer; each is parsed alone, and those that fail are told. In JSON a
name in quotes begins an answer wherever it stands.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from grader.bank.yaml12 import Node, parse
from grader.errors import Complaint, Place

__all__ = ["Salvaged", "salvage"]

HEAD = re.compile(r"""["']?(assessment|variant)["']?\s*:""", re.IGNORECASE)
ANSWERS = re.compile(r"""["']?answers["']?\s*:\s*(#.*)?""", re.IGNORECASE)
LOOSE = re.compile(r"""["']?[\w-]+/[\w-]+["']?\s*:""")  # a question's id, at the margin
NAMED = re.compile(r""""(assessment|variant|[\w-]+/[\w-]+)"\s*:\s*""")
JSON = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)  # numbers as they were written
ENTRY = re.compile(r"""["']?([^"':\n]+)["']?\s*:\s*(.*)""", re.DOTALL)
LINE = re.compile(r"\bline (\d+)")
MOST_ENTRIES = 2000


@dataclass(slots=True)
class Salvaged:
    """What was read: heads such as ``variant``, answers by their names, and what is wrong with the rest."""

    heads: dict[str, Node] = field(default_factory=dict[str, Node])
    entries: dict[str, Node] = field(default_factory=dict[str, Node])
    complaints: list[Complaint] = field(default_factory=list[Complaint])


def salvage(data: bytes, file: str) -> Salvaged:
    """Return the heads and answers of a broken file that can be read by themselves."""
    made = Salvaged()
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip().startswith("{"):
        _salvage_json(text, made)
        return made
    lines = text.splitlines()
    for first, block, is_head in list(_blocks(lines))[:MOST_ENTRIES]:
        document = parse("\n".join(block) + "\n", file)
        entries = document.root.entries if document.root is not None else None
        for name, node in entries.items() if isinstance(entries, dict) else ():
            node.line += first
            into = made.heads if is_head else made.entries
            if name in into:
                made.complaints.append(_twice(name, node, file))
            into.setdefault(name.strip().casefold() if is_head else name, node)
        made.complaints += [_moved(complaint, first) for complaint in document.complaints]
        if not isinstance(entries, dict) and not is_head and (match := ENTRY.fullmatch("\n".join(block).strip())):
            node = Node(
                match[2], first + 1, 1, written=match[2]
            )  # nothing is lost: it is kept as the text that it is
            made.entries.setdefault(match[1].strip(), node)
    return made


def _salvage_json(text: str, made: Salvaged) -> None:
    """Read each value that follows a name; one that cannot be read is kept as the text of its line."""
    end = 0
    for found in NAMED.finditer(text):
        if found.start() < end:  # within a value
            continue
        try:
            value, end = JSON.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            value = text[found.end() :].partition("\n")[0].strip().rstrip(",")
            end = found.end()
        line = text.count("\n", 0, found.start()) + 1
        into = made.heads if found[1] in ("assessment", "variant") else made.entries
        into.setdefault(found[1], _node(value, line))
        if len(made.entries) >= MOST_ENTRIES:
            return


def _node(value: Any, line: int) -> Node:
    """Return a value of JSON as one of YAML."""
    match value:
        case dict():
            entries = cast("dict[str, Any]", value)
            return Node(None, line, 1, entries={name: _node(one, line) for name, one in entries.items()})
        case list():
            return Node(None, line, 1, entries=[_node(one, line) for one in cast("list[Any]", value)])
        case None:
            return Node(None, line, 1)
        case _:
            text = str(value) if isinstance(value, str) else json.dumps(value)
            return Node(text, line, 1, written=text)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the lines of each entry, how many lines stand above it, and whether it is a head."""
    indent = 0  # of the entries below `answers:`; 0 while these have not begun
    is_below = False
    block: list[str] = []
    first = 0
    for number, line in enumerate(lines):
        text = line.lstrip(" ")
        own = len(line) - len(text)
        if not text.strip() or text.startswith("#"):
            if block:
                block.append(line)
            continue
        if own == 0:
            if block:
                yield first, block, False
                block = []
            is_below, indent = bool(ANSWERS.fullmatch(text.rstrip())), 0
            if HEAD.match(text):
                yield number, [line], True
            elif LOOSE.match(text):  # beside `answers:`, as a whole file may have it, too
                block, first = [line], number
        elif is_below and (not indent or own <= indent):
            if block:
                yield first, block, False
            indent, block, first = indent or own, [line], number
        elif block:
            block.append(line)
    if block:
        yield first, block, False


def _twice(name: str, node: Node, file: str) -> Complaint:
    return Complaint(f"`{name[:60]}` is given twice", "", Place(file, node.line, node.column))


def _moved(complaint: Complaint, lines: int) -> Complaint:
    """Return a complaint about a part of a file as one about the file."""
    if complaint.place is None or not complaint.place.line:
        return complaint
    message = LINE.sub(lambda found: f"line {int(found[1]) + lines}", complaint.message)
    place = replace(complaint.place, line=complaint.place.line + lines)
    return replace(complaint, message=message, place=place)
