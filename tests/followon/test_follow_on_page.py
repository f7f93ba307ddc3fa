"""What a student sees of follow-on credit: the words, and points that add up."""

import re
from io import StringIO

from rich.console import Console

from grader.report.page import student_page
from grader.report.terminal import show_check


def points_shown(html):
    """Return the points of the checks of lstm_backward, as the page writes them."""
    section = html[html.rindex('<section class="question"') :]
    rows = re.findall(r'<li class="check">.*?</p>', section, re.DOTALL)
    return [re.search(r'<span class="n">([\d.]+) <span class="unit">/ ([\d.]+)', row).groups() for row in rows]


def test_the_page_says_what_was_credited_and_its_checks_add_up(lab, code):
    html = student_page(lab.examine(code.candidate).grade, lab.assessment)
    assert "Follow-on credit: <code>dxs</code>, <code>dh0</code>" in html
    assert "For your own <code>lstm_forward</code> it is right, and earns half of the points." in html
    shown = points_shown(html)
    assert shown == [("1.4", "2.8")] * 6 + [("0", "1.2"), ("1", "2")]
    section = html[html.rindex('<section class="question"') :]
    assert re.search(r"<strong>9.4</strong> <span class=\"unit\">of 20 points", section)
    assert "partly right" in section
    assert "not right yet" not in section


def test_the_page_says_why_there_is_none(lab, code):
    html = student_page(lab.examine(code.change(code.numeric, (" + b, 4", ", 4"))).grade, lab.assessment)
    assert "that does not depend on <code>b</code> at all" in html
    assert {earned for earned, _ in points_shown(html)} == {"0"}


def test_the_terminal_says_it_too(lab, code):
    written = StringIO()
    show_check(lab.examine(code.candidate).grade, Console(file=written, width=200))
    assert (
        "Follow-on credit: `dxs`, `dh0`, `dc0`, `dW`, `dU` and `db` are right for your own" in written.getvalue()
    )
