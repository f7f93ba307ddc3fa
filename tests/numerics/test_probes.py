import numpy as np
import pytest

from grader.errors import InputError
from grader.numerics.probes import PROBES, probe

UNBOUNDED = ("extremes", "whole-range")


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_is_a_flat_float64_array_and_always_the_same(name: str) -> None:
    first, second = probe(name), probe(name)
    assert first.dtype == np.float64
    assert first.ndim == 1
    assert first.tobytes() == second.tobytes()
    first[:] = 0
    assert probe(name).tobytes() == second.tobytes()


@pytest.mark.parametrize("name", sorted(set(PROBES) - {"nan"}))
def test_only_the_probe_of_that_name_holds_nan(name: str) -> None:
    assert not np.isnan(probe(name)).any()
    assert np.isnan(probe("nan")).sum() == 2


@pytest.mark.parametrize("name", UNBOUNDED)
def test_the_sizes_at_which_formulas_break_are_there_with_both_signs(name: str) -> None:
    numbers = set(probe(name).tolist())
    for size in (1e-300, 1e-17, 1e-9, 20, 40, 400, 800, 1e300, np.inf, 5e-324):
        assert {size, -size} <= numbers
    zeros = probe(name)[probe(name) == 0]
    assert set(np.signbit(zeros).tolist()) == {True, False}


def test_magnitudes_has_every_order_with_both_signs_and_differing_digits() -> None:
    numbers = probe("magnitudes")
    assert set(np.floor(np.log10(np.abs(numbers))).astype(int)) == set(range(-307, 308))
    assert (np.sort(-numbers) == np.sort(numbers)).all()
    digits = {f"{abs(number):.3e}"[:5] for number in numbers}
    assert len(digits) > 500


def test_the_whole_range_bends_where_functions_bend() -> None:
    numbers = np.unique(probe("whole-range"))
    inside = numbers[np.abs(numbers) <= 40]
    assert np.diff(inside).max() <= 0.25


def test_an_unknown_probe_is_told_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="no probe is called 'extreme'") as error:
        probe("extreme")
    assert "magnitudes" in error.value.complaints[0].hint
