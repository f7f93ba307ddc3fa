"""The shipped quiz as pages: whatever its questions hold, they can be read by everybody, on a phone too."""

from pathlib import Path

import pytest

from grader.bank.load import load_quiz
from grader.export.html import key_page, practice_page, work_page
from grader.quiz.sheet import sheet_for

pytestmark = pytest.mark.external

QUIZ = Path(__file__).parents[2] / "questions" / "quiz.yaml"
PAGES = {"work": lambda sheet: work_page(sheet.handout), "practice": practice_page, "key": key_page}


@pytest.fixture(scope="module")
def sheet():
    return sheet_for(load_quiz(QUIZ), "ada", b"shipped")


@pytest.fixture(scope="module")
def show(sheet, browser, tmp_path_factory):
    """Open a page of the quiz as on a phone, with everything in it opened."""
    folder = tmp_path_factory.mktemp("shipped")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")

    def go(edition):
        (folder / f"{edition}.html").write_text(PAGES[edition](sheet), "utf-8")
        page = context.new_page()
        page.goto((folder / f"{edition}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        return page

    yield go
    context.close()


@pytest.mark.parametrize("edition", PAGES)
def test_nothing_is_wider_than_a_phone(edition, show):
    assert show(edition).evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("edition", PAGES)
def test_axe_finds_no_violation_in_the_shipped_quiz(edition, show):
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    found = axe.Axe().run(show(edition), options={"resultTypes": ["violations"]})["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []
