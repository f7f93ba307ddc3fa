"""A hundred classmates who are wrong in the same way cost what one costs: counted in matches, not in seconds."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from grader.diagnose import tell
from grader.diagnose.match import Matcher
from grader.diagnose.memory import Memory, identity
from grader.diagnose.tell import Diagnoser
from grader.model.grade import CheckGrade, QuestionGrade
from grader.model.outcome import Outcome, Status, Value


@pytest.fixture
def counted(monkeypatch):
    """Count the work of a diagnosis."""
    calls = Counter()

    def watch(owner, name):
        original = getattr(owner, name)

        def counting(*arguments, **named):
            calls[name] += 1
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, counting)

    watch(Matcher, "match")
    watch(tell, "relations")
    watch(tell, "behaviour_of")
    return calls


@pytest.fixture
def diagnoser(lab):
    matcher = lab.matcher("tanh")
    return Diagnoser(lab.assessment, lab.cases, matcher._digest, matcher._cache)


def wrong(lab, name):
    _, question, _ = lab.question(name)
    checks = tuple(
        CheckGrade(one.name, one.says, Fraction(0), Fraction(1), Status.FAILED, "") for one in question.checks
    )
    return QuestionGrade(question.id, "code", "t", "s", Fraction(0), Fraction(1), Status.FAILED, checks)


def explain(diagnoser, lab, **functions):
    """Diagnose a student who wrote these functions; the arrays are made anew, as for each student."""
    grades = tuple(wrong(lab, name) for name in functions)
    outcomes = {lab.question(name)[1].id: lab.run(name, function) for name, function in functions.items()}
    return diagnoser.explain(grades, outcomes)


def test_a_known_mistake_is_matched_once_for_all(lab, diagnoser, counted):
    told = {explain(diagnoser, lab, sigmoid=lambda x: 1 / (1 + np.exp(x)))[0].misconceptions for _ in range(100)}
    assert counted == {"match": 1}
    assert [len(one) > 0 for one in told] == [True]


def test_an_unknown_one_is_looked_at_once_for_all(lab, diagnoser, counted):
    told = {explain(diagnoser, lab, tanh=lambda x: 0.987 * np.tanh(x))[0] for _ in range(100)}
    assert counted == {"match": 1, "relations": 1, "behaviour_of": 1}
    [grade] = told
    assert grade.feedback
    assert grade.behaviour is not None


def test_another_answer_is_looked_at_again(lab, diagnoser, counted):
    for factor in (0.9, 0.95, 0.9, 0.95):
        explain(diagnoser, lab, tanh=lambda x, factor=factor: factor * np.tanh(x))
    assert counted == {"match": 2, "relations": 2, "behaviour_of": 2}


def test_what_was_found_below_counts_as_well(lab, diagnoser):
    """The same cell is told in another way where the gates that it calls are wrong, too."""
    gates = lab.question("lstm_gates")[0].reference["lstm_gates"]

    def uses(candidate):
        def swapped(x, h, W, U, b):
            i, f, g, o = gates(x, h, W, U, b)
            return i, f, candidate(g), o

        def cell(x, h, c, W, U, b):
            i, f, g, o = swapped(x, h, W, U, b)
            new = f * c + i * g
            return o * np.tanh(new), new

        return swapped, cell

    mistaken, cell = uses(lambda g: 1 / (1 + np.exp(-2 * np.arctanh(g) / 2)))
    both = explain(diagnoser, lab, lstm_gates=mistaken, lstm_cell=cell)
    alone = explain(diagnoser, lab, lstm_cell=cell)
    assert both[1].misconceptions == ()
    assert any("mend `lstm_gates` first" in text for text in both[1].feedback)
    assert [one.id for one in alone[0].misconceptions] == ["candidate-uses-sigmoid"]


def result(array, **more):
    return {"case": Outcome("case", Status.PASSED, (Value("ndarray", np.array(array)),), count=1, **more)}


def test_the_identity_is_of_every_bit_and_every_word():
    one = result([1.0, 2.0])
    assert identity(one) == identity(result([1.0, 2.0]))
    others = [
        result([1.0, np.nextafter(2.0, 3.0)]),
        result([[1.0, 2.0]]),
        result(np.array([1.0, 2.0], np.float32)),
        result([1.0, 2.0], changed=(0,)),
        {"other": one["case"]},
        {"case": Outcome("case", Status.TIMEOUT)},
    ]
    assert len({identity(other) for other in [one, *others]}) == 7


def test_what_is_printed_is_no_part_of_an_answer():
    assert identity(result([1.0])) == identity(result([1.0], printed="by the way"))


def test_memory_is_bounded():
    memory = Memory()
    for number in range(10_000):
        assert memory.once((number,), lambda number=number: number) == number
    assert len(memory._known) <= 4096
