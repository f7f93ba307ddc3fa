"""What this machine can isolate, layer by layer, in words: what ``grader doctor`` shows.

A layer is first asked for, then seen to hold: the level that is named is one whose canaries were stopped just now.
"""

import os
import platform
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from grader.errors import SandboxError
from grader.model.outcome import Isolation
from grader.sandbox.levels import Layers, probe
from grader.sandbox.runner import open_runner

__all__ = ["Diagnosis", "Layer", "examine"]

MEANING = {
    Isolation.FULL_CGROUP: "sealed, and the memory of all processes together is limited",
    Isolation.FULL: "sealed: no files, no network, no other processes to see",
    Isolation.CONTAINER: "sealed, but names and sizes of files, and the host's name, can be asked for",
    Isolation.WEAK: "student code can read what you can read; `grader grade` wants `--isolation weak` for that",
    Isolation.NONE: "nothing but deadlines and limits: for your own code only",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of isolation: whether it works here, and why or why not."""

    name: str
    works: bool
    words: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, and what would make it better."""

    level: Isolation
    layers: tuple[Layer, ...]
    advice: tuple[str, ...]
    python: str
    numpy: str
    cores: int

    def to_json(self) -> dict[str, Any]:
        """Return the diagnosis as plain data."""
        return asdict(self) | {"level": self.level.value, "layers": [asdict(layer) for layer in self.layers]}

    def text(self) -> str:
        """Return the diagnosis in words."""
        width = max(len(layer.name) for layer in self.layers)
        lines = [f"isolation: {self.level} ({MEANING[self.level]})", ""]
        lines += [f"  {'✓' if one.works else '✗'} {one.name:{width}}  {one.words}" for one in self.layers]
        lines += ["", f"Python {self.python}, NumPy {self.numpy}, {self.cores} cores: as many workers by default"]
        if self.advice:
            lines += ["", *(f"To do better: {advice}" for advice in self.advice)]
        return "\n".join(lines)


def examine() -> Diagnosis:
    """Try every layer of isolation on this machine, and the strongest level as a whole."""
    layers = probe()
    found = [
        Layer("bubblewrap", bool(layers.bwrap), layers.bwrap_words or layers.bwrap),
        Layer("Landlock", layers.landlock > 0, _landlock(layers)),
        Layer("seccomp", layers.seccomp, layers.seccomp_words or "system calls are filtered"),
    ]
    level, trial = _try()
    found.append(trial)
    return Diagnosis(
        level=level,
        layers=tuple(found),
        advice=tuple(_advice(layers, level)),
        python=platform.python_version(),
        numpy=np.__version__,
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    )


def _try() -> tuple[Isolation, Layer]:
    """Start a sandbox at the level that the layers add up to; it sends its canaries out first."""
    try:
        runner = open_runner(least=Isolation.NONE)
    except SandboxError as error:
        return Isolation.NONE, Layer("canaries", works=False, words=str(error))
    level = runner.isolation
    runner.close()
    words = "what must not work was tried just now, and was stopped" if level is not Isolation.NONE else "not sent"
    return level, Layer("canaries", level is not Isolation.NONE, words)


def _landlock(layers: Layers) -> str:
    if layers.landlock:
        return f"version {layers.landlock} of its interface: only named files can be read"
    return "the kernel has none (5.13 or later has, where it is switched on)" if layers.is_linux else "Linux only"


def _advice(layers: Layers, level: Isolation) -> list[str]:
    if level in (Isolation.FULL, Isolation.FULL_CGROUP):
        return []
    if not layers.is_linux:
        return ["grade on Linux; here `grader check` works for your own code."]
    advice = [] if layers.bwrap else ["install bubblewrap (Debian, Ubuntu, Fedora: the package is `bubblewrap`)."]
    return advice + ([] if layers.landlock else ["use a kernel with Landlock (5.13 or later)."])
