"""Write a formula in other forms that are equal to it: what a key must be equal to, if its comparison is sound.

expanded       products of sums multiplied out, small powers as products
elementary     tanh, sigmoid and their like by the exponential function, roots by powers
turned round   a + b as b + a, a - b as -(b - a), a/b as a times b^-1
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from grader.numerics.formula import Formula, Tree
from grader.numerics.written import tree_text

__all__ = ["other_forms"]

MOST_NODES = 4000  # of an expanded formula
ONE: Tree = ("number", Fraction(1))
TWO: Tree = ("number", Fraction(2))


def other_forms(formula: Formula) -> Iterator[Formula]:
    """Go through other forms of a formula."""
    for change in (_turned, _elementary, _expanded):
        tree = _everywhere(formula.tree, change)
        if tree != formula.tree and _size(tree) <= MOST_NODES:
            yield Formula(tree_text(tree), formula.names, tree)


def _everywhere(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """Change every part of a tree, innermost first."""
    what, *parts = tree
    match what:
        case "number" | "variable":
            return tree
        case "call":
            return change((what, parts[0], tuple(_everywhere(part, change) for part in parts[1])))
        case "pow":  # an exponent says how often: it stays as it is
            return change((what, _everywhere(parts[0], change), parts[1]))
        case _:
            return change((what, *(_everywhere(part, change) for part in parts)))


def _turned(tree: Tree) -> Tree:
    match tree:
        case ("add", left, right):
            return "add", right, left
        case ("mul", left, right):
            return "mul", right, left
        case ("sub", left, right):
            return "neg", ("sub", right, left)
        case ("div", left, right):
            return "mul", ("pow", right, ("neg", ONE)), left
        case _:
            return tree


def _exp(tree: Tree) -> Tree:
    return "pow", ("variable", "e"), tree


def _both(sign: str, x: Tree) -> Tree:
    return sign, _exp(x), _exp(("neg", x))


ELEMENTARY: Mapping[str, Callable[[Tree], Tree]] = {
    "tanh": lambda x: ("div", _both("sub", x), _both("add", x)),
    "coth": lambda x: ("div", _both("add", x), _both("sub", x)),
    "sinh": lambda x: ("div", _both("sub", x), TWO),
    "cosh": lambda x: ("div", _both("add", x), TWO),
    "sech": lambda x: ("div", TWO, _both("add", x)),
    **dict.fromkeys(
        ("sigmoid", "sigma", "\u03c3", "logistic"), lambda x: ("div", ONE, ("add", ONE, _exp(("neg", x))))
    ),
    **dict.fromkeys(
        ("artanh", "arctanh", "atanh"),
        lambda x: ("div", ("call", "ln", (("div", ("add", ONE, x), ("sub", ONE, x)),)), TWO),
    ),
    "softplus": lambda x: ("call", "ln", (("add", ONE, _exp(x)),)),
    "sqrt": lambda x: ("pow", x, ("div", ONE, TWO)),
    "abs": lambda x: ("call", "sqrt", (("pow", x, TWO),)),
    "relu": lambda x: ("div", ("add", x, ("call", "abs", (x,))), TWO),
    "exp": _exp,
}


def _elementary(tree: Tree) -> Tree:
    match tree:
        case ("call", name, (argument,)) if name in ELEMENTARY:
            return ELEMENTARY[name](argument)
        case _:
            return tree


def _expanded(tree: Tree) -> Tree:
    match tree:
        case ("pow", base, ("number", exponent)) if exponent.denominator == 1 and 2 <= exponent <= 4:
            product = base
            for _ in range(int(exponent) - 1):
                product = _expanded(("mul", product, base))
            return product
        case ("mul", ("add" | "sub" as sign, first, second), right):
            return sign, _expanded(("mul", first, right)), _expanded(("mul", second, right))
        case ("mul", left, ("add" | "sub" as sign, first, second)):
            return sign, _expanded(("mul", left, first)), _expanded(("mul", left, second))
        case ("div", ("add" | "sub" as sign, first, second), right):
            return sign, ("div", first, right), ("div", second, right)
        case _:
            return tree


def _size(tree: Tree) -> int:
    """Count the nodes of a tree."""
    what, *parts = tree
    below = parts[1] if what == "call" else () if what in ("number", "variable") else parts
    return 1 + sum(_size(part) for part in below)
