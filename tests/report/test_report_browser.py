"""The pages in a real browser: accessible, readable at any width, printable, and without a network."""

import pytest

from grader.model.outcome import Isolation
from grader.report.classpage import ClassRow, class_page
from grader.report.page import student_page

pytestmark = pytest.mark.external

PAGES = ("kinds", "passed", "class")
WIDTHS = (360, 1280)
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def addresses(sample, tmp_path_factory) -> dict[str, str]:
    """Write the pages as `grade` does, and return where they are."""
    folder = tmp_path_factory.mktemp("pages of a class")
    assessment = sample.assessment()
    rows = map(ClassRow.of, sample.with_mistakes(sample.make_class(14)))
    texts = {
        "kinds": student_page(sample.all_kinds(), assessment),
        "passed": student_page(sample.all_passed(), assessment),
        "class": "".join(class_page(rows, assessment, Isolation.FULL, sample.make_unexplained(14))),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in texts}


@pytest.fixture
def visit(browser, addresses):
    """Open a page; scripts are off in it, as its policy asks, unless a check of ours needs them."""
    contexts = []

    def go(name: str, *, width: int = 1280, scheme: str = "light", **more):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(addresses[name])
        return page

    yield go
    for context in contexts:
        context.close()


LOOKS = [("kinds", width, scheme) for width in WIDTHS for scheme in ("light", "dark")]


@pytest.mark.parametrize(
    ("name", "width", "scheme"), [*LOOKS, *(("class", *look[1:]) for look in LOOKS), ("passed", 1280, "light")]
)
def test_axe_finds_no_violation(name, width, scheme, visit):
    """WCAG 2.1 A and AA and best practice, with every detail opened."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    page = visit(name, width=width, scheme=scheme)
    page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert told == []


def test_axe_would_find_one(visit):
    """The check above is alive: pale text on the same page is found."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    page = visit("passed")
    page.add_style_tag(content="p { color: #ccc !important }")
    assert "color-contrast" in {
        one["id"] for one in axe.Axe().run(page, options={"runOnly": ["color-contrast"]})["violations"]
    }


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(name, visit):
    """At any width; wide tables of the class scroll within themselves."""
    page = visit(name)
    page.evaluate(OPEN_ALL)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_everything_in_the_order_in_which_it_is_read(visit):
    """First the link that skips to the content; then links and details from top to bottom, each outlined."""
    page = visit("kinds")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary')].filter(one => one.checkVisibility()).length"
    )
    assert wanted > 20
    tops = []
    for index in range(wanted):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "(() => { const at = document.activeElement, box = at.getBoundingClientRect();"
            " return [at.tagName, at.className, box.top + scrollY, getComputedStyle(at).outlineStyle] })()"
        )
        assert focus[0] in {"A", "SUMMARY"}
        assert focus[3] == "solid"
        if index == 0:
            assert focus[1] == "skip"
        tops.append(focus[2])
    assert tops[1:] == sorted(tops[1:])


def test_the_skip_link_appears_and_leads_to_the_content(visit):
    page = visit("kinds")
    skip = page.locator(".skip")
    assert skip.bounding_box()["x"] < 0
    page.keyboard.press("Tab")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_logical_order(name, visit):
    """One first-level heading, and no level is left out on the way down."""
    page = visit(name)
    page.evaluate(OPEN_ALL)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_runs_nothing(name, browser, addresses):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(addresses[name])
    assert page.evaluate("document.scripts.length") == 0
    assert asked == [addresses[name]]
    assert said == []
    context.close()


INTRUDER = """
<img src="https://example.org/x.png" onerror="window.hit = 1">
<iframe srcdoc="<script>parent.hit = 1</script>"></iframe>
<a id="bait" href="javascript:window.hit = 1">x</a>
"""


def test_the_policy_stops_a_script_that_got_in_all_the_same(browser, addresses):
    """The second line of defence, tried: a handler, a frame, a link and a picture from outside."""
    context = browser.new_context()
    page = context.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.goto(addresses["kinds"])
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", INTRUDER)
    page.evaluate("document.getElementById('bait').click()")
    page.wait_for_timeout(100)
    assert page.evaluate("window.hit") is None
    assert failed == [("https://example.org/x.png", "csp")]
    context.close()


def test_the_two_schemes_differ_and_paper_is_white(visit):
    backgrounds = [
        visit("kinds", scheme=scheme).evaluate("getComputedStyle(document.documentElement).backgroundColor")
        for scheme in ("light", "dark")
    ]
    page = visit("kinds", scheme="dark")
    page.emulate_media(media="print")
    backgrounds.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert len(set(backgrounds)) == 3
    assert backgrounds[2] == "rgb(255, 255, 255)"


def test_in_print_the_tasks_are_open_and_the_skip_link_is_gone(visit):
    page = visit("kinds")
    hidden = page.locator(".prose").first
    assert not hidden.is_visible()
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.question .prose').getBoundingClientRect().height") > 20
    assert not page.locator(".skip").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_printed(name, visit):
    data = visit(name).pdf(prefer_css_page_size=True)
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") >= 1


def test_formulas_are_drawn_as_formulas(visit):
    """A fraction is higher than a line of text."""
    page = visit("kinds")
    page.evaluate(OPEN_ALL)
    assert page.locator("math mfrac").first.bounding_box()["height"] > 20
