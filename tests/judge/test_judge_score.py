"""Points and status: what each check earns, whose fault counts, and what a hidden case may never give away."""

from collections.abc import Callable
from dataclasses import astuple, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judge.score import judge_question, looks_wrong, note_dependencies
from grader.model.grade import QuestionGrade
from grader.model.inputs import Form
from grader.model.key import KeyedCase
from grader.model.outcome import Frame, Outcome, Raised, Status, Value
from grader.model.question import ALL, ANY, Check, CodeQuestion, Item

DEATHS = [Status.TIMEOUT, Status.MEMORY, Status.OUTPUT_LIMIT, Status.CRASHED, Status.BLOCKED]
SECRET = "0.123456789"  # noqa: S105  a hidden input, no password


def texts(thing: Any) -> str:
    """Everything that a grade says, in one string."""
    if isinstance(thing, QuestionGrade):
        return texts(tuple(getattr(thing, name) for name in thing.__slots__))
    if isinstance(thing, tuple | list):
        return " ".join(map(texts, thing))
    return texts(astuple(thing)) if hasattr(thing, "__dataclass_fields__") else str(thing)


@pytest.fixture(scope="module")
def keyed(bench: Any) -> tuple[CodeQuestion, tuple[KeyedCase, ...]]:
    return bench.tanh_question(), bench.tanh_cases()


def by_name(grade: QuestionGrade) -> dict[str, Any]:
    return {check.name: check for check in grade.checks}


# Points


def test_a_right_function_gets_every_point_exactly(bench: Any):
    grade = bench.judge(np.tanh, points=Fraction(10, 3))
    assert (grade.status, grade.score, grade.max_score) == (Status.PASSED, Fraction(10, 3), Fraction(10, 3))
    assert grade.feedback == ()
    assert all(check.message.startswith("Right") for check in grade.checks)


def test_shares_are_exact_fractions_and_add_up(bench: Any):
    grade = bench.judge(lambda x: 2 / (1 + np.exp(-2 * np.asarray(x))) - 1, points=Fraction(1, 7))
    assert grade.score == Fraction(9, 10) * Fraction(1, 7)
    assert sum(check.max_score for check in grade.checks) == grade.max_score == Fraction(1, 7)


def test_a_check_is_all_or_nothing_over_its_cases(bench: Any, keyed: Any):
    """One wrong number on one case of four costs the whole check."""
    question, cases = keyed
    outcomes = bench.answers(question, cases, np.tanh)
    spoiled = outcomes["drawn"].values[0].array.copy()
    spoiled[3] += 1e-3
    outcomes["drawn"] = replace(outcomes["drawn"], values=(Value("ndarray", spoiled),))
    values = by_name(judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes))["values"]
    assert (values.score, values.failed_cases, values.total_cases) == (0, 1, 3)


def test_a_check_that_needs_a_failed_one_is_skipped_and_not_judged(bench: Any):
    checks = by_name(bench.judge(lambda x: np.tanh(x) + 1))
    assert [checks[name].skipped for name in ("values", "shapes", "stable", "accurate")] == [
        False,
        True,
        True,
        True,
    ]
    assert all(check.score == 0 and check.status is Status.FAILED for check in checks.values())
    assert "`values` has to be right first" in checks["shapes"].message
    assert checks["shapes"].evidence is None


def test_a_check_may_need_one_that_is_written_after_it(bench: Any):
    question = bench.tanh_question()
    question = replace(question, checks=question.checks[::-1])
    assert bench.judge(np.tanh, question).status is Status.PASSED
    assert [check.skipped for check in bench.judge(np.cos, question).checks] == [True, True, True, False]


def test_checks_that_need_each_other_end_all_the_same(bench: Any):
    question = bench.tanh_question()
    circle = (replace(question.checks[0], needs="shapes"), replace(question.checks[1], needs="values"))
    assert bench.judge(np.tanh, replace(question, checks=circle)).status is Status.PASSED


def test_an_unchanged_argument_alone_earns_nothing_where_any_other_check_is_asked_for(bench: Any, keyed: Any):
    half = Fraction(1, 2)
    checks = (
        Check("arguments", "Left alone.", half, ("by-hand",), unchanged=True, needs=ANY),
        Check("values", "Right.", half, ("by-hand",), keyed[0].checks[0].rule),
    )
    question = replace(keyed[0], checks=checks)
    assert bench.judge(np.tanh, question).score == 10
    assert bench.judge(np.cos, question).score == 0
    assert bench.judge(lambda _: None, question).score == 0


