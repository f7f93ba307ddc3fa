"""What a grade depends on besides what was handed in: whatever of it changes, the grade is made again."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import grader.engine
from grader.assessment.key import answer_key
from grader.bank.load import find_assessment, load_assessment
from grader.engine import engine_digest
from grader.judged import judged_digest
from grader.model.question import Solutions

PACKAGE = Path(grader.engine.__file__).parent


def test_the_digest_of_the_engine_covers_every_file_of_the_package(tmp_path, monkeypatch):
    """The words of the judge and of a page are as much a part of a grade as its numbers."""
    copy = tmp_path / "grader"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(grader.engine, "_PACKAGE", copy)
    uncached = engine_digest.__wrapped__
    seen = {uncached()}
    judge = uncached("judge")
    for name in (
        "judge/score.py",
        "report/verdict.py",
        "followon.py",
        "answers/file.py",
        "sandbox/child/values.py",
    ):
        path = copy / name
        assert path.is_file()
        path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
        seen.add(uncached())
    assert len(seen) == 6
    assert uncached("judge") != judge
    assert uncached("numerics") == engine_digest("numerics")


def test_whatever_a_grade_depends_on_is_in_its_digest(monkeypatch, tmp_path):
    quiz = load_assessment(find_assessment("quiz"), None)
    key = answer_key(quiz, None)
    first = judged_digest(quiz, key)
    other = next(one for one in Solutions if one is not quiz.show_solutions)
    points = replace(quiz.picked[0], points=quiz.picked[0].points + 1)
    changed = [
        judged_digest(quiz, key, any_variant=True),
        judged_digest(replace(quiz, title="Another"), key),
        judged_digest(replace(quiz, seed="another"), key),
        judged_digest(replace(quiz, show_solutions=other), key),
        judged_digest(replace(quiz, quiz=(points, *quiz.quiz[1:])), key),
        judged_digest(replace(quiz, topics=tuple(replace(one, digest="x") for one in quiz.topics)), key),
    ]
    with monkeypatch.context() as patched:
        patched.setattr("grader.judged.engine_digest", lambda: "another")
        changed.append(judged_digest(quiz, key))
    assert judged_digest(quiz, key) == first
    assert len({first, *changed}) == 8
    (tmp_path / "templates").mkdir()
    plain = judged_digest(replace(quiz, folder=str(tmp_path)), key)
    (tmp_path / "templates" / "own.html.j2").write_text("own")
    with_template = judged_digest(replace(quiz, folder=str(tmp_path)), key)
    (tmp_path / "course.secret").write_text("hush")
    assert len({plain, with_template, judged_digest(replace(quiz, folder=str(tmp_path)), key)}) == 3


@pytest.mark.parametrize("folder", ["judge", "diagnose"])
def test_a_part_of_the_engine_is_known_by_its_folder(folder):
    assert engine_digest(folder) != engine_digest()
