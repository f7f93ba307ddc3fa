"""What people type for a formula is read as they mean it, or refused with the place and what to do."""
# ruff: noqa: E501 (tables)

import subprocess
import sys

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.numerics.formula import BITS, FUNCTIONS, FormulaError, ball, nearest, parse
from grader.numerics.written import to_text

NAMES = ("x", "y", "c_prev", "dh")

READ = [
    # what is typed, what is understood
    ("1 - y^2", "1 - y^2"),
    ("1 \u2212 y\u00b2", "1 - y^2"),
    ("1\u2013y**2", "1 - y^2"),
    ("2y(1-y)", "2*y*(1 - y)"),
    ("2\u00b7y\u00d7(1\u22c5y)", "2*y*(1*y)"),
    ("x\u00f7y", "x/y"),
    ("x\u207b\u00b9", "x^(-1)"),
    ("x\u00b9\u00b2", "x^12"),
    ("\u00bdx", "0.5*x"),
    ("\u2153", "1/3"),
    ("\u221ax", "sqrt(x)"),
    ("\u221a(x+1)", "sqrt(x + 1)"),
    ("[x + {y - 1}]", "x + (y - 1)"),
    (".5x + 2. + 1e-3", "0.5*x + 2 + 0.001"),
    ("tanh^2(x)", "tanh(x)^2"),
    ("tanh\u00b2(x)", "tanh(x)^2"),
    ("tanh^{2}(x)", "tanh(x)^2"),
    ("tanh(x)^2", "tanh(x)^2"),
    ("1 - tanh^2 x", "1 - tanh(x)^2"),
    ("sech^2 x", "sech(x)^2"),
    ("ln 2x", "ln(2*x)"),
    ("2 tanh x cosh x", "2*tanh(x)*cosh(x)"),
    ("Tanh(X)", "tanh(x)"),
    ("EXP(-y)", "exp(-y)"),
    ("tanhx", "tanh(x)"),
    ("|x|", "abs(x)"),
    ("2|x|y", "2*abs(x)*y"),
    ("|x|y|x|", "abs(x)*y*abs(x)"),
    ("||x|-1|", "abs(abs(x) - 1)"),
    ("(|x|)", "abs(x)"),
    ("ln|x|", "ln(abs(x))"),
    ("xy", "x*y"),
    ("dh x", "dh*x"),
    ("dhx", "dh*x"),
    ("e^-x", "e^(-x)"),
    ("e^{-x^{2}}", "e^(-x^2)"),
    ("-x^2", "-x^2"),
    ("2^3^x", "2^(3^x)"),
    ("2--x", "2 - (-x)"),
    ("2*-x", "2*(-x)"),
    ("+x", "x"),
    ("\u03c3(2x)", "\u03c3(2*x)"),
    ("sigma(x) + sigmoid(x)", "sigma(x) + sigmoid(x)"),
    ("2\u03c0x", "2*\u03c0*x"),
    ("max(x, 0, y)", "max(x, 0, y)"),
    ("np.tanh(x)**2 + math.exp(y)", "tanh(x)^2 + exp(y)"),
    (r"\frac{1}{1+e^{-x}}", "1/(1 + e^(-x))"),
    (r"$1 - \tanh^{2}\left(x\right)$", "1 - tanh(x)^2"),
    (r"\tanh x \cdot \operatorname{sech}(y)", "tanh(x)*sech(y)"),
    (r"\sqrt{x}\,c_{prev}", "sqrt(x)*c_prev"),
    (r"\left|x\right|", "abs(x)"),
    (r"\log_{2}\left(x\right)", "log2(x)"),
    (r"\dfrac{x}{y}", "x/y"),
    ("1/2y", "1/2*y"),
    ("e^2x", "e^2*x"),
    ("tanh^-1(y)", "artanh(y)"),
    ("tanh\u207b\u00b9 y", "artanh(y)"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_what_people_type_is_read_as_they_mean_it(typed, meant):
    formula = parse(typed, NAMES)
    assert to_text(formula) == meant
    assert to_text(parse(meant, NAMES)) == meant, "the way of writing it down is read back"


@pytest.mark.parametrize("typed", ["1/2y", "x/y(1-x)", "e^2x", "x^yx", "tanh^-1(x)", "tanh x/2", "ln x(1+y)"])
def test_what_many_mean_otherwise_comes_with_a_remark(typed):
    assert parse(typed, NAMES).remarks


@pytest.mark.parametrize(
    "typed", ["(1/2)y", "1/2*y", "x^2 y", "e^(2x)", "tanh(x)/2", "tanh x + 1", "2 tanh x", "x^2(1-x)"]
)
def test_what_is_clear_comes_without_a_remark(typed):
    assert not parse(typed, NAMES).remarks


REFUSED = [
    # what is typed, the column, a part of the sentence
    ("", 0, "it is empty"),
    ("   ", 0, "it is empty"),
    ("1 - y^", 7, "it ends too early"),
    ("(1-y", 1, "the `(` here is never closed"),
    ("x(1-(y)", 2, "the `(` here is never closed"),
    ("1-y)", 4, "the `)` here closes nothing"),
    ("(1-y]", 5, "the `]` here does not close the `(` in column 1"),
    ("|x", 1, "the `|` here is never closed"),
    ("y = 1 - x", 3, "`=` has no place here: write the formula alone"),
    ("x < 1", 3, "`<` has no place here"),
    ("0,5x", 2, "decimals have a point"),
    ("tanh(0,5)", 0, "`tanh` takes 1 argument, not 2; decimals have a point"),
    ("x2", 1, "`x2` is not known here"),
    ("(x)2", 4, "write `*` or `^` before it"),
    ("1.2.3", 4, "`.3` does not fit here"),
    ("x * / y", 5, "`/` does not fit here"),
    ("a + b", 1, "`a` is not known here (the variables are: `c_prev`, `dh`, `x`, `y`)"),
    ("1 + tahn(x)", 5, "`tanh` meant?"),
    ("tanh", 1, "`tanh` needs an argument in brackets"),
    ("tanh + 1", 1, "`tanh` needs an argument in brackets"),
    ("ln x^2", 1, "can be read in two ways"),
    ("exp^-1(x)", 1, "write 1/exp(...)"),
    ("tanh^-2(x)", 1, "write 1/tanh(...)"),
    ("tanh^x(y)", 1, "a power of `tanh` is written (tanh(...))^n"),
    ("2\u00bd", 2, "can be read in two ways"),
    ("1e9999", 1, "an exponent of more than 3 digits"),
    ("x!", 2, "`!` cannot be read"),
    ("y\u2019", 2, "cannot be read"),
    ("x\x07", 2, "`U+0007` cannot be read"),
    ("max()", 5, "`)` does not fit here"),
    ('__import__("os").system("x")', 1, "`_` cannot be read"),
    ("x.__class__", 2, "`.` cannot be read"),
    ("lambda: 0", 1, "`lambda` is not known here"),
    ("x" * 1001, 0, "it is longer than 1000 characters"),
    ("(" * 10_000, 0, "it is longer than"),
    ("(" * 400 + "x" + ")" * 400, 0, "it is nested too deeply"),
    ("-" * 400 + "x", 0, "it is nested too deeply"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "column", "says"), REFUSED)
def test_what_is_no_formula_is_refused_in_words_with_its_column(typed, column, says):
    with pytest.raises(FormulaError) as caught:
        parse(typed, NAMES)
    assert says in str(caught.value)
    assert caught.value.column == column
    assert len(str(caught.value)) < 200


def test_names_written_together_that_can_be_taken_apart_in_two_ways_are_refused():
    with pytest.raises(FormulaError, match="two ways: write `\\*` between names"):
        parse("abc", ("a", "bc", "ab", "c"))


def test_a_variable_goes_before_a_function_or_constant_of_its_name():
    assert nearest(parse("e*sigma", ("e", "sigma")).value({"e": ball(2), "sigma": ball(3)})) == 6.0


@given(st.text(alphabet="xy0123456789.,+-*/^()[]{}|\\ eE_tanhlog\u00b2\u00bd\u221a\u03c3$=", max_size=40))
def test_any_text_is_read_or_refused(typed):
    try:
        formula = parse(typed, ("x", "y"))
    except FormulaError as error:
        said, column = str(error), error.column
        assert said
        assert 0 <= column <= len(typed) + 1
    else:
        formula.value({"x": ball(1) / 3, "y": ball(-2)})
        assert parse(to_text(formula), ("x", "y")).names == formula.names


@given(st.text(max_size=60))
def test_any_unicode_is_read_or_refused(typed):
    try:
        said = parse(typed, ("x",)).text
    except FormulaError as error:
        said = str(error)
    assert said


ORACLE = {
    "exp": mpmath.exp, "expm1": mpmath.expm1, "log1p": mpmath.log1p, "sqrt": mpmath.sqrt, "ln": mpmath.log,
    "log": mpmath.log, "log2": lambda x: mpmath.log(x, 2), "log10": mpmath.log10, "abs": abs, "sign": mpmath.sign,
    "tanh": mpmath.tanh, "sinh": mpmath.sinh, "cosh": mpmath.cosh, "coth": mpmath.coth, "sech": mpmath.sech,
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan,
    **dict.fromkeys(("artanh", "arctanh", "atanh"), mpmath.atanh),
    **dict.fromkeys(("arsinh", "arcsinh", "asinh"), mpmath.asinh),
    **dict.fromkeys(("arcosh", "arccosh", "acosh"), mpmath.acosh),
    **dict.fromkeys(("arctan", "atan"), mpmath.atan), **dict.fromkeys(("arcsin", "asin"), mpmath.asin),
    **dict.fromkeys(("arccos", "acos"), mpmath.acos),
    **dict.fromkeys(("sigmoid", "sigma", "\u03c3", "logistic"), lambda x: 1 / (1 + mpmath.exp(-x))),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)), "relu": lambda x: max(x, mpmath.mpf(0)),
    "min": min, "max": max, "floor": mpmath.floor, "ceil": mpmath.ceil,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_has_the_value_that_another_library_gives(name):
    for typed in ("5/16", "-3/8", "0.9", "2.75", "-7"):
        argument = f"{typed}, 1/8" if name in ("min", "max") else typed
        value = parse(f"{name}({argument})", ()).value({})
        with mpmath.workdps(60):
            x = mpmath.mpf(eval_fraction(typed))
            try:
                true = ORACLE[name](x, mpmath.mpf(1) / 8) if name in ("min", "max") else ORACLE[name](x)
                is_real = isinstance(true, mpmath.mpf) or mpmath.im(true) == 0
            except (ValueError, ZeroDivisionError):
                is_real = False
            if not is_real:
                assert not value.is_finite(), (name, typed)
            else:
                near = mpmath.mpf(value.mid().str(55, radius=False))
                assert abs(near - mpmath.re(true)) <= mpmath.mpf(10) ** -50 * (1 + abs(near)), (name, typed)


def eval_fraction(text):
    top, _, bottom = text.partition("/")
    return mpmath.mpf(top) / mpmath.mpf(bottom or 1)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("(-8)^(6/3)", 64.0),
        ("(-2)^(0.1*20)", 4.0),
        ("(-2)^-3", -0.125),
        ("0^0", 1.0),
        ("0^0.5", 0.0),
        ("2^0.5", 2**0.5),
        ("9^9^9", float("inf")),
        ("0.1 + 0.2 - 0.3", 0.0),
        ("2^10000", float("inf")),
        ("e", 2.718281828459045),
        ("pi", 3.141592653589793),
    ],
)
def test_values_are_the_nearest_floats(typed, value):
    assert nearest(parse(typed, ()).value({})) == value


