"""A class to grade, and the command to grade it with."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ACTIVATIONS = """
import numpy as np

def tanh(x):
    return np.tanh(x)

def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x)))

def relu(x):
    return np.maximum(x, 0)

def tanh_grad(x):
    return 1 - np.tanh(x) ** 2

def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)

def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
"""

BANK = """
title: Activations
seed: test
questions:
  - {id: tanh/tanh, points: 10}
  - {id: tanh/sigmoid, points: 10}
  - {id: tanh/relu, points: 5}
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for answer keys that all tests of a process share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def assessment(tmp_path: Path) -> Path:
    """A small assessment over the shipped banks."""
    file = tmp_path / "small.yaml"
    file.write_text(BANK)
    return file


@pytest.fixture
def make_class(tmp_path: Path) -> Callable[..., Path]:
    """Write a class: student -> {file: text}, or just the text of activations.py."""

    def make(**students: str | dict[str, str]) -> Path:
        folder = tmp_path / "a class"
        for student, files in students.items():
            for name, text in (files if isinstance(files, dict) else {"activations.py": files}).items():
                path = folder / student / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        return folder

    return make


@pytest.fixture
def grader(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command as a user does; returns the finished process."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "grader", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)

    return run


def read(out: Path) -> dict[str, Any]:
    """Return ``results.json`` by student."""
    results = json.loads((out / "results.json").read_text())
    return {student["student"]: student for student in results["students"]}
