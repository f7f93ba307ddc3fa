"""Two mistakes at once are told as that pair; what is told instead gives the same.

``bench/pairs.py`` tries all pairs, by the code that is used here.
"""

import random
from collections import Counter

import pytest
from mistaken import Homework
from pairs import Pairs, measure

from grader.diagnose.catalogue import combine, with_mistakes
from grader.files import default_cache

SAMPLE = 50
TRUE = ("exact", "class", "part", "right")


@pytest.fixture(scope="module")
def homework():
    return Homework.load(default_cache())


@pytest.mark.parametrize(
    ("function", "own", "alone", "least"),
    [
        ("tanh_grad", 1, True, 0.95),
        ("lstm_gates", 2, True, 0.95),
        ("lstm_cell", 1, True, 0.85),
        pytest.param("lstm_forward", 0, True, 0.85, marks=pytest.mark.slow),
        ("lstm_forward", 1, True, 0.85),
        pytest.param("lstm_backward", 2, True, 0.95, marks=pytest.mark.slow),
        ("lstm_backward", 1, False, 0.85),
    ],
)
def test_two_mistakes_at_once_are_told_as_that_pair(homework, function, own, alone, least):
    """As exactly that pair or as what gives the same on other inputs, too; nothing false is told of any."""
    pairs = Pairs(homework, homework.question(function))
    chosen = random.Random(f"{function} {own}").sample(pairs.of(own), SAMPLE if alone else SAMPLE // 4)
    told = measure(pairs, chosen, alone=alone)
    kinds = Counter(one.kind for one in told)
    assert kinds["false"] == kinds["same here"] == 0, [one for one in told if one.kind in ("false", "same here")]
    assert kinds["exact"] + kinds["class"] + kinds["right"] >= least * len(told), kinds


def by_id(lab, name, *ids):
    topic, question, _ = lab.question(name)
    return topic, question, [one for wanted in ids for one in topic.mistakes if one.id == wanted]


def test_what_nothing_tells_apart_below_is_told_apart_above(lab):
    """In the forward pass time that runs backwards is inputs from the end; in the gradient it is not."""
    mistakes = ("inputs-taken-from-the-end", "bias-gradient-halved")
    topic, question, (below, own) = by_id(lab, "lstm_backward", *mistakes)
    assert combine(below, own)
    made = (
        lab.matcher("lstm_forward")
        .match(lab.run("lstm_forward", with_mistakes(topic.reference, [below], "lstm_forward")))
        .made
    )
    assert len(made) > 1
    assert made[0] != (below,)
    outcomes = lab.run("lstm_backward", with_mistakes(topic.reference, [below, own], question.function))
    assert lab.matcher("lstm_backward").match(outcomes, made).ids == set(mistakes)


def test_a_pair_that_fails_on_some_inputs_is_told_before_one_that_does_not_fail_there(lab):
    mistakes = ("input-weight-gradient-from-the-hidden-state", "recurrent-weight-gradient-from-the-input")
    topic, question, made = by_id(lab, "lstm_backward", *mistakes)
    outcomes = lab.run("lstm_backward", with_mistakes(topic.reference, made, question.function))
    assert lab.matcher("lstm_backward").match(outcomes).ids == set(mistakes)


def test_the_same_mistake_is_told_where_the_code_around_it_fails_in_another_way(lab):
    """A loop that leaves out its only step fails as it is written: here there is nothing to unpack."""
    topic, question, (one,) = by_id(lab, "lstm_forward", "first-step-missing")
    mistaken = with_mistakes(topic.reference, [one], question.function)

    def function(xs, *rest):
        return mistaken(xs, *rest) if len(xs) > 1 else ()

    finding = lab.matcher("lstm_forward").match(lab.run("lstm_forward", function))
    assert finding.ids == {"first-step-missing"}
    assert "inputs on which it returns (on the other 2 it fails)" in finding.evidence