def test_a_check_that_needs_all_others_is_judged_once_these_hold(bench: Any, keyed: Any):
    """Wherever it is written: large numbers are not told wrong again where ordinary ones are."""
    half, third = keyed[0].checks[0].rule, Fraction(1, 3)
    checks = (
        Check("far", "Large.", third, ("far",), half, needs=ALL),
        Check("arguments", "Left alone.", third, ("by-hand",), unchanged=True, needs=ANY),
        Check("values", "Right.", third, ("by-hand",), half),
    )
    question = replace(keyed[0], checks=checks)
    assert bench.judge(np.tanh, question).score == 10
    wrong = by_name(bench.judge(np.cos, question))
    assert (wrong["far"].skipped, wrong["far"].score, wrong["arguments"].skipped) == (True, 0, True)
    assert wrong["far"].message == "Not looked at yet: the others have to be right first."

    def overflows(x: Any) -> Any:
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    one = by_name(bench.judge(overflows, question))
    assert not one["far"].skipped
    assert [one[name].is_passed for name in ("far", "values", "arguments")] == [False, True, True]


def test_a_check_without_a_rule_asks_for_numbers_and_unchanged_arguments_only(bench: Any, keyed: Any):
    check = Check("arguments", "Left alone.", Fraction(1), ("by-hand",), unchanged=True)
    question = replace(keyed[0], checks=(check,))

    def spoil(x: Any) -> Any:
        x[0] = 5
        return np.tanh(x)

    assert bench.judge(np.cos, question).status is Status.PASSED
    assert bench.judge(spoil, question).status is Status.FAILED
    assert bench.judge(lambda _: None, question).status is Status.FAILED
    assert "changes its argument `x`" in bench.judge(spoil, question).checks[0].message


def test_a_changed_argument_costs_only_where_that_is_asked(bench: Any):
    def in_place(x: Any) -> Any:
        if isinstance(x, np.ndarray) and x.flags.writeable:
            return np.tanh(x, out=x)
        return np.tanh(x)

    question = bench.tanh_question()
    asked = replace(question.checks[1], cases=("by-hand",))
    grade = bench.judge(in_place, replace(question, checks=(question.checks[0], asked)))
    assert [check.is_passed for check in grade.checks] == [True, False]


# Status


@pytest.mark.parametrize("status", DEATHS)
def test_a_question_on_which_every_call_died_has_that_status(bench: Any, keyed: Any, status: Status):
    question, cases = keyed
    outcomes = {case.name: Outcome(case.name, status) for case in cases}
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    assert (grade.status, grade.score) == (status, 0)
    assert grade.remarks == ()


def test_the_status_without_points_is_that_of_the_first_check_that_failed(bench: Any, keyed: Any):
    question, cases = keyed
    question = replace(question, checks=tuple(replace(check, needs="") for check in question.checks[:2]))
    outcomes = bench.answers(question, cases, np.cos)
    outcomes["float"] = Outcome("float", Status.TIMEOUT)

    def status(question: CodeQuestion) -> Status:
        return judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes).status

    assert status(question) is Status.FAILED
    assert status(replace(question, checks=question.checks[::-1])) is Status.TIMEOUT


def test_any_points_make_it_partial(bench: Any):
    assert bench.judge(lambda x: np.tanh(np.float32(x))).status is Status.PARTIAL


def test_a_question_that_is_worth_nothing_is_not_passed_by_failing(bench: Any):
    assert bench.judge(np.cos, points=0).status is Status.FAILED
    assert bench.judge(np.tanh, points=0).status is Status.PASSED


@pytest.mark.parametrize("status", [Status.ERROR, Status.MISSING, *DEATHS])
def test_a_file_that_cannot_be_loaded_gives_its_status_and_tells_why_once(bench: Any, keyed: Any, status: Status):
    question, cases = keyed
    frames = (Frame("activations.py", 3, "<module>", "import torch"),)
    raised = Raised("ModuleNotFoundError", "No module named 'torch'", frames) if status is Status.ERROR else None
    loaded = bench.loaded(status=status, raised=raised, detail="why")
    grade = judge_question(Item(question, Fraction(10)), cases, loaded, {})
    assert (grade.status, grade.score, grade.max_score) == (status, 0, 10)
    assert all(check.skipped for check in grade.checks)
    if raised is not None:
        assert grade.checks[0].evidence.frames == frames
        assert grade.checks[0].evidence.error == "ModuleNotFoundError: No module named 'torch'"
    assert [check.evidence for check in grade.checks[1:]] == [None] * 3


