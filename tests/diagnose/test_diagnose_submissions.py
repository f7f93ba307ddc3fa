"""Whole submissions: each mistake is told once, at its root; what is right is given no name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.files import default_cache
from grader.grading import examine
from grader.intake import read_submission
from grader.model.inputs import SourceFile, Submission
from grader.model.outcome import Isolation, Status
from grader.plan import make_plan
from grader.sandbox.runner import open_runner

SOLUTIONS = Path(__file__).parents[1] / "solutions"
HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"
RIGHT = sorted(path for path in (SOLUTIONS / "right").iterdir() if path.is_dir())

LSTM = """
import numpy as np

def s(z):
    return 1 / (1 + np.exp(-z))

def lstm_gates(x, h_prev, W, U, b):
    i, f, g, o = np.split(x @ W + h_prev @ U + b, 4, axis=1)
    return s(i), s(f), np.tanh(g), s(o)

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    return o * np.tanh(c), c

def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dW, dU, db, dxs = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b), np.zeros_like(xs)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(xs))):
        h, c = (hs[t - 1], cs[t - 1]) if t else (h0, c0)
        i, f, g, o = lstm_gates(xs[t], h, W, U, b)
        dh = dh + dhs[t]
        dc = dc + dh * o * (1 - np.tanh(cs[t]) ** 2)
        di, df, dg, do = dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * np.tanh(cs[t])
        dz = np.concatenate([di, df, dg, do * o * (1 - o)], axis=1)
        dW, dU, db = dW + xs[t].T @ dz, dU + h.T @ dz, db + dz.sum(axis=0)
        dxs[t], dh, dc = dz @ W.T, dz @ U.T, dc * f
    return dxs, dh, dc, dW, dU, db
