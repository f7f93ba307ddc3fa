"""What a Python process needs of this machine's files: interpreter, standard library, named packages, libraries.

Nothing else is ever bound into a sandbox or opened to it. In particular never all of ``site-packages``: an
installed wheel of ours lies there, with the question banks inside.
"""

import importlib.util
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError

__all__ = ["ENVIRONMENT", "Runtime", "child_folder", "find_packages", "find_runtime", "foreign_parts"]

ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    # One thread each: NumPy starts more on import, which a fork would lose and a deadlock would find.
    **dict.fromkeys(
        (
            "OPENBLAS_NUM_THREADS",
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
        ),
        "1",
    ),
}
_SYSTEM = ("/lib", "/usr/lib", "/usr/local/lib")
_FOREIGN = ("python", "node_modules", "site-packages", "dist-packages")
_MOST_LIBRARIES = 600


@dataclass(frozen=True, slots=True)
class Runtime:
    """Where things are on this machine; every path is absolute and free of links."""

    python: Path
    loader: Path | None  # the ELF interpreter as the executable names it
    stdlib: Path
    packages: tuple[Path, ...]  # folders and files: numpy, numpy.libs
    library_folders: tuple[Path, ...]  # of the system
    libraries: tuple[Path, ...]  # single files, beside the interpreter


def child_folder() -> Path:
    """Return the folder of the untrusted side's files."""
    return Path(__file__).resolve().parent / "child"


def find_runtime(packages: Iterable[str]) -> Runtime:
    """Find what a process with these packages needs."""
    python = Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()
    stdlib = Path(sysconfig.get_path("stdlib", vars={"base": sys.base_prefix})).resolve()
    found = find_packages(packages)
    folders, files = _libraries([stdlib, *(path.parent for path in found)])
    beside = Path(sys.base_prefix).resolve() / "lib"
    if not str(beside).startswith(_SYSTEM[:2]):
        files |= {path for path in beside.glob("*.so*") if path.is_file()}
    return Runtime(python, _loader(python), stdlib, tuple(found), folders, tuple(sorted(files)[:_MOST_LIBRARIES]))


def find_packages(packages: Iterable[str]) -> list[Path]:
    """Find named packages, each with the shared libraries that its wheel brought."""
    return [path for name in packages for path in _package(name)]


def foreign_parts(folder: Path) -> list[Path]:
    """Return the folders inside a folder of libraries in which other things are installed."""
    return sorted(entry for entry in folder.iterdir() if entry.name.startswith(_FOREIGN) and entry.is_dir())


def _package(name: str) -> list[Path]:
    """Find a package and the shared libraries that its wheel brought."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SandboxError(f"the package {name} is not installed", hint=f"Install it: pip install {name}")
    places = list(spec.submodule_search_locations or ()) or [spec.origin]
    home = Path(places[0]).resolve()
    libraries = home.with_name(f"{name}.libs")
    return [home, libraries] if libraries.is_dir() else [home]


def _libraries(known: list[Path]) -> tuple[tuple[Path, ...], set[Path]]:
    """Return the shared libraries of this very process: folders of the system, and single files elsewhere."""
    try:
        maps = Path("/proc/self/maps").read_text(errors="surrogateescape").splitlines()
    except OSError:
        return tuple(path for path in map(Path, (*_SYSTEM, "/lib64", "/usr/lib64")) if path.is_dir()), set()
    paths = {Path(line.split(maxsplit=5)[5]) for line in maps if ".so" in line and line.count("/")}
    folders: set[Path] = set()
    files: set[Path] = set()
    for path in paths:
        if not path.is_file() or any(path.is_relative_to(place) for place in known):
            continue
        if str(path).startswith(_SYSTEM) and not _is_python(path):
            folders.add(path.parent)
        elif path.is_relative_to(Path(sys.base_prefix).resolve()):
            files.add(path)
    return tuple(sorted(folders)), files


def _is_python(path: Path) -> bool:
    """Whether a library lies somewhere inside a Python installation's own folders."""
    return any(part.startswith(_FOREIGN) for part in path.parts)


def _loader(python: Path) -> Path | None:
    """Read which program loads the interpreter's shared libraries: the ELF segment PT_INTERP."""
    with python.open("rb") as file:
        head = file.read(4096)
    if head[:5] != b"\x7fELF\x02":
        return None
    table, size, count = struct.unpack_from("<Q", head, 32)[0], *struct.unpack_from("<HH", head, 54)
    for at in range(table, min(table + size * count, len(head) - 40), size):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", head, at)
        if kind == 3 and offset + length <= len(head):
            return Path(os.fsdecode(head[offset : offset + length].rstrip(b"\0")))
    return None
