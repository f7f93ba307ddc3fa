"""A reference with a step replaced: whatever calls the step sees the replacement, and nothing else changes."""

from pathlib import Path

import numpy as np
import pytest

from grader.diagnose.catalogue import combine, with_mistakes
from grader.diagnose.known import reaches
from grader.model.mistake import mistake

REFERENCE = """
import numpy as np

def twice(x):
    return step(x) + other(x)

def step(x):
    return 2 * x

def other(x):
    return np.zeros_like(x)

def alone(x):
    return x
"""


@pytest.fixture
def reference():
    names = {"__name__": "reference_of_a_test"}
    exec(REFERENCE, names)  # noqa: S102  a module in four lines
    return {name: names[name] for name in ("twice", "step", "other", "alone")}


def helper(x):
    return 100 * alone(x)  # noqa: F821  a step of the reference


WORDS = {"says": "s", "think": "t", "look": "l", "fix": "f"}


@mistake(replaces="step", **WORDS)
def three_times(x):
    return 3 * alone(x) + 0 * other(x)  # noqa: F821


@mistake(replaces="other", **WORDS)
def hundred_more(x):
    return helper(x)


def test_callers_of_a_step_see_its_replacement(reference):
    assert with_mistakes(reference, [three_times], "twice")(np.ones(2)).tolist() == [3, 3]
    assert with_mistakes(reference, [three_times], "step")(np.ones(1)).tolist() == [3]
    assert with_mistakes(reference, [three_times], "alone")(1) == 1


def test_a_mistake_sees_the_helpers_of_its_file_and_they_the_reference(reference):
    assert with_mistakes(reference, [hundred_more], "twice")(np.ones(1)).tolist() == [102]


def test_two_mistakes_see_each_other(reference):
    assert with_mistakes(reference, [three_times, hundred_more], "twice")(np.ones(1)).tolist() == [103]
    assert with_mistakes(reference, [hundred_more, three_times], "twice")(np.ones(1)).tolist() == [103]


def test_the_reference_itself_stays_as_it_is(reference):
    with_mistakes(reference, [three_times, hundred_more], "twice")
    assert reference["twice"](np.ones(1)).tolist() == [2]


def test_mistakes_combine_where_they_replace_different_steps():
    assert combine(three_times, hundred_more)
    assert not combine(three_times, three_times)


def test_a_step_is_reached_through_others(lab):
    topic, _, _ = lab.question("lstm_backward")
    assert {"sigmoid", "lstm_gates", "d_input_gate"} <= reaches(topic, "lstm_backward")
    assert "d_input_gate" not in reaches(topic, "lstm_forward")
    assert "lstm_cell" not in reaches(topic, "lstm_gates")


def test_known_mistakes_are_counted_as_they_are(lab, counted):
    counts = {topic.name: len(topic.mistakes) for topic in lab.assessment.topics}
    assert (
        f"{sum(counts.values())} known mistakes ({counts['tanh']} of the activations, {counts['lstm']} of"
        in counted
    )
    topic, _, _ = lab.question("lstm_forward")
    forward, backward = (reaches(topic, name) for name in ("lstm_forward", "lstm_backward"))
    of_forward = sum(one.replaces in forward for one in topic.mistakes)
    of_backward = sum(one.replaces in backward - forward for one in topic.mistakes)
    assert f"| inputs ({of_forward} known mistakes, forward) |" in counted
    assert f"| inputs ({of_backward} known mistakes, backward) |" in counted
    decision = Path(__file__).parents[2] / "docs" / "decisions" / "0031-grading-follow-on-credit.md"
    assert f"of the {of_forward} mistakes" in decision.read_text("utf-8")
