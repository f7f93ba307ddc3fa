"""A mistake that only raises errors is named where they say enough, and only there."""

import numpy as np
import pytest

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.crash import crash_kind


def relu_with_if(x):
    return x if x > 0 else 0.0


def relu_by_pythons_max(x):
    return max(0, x)


def relu_in_a_branch(x):
    y = np.array(x)
    if y <= 0:
        y = 0 * y
    return y


@pytest.mark.parametrize("function", [relu_with_if, relu_by_pythons_max, relu_in_a_branch])
def test_deciding_once_for_an_array_is_named_in_any_style(lab, function):
    """NumPy refuses to answer for arrays; single numbers come out right."""
    finding = lab.matcher("relu").match(lab.run("relu", function))
    assert finding.ids == {"relu-decides-once-for-the-array"}
    assert finding.evidence.startswith("raises the same error as this mistake on 8 of 11 inputs, and is right on")


def sigmoid_in_two_halves(x):
    if x < 0:
        small = np.exp(x)
        return small / (small + 1)
    return 1 / (np.exp(-x) + 1)


def test_a_stable_sigmoid_for_single_numbers_only_is_named(lab):
    """The derivative that builds on it shows the same."""

    def sigmoid_grad(x):
        s = sigmoid_in_two_halves(x)
        return s * (1 - s)

    for name, function in (("sigmoid", sigmoid_in_two_halves), ("sigmoid_grad", sigmoid_grad)):
        finding = lab.matcher(name).match(lab.run(name, function))
        assert finding.ids == {"sigmoid-decides-once-for-the-array"}


def test_a_mistake_that_raises_by_its_lengths_is_named(lab):
    """On cases where steps and sequences are as many it is right; elsewhere the index says how many there are."""
    topic, question, _ = lab.question("lstm_backward")
    [known] = [one for one in topic.mistakes if one.id == "as-many-steps-as-sequences"]
    outcomes = lab.run("lstm_backward", with_mistakes(topic.reference, [known], question.function))
    assert known.id in lab.matcher("lstm_backward").match(outcomes).ids


def raising(error):
    def relu(x):
        if np.size(x) != 1:
            raise error
        return np.maximum(x, 0)

    return relu


@pytest.mark.parametrize(
    "error",
    [
        ValueError("arrays are not for me"),
        ValueError("The truth is elsewhere"),
        TypeError("The truth value of an array with more than one element is ambiguous."),
        NotImplementedError(),
        IndexError("index 4 is out of bounds for axis 0 with size 4"),
    ],
)
def test_another_error_on_the_same_cases_is_no_evidence(lab, error):
    assert lab.matcher("relu").match(lab.run("relu", raising(error))).made == ()


def test_errors_beside_wrong_numbers_are_no_evidence(lab):
    """Where it returns it must be right."""
    assert lab.matcher("relu").match(lab.run("relu", lambda x: x + 5 if x > 0 else 0.0)).made == ()


def test_errors_on_every_case_are_no_evidence(lab):
    topic, question, _ = lab.question("lstm_backward")
    [known] = [one for one in topic.mistakes if one.id == "last-step-missing"]
    outcomes = lab.run("lstm_backward", with_mistakes(topic.reference, [known], question.function))
    assert all(one.raised for one in outcomes.values())
    assert lab.matcher("lstm_backward").match(outcomes).made == ()


def error_of(function):
    with pytest.raises(Exception) as caught:
        function()
    return crash_kind(type(caught.value).__name__, str(caught.value))


def test_lengths_that_do_not_fit_are_read_from_numpys_own_words():
    """Whichever way a product is written; the oracle is NumPy of this machine."""
    x, W = np.ones((2, 3)), np.ones((5, 4))
    assert error_of(lambda: x @ W) == "lengths 3 and 5"
    assert error_of(lambda: np.dot(x, W)) == "lengths 3 and 5"
    assert error_of(lambda: np.ones((2, 3)) + np.ones((2, 5))) == "lengths 3 and 5"
    assert error_of(lambda: np.ones((3, 2)) + np.ones((5, 2))) == "lengths 3 and 5"
    assert error_of(lambda: np.concatenate([np.ones((3, 2)), np.ones((5, 2))], axis=1)) == "lengths 3 and 5"
    assert error_of(lambda: np.ones(4)[4]) == "index 4 of 4"
    assert error_of(lambda: 1 if np.ones(2) > 0 else 0) == "truth of an array"
    assert error_of(lambda: int("x")) == ""
