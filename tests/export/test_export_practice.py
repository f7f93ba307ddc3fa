"""The practice edition: it says that it holds the answers, marks as the grader does, and explains."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product

import pytest

from grader.export.html import practice_page
from grader.model.outcome import Status
from grader.model.sheet import ArrangeKey, Band, FormulaKey, NumberKey
from grader.quiz.marking import Marked, mark

external = pytest.mark.external

NUMBERS = (
    "0.4621", "0.46211715726", ".4621", "0,4621", "4.621e-1", "4.621E-1", "4,621*10^-1", "4.621·10⁻¹",
    "46.21e-2", "+0.4621", "−0.4621", "0.46207", "0.46217", "0.462069999", "0.462170000001", "0.46",
    "0.464", "0.4599", "0.4641", "0.6225", "1/2", "6/13", "0.5", "5", "1,234", "1.234,5", "1", "x",
    "0.4621x", "46.21%", "½", "nan", "inf", "1e400", "1e-400", "0.4621.0", "-0", "0x1", "1_000", "=",
    "≈0.4621", "=0.4621", "1/0", "12'000", "--1", "1e", "1e5", "0.46211715726000979",
)  # fmt: skip
RIGHT_FORMULAS = (
    "1 - y^2", "1-y**2", "(1-y)(1+y)", "(1 - y)*(1 + y)", "-y^2+1", "1 − y²", "1-y*y", "(1-y)^2 + 2y(1-y)",
    "1-y^3/y", "sech(atanh(y))^2", "1/(cosh(artanh(y)))^2", "1 - abs(y)^2",
    "(1 - y^4)/(1 + y^2)", "exp(ln(1-y^2))",
    "1 - y y", "0.5*2*(1-y^2)", "(1 - y^2)^1", "1 - np.tanh(np.arctanh(y))**2", "1 - y^(1+1)", "sqrt((1-y^2)^2)",
)  # fmt: skip
WRONG_FORMULAS = (
    "1 - y", "1 + y^2", "y^2 - 1", "1 - 2y", "1 - y^2 + 1e-6", "y", "0", "1", "(1-y^2)/2", "1 - y^2*1.0000001",
    "sigmoid(y)", "1 - tanh(y)^2", "max(0, 1-y)", "2^y", "-y^2", "1-y^-2", "y(1-y)", "e^y", "pi", "1+y*y",
)  # fmt: skip
UNREADABLE = ("", "1 -", "(1 - y", "x", "1 - y)", "__import__('os')", "9**9**9**", "1..2", "y = 1", "tanh", "1,2")


def by_grader(posed, answers) -> list[Marked]:
    """Return the grader's own marks."""
    return [mark(posed, answer) for answer in answers]


def earned(posed, answers) -> list[float]:
    return [float(marked.earned) for marked in by_grader(posed, answers)]


def answers_to(name: str) -> list:
    """Return many answers to a question of the sample sheet, right and wrong."""
    match name:
        case "range":
            return ["A", "B", "C", "D", None]
        case "which":
            return [list(chosen) for count in range(5) for chosen in combinations("ABCD", count)]
        case "slope":
            return [{"choice": one, "reason": why} for one in ("A", "B", None) for why in ("", "because")]
        case "half":
            return [*NUMBERS, "4.621 × 10^-1", " 0.4621 ", "0.4621 m", "1 000", ""]
        case "prints":
            return ["2", "2.0", "(2,)", "3", "4/2", "2,0", "1e0", "2 "]
        case "words":
            words = ("oddkey", " ODDKEY ", "uneven", "even", "", "odd key")
            return [
                list(row) for row in product(words, ("0", "0,0", "1", ""), ("tanh(x)", "sinh(x)/cosh(x)", "x", ""))
            ]
        case "lines":
            return [None, *map(list, permutations("ABC"))]
        case "pairs":
            return [dict(zip("123", row, strict=True)) for row in product("ABC", "AD", "CD")] + [{"2": "A"}, {}]
        case "word":
            return [["saturates"], ["SATURATES"], ["sättigt"], [""]]
        case _:
            return ["A", "B"]


NAMES = ("range", "which", "slope", "half", "prints", "words", "lines", "pairs", "word", "curve")


