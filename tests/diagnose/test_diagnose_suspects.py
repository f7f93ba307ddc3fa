"""Which step of the reference is the likely one, where an entry for a new mistake is to be written."""

import pytest

from grader.diagnose.suspects import suspects


@pytest.mark.parametrize(
    ("name", "wrong", "first"),
    [
        ("lstm_gates", ["g"], "candidate"),
        ("lstm_gates", ["i"], "input_gate"),
        ("lstm_cell", ["h"], "hidden_state"),
        ("lstm_cell", ["h", "c"], "cell_update"),
    ],
)
def test_the_step_whose_change_shows_in_just_the_wrong_results_is_first(name, wrong, first, lab):
    topic, question, cases = lab.question(name)
    steps = [
        step
        for step in ("split_gates", "input_gate", "candidate", "output_gate", "cell_update", "hidden_state")
        if (name == "lstm_gates") is (step not in ("cell_update", "hidden_state"))
    ]
    ordered = suspects(topic, question, [name, *steps], cases[0], wrong)
    assert ordered[0] == first
    assert sorted(ordered) == sorted([name, *steps])