def test_a_missing_function_is_told_with_its_near_miss(bench: Any, keyed: Any):
    question, cases = keyed
    outcomes = {case.name: Outcome(case.name, Status.MISSING) for case in cases}
    loaded = bench.loaded(functions=(bench.info("Tanh"),))
    grade = judge_question(Item(question, Fraction(10)), cases, loaded, outcomes)
    assert grade.status is Status.MISSING
    assert grade.feedback == ("Found `Tanh`, wanted `tanh`.",)


# The grader's own fault


def test_the_graders_fault_is_no_zero_and_has_its_own_status(bench: Any, keyed: Any):
    question, cases = keyed
    outcomes = bench.answers(question, cases, np.tanh)
    outcomes["near-zero"] = Outcome("near-zero", Status.GRADER_ERROR, detail="the sandbox broke")
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    assert (grade.status, grade.score) == (Status.GRADER_ERROR, 0)
    assert "not your fault" in grade.feedback[0]
    assert "the sandbox broke" in grade.feedback[0]
    assert by_name(grade)["values"].is_passed


@pytest.mark.parametrize(("ours", "shown"), [("grid", "by hand"), ("by-hand", "grid")])
def test_a_real_failure_in_the_same_check_outweighs_it(bench: Any, keyed: Any, ours: str, shown: str):
    question, cases = keyed
    outcomes = bench.answers(question, cases, np.cos)
    outcomes[ours] = Outcome(ours, Status.GRADER_ERROR)
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    assert grade.status is Status.FAILED
    assert grade.checks[0].evidence.case == shown


def test_an_outcome_that_was_lost_is_the_graders_fault(bench: Any, keyed: Any):
    question, cases = keyed
    for lost in ("by-hand", "far"):
        outcomes = bench.answers(question, cases, np.tanh)
        del outcomes[lost]
        grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
        assert grade.status is Status.GRADER_ERROR


def test_a_submission_that_the_grader_could_not_run_is_not_graded(bench: Any, keyed: Any):
    loaded = bench.loaded(status=Status.GRADER_ERROR, detail="no memory")
    grade = judge_question(Item(keyed[0], Fraction(10)), (), loaded, {})
    assert (grade.status, grade.score, grade.max_score) == (Status.GRADER_ERROR, 0, 10)
    assert "no memory" in grade.feedback[0]


# A student's self-check


def test_where_only_public_cases_ran_the_checks_are_judged_on_these(bench: Any, keyed: Any):
    question, cases = keyed
    outcomes = {c.name: bench.call(np.tanh, c) for c in cases if c.public}
    for known in (cases, tuple(case for case in cases if case.public)):
        grade = judge_question(Item(question, Fraction(10)), known, bench.loaded(), outcomes)
        assert (grade.status, grade.score) == (Status.PASSED, grade.max_score)
        assert by_name(grade)["stable"].total_cases == 1


def test_a_check_with_hidden_cases_only_is_left_for_the_grading(bench: Any, keyed: Any):
    question, cases = keyed
    checks = (question.checks[0], replace(question.checks[2], cases=("far",)))
    question = replace(question, checks=checks)
    outcomes = {c.name: bench.call(np.tanh, c) for c in cases if c.public}
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    assert (grade.status, grade.score, grade.max_score) == (Status.PASSED, 5, 5)
    stable = by_name(grade)["stable"]
    assert (stable.status, stable.skipped, stable.max_score) == (Status.UNANSWERED, True, 0)
    assert "hidden" in stable.message


# What is shown


def test_the_smallest_public_case_that_fails_is_shown(bench: Any):
    evidence = bench.judge(np.cos).checks[0].evidence
    assert (evidence.case, evidence.public) == ("by hand", True)
    assert "np.array([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])" in evidence.call


def test_a_case_on_which_it_is_right_is_not_shown_and_told_as_right(bench: Any):
    """Right at the seven numbers by hand, wrong between -6 and -2."""
    check = bench.judge(lambda x: np.tanh(np.maximum(x, -2))).checks[0]
    assert check.evidence.case == "grid"
    assert "right on: by hand" in check.message
    assert "worst at x = -3" in check.evidence.where or "at x = -" in check.evidence.where


