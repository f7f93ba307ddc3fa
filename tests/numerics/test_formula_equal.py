"""Two formulas are equal if they are the same function, whatever their form: decided by balls, never wrongly."""
# ruff: noqa: E501 (tables)

from fractions import Fraction
from itertools import combinations

import mpmath
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.numerics.equal import Verdict, compare_at, same_formula
from grader.numerics.formula import parse
from grader.numerics.written import tree_text

RANGES = {
    "x": (Fraction(-3), Fraction(3)),
    "y": (Fraction(-99, 100), Fraction(99, 100)),
    **dict.fromkeys("cfghio", (Fraction(-9, 10), Fraction(9, 10))),
    **dict.fromkeys(("dh", "dc", "dct"), (Fraction(-2), Fraction(2))),
}

# each group is one function in many forms; different groups are different functions
GROUPS = [
    ["1 - y^2", "(1-y)(1+y)", "1-y*y", "-(y^2-1)", "1 + y - y - y^2", "(1+y) - y(1+y)", "1-|y|^2", "(1-y^4)/(1+y^2)", "1 − y²"],
    ["tanh(x)", "2σ(2x)-1", "(e^x-e^-x)/(e^x+e^-x)", "sinh(x)/cosh(x)", "1-2/(1+e^(2x))", r"\frac{1-e^{-2x}}{1+e^{-2x}}", "-tanh(-x)", "expm1(2x)/(expm1(2x)+2)", "1/coth(x)"],
    ["1-tanh(x)^2", "sech^2 x", "4/(e^x+e^-x)^2", "1/cosh(x)^2", "4σ(2x)(1-σ(2x))", "(1-tanh x)(1+tanh x)", "4e^(-2x)/(1+e^(-2x))^2"],
    ["sigmoid(x)", "1/(1+e^-x)", "e^x/(1+e^x)", "(1+tanh(x/2))/2", "½+½tanh(½x)", "1-σ(-x)"],
    ["σ(x)(1-σ(x))", "σ(x)-σ(x)²", "e^-x/(1+e^-x)^2", "sech(x/2)^2/4", "σ(x)σ(-x)"],
    ["0.5*ln((1+y)/(1-y))", "artanh(y)", "(ln(1+y)-ln(1-y))/2", "-½ ln((1-y)/(1+y))", r"½\ln\frac{1+y}{1-y}", "tanh^-1(y)"],
    ["2y/(1+y^2)", "tanh(2 artanh(y))", "2/(1/y+y)", "2y(1+y^2)^-1"],
    ["dc + dh*o*(1-tanh(c)^2)", "dh o sech(c)^2 + dc", "dc+o(dh-dh*tanh^2(c))", "dh*o - dh*o*tanh(c)^2 + dc"],
    ["dct*i*(1-g^2)", "i dct (1-g)(1+g)", "dct(i - i g^2)", "-dct*i*(g^2-1)"],
    ["dct*c*f*(1-f)", "dct c (f-f^2)", "c*dct*f - c*dct*f^2", "f(1-f)c dct"],
    ["dh*tanh(c)*o*(1-o)", "dh o (1-o) tanh(c)", "tanh(c)(o-o²)dh", "-dh*tanh(-c)*o*(1-o)"],
    ["|x|", "sqrt(x^2)", "max(x,-x)", "relu(x)+relu(-x)", "abs(-x)", "x*sign(x)", "2relu(x)-x"],
    ["relu(x)", "max(0,x)", "(x+|x|)/2", "max(x, 0)", "-min(-x,0)"],
    ["softplus(x)", "ln(1+e^x)", "x+ln(1+e^-x)", "log(e^x+1)", "log2(1+e^x)*ln(2)", "log1p(exp(x))", "-ln(1-σ(x))"],
    ["x^3-x", "x(x-1)(x+1)", "x^3 - x", "(x^2-1)x", "x³−x"],
    ["f*c + i*g", "c f + g i", "i*g+f*c"],
    ["y(1-y)", "y - y²", "1/4-(y-1/2)^2"],
    ["1-y", "-(y-1)", "(1-y^2)/(1+y)"],
    ["f", "f^1", "1*f", "sign(2)f"],
    ["x/2", "0.5x", "½x", "x*2^-1", "(x+x)/4", r"\frac{x}{2}"],
    ["f^10", "(f^5)^2", "f^4 f^6", "f^11/f"],
    ["exp(-x^2)", "e^-x^2", "1/e^(x^2)", "(e^x)^-x"],
]  # fmt: skip
EQUAL = [pair for group in GROUPS for pair in combinations(group, 2)]
UNEQUAL = [(one[0], other[-1]) for one, other in combinations(GROUPS, 2)]


