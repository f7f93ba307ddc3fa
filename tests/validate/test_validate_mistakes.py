"""A bank that a known mistake slips through is refused, with the reason, its place, and a case that mends it."""

import numpy as np
import pytest

from grader.audit.kill import Fate, Mark
from grader.bank.soundness import Severity

HALF_OF_SIZE = "def half_of_the_size(x):\n    return np.abs(x) / 2"
DOUBLED = "def half_doubled_for_negatives(x):\n    return np.where(x < 0, 2 * x, x)"
FORGOTTEN_AGAIN = "def half_times_two(x):\n    return 2 * (x / 2)"


def test_a_sound_bank_tells_every_mistake_that_can_do_harm(lesson):
    found = lesson.audit()
    assert found.soundness.is_sound, found.soundness.text()
    assert found.soundness.findings == ()
    assert [(one.mistakes, one.caught, one.harmless, one.right) for one in found.soundness.questions] == [
        (3, 3, 0, 1),
        (2, 2, 0, 1),
        (2, 1, 1, 1),
    ]
    assert found.proposals == ()


def test_only_mistakes_in_steps_that_a_question_uses_are_candidates(lesson):
    layer, half, even = lesson.audit().matrices
    assert [row.mistake.id for row in layer.rows] == [
        "bias-forgotten",
        "weights-transposed",
        "sigmoid-in-place-of-tanh",
    ]
    assert [row.mistake.id for row in half.rows] == [row.mistake.id for row in even.rows]


def test_the_matrix_says_which_check_and_which_case_tells(lesson):
    lesson.spoil("bank.yaml", ("sizes: {N: 2, D: 3, H: 5}}", "sizes: {N: 3, D: 3, H: 3}}"))
    lesson.spoil("bank.yaml", ("H: 4}}", "H: 4}, draws: {b: {values: [0, 0, 0, 0]}}}"))
    matrix = lesson.audit().matrices[0]
    rows = {row.mistake.id: row for row in matrix.rows}
    assert rows["bias-forgotten"].cases == ("all-differ",)
    assert rows["bias-forgotten"].marks == (Mark.TELLS, Mark.SKIPPED)
    assert rows["weights-transposed"].cases == ("all-differ", "square")
    assert matrix.told_by("all-differ") == (3, 1)
    assert matrix.told_by("square") == (2, 0)


def test_a_mistake_that_gets_full_marks_is_an_error_at_its_place(without_bias):
    [error] = without_bias.errors()
    assert error.words == (
        "the known mistake `bias-forgotten` gets full marks in layer/layer: every check holds on all 2 cases"
    )
    assert error.place.file == str(without_bias.folder / "misconceptions.py")
    assert (error.place.line, error.place.column) == (8, 1)
    assert error.question == "layer/layer"
    bank = without_bias.folder / "bank.yaml"
    assert error.hint.startswith(
        f"Add this to the `cases` of layer/layer ({bank}:19:5):\n    - {{name: told-apart,"
    )
    sound = [one.is_sound for one in without_bias.audit().soundness.questions]
    assert sound == [False, True, True]


def test_with_the_proposed_case_the_mistake_is_told(without_bias, paste):
    paste(without_bias.folder / "bank.yaml", without_bias.audit())
    found = without_bias.audit()
    assert found.soundness.is_sound, found.soundness.text()
    [row] = [row for row in found.matrices[0].rows if row.mistake.id == "bias-forgotten"]
    assert row.cases == ("told-apart",)


def test_a_case_is_proposed_with_the_check_that_must_name_it(positive_only, paste):
    positive_only.add_mistake(HALF_OF_SIZE, "half")
    [error] = positive_only.errors()
    assert "`half-of-the-size` gets full marks in layer/half" in error.words
    assert "and name it in the `cases` of the check `values`:" in error.hint
    paste(positive_only.folder / "bank.yaml", positive_only.audit())
    assert positive_only.audit().soundness.is_sound


def test_a_mistake_that_changes_nothing_on_exact_numbers_is_harmless(lesson):
    """x^2 does not notice the sign of its half; twice the half it does."""
    even = lesson.audit().matrices[2]
    assert [(row.mistake.id, row.fate) for row in even.rows] == [
        ("half-negated", Fate.HARMLESS),
        ("half-forgotten", Fate.CAUGHT),
    ]


NUDGED = "def half_nudged(x):\n    return x / 2 + 3e-7 * (x > 9)"


