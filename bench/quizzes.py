"""How long a quiz takes: sheets for a class, marking its answers, and the whole of `grader grade`.

    .venv/bin/python bench/quizzes.py [STUDENTS]

A class of 500 answers 20 questions of the shipped quiz, each student on a variant of their own: half of the
answers are right, a quarter are wrong, the rest are left out or cannot be read.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from grader.answers.received import receive
from grader.bank.load import load_assessment
from grader.model.sheet import (
    ArrangeKey,
    BlankKey,
    ChooseKey,
    FormulaKey,
    NumberKey,
    PairKey,
    Sheet,
    TextKey,
)
from grader.quiz.grades import grade_quiz
from grader.quiz.sheet import secret_of, sheet_for
from grader.quiz.variants import Variants

ROOT = Path(__file__).parents[1]
QUESTIONS = 20
CORES = 2


def right(key: Any) -> Any:
    """Make the right answer to a form."""
    match key:
        case ChooseKey():
            return list(key.right)
        case NumberKey():
            return key.shown
        case FormulaKey():
            return key.formula
        case BlankKey():
            return right(key.number or key.formula) if key.number or key.formula else key.words[0]
        case ArrangeKey():
            return list(key.order)
        case PairKey():
            return dict(key.pairs)
        case TextKey():
            return key.model
        case _:
            return [right(one) for one in key]


def answers_to(sheet: Sheet, number: int) -> dict[str, Any]:
    """Answer a sheet: right, wrong, not at all, or in a way that cannot be read."""
    given: dict[str, Any] = {}
    for place, posed in enumerate(sheet.posed):
        made = [right(key) for key in posed.key.forms]
        whole = made[0] if len(made) == 1 else {"choice": made[0], "reason": made[1]}
        kind = (number + place) % 8
        if kind < 4:
            given[posed.item.id] = whole
        elif kind < 6:
            given[posed.item.id] = "A" if isinstance(whole, list | dict) else "0.123"
        elif kind == 6:
            given[posed.item.id] = {"what": ["is", "this"]}
    return given


def make_quiz(folder: Path) -> Path:
    """Write an assessment of the first questions of the shipped quiz."""
    quiz = load_assessment(ROOT / "questions" / "quiz.yaml")
    picks = "".join(f"  - {{id: {item.question.id}, points: {item.points}}}\n" for item in quiz.quiz[:QUESTIONS])
    file = folder / "quiz.yaml"
    file.write_text(f"title: Quiz\nseed: bench\nquestions:\n{picks}")
    return file


def make_class(folder: Path, quiz: Path, students: int) -> Path:
    """Write a folder with answers for each student."""
    assessment = load_assessment(quiz)
    secret = secret_of(assessment)
    for number in range(students):
        student = f"student{number:04}"
        sheet = sheet_for(assessment, student, secret)
        own = folder / "class" / student
        own.mkdir(parents=True)
        whole = {"assessment": "quiz", "variant": sheet.variant, "answers": answers_to(sheet, number)}
        (own / "answers.yaml").write_text(json.dumps(whole))
    return folder / "class"


def mark(quiz: Path, folders: list[Path]) -> tuple[int, float]:
    """Read and mark the answers of some students; return how many questions, and CPU seconds without loading."""
    assessment = load_assessment(quiz)
    variants = Variants(assessment)
    before, count = time.process_time(), 0
    for folder in folders:
        _, handed_in = receive(folder.name, folder, code=False)
        count += len(grade_quiz(assessment, variants, folder.name, handed_in).grades)
    return count, time.process_time() - before


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long something takes, and what it gives."""
    before = time.perf_counter()
    made = run()
    return time.perf_counter() - before, made


def spent() -> float:
    """Return the CPU seconds of all commands that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def command(*arguments: object) -> tuple[str, str]:
    """Run the command; return how long it took, and the CPU time of all of its processes."""
    line = [sys.executable, "-m", "grader", *map(str, arguments), "-j", str(CORES)]
    before = spent()
    run = partial(subprocess.run, line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    wall = timed(run)[0]
    return f"{wall:.1f} s", f"{spent() - before:.1f} s"


def main() -> None:
    """Measure, and print a table."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        quiz = make_quiz(folder)
        class_ = make_class(folder, quiz, students)
        folders = sorted(class_.iterdir())
        shards = [folders[at::CORES] for at in range(CORES)]
        with ProcessPoolExecutor(CORES, get_context("spawn")) as pool:
            list(
                pool.map(mark, [quiz] * CORES, [folders[:1]] * CORES)
            )  # the processes are there, the bank is read
            wall, parts = timed(lambda: list(pool.map(mark, [quiz] * CORES, shards)))
        cpu = sum(cpu for _, cpu in parts)
        count = sum(count for count, _ in parts)
        rows = [(f"marking {count:,} answers, {CORES} processes", f"{wall:.1f} s", f"{cpu:.1f} s", "< 5 s")]
        roster = folder / "roster.csv"
        roster.write_text("student\n" + "".join(f"{one.name}\n" for one in folders))
        sheets = command("sheet", quiz, "--roster", roster, "-o", folder / "sheets")
        rows.append((f"`grader sheet`: {students} pages to work in", *sheets, "< 10 s"))
        grade = ("grade", class_, "-a", quiz, "-o", folder / "out")
        rows.append((f"`grader grade`: {students} students, with all pages", *command(*grade), ""))
        rows.append(("`grader grade` again, nothing changed", *command(*grade), ""))
    print("| what | measured | CPU | to reach |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
