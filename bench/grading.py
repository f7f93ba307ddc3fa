"""Measure grading against its floors, all in one run, and print the table that ``bench/README.md`` keeps.

python bench/grading.py                 # a few minutes
python bench/grading.py --full          # with 10,000 submissions
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from classroom import make_class, sample_students
from machine import Usage, adopt_orphans, describe, fresh_numpy, measure
from plain import PlainForks

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.files import default_cache
from grader.intake import read_submission
from grader.model.inputs import Job
from grader.plan import make_plan
from grader.sandbox.forkserver import ForkServer
from grader.sandbox.runner import open_runner

ROOT = Path(__file__).parent.parent
HOMEWORK = ROOT / "questions" / "homework.yaml"
MB = 1_000_000


def isolation(rounds: int) -> tuple[str, float, float]:
    """Return the level, and the median wall seconds a student of plain forks and of the sandbox, taken in turn.

    Both are timed until the fork is gone and reaped.
    """
    assessment = load_assessment(HOMEWORK)
    plan = make_plan(assessment, answer_key(assessment, default_cache()))
    students = [
        folder
        for folder in sample_students(right=True)
        if all((folder / f"{m}.py").exists() for m in plan.modules)
    ]
    submissions = {folder: read_submission(folder) for folder in students}
    forks, runner = PlainForks(), open_runner()
    for module in plan.modules:
        forks.prepare(module, [call for batch in plan.batches[module] for call in batch])
    plain: list[float] = []
    sealed: list[float] = []
    for number in range(rounds):
        folder = students[number % len(students)]
        taken = [0.0, 0.0]
        for module in plan.modules:
            job = Job(submissions[folder].files, module, plan.batches[module])
            start = time.perf_counter()
            forks.run(folder, module)
            middle = time.perf_counter()
            runner.run(job)
            if isinstance(runner, ForkServer):
                runner.settle()
            taken = [taken[0] + middle - start, taken[1] + time.perf_counter() - middle]
        plain.append(taken[0])
        sealed.append(taken[1])
    forks.close()
    runner.close()
    return runner.isolation.value, statistics.median(plain), statistics.median(sealed)


def grade(size: int, workers: int, scratch: Path) -> Usage:
    """Grade a class of ``size`` from nothing and return what it used."""
    folder = scratch / f"class{size}"
    if not folder.exists():
        make_class(folder, size)
    out = Path(tempfile.mkdtemp(dir=scratch))
    command = [sys.executable, "-m", "grader", "grade", str(folder), "-o", str(out), "-j", str(workers)]
    return measure([*command, "-a", str(HOMEWORK)])


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="grade 10,000 submissions for the memory figure")
    options.add_argument("--size", type=int, default=1000, help="submissions for the CPU figures")
    options.add_argument("--rounds", type=int, default=200, help="rounds of plain fork against sandbox")
    asked = options.parse_args()
    adopt_orphans()
    numpy_cpu, numpy_wall = fresh_numpy(sys.executable)
    alone_cpu, alone_wall = fresh_numpy(sys.executable, one_thread=True)
    level, plain, sealed = isolation(asked.rounds)
    rows = [
        ('fresh `python -c "import numpy"`', f"{numpy_cpu * 1e3:.0f} ms CPU, {numpy_wall * 1e3:.0f} ms wall", ""),
        (
            "the same with `OPENBLAS_NUM_THREADS=1`",
            f"{alone_cpu * 1e3:.0f} ms CPU, {alone_wall * 1e3:.0f} ms wall",
            "",
        ),
        ("plain forks, two files", f"{plain * 1e3:.1f} ms wall", ""),
        (f"sandbox (`{level}`), two files", f"{sealed * 1e3:.1f} ms wall", ""),
        ("**isolation: sandbox / plain fork**", f"**{sealed / plain:.2f}**", "<= 1.5"),
    ]
    with tempfile.TemporaryDirectory(prefix="gradegate bench ") as scratch:
        small = grade(100, 2, Path(scratch))
        one = grade(asked.size, 1, Path(scratch))
        two = grade(asked.size, 2, Path(scratch))
        rows += [
            _row(f"{asked.size} submissions, 1 worker", one, asked.size),
            _row(f"{asked.size} submissions, 2 workers", two, asked.size),
            (
                "**CPU a submission / fresh NumPy import**",
                f"**{two.cpu_seconds / asked.size / numpy_cpu:.2f}**",
                "<= 0.4",
            ),
            ("the same beside the import with one thread", f"{two.cpu_seconds / asked.size / alone_cpu:.2f}", ""),
            (
                "**CPU a submission, 2 workers / 1 worker**",
                f"**{two.cpu_seconds / one.cpu_seconds:.2f}**",
                "0.9 to 1.1",
            ),
            ("**idle CPU with 2 workers**", f"**{two.idle_share:.1%}**", "< 10 %"),
        ]
        large, size = (grade(10_000, 2, Path(scratch)), 10_000) if asked.full else (two, asked.size)
        if asked.full:
            rows.append(_row("10,000 submissions, 2 workers", large, size))
        grown = (large.peak_bytes - small.peak_bytes) / MB
        rows.append(("memory of the whole, 100 submissions", f"{small.peak_bytes / MB:.0f} MB", ""))
        rows.append((f"**memory grown from 100 to {size:,}**", f"**{grown:+.0f} MB**", "<= 50 MB"))
    print(f"{describe()}\n\n| what | measured | to reach |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def _row(name: str, usage: Usage, size: int) -> tuple[str, str, str]:
    cpu, wall = usage.cpu_seconds / size * 1e3, usage.wall_seconds / size * 1e3
    return name, f"{cpu:.1f} ms CPU, {wall:.1f} ms wall a submission", ""


if __name__ == "__main__":
    main()
