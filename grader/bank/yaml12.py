"""Read one YAML 1.2 document into plain values, and remember where each of them stands.

PyYAML reads YAML 1.1, where ``1e3`` is text, ``no`` is false and ``012`` is ten, while every editor reads 1.2.
So only its parser is used here (libyaml's, where PyYAML was built with it); values are made by the core schema
of YAML 1.2. Keys are text as written, as JSON has them. Nothing but null, bool, int, float, str, list and dict
comes out: there is no tag that makes anything else.

Everything that can be told at once is: a document with three repeated keys has three complaints. Only what makes
the rest unreadable ends the reading. Parsing keeps its own stack and its own limits, so that neither nesting nor
aliases of aliases can exhaust the process.

Knows nothing of questions.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from grader.bank.scalars import ScalarError, resolve, resolve_as
from grader.bank.syntax import explain_syntax, unreadable_character
from grader.errors import Complaint, Place

__all__ = ["Document", "Node", "Path", "parse", "read"]

Path = tuple[str | int, ...]
"""The way to a value: keys and positions, from the top."""

MOST_BYTES = 1 << 20
MOST_NODES = 100_000  # counted as if every alias were written out
DEEPEST = 50

# libyaml is ten times faster; some builds of PyYAML are without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE = "tag:yaml.org,2002:"


class _FatalError(Exception):
    """Reading cannot go on; carries the complaint."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__()
        self.complaint = complaint


@dataclass(slots=True)
class Node:
    """A value, where it begins (from 1), and its parts. An alias shares the node of its anchor."""

    value: Any
    line: int
    column: int
    size: int = 1  # values in it, aliases written out
    entries: "list[Node] | dict[str, Node] | None" = None
    keys: dict[str, tuple[int, int]] | None = None  # where each key of a mapping begins
    written: str = ""  # a plain value as it was written: "1e3", "0.50"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and what is wrong with it as YAML. ``root`` is None when nothing could be read."""

    file: str
    root: Node | None
    complaints: tuple[Complaint, ...] = ()
    digest: str = ""  # of the bytes

    @property
    def value(self) -> Any:
        """The document as plain values."""
        return self.root.value if self.root else None

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return where the value at a path begins, or its key; of a path that leads nowhere, where it stops."""
        node, at = self.root, None
        if node is None:
            return Place(self.file)
        for step in path:
            below = _below(node, step)
            if below is None:
                at = None
                break
            at = node.keys.get(step) if node.keys is not None and isinstance(step, str) else None
            node = below
        line, column = at if key and at else (node.line, node.column)
        return Place(self.file, line, column)


def read(path: FilePath, *, most_bytes: int = MOST_BYTES, most_nodes: int = MOST_NODES) -> Document:
    """Read a file; whatever is wrong with it, reading included, is among the document's complaints."""
    name = str(path)
    try:
        if not path.is_file():
            what = "is a folder, not a file" if path.is_dir() else "there is no such file"
            return Document(name, None, (Complaint(what, "Name a YAML file", Place(name)),))
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:  # a NUL in a name is a ValueError
        why = getattr(error, "strerror", None) or str(error)
        return Document(name, None, (Complaint(f"cannot be read: {why.lower()}", place=Place(name)),))
    return parse(data, name, most_bytes=most_bytes, most_nodes=most_nodes)


def parse(data: bytes | str, file: str, *, most_bytes: int = MOST_BYTES, most_nodes: int = MOST_NODES) -> Document:
    """Parse the text of one document. Never raises: what is wrong is among the document's complaints."""
    builder = _Builder(file, most_nodes)
    try:
        builder.build(_decode(data, file, most_bytes))
    except _FatalError as stop:
        builder.complaints.append(stop.complaint)
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return Document(file, builder.root, tuple(builder.complaints), hashlib.sha256(raw).hexdigest())


def _below(node: Node, step: str | int) -> Node | None:
    match node.entries:
        case dict() as entries if isinstance(step, str):
            return entries.get(step)
        case list() as entries if isinstance(step, int) and step < len(entries):
            return entries[step]
        case _:
            return None


def _decode(data: bytes | str, file: str, most_bytes: int) -> str:
    if len(data) > most_bytes:
        raise _FatalError(Complaint(f"is larger than {most_bytes >> 20} MiB", "Split the file", Place(file)))
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            good = data[: error.start].decode("utf-8-sig", "replace")
            line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
            words = f"the byte 0x{data[error.start]:02X} is not UTF-8"
            raise _FatalError(Complaint(words, "Save the file as UTF-8", Place(file, line, column))) from None
    else:
        text = data.removeprefix("\ufeff")
    if complaint := unreadable_character(text, file):
        raise _FatalError(complaint)
    return text


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    node: Node
    anchor: str | None
    key: str | None = None  # of the value to come, in a mapping
    key_at: tuple[int, int] | None = None  # None while a key is to come
    is_wanted: bool = True  # False for the value of a repeated key, which is read and dropped


