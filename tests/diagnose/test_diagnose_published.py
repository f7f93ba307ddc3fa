"""Our inputs show every known mistake of the LSTM; one constant for all weights, as published, does not."""

import pytest
from mistaken import Homework
from published import count_told, mistakes, suites

from grader.files import default_cache


@pytest.mark.parametrize(("function", "missed"), [("lstm_forward", 0.4), ("lstm_backward", 0.25)])
def test_our_inputs_let_no_mistake_through(function, missed):
    homework = Homework.load(default_cache())
    question = homework.question(function)
    known = mistakes(homework, question)
    constant, *_, ours = suites(homework, question)
    through, kinds = count_told(homework, question, ours)
    assert through == 0
    ids = {one.id for one in known}
    alike = {frozenset({one.id, *one.same_as}) & ids for one in known}
    assert kinds >= len(known) - sum(len(some) - 1 for some in alike if len(some) > 1)
    through, kinds = count_told(homework, question, constant)
    assert through > missed * len(known)
    assert kinds < 0.6 * len(known)
