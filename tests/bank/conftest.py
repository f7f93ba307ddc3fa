"""Fixtures for banks: a topic and an assessment that only these tests know."""

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def softmax(tmp_path):
    """A sound topic that lies nowhere near the shipped ones, free to be spoiled."""
    return Path(shutil.copytree(HERE / "topics" / "softmax", tmp_path / "softmax"))


@pytest.fixture
def course(softmax):
    """An assessment that picks from it."""
    return Path(shutil.copy(HERE / "topics" / "course.yaml", softmax.parent))