def test_what_all_numbers_have_in_common_is_found_on_a_case_with_more_of_them(bench: Any, keyed: Any):
    question, cases = keyed
    one = bench.case("one", np.array([0.5]), bench.on_floats(__import__("mpmath").tanh, [0.5]))
    question = replace(question, checks=(replace(question.checks[0], cases=("one", "by-hand")),))
    grade = bench.judge(lambda x: 2 * np.tanh(x), question, cases=(one, *cases))
    evidence = grade.checks[0].evidence
    assert evidence.case == "one"
    assert 'on the case "by hand" every number is 2 times what is wanted' in evidence.gap


def liar(x: Any) -> Any:
    return np.tanh(x) + (np.abs(x).max() > 2.5) * float(SECRET)


def shouts(x: Any) -> Any:
    if isinstance(x, np.ndarray) and x.shape == (16,):
        print(SECRET)  # noqa: T201
        raise ValueError(SECRET)
    return np.tanh(x)


def own_exception(x: Any) -> Any:
    if isinstance(x, np.ndarray) and x.shape == (16,):
        raise type(f"Saw {SECRET}", (Exception,), {})(SECRET)
    return np.tanh(x)


def shape_of_secret(x: Any) -> Any:
    return np.zeros((1, 2, 3, 4567)) if isinstance(x, np.ndarray) and x.shape == (16,) else np.tanh(x)


def type_of_secret(x: Any) -> Any:
    return type(f"Saw{SECRET}", (), {})() if isinstance(x, np.ndarray) and x.shape == (16,) else np.tanh(x)


def warns(x: Any) -> Any:
    import warnings

    if isinstance(x, np.ndarray) and x.shape == (16,):
        warnings.warn(SECRET, stacklevel=1)
        return x
    return np.tanh(x)


@pytest.mark.parametrize("spy", [shouts, own_exception, shape_of_secret, type_of_secret, warns])
def test_nothing_that_a_function_says_on_a_hidden_case_is_shown(bench: Any, spy: Callable[..., Any]):
    grade = bench.judge(spy)
    check = grade.checks[0]
    assert not check.is_passed
    assert (check.evidence.case, check.evidence.public) == ("drawn", False)
    said = texts(grade)
    assert SECRET not in said
    assert "4567" not in said
    empty = (check.evidence.call, check.evidence.got, check.evidence.wanted, check.evidence.printed)
    assert (*empty, check.evidence.frames) == ("", "", "", "", ())
    assert "Right on both public cases, " in check.message
    assert "hidden" in check.message


hidden_outcomes = st.builds(
    Outcome,
    call=st.just("drawn"),
    status=st.sampled_from([Status.PASSED, Status.ERROR, *DEATHS, Status.MISSING]),
    values=st.lists(
        st.one_of(
            st.builds(Value, st.just("SECRET"), st.none(), st.just("SECRET")),
            st.builds(Value, st.just("SECRET"), st.just(np.full(16, 77.25))),
            st.builds(Value, st.just("SECRET"), st.just(np.full((77, 25), 77.25))),
        ),
        max_size=2,
    ).map(tuple),
    returned=st.just("SECRET"),
    count=st.just(7725),
    changed=st.sampled_from([(), (0,), (99,)]),
    raised=st.sampled_from([None, Raised("SECRET", "SECRET", (Frame("SECRET", 7725, "SECRET", "SECRET"),))]),
    printed=st.just("SECRET"),
    warnings=st.just(("SECRET",)),
    detail=st.just("SECRET"),
)


@settings(max_examples=60)
@given(outcome=hidden_outcomes)
def test_no_hidden_outcome_at_all_reaches_the_student(bench: Any, keyed: Any, outcome: Outcome):
    question, cases = keyed
    outcomes = bench.answers(question, cases, np.tanh) | {"drawn": outcome}
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    said = texts(replace(grade, curve=None))
    assert "SECRET" not in said
    assert "77" not in said
    hidden = next(case for case in cases if case.name == "drawn")
    assert not any(repr(float(v)) in said for v in hidden.arguments[0].value if abs(v) > 0.01)
    assert not any(repr(float(v)) in said for v in hidden.expected[0].nearest)


def test_a_function_that_says_too_much_is_cut_short(bench: Any):
    long = "x" * 100_000

    def noisy(_: Any) -> Any:
        print(long)  # noqa: T201
        raise ValueError(long)

    assert len(texts(bench.judge(noisy))) < 20_000
    loaded = bench.loaded(status=Status.ERROR, raised=Raised(long, long, (Frame(long, 1, long, long),) * 99))
    grade = bench.judge(np.tanh, loaded=replace(loaded, printed=long, detail=long))
    assert len(texts(grade)) < 20_000


