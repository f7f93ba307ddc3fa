"""Progress on a terminal, and the words at the end of a run; silent where nobody watches."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader.pipeline import Progress as Step
from grader.pipeline import Summary
from grader.report.safe import printable

__all__ = ["show_progress", "show_summary"]

MOST = 20  # of a list shown in full


@contextmanager
def show_progress(stream: TextIO) -> Generator[Callable[[Step], None]]:
    """Show a bar with counts and the time left while a class is graded."""
    bar = Progress(
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(file=stream),
        transient=True,
        disable=not stream.isatty(),
    )
    with bar:
        task = bar.add_task("grading", total=None)
        yield lambda step: bar.update(task, total=step.total, completed=step.done)


def show_summary(summary: Summary, stream: TextIO) -> None:
    """Say what was done, where it is, and what needs a person."""

    def say(text: str) -> None:
        stream.write(printable(text) + "\n")

    noun = "submission" if summary.total == 1 else "submissions"
    again = f", {summary.unchanged} unchanged since the last run" if summary.unchanged else ""
    say(f"{summary.total} {noun} graded{again}; {summary.passed} with full marks; isolation: {summary.isolation}")
    say(f"  {summary.out / 'index.html'}")
    if summary.waiting:
        wait = "student has texts" if summary.waiting == 1 else "students have texts"
        say(f"{summary.waiting} {wait} that people mark: grader review {summary.out}")
    for intro, names in (
        ("about the answers", summary.remarks),
        ("no longer in the folder, left out of the results", summary.gone),
        ("the grader itself failed on (run again to retry; no points were taken)", summary.problems),
    ):
        if names:
            say(f"{intro}:")
            for name in names[:MOST]:
                say(f"  {name}")
            if len(names) > MOST:
                say(f"  and {len(names) - MOST} more")