@external
@pytest.mark.parametrize("name", NAMES)
def test_its_marks_are_those_of_the_grader(name, ask, every):
    posed = every.posed[f"tanh/{name}"]
    answers = answers_to(name)
    results = ask(every.sheet(posed=(posed,)), posed.item.id, answers)
    wanted = earned(posed, answers)
    assert [(one, result["earned"]) for one, result in zip(answers, results, strict=True)] == [
        (one, pytest.approx(share, abs=1e-12)) for one, share in zip(answers, wanted, strict=True)
    ]
    assert len(set(wanted)) > 1


@external
def test_an_order_by_pairs_is_marked_as_the_grader_does(ask, every):
    posed = every.posed["tanh/lines"]
    posed = replace(posed, key=replace(posed.key, forms=(ArrangeKey(("C", "A", "B"), by_pairs=True),)))
    answers = [None, *map(list, permutations("ABC"))]
    results = ask(every.sheet(posed=(posed,)), posed.item.id, answers)
    wanted = earned(posed, answers)
    assert [result["earned"] for result in results] == pytest.approx(wanted)
    assert set(wanted) == {0, 0.5, 1}


@external
def test_formulas_are_marked_as_the_grader_does(ask, every):
    posed = every.posed["tanh/derivative"]
    answers = [*RIGHT_FORMULAS, *WRONG_FORMULAS, *UNREADABLE]
    results = ask(every.sheet(posed=(posed,)), posed.item.id, answers)
    for answer, result, marked in zip(answers, results, by_grader(posed, answers), strict=True):
        assert (answer, result["earned"]) == (answer, float(marked.earned))
        assert ("Not marked here" in result["words"]) == (marked.status is Status.INVALID), answer
    assert [result["earned"] for result in results] == [1] * len(RIGHT_FORMULAS) + [0] * (
        len(results) - len(RIGHT_FORMULAS)
    )


OTHERS = ("\\frac{1}{2}", "|y|", "tanh y", "tanh^2(y)", "√y", "yy", "Y", "[1 - y][1 + y]")


@external
def test_what_only_the_grader_can_read_is_not_called_wrong(ask, every):
    posed = every.posed["tanh/derivative"]
    for result in ask(every.sheet(posed=(posed,)), posed.item.id, list(OTHERS)):
        assert result["words"].startswith("Not marked here")


@external
@pytest.mark.parametrize(
    ("formula", "ranges", "right", "wrong"),
    [
        (
            "tanh(x)",
            ("-20", "20"),
            ["(e^x - e^-x)/(e^x + e^-x)", "2 sigmoid(2x) - 1", "1 - 2/(exp(2x)+1)"],
            ["sign(x)"],
        ),
        ("relu(x)", ("-3", "3"), ["max(0, x)", "(x + abs(x))/2", "max(x, 0)"], ["x", "abs(x)", "softplus(x)"]),
        ("f*c + i*g", ("0.1", "0.9"), ["i g + f c", "c f + g i", "(f c + i g)"], ["f c + g", "i*c + f*g"]),
        ("1/7", None, ["2/14", "1/(3+4)"], ["0.142857", "1/8"]),
        ("x^3", ("-2", "2"), ["x*x*x", "x^2 x", "(x^6)^(1/2) sign(x)"], ["x^2", "abs(x)^3"]),
    ],
)
def test_formulas_in_other_variables_and_over_other_ranges(formula, ranges, right, wrong, ask, every):
    """Where digits cancel, where there are corners, several variables, none, and powers of negative numbers."""
    names = sorted(set("cfgix") & set(formula.replace("tanh", "").replace("relu", "")))
    posed = every.posed["tanh/derivative"]
    key = FormulaKey(formula, dict.fromkeys(names, ranges) if ranges else {})
    posed = replace(posed, key=replace(posed.key, forms=(key,)))
    results = ask(every.sheet(posed=(posed,)), posed.item.id, right + wrong)
    assert [result["earned"] for result in results] == [1] * len(right) + [0] * len(wrong)
    assert earned(posed, right + wrong) == [result["earned"] for result in results]


@external
def test_a_number_at_the_very_end_of_a_band_is_in_it_or_not_as_for_the_grader(ask, every):
    """Ends are binary numbers, answers decimal ones: 0.1 lies below the float 0.1, and 0.3 above the float 0.3."""
    ends = [0.1, 0.2, 0.3, 0.7, 1.1, 2.675, 1e-7, 123456.789]
    answers = [
        text for end in ends for text in (repr(end), f"{Fraction(end).limit_denominator(10**6)}", f"{end:.30f}")
    ]
    for at, end in enumerate(ends):
        bands = (Band(end, end + 1, Fraction(1)), Band(end - 1, end, Fraction(1, 2)))
        posed = every.posed["tanh/half"]
        posed = replace(posed, key=replace(posed.key, forms=(NumberKey(end, "?", bands),)))
        own = answers[3 * at : 3 * at + 3]
        results = ask(every.sheet(posed=(posed,)), posed.item.id, own)
        assert [result["earned"] for result in results] == earned(posed, own)


