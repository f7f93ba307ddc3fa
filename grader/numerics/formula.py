"""Formulas that people write, such as ``1 - y^2`` or ``2 sigmoid(2x) - 1``: read by a grammar, valued in balls.

What is read is a tree of our own numbers, names and functions; nothing that is written is ever executed as code.
Values are python-flint's balls, so that they come with a proven bound and are the same on every machine.

How it is read, where tastes differ (``Formula.remarks`` says so where it was met):

    1/2y        from left to right: (1/2) y           -x^2      -(x^2)
    e^2x        a power takes one value: e^2 x        2^3^2     2^(3^2)
    tanh^-1 x   the inverse function, artanh          log       the natural one
    tanh 2x     tanh(2x), and no more than that       ln x^2    refused: it can be read in two ways

A text of whatever length and content is answered at once: its length and depth are bounded, powers are taken by
repeated multiplication only up to a bound, and balls grow no further than their precision.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from flint import arb, ctx, fmpq

from grader.numerics.functions import ARGUMENTS, CONSTANTS, FUNCTIONS, UndefinedError, divide, raise_to
from grader.numerics.signs import FormulaError, Sign, exact_number, signs_of

__all__ = [
    "CONSTANTS", "FUNCTIONS", "Formula", "FormulaError", "Tree", "ball", "evaluate", "fraction_of", "functions_of",
    "nearest", "parse",
]  # fmt: skip

BITS = 240
LONGEST = 1000  # characters of a formula
DEEPEST = 120  # levels of a formula
TINY = 1e-30  # a value whose ball holds 0 and is smaller is 0
KEPT = ("NUMBER", "VARIABLE", "FUNCTION", "RAISED")  # signs that a tree keeps
MOST_EXACT_BITS = 4096  # of a power in an exponent that is worked out exactly

Tree = tuple[
    Any, ...
]  # ("number", Fraction), ("variable", name), ("call", name, trees), ("add", left, right), ...

GRAMMAR = r"""
?start: sum
?sum: term
    | sum _PLUS term -> add
    | sum _MINUS term -> sub
?term: product | _MINUS term -> neg | _PLUS term -> group
?product: power
    | product _TIMES signed -> mul
    | product _OVER signed -> div
    | product following -> beside
?signed: power | _MINUS signed -> neg | _PLUS signed -> group
?power: atom | atom _POW exponent -> pow
?following: word | word _POW exponent -> pow
?exponent: power | _MINUS exponent -> neg | _PLUS exponent -> group
?atom: NUMBER -> number | word
?word: VARIABLE -> variable
    | FUNCTION _OPEN sum (_COMMA sum)* _CLOSE -> call
    | FUNCTION RAISED _OPEN sum _CLOSE -> raised
    | FUNCTION whole -> call
    | FUNCTION RAISED whole -> raised
    | whole
    | _OPEN sum _CLOSE -> group
?whole: _FRACTION _OPEN sum _CLOSE _OPEN sum _CLOSE -> fraction
    | _BAR_OPEN sum _BAR_CLOSE -> bars
%declare NUMBER VARIABLE FUNCTION RAISED
%declare _FRACTION _PLUS _MINUS _TIMES _OVER _POW _COMMA _OPEN _CLOSE _BAR_OPEN _BAR_CLOSE
"""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its names, and a tree of tuples."""

    text: str
    names: frozenset[str]
    tree: Tree
    remarks: tuple[str, ...] = ()  # how it was understood, where it could have been meant otherwise

    def value(self, values: Mapping[str, Any], bits: int = BITS) -> Any:
        """Evaluate in balls; a value that does not exist is a ball around nan."""
        before = ctx.prec
        ctx.prec = bits
        try:
            return evaluate(self.tree, values)
        except UndefinedError:
            return arb("nan")
        finally:
            ctx.prec = before


def ball(number: Fraction | int, bits: int = BITS) -> Any:
    """Return the ball of an exact number."""
    before = ctx.prec
    ctx.prec = bits
    try:
        return arb(fmpq(number.numerator, number.denominator))
    finally:
        ctx.prec = before


def fraction_of(exact_ball: Any) -> Fraction:
    """Return the number of an exact, finite ball, such as a ball's lower end."""
    mantissa, exponent = exact_ball.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def nearest(value: Any) -> float:
    """Return the float64 nearest to a ball; nan where the ball is too wide to tell."""
    if not value.is_finite():
        return float("nan")
    low, high = float(value.lower()), float(value.upper())
    if low == high:
        return high
    if low <= 0.0 <= high:
        return 0.0 if high - low < TINY else float("nan")
    middle, radius = float(value.mid()), float(value.rad())
    return middle if radius <= abs(middle) * 1e-17 else float("nan")


def parse(text: str, variables: Collection[str], longest: int = LONGEST) -> Formula:
    """Read a formula in some variables. Raises FormulaError, with the place where there is one."""
    if len(text) > longest:
        raise FormulaError(f"it is longer than {longest} characters")
    if not text.strip():
        raise FormulaError("it is empty")
    return _parse(text, frozenset(variables))


@lru_cache(maxsize=8192)
def _parse(text: str, variables: frozenset[str]) -> Formula:
    from lark import Token
    from lark.exceptions import UnexpectedToken

    signs, remarks = signs_of(text, variables)
    reading = _grammar().parse_interactive()
    read = 0
    try:
        for sign in signs:
            reading.feed_token(Token(sign.kind if sign.kind in KEPT else f"_{sign.kind}", sign.text))
            read += 1
        raw = reading.feed_eof()
    except UnexpectedToken:
        raise _unexpected(signs, read, text) from None
    told = [*remarks]
    tree = _made(raw, 0, told)
    return Formula(text.strip(), frozenset(_names(tree, variables)), tree, tuple(dict.fromkeys(told)))


