"""Validating proves what loading cannot see: each way in which a bank can be unfit for grading is found."""
# ruff: noqa: E501 (tables)

import json
from pathlib import Path

import pytest

from grader.bank.soundness import Severity
from grader.bank.validate import validate
from grader.errors import BankError


def spoil(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def errors(path):
    return [one for one in validate(path).findings if one.severity is Severity.ERROR]


def warnings(path):
    return [one for one in validate(path).findings if one.severity is Severity.WARNING]


def test_a_sound_topic_is_proved(softmax):
    """By its folder or its bank; amplification and the gradient's gap are told."""
    for path in (softmax, softmax / "bank.yaml"):
        soundness = validate(path)
        assert soundness.is_sound
        assert soundness.findings == ()
        values, gradient = soundness.questions
        assert (values.id, values.checks, values.cases, values.public_cases) == ("softmax/softmax", 3, 5, 4)
        assert 0 < values.amplification < 10
        assert values.gradient_gap is None
        assert gradient.gradient_gap < 1e-40


def test_an_assessment_is_proved_by_the_questions_it_picks(course):
    spoil(course, "  - {id: softmax/softmax_grad, points: 100/3}\n", "")
    spoil(course.parent / "softmax" / "reference.py", "return p * (dp", "return 2 * p * (dp")
    soundness = validate(course)
    assert soundness.is_sound
    assert [one.id for one in soundness.questions] == ["softmax/softmax"]


SPOILED = [
    # (file, what is written, what is written instead, what must be said, in which line of the bank)
    ("reference.py", "return p * (dp", "return 2 * p * (dp", "`dz` is not the derivative: it is off by", "all-differ"),
    ("reference.py", "powers / total(powers)", "(powers / total(powers)).T", "(5, 2), and (2, 5) is promised", "all-differ"),
    ("reference.py", "return powers / total(powers)", "raise KeyError(3)", "the reference raises KeyError: 3", "tiny"),
    ("reference.py", "np.exp(shifted(z))", "np.exp(z)", "in plain float64 fails the check `stable`", "name: stable"),
    ("reference.py", "np.exp(shifted(z))", "1.1 + np.sin(1e6 * z)", "magnifies rounding errors", "all-differ"),
    ("reference.py", "np.exp(shifted(z))", "np.array(shifted(z), dtype=float)", "no provable value", "tiny"),
    ("bank.yaml", ", needs: any", "", "a function that returns zeros passes the check `arguments`", "name: arguments"),
    ("bank.yaml", "rule: {normwise: 1e-9}", "rule: {normwise: 1e-18}", "in plain float64 fails the check `values`", "name: values"),
    ("bank.yaml", "[[1e3, 999, -1e3]]", "[[.inf, 0, 0]]", "softmax/softmax, case 'large'", "large"),
    ("bank.yaml", "p_{nk} =", r"\lvert p \rvert =", "would be shown unevenly", "prompt: |"),
    ("bank.yaml", "p_{nk} =", r"\sigmod(x) =", "would show", "prompt: |"),
    ("bank.yaml", "p_{nk} =", r"\left( p =", "cannot be read", "prompt: |"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said", "line"), SPOILED)
def test_what_makes_a_bank_unfit_is_an_error_with_its_place(softmax, file, old, new, said, line):
    spoil(softmax / file, old, new)
    found = [one for one in errors(softmax) if said in one.words]
    assert found, validate(softmax).text()
    assert found[0].hint
    text = (softmax / "bank.yaml").read_text().splitlines()
    assert found[0].place.file == str(softmax / "bank.yaml")
    assert line in text[found[0].place.line - 1]
    assert not validate(softmax).is_sound


DOUBTFUL = [
    ("- {name: wide, public: false", "- {name: wide, public: true", "every case is public"),
    ("cases: [large]", "cases: [wide]", "the check `stable` has no public case"),
]


@pytest.mark.parametrize(("old", "new", "said"), DOUBTFUL)
def test_what_is_seldom_meant_is_a_warning(softmax, old, new, said):
    spoil(softmax / "bank.yaml", old, new)
    assert any(said in one.words for one in warnings(softmax))
    assert validate(softmax).is_sound


def test_a_case_that_nobody_uses_is_a_warning(softmax):
    spoil(softmax / "bank.yaml", "unchanged: true, needs: any}", "unchanged: true, needs: any, cases: [tiny]}")
    assert next(one.words for one in warnings(softmax)) == "no check and no remark uses the case `wide`"


def test_square_sizes_alone_are_a_warning(softmax):
    """With N = K everywhere a transposed result has the right shape."""
    text = (softmax / "bank.yaml").read_text()
    head, _, tail = text.partition("  - id: softmax_grad")
    tail = tail.replace("{N: 2, K: 5}", "{N: 3, K: 3}").replace("{N: 3, K: 4}", "{N: 4, K: 4}")
    tail = tail.replace("    follow_on: {share: 50, cases: [all-differ]}\n", "")  # which would not take them
    (softmax / "bank.yaml").write_text(head + "  - id: softmax_grad" + tail)
    (finding,) = warnings(softmax)
    assert "no case has sizes that all differ" in finding.words
    assert finding.question == "softmax/softmax_grad"


def test_a_result_that_no_check_compares_is_an_error(tmp_path):
    folder = tmp_path / "pair"
    folder.mkdir()
    (folder / "reference.py").write_text("def pair(x):\n    return x + 1, x - 1\n")
    (folder / "bank.yaml").write_text(
        """
topic: pair
title: Two results
questions:
  - id: pair
    kind: code
    title: Pair
    prompt: Write `pair(x)`, which returns $(x + 1, x - 1)$.
    file: pair.py
    parameters: [{name: x, shape: [N], draw: {normal: 1}}]
    results: [{name: up, shape: [N]}, {name: down, shape: [N]}]
    checks:
      - {name: up, says: The first is right., result: up, share: 100, rule: {normwise: 1e-9}}
    cases:
      - {name: open, public: true, sizes: {N: 3}}
      - {name: hidden, public: false, sizes: {N: 4}}
"""
    )
    (finding,) = validate(folder).findings
    assert finding.words == "no check compares `down`"
    assert (finding.place.line, finding.place.column) == (11, 39)


def test_a_file_that_does_not_load_is_not_sound_and_says_why(course):
    spoil(course, "points: 2.5", "points: -1")
    soundness = validate(course)
    assert not soundness.is_sound
    assert str(soundness.findings[0]).startswith(f"{course}:5:35: error: `points` is -1\n")


def test_formulas_of_the_introduction_are_looked_at(course):
    course.write_text(course.read_text() + "introduction: With $\\lvert x \\rvert$.\n")
    (finding,) = validate(course).findings
    assert "unevenly" in finding.words
    assert finding.place.line == 7


def test_a_path_that_leads_nowhere_is_an_input_error(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(BankError):
            validate(path)


def test_findings_are_read_by_people_and_by_programs(softmax, golden):
    spoil(softmax / "bank.yaml", "- {name: wide, public: false", "- {name: wide, public: true")
    spoil(softmax / "reference.py", "return p * (dp", "return 2 * p * (dp")
    soundness = validate(softmax)
    golden(
        Path(__file__).parent / "golden" / "validate.txt", soundness.text().replace(str(softmax), "softmax") + "\n"
    )
    written = json.loads(json.dumps(soundness.to_json(), allow_nan=False))
    assert written["sound"] is False
    assert [one["severity"] for one in written["findings"]] == ["warning", "error", "error"]
    assert [one["sound"] for one in written["questions"]] == [True, False]


@pytest.mark.slow
def test_the_shipped_homework_is_sound():
    soundness = validate()
    assert soundness.is_sound, soundness.text()
    assert len(soundness.questions) == 10
    assert soundness.findings == ()
