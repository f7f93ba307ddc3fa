"""The pages of a review, driven in Chromium by keyboard alone."""

import re

import pytest
from axe_core_python.sync_playwright import Axe

from grader.review.texts import pile_up

external = pytest.mark.external
# What is sent waits, each by itself, until the test lets it go.
HOLD = """() => {
  const send = window.fetch;
  const gates = [];
  window.fetch = async (...all) => { await new Promise((open) => { gates.push(open); }); return send(...all); };
  window.let_go = () => { gates.shift()(); };
  window.let_all_go = () => { window.fetch = send; gates.splice(0).forEach((open) => open()); };
}"""


@pytest.fixture
def open_page(browser):
    """Open the review as a person does, by its address; then a question. Errors of the script fail the test."""
    contexts = []

    def go(sitting, question=1, *, context=None, **more):
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 1100, "height": 800}, **more})
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
        page.goto(sitting.guard.address)
        page.wait_for_url(f"**{sitting.guard.root}")
        if question:
            page.goto(f"http://127.0.0.1:{sitting.guard.port}{sitting.guard.root}q/{question}")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page, sitting):
    return open_page(sitting)


def said(page, words) -> None:
    """Wait until the page says something."""
    page.locator("#said", has_text=words).wait_for()


def until(page, holds) -> None:
    """Wait until something holds that the page does not show."""
    for _ in range(400):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never held")


def go_to(page, sitting, student) -> int:
    """Press j until the student's answer is the current one, and return its number."""
    number = sitting.place(student)
    for _ in range(len(sitting.piles[0].texts)):
        if current(page) == number:
            return number
        page.keyboard.press("j" if current(page) < number else "k")
    raise AssertionError(f"answer {number} was not reached")


def current(page) -> int:
    return int(page.locator("article[aria-current]").get_attribute("data-number"))


@external
def test_a_class_is_marked_by_keyboard_alone(page, sitting):
    """From the address to the last mark: ticks, no point, a comment, the next that waits; each is kept at once."""
    assert current(page) == 1
    assert page.evaluate("document.activeElement.id") == "t1"
    place = go_to(page, sitting, "dia")
    page.keyboard.press("2")
    said(page, f"Answer {place}: 2 of 4.")
    assert sitting.review("dia").points == ("early",)
    page.keyboard.press("1")
    said(page, f"Answer {place}: 4 of 4.")
    page.keyboard.press("2")
    said(page, f"Answer {place}: 2 of 4.")
    assert sitting.review("dia").points == ("shrinks",)
    page.keyboard.press("c")
    page.keyboard.type("Which weights? j k 1")
    page.keyboard.press("Escape")
    page.wait_for_selector("[aria-current] .filled textarea")  # which it is once the answer has come
    page.keyboard.press("9")
    said(page, "The rubric has no point 9.")
    assert sitting.review("dia").comment == "Which weights? j k 1"
    go_to(page, sitting, "eve")
    page.keyboard.press("0")
    said(page, ": 0 of 4.")
    assert sitting.review("eve").points == ()
    assert page.locator("#count").inner_text() == "2 of 6 marked"
    for _ in range(4):
        page.keyboard.press("w")
        page.keyboard.press("1")
    page.locator("#count", has_text="6 of 6 marked").wait_for()
    page.keyboard.press("w")
    said(page, "No answer shown here waits.")
    assert len(sitting.book.kept) == 6


@external
def test_what_is_typed_fast_is_all_kept(page, sitting):
    """Keys come faster than answers from the server; none is lost, none is undone by an answer that comes late."""
    go_to(page, sitting, "dia")
    page.evaluate(HOLD)
    for key in "1", "2":
        page.keyboard.press(key)
    page.evaluate("window.let_go()")
    until(page, lambda: sitting.desk.steps("tanh/vanish", "answer") == 1)
    said(page, "2 of 4")  # the answer to the first has come, while the second is on its way
    page.keyboard.press("1")
    page.evaluate("window.let_all_go()")
    until(page, lambda: sitting.desk.steps("tanh/vanish", "answer") == 3)
    assert sitting.review("dia").points == ("early",)
    assert page.locator("article[aria-current] input[name=point]:checked").get_attribute("value") == "early"


@external
def test_steps_are_taken_back_also_after_a_reload(page, sitting):
    place = go_to(page, sitting, "dia")
    page.keyboard.press("1")
    said(page, "2 of 4")
    page.keyboard.press("2")
    said(page, "4 of 4")
    page.keyboard.press("u")
    said(page, f"Undone. Answer {place}: 2 of 4.")
    assert sitting.review("dia").points == ("shrinks",)
    page.reload()
    assert current(page) == place, "the reload comes back to the same answer"
    assert page.locator("article[aria-current] input[name=point]:checked").count() == 1
    page.keyboard.press("Control+z")
    said(page, f"Undone. Answer {place}: waiting.")
    assert sitting.review("dia") is None
    page.keyboard.press("u")
    said(page, "There is nothing to undo.")


