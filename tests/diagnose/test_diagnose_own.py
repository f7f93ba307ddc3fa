"""The gradient of a reference with known mistakes, held against its derivative in high precision."""

from dataclasses import replace

import numpy as np
import pytest
from flint import arb, ctx

from grader.assessment.cases import draw
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.own import own_calls, own_gradient
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status, Value
from grader.model.question import Case
from grader.numerics.exact import balls

SMALL = Case("small", "small", public=True, sizes={"T": 2, "N": 1, "D": 2, "H": 3})
DIFFERENT = Case("different", "different", public=True, sizes={"T": 3, "N": 2, "D": 1, "H": 4})

MISTAKES = [
    "candidate-uses-sigmoid", "candidate-uses-softsign", "candidate-cut-off-at-one", "columns-read-as-ifog",
    "new-content-subtracted", "no-tanh-on-the-cell-state", "bias-forgotten", "relu-on-the-cell-state",
    "initial-states-ignored", "cell-state-not-carried-on", "gates-use-the-hard-sigmoid",
]  # fmt: skip


@pytest.fixture(scope="module")
def backward(lab):
    """Return the topic, the question, and two small cases of it with their inputs."""
    topic, question, _ = lab.question("lstm_backward")
    return (
        topic,
        question,
        tuple(KeyedCase(c.name, c.title, True, draw(question, c, "seed"), ()) for c in (SMALL, DIFFERENT)),
    )


def made(topic, *names):
    found = tuple(one for one in topic.mistakes if one.id in names)
    assert len(found) == len(names)
    return found


def exact_gradient(function, case):
    """Return central differences with steps of 2**-100, entry by entry, in 300 bits."""
    upstream, *inputs = (one.value for one in case.arguments)
    with ctx.workprec(300):
        step, at = arb(2) ** -100, [balls(one) for one in inputs]
        found = []
        for place, one in enumerate(at):
            gradient = np.zeros(one.shape)
            for index in np.ndindex(one.shape):
                ends = []
                for way in (step, -step):
                    moved = one.copy()
                    moved[index] = moved[index] + way
                    values = function(*at[:place], moved, *at[place + 1 :])[0]
                    ends.append(np.sum(balls(upstream) * values))
                gradient[index] = float((ends[0] - ends[1]) / (2 * step))
            found.append(gradient)
        return found


@pytest.mark.parametrize("name", MISTAKES)
def test_the_gradient_of_a_mistake_is_its_derivative(name, backward):
    """Also where an absolute value, a maximum or a clip stands in the way of complex numbers."""
    topic, question, cases = backward
    mistakes = made(topic, name)
    own = own_gradient(topic, question.gradient, mistakes, cases)
    assert own is not None
    function = with_mistakes(topic.reference, mistakes, "lstm_forward")
    for case, derived in zip(cases, own.cases, strict=True):
        for got, wanted in zip(derived.expected, exact_gradient(function, case), strict=True):
            assert np.abs(got.nearest - wanted).max() <= 1e-10 * max(1.0, np.abs(wanted).max())


def test_two_mistakes_are_derived_together(backward):
    topic, question, cases = backward
    mistakes = made(topic, "candidate-uses-sigmoid", "new-content-subtracted")
    own = own_gradient(topic, question.gradient, mistakes, cases[:1])
    function = with_mistakes(topic.reference, mistakes, "lstm_forward")
    for got, wanted in zip(own.cases[0].expected, exact_gradient(function, cases[0]), strict=True):
        np.testing.assert_allclose(got.nearest, wanted, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "zero"),
    [("candidate-uses-sigmoid", ()), ("bias-forgotten", (5,)), ("initial-states-ignored", (1, 2))],
)
def test_arguments_that_do_not_matter_are_known(name, zero, backward):
    topic, question, cases = backward
    assert own_gradient(topic, question.gradient, made(topic, name), cases).zero == zero


@pytest.mark.parametrize("name", ["states-stacked-at-the-end", "last-step-missing", "input-blocks-transposed"])
def test_what_the_upstream_gradient_does_not_fit_has_none(name, backward):
    """Results of another shape, and code that raises."""
    topic, question, cases = backward
    assert own_gradient(topic, question.gradient, made(topic, name), cases) is None


def test_nearly_every_mistake_of_the_forward_pass_can_be_derived(backward):
    """All but those that raise or give another shape: which mistake it is must not decide about credit."""
    topic, question, cases = backward
    steps = {"lstm_gates", "input_gate", "forget_gate", "candidate", "output_gate", "cell_update", "hidden_state"}
    found = [one for one in topic.mistakes if one.replaces in steps]
    underived = [one.id for one in found if own_gradient(topic, question.gradient, (one,), cases[:1]) is None]
    assert len(found) > 60
    assert underived == []


def answers(topic, gradient, cases, function):
    """Answer the calls that ask whether a function is the student's own."""
    outcomes = {}
    for call in own_calls(topic, gradient, cases):
        with np.errstate(all="ignore"):
            returned = function(*[one.value.copy() for one in call.arguments])
        values = tuple(Value("ndarray", np.asarray(one)) for one in returned)
        outcomes[call.id] = Outcome(call.id, Status.PASSED, values, count=2)
    return outcomes


def test_a_function_is_told_from_every_other(backward):
    topic, question, cases = backward
    names = [name for name in MISTAKES if name not in {"bias-forgotten", "initial-states-ignored"}]
    functions = {name: with_mistakes(topic.reference, made(topic, name), "lstm_forward") for name in names}
    for name in names[:4]:
        own = own_gradient(topic, question.gradient, made(topic, name), cases)
        told = {
            other: own.is_its_own(question.gradient, answers(topic, question.gradient, cases, function))
            for other, function in functions.items()
        }
        assert told == {other: other == name for other in names}


@pytest.mark.parametrize("spoil", [
    lambda one: replace(one, status=Status.TIMEOUT, values=()),
    lambda one: replace(one, values=one.values[:0]),
    lambda one: replace(one, values=(Value("text", None), *one.values[1:])),
    lambda one: replace(one, values=(Value("x", one.values[0].array + 0j), *one.values[1:])),
    lambda one: replace(one, values=(Value("x", one.values[0].array[:1]), *one.values[1:])),
    lambda one: replace(one, values=(Value("x", one.values[0].array * np.nan), *one.values[1:])),
    lambda one: replace(one, values=(Value("x", one.values[0].array + 1e-3), *one.values[1:])),
])  # fmt: skip
@pytest.mark.parametrize("which", ["small", "small:0:0:forth", "small:5:1:back", "different:3:0:forth"])
def test_one_odd_answer_is_enough_to_doubt(spoil, which, backward):
    topic, question, cases = backward
    mistakes = made(topic, "candidate-uses-sigmoid")
    own = own_gradient(topic, question.gradient, mistakes, cases)
    outcomes = answers(topic, question.gradient, cases, with_mistakes(topic.reference, mistakes, "lstm_forward"))
    assert own.is_its_own(question.gradient, outcomes)
    assert not own.is_its_own(question.gradient, outcomes | {which: spoil(outcomes[which])})
    assert not own.is_its_own(question.gradient, {name: one for name, one in outcomes.items() if name != which})
