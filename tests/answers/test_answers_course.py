"""A course of a homework and a quiz: code and answers in one run, on one page, with one total."""

import json
import re
from pathlib import Path

import pytest

from grader.bank.load import load_assessment

pytestmark = [pytest.mark.external, pytest.mark.usefixtures("sealed")]
CODE = {
    "right": "import numpy as np\n\ndef relu(x):\n    return np.maximum(x, 0)\n",
    "wrong": "def relu(x):\n    return x\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "work.yaml").write_text("title: Work\nseed: work\nquestions:\n  - {id: tanh/relu, points: 5}\n")
    (tmp_path / "small.yaml").write_text(
        "title: Small\nseed: small\nquestions:\n  - {id: tanh/range, points: 1}\n"
        "  - {id: tanh/value_by_hand, points: 2}\n"
    )
    file = tmp_path / "course.yaml"
    file.write_text(
        "title: Course\nseed: course\ninclude: [small.yaml, work.yaml]\n"
        "questions:\n  - {id: tanh/symmetry, points: 3}\n"
    )
    return file


def test_code_and_answers_are_graded_in_one_run_and_students_without_a_folder_too(
    course, tmp_path, hand_in, sheet_of, made, grader, results
):
    loaded = load_assessment(course)
    whole, small = sheet_of("ada", of=loaded), sheet_of("bob", of=loaded.included[0])
    folder = hand_in("ada", whole.variant, {
        posed.item.id: made.response(posed, made.right) for posed in whole.posed if posed.key.forms[0] is not None
    }, assessment="course")  # fmt: skip
    hand_in("bob", small.variant, made.responses(small), assessment="small")
    (folder / "ada" / "activations.py").write_text(CODE["right"])
    (folder / "bob" / "activations.py").write_text(CODE["wrong"])
    eve = sheet_of("eve", of=loaded.included[0])
    (tmp_path / "more.csv").write_text(
        f"student,variant,range\neve,{eve.variant},{made.responses(eve)['tanh/range']}\n"
    )
    done = grader("grade", folder, "-a", course, "-o", "out", "--answers", "more.csv", "-j", "1")
    assert done.returncode == 0, done.stderr
    got = results()
    assert [one["id"] for one in got["assessment"]["questions"]] == [
        "tanh/range", "tanh/value_by_hand", "tanh/relu", "tanh/symmetry",
    ]  # fmt: skip
    assert got["isolation"] in ("container", "full", "full+cgroup")
    statuses = {
        student: [(question["status"], question["score"]) for question in one["questions"]]
        for student, one in got["by_student"].items()
    }
    assert statuses == {
        "ada": [("passed", 1), ("passed", 2), ("passed", 5), ("passed", 3)],
        "bob": [("passed", 1), ("passed", 2), ("failed", 0), ("unanswered", 0)],
        "eve": [("passed", 1), ("unanswered", 0), ("missing", 0), ("unanswered", 0)],
    }
    assert got["by_student"]["ada"]["score"] == 11
    page = (tmp_path / "out" / "students" / "bob.html").read_text("utf-8")
    assert re.findall(r'<h2 id="q\d-([a-z-]*)-name">', page) == [
        "tanh-range", "tanh-value-by-hand", "tanh-relu", "tanh-symmetry",
    ]  # fmt: skip
    assert "How answers were marked" in page
    assert "How code was graded" in page
    again = grader("grade", folder, "-a", course, "-o", "out", "--answers", "more.csv", "-j", "1")
    assert "3 unchanged since the last run" in again.stderr


def test_judging_again_runs_nothing_and_changes_nothing(course, tmp_path, hand_in, sheet_of, made, grader):
    from grader.rescore import rescore

    small = sheet_of("bob", of=load_assessment(course).included[0])
    folder = hand_in("bob", small.variant, made.responses(small), assessment="small")
    (folder / "bob" / "activations.py").write_text(CODE["wrong"])
    assert grader("grade", folder, "-a", course, "-o", "out", "-j", "1").returncode == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.suffix != ".sqlite"}
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    summary = rescore(tmp_path / "out")
    assert (summary.problems, summary.graded) == ([], 1)
    assert before == {path: path.read_bytes() for path in before}
    course.write_text(course.read_text().replace("points: 3", "points: 7"))
    rescore(tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))
    assert whole["students"][0]["max_score"] == 15
