"""The page of the kill matrix in a real browser: accessible, readable at any width, printable, self-contained."""

import shutil
from pathlib import Path

import pytest

from grader.audit.page import audit_page
from grader.audit.story import audit

pytestmark = pytest.mark.external

LAYER = Path(__file__).parent / "topics" / "layer"
WIDTHS = (360, 1280)
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
WEAK = "sizes: {N: 2, D: 3, H: 5}, draws: {b: {values: [0, 0, 0, 0, 0]}}}"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    """A page with everything that it can show: errors with something to paste, harmless ones, solutions, pairs."""
    folder = Path(shutil.copytree(LAYER, tmp_path_factory.mktemp("a course") / "layer"))
    bank = folder / "bank.yaml"
    text = bank.read_text().replace("sizes: {N: 2, D: 3, H: 5}}", WEAK)
    bank.write_text(text.replace("H: 4}}", "H: 4}, draws: {b: {values: [0, 0, 0, 0]}}}"))
    page = folder.parent / "matrix.html"
    page.write_text("".join(audit_page([audit(folder, None, with_pairs=True)])), "utf-8")
    return page.as_uri()


@pytest.fixture
def visit(browser, address):
    contexts = []

    def go(width: int = 1280, scheme: str = "light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        page.evaluate(OPEN_ALL)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "scheme"), [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
)
def test_axe_finds_no_violation_in_the_matrix(width, scheme, visit):
    """WCAG 2.1 A and AA and best practice, with every detail opened."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    found = axe.Axe().run(visit(width, scheme), options={"resultTypes": ["violations"]})
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert told == []


def test_the_matrix_scrolls_within_itself(visit):
    page = visit()
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_matrix_has_one_heading_and_runs_nothing(visit, address):
    page = visit()
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
    assert levels == [1, 2, 3, 3, 3]
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert address.startswith("file:")


def test_the_matrix_is_printed_whole(browser, address):
    """On paper what can be opened is open."""
    page = browser.new_page()
    page.goto(address)
    assert not page.locator(".kill").first.is_visible()
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.kill').getBoundingClientRect().height") > 50
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.close()