class _Builder:
    """Turns the parser's events into nodes, without recursion."""

    def __init__(self, file: str, most_nodes: int) -> None:
        self.file = file
        self._most = most_nodes
        self.root: Node | None = None
        self.complaints: list[Complaint] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}  # None while the anchored list or mapping is open
        self._count = 0

    def build(self, text: str) -> None:
        """Read the document in the text."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        events: Iterable[Any] = yaml.parse(text, Loader=_LOADER)
        try:
            for event in events:
                if handle := take.get(type(event)):
                    handle(event)
        except yaml.YAMLError as error:
            raise _FatalError(explain_syntax(error, text, self.file)) from None
        if self.root is None and not self.complaints:
            raise _FatalError(Complaint("the file is empty", "Write at least one `key: value`", Place(self.file)))

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _complain(self, event: Any, message: str, hint: str = "") -> None:
        self.complaints.append(Complaint(message, hint, self._place(event)))

    def _document(self, event: Any) -> None:
        if self.root is not None:
            words = "a second document begins here"
            raise _FatalError(
                Complaint(words, "One file holds one document: remove the `---`", self._place(event))
            )

    def _spend(self, event: Any, nodes: int) -> None:
        self._count += nodes
        if self._count > self._most:
            words = f"the file holds more than {self._most} values, aliases written out"
            raise _FatalError(Complaint(words, "Split the file, or use fewer aliases", self._place(event)))

    def _scalar(self, event: Any) -> None:
        top = self._stack[-1] if self._stack else None
        if top is not None and top.node.keys is not None and top.key_at is None:
            self._check_tag(event, "str")
            self._anchor(event, self._node(event, event.value))
            self._key(top, event, event.value)
            return
        self._spend(event, 1)
        node = self._node(event, self._value(event))
        node.written = event.value
        self._anchor(event, node)
        self._add(event, node)

    def _start(self, event: Any) -> None:
        self._spend(event, 1)
        if len(self._stack) == DEEPEST:
            words = f"lists and mappings are nested more than {DEEPEST} deep"
            raise _FatalError(Complaint(words, "Nothing here needs that", self._place(event)))
        is_map = isinstance(event, yaml.MappingStartEvent)
        self._check_tag(event, "map" if is_map else "seq")
        node = self._node(event, {} if is_map else [])
        node.entries, node.keys = ({}, {}) if is_map else ([], None)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(node, event.anchor))

    def _end(self, event: Any) -> None:
        closed = self._stack.pop()
        if closed.anchor:
            self._anchors[closed.anchor] = closed.node
        self._add(event, closed.node)

    def _alias(self, event: Any) -> None:
        if (node := self._anchors.get(event.anchor, ...)) is None:
            words = f"`*{event.anchor}` stands inside what `&{event.anchor}` names"
            raise _FatalError(Complaint(words, "A value cannot hold itself", self._place(event)))
        if node is ...:
            self._complain(event, f"there is no anchor `&{event.anchor}` above", "Write the value out")
            node = self._node(event, None)
        self._spend(event, node.size)
        self._add(event, node)

    def _node(self, event: Any, value: Any) -> Node:
        return Node(value, event.start_mark.line + 1, event.start_mark.column + 1)

    def _anchor(self, event: Any, node: Node) -> None:
        if event.anchor:
            self._anchors[event.anchor] = node

    def _add(self, event: Any, node: Node) -> None:
        """Put a finished value where it belongs: on top, into the open list, or as key or value of the mapping."""
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if isinstance(top.node.entries, list):
            top.node.entries.append(node)
            top.node.value.append(node.value)
        elif top.key_at is None:
            self._key(top, event, node.value if isinstance(node.value, str) else None)
            return
        elif isinstance(top.node.entries, dict) and top.node.keys is not None and top.key is not None:
            if top.is_wanted:
                top.node.entries[top.key] = node
                top.node.value[top.key] = node.value
                top.node.keys[top.key] = top.key_at
            top.key_at = None
        else:
            top.key_at = None
        top.node.size += node.size

    def _key(self, top: _Open, event: Any, key: str | None) -> None:
        top.key, top.key_at = key, (event.start_mark.line + 1, event.start_mark.column + 1)
        top.is_wanted = key is not None
        if key is None:
            self._complain(event, "a key must be text", "Write the key as one word, or in quotes")
        elif top.node.keys is not None and key in top.node.keys:
            first = top.node.keys[key][0]
            self._complain(event, f"`{key}` is given twice", f"The first is on line {first}: keep one of them")
            top.is_wanted = False

    def _check_tag(self, event: Any, own: str) -> None:
        if event.tag not in (None, "!", _CORE + own):
            shown = event.tag.replace(_CORE, "!!")[:60]
            self._complain(event, f"the tag `{shown}` is not understood here", "Remove the tag")

    def _value(self, event: Any) -> Any:
        """Give a scalar its value by the core schema, or by its tag."""
        text, tag = event.value, event.tag
        if tag in ("!", _CORE + "str") or (tag is None and not event.implicit[0]):
            return text
        try:
            return resolve(text) if tag is None else resolve_as(text, tag.removeprefix(_CORE))
        except ScalarError as error:
            self._complain(event, error.message, error.hint)
            return text
