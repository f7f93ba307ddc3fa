"""A class to grade, and the command to grade it with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BANK = """
title: Activations
seed: test
questions:
  - {id: tanh/tanh, points: 10}
  - {id: tanh/sigmoid, points: 10}
  - {id: tanh/relu, points: 5}
"""


@pytest.fixture(scope="session")
def cache() -> Path:
    """The cache for answer keys that all tests share."""
    return Path(os.environ["XDG_CACHE_HOME"])


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
