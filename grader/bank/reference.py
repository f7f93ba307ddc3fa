"""Import an author's Python files, ``reference.py`` above all, and say what the files of a topic add up to.

A reference is the author's own code and is trusted. It is imported under a private name: ``sys.path`` stays as it
is, no compiled file is left in the folder (and none is believed), and two topics cannot meet. Files beside it can
be imported relatively: ``from .steps import gates``.
"""

import hashlib
import importlib.util
import inspect
import re
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Never

from grader.errors import Complaint, Place
from grader.kinds.kind import Reference

__all__ = ["digest", "import_failed", "import_file", "load_reference"]

_FAILED = Reference({}, {}, is_loaded=False)


def digest(folder: Path) -> str:
    """Digest the path and the bytes of every file under a folder; compiled Python is left out."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in relative.parts:
            data = path.read_bytes()
            total.update(f"{len(relative.as_posix())} {relative.as_posix()} {len(data)} ".encode())
            total.update(data)
    return total.hexdigest()


def load_reference(path: Path) -> tuple[Reference, Complaint | None]:
    """Import ``reference.py``; return its public functions, or none of them and what is wrong."""
    if not path.is_file():
        words = "there is no reference.py beside the bank"
        return _FAILED, Complaint(
            words, "Write the functions that the bank asks for, right, there", Place(str(path))
        )
    try:
        module = import_file(path)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever an author's file raises is told in words)
        return _FAILED, import_failed(path, error)
    functions = {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and callable(value) and getattr(value, "__module__", "") == module.__name__
    }
    return Reference(functions, {name: _line(value) for name, value in functions.items()}), None


class _NeverCompiled(SourceFileLoader):
    """Reads the source each time: what has no statistics has no compiled twin, to be read or written."""

    def path_stats(self, path: Any) -> Never:
        raise OSError(path)


def import_file(path: Path) -> ModuleType:
    """Import one file under a name of its own; whatever it raises is raised."""
    place = str(path.resolve())
    stem = re.sub(r"\W", "_", path.parent.resolve().name)
    name = f"_grader_topic_{stem}_{hashlib.sha256(place.encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(
        name, place, loader=_NeverCompiled(name, place), submodule_search_locations=[str(path.parent.resolve())]
    )
    if spec is None or spec.loader is None:
        raise ImportError("no loader")
    _forget(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up here
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # for the files beside it
    try:
        spec.loader.exec_module(module)
    except BaseException:
        _forget(name)
        raise
    finally:
        sys.dont_write_bytecode = before
    return module


def _forget(name: str) -> None:
    """Remove an earlier import, and what it imported relatively."""
    for known in [known for known in sys.modules if known == name or known.startswith(name + ".")]:
        del sys.modules[known]


def import_failed(path: Path, error: BaseException) -> Complaint:
    """Say why a file could not be imported, and at which of the author's own lines."""
    text = str(error).split("\n")[0]
    words = f"{path.name} cannot be imported: {type(error).__name__}" + (f": {text}" if text else "")
    if isinstance(error, SyntaxError) and error.lineno and error.filename:
        words = f"{path.name} cannot be imported: {error.msg}"
        file = path if Path(error.filename).name == path.name else Path(error.filename)
        return Complaint(words, "Correct this line", Place(str(file), error.lineno, error.offset or 0))
    return Complaint(words, "Correct this line", Place.where_raised(path, error))


def _line(function: Any) -> int:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return getattr(code, "co_firstlineno", 1)