def same(left, right):
    return same_formula(parse(left, RANGES), parse(right, RANGES), RANGES)


def test_there_are_many_pairs():
    assert len(EQUAL) >= 200
    assert len(UNEQUAL) >= 200


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_forms_of_one_function_are_equal(group):
    for left, right in combinations(group, 2):
        assert same(left, right).verdict is Verdict.EQUAL, (left, right)
        assert same(right, left).verdict is Verdict.EQUAL, (right, left)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_different_functions_differ_at_a_point_that_proves_it(group):
    """The witness is looked at by another library, with 60 digits."""
    for other in GROUPS:
        if other is group:
            continue
        left, right = parse(group[0], RANGES), parse(other[-1], RANGES)
        found = same_formula(left, right, RANGES)
        assert found.verdict is Verdict.DIFFERENT, (group[0], other[-1])
        if found.right is not None:
            values = [by_mpmath(one.tree, found.at) for one in (left, right)]
            assert abs(values[0] - values[1]) > mpmath.mpf(10) ** -30


def by_mpmath(tree, at):
    """Evaluate a tree in another library."""
    what, *parts = tree
    with mpmath.workdps(60):
        if what == "number":
            return mpmath.mpf(parts[0].numerator) / parts[0].denominator
        if what == "variable":
            number = at.get(parts[0])
            return mpmath.e if number is None else mpmath.mpf(number.numerator) / number.denominator
        if what == "call":
            return CALLS[parts[0]](*[by_mpmath(part, at) for part in parts[1]])
        values = [by_mpmath(part, at) for part in parts]
        return OPERATIONS[what](*values)


OPERATIONS = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b, "neg": lambda a: -a,
}  # fmt: skip
CALLS = {
    "tanh": mpmath.tanh, "sech": mpmath.sech, "exp": mpmath.exp, "ln": mpmath.log, "sqrt": mpmath.sqrt, "abs": abs,
    "artanh": mpmath.atanh, "coth": mpmath.coth, "max": max, "min": min, "sign": mpmath.sign, "cosh": mpmath.cosh,
    **dict.fromkeys(("sigmoid", "σ"), lambda x: 1 / (1 + mpmath.exp(-x))), "relu": lambda x: max(x, mpmath.mpf(0)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)), "sinh": mpmath.sinh,
}  # fmt: skip

CLOSE = [
    ("1-y^2", "1-y^2+1e-12"),
    ("1-y^2", "1-y^2+1e-300"),
    ("1-y^2", "1-1.0000000000000001*y^2"),
    ("1-y^2", "1-y^2.0000000000000001"),
    ("tanh(x)", "tanh(x)+exp(-1000)"),
    ("tanh(x)", "tanh(1.000000000000000000001x)"),
    ("x", "x + 1e-9*relu(x - 2.999)"),
    ("x", "max(x, -2.999)"),
    ("0", "1e-500"),
    ("x^(1/3)", "x^0.333333333333333333"),
    ("e^x", "2.718281828459045235360287471352662498^x"),
]


@pytest.mark.parametrize(("left", "right"), CLOSE)
def test_differences_far_below_a_float_are_seen(left, right):
    assert same(left, right).verdict is Verdict.DIFFERENT
    assert same(right, left).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("ln(y)", "ln(y) + 0*x", Verdict.EQUAL),  # where the key has no value, nothing is asked
        ("1-y^2", "exp(ln(1-y^2))", Verdict.EQUAL),
        ("y^2", "exp(2 ln(y))", Verdict.DIFFERENT),  # no value at negative y, where the key has one
        ("y", "sqrt(y)^2", Verdict.DIFFERENT),
        ("y", "y^2/y", Verdict.EQUAL),  # but for one point, which is not looked at
        ("ln(-1)", "ln(-1)", Verdict.UNDECIDED),
        ("1-y^2", "1/(y-y)", Verdict.UNDECIDED),
        ("1-y^2", "1-y^2+sqrt(y-y)", Verdict.EQUAL),
        ("1-y^2", "1-y^2+(y-y)^(1/2)", Verdict.EQUAL),
        ("1-y^2", "1-y^2+(y-y)^-(1/2)", Verdict.UNDECIDED),
        ("1-y^2", "1-y^2+0/(y-y)", Verdict.UNDECIDED),
        ("1-y^2", "9^9^9^9", Verdict.UNDECIDED),
        ("1", "y/y", Verdict.EQUAL),
        ("6", "2*3", Verdict.EQUAL),
        ("6", "2*3+1e-99", Verdict.DIFFERENT),
    ],
)
def test_where_one_has_no_value(left, right, verdict):
    found = same(left, right)
    assert found.verdict is verdict
    if verdict is Verdict.DIFFERENT and found.right is None:
        assert found.left.is_finite()
        assert found.at


