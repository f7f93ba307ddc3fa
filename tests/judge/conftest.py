"""True values by mpmath and a sandbox of a few lines: what the judge is tried on."""

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from grader.model.grade import QuestionGrade
from grader.model.inputs import Argument, Form
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import Frame, FunctionInfo, Loaded, Outcome, Raised, Status, Value
from grader.model.question import Case, Check, CodeQuestion, Item, Parameter, Remark, Rule, RuleKind

mpmath.mp.dps = 60


def exactly(values: Any) -> tuple[Any, Any]:
    """Split mpmath numbers into the nearest float64 and what rounding left over."""
    values = np.asarray(values, dtype=object)
    nearest = np.array([float(value) for value in values.flat]).reshape(values.shape)
    rest = [
        float(value - mpmath.mpf(near)) if np.isfinite(near) else 0.0
        for value, near in zip(values.flat, nearest.flat, strict=True)
    ]
    return nearest, np.array(rest).reshape(values.shape)


def expect(values: Any, **more: Any) -> Expected:
    """Make an Expected from mpmath numbers."""
    nearest, rest = exactly(values)
    return Expected(nearest, rest, more.pop("low", nearest), more.pop("high", nearest), **more)


def on_floats(function: Callable[[Any], Any], x: Any, derivative: Callable[[Any], Any] | None = None) -> Expected:
    """Evaluate a function of one number, given for mpmath, on an array; with its condition number if asked."""
    x = np.asarray(x, dtype=float)
    numbers = [mpmath.mpf(float(v)) for v in x.flat]
    values = np.array([function(v) for v in numbers], dtype=object).reshape(x.shape)
    if derivative is None:
        return expect(values)
    kappa = [
        float(abs(v * derivative(v) / f)) if f and mpmath.isfinite(v) else 1.0
        for v, f in zip(numbers, values.flat, strict=True)
    ]
    return expect(values, kappa=np.array(kappa).reshape(x.shape))


def give(argument: Argument) -> Any:
    """Give an argument its form."""
    value = argument.value
    match argument.form:
        case Form.SCALAR:
            return value.item()
        case Form.LIST:
            return value.tolist()
        case Form.READ_ONLY:
            value = value.copy()
            value.flags.writeable = False
            return value
        case Form.STRIDED if value.ndim:
            return np.repeat(value, 2, axis=-1)[..., ::2]
        case _:
            return value.copy()


def read(thing: Any) -> Value:
    """Read one result as the sandbox does."""
    name = type(thing).__name__
    if thing is None:
        return Value(name, None, "nothing was returned")
    try:
        array = np.asarray(thing)
    except ValueError as error:
        return Value(name, None, f"cannot be read as an array ({type(error).__name__})")
    if array.dtype.kind not in "biuf":
        kinds = {"O": "an array of objects", "U": "text", "c": "complex numbers"}
        return Value(name, None, kinds.get(array.dtype.kind, "something else"))
    return Value(name, array)


def call(function: Callable[..., Any], case: KeyedCase, results: int = 1) -> Outcome:
    """Call a function in this very process, and report as the sandbox does."""
    given = [give(argument) for argument in case.arguments]
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            returned = function(*given)
        except Exception as error:  # noqa: BLE001
            lines = traceback.extract_tb(error.__traceback__)[1:]
            frames = tuple(Frame("student.py", 7, line.name, "the line") for line in lines[:3])
            raised = Raised(type(error).__name__, str(error), frames)
            return Outcome(case.name, Status.ERROR, raised=raised, printed=printed.getvalue())
    changed = tuple(
        k for k, (thing, a) in enumerate(zip(given, case.arguments, strict=True)) if not _same(thing, a.value)
    )
    texts = tuple(f"{w.category.__name__}: {w.message}" for w in caught)
    said = {"changed": changed, "printed": printed.getvalue(), "warnings": texts}
    if results == 1:
        name = "NoneType" if returned is None else ""
        return Outcome(case.name, Status.PASSED, (read(returned),), name, 1, **said)
    if isinstance(returned, tuple | list):
        values = tuple(map(read, returned)) if len(returned) == results else ()
        name = "" if values else f"{type(returned).__name__} of {len(returned)}"
        return Outcome(case.name, Status.PASSED, values, name, len(returned), **said)
    name = type(returned).__name__
    name += f" of shape {returned.shape}" if isinstance(returned, np.ndarray) else ""
    return Outcome(case.name, Status.PASSED, (), name, 0 if returned is None else 1, **said)


