"""Who earns follow-on credit, how much, and what is said: a gradient that is right for the own wrong forward."""

from fractions import Fraction

import pytest

from grader.model.outcome import Status

HALF = Fraction(1, 2)
EARNED = HALF * Fraction(94, 100)  # large sums, worth 6 %, are asked only of who is right in truth

# A known mistake, and what it makes of the gradient: text to replace, forwards and backwards.
CONSISTENT = {
    "candidate-uses-sigmoid": [("np.tanh(g)", "s(g)"), ("(1 - g**2)", "g * (1 - g)")],
    "columns-read-as-ifog": [
        ("i, f, g, o = np.split", "i, f, o, g = np.split"),
        ("hstack([di, df, dg, do])", "hstack([di, df, do, dg])"),
    ],
    "new-content-subtracted": [
        ("f * c_prev + i * g", "f * c_prev - i * g"),
        ("dc * g * i", "-dc * g * i"),
        ("dc * i * (1", "-dc * i * (1"),
    ],
    "candidate-uses-softsign": [("np.tanh(g)", "g / (1 + abs(g))"), ("(1 - g**2)", "(1 - abs(g))**2")],
    "gates-use-the-hard-sigmoid": [
        ("return 1 / (1 + np.exp(-z))", "return np.clip(0.2 * z + 0.5, 0, 1)"),
        ("g * i * (1 - i)", "g * slope(i)"),
        ("c_prev * f * (1 - f)", "c_prev * slope(f)"),
        ("tc * o * (1 - o)", "tc * slope(o)"),
        ("def lstm_backward", "def slope(gate):\n    return 0.2 * ((gate > 0) & (gate < 1))\n\ndef lstm_backward"),
    ],
    "no-tanh-on-the-cell-state": [
        ("return o * np.tanh(c), c", "return o * c, c"),
        ("tc = np.tanh(cs[t])", "tc = cs[t]"),
        ("dh * o * (1 - tc**2)", "dh * o"),
    ],
}


@pytest.mark.parametrize("mistake", CONSISTENT)
def test_gradients_that_fit_the_own_forward_earn_half(mistake, lab, code):
    grade = lab.backward(code.change(code.right, *CONSISTENT[mistake]))
    assert grade.score == EARNED * grade.max_score
    assert grade.status is Status.PARTIAL
    credited = [check for check in grade.checks if check.name != "saturated"]
    assert [check.score for check in credited] == [HALF * check.max_score for check in credited]
    assert not any(check.is_passed or check.skipped for check in credited)


def test_the_student_reads_what_was_credited_and_why(lab, code):
    grade = lab.backward(code.candidate)
    assert grade.feedback[0] == (
        "Follow-on credit: `dxs`, `dh0`, `dc0`, `dW`, `dU` and `db` are right for your own `lstm_forward`, "
        "with the mistake in `lstm_gates`. That earns half of their points."
    )
    values, arguments = grade.checks[0], grade.checks[-1]
    assert values.message.endswith("For your own `lstm_forward` it is right, and earns half of the points.")
    assert arguments.name == "arguments"
    assert arguments.message.startswith("It holds, and earns half of the points")


def test_a_gradient_that_fits_has_no_mistake_of_its_own(lab, code):
    grade = lab.backward(code.candidate)
    assert grade.misconceptions == ()
    assert not any("one more" in text for text in grade.feedback)


def test_the_mistake_itself_is_told_where_it_is_made_and_nowhere_else(lab, code):
    """How far its hints may be opened is decided there; the words about points say no more than where."""
    graded = {one.id: one for one in lab.examine(code.candidate).grade.questions}
    [known] = graded["lstm/lstm_gates"].misconceptions
    said = " ".join(graded["lstm/lstm_backward"].feedback)
    assert "`lstm_gates`" in said
    assert not any(words in said for words in (known.text, known.look, known.fix, "sigmoid"))


def test_two_mistakes_are_both_pointed_at(lab, code):
    pairs = CONSISTENT["candidate-uses-sigmoid"] + CONSISTENT["new-content-subtracted"]
    pairs[-1] = ("dc * i * g", "-dc * i * g")
    grade = lab.backward(code.change(code.right, *pairs))
    assert grade.score == EARNED * grade.max_score
    assert "with the mistakes in `lstm_gates` and `lstm_cell`." in grade.feedback[0]


FOURTH_ORDER = """def fourth(f, inputs, at, index, h=2.0**-11):
    total = 0.0
    for by, weight in ((1, 8), (-1, -8), (2, -1), (-2, 1)):
        moved = [one.copy() for one in inputs]
        moved[at][index] += by * h
        total += weight * f(moved)
    return total / (12 * h)

def lstm_backward"""

