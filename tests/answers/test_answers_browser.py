"""From the page that a student works in, through the downloaded file, to the page that comes back; in Chromium."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from grader.export.html import work_page
from grader.model.sheet import Arrange, Blanks, Choose, Enter, Pair

pytestmark = pytest.mark.external
QUIZ = Path(__file__).parents[2] / "questions" / "quiz.yaml"
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


def answer(section, forms, response) -> None:
    """Enter a response with the controls of its question, as a student would."""
    parts = [response] if len(forms) == 1 else [response["choice"], response["reason"]]
    for form, field, given in zip(forms, section.locator("fieldset").all(), parts, strict=True):
        match form:
            case Choose():
                for letter in given if isinstance(given, list) else [given]:
                    field.locator(f"input[value='{letter}']").check()
            case Enter():
                field.locator("[data-what]").fill(given)
            case Blanks():
                for place, text in enumerate(given):
                    field.locator("input").nth(place).fill(text)
            case Arrange():
                for letter in reversed(given):
                    for _ in given:
                        if field.locator("li").first.get_attribute("data-letter") != letter:
                            field.locator(f"li[data-letter='{letter}'] [data-move='up']").click()
                field.get_by_label("This order is my answer").check()
            case Pair():
                for left, letter in given.items():
                    field.locator(f"select[data-left='{left}']").select_option(letter)


def download(browser, sheet, responses, folder: Path) -> None:
    """Answer a sheet in the browser, and put what is downloaded into a folder."""
    folder.mkdir(parents=True)
    page_file = folder.parent.parent / f"{folder.name}.sheet.html"
    page_file.write_text(work_page(sheet.handout), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_file.as_uri())
    for posed in sheet.posed:
        if posed.item.id in responses:
            answer(page.locator(f"[data-question='{posed.item.id}']"), posed.item.forms, responses[posed.item.id])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download answers.yaml").click()
    waiting.value.save_as(folder / "answers.yaml")
    context.close()


@pytest.fixture(scope="module")
def out(browser, sheet_of, made, tmp_path_factory) -> Path:
    """A class that has answered in the browser: one all right, one all wrong; and its results."""
    from grader.model.outcome import Isolation
    from grader.pipeline import grade_class
    from grader.worker import Settings

    base = tmp_path_factory.mktemp("browser")
    right, wrong = sheet_of("ada"), sheet_of("bob")
    download(browser, right, made.responses(right), base / "class" / "ada")
    responses = {
        name: one
        for name, one in made.responses(wrong, made.wrong).items()
        if name != "tanh/order_by_value" and one
    }
    download(browser, wrong, responses, base / "class" / "bob")
    grade_class(base / "class", Settings(QUIZ, None, Isolation.NONE), base / "out", workers=1)
    return base / "out"


def test_what_is_downloaded_in_the_browser_is_graded_with_the_marks_it_deserves(out, quiz, sheet_of, made):
    whole = {one["student"]: one for one in json.loads((out / "results.json").read_text("utf-8"))["students"]}
    sheet = {one.item.id: one for one in sheet_of("ada").posed}
    for question in whole["ada"]["questions"]:
        posed = sheet[question["id"]]
        if made.has_text(posed):
            assert question["status"] == "needs_review"
        else:
            assert (question["status"], question["score"]) == ("passed", question["max_score"]), question
    assert whole["ada"]["notes"] == whole["bob"]["notes"] == []
    assert not any(question["status"] == "passed" for question in whole["bob"]["questions"])
    assert Fraction(whole["bob"]["score"]) < quiz.max_score / 10


@pytest.mark.parametrize("student", ["ada", "bob"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_that_comes_back_can_be_read_by_everybody(student, width, out, browser):
    """WCAG 2.1 A and AA and best practice, with every detail opened; nothing is wider than the screen."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto((out / "students" / f"{student}.html").as_uri())
    page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    told = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert told == []
    assert wide <= width


def test_the_page_of_the_class_can_be_read_by_everybody(out, browser):
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    page = browser.new_page()
    page.goto((out / "index.html").as_uri())
    page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    page.close()
    assert [one["id"] for one in found["violations"]] == []
