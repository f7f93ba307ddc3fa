"""Fixtures for banks: the topics of these tests, and files that say what must be complained about."""

import os
import shutil
from pathlib import Path

import pytest

from grader.bank import shipped

HERE = Path(__file__).parent


@pytest.fixture
def softmax(tmp_path):
    """A sound topic that lies nowhere near the shipped ones, free to be spoiled."""
    return Path(shutil.copytree(HERE / "topics" / "softmax", tmp_path / "softmax"))


@pytest.fixture
def course(softmax):
    """An assessment that picks from it."""
    return Path(shutil.copy(HERE / "topics" / "course.yaml", softmax.parent))


@pytest.fixture
def nothing_shipped(monkeypatch, tmp_path):
    """A package without questions of its own."""
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "elsewhere" / "grader")


@pytest.fixture
def golden():
    """Compare a text with a file; with GRADEGATE_REWRITE=1 in the environment, write the file instead."""

    def compare(name: str, text: str) -> None:
        file = HERE / "golden" / name
        if os.environ.get("GRADEGATE_REWRITE") == "1":
            file.write_text(text, "utf-8")
        assert file.read_text("utf-8") == text

    return compare
