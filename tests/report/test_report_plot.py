"""The pictures tell the truth, in drawing, words and numbers."""

import math
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.grade import Curve
from grader.report.histogram import draw_histogram
from grader.report.plot import draw_curve
from grader.report.svg import Axis, number, power

GRID = tuple(step / 4 for step in range(-24, 25))


def curve_of(got, wanted=math.tanh, x=GRID) -> Curve:
    return Curve(tuple(x), tuple(map(got, x)), tuple(map(wanted, x)))


def draw(curve: Curve):
    return draw_curve(curve, title="tanh(x)", ident="q1")


def as_float(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def test_the_largest_gap_is_named_with_its_place_and_both_values():
    """Held against a search by hand over the same points."""
    picture = draw(curve_of(lambda x: math.tanh(x / 2)))
    worst = max(GRID, key=lambda x: abs(math.tanh(x / 2) - math.tanh(x)))
    found = re.search(
        r"The largest gap is (\S+), at x = (\S+): (\S+) came back, (\S+) was wanted\.", picture.finding
    )
    gap, x, got, wanted = map(as_float, found.groups())
    assert gap == pytest.approx(abs(math.tanh(worst / 2) - math.tanh(worst)), rel=0.05)
    assert abs(x) == abs(worst)
    assert got == pytest.approx(math.tanh(x / 2), rel=1e-3)
    assert wanted == pytest.approx(math.tanh(x), rel=1e-3)
    off = sum(abs(math.tanh(x / 2) - math.tanh(x)) > 1e-6 for x in GRID)
    assert f"more than 0.000001 at {off} of {len(GRID)} inputs" in picture.finding


def test_two_numbers_that_differ_in_late_digits_are_written_so_that_it_shows():
    picture = draw(curve_of(lambda x: math.tanh(x) * (1 + 4e-16)))
    got, wanted = re.search(r": (\S+) came back, (\S+) was wanted", picture.finding).groups()
    assert got != wanted


def test_what_agrees_to_the_last_bit_is_said_to():
    picture = draw(curve_of(math.tanh))
    assert picture.finding.startswith("What came back is what was wanted, to the last digit, at all 49 inputs.")
    assert picture.finding.endswith("What is wrong does not show here.")
    assert 'class="lost"' not in picture.svg


def test_inputs_at_which_no_number_came_back_are_counted_and_crossed():
    picture = draw(curve_of(lambda x: math.nan if x > 5 else math.inf if x < -5.5 else math.tanh(x)))
    lost = [x for x in GRID if x > 5 or x < -5.5]
    where = "from x = \u22126 to x = \u22125.75 and from x = 5.25 to x = 6"
    start = f"At {len(lost)} of 49 inputs, {where}, inf or nan came back where a number was wanted."
    assert picture.finding.startswith(start)
    assert "at all other inputs" in picture.finding
    crosses = re.search('class="lost" d="([^"]*)"', picture.svg)[1]
    assert crosses.count("M") == 2 * len(lost) // 2


def test_nan_where_nan_is_wanted_is_no_fault():
    picture = draw(curve_of(lambda x: math.nan if x == 0 else x, lambda x: math.nan if x == 0 else x))
    assert "to the last digit" in picture.finding
    assert all(row.gap == "0" for row in picture.rows)


def test_the_line_is_broken_where_there_is_no_number():
    """A gap in the data is a gap in the drawing: a new piece starts after it."""
    picture = draw(curve_of(lambda x: math.nan if abs(x) < 1 else math.tanh(x)))
    got = re.search('class="got" d="(M[^"]*)"/><circle|class="got" d="(M[^"]{60,})"', picture.svg)
    path = next(filter(None, got.groups()))
    assert path.count("M") == 2
    assert path.count("M") + path.count("L") == sum(abs(x) >= 1 for x in GRID)


def test_the_description_is_the_finding_and_the_drawing_is_labelled_by_both():
    picture = draw(curve_of(lambda x: x))
    assert f'<desc id="q1-desc">{picture.finding}</desc>' in picture.svg
    assert '<title id="q1-title">tanh(x): came back and wanted' in picture.svg
    assert 'role="img"' in picture.svg
    assert 'aria-labelledby="q1-title q1-desc"' in picture.svg


def test_the_table_has_the_worst_input_and_says_how_many_are_left_out():
    x = tuple(step / 100 for step in range(500))
    worst = 3.07
    picture = draw(curve_of(lambda v: math.tanh(v) + (0.5 if v == worst else 0), x=x))
    assert len(picture.rows) <= 40
    assert picture.left_out + len(picture.rows) == 500
    assert next(row for row in picture.rows if row.x == "3.07").gap == "0.5"
    assert [as_float(row.x) for row in picture.rows] == sorted(as_float(row.x) for row in picture.rows)


def test_values_far_outside_are_cut_and_that_is_said():
    picture = draw(curve_of(lambda x: math.sinh(x * 100)))
    assert "cut off" in picture.finding
    assert "cut off" not in draw(curve_of(lambda x: x / 4)).finding


def test_a_line_that_leaves_the_frame_ends_there():
    """It does not run on along the edge, as if that had come back."""
    picture = draw(curve_of(lambda x: 1 - x * x, lambda x: 1 - math.tanh(x) ** 2))
    path = re.search('class="got" d="([^"]*)"', picture.svg)[1]
    places = [tuple(map(float, place.split())) for place in re.findall(r"[ML](-?[0-9.]+ -?[0-9.]+)", path)]
    bottom = max(y for _, y in places)
    assert [y for _, y in places].count(bottom) == 2  # once on the way in, once on the way out
    assert path.count("M") == 1


def test_points_may_come_in_any_order():
    curve = curve_of(lambda x: x)
    mixed = Curve(curve.x[::-1], curve.got[::-1], curve.wanted[::-1])
    assert draw(mixed) == draw(curve)


def test_the_same_curve_makes_the_same_bytes():
    assert draw(curve_of(math.sin)) == draw(curve_of(math.sin))


@pytest.mark.parametrize("x", [(), (1.0,), (1.0, 1.0), (math.nan, 1.0), (-math.inf, math.inf), (0.0, 5e-324)])
def test_there_is_no_picture_without_a_range(x):
    assert draw(Curve(x, x, x)) is None


ANY_FLOAT = st.one_of(
    st.floats(), st.sampled_from([0.0, -0.0, sys.float_info.max, -sys.float_info.max, 5e-324, math.inf])
)


@settings(max_examples=200)
@given(points=st.lists(st.tuples(ANY_FLOAT, ANY_FLOAT, ANY_FLOAT), max_size=12))
def test_any_numbers_make_a_drawing_within_its_frame(points, read_html):
    """Whatever came back: no crash, no coordinate that is no number, none outside the picture."""
    picture = draw(Curve(*(tuple(column) for column in zip(*points, strict=True)) if points else ((), (), ())))
    if picture is None:
        return
    svg = read_html(picture.svg)
    assert not svg.faults
    for _, name, value in svg.attributes:
        if name in {"d", "x", "y", "cx", "cy"}:
            assert "nan" not in value
            assert "inf" not in value
            assert "e" not in value
            assert all(-10 <= float(part) <= 480 for part in re.findall(r"-?[0-9.]+", value)), value
    assert len(picture.rows) + picture.left_out == sum(math.isfinite(x) for x, _, _ in points)


@given(st.floats(-1e300, 1e300), st.floats(1e-290, 1e300), st.integers(2, 8))
def test_ticks_are_round_and_inside(low, span, about):
    high = low + span
    ticks = Axis(low, high, 0, 100).ticks(about) if (high - low) / about > abs(low) * 1e-9 else [low]
    assert len(ticks) <= 2 * about + 2
    for tick in ticks:
        assert low - span * 1e-6 <= tick <= high + span * 1e-6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (-0.25, "\u22120.25"),
        (1e-7, "1e\u22127"),
        (6.02e23, "6.02e23"),
        (-0.0, "0"),
        (math.nan, "nan"),
        (-math.inf, "\u2212inf"),
    ],
)
def test_numbers_are_written_for_people(value, text):
    assert number(value) == text


def test_powers_are_written_with_raised_digits():
    assert [power(exponent) for exponent in (0, 3, -12)] == ["1", "10³", "10⁻¹²"]


def test_the_histogram_s_bars_are_as_high_as_their_counts():
    histogram = draw_histogram([1, 0, 0, 0, 0, 2, 0, 0, 4, 3], ident="scores")
    heights = [float(height) for height in re.findall('class="bar"[^>]* height="([0-9.]+)"', histogram.svg)]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 2, 4, 3], rel=0.02)
    assert (
        "The largest group, 4 of 10, has between 80 and 90 % of the points; 9 of 10 have half" in histogram.finding
    )
    assert histogram.rows[8] == ("80 and 90 %", 4)
    assert histogram.finding in histogram.svg


def test_a_class_of_nobody_has_a_histogram_too():
    assert draw_histogram([0] * 10, ident="scores").finding == "No student yet."


def test_text_from_outside_is_escaped_in_a_drawing(read_html):
    picture = draw_curve(curve_of(lambda x: x), title="</title><script>x</script>\x1b", ident="q1")
    assert "script" not in [tag for tag, _ in read_html(picture.svg).elements]
    assert "\x1b" not in picture.svg