@external
def test_identical_answers_are_marked_together_only_where_a_person_says_so(page, sitting):
    go_to(page, sitting, "ada")
    page.keyboard.press("1")
    said(page, "2 of 4")
    assert sitting.review("ben") is None
    page.keyboard.press("i")
    said(page, "2 answers, each: 2 of 4.")
    assert sitting.review("ben").points == sitting.review("fay").points == ("shrinks",)
    assert sitting.review("cem") is None, "near is not identical"
    assert page.locator("article.done").count() == 3
    go_to(page, sitting, "ben")
    page.keyboard.press("2")
    said(page, "4 of 4")
    page.keyboard.press("u")
    said(page, "2 of 4")
    page.keyboard.press("u")
    said(page, "2 answers, each: waiting.")
    assert (sitting.review("ben"), sitting.review("ada").points) == (None, ("shrinks",))


@external
def test_identical_words_to_another_variant_of_the_question_are_not_identical(
    open_sitting, open_page, texts_of_class
):
    one, other = texts_of_class(["ada", "ben"], ""), texts_of_class(["cem"], " Over 90 steps?")
    sitting = open_sitting(pile_up([*one, *other], ("tanh/vanish",)))
    page = open_page(sitting)
    go_to(page, sitting, "cem")
    assert "Over 90 steps?" in page.locator(".asked.shown").inner_text()
    page.keyboard.press("i")
    said(page, "No other answer is identical.")
    go_to(page, sitting, "ada")
    assert "Over 90 steps?" not in page.locator(".asked.shown").inner_text()
    page.keyboard.press("1")
    page.keyboard.press("i")
    page.locator("#count", has_text="2 of 3 marked").wait_for()
    assert (sitting.review("ben").points, sitting.review("cem")) == (("shrinks",), None)


@external
def test_a_comment_is_used_again(page, sitting):
    go_to(page, sitting, "dia")
    page.keyboard.press("r")
    said(page, "No comment has been written for this question yet.")
    page.keyboard.press("c")
    page.keyboard.type("Say *which* <b>slope</b>.")
    page.keyboard.press("Control+Enter")
    said(page, "0 of 4")
    go_to(page, sitting, "eve")
    page.keyboard.press("r")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("1")
    said(page, f"Answer {sitting.place('eve')}: 0 of 4.")
    assert sitting.review("eve").comment == "Say *which* <b>slope</b>."
    assert current(page) == sitting.place("eve")


@external
def test_the_later_of_two_tabs_is_told_and_sees_what_is_there(page, open_page, sitting):
    other = open_page(sitting, context=page.context)
    place = go_to(page, sitting, "dia")
    go_to(other, sitting, "dia")
    page.keyboard.press("1")
    said(page, "2 of 4")
    other.evaluate(HOLD)
    other.keyboard.press("2")
    other.keyboard.press("2")  # what was sent after it, on what is not so any more, is dropped
    other.evaluate("window.let_all_go()")
    other.locator("#alarm", has_text=f"Not saved: answer {place} has been changed in another tab").wait_for()
    assert sitting.review("dia").points == ("shrinks",)
    assert other.locator("article[aria-current] input[name=point]:checked").get_attribute("value") == "shrinks"
    other.keyboard.press("2")
    said(other, "4 of 4")
    assert sitting.review("dia").points == ("shrinks", "early")
    assert other.locator("#alarm").inner_text() == ""


@external
@pytest.mark.parametrize("how", ["stop", "hang_up"])
def test_what_cannot_be_saved_is_said_aloud(page, sitting, how):
    """The sitting has ended and still writes its pages; or nobody listens any more."""
    number = go_to(page, sitting, "dia")
    getattr(sitting, how)()
    page.keyboard.press("1")
    page.locator("#alarm", has_text="Not saved: the review is closed").wait_for()
    assert page.locator("#alarm").get_attribute("role") == "alert"
    assert page.locator(f"article.unsaved[data-number='{number}']").count() == 1
    assert sitting.review("dia") is None


@external
def test_answers_are_filtered_and_found_by_keyboard(page, sitting):
    go_to(page, sitting, "dia")
    page.keyboard.press("0")
    said(page, "0 of 4")
    page.keyboard.press("f")
    page.wait_for_url("**show=waiting*")
    assert page.locator("article").count() == 5
    page.keyboard.press("f")
    page.wait_for_url("**show=done*")
    assert page.locator("article").count() == 1
    page.keyboard.press("f")
    page.wait_for_url("**show=all*")
    page.keyboard.press("/")
    page.keyboard.type("weights")
    page.keyboard.press("Enter")
    page.wait_for_url("**find=weights*")
    assert page.locator("article").count() == 1


