"""How the warm process is started: inside bubblewrap's private root, or bare, where a container allows no more.

/python/bin/python, /python/lib/...   the interpreter and its standard library, without site-packages
/packages/numpy, numpy.libs           what the assessment names
/runner/                              the child's own files
/usr/lib/..., /lib64/ld-linux...      shared libraries
/submission/                          in memory, of limited size: the student's files, one job at a time
/dev/null                             and nothing else: no /proc, no /etc, no /tmp, no network
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.sandbox.runtime import ENVIRONMENT, Runtime, child_folder, find_runtime, foreign_parts

__all__ = ["FOLDER_BYTES", "Launch", "bare", "sealed"]

FOLDER_BYTES = 64 << 20  # what a student's files may take
PYTHON_OPTIONS = ("-s", "-P", "-B", "-S")  # not -I: it would ignore PYTHONHASHSEED
SPARE_UID = 61_000


@dataclass(frozen=True, slots=True)
class Launch:
    """A command to start, and what to tell the process that it becomes."""

    command: tuple[str, ...]
    environment: dict[str, str]
    config: dict[str, Any]
    folder: Path | None = None  # a private folder of ours, to be removed in the end


def sealed(bwrap: str, packages: tuple[str, ...], *, landlock: bool) -> Launch:
    """Start inside bubblewrap: a root of its own, all namespaces of its own, process 1."""
    runtime = find_runtime(packages)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    stdlib = f"/python/{sys.platlibdir}/{version}"
    mounts = ["--ro-bind", str(runtime.python), "/python/bin/python", *_folder_mounts(runtime.stdlib, stdlib)]
    for path in runtime.packages:
        mounts += ["--ro-bind", str(path), f"/packages/{path.name}"]
    for path in runtime.libraries:
        mounts += ["--ro-bind", str(path), f"/python/lib/{path.name}"]
    for folder in runtime.library_folders:
        mounts += _folder_mounts(folder, str(folder))
    if runtime.loader:
        mounts += ["--ro-bind", str(runtime.loader.resolve()), str(runtime.loader)]
    size = ["--size", str(FOLDER_BYTES)] if _knows_size(bwrap) else []
    libraries = [str(folder) for folder in runtime.library_folders]
    environment = ENVIRONMENT | {
        "PYTHONHOME": "/python",
        "LD_LIBRARY_PATH": ":".join(["/python/lib", *libraries]),
    }
    command = [
        *(bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"),
        *("--hostname", "sandbox", "--dir", "/python/lib", *mounts),
        *("--ro-bind", str(child_folder()), "/runner", "--dir", "/packages"),
        *("--dev-bind", "/dev/null", "/dev/null", *size, "--tmpfs", "/submission"),
        *("--remount-ro", "/", "--chdir", "/submission", "--"),
        *("/python/bin/python", *PYTHON_OPTIONS, "/runner/zygote.py", "/packages"),
    ]
    loader = [str(runtime.loader)] if runtime.loader else []
    config = _config(packages, "/submission", landlock=landlock)
    config["readable"] = ["/python", "/packages", *libraries, *loader]
    return Launch(tuple(command), environment, config)


def bare(packages: tuple[str, ...], *, landlock: bool) -> Launch:
    """Start without namespaces: Landlock keeps student code to the runtime's files and its own folder."""
    runtime = find_runtime(packages)
    shared = Path("/dev/shm")  # noqa: S108 - in memory; the folder is ours alone
    home = Path(tempfile.mkdtemp(prefix="grader-", dir=shared if os.access(shared, os.W_OK) else None))
    submission, links = home / "submission", home / "packages"
    submission.mkdir()
    links.mkdir()
    for path in runtime.packages:
        (links / path.name).symlink_to(path)
    uid = _spare_uid(runtime, home)
    environment = ENVIRONMENT | {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    config = _config(packages, str(submission), landlock=landlock)
    config |= {"uid": uid, "home": str(home)}
    readable = [*runtime.packages, *runtime.libraries, links]
    for folder in (runtime.stdlib, *runtime.library_folders):
        readable += _readable_parts(folder)
    config["readable"] = [str(path) for path in readable]
    command = (str(runtime.python), *PYTHON_OPTIONS, str(child_folder() / "zygote.py"), str(links))
    return Launch(command, environment, config, home)


def _config(packages: Iterable[str], root: str, *, landlock: bool) -> dict[str, Any]:
    return {
        "task": "prepare",
        "root": root,
        "packages": list(packages),
        "landlock": landlock,
        "uid": 0,
        "home": "",  # a folder that must be removed in the end
    }


def _folder_mounts(folder: Path, place: str) -> list[str]:
    """Bind a folder of the runtime, with empty folders over what else was installed into it."""
    mounts = ["--ro-bind", str(folder), place]
    for part in foreign_parts(folder):
        mounts += ["--tmpfs", f"{place}/{part.name}", "--remount-ro", f"{place}/{part.name}"]
    return mounts


def _readable_parts(folder: Path) -> list[Path]:
    """Return what of a folder of the runtime may be read: itself, or all but what else was installed into it."""
    foreign = foreign_parts(folder)
    return [part for part in folder.iterdir() if part not in foreign] if foreign else [folder]


@lru_cache(maxsize=1)
def _knows_size(bwrap: str) -> bool:
    """Whether this bubblewrap can limit a folder in memory; before 0.8 only the zygote and the trusted side do."""
    command = [bwrap, "--help"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    return "--size" in found.stdout


def _spare_uid(runtime: Runtime, home: Path) -> int:
    """Give the folder to a user id that nobody has, where we are root and it could still read the runtime."""
    if not _can_become_another() or not all(
        map(_is_open_to_all, (runtime.python, runtime.stdlib, *runtime.packages, child_folder()))
    ):
        return 0
    for path in (home, home / "submission", home / "packages"):
        try:
            os.chown(path, SPARE_UID, SPARE_UID)
        except OSError:
            return 0
    return SPARE_UID


def _can_become_another() -> bool:
    """Whether this is root with all that root needs: to give files away, and to change user and group."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False
    held = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapEff:")), 0)
    needed = (1 << 0) | (1 << 6) | (1 << 7)  # CAP_CHOWN, CAP_SETGID, CAP_SETUID
    return os.geteuid() == 0 and held & needed == needed


def _is_open_to_all(path: Path) -> bool:
    """Whether every user may pass through all folders above a path, and read it."""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents) and bool(path.stat().st_mode & 0o004)


def remove(launch: Launch) -> None:
    """Remove the private folder of a bare start."""
    if launch.folder:
        shutil.rmtree(launch.folder, ignore_errors=True)
