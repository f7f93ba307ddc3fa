"""What the machine says of a run: CPU of a whole process tree, idle cores, memory."""

import ctypes
import os
import platform
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used, its whole tree counted."""

    wall_seconds: float
    cpu_seconds: float
    idle_share: float  # of all cores while it ran
    peak_bytes: int  # proportional set size of the tree, sampled
    exit_code: int


def adopt_orphans() -> None:
    """Become the reaper of all descendants, so that their CPU time is counted."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command: Sequence[str], *, memory: bool = True) -> Usage:
    """Run a command and return what it and all its descendants used."""
    before, idle, total = _cpu(), *_stat()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    sampler = _Sampler(process.pid) if memory else None
    _, words = process.communicate()
    wall = time.perf_counter() - start
    peak = sampler.stop() if sampler else 0
    idle_after, total_after = _stat()
    _reap()
    if process.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)}: {words}")
    share = (idle_after - idle) / max(1, total_after - total)
    return Usage(wall, _cpu() - before, share, peak, process.returncode)


def fresh_numpy(python: str, runs: int = 9, *, one_thread: bool = False) -> tuple[float, float]:
    """Return the median CPU and wall seconds of a fresh ``python -c "import numpy"``.

    With ``one_thread`` OpenBLAS starts no threads of its own, as in the sandbox: on two cores these take about as
    much CPU as the import itself.
    """
    cpu: list[float] = []
    walls: list[float] = []
    for _ in range(runs + 1):
        alone = ("env", "OPENBLAS_NUM_THREADS=1") if one_thread else ()
        usage = measure([*alone, python, "-c", "import numpy"], memory=False)
        cpu.append(usage.cpu_seconds)
        walls.append(usage.wall_seconds)
    return sorted(cpu[1:])[runs // 2], sorted(walls[1:])[runs // 2]


def describe() -> str:
    """Name the machine in a line."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores ({model}), Linux {platform.release()}, Python {platform.python_version()}"


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _stat() -> tuple[int, int]:
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return fields[3] + fields[4], sum(fields[:8])


def _reap() -> None:
    """Collect the orphans that were left to us; their time counts."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)
        except ChildProcessError:
            return


class _Sampler:
    """Looks at the memory of a process tree now and then; memory shared by several counts once."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._stop.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._stop.wait(1.0):
            self._peak = max(self._peak, sum(_pss(pid) for pid in _tree(self._root)))


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def _tree(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = [root]
    for pid in found:
        found.extend(child for child, parent in parents.items() if parent == pid)
    return found
