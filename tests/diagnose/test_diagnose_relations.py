"""Where no known mistake explains an answer, what is said of it is true, on two inputs at least."""

import numpy as np
import pytest

from grader.diagnose.known import coarse
from grader.diagnose.relations import relations


def said(lab, name, change):
    """Return what is said of the right results after a change."""
    topic, question, cases = lab.question(name)
    right = topic.reference[question.function]

    def function(*arguments):
        results = right(*arguments)
        return change(results) if len(question.results) == 1 else change(*results)

    return relations(topic, question, coarse(question, cases), lab.run(name, function))


def except_first(hs):
    hs = hs.copy()
    hs[0] += 1
    return hs


def except_first_row(h):
    h = h.copy()
    h[1:] *= 0.5 + np.arange(len(h) - 1)[:, None]
    return h


def row_of_the_batch(hs, cs):
    hs = hs.copy()
    hs[:, 1:] = hs[:, :1]
    return hs, cs


def clipped(*all_):
    return *all_[:3], np.clip(all_[3], -0.25, 0.25), *all_[4:]


def blocks(dW):
    i, f, g, o = np.split(dW, 4, axis=-1)
    return np.concatenate([i, f * 1.1 + 0.1, g, o + 0.3], axis=-1)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("lstm_cell", lambda h, c: (-h, c), "`h`: every number has the wrong sign"),
        ("lstm_cell", lambda h, _: (h, h), "`c`: these are the numbers of `h`"),
        ("lstm_cell", lambda h, c: (h, 3 * c), "`c`: every number is 3 times what is wanted"),
        ("lstm_cell", lambda h, c: (h + 0.25, c), "`h`: every number is 0.25 too large"),
        (
            "lstm_cell",
            lambda h, c: (h.T, c),
            "`h`: the numbers are right and the axes are in another order",
        ),
        (
            "lstm_cell",
            lambda h, c: (except_first_row(h), c),
            "`h`: right at the first place along N (axis 0) only, `[0]`",
        ),
        ("lstm_forward", lambda hs, cs: (hs[::-1], cs), "`hs`: in reverse order along T"),
        ("lstm_forward", lambda hs, cs: (np.roll(hs, 1, axis=0), cs), "`hs`: one late along T"),
        ("lstm_forward", lambda hs, cs: (np.roll(hs, -1, axis=0), cs), "`hs`: one early along T"),
        (
            "lstm_forward",
            lambda hs, cs: (except_first(hs), cs),
            "`hs`: right except at the first place along T (axis 0), `[0]`",
        ),
        ("lstm_forward", row_of_the_batch, "`hs`: right at the first place along N (axis 1) only, `[:, 0]`"),
        ("lstm_backward", clipped, "`dW`: cut off: right where less than 0.25 in size is wanted"),
        (
            "lstm_cell",
            lambda h, c: (0 * h, c),
            "`h`: every number that came back is 0, as where",
        ),
        (
            "lstm_cell",
            lambda h, c: (h, 0 * c + 0.5),
            "`c`: every number that came back is 0.5,",
        ),
        ("lstm_cell", lambda h, c: (1e6 * h, 1e6 * c), "`h` and `c`: every number is 1e+06 times what is wanted"),
        ("lstm_cell", lambda h, c: (h, np.round(c, 6)), "`c`: right to 5 decimals at least, and not to 9"),
        ("tanh", lambda y: np.round(y, 6), "`tanh`: right to 5 decimals at least, and not to 9"),
        ("tanh", lambda y: np.float32(np.round(y, 6)), "`tanh`: right to 5 decimals at least, and not to 9"),
        ("lstm_cell", lambda h, c: (np.float32(h), c), "`h`: right to the 7 digits of single precision"),
        ("lstm_cell", lambda h, c: (h * (1 + 1e-7), c), "`h`: right to 5 digits at least, and not to 9"),
        (
            "lstm_backward",
            lambda *all_: (*all_[:3], blocks(all_[3]), *all_[4:]),
            "`dW`: of its blocks",
        ),
        ("tanh", lambda y: 1 - y**2, "`tanh`: these are the values of `tanh_grad`"),
    ],
)
def test_a_relation_is_told(lab, name, change, words):
    [text] = said(lab, name, change)
    assert text.startswith(words)