@settings(max_examples=60)
@given(
    statuses=st.lists(
        st.sampled_from([Status.PASSED, Status.PASSED, Status.FAILED, Status.ERROR, *DEATHS, Status.GRADER_ERROR]),
        min_size=10,
        max_size=10,
    )
)
def test_it_looks_wrong_exactly_where_it_is_not_passed(bench: Any, keyed: Any, statuses: list[Status]):
    question, cases = keyed
    right, wrong = (bench.answers(question, cases, function) for function in (np.tanh, np.cos))
    outcomes = {
        case.name: {Status.PASSED: right, Status.FAILED: wrong}.get(status, {}).get(case.name)
        or Outcome(case.name, status)
        for case, status in zip(cases, statuses, strict=True)
    }
    grade = judge_question(Item(question, Fraction(10)), cases, bench.loaded(), outcomes)
    assert looks_wrong(question, cases, bench.loaded(), outcomes) == (grade.status is not Status.PASSED)
    assert 0 <= grade.score <= grade.max_score == 10
    if grade.status is not Status.GRADER_ERROR:
        assert grade.score == sum(check.score for check in grade.checks)
        assert (grade.status is Status.PARTIAL) == (0 < grade.score < 10)


def test_a_file_that_cannot_be_loaded_looks_wrong(bench: Any, keyed: Any):
    assert looks_wrong(*keyed, bench.loaded(status=Status.ERROR), {})


# Remarks and the curve


def test_remarks_are_told_only_where_they_do_not_hold_and_cost_nothing(bench: Any):
    assert bench.judge(np.tanh).remarks == ()
    grade = bench.judge(lambda x: np.tanh(x.astype(np.float64) if hasattr(x, "astype") else x))
    assert grade.remarks == ("float32 in does not give float32 back.",)
    assert grade.status is Status.PASSED
    grade = bench.judge(lambda x: np.tanh(x * 1.0))
    assert grade.remarks == ("A list is not accepted.",)
    assert grade.status is Status.PASSED


def test_warnings_are_shown_once_and_not_punished(bench: Any):
    def warns_on_public(x: Any) -> Any:
        if np.size(x) == 7:
            np.exp(np.full(2, 1000.0))
        return np.tanh(x)

    grade = bench.judge(warns_on_public)
    assert grade.status is Status.PASSED
    assert grade.remarks == ("It warned, which costs nothing: RuntimeWarning: overflow encountered in exp.",)


def test_a_warning_of_a_hidden_case_is_not_shown(bench: Any):
    def tells(x: Any) -> Any:
        import warnings

        if np.size(x) == 16:
            warnings.warn(SECRET, stacklevel=1)
        return np.tanh(x)

    grade = bench.judge(tells)
    assert grade.status is Status.PASSED
    assert grade.remarks == ()


def test_a_function_that_gets_nothing_right_hears_no_remarks(bench: Any):
    assert bench.judge(lambda x: np.cos(x * 1.0)).remarks == ()


def test_the_curve_is_of_the_largest_public_case_in_order_of_its_input(bench: Any):
    curve = bench.judge(lambda x: np.tanh(x) * 2).curve
    assert len(curve.x) == len(curve.got) == len(curve.wanted) == 25
    assert list(curve.x) == sorted(curve.x)
    assert curve.got == pytest.approx(2 * np.tanh(curve.x))
    assert curve.wanted == pytest.approx(np.tanh(curve.x))


def test_the_curve_is_of_no_hidden_case_however_large(bench: Any):
    cases = [replace(case, public=case.public and case.name != "grid") for case in bench.tanh_cases()]
    assert len(bench.judge(np.tanh, cases=tuple(cases)).curve.x) == 8


@pytest.mark.parametrize("function", [lambda _: None, lambda x: np.tanh(x).sum(), lambda _: "text"])
def test_there_is_no_curve_where_nothing_can_be_drawn(bench: Any, function: Callable[..., Any]):
    assert bench.judge(function).curve is None


def test_a_python_float_may_come_back_for_a_float(bench: Any):
    case = bench.case(
        "float", np.array(0.5), bench.expect(np.array(__import__("mpmath").tanh(0.5))), form=Form.SCALAR
    )
    question = replace(bench.tanh_question(), checks=(replace(bench.tanh_question().checks[1], needs=""),))
    question = replace(question, checks=(replace(question.checks[0], cases=("float",)),))
    import math

    assert bench.judge(math.tanh, question, cases=(case,)).status is Status.PASSED


# Functions that build on others


