"""Each failing thing is said once, and each call is shown once, on the page and in the terminal alike."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from rich.console import Console

from grader.model.grade import CheckGrade, Evidence, QuestionGrade, StudentGrade
from grader.model.outcome import Frame, Status
from grader.report.page import student_page
from grader.report.telling import tellings
from grader.report.terminal import show_check

CALL = "from lstm import lstm_gates\n\nprint(lstm_gates())"
NUMBERS = Evidence(
    "all sizes are 1",
    public=True,
    call=CALL,
    got="0.7",
    wanted="-0.9",
    gap="off by 1.6",
    printed="printed by it",
    extent="None of the 6 cases is right.",
)
RAISED = Evidence(
    "importing lstm",
    public=True,
    error="SyntaxError: expected ':'",
    frames=(Frame("lstm.py", 15, "", "def lstm_forward(xs)"),),
)


def check(name: str, message: str, evidence: Evidence | None = None, **more: object) -> CheckGrade:
    status = more.pop("status", Status.FAILED)
    score = Fraction(1 if status is Status.PASSED else 0)
    return CheckGrade(name, f"The gate `{name}`", score, Fraction(1), status, message, evidence=evidence, **more)


def of(*checks: CheckGrade, feedback: tuple[str, ...] = (), name: str = "lstm_gates") -> QuestionGrade:
    status = Status.PARTIAL if any(one.is_passed for one in checks) else Status.FAILED
    score = sum((one.score for one in checks), Fraction(0))
    return QuestionGrade(
        f"lstm/{name}", "code", name, f"{name}()", score, Fraction(len(checks)), status, checks, feedback=feedback
    )


def in_terminal(*questions: QuestionGrade) -> str:
    stream = io.StringIO()
    show_check(StudentGrade("ada", questions), Console(file=stream, markup=False, highlight=False, width=200))
    return stream.getvalue()


@pytest.fixture
def on_page(sample, read_html):
    def words(*questions: QuestionGrade) -> str:
        page = student_page(StudentGrade("ada", questions), sample.assessment())
        return "".join(read_html(page).text)

    return words


TWO = (check("g", "It gives 0.7.", NUMBERS), check("o", "It gives 0.2.", replace(NUMBERS, got="0.2")))


def test_a_call_on_which_several_checks_fail_is_shown_once(on_page):
    """What came back of the second check is told all the same, and what was printed is not told again."""
    for said in (in_terminal(of(*TWO)), on_page(of(*TWO))):
        assert said.count(CALL) == 1
        assert said.count("printed by it") == 1
        assert said.count("None of the 6 cases is right.") == 1
        assert said.count("On the call above (all sizes are 1):") == 1
        assert "0.7" in said
        assert "0.2" in said


def test_another_call_is_shown_as_well(on_page):
    other = replace(
        NUMBERS, call=CALL.replace("()", "(1)"), case="all sizes differ", extent="Wrong on 5 of 6 cases."
    )
    checks = (TWO[0], check("f", "It gives 0.1.", other))
    for said in (in_terminal(of(*checks)), on_page(of(*checks))):
        assert CALL in said
        assert other.call in said
        assert "Wrong on 5 of 6 cases." in said
        assert "On the call above" not in said


def test_neighbours_that_fail_alike_are_told_together(on_page):
    """Six results of one call that raised: the exception is told once, each result is named, with its points."""
    raised = Evidence(
        "tiny", public=True, call=CALL, error="TypeError: 5 were given", extent="The same on both cases."
    )
    message = "It raised TypeError: 5 were given. The same on both cases."
    checks = tuple(check(name, message, raised if name == "i" else None, status=Status.ERROR) for name in "ifgo")
    for said in (in_terminal(of(*checks)), on_page(of(*checks))):
        assert said.count("TypeError: 5 were given") == 1
        assert said.count("The same on both cases.") == 1
        assert said.count("raised an error: The gate") == 4
    (told,) = tellings(StudentGrade("ada", (of(*checks),)), hidden_titles=True)
    assert [one.checks for one in told] == [checks]


def test_why_checks_wait_is_said_once(on_page):
    waiting = [check(name, "Not looked at yet: `g` has to be right first.", skipped=True) for name in "abc"]
    for said in (in_terminal(of(TWO[0], *waiting)), on_page(of(TWO[0], *waiting))):
        assert said.count("has to be right first") == 1
        assert said.count("not judged: The gate") == 3


def test_an_import_that_failed_is_shown_with_the_first_function_of_the_file(on_page):
    """Each question says that its file could not be imported; the lines of it are shown once."""
    why = "`lstm` could not be imported. It raised SyntaxError: expected ':'."
    checks = tuple(
        check(name, why, RAISED if name == "i" else None, status=Status.ERROR, skipped=True) for name in "if"
    )
    questions = [of(*checks, feedback=(why,), name=name) for name in ("lstm_gates", "lstm_cell", "lstm_forward")]
    for said in (in_terminal(*questions), on_page(*questions)):
        assert said.count("def lstm_forward(xs)") == 1
        assert said.count("could not be imported") == 3
        assert "lstm.py, line 15\n" in said  # in no function


def test_what_is_right_is_said_in_one_line_in_the_terminal_and_row_by_row_on_the_page(on_page):
    checks = (check("i", "Right.", status=Status.PASSED), check("f", "Right.", status=Status.PASSED), TWO[0])
    assert in_terminal(of(*checks)).count("What is right: The gate `i`; The gate `f`.") == 1
    assert in_terminal(of(*checks)).count("The gate `i`") == 1
    said = on_page(of(*checks))
    assert "What is right" not in said
    assert said.count("passed: The gate") == 2
    assert of(*checks).to_json()["feedback"] == ["What is right: The gate `i`; The gate `f`."]


def test_no_line_says_of_one_thing_that_it_is_right_and_not_right(on_page):
    for said in (in_terminal(of(*TWO)), on_page(of(*TWO))):
        assert "is right." not in said.replace("None of the 6 cases is right.", "")
