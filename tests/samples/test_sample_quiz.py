"""The sample class on the shipped quiz, graded by the real command: what submissions/expected-quiz.yaml says."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "submissions"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Grade the class once; nothing is run, so that any machine can."""
    out = tmp_path_factory.mktemp("quiz") / "results"
    quiz = ROOT / "questions" / "quiz.yaml"
    command = [sys.executable, "-m", "grader", "grade", str(SUBMISSIONS), "-a", str(quiz), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads((out / "results.json").read_text("utf-8"))


def test_every_student_gets_what_is_expected(results: dict[str, Any], read_expected: Callable[..., Any]) -> None:
    questions = [question["id"] for question in results["assessment"]["questions"]]
    expected = read_expected(SUBMISSIONS / "expected-quiz.yaml", questions)
    assert sorted(expected) == sorted(student["student"] for student in results["students"])
    differences = [
        f"{student['student']}, {question['id']}: {difference}"
        for student in results["students"]
        for question in student["questions"]
        if (difference := expected[student["student"]][question["id"]].differs(question))
    ]
    assert not differences, "\n" + "\n".join(differences)


def test_the_class_covers_what_comes_back_for_a_quiz(results: dict[str, Any]) -> None:
    statuses = {question["status"] for student in results["students"] for question in student["questions"]}
    assert statuses == {"passed", "partial", "failed", "invalid", "unanswered", "needs_review"}
    by_student = {student["student"]: student for student in results["students"]}
    notes = " ".join(by_student["tobias_brandt"]["notes"])
    for words in ("is not closed", "is given twice", "Did you mean `tanh/why_centred`?"):
        assert words in notes
    (sheet,) = by_student["lars-nilsen"]["sheets"]
    assert sheet["variant"] == by_student["yuki_tanaka"]["sheets"][0]["own"]
