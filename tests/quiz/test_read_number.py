"""A number is read as people write it, exactly; what could be two numbers is refused in words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.numbers import ReadError, read_number

READ = [
    # what is written, the number, its significant digits (0: not known)
    ("0.4621", "0.4621", 4),
    (" .5 ", "0.5", 1),
    ("5.", "5", 1),
    ("0.500", "0.5", 3),
    ("-0.0040", "-0.004", 2),
    ("+3", "3", 1),
    ("\u22123", "-3", 1),
    ("- 3", "-3", 1),
    ("4.621e-1", "0.4621", 4),
    ("4.621E-1", "0.4621", 4),
    ("4.621*10^-1", "0.4621", 4),
    ("4.621 \u00d7 10\u207b\u00b9", "0.4621", 4),
    ("4.621\u00b710^(-1)", "0.4621", 4),
    ("1e400", "1" + "0" * 400, 1),
    ("0,4621", "0.4621", 4),
    ("0,462", "0.462", 3),
    ("12,5", "12.5", 3),
    ("1,2345", "1.2345", 5),
    ("1.234", "1.234", 4),
    (",5", "0.5", 1),
    ("1/3", "1/3", 0),
    ("-1 / 3", "-1/3", 0),
    ("\u00bd", "1/2", 0),
    ("2\u00bd", "5/2", 0),
    ("1 234.5", "1234.5", 5),
    ("1\u202f234\u202f567", "1234567", 7),
    ("1'234", "1234", 4),
    ("1,234.5", "1234.5", 5),
    ("1.234,5", "1234.5", 5),
    ("1 234,567", "1234.567", 7),
    ("1,234,567", "1234567", 7),
    ("1.234.567", "1234567", 7),
    ("\u2248 0.46", "0.46", 2),
    ("12 bits", "12", 2),
    ("12BITS", "12", 2),
    (3, "3", 0),
    (-2.5, "-2.5", 0),
    (0.1, "1/10", 0),
    (1e-7, "1/10000000", 0),
]  # fmt: skip


@pytest.mark.parametrize(("written", "number", "digits"), READ)
def test_a_number_is_read_exactly(written, number, digits):
    read = read_number(written, "bits")
    assert read.value == Fraction(number)
    assert read.digits == digits


REFUSED = [
    ("1,234", "could be 1.234 or 1234: write one of the two"),
    ("-12,345", "could be 12.345 or 12345"),
    ("50 %", "could be a share or a count of hundredths"),
    ("2 1/2", "could be two numbers"),
    ("1+1", "is to be worked out"),
    ("2*3", "is to be worked out"),
    ("10^3", "is to be worked out"),
    ("1/0", "divides by zero"),
    ("12 34", "is no number"),
    ("1.2.3", "is no number"),
    ("1,2,3", "is no number"),
    ("--5", "is no number"),
    ("abc", "is no number"),
    ("0x10", "is no number"),
    ("1_000", "is no number"),
    ("\u0663", "is no number"),
    ("e5", "is no number"),
    ("", "is no number"),
    ("nan", "a finite number is asked for"),
    ("-inf", "a finite number is asked for"),
    ("\u221e", "a finite number is asked for"),
    ("1e401", "too large or too small"),
    ("1e99999999", "too large or too small"),
    ("1*10^99999999999", "too large or too small"),
    ("9" * 61, "a text of 61 characters"),
    (10**600, "too large"),
    (float("nan"), "a finite number is asked for"),
    (float("inf"), "a finite number is asked for"),
    (True, "`true` is no number"),
    (False, "`false` is no number"),
    (None, "a list or a mapping"),
    ([1], "a list or a mapping"),
    ({"a": 1}, "a list or a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "says"), REFUSED)
def test_what_is_no_number_or_could_be_two_is_refused_in_words(written, says):
    with pytest.raises(ReadError) as caught:
        read_number(written)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 160


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_what_python_writes_is_read_with_point_or_comma(number):
    assert read_number(str(number)).value == Fraction(number)
    with_comma = f"{abs(number):f}".replace(".", ",")  # six decimals: never three
    assert read_number(with_comma).value == abs(Fraction(number))


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_thousands_may_be_set_apart_where_nothing_else_can_be_meant(whole, cents):
    value = Fraction(whole * 100 + cents, 100)
    english = f"{whole:,}.{cents:02}"
    for written in (
        english,
        english.replace(",", " "),
        english.replace(",", "'"),
        english.replace(",", "x").replace(".", ",").replace("x", "."),
    ):
        assert read_number(written).value == value


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_float_means_the_decimal_that_was_written(number):
    assert read_number(number).value == Fraction(repr(number))


@given(st.text(alphabet="0123456789.,eE+-*/^() '\u00bd\u2212\u00d7\u207b\u00b9", max_size=24))
def test_any_text_is_a_number_or_a_sentence(written):
    try:
        said = str(read_number(written, "bits").value)
    except ReadError as error:
        said = str(error)
    assert said