@external
def test_it_says_on_top_that_it_holds_the_answers_and_hands_in_nothing(browser, tmp_path, every):
    (tmp_path / "p.html").write_text(practice_page(every.sheet()), "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "p.html").as_uri())
    assert page.get_by_text("The file holds the answers").is_visible()
    assert page.locator("#download").count() == 0
    page.close()


@pytest.fixture
def page(browser, tmp_path, every):
    (tmp_path / "p p.html").write_text(practice_page(every.sheet()), "utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
    page.goto((tmp_path / "p p.html").as_uri())
    yield page
    context.close()


def question(page, name: str):
    return page.locator(f"[data-question='tanh/{name}']")


@external
def test_it_explains_what_is_chosen_and_takes_it_back_when_the_answer_changes(page):
    asked = question(page, "range")
    asked.get_by_role("radio", name="A", exact=False).first.check()
    asked.get_by_role("button", name="Check").click()
    assert "Not right: 0 of 2 points." in asked.locator(".result").inner_text()
    assert "FEEDBACK-SIGMOID" in asked.locator(".result").inner_text()
    assert asked.locator(".result math").count() == 1
    assert not asked.get_by_text("Solution of range").is_visible()
    asked.get_by_text("The answer").click()
    assert asked.get_by_text("Solution of range").is_visible()
    asked.get_by_role("radio", name="B", exact=False).first.check()
    assert not asked.locator(".result").is_visible()
    asked.get_by_role("button", name="Check").click()
    assert "Right: 2 of 2 points." in asked.locator(".result").inner_text()
    assert page.locator("#total").text_content() == "2 of 2 points in 1 of 12 questions checked"


@external
def test_enter_checks_a_number_and_wrong_ones_get_their_own_words(page):
    asked = question(page, "half")
    asked.get_by_label("Your number").fill("0.6225")
    asked.get_by_label("Your number").press("Enter")
    assert "FEEDBACK-SIGMA" in asked.locator(".result").inner_text()


@external
def test_a_text_is_ticked_against_its_rubric(page):
    asked = question(page, "vanish")
    asked.get_by_label("Your answer").fill("They shrink.")
    asked.get_by_role("button", name="Check").click()
    asked.get_by_role("checkbox", name="RUBRIC-SHRINKS").check()
    assert "Partly right: 1 of 2 points." in asked.locator(".result").inner_text()
    asked.get_by_role("checkbox", name="RUBRIC-FAR").check()
    assert "Right: 2 of 2 points." in asked.locator(".result").inner_text()
    assert asked.get_by_text("MODEL-TEXT").is_visible()


@external
def test_beginning_again_deletes_everything(page):
    asked = question(page, "half")
    asked.get_by_label("Your number").fill("0.4621")
    asked.get_by_role("button", name="Check").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="begin again").click()
    assert asked.get_by_label("Your number").input_value() == ""
    assert not asked.locator(".result").is_visible()
    page.reload()
    assert asked.get_by_label("Your number").input_value() == ""


@external
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(scheme, page, every):
    """With everything answered, checked and opened."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    page.emulate_media(color_scheme=scheme)
    for name in NAMES:
        page.evaluate(every.ask, [f"tanh/{name}", answers_to(name)[:1]])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []


@external
def test_without_scripts_the_answers_can_be_read(browser, tmp_path, every):
    (tmp_path / "p.html").write_text(practice_page(every.sheet()), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "p.html").as_uri())
    assert page.get_by_text("Scripts are off in this browser.").is_visible()
    page.locator(".solution summary").first.click()
    assert page.get_by_text("Solution of range").is_visible()
    context.close()


def test_what_stands_in_its_data_cannot_end_the_script(every):
    posed = every.posed["tanh/word"]
    bad = "</script><script>alert(1)</script><!--"
    key = replace(posed.key, forms=((replace(posed.key.forms[0][0], words=(bad,), wrong=((bad, bad, ""),)),),))
    page = practice_page(every.sheet(posed=(replace(posed, key=key),)))
    assert page.count("<script") == page.count("</script>") == 2
