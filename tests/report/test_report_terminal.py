"""`grader check` in a terminal: the same words, and nothing that acts on it."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from grader.model.grade import CheckGrade, Evidence, Misconception, QuestionGrade, StudentGrade
from grader.model.outcome import Frame, Isolation, Status
from grader.report.terminal import console, show_check


def shown(grade, *, width=80, encoding="utf-8", is_terminal=False, environ=None) -> str:
    """Return what reaches the terminal, decoded."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    made = console(stream)
    if is_terminal or environ is not None:
        made = Console(
            file=stream, markup=False, highlight=False, emoji=False, force_terminal=is_terminal,
            color_system="truecolor", _environ=environ or {},
        )  # fmt: skip
    made.width = width
    show_check(grade, made)
    stream.flush()
    return raw.getvalue().decode(encoding)


def everywhere(text: str, *, public: bool = True) -> StudentGrade:
    evidence = Evidence(text, public, text, text, text, text, text, text, (Frame(text, 3, text, text),), text)
    check = CheckGrade(text, text, 0, 1, Status.ERROR, text, False, evidence, 1, 2)
    question = QuestionGrade(
        text,
        "code",
        text,
        text,
        0,
        1,
        Status.ERROR,
        (check,),
        (Misconception(text, text, text),),
        (text,),
        (text,),
    )
    return StudentGrade(text, (question,), (text,), Isolation.NONE)


@settings(max_examples=100)
@given(text=st.text(st.characters(exclude_categories=()), max_size=40), width=st.integers(1, 120))
def test_nothing_in_a_text_acts_on_the_terminal(text, width):
    """No escape, no carriage return, no bell, no bidirectional override reaches it."""
    written = shown(everywhere(text), width=width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", written)


@pytest.mark.parametrize(
    "text", ["[bold]x[/bold]", "[/]", "[link=https://example.org]x[/link]", ":smile:", "[red"]
)
def test_text_is_not_read_as_markup(text):
    assert text in shown(everywhere(text))


def test_colours_are_there_on_a_terminal_and_the_text_s_own_escapes_are_not(sample):
    written = shown(sample.all_kinds(), is_terminal=True)
    assert "\x1b[" in written
    ours = re.sub("\x1b\\[[0-9;]*m", "", written)
    assert "\x1b" not in ours
    assert "\\x1b[31mred" in ours


def test_no_color_is_kept(sample):
    """NO_COLOR leaves no colour; bold and dim may stay."""
    written = shown(sample.all_kinds(), is_terminal=True, environ={"NO_COLOR": "1"})
    codes = {code for found in re.findall("\x1b\\[([0-9;]*)m", written) for code in found.split(";")}
    assert codes <= {"", "0", "1", "2"}


def test_no_escapes_where_there_is_no_terminal(sample):
    assert "\x1b" not in shown(sample.all_kinds())


@pytest.mark.parametrize("width", [1, 8, 20, 40, 200])
def test_words_fit_any_width(width, sample):
    """All but what is to be copied, what the student's code said, and single words is wrapped."""
    written = shown(sample.all_kinds(), width=width)
    assert "tanh" in re.sub(r"\s", "", written)
    if width >= 20:
        ends = [
            line
            for line in written.splitlines()
            if line.strip().startswith(("not right", "The smallest", "Only public"))
        ]
        assert ends
        assert all(len(line) <= width for line in ends)


def test_a_call_can_be_copied_from_the_terminal(sample):
    """Neither wrapped nor indented, however narrow the terminal is."""
    written = shown(sample.all_kinds(), width=40)
    calls = [check.evidence.call for one in sample.all_kinds().questions for check in one.checks if check.evidence]
    for call in filter(None, calls):
        assert f"\n{call}\n" in written


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_a_terminal_of_any_encoding_gets_what_it_can_write(encoding, sample):
    written = shown(sample.all_kinds(), encoding=encoding)
    assert "not right yet" in written
    assert ("\u2717" in written) is (encoding == "utf-8")


def test_it_says_that_only_public_cases_were_run(sample):
    written = " ".join(shown(sample.all_kinds()).split())
    assert "1 of 10 questions pass on the public cases." in written
    assert "Only public cases were run. The grade counts hidden ones as well." in written
    assert "Isolation of this check: full." in written


def test_it_says_what_the_page_says(sample):
    written = " ".join(shown(sample.all_kinds()).split())
    for words in (
        "The smallest failing case: seven small numbers.",
        "off by 0.30 (no digit right)",
        "at x = -1.0; 6 of 7 numbers differ",
        "activations.py, line 31, in sigmoid_grad",
        "... 388 more calls ...",
        "Found 'tanhGrad' on line 12, wanted 'tanh_grad'.",
        "This looks like a known mistake, half-angle:",
        "RecursionError: maximum recursion depth exceeded",
        "For float32 in, float64 came out.",
        "left out: 'link.py'",
    ):
        assert words in written, words


def test_what_a_student_s_code_said_is_marked_as_quoted():
    """A printed line cannot pass for a verdict of ours."""
    fake = "1 of 1 questions pass on the public cases."
    grade = everywhere("x")
    question = grade.questions[0]
    evidence = Evidence("a case", public=True, printed=f"\n{fake}\n")
    check = CheckGrade("v", "v", 0, 1, Status.FAILED, "m", False, evidence)
    grade = StudentGrade("a", (QuestionGrade("i", "code", "t", "s", 0, 1, question.status, (check,)),))
    lines = [line for line in shown(grade).splitlines() if fake in line]
    assert lines
    assert all(line.startswith("    | ") for line in lines)


def test_hidden_cases_show_nothing_of_themselves():
    written = shown(everywhere("secret", public=False))
    lines = [line for line in written.splitlines() if "case is hidden" in line]
    assert lines == ["    The failing case is hidden."]
    assert "To paste" not in written
    assert "It raised" not in written
    assert "It printed" not in written
    assert "wanted  " not in written


def test_everything_right_is_short(sample):
    written = shown(sample.all_passed())
    assert len(written.splitlines()) < 30
    assert "10 of 10 questions pass on the public cases." in written


def test_the_console_reads_no_text_as_markup():
    stream = io.StringIO()
    console(stream).print("[red]x[/red] :smile:", Text("y"))
    assert stream.getvalue() == "[red]x[/red] :smile: y\n"
