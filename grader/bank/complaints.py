"""Gather everything that is wrong with a file, and tell it once, in the order of the file.

Also knows the two ways in which a file can be wrong whatever it is about: YAML's own, and keys without a value.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.bank.yaml12 import Document, Node
from grader.errors import BankError, Complaint, Place
from grader.kinds.kind import Fault

__all__ = ["Complaints"]

MOST_TOLD = 100


class Complaints:
    """What is wrong, in files one after the other."""

    def __init__(self) -> None:
        self._files: dict[str, list[Complaint]] = {}

    def __bool__(self) -> bool:
        return any(self._files.values())

    def add(self, complaint: Complaint) -> None:
        """Add one complaint."""
        file = complaint.place.file if complaint.place else ""
        told = self._files.setdefault(file, [])
        if complaint not in told:
            told.append(complaint)

    def add_document(self, document: Document) -> None:
        """Add what is wrong with a file as YAML, and the keys that have no value."""
        for complaint in document.complaints:
            self.add(complaint)
        if document.root is not None:
            for path in _empty(document.root, ()):
                name = next((f"`{step}`" for step in reversed(path) if isinstance(step, str)), "the file")
                words = f"{name} has no value"
                self.add(Complaint(words, "Write one, or remove the key", document.place(path)))

    def add_faults(self, document: Document, faults: Iterable[Fault], reference: Path | None = None) -> None:
        """Add faults, each with its place in the document, or in the reference."""
        for fault in faults:
            if fault.line and reference is not None:
                place = Place(str(reference), fault.line)
            else:
                place = document.place(fault.path, key=fault.at_key)
            self.add(Complaint(fault.message, fault.hint, place))

    def raise_any(self) -> None:
        """Raise BankError with all complaints, if there are any."""
        told = list(self)
        if told:
            raise BankError(told[:MOST_TOLD])

    def __iter__(self) -> Iterator[Complaint]:
        for complaints in self._files.values():
            yield from sorted(complaints, key=_order)


def _order(complaint: Complaint) -> tuple[int, int]:
    return (complaint.place.line, complaint.place.column) if complaint.place else (0, 0)


def _empty(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Find the values that are null: no key of ours takes one."""
    if node.value is None:
        yield path
    parts = node.entries.items() if isinstance(node.entries, dict) else enumerate(node.entries or ())
    for step, below in parts:
        yield from _empty(below, (*path, step))
