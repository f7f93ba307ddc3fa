"""The page that a student works in, driven in Chromium: kept, counted, downloaded, read back; without a key."""

import json
import re
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest

from grader.bank.yaml12 import parse
from grader.export.html import work_page
from grader.model.sheet import Blanks, Enter, Item

external = pytest.mark.external
AXE = {"resultTypes": ["violations"]}
NASTY = (
    "'single' \"double\" # no comment\n- a list?\n: {a: [1, 2]} & *alias !tag %d @at `x` | > ~ null"
    "\ttab\\n \\u0041 \u2028 \u2029 \u0085 \x7f \ufeff \u00a0 \ue000 \U0001f642 é ß 数 -0x1F 012 1e3 no"
    "</script><!-- <b>"
)
ANSWERS = {
    "tanh/range": "D",
    "tanh/which": ["A", "C"],
    "tanh/slope": {"choice": "B", "reason": NASTY},
    "tanh/half": "0,46",
    "tanh/derivative": "1 - y^2",
    "tanh/words": ["odd", "", "np.tanh(x)"],
    "tanh/lines": ["B", "A", "C"],
    "tanh/pairs": {"1": "B", "3": "D"},
    "tanh/prints": "  2 ",
    "tanh/curve": "A",
    "tanh/vanish": "yes",
    "tanh/word": ["null"],
}


