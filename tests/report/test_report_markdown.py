"""An author's Markdown becomes HTML with MathML, and nothing that acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.markdown import formula_complaints, markdown_html, mathml

HTML_WORDS = (
    "a blockquote br code del em h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul sub sup"
)
MATH_WORDS = """
    math mrow mi mo mn ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt mroot mstyle mpadded
    mphantom menclose mtable mtr mtd mmultiscripts mprescripts none merror semantics
"""
HTML, MATHML = set(HTML_WORDS.split()), set(MATH_WORDS.split())


def test_formulas_become_mathml(read_html):
    page = read_html(markdown_html("Let $\\tanh(x) = \\frac{e^x}{2}$ be.\n\n$$\\sigma(z) \\odot c_{t-1}$$"))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("math") == 2
    assert "mfrac" in tags
    assert ("math", "display", "block") in page.attributes
    assert "".join(page.text).split() == ["Let", "tanh(x)=ex2", "be.", "σ(z)⊙ct−1"]


def test_a_price_is_not_a_formula(read_html):
    assert "math" not in [tag for tag, _ in read_html(markdown_html("It costs $5 or $5, not $ 6 $.")).elements]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://example.org/spy.png)",
        "$\\text{<script>alert(1)</script>}$",
        "$\\href{javascript:alert(1)}{x}$",
        "$\\text{</math><img src=x onerror=alert(1)>}$",
        "`</code><script>`",
        "$$\\frac{<b onclick=x>}{2}$$",
        '$\\class{" onclick="alert(1)}{x}$',
    ],
)
def test_nothing_in_a_text_can_act(text, read_html):
    page = read_html(markdown_html(text))
    assert {tag for tag, _ in page.elements} <= HTML | MATHML
    assert not [value for _, name, value in page.attributes if name.startswith("on") or ":" in value]
    assert not page.faults


@given(text=st.text(st.sampled_from("<>&\"'$\\{}_^ax1 \n[]()!*`#|-:/="), max_size=80))
def test_any_text_becomes_well_formed_and_harmless(text, read_html):
    page = read_html(markdown_html(text))
    assert not page.faults
    assert {tag for tag, _ in page.elements} <= HTML | MATHML
    allowed = {"href", "title", "src", "alt", "start", "rel"}
    assert {name for tag, name, _ in page.attributes if tag not in MATHML} <= allowed


def test_headings_stay_below_those_of_the_page(read_html):
    for top, levels in ((2, ["h2", "h3", "h6"]), (3, ["h3", "h4", "h6"])):
        page = read_html(markdown_html("# one\n\n## two\n\n###### six", top))
        assert [tag for tag, _ in page.elements] == levels


def test_a_picture_within_the_text_is_kept(read_html):
    page = read_html(markdown_html("![dot](data:image/png;base64,AAAA)"))
    assert ("img", "src", "data:image/png;base64,AAAA") in page.attributes


def test_tables_and_links_work(read_html):
    page = read_html(markdown_html("| a | b |\n|---|---|\n| 1 | [x](https://example.org) |"))
    assert ("a", "href", "https://example.org") in page.attributes
    assert [tag for tag, _ in page.elements].count("td") == 2


def test_a_formula_that_cannot_be_read_is_shown_as_it_stands(read_html):
    page = read_html(markdown_html("a $\\left( <b$ b"))
    assert "".join(page.text).split() in (["a", "\\left(", "<b", "b"], ["a", "(<b", "b"])


@pytest.mark.parametrize(
    "formula", ["\\begin{aligned}a&=b\\\\c&=d\\end{aligned}", "\\lvert x\\rvert", "\\nosuch x", "a & b"]
)
def test_what_would_be_shown_wrongly_is_told(formula):
    (complaint,) = formula_complaints(f"Some $f(x)$ and ${formula}$.")
    assert formula in complaint


def test_what_is_shown_rightly_is_not_complained_about():
    assert (
        formula_complaints(
            "$\\tanh(x) = \\frac{e^x - e^{-x}}{e^x + e^{-x}}$, $|x|$, $h \\in \\mathbb{R}^{N \\times H}$"
        )
        == ()
    )


@pytest.mark.parametrize(
    ("latex", "signs"),
    [
        ("y = -x", "s"), ("(-1, -2)", "ss"), ("a - b", "o"), ("f(x) - 1", "o"), ("|-x| - 1", "so"),
        ("x! - 1", "o"),
        ("2 \\cdot -3", "s"), ("a \\le -1", "s"), ("|x| - |y|", "o"), ("\\tanh(-x) = -\\tanh(x)", "ss"),
        ("-x", "o"),
    ],
)  # fmt: skip
def test_a_sign_is_not_set_off_as_if_it_subtracted(latex, signs):
    """A browser sees by itself that the first of a row is one."""
    made = re.findall(r"<mo([^>]*)>\u2212", mathml(latex, block=False))
    assert "".join("s" if 'form="prefix"' in one else "o" for one in made) == signs


def test_a_long_formula_may_break_before_what_it_is_equal_to_and_nowhere_else(read_html):
    made = mathml("\\tanh(z) = \\frac{1 - e^{-2z}}{1 + e^{-2z}} = 2 \\sigma(2z) - (1 = 1)", block=False)
    parts = ["".join(read_html(part).text) for part in made.split("<wbr>")]
    assert parts == ["tanh(z)", "=1−e−2z1+e−2z", "=2σ(2z)−(1=1)"]
    assert "<wbr>" not in mathml("y = \\tanh(x)", block=False)
    assert "<wbr>" not in mathml("\\tanh(z) = \\frac{1 - e^{-2z}}{1 + e^{-2z}} = 2 \\sigma(2z)", block=True)


@pytest.mark.parametrize(
    ("latex", "spaces"),
    [
        ("3 \\tanh(x)", 1),
        ("x \\ln x", 2),
        ("(1 + x) \\tanh^2(x)", 1),
        ("\\tanh(x)", 0),
        ("3 x", 0),
        ("-\\ln x", 1),
        ("\\ln\\frac{1}{2}", 1),
    ],
)
def test_a_function_is_set_apart_from_its_factor(latex, spaces):
    assert mathml(latex, block=False).count("<mspace") == spaces
