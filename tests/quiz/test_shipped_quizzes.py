"""What holds for the questions of a quiz that are shipped."""

from pathlib import Path

import pytest

from grader.bank.load import load_quiz
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