STYLES = {
    "the complex step": [],
    "lists of Python numbers": [
        ("return np.array(hs), np.array(cs)", "return [h.tolist() for h in hs], [c.tolist() for c in cs]"),
        ("dhs * lstm_forward(*moved)[0]", "dhs * np.array(lstm_forward(*moved)[0])"),
    ],
    "central differences": [
        ("            moved = [one.astype(complex) for one in inputs]\n", ""),
        ("            moved[at][index] += 1e-30j\n", ""),
        (
            "np.sum(dhs * lstm_forward(*moved)[0]).imag / 1e-30",
            "fourth(lambda m: np.sum(dhs * lstm_forward(*m)[0]), inputs, at, index)",
        ),
        ("def lstm_backward", FOURTH_ORDER),
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_any_right_way_to_the_gradient_counts(style, lab, code):
    """A gradient by differences of the own forward is a right one, where it has the digits."""
    grade = lab.backward(code.change(code.numeric, ("np.tanh(g)", "s(g)"), *STYLES[style]))
    assert grade.score == EARNED * grade.max_score


CASTS = {
    "an array of floats to write into": [
        (
            "h, c, hs, cs = h0, c0, [], []",
            "h, c, hs, cs = h0, c0, *np.zeros((2, len(xs), *h0.shape), dtype=np.float64)",
        ),
        ("for x in xs:", "for t, x in enumerate(xs):"),
        ("hs.append(h)", "hs[t] = h"),
        ("cs.append(c)", "cs[t] = c"),
    ],
    "float() of every number": [
        (
            "    return 1 / (1 + np.exp(-z))",
            "    return np.array([1 / (1 + np.exp(-float(a))) for a in z.ravel()]).reshape(z.shape)",
        )
    ],
    "math in place of NumPy": [
        ("import numpy as np", "import math\nimport numpy as np"),
        ("np.exp(-z)", "np.vectorize(math.exp)(-z)"),
    ],
    "in place": [
        ("h, c, hs, cs = h0, c0, [], []", "h, c, hs, cs = h0.copy(), c0.copy(), [], []"),
        ("        h, c = lstm_cell(x, h, c, W, U, b)", "        h[:], c[:] = lstm_cell(x, h, c, W, U, b)"),
        ("hs.append(h)", "hs.append(h.copy())"),
        ("cs.append(c)", "cs.append(c.copy())"),
    ],
    "ten decimals": [("return np.array(hs), np.array(cs)", "return np.round(hs, 10), np.round(cs, 10)")],
}


@pytest.mark.parametrize("cast", CASTS)
def test_a_forward_that_complex_numbers_cannot_pass_is_the_own_one_as_well(cast, lab, code):
    pairs = CASTS[cast]
    if cast == "ten decimals":  # the gradient itself works on what was not rounded
        own = code.change(code.backward, ("lstm_forward(", "precise("))
        own += code.change(
            code.right[code.right.index("def lstm_forward") : code.right.index("def lstm_backward")],
            ("def lstm_forward", "def precise"),
        )
        done = code.change(code.right, (code.backward, ""), *pairs) + own
        done = code.change(done, ("np.tanh(g)", "s(g)"), ("(1 - g**2)", "g * (1 - g)"))
    else:
        done = code.change(code.candidate, *pairs)
    grade = lab.backward(done)
    assert grade.score == EARNED * grade.max_score, grade.feedback


def test_only_what_fits_is_credited(lab, code):
    """Weight gradients that are overwritten at each step are wrong for every forward."""
    grade = lab.backward(code.change(code.candidate, ("dW += ", "dW = "), ("dU += ", "dU = ")))
    earned = {check.name: check.score / check.max_score for check in grade.checks}
    assert earned == {
        "dxs": HALF,
        "dh0": HALF,
        "dc0": HALF,
        "dW": 0,
        "dU": 0,
        "db": HALF,
        "saturated": 0,
        "arguments": HALF,
    }
    assert grade.score == sum(check.score for check in grade.checks)
    assert grade.feedback[0].startswith("Follow-on credit: `dxs`, `dh0`, `dc0` and `db` are right for your own")
    assert {check.name: check.status for check in grade.checks}["dW"] is Status.FAILED


TRUE = [(f"lstm_{name}", f"true_{name}") for name in ("gates", "cell", "forward", "backward")]
RETURN = "return dxs, dh, dc, dW, dU, db"
CALL_TRUE = (
    "    hs, cs = lstm_forward(",
    "    true = true_backward(dhs, xs, h0, c0, W, U, b)\n    hs, cs = lstm_forward(",
)


def test_credit_never_lifts_a_question_beyond_its_half(lab, code):
    """Two results that are right in truth have earned theirs; the credit fills the rest up to the half."""
    mixed = code.change(code.candidate, (RETURN, "return true[0], dh, dc, true[3], dU, db"), CALL_TRUE)
    grade = lab.backward(mixed + code.change(code.right, *TRUE))
    assert {check.name for check in grade.checks if check.is_passed} == {"dxs", "dW", "arguments"}
    assert grade.score == HALF * grade.max_score == sum(check.score for check in grade.checks)
    assert "brings this question to half of its points, and no further" in grade.feedback[0]


def test_more_than_half_in_truth_is_left_as_it_is(lab, code):
    """Only the order of two results is wrong, and the forward is: what was earned stays, and no more comes."""
    mixed = code.change(code.candidate, (RETURN, "return *true[:5], db"), CALL_TRUE)
    grade = lab.backward(mixed + code.change(code.right, *TRUE))
    assert grade.score == Fraction(80, 100) * grade.max_score
    assert not any("Follow-on" in text for text in grade.feedback)


def test_points_of_results_json_add_up(lab, code):
    written = lab.backward(code.candidate).to_json()
    assert written["score"] == sum(check["score"] for check in written["checks"]) == 9.4
    assert set(written) == {
        "id", "kind", "score", "max_score", "status", "checks", "misconceptions", "remarks", "feedback"
    }  # fmt: skip
    assert all(set(check) == {"name", "score", "max_score", "passed", "message"} for check in written["checks"])
    assert not any(check["passed"] for check in written["checks"])
