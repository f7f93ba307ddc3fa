"""Wrong answers summed up: one behaviour in any style of writing, and never two behaviours in one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.diagnose.behaviour import behaviour_of, summed_up
from grader.diagnose.catalogue import with_mistakes
from grader.diagnose.cluster import SAME, grouped
from grader.diagnose.signature import Signature, evaluate
from grader.model.grade import Behaviour
from grader.model.outcome import Outcome, Status

SIZES = st.floats(1e-6, 1e6)
NUMBERS = st.floats(-1, 1, allow_subnormal=False).map(lambda x: round(x, 6))
TENSORS = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=5), elements=NUMBERS)
NOISE = 1e-12  # normwise: a thousand times what sums of a hundred products differ by from one order to the next


def behaviour(tensors, scales, *, by_size=False, words="w", is_single=False):
    signature = Signature(
        tuple(str(one.shape) for one in tensors), np.concatenate([one.ravel() for one in tensors])
    )
    numbers = summed_up(signature, [True] * len(tensors), scales, by_size=by_size)
    return Behaviour(words, numbers, is_single)


def count(*behaviours):
    return len(grouped(enumerate(behaviours)))


@st.composite
def answers(draw):
    """An answer, the sizes of the true one, and the same answer written in another style."""
    tensors = [one * draw(SIZES) for one in draw(st.lists(TENSORS, min_size=1, max_size=4))]
    by_size = draw(st.booleans())
    seed = draw(st.integers(0, 2**32 - 1))
    generator = np.random.default_rng(seed)
    other = []
    for one in tensors:
        size = np.maximum(np.abs(one), 1.0) if by_size else np.abs(one).max()
        other.append(one + generator.choice([-1.0, 1.0, 0.0], one.shape) * NOISE * size)
    return tensors, [draw(SIZES) for _ in tensors], other, by_size


@given(answers())
@settings(max_examples=300)
def test_the_last_digits_make_no_other_behaviour(drawn):
    """Wherever the numbers lie: there is no boundary, on which rounding would turn."""
    tensors, scales, other, by_size = drawn
    assert count(behaviour(tensors, scales, by_size=by_size), behaviour(other, scales, by_size=by_size)) == 1


@given(answers(), st.data())
@settings(max_examples=300)
def test_one_number_that_differs_makes_another_behaviour(drawn, data):
    tensors, scales, other, by_size = drawn
    place = data.draw(st.integers(0, len(tensors) - 1))
    changed = [one.copy() for one in other]
    flat = changed[place].reshape(-1)
    size = 1.0 if by_size else max(np.abs(flat).max(), scales[place])
    index = data.draw(st.integers(0, flat.size - 1))
    flat[index] += 1e-4 * max(size, abs(flat[index]))
    assert count(behaviour(tensors, scales, by_size=by_size), behaviour(changed, scales, by_size=by_size)) == 2


@given(TENSORS, st.data())
@settings(max_examples=200)
def test_the_same_numbers_in_another_order_are_another_behaviour(tensor, data):
    order = data.draw(st.permutations(range(tensor.size)))
    moved = tensor.reshape(-1)[list(order)].reshape(tensor.shape)
    assume(np.abs(moved - tensor).max() > 1e-3)
    assert count(behaviour([tensor], [1.0]), behaviour([moved], [1.0])) == 2


@given(TENSORS)
def test_the_sign_and_the_size_make_another_behaviour(tensor):
    assume(np.abs(tensor).max() > 1e-3)
    several = [behaviour([tensor * factor], [1.0]) for factor in (1, -1, 2, 0.5, 1.001)]
    assert count(*several) == len(several)


@given(st.lists(TENSORS, min_size=1, max_size=6), st.randoms())
def test_a_class_is_put_together_in_the_same_way_in_any_order(tensors, random):
    """Each behaviour three times, with noise: as many groups as without, whoever comes first."""
    scales = [1.0]
    alone = [behaviour([one], scales, words=str(one.shape)) for one in tensors]
    noisy = [
        behaviour([one * (1 + shift)], scales, words=str(one.shape))
        for one in tensors
        for shift in (NOISE, -NOISE)
    ]
    wanted = {frozenset(g.members) for g in grouped(enumerate(alone))}
    mixed = [*enumerate(alone), *((place // 2, one) for place, one in enumerate(noisy))]
    random.shuffle(mixed)
    groups = grouped(mixed)
    assert {frozenset(group.members) for group in groups} == wanted
    assert sum(len(group.members) for group in groups) == 3 * len(tensors)


@given(st.integers(0, 10**6), st.floats(0, 0.99))
def test_neighbours_are_found_wherever_the_shelves_end(cell, part):
    """Representatives are looked up by cells; two behaviours that agree are found across the border of two."""
    edge = cell * 2e-5
    one, other = Behaviour("w", (edge - SAME * part / 2,)), Behaviour("w", (edge + SAME * part / 2,))
    assume(abs(one.numbers[0] - other.numbers[0]) <= SAME)
    assert count(one, other) == 1


def test_words_that_differ_keep_equal_numbers_apart():
    assert count(Behaviour("raised", (1.0,)), Behaviour("returned", (1.0,))) == 2


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


CELLS = {
    "scaled": [
        lambda x, h, c, W, U, b: cell(x, h, c, W, U, b, lambda f, c, i, g: 0.9 * (f * c) + i * g),
        lambda x, h, c, W, U, b: cell(x, h, c, W, U, b, lambda f, c, i, g: g * i + f * (c * 0.9)),
        lambda x, h, c, W, U, b: cell(x, h, c, W, U, b, lambda f, c, i, g: f * c - f * c / 10 + i * g),
    ],
    "moved": [
        lambda x, h, c, W, U, b: cell(x, h, c, W, U, b, lambda f, c, i, g: f * c + i * g - 0.01),
        lambda x, h, c, W, U, b: cell(x, h, c, W, U, b, lambda f, c, i, g: -0.01 + i * g + f * c),
    ],
}


def cell(x, h, c, W, U, b, update):
    z = h @ U + (x @ W + b)
    i, f, g, o = np.split(z, 4, axis=1)
    c = update(sigmoid(f), c, 0.5 * (1 + np.tanh(i / 2)), np.tanh(g))
    return sigmoid(o) * np.tanh(c), c


def summed(lab, name, function, cast=None, failed=None):
    _, question, cases = lab.question(name)
    names = [check.name for check in question.checks if check.rule] if failed is None else failed
    return behaviour_of(question, cases, lab.run(name, function, cast), names)


def test_what_students_write_in_different_styles_is_one_behaviour(lab):
    found = [summed(lab, "lstm_cell", one) for ways in CELLS.values() for one in ways]
    assert [list(group.members) for group in grouped(enumerate(found))] == [[0, 1, 2], [3, 4]]


def test_single_precision_joins_the_same_behaviour_in_double(lab):
    double = [summed(lab, "lstm_cell", ways[0]) for ways in CELLS.values()]
    single = [summed(lab, "lstm_cell", one, np.float32) for ways in CELLS.values() for one in ways]
    assert all(one.is_single for one in single)
    groups = grouped(enumerate([*double, *single]))
    assert [list(group.members) for group in groups] == [[0, 2, 3, 4], [1, 5, 6]]


def test_what_is_wrong_by_its_precision_only_joins_no_rounded_answer(lab):
    """Float32 and rounding to seven decimals are near each other, and are two things."""
    both = [
        summed(lab, "sigmoid", lambda x: np.round(sigmoid(np.asarray(x)), 7), failed=["stable"]),
        summed(lab, "sigmoid", lambda x: sigmoid(np.asarray(x)), np.float32, failed=["stable"]),
    ]
    assert both[1].is_single
    assert count(*both) == 2


@pytest.mark.parametrize("name", ["lstm_cell", "sigmoid", "relu_grad"])
def test_every_known_mistake_is_a_behaviour_of_its_own(name, lab):
    """Held against the numbers themselves: one group where they agree everywhere, and only there."""
    topic, question, _ = lab.question(name)
    known = lab.matcher(name).known
    mistakes, gives, found = [], [], []
    for mistake in known.mistakes:
        function = with_mistakes(topic.reference, [mistake], name)
        one = evaluate(function, known.cases, len(question.results))
        if not one.numbers.size:
            continue
        mistakes.append(mistake)
        gives.append(one)
        outcomes = {**lab.run(name, function)}
        coarse = {case.name for case in known.cases}
        failed = [check.name for check in question.checks if check.rule and set(check.cases) <= coarse]
        found.append(behaviour_of(question, known.cases, outcomes, failed))
    assert len(mistakes) > 8
    group_of = {number: place for place, group in enumerate(grouped(enumerate(found))) for number in group.members}
    for one, other in combinations(range(len(mistakes)), 2):
        together = group_of[one] == group_of[other]
        assert together == agree(gives[one], gives[other]), (mistakes[one].id, mistakes[other].id)


def agree(one, other):
    return one.words == other.words and np.allclose(
        one.numbers, other.numbers, rtol=1e-9, atol=1e-9, equal_nan=True
    )


def test_a_call_that_died_has_no_behaviour(lab):
    _, question, cases = lab.question("tanh")
    outcomes = lab.run("tanh", np.sin)
    outcomes[cases[0].name] = Outcome(cases[0].name, Status.TIMEOUT)
    assert behaviour_of(question, cases, outcomes, [check.name for check in question.checks]) is None


def test_without_numbers_the_exception_s_text_counts_but_no_address(lab):
    def raising(text):
        def function(*_):
            raise ValueError(text)

        return summed(lab, "tanh", function)

    assert count(raising("not done"), raising("not done")) == 1
    assert count(raising("not done"), raising("not there")) == 2
    assert count(raising("<x at 0x7f01>"), raising("<x at 0x7f02>")) == 1


def test_a_changed_argument_counts_where_a_check_asks_for_it(lab):
    _, question, cases = lab.question("tanh")
    outcomes = lab.run("tanh", np.tanh)
    asking = [check.name for check in question.checks if check.unchanged]
    changed = {
        name: Outcome(name, one.status, one.values, count=one.count, changed=(0,))
        for name, one in outcomes.items()
    }
    kept = behaviour_of(question, cases, outcomes, asking)
    assert kept.words != behaviour_of(question, cases, changed, asking).words


def test_where_there_is_no_number_counts_on_every_case(lab):
    """Overflow at the ends of the range is a behaviour, though the digits there are not compared."""
    with np.errstate(all="ignore"):
        naive = summed(
            lab, "tanh", lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)), failed=["stable"]
        )
        right = summed(lab, "tanh", np.tanh, failed=["stable"])
    assert naive.words != right.words
