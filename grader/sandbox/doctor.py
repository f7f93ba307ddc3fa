"""Tell a person what this machine can isolate, layer by layer, and what would make it better."""

import os
import platform
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import SandboxError
from grader.model.outcome import Isolation
from grader.sandbox.levels import Layers, probe
from grader.sandbox.runner import open_runner

__all__ = ["Diagnosis", "Finding", "examine"]

_MEANING = {
    Isolation.FULL_CGROUP: "sealed, and the memory of all processes together is limited",
    Isolation.FULL: "sealed: a private root, no network, an allow-list of system calls, limits",
    Isolation.CONTAINER: "sealed as far as a container allows: student code can read and write nothing of yours, "
    "but can see which files there are",
    Isolation.WEAK: "not sealed: student code can read what you can read; to grade with it, ask for it by name",
    Isolation.NONE: "not sealed at all: good for your own code; to grade with it, ask for it by name",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One layer: whether it holds, and words."""

    layer: str
    ok: bool
    words: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, the level that it adds up to, and what to do for a better one."""

    level: Isolation
    findings: tuple[Finding, ...]
    advice: tuple[str, ...]
    python: str
    numpy: str
    cores: int

    def to_json(self) -> dict[str, Any]:
        """Return the diagnosis as plain data."""
        return {
            "level": self.level.value,
            "meaning": _MEANING[self.level],
            "layers": [{"name": one.layer, "ok": one.ok, "words": one.words} for one in self.findings],
            "advice": list(self.advice),
            "python": self.python,
            "numpy": self.numpy,
            "cores": self.cores,
        }

    def text(self) -> str:
        """Return the diagnosis as lines for a terminal."""
        width = max(len(one.layer) for one in self.findings)
        lines = [f"isolation: {self.level.value} ({_MEANING[self.level]})", ""]
        lines += [f"  {'yes' if one.ok else 'no ':3}  {one.layer:{width}}  {one.words}" for one in self.findings]
        lines += ["", f"Python {self.python}, NumPy {self.numpy}, {self.cores} cores"]
        if self.advice:
            lines += ["", "To get a better level:", *(f"  - {one}" for one in self.advice)]
        return "\n".join(lines)


def examine() -> Diagnosis:
    """Try every layer of this machine, and a real runner with its canary."""
    layers = probe()
    level, canary = _try_runner(layers)
    findings = (
        Finding("bubblewrap", bool(layers.bwrap), layers.bwrap_words),
        Finding("Landlock", layers.landlock > 0, _landlock_words(layers)),
        Finding("seccomp", layers.seccomp, layers.seccomp_words),
        Finding("resource limits", layers.is_linux, "memory, CPU time, file size, descriptors, processes"),
        Finding("cgroup", False, "not used: a process that may not fork cannot pass its own limit of memory"),
        canary,
    )
    return Diagnosis(level, findings, tuple(_advice(layers)), platform.python_version(), np.__version__, _cores())


def _try_runner(layers: Layers) -> tuple[Isolation, Finding]:
    """Open a runner at the level that can be hoped for; its canary says whether it holds."""
    if layers.level is Isolation.NONE:
        return Isolation.NONE, Finding("canary", ok=False, words="nothing to try: student code would run as you")
    try:
        open_runner(least=Isolation.NONE).close()
    except SandboxError as error:
        return Isolation.NONE, Finding("canary", ok=False, words=error.complaints[0].message)
    words = "an attempt to read, write, connect, fork and keep a descriptor was stopped"
    if layers.level is Isolation.WEAK:
        words = "an attempt to connect, fork and keep a descriptor was stopped; reading was not asked to be"
    return layers.level, Finding("canary", ok=True, words=words)


def _landlock_words(layers: Layers) -> str:
    if not layers.is_linux:
        return layers.bwrap_words
    if not layers.landlock:
        return "the kernel has none, or does not allow it"
    return f"version {layers.landlock}: files can be read beneath named paths only, and not be written"


def _advice(layers: Layers) -> list[str]:
    """Say what to do, the simplest first."""
    if layers.level.rank <= Isolation.FULL.rank:
        return []
    if not layers.is_linux:
        return ["Grade on Linux, in a virtual machine or in Docker for example; `grader check` works here."]
    if "not installed" in layers.bwrap_words:
        return ["Install bubblewrap: apt install bubblewrap, dnf install bubblewrap, or pacman -S bubblewrap."]
    advice = [
        "In a container: this is the most that its own seccomp profile allows; grade on the host for more.",
        "On Ubuntu 24.04 and later: load the AppArmor profile bwrap-userns-restrict (package apparmor-profiles).",
    ]
    if not layers.landlock:
        advice.append("Use a kernel with Landlock: Linux 5.13 or later, with landlock among its security modules.")
    return advice


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
