"""Formulas that people write, such as ``1 - y^2`` or ``2 sigmoid(2x) - 1``: read by a grammar, evaluated in balls.

What is read is a tree of our own numbers, names and functions; nothing that is written is ever executed as code.
Values are python-flint's balls, so that they come with a proven bound and are the same on every machine.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from operator import methodcaller
from typing import Any

from flint import arb, ctx, fmpq

__all__ = ["CONSTANTS", "FUNCTIONS", "Formula", "FormulaError", "ball", "nearest", "parse"]

BITS = 240
LONGEST = 400  # characters of a formula
DEEPEST = 60  # levels of a formula
LARGEST_POWER = 10_000

GRAMMAR = r"""
?start: sum
?sum: product
    | sum "+" product -> add
    | sum "-" product -> sub
?product: signed
    | product "*" signed -> mul
    | product "/" signed -> div
    | product following -> mul
?signed: power | "-" signed -> neg | "+" signed
?power: atom | atom ("^" | "**") exponent -> pow
?following: word | word ("^" | "**") exponent -> pow
?exponent: power | "-" exponent -> neg
?atom: NUMBER -> number | word
?word: VARIABLE -> variable
    | FUNCTION "(" sum ("," sum)* ")" -> call
    | FUNCTION ("^" | "**") NUMBER "(" sum ")" -> called_power
    | "(" sum ")"
