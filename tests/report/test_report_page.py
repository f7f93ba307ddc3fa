"""The page of one student."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.grade import CheckGrade, Curve, Evidence, Misconception, QuestionGrade, StudentGrade
from grader.model.outcome import Frame, Isolation, Status
from grader.report.page import student_page
from grader.report.safe import printable
from grader.report.verdict import SKIPPED, VERDICTS, write_points

GOLDEN = Path(__file__).parent / "golden" / "student.html"
TEMPLATES = Path(__file__).parents[2] / "templates"


def everywhere(text: str, *, public: bool = True) -> StudentGrade:
    """Return a grade with the same text in each place that a student, or a student's code, could have written."""
    evidence = Evidence(
        text,
        public,
        text,
        text,
        text,
        text,
        text,
        text,
        (Frame(text, 3, text, text), Frame(text, 4, text, text)),
        text,
    )
    checks = (
        CheckGrade(text, text, Fraction(0), Fraction(2), Status.ERROR, text, False, evidence, 1, 2),
        CheckGrade(text, text, Fraction(1), Fraction(1), Status.PASSED, text),
    )
    curve = Curve((0.0, 1.0, 2.0), (0.0, 1.0, 3.0), (0.0, 1.0, 2.0))
    question = QuestionGrade(
        id="tanh/tanh", kind="code", title=text, signature=text, score=Fraction(1), max_score=Fraction(3),
        status=Status.PARTIAL, checks=checks, misconceptions=(Misconception(text, text, text),), remarks=(text,),
        feedback=(text,), curve=curve,
    )  # fmt: skip
    return StudentGrade(text, (question,), (text,), Isolation.FULL)


@settings(max_examples=150)
@given(text=st.text(st.characters(exclude_categories=(), exclude_characters="`"), min_size=1, max_size=40))
def test_no_text_becomes_markup(text, sample, read_html):
    """Whatever is written in any place, the page has the elements and attributes that it has for the letter x."""
    assessment = sample.assessment()
    page = student_page(everywhere(text), assessment)
    got, plain = read_html(page), read_html(student_page(everywhere("x"), assessment))
    assert got.elements == plain.elements
    assert not got.faults
    page.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</title></style></pre></desc></svg><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)" x=\'',
        "{{ 7 * 7 }}{% raw %}${x}",
        "]]><!-- --!><![CDATA[",
        "\x1b]8;;https://example.org\x07click\x1b]8;;\x07",
        "\u202e\u2066\ud800\x00",
    ],
)
def test_text_that_tries_to_be_something_else_is_read_as_text(text, sample, read_html):
    page = student_page(everywhere(text), sample.assessment())
    got = read_html(page)
    assert got.elements == read_html(student_page(everywhere("x"), sample.assessment())).elements
    assert "".join(got.text).count(printable(text)) >= 20


def test_every_page_is_well_formed(sample, read_html):
    """Every element is closed, every id is there once, and every link within the page has its target."""
    for grade in (sample.all_kinds(), sample.all_passed(), StudentGrade("nobody", ())):
        page = read_html(student_page(grade, sample.assessment()))
        assert page.faults == []
        assert page.declarations == ["doctype html"]
        ids = [value for _, name, value in page.attributes if name == "id"]
        assert len(ids) == len(set(ids))
        links = {value[1:] for _, name, value in page.attributes if name == "href" and value.startswith("#")}
        assert links <= set(ids)
        labels = {
            part for _, name, value in page.attributes if name == "aria-labelledby" for part in value.split()
        }
        assert labels <= set(ids)


def test_a_page_needs_nothing_else_and_allows_nothing_else(sample, read_html):
    page = read_html(student_page(sample.all_kinds(), sample.assessment()))
    policy = next(value for tag, name, value in page.attributes if (tag, name) == ("meta", "content"))
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"] == "'unsafe-inline'"
    assert directives["img-src"] == "data:"
    assert "script-src" not in directives
    assert not [
        tag for tag, _ in page.elements if tag in {"script", "link", "iframe", "object", "embed", "form", "base"}
    ]
    assert not [
        name for _, name, _ in page.attributes if name.startswith("on") or name in {"src", "srcset", "action"}
    ]
    outside = [value for _, name, value in page.attributes if name == "href" and not value.startswith("#")]
    assert outside == ["https://example.org"]  # the author's own, in the introduction


def test_no_template_turns_escaping_off():
    for template in TEMPLATES.rglob("*.j2"):
        text = template.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", text), template


@given(text=st.text(st.sampled_from("`<b>x&\"' \n\x1b"), min_size=1, max_size=30))
def test_backticks_make_code_and_nothing_else(text, sample, read_html):
    """Sentences set names as code, also names that students chose; only <code> may come of it."""
    page = student_page(everywhere(text), sample.assessment())
    plain = read_html(student_page(everywhere("x"), sample.assessment())).elements
    got = read_html(page)
    assert not got.faults
    assert [one for one in got.elements if one[0] != "code"] == [one for one in plain if one[0] != "code"]
    assert "\x1b" not in page


def test_a_name_in_backticks_is_set_as_code(sample):
    page = student_page(everywhere("Your `tanh<` is `not` right`"), sample.assessment())
    assert "Your <code>tanh&lt;</code> is <code>not</code> right`" in page


KEPT_BACK = "inputs-of-a-hidden-case"