@pytest.mark.parametrize(
    "typed",
    [
        "1/0",
        "1/(2-2)",
        "ln(0)",
        "ln(-1)",
        "sqrt(-1)",
        "0^-1",
        "(-2)^0.5",
        "artanh(1)",
        "arcosh(0)",
        "arcsin(2)",
        "coth(0)",
        "log1p(-1)",
    ],
)
def test_what_has_no_value_is_nan(typed):
    value = parse(typed, ()).value({})
    assert value.is_nan()
    assert str(nearest(value)) == "nan"


def test_the_precision_of_others_is_left_alone():
    from flint import ctx

    before = ctx.prec
    parse("1/0 + tanh(1)", ()).value({}, bits=BITS * 2)
    assert ctx.prec == before


BOMBS = r"""
import os
import resource
import time
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from grader.model.sheet import FormulaKey
from grader.quiz.mark_formula import mark_formula
key = FormulaKey("1 - y^2", {"y": ("-0.99", "0.99")})
bombs = [
    "9**9**9", "9^9^9^9", "9^9^9^9^9^9", "2^2^2^2^2^2^2^2", "x" * 1_000_000, "(" * 10_000, "-" * 390 + "1", "((" * 190,
    "exp(exp(exp(99)))", "exp(" * 60 + "y" + ")" * 60, "y^(((9^64)^64)^64)^64", "y^((((((9^64)^64)^64)^64)^64)^64)",
    "2^(2^(2^33))", "(-2)^(2^(2^40))", "y^1e999", "1e999^1e999", "(1e999)^64", "floor(9^9^9)", "ceil(2^2^2^2^2^2)",
    "sin(9^9^9)", "cos(1e999^99)", "tan(2^60000*y)", "+".join(["sin(2^60000+y)"] * 26), "e^" * 190 + "y",
    "y" + "^y" * 190, "+".join(["e^e^y"] * 60), "1/(y-y)", "+".join(["y"] * 199), "|" * 399, "|y" * 190, "9" * 399,
    "__import__('os').system('true')", "max(" + ",".join("y" * 21) + ")", "\\frac" * 60, "y" * 400, "\x00", "\ud800",
    "y^y^y^y^y^-9^9^9^9", "ln(ln(ln(9^9^9^9)))", "1e-999^1e-999",
]

def seconds(bomb):
    # In a process of its own, which remembers no formula but an ordinary one.
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        start = time.process_time()
        judged = mark_formula(key, bomb)
        took = time.process_time() - start
        assert judged.share == 0, bomb
        assert 10 < len(judged.message) < 1000, bomb
        os.write(writing, repr(took).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        took = pipe.read()
    assert os.waitpid(child, 0)[1] == 0, bomb[:80]
    return float(took)

assert mark_formula(key, "(1 - y) * (1 + y) + tanh(y) - tanh(y)").share == 1
worst = max((min(seconds(bomb) for _ in range(3)), bomb[:80]) for bomb in bombs)
print("all", len(bombs), *worst)
"""


def test_no_formula_uses_more_than_its_share_of_time_and_memory():
    """Each hostile formula is answered within a tenth of a second of processor time, and 1 GiB.

    The best of three tries counts, and no clock on the wall, so that a busy machine is no failure.
    """
    done = subprocess.run([sys.executable, "-c", BOMBS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told, _, worst, bomb = done.stdout.split(maxsplit=3)
    assert told == "all"
    assert float(worst) < 0.1, bomb