leaves = st.sampled_from(
    [("variable", "x"), ("variable", "y"), ("number", Fraction(2)), ("number", Fraction(1, 3))]
)


def grow(inner):
    pair = st.tuples(st.sampled_from(["add", "sub", "mul"]), inner, inner)
    call = st.tuples(st.just("call"), st.sampled_from(["tanh", "sigmoid", "abs", "arctan"]), st.tuples(inner))
    return pair | call | st.tuples(st.just("neg"), inner)


trees = st.recursive(leaves, grow, max_leaves=10)


def read(tree):
    return parse(tree_text(tree), RANGES, longest=10**6)


IDENTITIES = {
    "add": lambda a, b: ("sub", b, ("neg", a)),
    "sub": lambda a, b: ("neg", ("sub", b, a)),
    "mul": lambda a, b: ("div", ("sub", ("pow", ("add", a, b), ("number", Fraction(2))), ("add", ("mul", a, a), ("mul", b, b))), ("number", Fraction(2))),
    "neg": lambda a: ("sub", a, ("mul", a, ("number", Fraction(2)))),
}  # fmt: skip


def rewritten(tree):
    what, *parts = tree
    if what in ("number", "variable"):
        return tree
    if what == "call":
        inner = rewritten(parts[1][0])
        if parts[0] == "sigmoid":
            return (
                "div",
                ("add", ("number", Fraction(1)), ("call", "tanh", (("div", inner, ("number", Fraction(2))),))),
                ("number", Fraction(2)),
            )
        return what, parts[0], (inner,)
    return IDENTITIES[what](*[rewritten(part) for part in parts])


@settings(max_examples=50)
@given(trees)
@example(("mul", ("variable", "x"), ("neg", ("variable", "x"))))  # holds the square of what is 0
def test_rewriting_by_identities_keeps_equality(tree):
    assert same_formula(read(tree), read(rewritten(tree)), RANGES).verdict is Verdict.EQUAL


@settings(max_examples=50)
@given(trees, st.data())
def test_a_change_of_one_part_is_a_difference_exactly_where_another_library_sees_one(tree, data):
    changed = change(tree, data)
    point = {"x": Fraction(7, 9), "y": Fraction(-4, 7)}
    other = {"x": Fraction(-17, 9), "y": Fraction(5, 7)}
    gaps = [abs(by_mpmath_all(tree, at) - by_mpmath_all(changed, at)) for at in (point, other)]
    assume(max(gaps) > 1e-40)
    found = same_formula(read(tree), read(changed), RANGES)
    assert found.verdict is Verdict.DIFFERENT
    assert compare_at(read(tree), read(changed), found.at).verdict is Verdict.DIFFERENT


def by_mpmath_all(tree, at):
    return by_mpmath(read(tree).tree, at) if "arctan" not in tree_text(tree) else with_arctan(tree, at)


def with_arctan(tree, at):
    CALLS.setdefault("arctan", mpmath.atan)
    return by_mpmath(tree, at)


def change(tree, data):
    """Change one part, by a little."""
    what, *parts = tree
    if what in ("number", "variable") or data.draw(st.booleans()):
        return ("add", tree, ("number", Fraction(1, 10**12)))
    if what == "call":
        return what, parts[0], (change(parts[1][0], data),)
    at = data.draw(st.integers(0, len(parts) - 1))
    return (what, *[change(part, data) if at == number else part for number, part in enumerate(parts)])