def test_a_hidden_case_shows_no_inputs_no_prints_and_no_exception(sample):
    """Even where a judge had left them in: of the evidence only the title is shown, where the course wants it."""
    frame = Frame(KEPT_BACK, 1, KEPT_BACK, KEPT_BACK)
    evidence = Evidence("hidden title", False, *[KEPT_BACK] * 6, (frame,), KEPT_BACK)
    check = sample.check("v", "Values.", 4, Status.ERROR, "Not right.", evidence=evidence)
    grade = StudentGrade("ada", (sample.graded(0, Status.ERROR, (check,)),))
    page = student_page(grade, sample.assessment())
    assert KEPT_BACK not in page
    assert "hidden title" in page
    assert "hidden title" not in student_page(grade, sample.assessment(show_hidden_titles=False))


def test_a_failed_check_is_told_with_all_that_helps(sample, read_html):
    text = " ".join("".join(read_html(student_page(sample.all_kinds(), sample.assessment())).text).split())
    for words in (
        "not right yet: The values on ordinary inputs",
        "The smallest failing case: seven small numbers.",
        "from activations import tanh x = np.array([-2.0, -1.0, 0.0]) print(tanh(x))",
        "off by 0.30 (no digit right)",
        "at x = -1.0; 6 of 7 numbers differ",
        "activations.py, line 31, in sigmoid_grad return helper(x)[<b>]",
        "… 388 more calls …",
        "Found 'tanhGrad' on line 12, wanted 'tanh_grad'.",
        "This looks like a known mistake: half-angle",
        "left out: 'link.py' is a link that leaves the folder",
        "Isolation level: full (",
        "… [24 lines left out] …",
        "The grader itself failed here. That is not your fault",
        "8 of 40 points so far",
        "no points yet",
    ):
        assert words in text, words


def test_a_call_can_be_copied_as_it_stands(sample, read_html):
    """The text of the <pre> is the program, character by character."""
    page = student_page(sample.all_kinds(), sample.assessment())
    calls = [check.evidence.call for one in sample.all_kinds().questions for check in one.checks if check.evidence]
    for call in filter(None, calls):
        compile(call, "call", "exec")
        shown = [
            text for text in re.findall("<pre>(.*?)</pre>", page, re.DOTALL) if read_html(text).text == [call]
        ]
        assert shown, call


def test_each_status_has_a_word_and_a_shape_of_its_own_kind():
    """Right, partly right, wrong, not found, stopped and ours differ in their outline, not in colour alone."""
    assert set(VERDICTS) == set(Status)
    assert len({verdict.word for verdict in VERDICTS.values()} | {SKIPPED.word}) == len(Status) + 1
    for tone in {verdict.tone for verdict in VERDICTS.values()}:
        shapes = {verdict.shape for verdict in VERDICTS.values() if verdict.tone == tone}
        others = {verdict.shape for verdict in VERDICTS.values() if verdict.tone != tone}
        assert not shapes & others
    drawn = (TEMPLATES / "report" / "shapes.svg.j2").read_text("utf-8")
    for verdict in (*VERDICTS.values(), SKIPPED):
        assert f'id="s-{verdict.shape}"' in drawn


@pytest.mark.parametrize("status", list(Status))
def test_a_page_says_each_status_in_words(status, sample, read_html):
    check = replace(
        sample.check("v", "Values.", 4), status=status, score=Fraction(4 if status is Status.PASSED else 0)
    )
    page = student_page(StudentGrade("ada", (sample.graded(0, status, (check,)),)), sample.assessment())
    assert "".join(read_html(page).text).count(VERDICTS[status].word) >= 3  # overview, question, check


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "3"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(0), "0"),
        (Fraction(9999, 1000), "9.999"),
        (3.333333, "3.33"),
        (10.0, "10"),
    ],
)
def test_points_are_written_short_but_never_rounded_to_another_whole(value, text):
    assert write_points(value) == text


def test_the_picture_is_shown_for_what_is_not_right_only(sample):
    curve = Curve((0.0, 1.0), (0.0, 1.0), (0.0, 1.0))
    right = sample.graded(0, Status.PASSED, (sample.check("v", "Values.", 4),), curve=curve)
    wrong = sample.graded(0, Status.FAILED, (sample.check("v", "Values.", 4, Status.FAILED),), curve=curve)
    assert "<figure>" not in student_page(StudentGrade("a", (right,)), sample.assessment())
    assert "<figure>" in student_page(StudentGrade("a", (wrong,)), sample.assessment())


def test_a_question_that_the_assessment_no_longer_has_is_still_shown(sample):
    stray = replace(sample.graded(0, Status.PASSED, (sample.check("v", "Values.", 4),)), id="gone/gone")
    assert "The hyperbolic tangent" in student_page(StudentGrade("a", (stray,)), sample.assessment())


def test_huge_texts_do_not_make_a_huge_page(sample):
    page = student_page(everywhere("long " * 200_000), sample.assessment())
    assert len(page) < 400_000


def test_the_same_grade_makes_the_same_bytes(sample):
    first, second = (student_page(sample.all_kinds(), sample.assessment()) for _ in range(2))
    assert first == second


def test_the_page_is_the_one_that_was_looked_at(sample, golden):
    """Compares with a stored page, without its style; GRADEGATE_REWRITE=1 stores the present one."""
    assessment = sample.assessment()
    items = tuple(
        replace(item, question=replace(item.question, prompt=f"Write `{item.question.function}`."))
        for item in assessment.items
    )
    page = student_page(sample.all_kinds(), sample.assessment(items=items))
    page = re.sub("<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    golden(GOLDEN, page)


def test_what_is_said_of_the_question_is_not_said_again_of_each_check(sample):
    said = "activations could not be imported."
    check = sample.check("v", "Values.", 4, Status.CRASHED, said)
    grade = StudentGrade("ada", (sample.graded(0, Status.CRASHED, (check,), feedback=(said,)),))
    assert student_page(grade, sample.assessment()).count(said) == 1
