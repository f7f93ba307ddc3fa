"""The shipped homework keeps what outsiders rely on: names, shares, what is asked. Its gradients are proved."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from grader.assessment.cases import draw
from grader.assessment.proof import gradient_gaps
from grader.model.inputs import Form
from grader.model.key import AnswerKey
from grader.model.question import Assessment, CodeQuestion, RuleKind
from grader.numerics.derivative import PROVEN_GAP

ACTIVATIONS = ("tanh", "tanh_grad", "sigmoid", "sigmoid_grad", "relu", "relu_grad")
SIGNATURES = {
    "lstm_gates": ("lstm_gates(x, h_prev, W, U, b)", ("i", "f", "g", "o")),
    "lstm_cell": ("lstm_cell(x, h_prev, c_prev, W, U, b)", ("h", "c")),
    "lstm_forward": ("lstm_forward(xs, h0, c0, W, U, b)", ("hs", "cs")),
    "lstm_backward": ("lstm_backward(dhs, xs, h0, c0, W, U, b)", ("dxs", "dh0", "dc0", "dW", "dU", "db")),
}
GRADIENTS = ("tanh/tanh_grad", "tanh/sigmoid_grad", "tanh/relu_grad", "lstm/lstm_backward")


def find(assessment: Assessment, called: str) -> CodeQuestion:
    return next(item.question for item in assessment.items if item.question.id == called)


def test_ten_questions_for_a_hundred_points(homework: Assessment) -> None:
    assert homework.max_score == 100
    wanted = [*(f"tanh/{name}" for name in ACTIVATIONS), *(f"lstm/{name}" for name in SIGNATURES)]
    assert [item.question.id for item in homework.items] == wanted
    assert all(item.points == int(item.points) for item in homework.items)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_checks_of_an_activation_and_their_shares(name: str, homework: Assessment) -> None:
    question = find(homework, f"tanh/{name}")
    shares = {check.name: check.share * 100 for check in question.checks}
    if name == "tanh":
        assert shares == {"values": 50, "shapes": 20, "stable": 20, "accurate": 10}
    else:
        assert shares == {"values": 60, "shapes": 20, "stable": 20}
    assert all(check.needs == ("" if check.name == "values" else "values") for check in question.checks)
    assert question.module == "activations"
    assert question.signature == f"{name}(x)"
    assert question.elementwise


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_rules_of_an_activation_are_the_three_tiers(name: str, homework: Assessment) -> None:
    rules = {check.name: check.rule for check in find(homework, f"tanh/{name}").checks}
    assert (rules["values"].kind, rules["values"].tolerance) == (RuleKind.ABSOLUTE, 1e-6)
    assert (rules["stable"].kind, rules["stable"].tolerance) == (RuleKind.EPS, 16)
    if name == "tanh":
        accurate = rules["accurate"]
        assert (accurate.kind, accurate.tolerance, accurate.per_condition) == (RuleKind.ULP, 8, 2)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_shapes_asks_for_every_form_and_for_the_argument_unchanged(
    name: str, homework: Assessment, homework_key: AnswerKey
) -> None:
    question = find(homework, f"tanh/{name}")
    check = next(check for check in question.checks if check.name == "shapes")
    assert check.unchanged
    arguments = [homework_key.case(question.id, case).arguments[0] for case in check.cases]
    assert {argument.form for argument in arguments} >= {
        Form.SCALAR, Form.ARRAY, Form.STRIDED, Form.FORTRAN, Form.READ_ONLY,
    }  # fmt: skip
    assert {argument.value.ndim for argument in arguments if argument.form is Form.ARRAY} >= {0, 1, 3}
    assert any(argument.value.size == 0 for argument in arguments)
    assert any((argument.value < 0).any() for argument in arguments)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_infinities_are_asked_of_all_and_nan_of_tanh_and_sigmoid_only(
    name: str, homework: Assessment, homework_key: AnswerKey
) -> None:
    question = find(homework, f"tanh/{name}")
    asked = {case for check in question.checks for case in check.cases}
    inputs = [case.arguments[0].value for case in homework_key.cases[question.id] if case.name in asked]
    assert any(np.isinf(x).any() for x in inputs)
    assert any(np.isnan(x).any() for x in inputs) is (name in {"tanh", "sigmoid"})


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_beyond_float64_there_are_only_remarks(name: str, homework: Assessment, homework_key: AnswerKey) -> None:
    question = find(homework, f"tanh/{name}")
    asked = {case for check in question.checks for case in check.cases}
    for case in homework_key.cases[question.id]:
        (argument,) = case.arguments
        is_plain = argument.value.dtype == np.float64 and argument.form is not Form.LIST
        assert is_plain or case.name not in asked
    kinds = [remark.kind for remark in question.remarks]
    assert kinds.count("accepted") == 3
    assert set(kinds) == {"accepted", "dtype-kept", "no-warnings"}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_ordinary_values_are_sixty_four_hidden_numbers_of_both_signs(
    name: str, homework: Assessment, homework_key: AnswerKey
) -> None:
    hidden = homework_key.case(f"tanh/{name}", "normal")
    assert not hidden.public
    assert hidden.arguments[0].value.shape == (64,)
    assert (hidden.arguments[0].value < 0).sum() > 10
    values = find(homework, f"tanh/{name}").checks[0]
    sizes = [homework_key.case(f"tanh/{name}", case).arguments[0].value.size for case in values.cases]
    assert 1 in sizes  # so that some failing call is short enough to be pasted


@pytest.mark.parametrize("name", SIGNATURES)
def test_each_result_of_an_lstm_function_is_a_check_of_its_own(name: str, homework: Assessment) -> None:
    question = find(homework, f"lstm/{name}")
    signature, results = SIGNATURES[name]
    assert question.signature == signature
    assert question.results == results
    assert [check.name for check in question.checks] == [*results, "saturated", "arguments"]
    *tensors, saturated, unchanged = question.checks
    assert unchanged.share == Fraction(1, 10)
    assert unchanged.unchanged
    assert unchanged.rule is None
    assert {check.share for check in tensors} == {(Fraction(9, 10) - saturated.share) / len(results)}
    assert Fraction(6, 100) <= saturated.share <= Fraction(10, 100)  # an overflow does not cost every result
    ordinary = tuple(case.name for case in question.cases if case.name not in saturated.cases)
    for check in tensors:
        assert check.result == check.name
        assert (check.rule.kind, check.rule.tolerance) == (RuleKind.NORMWISE, 1e-9)
        assert check.cases == ordinary


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_cases_of_an_lstm_function_tell_mistakes_apart(name: str, homework: Assessment) -> None:
    question = find(homework, f"lstm/{name}")
    sizes = [dict(case.sizes) for case in question.cases]
    in_time = "T" in sizes[0]
    largest = {"T": 5, "N": 32, "D": 8, "H": 8}
    assert all(1 <= size <= largest[key] for one in sizes for key, size in one.items())
    assert any(len(set(one.values())) == len(one) for one in sizes)  # all differ
    assert sum(len(set(one.values())) == 1 for one in sizes) >= 2  # tiny and square
    assert any(one["N"] == 32 for one in sizes)
    if in_time:
        assert {1, 5} <= {one["T"] for one in sizes}
    assert 2 <= sum(case.public for case in question.cases) <= 4
    assert sum(not case.public for case in question.cases) >= 3
    assert question.limits.wall_seconds >= 5


@pytest.mark.parametrize("seed", ["autumn-2026", "another", "a third"])
@pytest.mark.parametrize("name", SIGNATURES)
def test_large_sums_tell_what_overflows_and_leave_right_forms_alone(
    name: str, seed: str, homework: Assessment
) -> None:
    """e^z overflows in each gate, e^-z and e^z in the candidate; e^-z of a gate never does.

    1 / (1 + math.exp(-z)) raises in plain Python where NumPy's only warns, and both are the textbook's form.
    """
    question = find(homework, f"lstm/{name}")
    asked = next(check.cases for check in question.checks if check.name == "saturated")
    cases = [case for case in question.cases if case.name in asked]
    assert len(cases) >= 2  # of one case alone no mistake is named
    assert all(case.public for case in cases)
    blocks: list[list[float]] = [[], [], [], []]
    for case in cases:
        inputs = {argument.name: argument.value for argument in draw(question, case, seed)}
        x = inputs["x"] if "x" in inputs else inputs["xs"]
        h = np.abs(inputs["h_prev"] if "h_prev" in inputs else inputs["h0"])
        rest = (np.abs(x).max() * np.abs(inputs["W"]).sum(axis=0)) + (
            max(h.max(), 1) * np.abs(inputs["U"]).sum(axis=0)
        )
        assert rest.max() < 80  # so that the bias decides
        for block, bias in zip(blocks, np.split(inputs["b"], 4), strict=True):
            block.extend(bias.tolist())
    assert all(max(block) == 800 for block in blocks)
    assert [min(blocks[k]) >= -600 for k in (0, 1, 3)] == [True] * 3
    assert min(blocks[2]) == -800
    assert all(min(map(abs, block)) < 1 for block in blocks)  # and some gates are open, for gradients to pass


@pytest.mark.parametrize("name", SIGNATURES)
def test_states_bias_and_weights_are_strong(name: str, homework_key: AnswerKey) -> None:
    case = homework_key.case(f"lstm/{name}", "batch")
    spread = {argument.name: float(argument.value.std()) for argument in case.arguments}
    wanted = {"h_prev": 1.5, "c_prev": 1.5, "h0": 1.5, "c0": 1.5, "b": 1, "W": 0.5, "U": 0.5}
    for argument, scale in wanted.items():
        if argument in spread:
            assert spread[argument] == pytest.approx(scale, rel=0.35)


def test_public_inputs_are_short_enough_to_be_pasted(homework_key: AnswerKey) -> None:
    for question, cases in homework_key.cases.items():
        for case in cases:
            if case.public and question.startswith("lstm"):
                numbers = np.concatenate([argument.value.ravel() for argument in case.arguments])
                assert max(len(repr(number)) for number in numbers.tolist()) <= 6
            if case.name == "tiny":
                assert sum(argument.value.size for argument in case.arguments) <= 20


@pytest.mark.parametrize("called", GRADIENTS)
def test_each_gradient_is_proved_on_the_cases_that_it_is_graded_on(
    called: str, homework: Assessment, homework_key: AnswerKey
) -> None:
    question = find(homework, called)
    for case in homework_key.cases[called]:
        if case.name not in {"batch", "float32"}:
            gaps = gradient_gaps(homework.topic_of(question), question, case.arguments)
            assert tuple(gaps) == question.results
            assert max(gaps.values()) < PROVEN_GAP, case.name


def test_what_is_no_gradient_has_nothing_to_prove(homework: Assessment) -> None:
    question = find(homework, "tanh/tanh")
    arguments = draw(question, question.cases[0], homework.seed)
    assert gradient_gaps(homework.topic_of(question), question, arguments) == {}


def test_a_wrong_gradient_is_not_proved(homework: Assessment) -> None:
    question = find(homework, "lstm/lstm_backward")
    topic = homework.topic_of(question)
    right = topic.reference["lstm_backward"]
    halved = replace(
        topic, reference={**topic.reference, "lstm_backward": lambda *a: (*right(*a)[:-1], right(*a)[-1] / 2)}
    )
    gaps = gradient_gaps(halved, question, draw(question, question.cases[1], homework.seed))
    assert gaps["db"] == pytest.approx(0.5)
    assert max(gap for name, gap in gaps.items() if name != "db") < PROVEN_GAP