def _same(thing: Any, value: Any) -> bool:
    return np.array_equal(np.asarray(thing), value, equal_nan=True)


class Bench:
    """Everything that a test of the judge needs, under one name."""

    def __init__(self) -> None:
        self.expect = expect
        self.on_floats = on_floats
        self.call = call

    @staticmethod
    def loaded(**more: Any) -> Loaded:
        """Return how the import of a file went."""
        return Loaded(more.pop("status", Status.PASSED), **more)

    @staticmethod
    def info(name: str, least: int = 1, most: int | None = 1) -> FunctionInfo:
        """Return what is known of a function."""
        return FunctionInfo(name, least, most)

    @staticmethod
    def case(name: str, x: Any, truth: Expected, *, public: bool = True, form: Form = Form.ARRAY) -> KeyedCase:
        """Make a case of one argument x."""
        return KeyedCase(name, name.replace("-", " "), public, (Argument("x", np.asarray(x), form),), (truth,))

    @staticmethod
    def tanh_question(**more: Any) -> CodeQuestion:
        """The shipped question on tanh, in small."""
        absolute, half = Rule(RuleKind.ABSOLUTE, 1e-6), Fraction(1, 2)
        checks = (
            Check("values", "The values are right.", half, ("by-hand", "grid", "drawn"), absolute),
            Check(
                "shapes", "Every shape comes back.", Fraction(1, 5), ("float", "read-only"), absolute,
                unchanged=True, needs="values",
            ),
            Check(
                "stable", "Large and small numbers work.", Fraction(1, 5), ("far", "nan"), Rule(RuleKind.EPS, 16),
                needs="values",
            ),
            Check(
                "accurate", "Nearly every digit is right.", Fraction(1, 10), ("near-zero",),
                Rule(RuleKind.ULP, 8, 2), needs="stable",
            ),
        )  # fmt: skip
        remarks = (
            Remark("float32", "dtype-kept", "float32", "float32 in does not give float32 back."),
            Remark("lists", "accepted", "list", "A list is not accepted."),
            Remark("quiet", "no-warnings", "far", "It warns on large numbers."),
        )
        settings: dict[str, Any] = {
            "id": "tanh/tanh", "title": "tanh", "prompt": "", "module": "activations", "function": "tanh",
            "parameters": (Parameter("x"),), "results": ("y",), "result_shapes": ((),), "checks": checks,
            "cases": (), "remarks": remarks, "elementwise": True,
        }  # fmt: skip
        return CodeQuestion(**(settings | more))

    def tanh_cases(self) -> tuple[KeyedCase, ...]:
        """Cases of the question on tanh: some public, some hidden."""
        slope = lambda v: 1 - mpmath.tanh(v) ** 2  # noqa: E731

        def case(name: str, x: Any, *, public: bool = True, form: Form = Form.ARRAY) -> KeyedCase:
            return self.case(name, x, on_floats(mpmath.tanh, x, slope), public=public, form=form)

        small = np.array([1e-300, -1e-17, 1e-9, 0.001, -0.3, 0.0, 1.0, 19.0])
        return (
            case("grid", np.linspace(-6, 6, 25)),
            case("by-hand", np.array([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])),
            case("drawn", np.round(np.random.default_rng(5).normal(size=16) * 2, 3), public=False),
            case("float", np.array(0.5), form=Form.SCALAR),
            case("read-only", np.array([[0.25, -1.5]]), form=Form.READ_ONLY),
            case("far", np.array([-np.inf, -800.0, -20.0, 20.0, 800.0, np.inf]), public=False),
            case("nan", np.array([np.nan, 1.0])),
            case("near-zero", small),
            case("float32", np.array([0.5, 2.0], dtype=np.float32)),
            case("list", np.array([0.5, 2.0]), form=Form.LIST),
        )

    @staticmethod
    def answers(question: CodeQuestion, cases: tuple[KeyedCase, ...], function: Any) -> dict[str, Outcome]:
        """Let a function answer every case."""
        return {case.name: call(function, case, len(question.results)) for case in cases}

    def judge(self, function: Any, question: CodeQuestion | None = None, **more: Any) -> QuestionGrade:
        """Judge a function's answers to the question on tanh, or to another one."""
        from grader.judge.score import judge_question

        question = question or self.tanh_question()
        cases: tuple[KeyedCase, ...] = more.pop("cases", None) or self.tanh_cases()
        outcomes: Mapping[str, Outcome] = self.answers(question, cases, function)
        return judge_question(
            Item(question, Fraction(more.pop("points", 10))), cases, more.pop("loaded", self.loaded()), outcomes
        )

    @staticmethod
    def lstm_question(function: str, parameters: str, results: str, **more: Any) -> CodeQuestion:
        """A question on a function of an LSTM, with a check for each result and one for the arguments."""
        shapes: dict[str, tuple[str | int, ...]] = {
            "x": ("N", "D"), "xs": ("T", "N", "D"), "W": ("D", "4H"), "U": ("H", "4H"), "b": ("4H",),
        } | dict.fromkeys(("dhs", "hs", "cs"), ("T", "N", "H"))  # fmt: skip
        names = tuple(results.split())
        cases = ("tiny", "differ", "square")
        checks = [
            Check(
                name, f"{name} is right.", Fraction(9, 10) / len(names), cases, Rule(RuleKind.NORMWISE, 1e-9), name
            )
            for name in names
        ]
        checks.append(Check("arguments", "The arguments are left alone.", Fraction(1, 10), cases, unchanged=True))
        sizes = {
            "tiny": {"T": 1, "N": 1, "D": 1, "H": 1},
            "differ": {"T": 4, "N": 2, "D": 3, "H": 5},
            "square": {"T": 4, "N": 4, "D": 4, "H": 4},
        }
        settings: dict[str, Any] = {
            "id": f"lstm/{function}", "title": function, "prompt": "", "module": "lstm", "function": function,
            "parameters": tuple(Parameter(name, shapes.get(name, ("N", "H"))) for name in parameters.split()),
            "results": names, "result_shapes": tuple(shapes.get(name, ("N", "H")) for name in names),
            "checks": tuple(checks),
            "cases": tuple(Case(name, name, name != "square", sizes[name]) for name in cases),
        }  # fmt: skip
        return CodeQuestion(**(settings | more))

    @staticmethod
    def lstm_cases(question: CodeQuestion, truth: Callable[..., Any]) -> tuple[KeyedCase, ...]:
        """Draw the inputs of an LSTM's cases and evaluate ``truth``, given for arrays of mpmath numbers."""
        keyed: list[KeyedCase] = []
        for case in question.cases:
            random = np.random.default_rng(3)
            values: list[Any] = []
            for parameter in question.parameters:
                shape = [_extent(entry, case.sizes) for entry in parameter.shape]
                scale = {"W": 0.5, "U": 0.5, "h0": 1.5, "c0": 1.5, "h_prev": 1.5, "c_prev": 1.5}
                values.append(np.round(random.normal(size=shape) * scale.get(parameter.name, 1.0), 3))
            exact = truth(*(np.vectorize(mpmath.mpf, otypes=[object])(value) for value in values))
            arguments = tuple(Argument(p.name, v) for p, v in zip(question.parameters, values, strict=True))
            keyed.append(KeyedCase(case.name, case.title, case.public, arguments, tuple(map(expect, exact))))
        return tuple(keyed)


def _extent(entry: str | int, sizes: Mapping[str, int]) -> int:
    if isinstance(entry, int):
        return entry
    factor, name = entry.rstrip("TNDH"), entry.lstrip("0123456789")
    return int(factor or 1) * sizes[name]


@pytest.fixture(scope="session")
def bench() -> Bench:
    """The workbench; it holds nothing that a test could change."""
    return Bench()
