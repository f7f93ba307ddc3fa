"""The functions and constants that a formula may name, each on python-flint's balls.

Where a function has no value for certain it raises UndefinedError; where its ball is too wide to tell, the result
is a ball around nan, and more precision may help. Nothing here depends on what is written, or by whom.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from operator import methodcaller
from typing import Any

from flint import arb

__all__ = [
    "ARGUMENTS",
    "CONSTANTS",
    "FUNCTIONS",
    "INVERSES",
    "UndefinedError",
    "divide",
    "names_of_function",
    "raise_to",
]

LARGEST_ANGLE = 2.0**64  # beyond, sin needs as many digits more as the angle has, and means nothing
LARGEST_POWER = 10_000  # by repeated multiplication; above it by exp and log


class UndefinedError(ArithmeticError):
    """A value that certainly does not exist."""


def divide(left: Any, right: Any) -> Any:
    """Return a quotient."""
    if right == 0:
        raise UndefinedError("a division by zero")
    return left / right


def raise_to(base: Any, exponent: Any, exact: Fraction | None) -> Any:
    """Return a power; ``exact`` is the exponent where it is known exactly, which a negative base can bear."""
    if exact is not None and exact.denominator == 1 and abs(exact) <= LARGEST_POWER:
        if base == 0 and exact < 0:
            raise UndefinedError("a division by zero")
        return _multiplied(base, int(exact))
    if exponent.is_integer() and abs(exponent) <= LARGEST_POWER:  # looked at first: 2^2^99 is an integer, too
        return raise_to(base, exponent, Fraction(int(exponent.unique_fmpz())))
    if exponent < 0 and base == 0:
        raise UndefinedError("a division by zero")
    if base < 0 and not exponent.contains_integer():
        raise UndefinedError("a root of a negative number")
    if exponent > 0 and base.contains(0):  # if it has a value at all, its base is not negative
        return arb(0).union(base.upper() ** exponent)
    return base**exponent


def _multiplied(base: Any, exponent: int) -> Any:
    """Return a whole power, by squaring: arb's own is nan for each ball whose middle is 0, however small it is."""
    if exponent < 0:
        base, exponent = 1 / base, -exponent
    power = arb(1)
    while exponent:
        if exponent & 1:
            power *= base
        exponent >>= 1
        base = base * base if exponent else base
    return power


def _sqrt(x: Any) -> Any:
    if x < 0:
        raise UndefinedError("the root of a negative number")
    return x.nonnegative_part().sqrt()  # if it has a value at all, its argument is not negative


def _ln(x: Any) -> Any:
    if x <= 0:
        raise UndefinedError("the logarithm of a number that is not positive")
    return x.log()


def _log1p(x: Any) -> Any:
    if x <= -1:
        raise UndefinedError("the logarithm of a number that is not positive")
    return x.log1p()


def _log_of(base: int) -> Callable[[Any], Any]:
    def log(x: Any) -> Any:
        return _ln(x) / arb(base).log()

    return log


def _wave(name: str) -> Callable[[Any], Any]:
    """Return sin, cos or tan."""
    ask = methodcaller(name)

    def wave(x: Any) -> Any:
        return ask(x) if abs(x) < LARGEST_ANGLE else arb("nan")

    return wave


def _inside(name: str, says: str) -> Callable[[Any], Any]:
    """Return the inverse of a function whose values stay between -1 and 1."""
    ask = methodcaller(name)

    def inverse(x: Any) -> Any:
        if abs(x) > 1 or (name == "atanh" and abs(x) >= 1):
            raise UndefinedError(f"{says} of a number beyond -1 and 1")
        return ask(x)

    return inverse


def _arcosh(x: Any) -> Any:
    if x < 1:
        raise UndefinedError("arcosh of a number below 1")
    return x.acosh()


def _coth(x: Any) -> Any:
    return divide(arb(1), x.tanh())


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + (-x).exp())


def _sech(x: Any) -> Any:
    return 1 / x.cosh()


def _softplus(x: Any) -> Any:
    return (1 + x.exp()).log()


def _relu(x: Any) -> Any:
    return x.max(arb(0))


def _smallest(*values: Any) -> Any:
    return reduce(arb.min, values)


def _largest(*values: Any) -> Any:
    return reduce(arb.max, values)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: methodcaller(name) for name in ("exp", "expm1", "tanh", "sinh", "cosh", "floor", "ceil")},
    **{name: _wave(name) for name in ("sin", "cos", "tan")},
    "log1p": _log1p,
    "sqrt": _sqrt,
    "ln": _ln,
    "log": _ln,
    "log2": _log_of(2),
    "log10": _log_of(10),
    "abs": abs,
    "sign": methodcaller("sgn"),
    "coth": _coth,
    "sech": _sech,
    **dict.fromkeys(("artanh", "arctanh", "atanh"), _inside("atanh", "artanh")),
    **dict.fromkeys(("arsinh", "arcsinh", "asinh"), methodcaller("asinh")),
    **dict.fromkeys(("arcosh", "arccosh", "acosh"), _arcosh),
    **dict.fromkeys(("arctan", "atan"), methodcaller("atan")),
    **dict.fromkeys(("arcsin", "asin"), _inside("asin", "arcsin")),
    **dict.fromkeys(("arccos", "acos"), _inside("acos", "arccos")),
    **dict.fromkeys(("sigmoid", "sigma", "\u03c3", "logistic"), _sigmoid),
    "softplus": _softplus,
    "relu": _relu,
    "min": _smallest,
    "max": _largest,
}
CONSTANTS: Mapping[str, Callable[[], Any]] = {"e": arb.const_e, "pi": arb.pi, "\u03c0": arb.pi}
ARGUMENTS = {"min": (1, 20), "max": (1, 20)}
INVERSES = {
    "tanh": "artanh", "sinh": "arsinh", "cosh": "arcosh", "tan": "arctan", "sin": "arcsin", "cos": "arccos",
}  # fmt: skip


def names_of_function(name: str) -> frozenset[str]:
    """Return all names of a function: ``artanh`` is ``arctanh`` and ``atanh``, too."""
    return frozenset(other for other, function in FUNCTIONS.items() if function is FUNCTIONS.get(name))