def test_a_mistake_that_is_too_small_for_the_checks_slips_through(lesson):
    """It is no harmless one: on exact numbers it is another function."""
    line = lesson.add_mistake(NUDGED, "half")
    slipping = lesson.errors()
    assert [one.question for one in slipping] == ["layer/half", "layer/even"]
    assert {one.place.line for one in slipping} == {line}
    assert "No input was found that tells it from the right answer" in slipping[0].hint
    assert '`harmless_in=("half",)`' in slipping[0].hint


NOWHERE = "def half_wrong_at_one_number(x):\n    return np.where(x == 123456.5, x, x / 2)"


def test_a_mistake_that_no_case_meets_is_counted_and_told_as_that(lesson):
    """Nothing shows it to be harmless: its step is right on every case, and on all that was tried."""
    line = lesson.add_mistake(NOWHERE, "half")
    found = lesson.audit()
    assert [one.rows[-1].fate for one in found.matrices[1:]] == [Fate.UNMET, Fate.UNMET]
    [error] = lesson.errors()
    assert error.place.line == line
    assert error.words == (
        "the known mistake `half-wrong-at-one-number` costs no point in any question: "
        "no case meets it, and `half` gives what it should on each of them"
    )
    assert "Add a case that does" in error.hint
    half = found.soundness.questions[1]
    assert (half.mistakes, half.caught, half.harmless) == (len(found.matrices[1].rows), half.mistakes - 1, 0)
    assert half.cells()[5] == f"{half.mistakes - 1} of {half.mistakes}"
    assert not half.is_sound


def test_a_mistake_that_one_question_never_meets_is_harmless_there(lesson):
    """What `even` hands to the half is never negative where a case of `half` is."""
    lesson.spoil("reference.py", ("return 4 * half(x) ** 2", "return 4 * half(np.abs(x)) ** 2"))
    lesson.add_mistake("def half_of_negative_numbers(x):\n    return np.where(x < 0, x, x / 2)", "half")
    found = lesson.audit()
    assert [one.rows[-1].fate for one in found.matrices[1:]] == [Fate.CAUGHT, Fate.UNMET]
    even = found.soundness.questions[2]
    assert even.caught == even.mistakes - even.harmless


def test_a_mistake_that_is_declared_harmless_is_believed_where_it_costs_points_elsewhere(lesson):
    lesson.add_mistake(
        "def half_negative_above_nine(x):\n    return np.where(x > 9, -x, x) / 2 + 1e-9",
        "half",
        ', harmless_in=("even",)',
    )
    lesson.spoil(
        "bank.yaml",
        (
            "{name: some, public: true, draws: {x: {values: [-2, 0.5, 3]}}}",
            "{name: some, public: true, draws: {x: {values: [-2, 0.5, 10]}}}",
        ),
    )
    found = lesson.audit()
    assert found.soundness.is_sound, found.soundness.text()
    assert [one.rows[-1].fate for one in found.matrices[1:]] == [Fate.CAUGHT, Fate.DECLARED]


def test_a_mistake_that_is_declared_harmless_everywhere_is_none(lesson):
    lesson.add_mistake(NUDGED, "half", ', harmless_in=("half", "even")')
    [idle] = lesson.errors()
    assert idle.words == "the known mistake `half-nudged` costs no point in any question"


def test_what_is_declared_harmless_and_costs_points_is_an_error(lesson):
    lesson.add_mistake("def half_and_one(x):\n    return x / 2 + 1", "half", ', harmless_in=("even",)')
    [error] = lesson.errors()
    assert error.words == "`half-and-one` is said to be harmless in `even`, and costs points"
    assert error.hint == "The case `some` tells it: take the name out of `harmless_in`"


def test_a_mistake_that_is_none_is_an_error(lesson):
    lesson.add_mistake("def half_by_hand(x):\n    return 0.5 * x", "half")
    [error] = lesson.errors()
    assert error.words.startswith("the known mistake `half-by-hand` costs no point in any question")
    assert error.hint.endswith("if there is none, it is no mistake: remove it")


def test_a_mistake_in_a_step_that_no_question_uses_is_a_warning(lesson):
    lesson.spoil("reference.py", ("def even(x):", "def alone(x):\n    return x\n\n\ndef even(x):"))
    lesson.add_mistake("def left_alone(x):\n    return 0 * x", "alone")
    found = lesson.audit().soundness
    assert found.is_sound
    [warning] = found.findings
    assert warning.severity is Severity.WARNING
    assert warning.words == "the known mistake `left-alone` replaces `alone`, which no question uses"


