"""The sample class, graded by the real command: every student gets what submissions/expected.yaml says."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.external, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "submissions"
HOMEWORK = ROOT / "questions" / "homework.yaml"


def grade(out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "grade", str(SUBMISSIONS), "-a", str(HOMEWORK), "-o", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)


@pytest.fixture(scope="module")
def out(sealed: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade the class once."""
    _ = sealed
    folder = tmp_path_factory.mktemp("sample class") / "results"
    done = grade(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def results(out: Path) -> dict[str, Any]:
    """Read what was written."""
    return json.loads((out / "results.json").read_text("utf-8"))


def test_every_student_gets_what_is_expected(results: dict[str, Any], read_expected: Callable[..., Any]) -> None:
    questions = [question["id"] for question in results["assessment"]["questions"]]
    expected = read_expected(SUBMISSIONS / "expected.yaml", questions)
    assert sorted(expected) == sorted(student["student"] for student in results["students"])
    differences = [
        f"{student['student']}, {question['id']}: {difference}"
        for student in results["students"]
        for question in student["questions"]
        if (difference := expected[student["student"]][question["id"]].differs(question))
    ]
    assert not differences, "\n" + "\n".join(differences)


def test_the_class_covers_what_happens_in_a_class(results: dict[str, Any]) -> None:
    statuses = {question["status"] for student in results["students"] for question in student["questions"]}
    assert {"passed", "partial", "failed", "error", "missing", "timeout", "crashed"} <= statuses
    assert "grader_error" not in statuses


def test_scores_add_up(results: dict[str, Any]) -> None:
    for student in results["students"]:
        assert student["score"] == pytest.approx(sum(question["score"] for question in student["questions"]))
        for question in student["questions"]:
            assert question["score"] == pytest.approx(
                sum(check["score"] for check in question["checks"]), abs=1e-5
            )


def test_every_student_has_a_page_and_a_row(out: Path, results: dict[str, Any]) -> None:
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(results["students"])
    for student in results["students"]:
        assert float(rows[student["student"]]["score"]) == pytest.approx(student["score"])
        page = (out / student["page"]).read_text("utf-8")
        assert page.lstrip().lower().startswith("<!doctype html>")
    assert (out / "index.html").is_file()


def test_a_second_run_changes_nothing(out: Path) -> None:
    before = (out / "results.json").read_bytes()
    done = grade(out)
    assert done.returncode == 0, done.stderr
    assert "30 unchanged since the last run" in done.stderr
    assert (out / "results.json").read_bytes() == before