@external
def test_names_are_hidden_until_they_are_asked_for(page, sitting):
    assert page.get_by_text("dia", exact=True).count() == 0
    go_to(page, sitting, "dia")
    page.keyboard.press("n")
    page.get_by_text("dia", exact=True).wait_for()
    page.keyboard.press("n")
    page.get_by_text("dia", exact=True).wait_for(state="detached")


@external
def test_help_lists_every_key_and_keys_can_be_switched_off(page, sitting):
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    words = set(re.split(r"\s+", page.locator("dialog[open] table").inner_text()))
    script = sitting.pages.script.partition("const keys = {")[2].partition("};")[0]
    known = set(re.findall(r"(?:^|, |  )\"?([a-z/?0]|Enter)\"?:", script, re.MULTILINE)) - {"?"}
    assert known
    assert known <= words
    page.get_by_label("Single keys do these things").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert not sitting.book.kept
    assert current(page) == 1


@external
def test_controls_work_by_tab_and_space_alone(page, sitting):
    """Without single keys: each control of the current answer is reached and works as it is labelled."""
    go_to(page, sitting, "dia")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "point":
            break
    page.keyboard.press("Space")
    said(page, "2 of 4")
    assert sitting.review("dia").points == ("shrinks",)
    while page.evaluate("document.activeElement.value") != "none":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "0 of 4")


@external
def test_a_pointer_hits_what_it_pressed(page):
    """The controls of the answer that was the current one fold away: not before the button is let go."""
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")  # as in a browser that has no anchors
    box = page.locator("#t2 input[value=early]")
    place = box.bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.down()
    assert box.bounding_box() == place
    page.mouse.up()
    said(page, "Answer 2: 2 of 4.")
    assert current(page) == 2
    assert box.is_checked()


@external
def test_a_text_runs_nothing_and_asks_for_nothing(open_page, sitting):
    asked = []
    page = open_page(sitting, question=0)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{sitting.guard.port}{sitting.guard.root}q/1")
    go_to(page, sitting, "eve")
    page.keyboard.press("1")
    said(page, "2 of 4")
    assert page.evaluate("window.hacked") is None
    assert page.locator("article img, article a, article script").count() == 0
    assert all(url.startswith(f"http://127.0.0.1:{sitting.guard.port}{sitting.guard.root}") for url in asked)


@external
def test_another_page_in_the_same_browser_can_neither_send_a_form_nor_show_ours(page, sitting, tmp_path):
    """The browser has the cookie; a page of somebody else knows the address even, but not the form's token."""
    action = f"http://127.0.0.1:{sitting.guard.port}{sitting.guard.root}q/1/mark"
    evil = tmp_path / "evil.html"
    evil.write_text(
        f"<form method=post action='{action}'><input name=text value=1><input name=version value=0>"
        f"<input name=point value=early><input name=form_token value='{sitting.guard.form_token}'></form>"
        f"<iframe src='{action.removesuffix('/mark')}'></iframe>",
        "utf-8",
    )
    other = page.context.new_page()
    other.goto(evil.as_uri())
    reads = "(url) => fetch(url, {credentials: 'include'}).then(() => 'read', () => 'refused')"
    assert other.evaluate(reads, action.removesuffix("/mark")) == "refused"
    assert all("Vanishing" not in frame.content() for frame in other.frames[1:])
    other.evaluate("document.forms[0].submit()")
    other.wait_for_url("**/mark")
    assert "gradient" not in other.inner_text("body")
    assert not sitting.book.kept


@external
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 700}}])
def test_the_pages_can_be_used_with_a_screen_reader(open_page, sitting, look):
    page = open_page(sitting, question=0, **look)
    if not look:
        assert found_by_axe(page) == []
    page.goto(page.url + "q/1")
    page.keyboard.press("1")
    said(page, "2 of 4")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs out on the right"
    page.keyboard.press("?")
    assert found_by_axe(page) == []


def found_by_axe(page) -> list[str]:
    return [
        violation["id"] for violation in Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    ]


@external
def test_without_scripts_marks_are_made_by_forms(open_page, sitting):
    page = open_page(sitting, java_script_enabled=False)
    card = page.locator(f"#t{sitting.place('dia')}")
    card.get_by_role("checkbox").first.check()
    card.get_by_role("button", name="Save").click()
    page.wait_for_url("**#t*")
    assert sitting.review("dia").points == ("shrinks",)


@external
def test_the_sitting_ends_by_the_button_and_the_file_is_written_by_another(open_page, sitting):
    page = open_page(sitting, question=0)
    page.get_by_role("button", name="Write reviews.yaml now").press("Enter")
    page.get_by_text("Written.").wait_for()
    assert sitting.saved == [0]
    page.get_by_role("button", name="Finish").press("Enter")
    page.get_by_text("You can close this tab").wait_for()