def test_two_mistakes_that_cannot_be_told_apart_must_be_declared(positive_only, paste):
    line = positive_only.add_mistake(DOUBLED, "half")
    [error] = positive_only.errors()
    file = positive_only.folder / "misconceptions.py"
    assert error.words == (
        f"`half-doubled-for-negatives` and `half-forgotten` (at {file}:28:1) cannot be told apart, "
        "and nobody says so"
    )
    assert error.place.line == line
    paste(positive_only.folder / "bank.yaml", positive_only.audit())
    found = positive_only.audit()
    assert found.soundness.is_sound, found.soundness.text()
    assert found.alike[1].classes == ()


@pytest.mark.parametrize("more", [', same_as=("half-forgotten",)', ""])
def test_mistakes_that_are_the_same_everywhere_are_declared_and_not_proposed_for(lesson, more):
    lesson.add_mistake(FORGOTTEN_AGAIN, "half", more)
    if more:
        found = lesson.audit()
        assert found.soundness.is_sound, found.soundness.text()
        assert found.alike[1].classes == (("half-forgotten", "half-times-two"),)
    else:
        [error] = lesson.errors()
        assert 'write `same_as=("half-forgotten",)` if that is so' in error.hint


def test_what_is_declared_the_same_and_is_not_is_an_error(lesson):
    lesson.add_mistake("def half_tripled(x):\n    return 3 * x", "half", ', same_as=("half-forgotten",)')
    [error] = lesson.errors()
    assert (
        error.words == "`half-tripled` is said to be the same as `half-forgotten`, and layer/half tells them apart"
    )


def test_an_assessment_is_only_warned_of_what_the_topic_could_tell(positive_only):
    """It may pick one question; what is alike there may be told apart by another."""
    positive_only.add_mistake(DOUBLED, "half")
    course = positive_only.folder.parent / "course.yaml"
    course.write_text("title: T\nseed: s\nquestions: [{id: layer/half, points: 1}]\n")
    found = type(positive_only)(course).audit()
    assert found.soundness.is_sound
    [warning] = found.soundness.findings
    assert warning.severity is Severity.WARNING
    assert "cannot be told apart" in warning.words


def test_questions_that_are_not_proved_are_not_looked_at(without_bias):
    without_bias.spoil("bank.yaml", ("rule: {normwise: 1e-9}", "rule: {normwise: 1e-18}"))
    found = without_bias.audit()
    assert [one.question.id for one in found.matrices] == ["layer/half", "layer/even"]
    assert not any("bias-forgotten" in one.words for one in found.soundness.findings)


def test_what_was_found_is_remembered_until_something_changes(lesson, tmp_path, monkeypatch):
    first = lesson.audit(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("grader.audit.kill._tried", None)
        patched.setattr("grader.bank.prove.prove", None)
        assert lesson.audit(tmp_path).to_json() == first.to_json()
    lesson.spoil("misconceptions.py", ("return 0 * b", "return 2 * b"))
    assert lesson.audit(tmp_path).soundness.is_sound
    lesson.spoil("misconceptions.py", ("return 2 * b", "return 1 * b"))
    assert not lesson.audit(tmp_path).soundness.is_sound


def test_pairs_are_counted_by_what_they_are_alike_with(lesson):
    """Bias forgotten beside transposed weights is like neither; the oracle runs them by hand."""
    from grader.audit.story import audit

    lesson.add_mistake("def products_doubled(x, W):\n    return 2 * (x @ W)", "products")
    lesson.add_mistake("def z_halved(z):\n    return np.tanh(z / 2)", "squashed")
    layer = audit(lesson.folder, None, with_pairs=True).pairs[0]
    # bias | products (2) | squashed (2): pairs of different steps
    assert layer.pairs == 2 + 2 + 4
    assert layer.right == layer.single == 0
    assert layer.alone == 8
    x = np.ones((1, 1))
    assert np.tanh(2 * (x @ x) / 2) == np.tanh(x @ x)  # doubled and halved is right where there is no bias
    lesson.spoil("reference.py", ("+ shift(b)", "+ 0 * shift(b)"))
    without = audit(lesson.folder, None, with_pairs=True).pairs[0]
    assert without.right == 1
