"""What holds for the questions of a quiz that are shipped."""

import re
from pathlib import Path

import pytest

from grader.bank.load import load_quiz
from grader.bank.validate import validate
from grader.bank.yaml12 import read
from grader.quiz.sheet import sheet_for

QUESTIONS = Path(__file__).parents[2] / "questions"


@pytest.mark.parametrize("topic", ["tanh", "lstm"])
def test_the_rule_that_a_student_reads_is_the_same_for_all_and_so_tells_nothing_of_the_answer(topic):
    """A sentence that does not change with the variant cannot say what is right in it."""
    quiz = load_quiz(QUESTIONS / topic)
    sheets = [sheet_for(quiz, str(number), b"rules") for number in range(25)]
    rules = [[one.item.rule for one in sheet.posed] for sheet in sheets]
    assert all(rules[0])
    assert rules == [rules[0]] * len(rules)
    for one in sheets[0].posed:
        assert one.item.rule == one.key.rule or "near enough" in one.item.rule or "nearly right" in one.item.rule


@pytest.mark.parametrize("topic", ["tanh", "lstm"])
def test_figures_tell_in_numbers_what_is_read_off_their_curves(topic):
    """Whoever hears a figure must be able to answer as whoever sees it."""
    for number in range(5):
        drawings = [
            one.item.drawing for one in sheet_for(load_quiz(QUESTIONS / topic), str(number), b"says").posed
        ]
        for drawing in filter(None, drawings):
            assert len(re.findall(r"\d+(?:\.\d+)?", drawing.says)) >= 2 * len(drawing.curves), drawing.says


def test_the_gates_of_a_figure_tell_each_step_by_its_place():
    """Their values stand in the order of the steps: the lowest of each gate is where its curve is lowest."""
    sheet = sheet_for(load_quiz(QUESTIONS / "lstm"), "1", b"says")
    (posed,) = [one for one in sheet.posed if one.item.id == "lstm/read_the_gates"]
    told = posed.item.drawing.says.partition("forget gate: ")[2].split(";")
    values = [[float(number) for number in re.findall(r"\d+\.\d+", one)] for one in told]
    assert [len(one) for one in values] == [13, 13, 13]
    (key,) = posed.key.forms
    assert values[0].index(min(values[0])) == key.value
    assert len({one.index(min(one)) for one in values}) == 3


UNTAGGED = {
    "none of them": "whoever takes none of the curves may have expected any other",
    "symmetric": "the word is too wide, and says of no belief which one it is",
}


def telling(question):
    """Go through all that is wrong in a question and told so, as the bank has it."""
    yield from (one for one in question.get("choices", []) if one.get("right") is not True)
    for parts in ([question], question.get("blanks", []), question.get("pairs", [])):
        yield from (wrong for part in parts for wrong in part.get("wrong", []))
    if question["kind"] == "true_false":
        yield from [question[key] for key in ("chose_true", "chose_false") if key in question] or [question]


@pytest.mark.parametrize("topic", ["tanh", "lstm"])
def test_all_that_is_wrong_names_its_misconception(topic):
    """A text that people mark has a rubric instead."""
    questions = read(QUESTIONS / topic / "bank-quiz.yaml").value["questions"]
    assert len(questions) == 40
    for question in questions:
        wrong = [*telling(question)]
        assert wrong or question["kind"] == "short_answer", question["id"]
        for one in wrong:
            text = one.get("text", one.get("answer"))
            assert one.get("misconception") or text in UNTAGGED, (question["id"], one)


@pytest.mark.slow
@pytest.mark.parametrize("of", ["quiz.yaml", "tanh/bank-quiz.yaml", "lstm/bank-quiz.yaml"])
def test_what_is_shipped_is_proved_to_be_sound(of):
    soundness = validate(QUESTIONS / of)
    assert soundness.findings == (), soundness.text()
    assert len(soundness.quiz) == (31 if of == "quiz.yaml" else 40)
    assert {one.variants for one in soundness.quiz} == {200}
