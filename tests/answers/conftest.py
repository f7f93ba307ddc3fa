"""The shipped quiz, sheets of it, and responses to them that are right, or wrong, made from their keys."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.bank.load import load_assessment
from grader.model.sheet import (
    ArrangeKey,
    BlankKey,
    Blanks,
    ChooseKey,
    FormulaKey,
    NumberKey,
    PairKey,
    Posed,
    Sheet,
    TextKey,
)
from grader.quiz.sheet import make_sheet, secret_of, sheet_for

QUESTIONS = Path(__file__).parents[2] / "questions"


def right_of(key: Any) -> Any:
    match key:
        case ChooseKey():
            return key.right[0] if len(key.right) == 1 else list(key.right)
        case NumberKey():
            return key.shown
        case FormulaKey():
            return key.formula
        case BlankKey():
            return right_of(key.number or key.formula) if key.number or key.formula else key.words[0]
        case ArrangeKey():
            return list(key.order)
        case PairKey():
            return dict(key.pairs)
        case TextKey():
            return key.model
        case tuple():
            return [right_of(one) for one in key]
    raise AssertionError(key)


def wrong_of(key: Any) -> Any:
    """Something that earns nothing, and can be an answer."""
    match key:
        case ChooseKey():
            return [letter for letter, share in key.shares.items() if share <= 0][:1]
        case NumberKey():
            return repr(max(abs(band.high) + abs(band.low) for band in key.bands) + 12345.678)
        case FormulaKey():
            return f"({key.formula}) + 1234"
        case BlankKey():
            return wrong_of(key.number or key.formula) if key.number or key.formula else "xyzzy"
        case ArrangeKey():
            return list(key.order[::-1])
        case PairKey():
            rights = list(key.pairs.values())
            others = {left: [one for one in rights if one != right] for left, right in key.pairs.items()}
            return {left: one[0] if one else "Z" for left, one in others.items()}
        case TextKey():
            return "because"
        case tuple():
            return [wrong_of(one) for one in key]
    raise AssertionError(key)


def response(posed: Posed, make: Callable[[Any], Any]) -> Any:
    """Make the response to a whole question."""
    made = [make(key) for key in posed.key.forms]
    return made[0] if len(made) == 1 else {"choice": made[0], "reason": made[1]}


def responses(sheet: Sheet, make: Callable[[Any], Any] = right_of) -> dict[str, Any]:
    return {one.item.id: response(one, make) for one in sheet.posed}


def has_text(posed: Posed) -> bool:
    return any(isinstance(key, TextKey) for key in posed.key.forms)


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """How responses are made of keys."""
    return SimpleNamespace(
        right=right_of, wrong=wrong_of, response=response, responses=responses, has_text=has_text, blanks=Blanks
    )


@pytest.fixture(scope="session")
def quiz():
    """The shipped quiz."""
    return load_assessment(QUESTIONS / "quiz.yaml", Path(os.environ["XDG_CACHE_HOME"]))


@pytest.fixture(scope="session")
def sheet_of(quiz) -> Callable[..., Sheet]:
    """Make the sheet of a student, or of a code."""

    def make(student: str = "", code: str = "", of=None) -> Sheet:
        of = of or quiz
        return make_sheet(of, code, secret_of(of)) if code else sheet_for(of, student, secret_of(of))

    return make


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Write a student's answers.yaml into a class."""

    def write(student: str, variant: str, answers: Mapping[str, Any] | str, *, assessment="quiz") -> Path:
        folder = tmp_path / "class"
        (folder / student).mkdir(parents=True, exist_ok=True)
        whole = {"assessment": assessment, "variant": variant, "answers": answers}
        text = answers if isinstance(answers, str) else json.dumps(whole, ensure_ascii=False)
        (folder / student / "answers.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def grader(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command as a user does, in a folder of its own."""

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "grader", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(QUESTIONS.parent), **options.pop("env", {})}
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
            cwd=tmp_path,
            env=environment,
            **options,
        )

    return run


@pytest.fixture
def results(tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """Read results.json: students by id, their questions by id."""

    def read(out: str = "out") -> dict[str, Any]:
        whole = json.loads((tmp_path / out / "results.json").read_text("utf-8"))
        students = {student["student"]: student for student in whole["students"]}
        for student in students.values():
            student["by_id"] = {question["id"]: question for question in student["questions"]}
        return {**whole, "by_student": students}

    return read
