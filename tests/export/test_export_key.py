"""The answer key: what is right, how near, what wrong answers betray, and why."""

import re

import pytest

from grader.export.html import key_page

external = pytest.mark.external


def test_it_shows_each_key_with_its_rule_solution_and_what_wrong_answers_betray(every):
    page = key_page(every.sheet())
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    for one in every.sheet().posed:
        assert one.key.rule in text
        assert one.item.title in text
    for words in (
        "takes-tanh-for-sigmoid", "FEEDBACK-SIGMOID", "FEEDBACK-DIGITS", "FEEDBACK-SIGN", "FEEDBACK-PARITY",
        "FEEDBACK-PAIR", "RUBRIC-SLOPE", "RUBRIC-FAR", "MODEL-TEXT", "MODEL-REASON", "uneven", "1 + y^2",
        "from 0.46207 to 0.46217 (at most 5.28e-05 from the right one)", "from 0.6224 to 0.6226", "exactly 2",
        "Marked by running the code", "K7QF-2M9X", "Ada &lt;Lovelace&gt;",
    ):  # fmt: skip
        assert words in text, words


def test_it_holds_no_script(every):
    assert "<script" not in key_page(every.sheet())


@external
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(scheme, browser, tmp_path, every):
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe-core is not installed")
    (tmp_path / "k.html").write_text(key_page(every.sheet()), "utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page.goto((tmp_path / "k.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []
    page.close()
