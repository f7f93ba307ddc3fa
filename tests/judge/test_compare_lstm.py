"""Right LSTMs in any style stay within 1e-9 of the truth, normwise; wrong ones and float32 do not."""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from grader.model.grade import QuestionGrade
from grader.model.outcome import Status

Array = Any
BY_NUMBER = np.vectorize(lambda v: 1 / (1 + mpmath.exp(-v)), otypes=[object])
TANH = np.vectorize(mpmath.tanh, otypes=[object])


def exact_forward(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Return hs and cs for arrays of mpmath numbers, written apart from the grader's own reference."""
    hs, cs, H = [], [], h.shape[1]
    for x in xs:
        z = np.dot(x, W) + np.dot(h, U) + b
        i, f, o = (BY_NUMBER(z[:, k * H : (k + 1) * H]) for k in (0, 1, 3))
        c = f * c + i * TANH(z[:, 2 * H : 3 * H])
        h = o * TANH(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def s(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def textbook(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
    hs, cs = [], []
    for x in xs:
        i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
        c = s(f) * c + s(i) * np.tanh(g)
        h = s(o) * np.tanh(c)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def einsum(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
    H = h.shape[1]
    inputs = np.einsum("tnd,dk->tnk", xs, W)
    hs = np.empty((*xs.shape[:2], H))
    cs = np.empty_like(hs)
    for t in range(len(xs)):
        z = (inputs[t] + np.einsum("nh,hk->nk", h, U) + b).reshape(-1, 4, H)
        c = s(z[:, 1]) * c + s(z[:, 0]) * np.tanh(z[:, 2])
        h = s(z[:, 3]) * np.tanh(c)
        hs[t], cs[t] = h, c
    return hs, cs


def concatenated(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
    both = np.concatenate([U, W])
    hs, cs = [], []
    for x in xs:
        z = np.hstack([h, x]) @ both + b
        i, f, g, o = np.hsplit(z, 4)
        c = c * 0.5 * (1 + np.tanh(f / 2)) + 0.5 * (1 + np.tanh(i / 2)) * np.tanh(g)
        h = np.tanh(c) / (1 + np.exp(-o))
        hs.append(h.tolist())
        cs.append(c.tolist())
    return [hs, cs]


def loops(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
    import math

    T, N, D = xs.shape
    H = h.shape[1]
    hs, cs = np.zeros((T, N, H)), np.zeros((T, N, H))
    for t in range(T):
        for n in range(N):
            before = h[n] if t == 0 else hs[t - 1, n]
            for j in range(H):
                z = [
                    b[k * H + j]
                    + sum(xs[t, n, d] * W[d, k * H + j] for d in range(D))
                    + sum(before[m] * U[m, k * H + j] for m in range(H))
                    for k in range(4)
                ]
                i, f, o = (1 / (1 + math.exp(-z[k])) for k in (0, 1, 3))
                old = c[n, j] if t == 0 else cs[t - 1, n, j]
                cs[t, n, j] = f * old + i * math.tanh(z[2])
                hs[t, n, j] = o * math.tanh(cs[t, n, j])
    return hs, cs


def changed(replace: Callable[..., Any]) -> Callable[..., Any]:
    """Return a forward in which one formula is replaced."""

    def forward(xs: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
        hs, cs = [], []
        for x in xs:
            h, c = replace(*np.split(x @ W + h @ U + b, 4, axis=1), h, c)
            hs.append(h)
            cs.append(c)
        return np.stack(hs), np.stack(cs)

    return forward


def swapped_gates(i: Array, f: Array, g: Array, o: Array, _: Array, c: Array) -> Any:
    c = s(i) * c + s(f) * np.tanh(g)
    return s(o) * np.tanh(c), c


def order_ifog(i: Array, f: Array, o: Array, g: Array, _: Array, c: Array) -> Any:
    c = s(f) * c + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c


def hidden_in_place_of_cell(i: Array, f: Array, g: Array, o: Array, h: Array, _: Array) -> Any:
    c = s(f) * h + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c


def clipped(i: Array, f: Array, g: Array, o: Array, _: Array, c: Array) -> Any:
    c = np.clip(s(f) * c + s(i) * np.tanh(g), -1, 1)
    return s(o) * np.tanh(c), c


def single(*arguments: Array) -> Any:
    return tuple(part.astype(np.float64) for part in textbook(*(a.astype(np.float32) for a in arguments)))


@pytest.fixture(scope="module")
def grade(bench: Any) -> Callable[[Callable[..., Any]], QuestionGrade]:
    """Judge an lstm_forward."""
    question = bench.lstm_question("lstm_forward", "xs h0 c0 W U b", "hs cs")
    cases = bench.lstm_cases(question, exact_forward)
    return lambda function: bench.judge(function, question, cases=cases)


@pytest.mark.parametrize("forward", [textbook, einsum, concatenated, loops])
def test_right_code_passes_in_any_style(grade: Any, forward: Callable[..., Any]):
    assert grade(forward).status is Status.PASSED


@pytest.mark.parametrize(
    "forward",
    [single, *map(changed, (swapped_gates, order_ifog, hidden_in_place_of_cell, clipped))],
    ids=["float32", "swapped", "ifog", "h-for-c", "clipped"],
)
def test_wrong_code_and_single_precision_fail(grade: Any, forward: Callable[..., Any]):
    found = grade(forward)
    assert [check.is_passed for check in found.checks] == [False, False, True]
    assert found.status is Status.PARTIAL


def test_single_precision_inside_is_recognised(grade: Any):
    gap = grade(single).checks[0].evidence.gap
    assert "float32" in gap
    assert "of 16 digits right" in gap


def test_the_right_numbers_in_the_wrong_order_of_axes_are_told(grade: Any):
    found = grade(lambda *a: tuple(part.swapaxes(0, 1) for part in textbook(*a)))
    differ = found.checks[0]
    assert differ.status is Status.FAILED
    assert (
        "(N, T, H) for (T, N, H): the axes are in another order. The numbers themselves are right."
        in differ.message
    )


def test_exchanged_results_are_told(grade: Any):
    found = grade(lambda *a: textbook(*a)[::-1])
    assert "they come as (cs, hs); wanted is (hs, cs)" in found.checks[0].message
