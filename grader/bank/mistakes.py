"""Read a topic's known mistakes, and say what is wrong with them beside the reference that they change.

They are the module-level ``Mistake``s of ``misconceptions.py``, or of every file of a ``misconceptions`` folder in
the order of the names; a file whose name begins with an underscore is for helpers.
"""

import ast
import inspect
import re
import tokenize
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.bank.complaints import Complaints
from grader.bank.reference import import_failed, import_file
from grader.errors import Complaint, Place
from grader.kinds.kind import Reference
from grader.kinds.names import suggestion
from grader.model.mistake import Mistake

__all__ = ["read_mistakes"]

WORDS = ("says", "think", "look", "fix")
NAME = "misconceptions"


def read_mistakes(
    folder: Path, reference: Reference, complaints: Complaints, *, is_sound: bool = False
) -> tuple[Mistake, ...]:
    """Return the known mistakes of a topic; what is wrong with them goes to the complaints.

    Of a topic that ``is_sound``, the same files were looked at before and nothing was wrong.
    """
    found: dict[str, tuple[Mistake, Place]] = {}
    for file in _files(folder):
        try:
            module = import_file(file)
        except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever an author's file raises is told in words)
            complaints.add(import_failed(file, error))
            continue
        for name, first, second in _overwritten(file):
            complaints.add(_twice(name.replace("_", "-"), first, second))
        for one in vars(module).values():
            if not isinstance(one, Mistake) or getattr(one.by, "__module__", "") != module.__name__:
                continue  # a mistake that was imported is told where it is written
            place = _place(file, one)
            if one.id in found:
                complaints.add(_twice(one.id, found[one.id][1], place))
            found[one.id] = replace(one, place=place), place
    ids = sorted(found)
    for one, place in () if is_sound else found.values():
        for words, hint in _faults(one, ids, reference):
            complaints.add(Complaint(words, hint, place))
    return tuple(one for one, _ in found.values())


def _twice(name: str, first: Place, second: Place) -> Complaint:
    return Complaint(f"there are two known mistakes {name!r}", f"Rename one; the other is at {first}", second)


def _overwritten(file: Path) -> Iterator[tuple[str, Place, Place]]:
    """Find names that a file gives to two decorated functions: Python keeps only the last, and says nothing."""
    with tokenize.open(file) as source:
        text = source.read()
    names = re.findall(r"^[ \t]*def (\w+)", text, re.MULTILINE)
    if len(names) == len(set(names)):  # as ever: there is no need to read the file as Python does
        return
    first: dict[str, Place] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            at = node.decorator_list[0]
            place = Place(str(file), at.lineno, at.col_offset)  # the column of the @ before it
            if node.name in first:
                yield node.name, first[node.name], place
            first.setdefault(node.name, place)


def _files(folder: Path) -> list[Path]:
    file, several = folder / f"{NAME}.py", folder / NAME
    files = [file] if file.is_file() else []
    if several.is_dir():
        files += sorted(one for one in several.glob("*.py") if not one.name.startswith("_"))
    return files


def _place(file: Path, one: Mistake) -> Place:
    """Return where the first decorator of a mistake stands; at module level that is the first column."""
    code = getattr(one.by, "__code__", None)
    return Place(str(file), getattr(code, "co_firstlineno", 1), 1)


def _faults(one: Mistake, ids: list[str], reference: Reference) -> Iterator[tuple[str, str]]:
    """Say what is wrong with one mistake, and what to do."""
    for name in WORDS:
        if not getattr(one, name).strip():
            yield f"the known mistake {one.id!r} has an empty `{name}`", "Write one sentence"
    for other in one.same_as:
        if other not in ids:
            yield f"{one.id!r} is said to be the same as {other!r}, which is unknown", suggestion(other, ids)
    for name in one.harmless_in:
        if reference.is_loaded and name not in reference.functions:
            words = f"{one.id!r} is said to be harmless in {name!r}, which the reference does not have"
            yield words, suggestion(name, sorted(reference.functions))
    if not reference.is_loaded:
        return
    step = reference.functions.get(one.replaces)
    if step is None:
        words = f"{one.id!r} replaces the step {one.replaces!r}, which the reference does not have"
        yield words, suggestion(one.replaces, sorted(reference.functions))
        return
    wanted = _parameters(step)
    least, most = _bounds(one.by)
    if not least <= len(wanted) <= most:
        words = f"{one.id!r} takes {_count(least, most)}, and the step {one.replaces!r} {len(wanted)}"
        yield words, f"Give it the parameters of the step: ({', '.join(wanted)})"


def _parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def _bounds(function: Any) -> tuple[int, float]:
    """Return how many positional arguments a function takes, at least and at most."""
    each = inspect.signature(function).parameters.values()
    plain = [one for one in each if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    many = any(one.kind is one.VAR_POSITIONAL for one in each)
    return sum(one.default is one.empty for one in plain), float("inf") if many else len(plain)


def _count(least: int, most: float) -> str:
    return f"{least} parameters" if least == most else f"at least {least} parameters"