def test_blocks_are_named_by_their_numbers(lab):
    [text] = said(lab, "lstm_backward", lambda *all_: (*all_[:3], blocks(all_[3]), *all_[4:]))
    assert "numbers 1 and 3 (of 4) are right" in text


def test_divided_by_a_size_names_the_size(lab):
    topic, question, cases = lab.question("lstm_backward")

    def function(dhs, *rest):
        *others, db = topic.reference["lstm_backward"](dhs, *rest)
        return (*others, db / dhs.shape[1])

    [text] = relations(topic, question, cases, lab.run("lstm_backward", function))
    assert text.startswith("`db`: every number is divided by the length of axis 1 of `dhs`")


def test_results_that_share_a_relation_are_told_in_one_sentence(lab):
    [text] = said(lab, "lstm_cell", lambda h, c: (-h, -c))
    assert text.startswith("`h` and `c`: every number has the wrong sign")


def test_the_sign_of_the_input_is_told_of_an_elementwise_function(lab):
    topic, question, cases = lab.question("tanh")
    outcomes = lab.run("tanh", lambda x: np.where(np.asarray(x) > 0, np.tanh(x), np.sin(x)))
    [text] = relations(topic, question, coarse(question, cases), outcomes)
    assert text.startswith("`tanh`: right where x > 0, and wrong where x < 0")


@pytest.mark.parametrize(
    ("name", "function", "words"),
    [
        ("tanh", lambda x: x, "`tanh`: this is the argument `x`, unchanged, on"),
        ("lstm_cell", lambda _, h, c, *__: (h, c), "`h`: this is the argument `h_prev`, unchanged, on"),
        (
            "lstm_forward",
            lambda xs, h0, c0, *_: (np.stack([h0] * len(xs)), np.stack([c0] * len(xs))),
            "`hs`: this is the argument `h0`, unchanged, over and over along axis 0, on",
        ),
        (
            "tanh",
            lambda x: np.where(np.asarray(x) > 0.5, np.sin(x), np.tanh(x)),
            "`tanh`: right where x < 0, and not right everywhere where x > 0, on",
        ),
        (
            "relu",
            lambda x: np.minimum(np.maximum(x, 0), 0.75),
            "`relu`: cut off: right where less than 0.75 in size",
        ),
    ],
)
def test_a_relation_to_the_input_is_told(lab, name, function, words):
    topic, question, cases = lab.question(name)
    assert relations(topic, question, coarse(question, cases), lab.run(name, function))[0].startswith(words)


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_any_value_that_is_accepted_counts_as_right(lab, at_zero):
    """The slope of ReLU at 0 may be any number from 0 to 1; two where x is large is what is wrong."""
    topic, question, cases = lab.question("relu_grad")

    def slope(x):
        x = np.asarray(x)
        return np.where(x > 3, 2.0, np.where(x > 0, 1.0, np.where(x == 0, at_zero, 0.0)))

    [said] = relations(topic, question, cases, lab.run("relu_grad", slope))
    assert said.startswith("`relu_grad`: right where x < 0, and not right everywhere where x > 0, on")
    accepted = lab.run("relu_grad", lambda x: np.where(np.asarray(x) > 0, 1.0, (np.asarray(x) == 0) * at_zero))
    assert relations(topic, question, cases, accepted) == ()


@pytest.mark.parametrize("name", ["tanh", "lstm_gates", "lstm_forward", "lstm_backward"])
def test_nothing_is_said_of_noise_and_of_what_is_right(lab, name):
    generator = np.random.default_rng(5)

    def noise(*results):
        return tuple(generator.normal(size=np.shape(one)) for one in results)

    single = len(lab.question(name)[1].results) == 1
    assert said(lab, name, (lambda y: noise(y)[0]) if single else noise) == ()
    assert said(lab, name, (lambda y: y) if single else (lambda *all_: all_)) == ()


def test_one_case_is_not_enough(lab):
    topic, question, cases = lab.question("lstm_cell")
    outcomes = lab.run("lstm_cell", lambda *a: tuple(-one for one in topic.reference["lstm_cell"](*a)))
    assert relations(topic, question, cases[:1], outcomes) == ()
    assert relations(topic, question, cases[:2], outcomes) != ()
