"""How long a student waits for `grader check`, beside a fresh `import numpy` in the same run.

    .venv/bin/python bench/check.py [RUNS]

Each file of two students of the sample class is checked again and again in turn with the import, as students do
it: a whole command from its start to its end, with the answer key in the cache. One is right, one is not.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from machine import describe

ROOT = Path(__file__).parents[1]
STUDENTS = {"right": "amara.okafor", "wrong": "Aoife Ní Dhomhnaill"}
FILES = ("activations.py", "lstm.py")
IMPORT = (sys.executable, "-c", "import numpy")


def waited(command: Sequence[str], cache: str) -> float:
    """Run a command that a student types, and return for how long, in seconds."""
    start = time.perf_counter()
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return seconds


def main(runs: int) -> None:
    """Measure, and print the table."""
    print(f"{describe()}\n\n| `grader check` | the first time | median | longest | median / fresh import |")
    print("|---|---|---|---|---|")
    for words, student in STUDENTS.items():
        for file in FILES:
            command = (sys.executable, "-m", "grader", "check", str(ROOT / "submissions" / student / file))
            with tempfile.TemporaryDirectory() as cache:
                first = waited(command, cache)
                both = [(waited(command, cache), waited(IMPORT, cache)) for _ in range(runs)]
            times, imports = zip(*both, strict=True)
            ratio = statistics.median(one / other for one, other in both)
            print(
                f"| `{file}`, {words} | {first:.2f} s | {statistics.median(times):.2f} s | {max(times):.2f} s "
                f"| {ratio:.1f} of {statistics.median(imports) * 1e3:.0f} ms |"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
