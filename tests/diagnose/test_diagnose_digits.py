"""A right formula that loses digits is named by where it loses them, however it is written."""

import numpy as np
import pytest


def cancels(x):
    return 2 / (1 + np.exp(-2 * np.asarray(x))) - 1


def overflows(x):
    up, down = np.exp(x), np.exp(np.negative(x))
    return (up - down) / (down + up)


def overflows_above(x):
    square = np.exp(x) ** 2
    return (square - 1) / (square + 1)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (cancels, "tanh-cancels-near-zero"),
        (overflows, "tanh-overflows-on-both-sides"),
        (overflows_above, "tanh-overflows-for-positive-numbers"),
    ],
)
def test_a_form_that_loses_digits_is_named(lab, function, name):
    finding = lab.matcher("tanh").match(lab.run("tanh", function))
    assert finding.is_right
    assert name in finding.ids
    assert "where digits are lost" in finding.evidence


@pytest.mark.parametrize(
    "function",
    [
        np.tanh,
        lambda x: np.where(np.abs(x) < 1e-3, x, np.tanh(x)),
        lambda x: np.round(np.tanh(x), 13),
        lambda x: np.nan_to_num(np.tanh(x)),
        lambda x: np.tanh(np.clip(x, -15, 15)),
    ],
)
def test_no_form_is_named_where_digits_are_lost_elsewhere(lab, function):
    finding = lab.matcher("tanh").match(lab.run("tanh", function))
    assert finding.is_right
    assert finding.made == ()