"""


class Class:
    """Grades submissions on the homework."""

    def __init__(self, cache: Path) -> None:
        assessment = load_assessment(HOMEWORK)
        self.plan = make_plan(assessment, answer_key(assessment, cache), cache=cache)
        self.runner = open_runner(least=Isolation.NONE)

    def __call__(self, submission):
        """Return the grades by function."""
        return {
            one.id.partition("/")[2]: one for one in examine(submission, self.plan, self.runner).grade.questions
        }

    def lstm(self, code):
        """Grade one file."""
        return self(Submission("student", (SourceFile("lstm.py", code.encode()),)))


@pytest.fixture(scope="module")
def grade() -> Iterator[Class]:
    one = Class(default_cache())
    yield one
    one.runner.close()


def ids(question):
    return [known.id for known in question.misconceptions if not known.alike]


@pytest.mark.parametrize("folder", RIGHT, ids=lambda folder: folder.name)
def test_nothing_is_claimed_of_a_right_solution(folder, grade):
    for question in grade(read_submission(folder)).values():
        assert question.misconceptions == ()


def test_right_solutions_are_counted_as_they_are(counted):
    assert f"| {len(RIGHT)} right solutions | nothing is claimed |" in counted


def test_a_mistake_is_told_at_its_root_and_referred_to_from_above(grade):
    graded = grade.lstm(LSTM.replace("np.tanh(g)", "s(g)"))
    assert ids(graded["lstm_gates"]) == ["candidate-uses-sigmoid"]
    for name in ("lstm_cell", "lstm_forward", "lstm_backward"):
        assert graded[name].status is not Status.PASSED
        assert graded[name].misconceptions == ()
        assert not any("`lstm_cell`" in text for text in graded[name].feedback if name != "lstm_cell")
        texts = [text for text in graded[name].feedback if "`lstm_gates`" in text]
        assert len(texts) == 1
        assert "mend `lstm_gates` first" in texts[0]


def test_a_second_mistake_further_up_is_told_where_it_is_made(grade):
    code = LSTM.replace("np.tanh(g)", "s(g)").replace("f * c_prev + i * g", "f * c_prev - i * g")
    graded = grade.lstm(code.replace("hs.append(h)", "hs.append(h0)"))
    assert ids(graded["lstm_gates"]) == ["candidate-uses-sigmoid"]
    assert ids(graded["lstm_cell"]) == ["new-content-subtracted"]
    assert any("`lstm_gates`" in text for text in graded["lstm_cell"].feedback)


def test_two_mistakes_that_are_handed_up_explain_what_is_above(grade):
    graded = grade.lstm(LSTM.replace("np.tanh(g)", "s(g)").replace("f * c_prev + i * g", "f * c_prev - i * g"))
    assert graded["lstm_forward"].misconceptions == ()
    assert any("mend" in text for text in graded["lstm_forward"].feedback)


def test_mistakes_that_cannot_be_told_apart_are_told_together(grade):
    graded = grade.lstm(LSTM.replace("f * c_prev + i * g", "i * c_prev + f * g"))
    first, *others = graded["lstm_cell"].misconceptions
    assert first.id == "input-and-forget-gate-exchanged-in-the-update"
    assert first.think
    assert first.look
    assert first.fix
    assert [(one.id, one.alike) for one in others] == [("columns-read-as-figo", first.id)]


def test_the_mistake_of_another_function_is_told_as_of_what_stands_for_it(grade):
    """Here lstm_gates is right, and lstm_cell has gates of its own; sigmoid_grad has its own sigmoid."""
    own = "i, f, g, o = np.split(x @ W + h_prev @ U, 4, axis=1); i, f, g, o = s(i), s(f), np.tanh(g), s(o)"
    graded = grade.lstm(LSTM.replace("i, f, g, o = lstm_gates(x, h_prev, W, U, b)", own))
    assert graded["lstm_gates"].status is Status.PASSED
    [known] = graded["lstm_cell"].misconceptions
    assert known.id == "bias-forgotten"
    for text in (known.text, known.think, known.look, known.fix):
        assert text.startswith("In what `lstm_cell` uses for `lstm_gates`: ")
    hard = "def sigmoid_grad(x):\n    s = np.clip(0.2 * x + 0.5, 0, 1)\n    return s * (1 - s)\n"
    code = f"import numpy as np\n\n{hard}".encode()
    graded = grade(Submission("student", (SourceFile("activations.py", code),)))
    [known] = graded["sigmoid_grad"].misconceptions
    assert known.id == "sigmoid-is-hard"
    assert known.text.startswith("In what `sigmoid_grad` uses for `sigmoid`: The hard sigmoid")


def test_what_is_said_of_a_step_of_the_function_itself_stands_alone(grade):
    graded = grade.lstm(LSTM.replace("np.tanh(g)", "s(g)"))
    assert graded["lstm_gates"].misconceptions[0].text == "The candidate uses the sigmoid, as the three gates do."


@pytest.mark.parametrize(
    ("old", "new", "known"),
    [
        ("1 / (1 + np.exp(-z))", "np.exp(z) / (1 + np.exp(z))", "gates-overflow-for-large-sums"),
        ("np.tanh(g)", "np.sinh(g) / np.cosh(g)", "candidate-overflows-for-large-sums"),
        ("x @ W + h_prev @ U + b", "np.clip(x @ W + h_prev @ U + b, -10, 10)", "sums-clipped-at-ten"),
    ],
)
def test_what_overflows_or_is_cut_off_is_told_by_name_and_costs_the_share_for_large_sums(old, new, known, grade):
    gates = grade.lstm(LSTM.replace(old, new))["lstm_gates"]
    assert ids(gates) == [known]
    assert [check.name for check in gates.checks if not check.is_passed] == ["saturated"]
    assert gates.score == gates.max_score * 9 / 10


def test_an_overflow_does_not_hide_another_mistake(grade):
    code = LSTM.replace("1 / (1 + np.exp(-z))", "np.exp(z) / (1 + np.exp(z))")
    code = code.replace("i, f, g, o = np.split", "i, f, o, g = np.split")
    assert set(ids(grade.lstm(code)["lstm_gates"])) == {"columns-read-as-ifog", "gates-overflow-for-large-sums"}


def test_results_json_keeps_its_contract(grade):
    graded = grade.lstm(LSTM.replace("np.tanh(g)", "s(g)"))
    [known] = graded["lstm_gates"].to_json()["misconceptions"]
    assert set(known) == {"id", "text", "evidence"}


def test_a_diagnosis_that_fails_costs_nobody_a_grade(grade, monkeypatch):
    monkeypatch.setattr(type(grade.plan.diagnoser), "explain", lambda *_: 1 / 0)
    submission = Submission("student", (SourceFile("lstm.py", LSTM.replace("np.tanh(g)", "s(g)").encode()),))
    graded = examine(submission, grade.plan, grade.runner).grade
    assert graded.is_graded
    assert any("ZeroDivisionError" in note for note in graded.notes)


HUGE = """
import numpy as np

def tanh(x): return np.full(np.shape(x), np.finfo(float).max)
def sigmoid(x): return np.asarray(x, np.longdouble) * np.finfo(np.longdouble).max / 1000
def relu(x): return np.maximum(x, 0) * np.where(np.asarray(x) > 0.4, np.finfo(float).max / 2, 1)
"""


def test_numbers_that_overflow_upset_no_search_for_mistakes(grade):
    """Every warning is an error here; one in the search would leave a note that it failed."""
    submission = Submission("student", (SourceFile("activations.py", HUGE.encode()),))
    examined = examine(submission, grade.plan, grade.runner).grade
    assert examined.notes == ()
    assert [one.status for one in examined.questions[:6:2]] == [Status.FAILED] * 3
