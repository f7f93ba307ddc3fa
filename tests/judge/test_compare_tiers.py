"""The three tiers tell right from wrong: every form of an activation that students write, and what it must earn.

Each form is held against mpmath: ``values`` (|err| <= 1e-6 max(1, |f|) on drawn numbers), ``stable`` (16 eps over
the whole range, no nan) and ``accurate`` (8 + 2 kappa ULP). The table says which tiers it must pass.
"""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from grader.judge.compare import Fault, compare
from grader.model.key import Expected
from grader.model.outcome import Value
from grader.model.question import Rule, RuleKind

Array = Any
VALUES = Rule(RuleKind.ABSOLUTE, 1e-6)
STABLE = Rule(RuleKind.EPS, 16)
ACCURATE = Rule(RuleKind.ULP, 8, 2)

DRAWN = np.concatenate([np.random.default_rng(1).normal(size=64) * 2, [0.0, -1.0, 3.5]])
SIZES = [1e-300, 1e-17, 1e-9, 1e-5, 0.003, 0.1, 0.7, 5.0, 20.0, 40.0, 400.0, 709.0, 710.0, 800.0, 1e300]
RANGE = np.array([*SIZES, 0.0, *(-size for size in SIZES)])
INFINITE = np.array([np.inf, -np.inf])


def exp(x: Array) -> Array:
    return np.exp(x)


def expm1_tanh(x: Array) -> Array:
    e = np.expm1(-2 * np.abs(x))
    return np.where(x < 0, e / (2 + e), -e / (2 + e))


def split_sigmoid(x: Array) -> Array:
    e = exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def s(x: Array) -> Array:
    return 1 / (1 + exp(-x))


