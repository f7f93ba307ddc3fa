"""Make a class of any size out of the sample class: every file is distinct, as real ones are."""

import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
SLOW = {"timeout"}


def sample_students() -> list[Path]:
    """Return the sample class without those who hang: waiting for a deadline measures the deadline."""
    expected = yaml.safe_load((ROOT / "submissions" / "expected.yaml").read_text("utf-8"))
    text = {str(name): str(entry) for name, entry in expected.get("students", expected).items()}
    return sorted(
        folder
        for folder in (ROOT / "submissions").iterdir()
        if folder.is_dir() and not any(word in text.get(folder.name, "") for word in SLOW)
    )


def make_class(target: Path, size: int, students: list[Path] | None = None) -> Path:
    """Write ``size`` submissions to ``target``, going round the sample class."""
    students = students or sample_students()
    for number in range(size):
        source = students[number % len(students)]
        folder = target / f"student{number:05d}"
        shutil.copytree(source, folder)
        for file in folder.rglob("*.py"):
            with file.open("ab") as stream:
                stream.write(f"\n# submission {number}\n".encode())
    return target
