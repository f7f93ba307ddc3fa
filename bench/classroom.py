"""Make a class of any size out of the sample class: every file is distinct, as real ones are."""

import shutil
from itertools import cycle
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
STOPPED = ("timeout", "crashed", "memory", "output_limit", "blocked")
SLOW = {"o'brien-sean", "Chloé Tremblay-Roy"}  # loops in plain Python: 0.1 s and more of their own, grader or not


def sample_students(*, right: bool = False) -> list[Path]:
    """Return the sample class without those whose code is stopped or slow: that cost is not the grader's.

    With ``right``, only those who are right throughout: they are harmless where nothing isolates them.
    """
    expected = yaml.safe_load((ROOT / "submissions" / "expected.yaml").read_text("utf-8"))
    names = [name for name, entry in expected.items() if not any(word in str(entry) for word in STOPPED)]
    names = [name for name in names if name not in SLOW]
    if right:
        names = [name for name in names if expected[name] == {"all": "passed"}]
    return sorted(ROOT / "submissions" / name for name in names)


def make_class(target: Path, size: int) -> Path:
    """Write ``size`` submissions to ``target``: half of them right throughout, half with mistakes.

    The sample class itself is a collection of mistakes; most of a real class is not.
    """
    right = sample_students(right=True)
    wrong = [folder for folder in sample_students() if folder not in right]
    students = [student for pair in zip(cycle(right), wrong, strict=False) for student in pair]
    for number in range(size):
        source = students[number % len(students)]
        folder = target / f"student{number:05d}"
        shutil.copytree(source, folder)
        for file in folder.rglob("*.py"):
            with file.open("ab") as stream:
                stream.write(f"\n# submission {number}\n".encode())
    return target
