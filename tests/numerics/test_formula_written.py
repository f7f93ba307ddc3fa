"""A formula that is written down again, as text or as LaTeX, reads the same; and LaTeX is drawn as it should be."""
# ruff: noqa: E501 (tables)

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.numerics.equal import same_formula
from grader.numerics.formula import FUNCTIONS, Formula, parse
from grader.numerics.rewrite import other_forms
from grader.numerics.written import as_tree, decimal, substitute, to_latex, to_text
from grader.report.markdown import formula_complaints

NAMES = frozenset({"x", "y", "c_prev", "dh", "sigma_1"})
RANGES = dict.fromkeys(NAMES, (Fraction(1, 5), Fraction(4, 5)))

numbers = st.fractions(min_value=0, max_value=50, max_denominator=20).map(as_tree)
leaves = numbers | st.sampled_from([("variable", name) for name in sorted(NAMES)] + [("variable", "e")])
SMOOTH = [
    "exp",
    "tanh",
    "sigmoid",
    "sech",
    "cosh",
    "arctan",
    "softplus",
    "abs",
    "relu",
    "log1p",
    "expm1",
    "arsinh",
]


def branches(inner):
    pair = st.tuples(st.sampled_from(["add", "sub", "mul", "div"]), inner, inner)
    power = st.tuples(st.just("pow"), inner, st.integers(1, 3).map(lambda n: ("number", Fraction(n))))
    call = st.tuples(st.just("call"), st.sampled_from(SMOOTH), inner.map(lambda one: (one,)))
    both = st.tuples(st.just("call"), st.sampled_from(["min", "max"]), st.tuples(inner, inner))
    return pair | power | call | both | st.tuples(st.just("neg"), inner)


trees = st.recursive(leaves, branches, max_leaves=8)


def formula(tree):
    return Formula("", NAMES, tree)


def same(one, other):
    """Compare where there are values; a formula that has none anywhere says nothing."""
    return same_formula(one, other, RANGES).verdict != "different"


@settings(max_examples=50)
@given(trees)
def test_text_is_read_back_as_the_same_formula(tree):
    written = to_text(formula(tree))
    assert same(formula(tree), parse(written, NAMES)), written
    assert to_text(parse(written, NAMES)) == written


@settings(max_examples=50)
@given(trees)
def test_latex_is_read_back_as_the_same_formula_and_can_be_drawn(tree):
    latex = to_latex(formula(tree))
    assert same(formula(tree), parse(latex, NAMES)), latex
    assert formula_complaints(f"${latex}$") == ()


@settings(max_examples=50)
@given(trees)
def test_other_forms_are_equal(tree):
    for other in other_forms(formula(tree)):
        assert same(formula(tree), other), other.text


LATEX = [
    ("1 - y^2", "1 - y^{2}"),
    ("(x + y)^2", r"\left(x + y\right)^{2}"),
    ("x - (y - 1)", r"x - \left(y - 1\right)"),
    ("x + (-y)", r"x + \left(-y\right)"),
    ("-(x + y)", r"-\left(x + y\right)"),
    ("2x", "2 x"),
    ("2*3", r"2 \cdot 3"),
    ("x y", r"x \cdot y"),
    ("x/(1 + y)", r"\frac{x}{1 + y}"),
    ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
    ("x^(1/3)", r"x^{\frac{1}{3}}"),
    ("tanh(x)^2", r"\tanh\left(x\right)^{2}"),
    ("sigmoid(x)", r"\sigma\left(x\right)"),
    ("exp(-x)", "e^{-x}"),
    ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
    ("sqrt(x)", r"\sqrt{x}"),
    ("|x|", r"\left|x\right|"),
    ("log2(x)", r"\log_{2}\left(x\right)"),
    ("log(x)", r"\ln\left(x\right)"),
    ("floor(x) + ceil(x)", r"\left\lfloor x \right\rfloor + \left\lceil x \right\rceil"),
    ("atanh(x)", r"\operatorname{artanh}\left(x\right)"),
    ("relu(x)", r"\operatorname{relu}\left(x\right)"),
    ("max(x, y)", r"\max\left(x, y\right)"),
    ("c_prev dh sigma_1", r"c_{\mathrm{prev}} \cdot \mathrm{dh} \cdot \sigma_{1}"),
    ("2 pi", r"2 \pi"),
]


@pytest.mark.parametrize(("typed", "latex"), LATEX)
def test_every_part_of_a_formula_has_its_latex(typed, latex):
    assert to_latex(parse(typed, NAMES)) == latex


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_can_be_drawn(name):
    arguments = "x, y" if name in ("min", "max") else "x"
    assert formula_complaints(f"${to_latex(parse(f'{name}({arguments})', NAMES))}$") == ()


@given(st.fractions(max_denominator=10**6), st.integers(0, 12))
def test_a_number_is_written_exactly(number, places):
    assert Fraction(decimal(number)) == number
    ending = number.numerator * Fraction(10) ** -places
    assert Fraction(decimal(ending)) == ending
    assert "/" not in decimal(ending)


def test_values_take_the_place_of_names_with_the_brackets_they_need():
    formula = parse("x^2 - y*x + e", NAMES)
    put = substitute(formula, {"x": as_tree(Fraction(-3)), "y": parse("1 + dh", NAMES).tree})
    assert put.text == "(-3)^2 - (1 + dh)*(-3) + e"
    assert put.names == {"dh"}
    assert substitute(formula, {"x": as_tree(Fraction(1, 3))}).text == "(1/3)^2 - y*(1/3) + e"