def single(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: function(x.astype(np.float32))


def single_inside(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: function(x.astype(np.float32)).astype(np.float64)


def derivative_sigmoid(v: Any) -> Any:
    e = mpmath.exp(-abs(v))
    return e / (1 + e) ** 2


def sigmoid(v: Any) -> Any:
    return 1 / (1 + mpmath.exp(-v)) if v >= 0 else mpmath.exp(v) / (1 + mpmath.exp(v))


TRUTHS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "tanh": (mpmath.tanh, lambda v: mpmath.sech(v) ** 2),
    "tanh_grad": (lambda v: mpmath.sech(v) ** 2, lambda v: -2 * mpmath.tanh(v) * mpmath.sech(v) ** 2),
    "sigmoid": (sigmoid, derivative_sigmoid),
    "sigmoid_grad": (derivative_sigmoid, lambda v: derivative_sigmoid(v) * (1 - 2 * sigmoid(v))),
    "relu": (lambda v: max(v, mpmath.mpf(0)), lambda v: mpmath.mpf(v > 0)),
    "relu_grad": (lambda v: mpmath.mpf(v > 0), lambda _: mpmath.mpf(0)),
}
LIMITS = {
    "tanh": [1, -1], "tanh_grad": [0, 0], "sigmoid": [1, 0], "sigmoid_grad": [0, 0], "relu": [np.inf, 0],
    "relu_grad": [1, 0],
}  # fmt: skip

FORMS: list[tuple[str, str, Callable[[Array], Array], str]] = [
    # function, form, code, the tiers it must pass: v(alues), s(table), a(ccurate)
    ("tanh", "np.tanh", np.tanh, "vsa"),
    ("tanh", "expm1", expm1_tanh, "vsa"),
    ("tanh", "clipped at 20", lambda x: np.tanh(np.clip(x, -20, 20)), "vsa"),
    ("tanh", "complex", lambda x: np.real(np.tanh(x + 0j)), "vsa"),
    ("tanh", "definition", lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x)), "v"),
    ("tanh", "one exponential", lambda x: (exp(2 * x) - 1) / (exp(2 * x) + 1), "v"),
    ("tanh", "sinh over cosh", lambda x: np.sinh(x) / np.cosh(x), "v"),
    ("tanh", "from the sigmoid", lambda x: 2 * s(2 * x) - 1, "vs"),
    ("tanh", "1 - 2/(1+e^2x)", lambda x: 1 - 2 / (1 + exp(2 * x)), "vs"),
    ("tanh", "float32 returned", single(np.tanh), "v"),
    ("tanh", "float32 inside", single_inside(np.tanh), "v"),
    ("tanh", "seven decimals", lambda x: np.round(np.tanh(x), 7), "v"),
    ("tanh", "half the argument", lambda x: np.tanh(x / 2), ""),
    ("tanh", "softsign", lambda x: x / (1 + np.abs(x)), ""),
    ("tanh", "four decimals", lambda x: np.round(np.tanh(x), 4), ""),
    ("tanh", "truncated e", lambda x: (2.718**x - 2.718**-x) / (2.718**x + 2.718**-x), ""),
    ("tanh_grad", "1 - t^2", lambda x: 1 - np.tanh(x) ** 2, "vs"),
    ("tanh_grad", "4e/(1+e)^2", lambda x: 4 * exp(-2 * abs(x)) / (1 + exp(-2 * abs(x))) ** 2, "vsa"),
    ("tanh_grad", "1/cosh^2", lambda x: 1 / np.cosh(x) ** 2, "vsa"),
    ("tanh_grad", "forward difference", lambda x: (np.tanh(x + 1e-5) - np.tanh(x)) / 1e-5, ""),
    ("tanh_grad", "of the output", lambda x: 1 - x**2, ""),
    ("sigmoid", "1/(1+e^-x)", s, "vsa"),
    ("sigmoid", "split at 0", split_sigmoid, "vsa"),
    ("sigmoid", "by tanh", lambda x: 0.5 * (1 + np.tanh(x / 2)), "vs"),
    ("sigmoid", "e^x/(1+e^x)", lambda x: exp(x) / (1 + exp(x)), "v"),
    ("sigmoid", "hard", lambda x: np.clip(0.2 * x + 0.5, 0, 1), ""),
    ("sigmoid_grad", "s(1-s)", lambda x: s(x) * (1 - s(x)), "vs"),
    ("sigmoid_grad", "e^-x/(1+e^-x)^2", lambda x: exp(-x) / (1 + exp(-x)) ** 2, "v"),
    ("relu", "maximum", lambda x: np.maximum(x, 0), "vsa"),
    ("relu", "where", lambda x: np.where(x > 0, x, 0), "vsa"),
    ("relu", "half of x + |x|", lambda x: (x + np.abs(x)) / 2, "v"),
    ("relu", "mask times x", lambda x: x * (x > 0), "v"),
    ("relu", "leaky", lambda x: np.where(x > 0, x, 0.01 * x), ""),
    ("relu_grad", "whole numbers", lambda x: (x > 0).astype(int), "vsa"),
    ("relu_grad", "truth values", lambda x: x > 0, "vsa"),
    ("relu_grad", "1 at zero", lambda x: (x >= 0) * 1.0, "vsa"),
    ("relu_grad", "heaviside", lambda x: np.heaviside(x, 0.5), "vsa"),
    ("relu_grad", "sign", np.sign, ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def truths(bench: Any) -> dict[tuple[str, str], tuple[Array, Expected]]:
    """The true values of every function on what each tier asks about."""
    made: dict[tuple[str, str], tuple[Array, Expected]] = {}
    for name, (function, slope) in TRUTHS.items():
        for tier, x in (("v", DRAWN), ("s", RANGE), ("a", RANGE)):
            expected = bench.on_floats(function, x, slope)
            if name == "relu_grad":
                high = np.where(x == 0, 1.0, expected.high)
                expected = Expected(expected.nearest, expected.rest, expected.low, high, expected.kappa)
            made[name, tier] = x, expected
        limit = np.array(LIMITS[name], dtype=float)
        made[name, "limits"] = INFINITE, Expected(limit, np.zeros(2), limit, limit)
    return made


@pytest.mark.parametrize(("name", "form", "code", "tiers"), FORMS, ids=[f"{row[0]}: {row[1]}" for row in FORMS])
def test_every_form_passes_the_tiers_that_it_must_and_no_other(
    name: str, form: str, code: Callable[[Array], Array], tiers: str, truths: dict[tuple[str, str], Any]
):
    passed = ""
    for tier, rule, also in (("v", VALUES, ()), ("s", STABLE, ("limits",)), ("a", ACCURATE, ("limits",))):
        with np.errstate(all="ignore"):
            pairs = [(code(truths[name, part][0]), truths[name, part][1]) for part in (tier, *also)]
        if all(compare(Value("ndarray", np.asarray(got)), expected, rule).passed for got, expected in pairs):
            passed += tier
    assert passed == tiers, form


def test_the_definition_of_tanh_fails_by_nan(truths: dict[tuple[str, str], Any]):
    x, expected = truths["tanh", "s"]
    with np.errstate(all="ignore"):
        got = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    found = compare(Value("ndarray", got), expected, STABLE)
    assert found.fault is Fault.NAN
    assert found.nan_count == np.isnan(got).sum() > 0
