"""Inputs: the same for the same seed, easy to paste, and of the shape and form that the bank asks for."""

from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assessment.cases import draw, shape_of
from grader.errors import InputError
from grader.model.inputs import Form
from grader.model.question import Case, CodeQuestion, Draw, Parameter
from grader.numerics.probes import probe

SEED = "autumn"


def question(*parameters: Parameter, called: str = "topic/function") -> CodeQuestion:
    return CodeQuestion(
        id=called, title="", prompt="", module="m", function="f", parameters=parameters, results=("y",),
        result_shapes=((),), checks=(), cases=(),
    )  # fmt: skip


def case(name: str = "a-case", sizes: dict[str, int] | None = None, **draws: Draw) -> Case:
    return Case(name, name, True, MappingProxyType(sizes or {}), MappingProxyType(draws))


def numbers(how: Draw, **sizes: int) -> np.ndarray:
    return draw(question(Parameter("x", ("N", "4H"))), case(sizes=sizes, x=how), SEED)[0].value


NORMAL = Draw(normal=1.5, shape=(50,))
DRAWN_IN_2026 = [2.165, 0.228, -1.626, -0.076]


def drawn(called: str, named: str, parameter: str, seed: str) -> bytes:
    asked = question(Parameter(parameter, (), NORMAL), called=called)
    return draw(asked, case(named), seed)[0].value.tobytes()


def test_the_same_names_draw_the_same_numbers() -> None:
    assert drawn("t/f", "one", "x", SEED) == drawn("t/f", "one", "x", SEED)


def test_every_name_counts_and_none_runs_into_the_next() -> None:
    wordings = [
        ("t/f", "one", "x", SEED), ("t/g", "one", "x", SEED), ("t/f", "two", "x", SEED), ("t/f", "one", "y", SEED),
        ("t/f", "one", "x", "winter"), ("t/f", "on", "ex", SEED), ("t/f", "o", "nex", SEED),
        ("t/fone", "", "x", SEED),
    ]  # fmt: skip
    assert len({drawn(*names) for names in wordings}) == len(wordings)


def test_a_further_case_or_parameter_changes_no_other_input() -> None:
    x, y = Parameter("x", (), NORMAL), Parameter("y", (), NORMAL)
    (alone,) = draw(question(x), case(), SEED)
    _, beside = draw(question(y, x), case(), SEED)
    assert alone.value.tobytes() == beside.value.tobytes()


def test_what_is_drawn_stays_the_same_for_ever() -> None:
    """Other numbers here mean that every assessment changes: then the engine's digest must change too."""
    assert numbers(Draw(normal=1.0, shape=(4,))).tolist() == DRAWN_IN_2026


@given(st.floats(1e-3, 1e3), st.integers(0, 6))
def test_drawn_numbers_have_few_decimals_and_no_negative_zero(scale: float, decimals: int) -> None:
    for how in (
        Draw(normal=scale, shape=(40,), decimals=decimals),
        Draw(uniform=(-scale, scale), shape=(40,), decimals=decimals),
        Draw(linspace=(-scale, scale, 41), decimals=decimals),
    ):
        value = numbers(how)
        assert all(float(f"{number:.{decimals}f}") == number for number in value.tolist())
        assert not np.signbit(value[value == 0]).any()


def test_normal_numbers_have_the_scale_and_the_shift_that_were_asked_for() -> None:
    value = numbers(Draw(normal=2.0, shift=5.0, shape=(4000,)))
    assert value.mean() == pytest.approx(5, abs=0.15)
    assert value.std() == pytest.approx(2, abs=0.1)
    even = numbers(Draw(uniform=(1.0, 3.0), shape=(4000,)))
    assert 1 <= even.min() < even.max() <= 3
    assert even.std() == pytest.approx(2 / 12**0.5, abs=0.05)


def test_shapes_come_from_the_parameter_unless_the_draw_has_its_own() -> None:
    assert numbers(Draw(normal=1.0), N=2, H=3).shape == (2, 12)
    assert numbers(Draw(normal=1.0, shape=("H", 2, "N")), N=4, H=3).shape == (3, 2, 4)
    assert shape_of(("2N", 5, "H"), {"N": 3, "H": 0}) == (6, 5, 0)


@pytest.mark.parametrize(
    ("values", "shape"),
    [(0.5, ()), ((), (0,)), (((), ()), (2, 0)), ((1, 2), (2,)), ((((1.0, 2.0),), ((3.0, 4.0),)), (2, 1, 2))],
)
def test_literal_values_have_the_shape_that_they_are_written_in(values: Any, shape: tuple[int, ...]) -> None:
    value = numbers(Draw(values=values))
    assert value.shape == shape
    assert value.dtype == np.float64


def test_infinities_and_nan_may_be_written() -> None:
    value = numbers(Draw(values=(float("inf"), float("nan"), -0.0)))
    assert np.isinf(value[0])
    assert np.isnan(value[1])
    assert np.signbit(value[2])


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "uint8", "bool"])
def test_the_dtype_is_kept(dtype: str) -> None:
    assert numbers(Draw(values=(0, 1, 1), dtype=dtype)).dtype == dtype


def test_a_probe_is_drawn_by_its_name() -> None:
    assert numbers(Draw(probe="extremes")).tobytes() == probe("extremes").tobytes()
    with np.errstate(over="raise"):
        assert np.isinf(numbers(Draw(probe="extremes", dtype="float32"))).sum() == 4


@pytest.mark.parametrize("form", Form)
def test_the_form_travels_with_the_argument(form: Form) -> None:
    asked = question(Parameter("x", (), Draw(values=1.0, form=form)))
    assert draw(asked, case(), SEED)[0].form is form


def test_arguments_are_in_the_order_of_the_parameters_and_cannot_be_changed() -> None:
    parameters = [Parameter(name, (), Draw(values=(1.0, 2.0))) for name in ("c", "a", "b")]
    arguments = draw(question(*parameters), case(), SEED)
    assert [argument.name for argument in arguments] == ["c", "a", "b"]
    assert not any(argument.value.flags.writeable for argument in arguments)


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        (Draw(), "nothing says how it is drawn"),
        (Draw(normal=1.0, shape=("K",)), "the size 'K' has no value"),
        (Draw(values=(1.0, 2.0), form=Form.SCALAR), r"a scalar is one number, and this has the shape \(2,\)"),
        (Draw(probe="extreme"), "no probe is called 'extreme'"),
        (Draw(values=(1.0,), dtype="float65"), "float65"),
        (Draw(values=((1.0,), (1.0, 2.0))), "inhomogeneous"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_question_case_and_parameter(how: Draw, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as error:
        draw(question(Parameter("x", ())), case(x=how), SEED)
    assert "topic/function, case 'a-case', parameter 'x'" in str(error.value)
