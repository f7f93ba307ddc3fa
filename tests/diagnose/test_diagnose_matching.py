"""Every known mistake is found in what it gives, and what is right shows none."""

import random

import numpy as np
import pytest

from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.known import coarse, reaches

FUNCTIONS = (
    "tanh",
    "tanh_grad",
    "sigmoid",
    "sigmoid_grad",
    "relu",
    "relu_grad",
    "lstm_gates",
    "lstm_cell",
    "lstm_forward",
    "lstm_backward",
)


def gives_numbers(lab, name, outcomes):
    """Whether numbers came back that are not the right ones: without any there is nothing to compare."""
    _, question, cases = lab.question(name)
    for case in coarse(question, cases):
        one = outcomes[case.name]
        for value, wanted in zip(one.values, case.expected, strict=False):
            if value.array.shape != wanted.nearest.shape:
                return True
            with np.errstate(all="ignore"):
                if not np.allclose(value.array, wanted.nearest, rtol=1e-12, atol=1e-12, equal_nan=True):
                    return True
    return False


def is_one_number(lab, name, outcomes):
    """Whether each result is one number throughout."""
    _, question, cases = lab.question(name)
    values = [outcomes[case.name].values for case in coarse(question, cases) if outcomes[case.name].values]
    numbers = [np.concatenate([one.array.ravel() for one in some]) for some in zip(*values, strict=True)]
    return bool(numbers) and all(len(set(one.tolist())) == 1 for one in numbers)


def is_inherited(topic, question, mistake):
    """Whether a mistake is made in a function that a question builds on."""
    return any(mistake.replaces in reaches(topic, name) for name in question.depends)


def same(lab, name, one, other, tolerance=1e-8):
    """Whether two sets of outcomes agree on every ordinary case: an oracle of its own for being alike."""
    _, question, cases = lab.question(name)
    for case in coarse(question, cases):
        left, right = one[case.name], other[case.name]
        if (left.status, left.count) != (right.status, right.count):
            return False
        for x, y in zip(left.values, right.values, strict=True):
            if x.array.shape != y.array.shape:
                return False
            finite = np.abs(y.array[np.isfinite(y.array)])
            near = tolerance * max(float(finite.max(initial=0.0)), 1e-3)
            if not np.allclose(x.array, y.array, rtol=0, atol=near, equal_nan=True):
                return False
    return True


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_known_mistake_is_found_where_it_is_made(lab, name):
    """100 %, up to mistakes that give the same on every input; without a wrong number errors must say enough."""
    topic, question, _ = lab.question(name)
    matcher = lab.matcher(name)
    reference = topic.reference
    ran = {one.id: lab.run(name, with_mistakes(reference, [one], question.function)) for one in topic.mistakes}
    known = matcher.known.mistakes
    assert len(known) > 10
    silent = []
    for one in known:
        finding = matcher.match(ran[one.id])
        if is_inherited(topic, question, one) and is_one_number(lab, name, ran[one.id]):
            assert not finding.made, (
                "what a function gives that is still to be written shows no mistake of another"
            )
            continue
        if not gives_numbers(lab, name, ran[one.id]):
            silent.append(one.id)
            assert not finding.made or one.id in finding.ids
            continue
        assert one.id in finding.ids, f"{one.id}: {sorted(finding.ids)}"
        assert finding.nearest > 1e-9
        for other in finding.ids:
            assert same(lab, name, ran[other], ran[one.id]), f"{other} is told with {one.id}"
    assert len(silent) <= 8, silent


def found_in_single(lab, name, many, run, tolerance):
    """Say how mistakes are told that show in what ``run`` gives, which is near the exact values to a tolerance.

    Of the others, too near to another to tell in seven digits or with a pole that magnifies rounding, nothing else
    may be told.
    """
    topic, question, _ = lab.question(name)
    matcher = lab.matcher(name)
    told = []
    for one in random.Random(name).sample(matcher.known.mistakes, many):
        function = with_mistakes(topic.reference, [one], question.function)
        outcomes, precise = run(function), lab.run(name, function)
        exact, finding = matcher.match(precise), matcher.match(outcomes)
        if exact.made and exact.nearest > 0.01 and same(lab, name, outcomes, precise, tolerance):
            assert one.id in finding.ids, f"{one.id}: {sorted(finding.ids)}"
            assert "single precision" in finding.evidence
            told.append(finding)
        else:
            assert not finding.made or one.id in finding.ids
    return told


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_mistake_in_single_precision_is_found(lab, name):
    told = found_in_single(lab, name, 10, lambda function: lab.run(name, function, np.float32), 5e-5)
    assert len(told) >= 7


def in_single_inside(function):
    """Return a function that works in single precision, and whose results have more digits than that."""

    def worn(*arguments):
        gives = function(*[one.astype(np.float32) for one in arguments])
        return tuple(np.asarray(one, np.float64) * (1 + 1e-8) for one in gives)

    return worn


