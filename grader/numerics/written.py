r"""Write a formula down again: as text that reads the same, as LaTeX, and with values in the place of names.

text    0.5*ln((1 + y)/(1 - y))
latex   0.5 \cdot \ln\left(\frac{1 + y}{1 - y}\right)
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from grader.numerics.formula import CONSTANTS, Formula, Tree

__all__ = ["SUM", "as_tree", "decimal", "substitute", "to_latex", "to_text", "tree_latex", "tree_text"]

SUM, PRODUCT, POWER, ATOM = range(4)  # what binds how strongly
_LEVELS = {"add": SUM, "sub": SUM, "neg": SUM, "mul": PRODUCT, "div": PRODUCT, "pow": POWER}
_GREEK = {
    "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
    "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi",
    "Omega",
}  # fmt: skip
_LETTERS = {"\u03c3": "sigma", "\u03c0": "pi"}
_COMMANDS = {"tanh", "sinh", "cosh", "coth", "sin", "cos", "tan", "ln", "arctan", "arcsin", "arccos", "min", "max"}
_AS = {
    **dict.fromkeys(("sigmoid", "sigma", "\u03c3", "logistic"), r"\sigma"),
    **dict.fromkeys(("artanh", "arctanh", "atanh"), r"\operatorname{artanh}"),
    **dict.fromkeys(("arsinh", "arcsinh", "asinh"), r"\operatorname{arsinh}"),
    **dict.fromkeys(("arcosh", "arccosh", "acosh"), r"\operatorname{arcosh}"),
    "atan": r"\arctan",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "log": r"\ln",
}


def to_text(formula: Formula) -> str:
    """Write a formula as text, from which the same formula is read."""
    return tree_text(formula.tree)


def to_latex(formula: Formula) -> str:
    """Write a formula as LaTeX: what was understood, for people to see."""
    return tree_latex(formula.tree)


def substitute(formula: Formula, values: Mapping[str, Tree]) -> Formula:
    """Put trees in the place of names."""
    tree = _put(formula.tree, values)
    names = _variables(tree) - (CONSTANTS.keys() - formula.names)
    return Formula(tree_text(tree), frozenset(names), tree)


def as_tree(number: Fraction) -> Tree:
    """Return the tree of an exact number: with a sign and a quotient where it needs them."""
    if number < 0:
        return "neg", as_tree(-number)
    if _places(number) is None:
        return "div", ("number", Fraction(number.numerator)), ("number", Fraction(number.denominator))
    return "number", number


def decimal(number: Fraction) -> str:
    """Write a number exactly: as a decimal where it has an end, otherwise as a quotient."""
    places = _places(number)
    if places is None:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _places(number: Fraction) -> int | None:
    """Return how many decimals a number has; None where they never end."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _put(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    what, *parts = tree
    match what:
        case "number":
            return tree
        case "variable":
            return values.get(parts[0], tree)
        case "call":
            return what, parts[0], tuple(_put(part, values) for part in parts[1])
        case _:
            return (what, *(_put(part, values) for part in parts))


def _variables(tree: Tree) -> set[str]:
    what, *parts = tree
    if what == "variable":
        return {parts[0]}
    below = parts[1] if what == "call" else () if what == "number" else parts
    return {name for part in below for name in _variables(part)}


def _level(tree: Tree) -> int:
    if tree[0] == "number":
        return ATOM if _places(tree[1]) is not None else PRODUCT
    return _LEVELS.get(tree[0], ATOM)


def _inside(tree: Tree, least: int, write: Callable[[Tree], str], brackets: str) -> str:
    written = write(tree)
    return written if _level(tree) >= least else brackets.format(written)


def tree_text(tree: Tree) -> str:
    """Write a tree as text."""
    what, *parts = tree

    def inside(part: Tree, least: int) -> str:
        return _inside(part, least, tree_text, "({})")

    match what:
        case "number":
            return decimal(parts[0])
        case "variable":
            return parts[0]
        case "call":
            return f"{parts[0]}({', '.join(tree_text(part) for part in parts[1])})"
        case "neg":
            return f"-{inside(parts[0], PRODUCT)}"
        case "add":
            return f"{tree_text(parts[0])} + {_right(parts[1], inside(parts[1], SUM), '({})')}"
        case "sub":
            return f"{tree_text(parts[0])} - {inside(parts[1], PRODUCT)}"
        case "mul":
            return f"{inside(parts[0], PRODUCT)}*{inside(parts[1], POWER)}"
        case "div":
            return f"{inside(parts[0], PRODUCT)}/{inside(parts[1], POWER)}"
        case _:
            return f"{inside(parts[0], ATOM)}^{inside(parts[1], ATOM)}"


def tree_latex(tree: Tree) -> str:
    """Write a tree as LaTeX."""
    what, *parts = tree

    def inside(part: Tree, least: int) -> str:
        return _inside(part, least, tree_latex, r"\left({}\right)")

    match what:
        case "number":
            number: Fraction = parts[0]
            return (
                decimal(number)
                if _level(tree) == ATOM
                else rf"\frac{{{number.numerator}}}{{{number.denominator}}}"
            )
        case "variable":
            return _name(parts[0])
        case "call":
            return _call_latex(parts[0], parts[1])
        case "neg":
            return f"-{inside(parts[0], PRODUCT)}"
        case "add":
            right = _right(parts[1], inside(parts[1], SUM), r"\left({}\right)")
            return f"{tree_latex(parts[0])} + {right}"
        case "sub":
            return f"{tree_latex(parts[0])} - {inside(parts[1], PRODUCT)}"
        case "mul":
            left, right = inside(parts[0], PRODUCT), inside(parts[1], PRODUCT)
            is_plain = parts[0][0] == "number" and parts[1][0] in ("variable", "call")
            return f"{left} {right}" if is_plain else rf"{left} \cdot {right}"
        case "div":
            return rf"\frac{{{tree_latex(parts[0])}}}{{{tree_latex(parts[1])}}}"
        case _:
            is_raised = parts[0][:2] == ("call", "exp")  # e^{x}^{2} would be no LaTeX
            base = rf"\left({tree_latex(parts[0])}\right)" if is_raised else inside(parts[0], ATOM)
            return f"{base}^{{{tree_latex(parts[1])}}}"


def _right(tree: Tree, written: str, brackets: str) -> str:
    """Put what stands right of a plus between brackets where it begins with a sign."""
    return brackets.format(written) if tree[0] in ("neg", "add", "sub") else written


def _call_latex(name: str, arguments: tuple[Tree, ...]) -> str:
    inner = ", ".join(tree_latex(part) for part in arguments)
    match name:
        case "exp":
            return f"e^{{{inner}}}"
        case "sqrt":
            return rf"\sqrt{{{inner}}}"
        case "abs":
            return rf"\left|{inner}\right|"
        case "log2" | "log10":
            return rf"\log_{{{name[3:]}}}\left({inner}\right)"
        case "floor" | "ceil":
            return rf"\left\l{name} {inner} \right\r{name}"
        case _:
            command = f"\\{name}" if name in _COMMANDS else _AS.get(name, rf"\operatorname{{{name}}}")
            return rf"{command}\left({inner}\right)"


def _name(name: str) -> str:
    stem, _, below = name.partition("_")
    stem = _LETTERS.get(stem, stem)
    written = f"\\{stem}" if stem in _GREEK else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    if not below:
        return written
    index = below if len(below) == 1 else rf"\mathrm{{{below.replace('_', ',')}}}"
    return f"{written}_{{{index}}}"
