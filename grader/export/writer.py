"""What a target is: the files that it makes of sheets, and what it has to say before it does.

A writer knows sheets and no kind of question. Files for students are made of a sheet's handout, which has no keys.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.model.sheet import Sheet

__all__ = ["PAPERS", "File", "NamedSheet", "Order", "Writer"]

PAPERS = ("a4", "letter")
NamedSheet = tuple[str, Sheet]  # a stem for files, unlike that of any other sheet, and the sheet


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written, by its name in the folder for output."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, and how. Sheets are made as they are asked for: go through them once."""

    sheets: Iterable[NamedSheet]
    edition: str
    templates: str = ""  # the folder beside which a course's own templates/ may lie
    paper: str = PAPERS[0]  # of a target that prints


@dataclass(frozen=True, slots=True)
class Writer:
    """A target: its editions, the usual one first, and how its files are made.

    ``remarks`` says of some sheets, before anything is written, what the target cannot carry, and what stands in
    its place: another variant of a question may need something else. A target that carries everything has none.
    ``is_for_one`` tells a writer of files for one student from one that needs the whole class: files of the former
    are made in several processes. ``papers`` are those that it prints on.
    """

    editions: tuple[str, ...]
    files: Callable[[Order], Iterator[File]]
    remarks: Callable[[Sequence[Sheet]], Iterable[str]] | None = None
    is_for_one: bool = True
    papers: tuple[str, ...] = ()