@pytest.mark.parametrize("name", ["lstm_gates", "lstm_cell", "lstm_forward", "lstm_backward"])
def test_a_mistake_is_found_where_a_step_was_in_single_precision(lab, name):
    told = found_in_single(lab, name, 12, lambda function: lab.run(name, in_single_inside(function)), 1e-6)
    assert len(told) >= 6
    assert all(finding.is_rough for finding in told)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_right_but_for_single_precision_is_given_no_name(lab, name):
    topic, question, _ = lab.question(name)
    function = topic.reference[question.function]

    def nearly(*arguments):
        gives = function(*arguments)
        gives = gives if len(question.results) > 1 else [gives]
        worn = tuple(np.asarray(np.float32(one), np.float64) * (1 + 1e-8) for one in gives)
        return worn if len(worn) > 1 else worn[0]

    assert lab.matcher(name).match(lab.run(name, nearly)).made == ()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_right_answer_shows_no_mistake(lab, name):
    topic, question, _ = lab.question(name)
    for cast in (None, np.float32):
        finding = lab.matcher(name).match(lab.run(name, topic.reference[question.function], cast))
        assert finding.is_right
        assert finding.made == ()


def test_evidence_says_on_how_many_inputs_and_how_far_the_next_is(lab):
    def tanh(x):
        return 1 / (1 + np.exp(-x))

    finding = lab.matcher("tanh").match(lab.run("tanh", tanh))
    assert finding.evidence.startswith(
        "your results are its results on 11 of 11 inputs; those of the next known mistake are 0."
    )


def test_an_answer_that_was_not_given_to_all_inputs_is_not_matched(lab):
    outcomes = lab.run("tanh", np.tan)
    del outcomes["grid"]
    assert lab.matcher("tanh").match(outcomes).made == ()


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.tanh(x) * 0.987,
        lambda x: np.tanh(x) + 0.01,
        lambda x: x / np.sqrt(1 + x**2),
        lambda x: np.tanh(x - 0.1),
        lambda x: np.tanh(x) ** 3,
        np.sin,
        np.zeros_like,
        lambda x: np.full_like(x, np.nan),
        lambda x: np.round(np.tanh(x), 3),
        lambda x: np.tanh(x)[::-1] if np.ndim(x) else np.tanh(x),
    ],
)
def test_a_mistake_that_is_not_known_is_not_given_a_name(lab, function):
    assert lab.matcher("tanh").match(lab.run("tanh", function)).made == ()


ZEROS_AND_THE_LIKE = (
    "zeros",
    "ones",
    "halves",
    "nan",
    "the arguments",
    "zeros of one number",
    "zeros, or an error",
)
IS_KNOWN = {  # mistakes of the function's own that do just this
    ("relu", "the arguments"): "relu-changes-nothing",
    ("relu_grad", "zeros"): "derivative-of-relu-is-zero-everywhere",
    ("relu_grad", "ones"): "derivative-of-relu-is-one-everywhere",
    ("lstm_backward", "zeros"): "gradient-from-the-loss-never-gets-in",
}


def unwritten(lab, name, kind):
    """Return a function that works nothing out: its results have the right shapes, and say nothing."""
    topic, question, _ = lab.question(name)
    numbers = {"ones": 1.0, "halves": 0.5, "nan": np.nan}

    def fitting(shape, arguments):
        fits = [one for one in arguments if one.shape == shape or shape[1:] == one.shape]
        return np.broadcast_to(fits[-1], shape) if fits else np.zeros(shape)

    def function(*arguments):
        right = topic.reference[name](*arguments)
        shapes = [np.shape(one) for one in (right if len(question.results) > 1 else [right])]
        if kind == "zeros, or an error" and min(map(np.size, arguments)) < 2:
            raise AttributeError("'float' object has no attribute 'shape'")
        if kind == "the arguments":
            gives = [fitting(shape, [np.asarray(one) for one in arguments]) for shape in shapes]
        elif kind == "zeros of one number":
            gives = [0.0 for _ in shapes]
        else:
            gives = [np.full(shape, numbers.get(kind, 0.0)) for shape in shapes]
        return tuple(gives) if len(gives) > 1 else gives[0]

    return function


@pytest.mark.parametrize("kind", ZEROS_AND_THE_LIKE)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_still_to_be_written_is_given_no_name(lab, name, kind):
    """No pair, and no mistake of another function, whatever was found there: zeros show none of the many."""
    matcher, outcomes = lab.matcher(name), lab.run(name, unwritten(lab, name, kind))
    wanted = {IS_KNOWN[name, kind]} if (name, kind) in IS_KNOWN else set()
    assert matcher.match(outcomes).ids == wanted
    below = [(one,) for one in matcher.known.mistakes]
    assert matcher.match(outcomes, below).ids == wanted
    assert matcher.match(outcomes, is_alone=False).ids == set()
