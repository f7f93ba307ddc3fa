"""The benchmarks start: a name that has moved would be found by nobody else."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench"


def test_every_benchmark_can_be_imported() -> None:
    names = sorted(file.stem for file in BENCH.glob("*.py"))
    assert {"grading", "check", "quizzes", "print", "diagnosis"} <= set(names)
    program = f"import sys; sys.path[:0] = {[str(BENCH), str(BENCH.parent)]!r}; import {', '.join(names)}"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
