"""How long it takes to print a class, and to read its sheets back.

    .venv/bin/python bench/print.py                # 500 students, 20 questions
    .venv/bin/python bench/print.py --students 50

Prints the first twenty questions of the shipped quiz for each student, then reads the empty sheets of a few as
scans. CPU is that of all processes; on a machine that does nothing else, two cores take half of it.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from click.testing import CliRunner

from grader.bank.load import find_assessment
from grader.cli import main

QUESTIONS = 20
SCANNED = 10  # students


def run(*arguments: str) -> None:
    """Run the command."""
    result = CliRunner().invoke(main, list(arguments))
    if result.exit_code not in (0, 1):
        sys.exit(result.output)


def cpu() -> float:
    """Return the CPU seconds of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds of wall and CPU time that something takes."""
    wall, before = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - wall, cpu() - before


def measure(students: int) -> None:
    """Print and scan a class, and say how long it took."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        quiz = yaml.safe_load(find_assessment("quiz").read_text("utf-8"))
        quiz["questions"] = quiz["questions"][:QUESTIONS]
        (folder / "quiz.yaml").write_text(yaml.safe_dump(quiz), "utf-8")
        names = "".join(f"student{n:04},Student Number {n}\n" for n in range(students))
        (folder / "roster.csv").write_text(f"student,name\n{names}")
        sheets = folder / "sheets"
        command = ("sheet", str(folder / "quiz.yaml"), "--roster", str(folder / "roster.csv"), "-j", "2")
        wall, used = timed(lambda: run(*command, "--format", "pdf", "-o", str(sheets)))
        size = sum(file.stat().st_size for file in sheets.glob("*.pdf"))
        print(f"{students} students x {QUESTIONS} questions as PDF: {wall:.1f} s wall, {used:.1f} s CPU, "
              f"{1000 * used / students:.0f} ms CPU a sheet, {size / students / 1000:.0f} kB a sheet")  # fmt: skip
        some = sorted(sheets.glob("*.pdf"))[:SCANNED]
        command = ("scan", *map(str, some), "-a", str(folder / "quiz.yaml"), "-o", str(folder / "answers.csv"))
        wall, used = timed(lambda: run(*command, "-j", "2"))
        print(f"{len(some)} of them scanned: {wall:.1f} s wall, {used:.1f} s CPU, "
              f"{1000 * used / len(some):.0f} ms CPU a sheet")  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=500)
    measure(parser.parse_args().students)