def graded(bench: Any, question: CodeQuestion, status: Status, cases: int = 1) -> QuestionGrade:
    checks = tuple(replace(check, status=status, total_cases=cases) for check in bench.judge(np.tanh).checks[:1])
    return replace(bench.judge(np.tanh), id=question.id, status=status, checks=checks)


def chain(bench: Any, *statuses: Status, cases: int = 1) -> list[tuple[str, ...]]:
    """Grades of gates <- cell <- forward, and what is added to each one's feedback."""
    base = bench.tanh_question()
    names = ("gates", "cell", "forward")
    questions = [
        replace(base, id=f"lstm/{name}", module="lstm", function=name, depends=names[k - 1 : k] if k else ())
        for k, name in enumerate(names)
    ]
    items = tuple(Item(question, Fraction(1)) for question in questions)
    grades = tuple(graded(bench, q, status, cases) for q, status in zip(questions, statuses, strict=True))
    return [grade.feedback for grade in note_dependencies(grades, items)]


def test_a_wrong_function_below_is_named_once_and_the_lowest_first(bench: Any):
    failed, passed = Status.FAILED, Status.PASSED
    told = "Your `gates` is not right yet; if `{}` builds on it, start there."
    assert chain(bench, failed, failed, Status.PARTIAL) == [(), (told.format("cell"),), (told.format("forward"),)]
    assert chain(bench, failed, passed, failed) == [(), (), ()]
    assert chain(bench, passed, failed, Status.ERROR)[2] == (
        "Your `cell` is not right yet; if `forward` builds on it, start there.",
    )
    assert chain(bench, passed, passed, failed) == [(), (), ()]


def test_a_function_that_is_missing_or_was_never_called_is_not_blamed(bench: Any):
    for status in (Status.MISSING, Status.GRADER_ERROR, Status.PASSED):
        assert chain(bench, Status.PASSED, status, Status.FAILED) == [(), (), ()]
    assert chain(bench, Status.ERROR, Status.ERROR, Status.ERROR, cases=0) == [(), (), ()]


def test_functions_that_name_each_other_end_all_the_same(bench: Any):
    base = bench.tanh_question()
    one = replace(base, id="t/a", function="a", depends=("b",))
    two = replace(base, id="t/b", function="b", depends=("a",))
    items = (Item(one, Fraction(1)), Item(two, Fraction(1)))
    grades = tuple(graded(bench, question, Status.FAILED) for question in (one, two))
    assert [len(grade.feedback) for grade in note_dependencies(grades, items)] == [1, 1]


# Numbers near the end of the range, and beyond it

LARGEST = np.finfo(np.float64).max
HUGE: list[tuple[Callable[[Any], Any], str]] = [
    (lambda x: np.full(np.shape(x), LARGEST), "it gives 1.79769e308; wanted is -0.96"),
    (lambda x: -np.full(np.shape(x), LARGEST), "it gives -1.79769e308; wanted is -0.96"),
    (lambda x: np.tanh(x) * 1.7e308, "it gives -1.63885e308; wanted is -0.96"),
    (lambda x: np.full(np.shape(x), np.inf), "it gives inf; wanted is -0.96"),
]
if np.finfo(np.longdouble).max > LARGEST:
    HUGE += [
        (
            lambda x: np.tanh(np.asarray(x, np.longdouble)) * np.longdouble(2) ** 2000,
            "a number beyond float64's range",
        ),
        (lambda x: np.full(np.shape(x), np.finfo(np.longdouble).max), "a number beyond float64's range"),
        (
            lambda x: np.asarray(x, np.longdouble) * (np.finfo(np.longdouble).max / 4),
            "a number beyond float64's range",
        ),
    ]


@pytest.mark.parametrize(("function", "words"), HUGE)
def test_numbers_that_overflow_are_told_and_warn_nobody(bench: Any, function: Callable[[Any], Any], words: str):
    """A warning would reach the instructor's terminal; here every warning is an error."""
    message = bench.judge(function).checks[0].message
    assert words in message


@settings(max_examples=60, deadline=None)
@given(st.floats(), st.floats(), st.sampled_from([np.float16, np.float32, np.float64, np.longdouble]))
def test_no_number_of_any_width_makes_the_judge_warn(bench: Any, scale: float, shift: float, dtype: type):
    def function(x: Any) -> Any:
        with np.errstate(all="ignore"):
            return (np.asarray(x, dtype) * scale + shift).astype(dtype)

    assert bench.judge(function).checks[0].message