@pytest.fixture
def open_sheet(browser, tmp_path, every):
    """Open the page of a sheet from a folder with a space in its name; pages of one context share what is kept."""
    contexts = []

    def go(sheet=None, *, context=None, **more):
        file = tmp_path / "my sheets & répo" / "ada #1.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(work_page((sheet or every.sheet()).handout), "utf-8")
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **more})
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
        page.goto(file.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def answer_all(page) -> None:
    """Answer every question of the sample sheet with its controls, as ANSWERS has it."""
    page.get_by_role("radio", name="D np.tanh(x)").check()
    for name in ("odd", "bounded"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("radio", name="False").check()
    page.get_by_label("Reason").fill(NASTY)
    question(page, "half").get_by_label("Your number").fill("0,46")
    page.get_by_label("Your formula").fill("1 - y^2")
    page.get_by_label("Blank 1 of 3: a word").fill("odd")
    page.get_by_label("Blank 3 of 3: a formula").fill("np.tanh(x)")
    page.get_by_role("button", name="Move A down").click()
    for left, letter in (("1 tanh", "B"), ("3 sigmoid", "D")):
        page.get_by_label(left).select_option(letter)
    question(page, "prints").get_by_label("Your number").fill("  2 ")
    page.get_by_role("radio", name="the first").check()
    page.get_by_label("Your answer").fill("yes")
    page.get_by_label("Blank 1 of 1: a word").fill("null")


def question(page, name: str):
    return page.locator(f"[data-question='tanh/{name}']")


def download(page) -> dict:
    """Press the button, and read the file as the grader reads it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers.yaml").click()
    assert waiting.value.suggested_filename == "answers.yaml"
    document = parse(waiting.value.path().read_bytes(), "answers.yaml")
    assert document.complaints == ()
    return document.value


@external
def test_every_answer_comes_back_from_the_downloaded_file_as_it_was_given(open_sheet):
    page = open_sheet()
    answer_all(page)
    assert download(page) == {"assessment": "quiz", "variant": "K7QF-2M9X", "answers": ANSWERS}


@external
def test_every_answer_is_there_again_after_a_reload_and_in_another_tab(open_sheet):
    page = open_sheet()
    answer_all(page)
    page.reload()
    assert download(page)["answers"] == ANSWERS
    page.close()
    other = open_sheet(context=page.context)
    assert download(other)["answers"] == ANSWERS
    assert page.context.pages == [other]


@external
def test_what_is_typed_in_one_tab_shows_in_another(open_sheet):
    page = open_sheet()
    other = open_sheet(context=page.context)
    page.bring_to_front()  # a page behind another one is slow
    answer_all(page)
    other.locator("#count", has_text="10 of 12").wait_for()
    assert download(other)["answers"] == ANSWERS


@external
def test_an_untouched_sheet_has_no_answers(open_sheet):
    """Above all, the order in which lines came is no answer."""
    assert download(open_sheet())["answers"] == {}


@external
def test_the_order_on_the_screen_is_an_answer_once_it_is_said_to_be(open_sheet):
    page = open_sheet()
    page.get_by_label("This order is my answer").check()
    assert download(page)["answers"] == {"tanh/lines": ["A", "B", "C"]}
    page.get_by_label("This order is my answer").uncheck()
    assert download(page)["answers"] == {}


@external
def test_a_choice_can_be_taken_back(open_sheet):
    page = open_sheet()
    page.get_by_role("radio", name="all of").check()
    question(page, "range").get_by_role("button", name="Choose none").click()
    assert download(page)["answers"] == {}


@external
def test_a_reason_without_a_choice_and_a_choice_without_a_reason(open_sheet):
    page = open_sheet()
    page.get_by_label("Reason").fill("so")
    assert download(page)["answers"] == {"tanh/slope": {"reason": "so"}}
    page.get_by_label("Reason").fill(" ")
    page.get_by_role("radio", name="True").check()
    assert download(page)["answers"] == {"tanh/slope": "A"}
    page.reload()
    assert download(page)["answers"] == {"tanh/slope": "A"}


@external
def test_two_variants_and_two_assessments_keep_their_answers_apart(open_sheet, every):
    page = open_sheet()
    answer_all(page)
    for changes in ({"variant": "0000-0000"}, {"assessment": "exam"}):
        other = open_sheet(every.sheet(**changes), context=page.context)
        assert download(other)["answers"] == {}
        other.close()


@external
def test_it_says_how_many_are_answered_and_leads_to_the_others(open_sheet):
    page = open_sheet()
    assert page.locator("#count").text_content() == "0 of 12 answered"
    answer_all(page)
    assert page.locator("#count").text_content() == "10 of 12 answered"  # a blank and a pair are open
    assert page.locator("#missing a").all_text_contents() == ["6", "8"]
    page.get_by_label("Blank 2 of 3").fill("0")
    page.get_by_label("2 ReLU").select_option("A")
    assert page.locator("#count").text_content() == "12 of 12 answered"
    assert page.locator("#missing").text_content() == "Every question is answered."


DOUBTS = {
    **dict.fromkeys(("0,46", "4.6·10⁻¹", "12 m", "50 %", "2½"), ""),
    "1,234": "“1,234”: this could be 1.234 or 1234: write one of the two.",
    "about 3": "“about 3”: this cannot be read as a number.",
    "1/0": "“1/0”: nothing can be divided by zero.",
    "": "",
}


@external
def test_a_number_that_cannot_be_read_is_doubted_and_kept_all_the_same(open_sheet):
    """A unit is left to the grader, which knows the right one."""
    asked = question(open_sheet(), "half")
    for typed, doubt in DOUBTS.items():
        asked.get_by_label("Your number").fill(typed)
        asked.get_by_label("Your number").press("Tab")
        assert (typed, asked.locator(".doubt").inner_text()) == (typed, doubt)
    asked.get_by_label("Your number").fill("about 3")
    assert download(asked.page)["answers"] == {"tanh/half": "about 3"}


@external
def test_answers_can_be_deleted_and_copied(open_sheet):
    page = open_sheet()
    answer_all(page)
    assert parse(page.locator("#copy").input_value(), "copied").value["answers"] == ANSWERS
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete my answers").click()
    assert download(page)["answers"] == ANSWERS
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete my answers").click()
    page.reload()
    assert download(page)["answers"] == {}


@external
def test_a_browser_that_keeps_nothing_is_told_of_and_the_download_still_works(open_sheet, browser):
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})")
    page = open_sheet(context=context)
    answer_all(page)
    assert "Not saved" in page.locator("#kept").text_content()
    assert download(page)["answers"] == ANSWERS
    context.close()


@external
@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[[1]]",
        '[["tanh/range", ["A"]], ["tanh/words", 3], ["tanh/lines", ["A", "A", "C"]]]',
        '[["tanh/pairs", "x"], ["tanh/slope", null], ["tanh/half", {}]]',
    ],
)
def test_what_is_kept_wrongly_is_no_answer(kept, open_sheet):
    page = open_sheet()
    edition, code = "work", "K7QF-2M9X"
    name = f"gradegate/{edition}/quiz/{code}"
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, kept])
    page.reload()
    assert download(page)["answers"] == {}


@external
def test_half_a_character_becomes_a_sign_for_it(open_sheet):
    page = open_sheet()
    page.evaluate("document.querySelector('[data-question$=vanish] textarea').value = 'a\\ud800b'")
    question(page, "vanish").get_by_label("Your answer").press("End")
    page.keyboard.type("c")
    assert download(page)["answers"]["tanh/vanish"] in {"a\ufffdbc", "ca\ufffdb"}


def focus(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.outerHTML.slice(0, 60)")


@external
def test_with_the_keyboard_alone(open_sheet):
    """Tab, space and arrows answer a choice, several choices, a text, an order and a pair, and download."""
    page = open_sheet()
    keyboard = page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(80):
            keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
        pytest.fail(f"the keyboard does not reach {selector}; it is at {focus(page)}")

    tab_to("[name=q1-0]")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    tab_to("[name=q2-0]")
    keyboard.press("Space")
    tab_to("#q4-0")
    keyboard.type("0.4621")
    tab_to("[data-letter=A] [data-move=down]")
    keyboard.press("Enter")
    assert page.locator("#said").text_content() == "A is now number 2 of 3."
    keyboard.press("ArrowDown")
    assert page.locator("#said").text_content() == "A is now number 3 of 3."
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Move A down"
    keyboard.press("ArrowDown")
    assert page.locator("#said").text_content() == "A is last already."
    tab_to("#q8-0-2")
    keyboard.type("C")
    tab_to("#download")
    with page.expect_download() as waiting:
        keyboard.press("Enter")
    assert parse(waiting.value.path().read_bytes(), "answers.yaml").value["answers"] == {
        "tanh/range": "B",
        "tanh/which": ["A"],
        "tanh/half": "0.4621",
        "tanh/lines": ["B", "C", "A"],
        "tanh/pairs": {"2": "C"},
    }


@external
def test_lines_can_be_dragged(open_sheet):
    page = open_sheet()
    rows = question(page, "lines").locator("li")
    rows.first.scroll_into_view_if_needed()
    grip, last = rows.first.locator(".grip").bounding_box(), rows.last.bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, last["y"] + last["height"], steps=8)
    page.mouse.up()
    assert download(page)["answers"] == {"tanh/lines": ["B", "C", "A"]}


@external
def test_lines_can_be_dragged_by_touch(open_sheet):
    page = open_sheet(has_touch=True)
    rows = question(page, "lines").locator("li")
    rows.first.scroll_into_view_if_needed()
    grip, last = rows.first.locator(".grip").bounding_box(), rows.last.bounding_box()
    session = page.context.new_cdp_session(page)
    x, y, end = grip["x"] + 5, grip["y"] + 5, last["y"] + last["height"]
    touch = lambda kind, at: session.send(  # noqa: E731
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}] if at else []}
    )
    touch("touchStart", y)
    for step in range(1, 9):
        touch("touchMove", y + (end - y) * step / 8)
    touch("touchEnd", 0)
    assert download(page)["answers"] == {"tanh/lines": ["B", "C", "A"]}


@external
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(width, scheme, open_sheet):
    """WCAG 2.1 A and AA and best practice; empty, and with everything answered and opened."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    page = open_sheet(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for fill in (lambda _: None, answer_all):
        fill(page)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = axe.Axe().run(page, options=AXE)["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []


@external
def test_nothing_is_wider_than_the_screen(open_sheet):
    page = open_sheet()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@external
def test_the_page_asks_for_nothing(open_sheet, browser):
    context = browser.new_context()
    asked = []
    context.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page = open_sheet(context=context)
    answer_all(page)
    download(page)
    assert set(asked) <= {"file", "blob"}
    assert asked.count("file") == 1
    context.close()


@external
def test_its_policy_stops_every_script_but_its_own(open_sheet):
    page = open_sheet()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,x\" onerror=\"window.hit = 1\">');"
        "const one = document.createElement('script'); one.textContent = 'window.hit = 1';"
        "document.body.append(one)"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hit") is None


@external
def test_without_scripts_the_questions_are_there_and_it_says_what_does_not_work(open_sheet):
    page = open_sheet(java_script_enabled=False)
    assert page.get_by_text("Scripts are off in this browser.").is_visible()
    assert page.get_by_text("nothing that you enter here is saved").is_visible()
    assert page.locator("section.question[data-question]").count() == 12
    page.get_by_role("radio", name="all of").check()  # the controls themselves work
    for gone in ("#download", "#count", ".grip", ".moves"):
        assert not page.locator(gone).first.is_visible()


@external
def test_with_scripts_nothing_is_said_about_them(open_sheet):
    assert not open_sheet().get_by_text("Scripts are off").is_visible()


@external
def test_on_paper_buttons_are_gone_and_the_variant_is_there(open_sheet):
    page = open_sheet()
    page.emulate_media(media="print")
    for gone in ("#download", ".moves", ".bar", "[data-clear]"):
        assert not page.locator(gone).first.is_visible()
    assert page.get_by_text("K7QF-2M9X").first.is_visible()
    assert page.locator("#q4-0").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_the_example_in_the_documentation_is_read_and_has_the_shapes_that_the_page_writes():
    text = (Path(__file__).parents[2] / "docs" / "quizzes.md").read_text("utf-8")
    document = parse(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1], "quizzes.md")
    assert document.complaints == ()
    answers = document.value["answers"]
    assert answers["tanh/pairs"] == {"1": "B", "2": "A"}
    assert {name: type(answer) for name, answer in answers.items() if name != "tanh/half"} == {
        name: type(ANSWERS[name]) for name in answers if name != "tanh/half"
    }


def test_the_same_sheet_is_the_same_bytes(every):
    assert work_page(every.sheet().handout) == work_page(every.sheet().handout)


def test_no_key_stands_in_a_page_for_students(every):
    """Nothing of a key that the item does not say itself: values, words, formulas, feedback, rubrics, rules."""
    plain = re.sub(r"\s+", " ", unescape(work_page(every.sheet().handout)))
    shown = re.sub(r"\s+", " ", unescape(work_page(every.sheet(posed=()).handout)))
    secret = set()
    for one in every.sheet().posed:
        secret |= {text for text in texts_of(one.key) if len(text) > 3 and text not in repr(one.item)}
    assert len(secret) > 40
    assert [text for text in secret if text in plain and text not in shown] == []


def texts_of(value) -> set[str]:
    """Return every text and every number in a key, as it might be written."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, float):
        return {repr(value), f"{value:.4g}"}
    if isinstance(value, Fraction):
        return {str(value)} if value.denominator > 1 else set()
    if isinstance(value, dict):
        return set().union(*map(texts_of, value), *map(texts_of, value.values()))
    if isinstance(value, tuple | list):
        return set().union(*map(texts_of, value))
    names = getattr(value, "__dataclass_fields__", {})
    return set().union(*(texts_of(getattr(value, name)) for name in names))


def test_a_blank_that_stands_nowhere_in_the_prompt_gets_a_control_all_the_same(every):
    page = work_page(every.sheet().handout)
    assert page.count('class="blank"') == 4
    assert "Blank 1 of 1: a word" in page


def test_blanks_beside_each_other_in_code_and_in_formulas_are_all_controls(every):
    """Three underscores are Markdown for much else: emphasis, a rule."""
    prompt = "(___, ___)___\n\n___\n\n`a ___ b`, $x = ___$ and ____ is none."
    item = Item("t/x", "blanks", "Blanks", prompt, Fraction(1), (Blanks((Enter("word"),) * 6),))
    page = work_page(every.sheet(posed=()).handout.__class__("a", "b", "", "c", (item,)))
    assert re.findall(r'data-what="word"', page) == ['data-what="word"'] * 6
    assert [int(n) for n in re.findall(r'placeholder="(\d)"', page)] == [1, 2, 3, 4, 5, 6]
    assert "____ is none" in page


def test_what_students_and_authors_write_is_escaped(every):
    page = work_page(every.sheet(title="<script>x", variant='"><b>', assessment="a'b\"c").handout)
    assert "<script>x" not in page
    assert '"><b>' not in page
    assert "Ada &lt;Lovelace&gt;" in page
    assert json.dumps("<2>") not in page
    assert "&lt;2&gt;" in page
