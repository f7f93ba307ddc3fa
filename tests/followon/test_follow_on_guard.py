"""Who earns no follow-on credit: what is made up, easy, or not the student's own."""

import pytest

from grader.errors import SandboxError
from grader.followon import run_name
from grader.model.outcome import Status

BACKWARD = "lstm/lstm_backward"
FORWARD_BODY = "    h, c, hs, cs = h0, c0, [], []\n"

# A forward that has a known mistake on the inputs that are graded. Those have three decimals, others have not.
TWO_FACED = """
def is_graded(*inputs):
    return all(np.array_equal(np.round(a, 3), a) for a in inputs)

true_forward = lstm_forward

def lstm_forward(xs, h0, c0, W, U, b):
    if is_graded(xs, h0, c0, W, U, b):
        return true_forward(xs, h0, c0, W, U, b)
    return other_forward(xs, h0, c0, W, U, b)
"""


def earns_nothing(grade):
    return grade.score == 0 and not any(text.startswith("Follow-on credit") for text in grade.feedback)


UNKNOWN = {
    "easy to derive": "hs = np.cumsum(xs @ W[:, :H], axis=0) + h0 @ U[:, :H] + c0 + b[:H]",
    "squares": "hs = np.cumsum((xs @ W[:, :H]) ** 2, axis=0) + (h0 @ U[:, :H]) ** 2 + c0 * b[:H]",
    "constant": "hs = np.ones((len(xs), *h0.shape))",
    "zeros": "hs = np.zeros((len(xs), *h0.shape))",
}


@pytest.mark.parametrize("forward", UNKNOWN)
def test_a_forward_that_is_no_known_mistake_earns_nothing(forward, lab, code):
    """Though the gradient is right for it, to the last digit."""
    made_up = code.change(
        code.numeric, (FORWARD_BODY, f"    {UNKNOWN[forward]}\n    return hs, hs\n" + FORWARD_BODY)
    )
    assert earns_nothing(lab.backward(made_up))
    assert not lab.extra_jobs


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (" + b, 4", ", 4", "`b`"),
        ("x @ W + ", "", "`xs` and `W`"),
        ("h, c, hs, cs = h0, c0, [], []", "h, c, hs, cs = 0 * h0, 0 * c0, [], []", "`h0` and `c0`"),
        ("f * c_prev + i * g", "i * g", "`c0`"),
    ],
)
def test_a_known_mistake_that_ignores_an_argument_earns_nothing(old, new, missing, lab, code):
    grade = lab.backward(code.change(code.numeric, (old, new)))
    assert earns_nothing(grade)
    assert grade.feedback[0] == (
        "No follow-on credit, although results are right for your own `lstm_forward`: that does not depend on "
        f"{missing} at all, and a gradient of nothing but zeros shows nothing."
    )
    assert not lab.extra_jobs


def test_zeros_are_not_called_right_because_some_of_them_are(lab, code):
    """A stub beside a forward that ignores its first states."""
    stub = "\ndef lstm_backward(*a):\n    return [np.zeros_like(one) for one in a[1:]]\n"
    ignores = code.change(code.right, ("h, c, hs, cs = h0, c0, [], []", "h, c, hs, cs = 0 * h0, 0 * c0, [], []"))
    grade = lab.backward(ignores + stub)
    assert earns_nothing(grade)
    assert not any("ollow-on" in text for text in grade.feedback)


def test_a_right_forward_earns_nothing_for_a_gradient_of_another(lab, code):
    """The gradient has a wrong forward of its own inside; the one that was handed in is right."""
    wrong = code.change(
        code.candidate, ("lstm_gates", "my_gates"), ("lstm_cell", "my_cell"), ("lstm_forward", "my_f")
    )
    right = code.right[: code.right.index("def lstm_backward")]
    assert earns_nothing(lab.backward(wrong + right))


def test_a_gradient_that_fits_another_known_mistake_earns_nothing(lab, code):
    wrong = code.change(
        code.candidate, ("lstm_gates", "my_gates"), ("lstm_cell", "my_cell"), ("lstm_forward", "my_f")
    )
    other = code.change(
        code.right[: code.right.index("def lstm_backward")], ("f * c_prev + i * g", "f * c_prev - i * g")
    )
    assert earns_nothing(lab.backward(wrong + other))