@cache
def _grammar() -> Any:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr")


def _unexpected(signs: list[Sign], at: int, text: str) -> FormulaError:
    """Say why a sign does not fit where it stands."""
    if at == len(signs):
        return FormulaError("it ends too early", len(text) + 1)
    sign, before = signs[at], signs[at - 1] if at else None
    if sign.kind == "NUMBER" and before is not None:
        return FormulaError(f"`{sign.text[:30]}` does not fit here: write `*` or `^` before it", sign.column)
    if sign.kind == "COMMA" and before is not None and before.kind == "NUMBER":
        return FormulaError("a comma has no place here: decimals have a point, as in 0.5", sign.column)
    if sign.kind == "POW" and before is not None and before.kind == "NUMBER":
        words = "a power of a power needs brackets"
        return FormulaError(words, sign.column)
    return FormulaError(f"`{sign.text[:30]}` does not fit here", sign.column)


def _made(raw: Any, depth: int, remarks: list[str]) -> Tree:
    """Turn lark's tree into ours, and refuse what is too deep or has the wrong number of arguments."""
    if depth > DEEPEST:
        raise FormulaError("it is nested too deeply")
    what, parts = str(raw.data), raw.children

    def made(part: Any) -> Tree:
        return _made(part, depth + 1, remarks)

    match what:
        case "number":
            return "number", exact_number(str(parts[0]))
        case "variable":
            return "variable", str(parts[0])
        case "group":
            return made(parts[0])
        case "bars":
            return "call", "abs", (made(parts[0]),)
        case "fraction":
            return "div", made(parts[0]), made(parts[1])
        case "beside":
            _doubt(parts[0], remarks)
            return "mul", made(parts[0]), made(parts[1])
        case "raised":  # tanh^2(x)
            return "pow", ("call", str(parts[0]), (made(parts[2]),)), ("number", exact_number(str(parts[1])))
        case "call":
            return _call(str(parts[0]), tuple(made(part) for part in parts[1:]))
        case _:
            return (what, *(made(part) for part in parts))


def _call(name: str, arguments: tuple[Tree, ...]) -> Tree:
    least, most = ARGUMENTS.get(name, (1, 1))
    if len(arguments) > most:
        hint = "; decimals have a point" if len(arguments) == 2 and most == 1 else ""
        raise FormulaError(f"`{name}` takes {most} argument{'s' * (most > least)}, not {len(arguments)}{hint}")
    return "call", name, arguments


def _doubt(left: Any, remarks: list[str]) -> None:
    """Say how a factor beside something was understood, where many mean something else."""
    if left.data == "div":
        remarks.append("`1/2y` is read from left to right, as (1/2)*y: 1/(2y) needs brackets")
    elif left.data == "pow" and left.children[1].data in ("number", "variable"):
        base, exponent = left.children
        if exponent.data == "variable" or (base.data == "variable" and base.children[0] == "e"):
            remarks.append("`e^2x` is read as (e^2)*x: e^(2x) needs brackets")


def _names(tree: Tree, variables: frozenset[str]) -> Iterator[str]:
    what, *parts = tree
    if what == "variable":
        if parts[0] in variables:
            yield parts[0]
    elif what != "number":
        for part in parts[1] if what == "call" else parts:
            yield from _names(part, variables)


def functions_of(tree: Tree) -> set[str]:
    """Return the names of all functions that a tree uses, as they were written."""
    what, *parts = tree
    if what in ("number", "variable"):
        return set()
    below = parts[1] if what == "call" else parts
    return {name for part in below for name in functions_of(part)} | ({parts[0]} if what == "call" else set())


def evaluate(tree: Tree, values: Mapping[str, Any]) -> Any:
    """Evaluate a tree at the precision that is set. Raises UndefinedError where there certainly is no value."""
    what, *parts = tree
    match what:
        case "number":
            return arb(fmpq(parts[0].numerator, parts[0].denominator))
        case "variable":
            return values[parts[0]] if parts[0] in values else CONSTANTS[parts[0]]()
        case "call":
            return FUNCTIONS[parts[0]](*(evaluate(part, values) for part in parts[1]))
        case "neg":
            return -evaluate(parts[0], values)
        case "pow" if parts[0] == ("variable", "e") and "e" not in values:
            return evaluate(parts[1], values).exp()
        case _:
            left, right = evaluate(parts[0], values), evaluate(parts[1], values)
    match what:
        case "add":
            return left + right
        case "sub":
            return left - right
        case "mul":
            return left * right
        case "div":
            return divide(left, right)
        case _:
            return raise_to(left, right, _exact(parts[1]))


def _exact(tree: Tree) -> Fraction | None:
    """Work out an exponent of numbers alone exactly: 6/3 is 2, which a negative base can bear."""
    what, *parts = tree
    if what == "number":
        return parts[0]
    if what not in ("neg", "add", "sub", "mul", "div", "pow"):
        return None
    numbers = [_exact(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    left, right = numbers[0] or Fraction(0), numbers[-1] or Fraction(0)
    match what:
        case "neg":
            return -left
        case "add":
            return left + right
        case "sub":
            return left - right
        case "mul":
            return left * right
        case "div":
            return left / right if right else None
        case _:
            size = (left.numerator.bit_length() + left.denominator.bit_length()) * abs(right)
            is_small = right.denominator == 1 and size <= MOST_EXACT_BITS and (left or right > 0)
            return left ** int(right) if is_small else None
