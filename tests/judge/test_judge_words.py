"""Numbers in words: digits, factors, units."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.compare import compare
from grader.judge.words import clip, count_words, digits_right, error_words, gap_words, number, pair, pattern_words
from grader.model.key import Expected
from grader.model.outcome import Raised, Value
from grader.model.question import Rule, RuleKind

WANTED = np.array([0.3, -1.7, 2.9, 0.123456789012345])
FLOAT64 = np.dtype(np.float64)


@pytest.mark.parametrize(
    ("got", "wanted", "digits"),
    [(1.5, 1.0, 0), (-1.0, 1.0, 0), (1.01, 1.0, 1), (1.002, 1.0, 2), (3.14159, np.pi, 6), (1 + 2e-13, 1.0, 12),
     (1.0, 1.0, 16), (1e300, 1.0, 0), (1e-9, 0.0, None), (np.inf, 1.0, None), (1.0, np.nan, None)],
)  # fmt: skip
def test_digits_that_are_right_are_counted(got: float, wanted: float, digits: int | None):
    assert digits_right(abs(got - wanted), wanted) == digits


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_numbers_that_differ_look_different(got: float, wanted: float):
    texts = pair(got, wanted)
    assert (texts[0] != texts[1]) == (got != wanted)


def test_two_numbers_are_shown_with_few_digits_where_these_tell_them_apart():
    assert pair(0.8807970779778823, 0.9640275800758169) == ("0.880797", "0.964028")
    assert pair(0.1 + 0.2, 0.3) == ("0.30000000000000004", "0.29999999999999999")
    assert number(-0.0) == "0"


def gap(got: Any, wanted: Any, rule: Rule) -> str:
    wanted = np.asarray(wanted, dtype=float)
    expected = Expected(wanted, np.zeros_like(wanted), wanted, wanted)
    return gap_words(compare(Value("ndarray", np.asarray(got, dtype=float)), expected, rule), rule)


def test_the_gap_is_told_in_the_unit_of_the_rule():
    assert gap(1 + 931 * 2.0**-52, 1.0, Rule(RuleKind.ULP, 8)).startswith(
        "off by 931 ULP (12 of 16 digits right); 8 are allowed (one ULP is"
    )
    assert gap(1.25, 1.0, Rule(RuleKind.ABSOLUTE, 1e-6)) == "off by 0.25 (no digit right); 1e-6 is allowed"
    assert gap(1e-3, 0.0, Rule(RuleKind.EPS, 16)) == "off by 0.001; 3.6e-15 is allowed"
    assert gap([2.0, 4.1], [2.0, 4.0], Rule(RuleKind.NORMWISE, 1e-9)) == (
        "off by 0.1 (1 of 16 digits right); 4e-9 is allowed (1e-9 of the largest number)"
    )


def test_nan_and_infinities_are_told_and_counted():
    rule = Rule(RuleKind.ABSOLUTE, 1e-6)
    assert gap([np.nan, np.nan, 1], [1, 2, 1], rule) == "nan (not a number) where a number is wanted, 2 times"
    assert "nan in, nan out" in gap([0.0], [np.nan], rule)
    assert gap([np.inf], [1.0], rule) == "infinite where a finite number is wanted"
    assert gap([5.0], [np.inf], rule) == "5 where inf is wanted"
    assert gap([-np.inf], [np.inf], rule) == "-inf where inf is wanted"
    assert gap([1.7e308], [-1.7e308], rule) == "off by more than float64 can say"


@given(st.floats(), st.floats(), st.sampled_from(list(RuleKind)), st.floats(0, 1))
def test_no_gap_upsets_it(got: float, wanted: float, kind: RuleKind, tolerance: float):
    assert isinstance(gap([got], [wanted], Rule(kind, tolerance)), str)


@pytest.mark.parametrize(
    ("got", "text"),
    [
        (-WANTED, "every number has the wrong sign"),
        (2 * WANTED, "every number is 2 times what is wanted"),
        (WANTED / 4, "every number is 0.25 times what is wanted"),
        (-3 * WANTED, "every number is -3 times what is wanted"),
        (WANTED + 1, "every number is 1 too large"),
        (WANTED - 0.5, "every number is 0.5 too small"),
        (0 * WANTED, "every number is 0"),
        (0 * WANTED + 0.5, "every number is 0.5"),
        (np.round(WANTED * 1.00001, 3), "the numbers look rounded to 3 decimals"),
        (WANTED.astype(np.float32).astype(float), "only float32's 7 digits"),
        (np.tanh(WANTED), ""),
        (WANTED + 1e-12, ""),
        (WANTED * np.nan, ""),
    ],
)
def test_what_all_numbers_have_in_common_is_told(got: Any, text: str):
    found = pattern_words(got, WANTED, FLOAT64)
    assert (text in found) if text else found == ""


def test_one_number_has_no_pattern_but_its_precision():
    assert pattern_words(np.array([2.0]), np.array([1.0]), FLOAT64) == ""
    assert "float32" in pattern_words(np.array([float(np.float32(0.1))]), np.array([0.1]), FLOAT64)
    assert "came back as float32" in pattern_words(np.array([0.1000001]), np.array([0.1]), np.dtype(np.float32))


pieces = st.floats(width=16)


@given(st.lists(st.tuples(pieces, pieces), max_size=5))
def test_no_numbers_upset_it(pairs: list[tuple[float, float]]):
    got, wanted = (np.array([pair[k] for pair in pairs]) for k in (0, 1))
    assert isinstance(pattern_words(got, wanted, FLOAT64), str)


def test_how_many_numbers_are_wrong():
    assert count_words(1, 1) == ""
    assert count_words(1, 7) == "1 of 7 numbers is not right"
    assert count_words(3, 7) == "3 of 7 numbers are not right"
    assert count_words(7, 7) == "none of the 7 numbers is right"


def test_an_exception_of_a_hidden_case_is_told_by_a_type_that_no_student_made():
    assert error_words(Raised("ValueError", "x was 0.25"), public=True) == "ValueError: x was 0.25"
    assert error_words(Raised("ValueError", "x was 0.25"), public=False) == "ValueError"
    assert "0.25" not in error_words(Raised("X_was_0.25", ""), public=False)
    assert error_words(Raised("KeyError", ""), public=True) == "KeyError"


@given(st.text(), st.integers(1, 50))
def test_a_text_is_never_longer_than_it_may_be(text: str, most: int):
    assert len(clip(text, most)) <= most
    assert clip(text, len(text) + 1) == text
