"""Who watches a run on a terminal sees how far it is and how long it takes; a file or a pipe gets words only."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from grader.pipeline import Progress
from grader.progress import show_progress

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "tests" / "pipeline" / "activations.txt").read_text("utf-8")
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
STUDENTS = 3


def read_all(terminal: int) -> str:
    """Return what was written to the other end of a terminal, without its colours and movements."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # Linux: nobody holds the other end any more
            part = b""
        if not part:
            os.close(terminal)
            return STYLE.sub("", b"".join(parts).decode())
        parts.append(part)


def start(folder: Path, stderr: int) -> subprocess.Popen[str]:
    """Start grading a class of three."""
    for number in range(STUDENTS):
        (folder / "class" / f"s{number}").mkdir(parents=True)
        (folder / "class" / f"s{number}" / "activations.py").write_text(RIGHT, "utf-8")
    (folder / "small.yaml").write_text("title: S\nseed: s\nquestions:\n  - {id: tanh/relu, points: 1}\n", "utf-8")
    command = [sys.executable, "-m", "grader", "grade", "class", "-a", "small.yaml", "-o", "out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def test_a_terminal_shows_how_many_are_graded_of_how_many(tmp_path):
    ours, theirs = pty.openpty()
    with start(tmp_path, theirs) as process:
        os.close(theirs)
        seen = read_all(ours)
    assert process.returncode == 0, seen
    assert f"{STUDENTS}/{STUDENTS}" in seen
    assert f"{STUDENTS} submissions graded" in seen


def test_what_is_no_terminal_gets_the_words_at_the_end_and_nothing_else(tmp_path):
    process = start(tmp_path, subprocess.PIPE)
    out, words = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "")
    assert words.splitlines()[0].startswith(f"{STUDENTS} submissions graded"), words
    assert f"{STUDENTS}/{STUDENTS}" not in words
    assert "\x1b" not in words
    assert "\r" not in words


def test_the_bar_counts_and_says_how_long_it_takes_and_leaves_nothing_behind(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stream, show_progress(stream) as report:
        report(Progress(1, 40, 0))
        report(Progress(2, 40, 0))
    seen = read_all(ours)
    assert "grading" in seen
    assert "2/40" in seen
    assert re.search(r"\b\d\d:\d\d\b", seen), "the time left"
    assert not seen.endswith("\n")


def test_the_bar_writes_nothing_where_nobody_watches():
    stream = io.StringIO()
    with show_progress(stream) as report:
        report(Progress(1, 2, 0))
    assert stream.getvalue() == ""