NUMBER: /(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?/
%ignore /\s+/
"""

# what people type or paste for the signs of the grammar
SIGNS = str.maketrans({
    "\u2212": "-", "\u2013": "-", "\u00b7": "*", "\u22c5": "*", "\u00d7": "*", "\u2217": "*",
    "\u2215": "/", "\u00f7": "/", "[": "(", "]": ")", "\u00b2": "^2 ", "\u00b3": "^3 ",
})  # fmt: skip


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + (-x).exp())


def _sech(x: Any) -> Any:
    return 1 / x.cosh()


def _softplus(x: Any) -> Any:
    return (1 + x.exp()).log()


def _relu(x: Any) -> Any:
    return x.max(arb(0))


def _log_of(base: int) -> Callable[[Any], Any]:
    def log(x: Any) -> Any:
        return x.log() / arb(base).log()

    return log


def _smallest(*values: Any) -> Any:
    return reduce(arb.min, values)


def _largest(*values: Any) -> Any:
    return reduce(arb.max, values)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: methodcaller(name) for name in ("exp", "sqrt", "tanh", "sinh", "cosh", "coth", "sin", "cos", "tan")},
    "ln": methodcaller("log"),
    "log": methodcaller("log"),
    "log2": _log_of(2),
    "log10": _log_of(10),
    "abs": abs,
    "sech": _sech,
    "artanh": methodcaller("atanh"),
    "arctanh": methodcaller("atanh"),
    "atanh": methodcaller("atanh"),
    "arctan": methodcaller("atan"),
    "sigmoid": _sigmoid,
    "sigma": _sigmoid,
    "\u03c3": _sigmoid,
    "softplus": _softplus,
    "relu": _relu,
    "min": _smallest,
    "max": _largest,
    "floor": methodcaller("floor"),
    "ceil": methodcaller("ceil"),
}
CONSTANTS: Mapping[str, Callable[[], Any]] = {"e": arb.const_e, "pi": arb.pi, "\u03c0": arb.pi}
ARGUMENTS = {"min": (1, 20), "max": (1, 20)}


class FormulaError(ValueError):
    """A text that is no formula; ``column`` counts from 1, 0 where no place can be named."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its names, and a tree of tuples."""

    text: str
    names: frozenset[str]
    tree: Any

    def value(self, values: Mapping[str, Any]) -> Any:
        """Evaluate in balls; a value that does not exist is a ball around nan."""
        before = ctx.prec
        ctx.prec = BITS
        try:
            return _value(self.tree, values)
        finally:
            ctx.prec = before


def ball(number: Fraction | int) -> Any:
    """Return the ball of an exact number."""
    number = Fraction(number)
    before = ctx.prec
    ctx.prec = BITS
    try:
        return arb(fmpq(number.numerator, number.denominator))
    finally:
        ctx.prec = before


def nearest(value: Any) -> float:
    """Return the float64 nearest to a ball; nan where the ball is too wide to tell."""
    if not value.is_finite():
        return float("nan")
    middle, radius = float(value.mid()), float(value.rad())
    return middle if radius <= abs(middle) * 1e-17 or radius < 1e-30 else float("nan")


def parse(text: str, variables: Collection[str]) -> Formula:
    """Read a formula in some variables. Raises FormulaError, with the place where there is one."""
    from lark import exceptions

    if len(text) > LONGEST:
        raise FormulaError(f"it is longer than {LONGEST} characters")
    if not text.strip():
        raise FormulaError("it is empty")
    plain = text.translate(SIGNS)
    known = frozenset(variables)
    try:
        tree = _parser(known).parse(plain)
    except exceptions.UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        raise FormulaError(_unknown(plain, at, known), at + 1) from None
    except exceptions.UnexpectedToken as error:
        at = len(plain) if error.token.type == "$END" else error.pos_in_stream or 0
        words = "it ends too early" if at == len(plain) else f"`{plain[at : at + 12].strip()}` does not fit here"
        raise FormulaError(words, at + 1) from None
    made = _made(tree, 0)
    return Formula(text.strip(), frozenset(_names(made)), made)


@cache
def _parser(variables: frozenset[str]) -> Any:
    """Make the parser: names of functions, constants and variables are words of the grammar, longest first."""
    import re

    from lark import Lark

    def word(name: str, names: Collection[str], priority: int) -> str:
        ordered = sorted(names, key=lambda one: (-len(one), one))
        body = "|".join(re.escape(one).replace("/", "\\/") for one in ordered)
        return f"\n{name}.{priority}: /({body})(?![A-Za-z0-9_]*[A-Za-z_])/" if ordered else ""

    functions = [name for name in FUNCTIONS if name not in variables]
    plain = [*variables, *(name for name in CONSTANTS if name not in variables)]
    return Lark(GRAMMAR + word("FUNCTION", functions, 2) + word("VARIABLE", plain, 1), parser="lalr")


def _unknown(text: str, at: int, variables: Collection[str]) -> str:
    import re

    word = re.match(r"[^\W\d]\w*", text[at:])
    if not word:
        return f"`{text[at]}` cannot be read"
    names = ", ".join(sorted(variables)) or "none"
    if word[0] in FUNCTIONS:
        return f"`{word[0]}` needs an argument in parentheses"
    return f"`{word[0][:30]}` is not known here (the variables are: {names})"


def _made(tree: Any, depth: int) -> tuple[Any, ...]:
    """Turn lark's tree into ours, and refuse what is too deep or has the wrong number of arguments."""
    if depth > DEEPEST:
        raise FormulaError("it is nested too deeply")
    what, parts = str(tree.data), tree.children
    if what == "number":
        return "number", Fraction(str(parts[0]))
    if what == "variable":
        return "variable", str(parts[0])
    if what in ("call", "called_power"):
        name = str(parts[0])
        if what == "called_power":  # tanh^2(x)
            base = ("call", name, (_made(parts[2], depth + 1),))
            return "pow", base, ("number", Fraction(str(parts[1])))
        least, most = ARGUMENTS.get(name, (1, 1))
        if not least <= len(parts) - 1 <= most:
            raise FormulaError(f"`{name}` takes {least} argument, not {len(parts) - 1}")
        return "call", name, tuple(_made(part, depth + 1) for part in parts[1:])
    return (what, *(_made(part, depth + 1) for part in parts))


def _names(tree: tuple[Any, ...]) -> Iterator[str]:
    what, *parts = tree
    if what == "variable":
        if parts[0] not in CONSTANTS:
            yield parts[0]
    elif what == "call":
        for part in parts[1]:
            yield from _names(part)
    elif what != "number":
        for part in parts:
            yield from _names(part)


def _value(tree: tuple[Any, ...], values: Mapping[str, Any]) -> Any:
    what, *parts = tree
    if what == "number":
        return arb(fmpq(parts[0].numerator, parts[0].denominator))
    if what == "variable":
        return values[parts[0]] if parts[0] in values else CONSTANTS[parts[0]]()
    if what == "call":
        return FUNCTIONS[parts[0]](*(_value(part, values) for part in parts[1]))
    if what == "neg":
        return -_value(parts[0], values)
    left = _value(parts[0], values)
    if what == "pow":
        return _power(left, parts[1], values)
    right = _value(parts[1], values)
    match what:
        case "add":
            return left + right
        case "sub":
            return left - right
        case "mul":
            return left * right
        case _:
            return left / right


def _power(base: Any, tree: tuple[Any, ...], values: Mapping[str, Any]) -> Any:
    """Raise to a power: exactly where it is a whole number, which a negative base can bear."""
    exponent = _value(tree, values)
    whole = exponent.unique_fmpz() if exponent.is_integer() else None
    if whole is not None and abs(int(whole)) <= LARGEST_POWER:
        return base ** int(whole)
    return base**exponent