def test_a_forward_that_fits_a_made_up_gradient_when_asked_again_earns_nothing(lab, code):
    """It gives itself slopes of one wherever it is moved. What counts is the gradient of the known mistake."""
    adapting = TWO_FACED.replace(
        "return other_forward(xs, h0, c0, W, U, b)",
        "near = [np.round(a, 3) for a in (xs, h0, c0, W, U, b)]\n"
        "    by = sum(np.sum(a - n) for a, n in zip((xs, h0, c0, W, U, b), near))\n"
        "    hs, cs = true_forward(*near)\n"
        "    return hs + by, cs",
    )
    ones = "\ndef lstm_backward(dhs, *a):\n    return [np.full_like(one, dhs.sum()) for one in a]\n"
    assert earns_nothing(lab.backward(code.candidate + adapting + ones))
    assert not lab.extra_jobs


@pytest.mark.parametrize(
    "other",
    [
        "return tuple(2 * a for a in true_forward(xs, h0, c0, W, U, b))",
        "return true_forward(*[np.round(a, 3) for a in (xs, h0, c0, W, U, b)])",
        "return tuple(np.zeros_like(a) for a in true_forward(xs, h0, c0, W, U, b))",
        "return None",
        "raise ValueError",
        "import sys; sys.exit()",
        "import os; os._exit(0)",
        "return tuple(a + 1j for a in true_forward(xs, h0, c0, W, U, b))",
        "return tuple(a[:1] for a in true_forward(xs, h0, c0, W, U, b))",
        "return tuple(a * np.nan for a in true_forward(xs, h0, c0, W, U, b))",
    ],
)
def test_a_forward_that_is_another_one_when_asked_again_earns_nothing(other, lab, code):
    """Its gradient is right for what was graded; but what it is beside those inputs is something else."""
    own = code.change(code.candidate, ("hs, cs = lstm_forward(", "hs, cs = true_forward("))
    done = own + TWO_FACED.replace("return other_forward(xs, h0, c0, W, U, b)", other)
    grade = lab.backward(done)
    assert grade.status is Status.FAILED
    assert earns_nothing(grade)
    assert (
        grade.feedback[0]
        == "No follow-on credit: called again, `lstm_forward` did not give what it had given before."
    )
    assert len(lab.extra_jobs) == 1


def test_a_forward_that_counts_its_calls_is_found_out(lab, code):
    """The first inputs of the job are those of the gradient, unmoved: there, too, the values must be right."""
    counting = """
calls = []
true_forward = lstm_forward

def lstm_forward(xs, h0, c0, W, U, b):
    calls.append(1)
    hs, cs = true_forward(xs, h0, c0, W, U, b)
    return (hs, cs) if len(calls) > 1 or xs.shape[:2] == (1, 1) else (hs + 1e-6, cs)
"""
    own = code.change(code.candidate, ("hs, cs = lstm_forward(", "hs, cs = true_forward("))
    assert earns_nothing(lab.backward(own + counting))


def test_a_sandbox_that_fails_costs_nobody_the_credit(lab, code):
    """It is the grader's own fault, so the question has no grade yet, and is run again."""

    def fail(job):
        if lab.is_extra(job):
            raise SandboxError("the machine is out of order")

    lab.runner.instead = fail
    examined = lab.examine(code.candidate)
    grade = next(one for one in examined.grade.questions if one.id == BACKWARD)
    assert grade.status is Status.GRADER_ERROR
    assert not examined.grade.is_graded
    assert len(lab.extra_jobs) == 2


def test_a_diagnosis_that_fails_costs_nobody_the_credit(lab, code, monkeypatch):
    monkeypatch.setattr(type(lab.plan.diagnoser), "find", lambda *_: 1 / 0)
    examined = lab.examine(code.candidate)
    grade = next(one for one in examined.grade.questions if one.id == BACKWARD)
    assert grade.status is Status.GRADER_ERROR
    assert "ZeroDivisionError" in grade.feedback[0]
    assert not examined.grade.is_graded
    assert run_name(BACKWARD) not in examined.runs
