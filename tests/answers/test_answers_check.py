"""`grader check` on answers to a quiz: what was understood is said, and nothing of what is right."""

import json
import shutil
from pathlib import Path

import pytest

from grader.selfcheck import check_path

ROOT = Path(__file__).parents[2]
QUIZ = ROOT / "questions" / "quiz.yaml"


def check(path: Path, assessment: Path = QUIZ, question: str | None = None):
    return check_path(path, assessment, question, None)


def by_id(checked):
    return {one.id: one for one in checked.answers}


def test_each_answer_is_said_to_be_understood_half_filled_missing_or_not_to_be_read(hand_in, sheet_of):
    folder = hand_in("ada", sheet_of("ada").variant, {
        "tanh/range": "b", "tanh/symmetry": ["odd", "", 0.5], "tanh/slope_from_output": "1 - y^^2",
        "tanh/definition": "Q", "tanh/order_by_value": ["B", "A"], "tanh/name_the_curves": {"1": "A"},
        "tanh/reaches_one": "A", "lstm/lstm_is": " ",
    })  # fmt: skip
    checked = check(folder / "ada")
    found = {name: (one.status, one.words) for name, one in by_id(checked).items()}
    assert found["tanh/range"] == ("understood", "b")
    assert found["tanh/symmetry"] == ("half", "odd, , 0.5 (still missing: blank 2)")
    assert found["tanh/slope_from_output"][0] == "invalid"
    assert "`1 - y^^2` cannot be read as a formula" in found["tanh/slope_from_output"][1]
    assert found["tanh/definition"] == ("invalid", "One of the letters A to D was expected, and “Q” came.")
    assert found["tanh/order_by_value"][0] == "half"
    assert "still missing: C, D" in found["tanh/order_by_value"][1]
    assert found["tanh/name_the_curves"] == ("half", "1: A (still missing: 2, 3, 4)")
    assert found["tanh/reaches_one"] == ("half", "A (still missing: reason)")
    assert found["lstm/lstm_is"] == found["tanh/lstm_training"] == ("unanswered", "")
    assert checked.grade is None
    assert not checked.is_done


def test_right_and_wrong_answers_cannot_be_told_apart_by_what_is_said(hand_in, sheet_of, made):
    """The words are those of the student, and nothing else: no key, no mark, no difference."""
    for student in ("ada", "bob", "cyd"):
        sheet = sheet_of(student)
        right = by_id(check(hand_in(student, sheet.variant, made.responses(sheet)) / student))
        wrong = by_id(check(hand_in(student, sheet.variant, made.responses(sheet, made.wrong)) / student))
        swapped = by_id(check(hand_in(student, sheet.variant, {}) / student))
        assert {one.status for one in right.values()} == {one.status for one in wrong.values()} == {"understood"}
        assert {(one.status, one.words) for one in swapped.values()} == {("unanswered", "")}


def test_unknown_questions_and_odd_codes_are_told(hand_in):
    folder = hand_in("ada", "K7QF-2M9", {"tanh/rnge": "A"})
    notes = check(folder / "ada").notes
    assert notes[0].startswith("answers.yaml: 'K7QF-2M9' is no variant code. It has eight letters and digits")
    assert notes[1].endswith("Did you mean `tanh/range`?")
    assert "no variant is named" in check(hand_in("ada", "", {}) / "ada").notes[0]


def test_without_the_secret_of_the_course_no_variant_is_called_wrong(hand_in, sheet_of, tmp_path):
    own, other = sheet_of("ada").variant, sheet_of("bob").variant
    assert f"the variant {own} is that of “ada”" in check(hand_in("ada", own, {}) / "ada").notes[0]
    notes = check(hand_in("ada", other, {}) / "ada").notes
    words = f"answers.yaml: the code {other} is written as a code should be. Whose variant it is only your course"
    assert notes == (f"{words} can tell: compare it with your own sheet.",)
    assert own not in " ".join(notes)
    quiz = tmp_path / "course" / "quiz.yaml"
    quiz.parent.mkdir()
    shutil.copy(QUIZ, quiz)
    (quiz.parent / "course.secret").write_text("secret")
    notes = check(hand_in("ada", other, {}) / "ada", quiz).notes
    assert f"the variant {other} is not that of “ada”" in notes[0]


def test_a_broken_file_is_told_with_its_place(hand_in):
    folder = hand_in(
        "ada", "", "assessment: quiz\nvariant: K7QF-2M9X\nanswers:\n  tanh/range: [A\n  tanh/definition: B\n"
    )
    checked = check(folder / "ada")
    assert checked.notes[0].startswith("answers.yaml:5:")
    assert by_id(checked)["tanh/definition"].words == "B"


def test_the_command_takes_the_file_or_the_folder_or_one_question(hand_in, sheet_of, made, grader):
    sheet = sheet_of("ada")
    folder = hand_in("ada", sheet.variant, made.responses(sheet))
    done = grader("check", folder / "ada" / "answers.yaml", "-a", QUIZ)
    assert done.returncode == 0, done.stderr
    assert "Of 31 questions of the quiz: 31 can be read." in done.stdout
    assert "Whether they are right is not looked at here." in done.stdout
    one = grader("check", folder / "ada", "-a", QUIZ, "-q", "range", "--json")
    assert json.loads(one.stdout)["answers"] == [
        {"id": "tanh/range", "status": "understood", "message": made.responses(sheet)["tanh/range"]}
    ]
    empty = grader("check", hand_in("bob", "", {}) / "bob", "-a", QUIZ)
    assert (empty.returncode, "31 not answered" in empty.stdout) == (1, True)


@pytest.mark.external
def test_a_folder_with_code_and_answers_is_checked_for_both(hand_in, sheet_of, grader, tmp_path, sealed):
    del sealed
    course = tmp_path / "course.yaml"
    course.write_text(f"title: Course\nseed: s\ninclude: [{QUIZ}]\nquestions:\n  - {{id: tanh/relu, points: 5}}\n")
    folder = hand_in("ada", sheet_of("ada").variant, {"tanh/range": "A"})
    (folder / "ada" / "activations.py").write_text(
        "import numpy as np\n\ndef relu(x):\n    return np.maximum(x, 0)\n"
    )
    done = grader("check", folder / "ada", "-a", course)
    assert done.returncode == 1
    assert "tanh/range  read as: A" in done.stdout
    assert "The question passes on the public cases." in done.stdout
