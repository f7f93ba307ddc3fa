"""What holds for every kind of question and every variant."""

import math
from contextlib import redirect_stdout
from dataclasses import replace
from fractions import Fraction
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bank.validate import validate
from grader.kinds.registry import NAMES
from grader.model.outcome import Status
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    Blanks,
    Choose,
    ChooseKey,
    FormulaKey,
    Pair,
    PairKey,
    Posed,
    TextKey,
)
from grader.quiz.marking import mark

GATES = [
    "sigmoids", "larger", "odd", "by_value", "roles", "prints", "peak", "why", "range", "value", "slope",
]  # fmt: skip
MORE = [
    "plain_truth",
    "two_sides",
    "weighted",
    "code_lines",
    "some_pairs",
    "as_number",
    "some_lines",
    "which_curve",
    "which_curves",
]
IDS = [*(f"gates/{name}" for name in GATES), *(f"more/{name}" for name in MORE)]
VARIANTS = st.integers(0, 10**6)
few = settings(max_examples=15)  # for each of many questions


def own_answer(form, key):
    """Answer a form as its key says."""
    match form, key:
        case Choose(several=False), ChooseKey():
            return key.right[0]
        case Choose(), ChooseKey():
            return list(key.right)
        case Blanks(), tuple():
            return [_entered(blank) for blank in key]
        case Arrange(), ArrangeKey():
            return list(key.order)
        case Pair(), PairKey():
            return dict(key.pairs)
        case _, TextKey():
            return key.model
        case _, FormulaKey():
            return key.formula
        case _:
            return key.shown if hasattr(key, "shown") else _entered(key)


def _entered(blank):
    if blank.words:
        return blank.words[0]
    return blank.number.shown if blank.number else blank.formula.formula


def own_response(posed):
    answers = [own_answer(form, key) for form, key in zip(posed.item.forms, posed.key.forms, strict=True)]
    return answers[0] if len(answers) == 1 else {"choice": answers[0], "reason": answers[1]}


def earns_by_itself(posed):
    """Return the share of the points that no person has to give."""
    pairs = zip(posed.key.forms, posed.key.shares, strict=True)
    return sum((share for key, share in pairs if not isinstance(key, TextKey)), Fraction(0))


def test_the_examples_have_every_kind_of_this_part(questions):
    posed = {question.kind for question in questions.values()}
    assert posed == set(NAMES) - {"code"}
    assert set(questions) == set(IDS)


@pytest.mark.parametrize("name", IDS)
@few
@given(number=VARIANTS)
def test_the_key_s_own_answer_earns_everything(questions, pose, name, number):
    posed = pose(questions[name], number)
    marked = mark(posed, own_response(posed))
    assert marked.earned == earns_by_itself(posed)
    waits = any(isinstance(key, TextKey) for key in posed.key.forms)
    assert marked.status is (Status.NEEDS_REVIEW if waits else Status.PASSED)
    assert sum(part.share for part in marked.parts) == sum(posed.key.shares) == 1
    assert posed.key.rule.endswith(".")
    assert posed.item.rule.endswith(".")


@pytest.mark.parametrize("name", IDS)
def test_an_empty_response_is_unanswered_and_earns_nothing(questions, pose, name):
    for empty in (None, "", "  \n", [], {}, [None, ""], {"1": None}):
        marked = mark(pose(questions[name], 1), empty)
        assert (marked.status, marked.earned) == (Status.UNANSWERED, 0)


@pytest.mark.parametrize("name", IDS)
@few
@given(number=VARIANTS)
def test_a_variant_is_the_same_each_time(questions, pose, name, number):
    assert repr(pose(questions[name], number)) == repr(pose(questions[name], number))


def _renamed(posed, new):
    """Put other letters on a sheet, its key and nothing else."""

    def options(of):
        return tuple(sorted((replace(o, letter=new[o.letter]) for o in of), key=lambda option: option.letter))

    form, key = posed.item.forms[0], posed.key.forms[0]
    if isinstance(form, Choose):
        form = replace(form, options=options(form.options))
        key = ChooseKey(
            *({new[a]: b for a, b in of.items()} for of in (key.shares, key.feedback, key.misconceptions))
        )
    elif isinstance(form, Arrange):
        form = replace(form, options=options(form.options))
        key = replace(key, order=tuple(new[letter] for letter in key.order))
    else:
        form = replace(form, right=options(form.right))
        wrong = tuple((left, new[right], *rest) for left, right, *rest in key.wrong)
        key = PairKey({left: new[right] for left, right in key.pairs.items()}, wrong)
    forms, keys = (form, *posed.item.forms[1:]), (key, *posed.key.forms[1:])
    return Posed(replace(posed.item, forms=forms), replace(posed.key, forms=keys))


LETTERED = [
    "gates/sigmoids",
    "gates/by_value",
    "gates/roles",
    "more/code_lines",
    "more/some_pairs",
    "more/which_curve",
]


@pytest.mark.parametrize("name", LETTERED)
@few
@given(number=VARIANTS, data=st.data())
def test_other_letters_on_sheet_and_answer_change_nothing(questions, pose, name, number, data):
    posed = pose(questions[name], number)
    form = posed.item.forms[0]
    letters = [option.letter for option in (form.right if isinstance(form, Pair) else form.options)]
    new = dict(zip(letters, data.draw(st.permutations(letters)), strict=True))
    some = data.draw(st.lists(st.sampled_from(letters), min_size=1, max_size=len(letters)))
    one, other = mark(posed, some), mark(_renamed(posed, new), [new[letter] for letter in some])
    assert [(p.earned, p.status, set(p.misconceptions)) for p in one.parts] == [
        (p.earned, p.status, set(p.misconceptions)) for p in other.parts
    ]
    assert {*one.parts[0].feedback.split("\n\n")} == {*other.parts[0].feedback.split("\n\n")}


@few
@given(number=VARIANTS)
def test_what_is_true_follows_from_what_is_drawn(questions, pose, number):
    posed = pose(questions["gates/larger"], number)
    a = float(posed.item.prompt.split("= ")[1].split("$")[0])
    sigmoid = 1 / (1 + math.exp(-a))
    is_larger = 1 - math.tanh(a) ** 2 > sigmoid * (1 - sigmoid)
    assert posed.key.forms[0].right == ("A" if is_larger else "B",)


@few
@given(number=VARIANTS)
def test_an_order_by_values_is_that_of_the_values(questions, pose, number):
    posed = pose(questions["gates/by_value"], number)
    a = float(posed.item.prompt.split("= ")[1].split("$")[0])
    values = {"$\\tanh(x)$": math.tanh(a), "$\\sigma(x)$": 1 / (1 + math.exp(-a)), "$x + 1$": a + 1}
    texts = {option.letter: option.text for option in posed.item.forms[0].options}
    order = [values[texts[letter]] for letter in posed.key.forms[0].order]
    assert order == sorted(values.values())


@pytest.mark.parametrize("name", ["gates/by_value", "more/code_lines"])
@few
@given(number=VARIANTS)
def test_an_ordering_never_stands_in_the_right_order_already(questions, pose, name, number):
    posed = pose(questions[name], number)
    assert tuple(option.letter for option in posed.item.forms[0].options) != posed.key.forms[0].order


@pytest.mark.parametrize("name", ["gates/prints", "more/some_lines"])
@few
@given(number=VARIANTS)
def test_the_key_of_a_prediction_is_what_its_code_prints(questions, pose, name, number):
    posed = pose(questions[name], number)
    page = StringIO()
    with redirect_stdout(page):
        exec(posed.item.code, {})  # noqa: S102 (the oracle: the code of the test's own bank)
    assert posed.key.forms[0].words == (page.getvalue().rstrip("\n"),)
    assert posed.item.forms[0].lines == page.getvalue().count("\n")


@few
@given(number=VARIANTS)
def test_a_number_that_is_printed_is_right_to_the_digits_asked_for(questions, pose, number):
    posed = pose(questions["more/as_number"], number)
    a = int(posed.item.code.split("tanh(")[1].split(" /")[0])
    for wanted, number_given in ((1, np.tanh(a / 10)), (0, np.tanh(a / 10) * 1.006)):
        assert mark(posed, float(f"{number_given:.6g}")).earned == wanted


@few
@given(number=VARIANTS)
def test_so_many_choices_are_shown_and_every_right_one(questions, pose, number):
    posed = pose(questions["gates/sigmoids"], number)
    assert len(posed.item.forms[0].options) == 4
    assert sum(option.text.endswith("gate") for option in posed.item.forms[0].options) == 3


@few
@given(number=VARIANTS)
def test_equal_right_sides_of_a_matching_are_one_option(questions, pose, number):
    posed = pose(questions["more/some_pairs"], number)
    right = [option.text for option in posed.item.forms[0].right]
    assert len(set(right)) == len(right)
    assert len(posed.item.forms[0].left) == 3
    assert "-1" in right


@pytest.mark.parametrize("name", IDS)
def test_what_a_student_may_see_holds_no_key(questions, pose, name):
    """Feedback, rubric, solution and rule stay with the key."""
    question = questions[name]
    for number in range(5):
        posed = pose(question, number)
        assert posed.key.solution not in repr(posed.item)
        for key in posed.key.forms:
            if isinstance(key, TextKey):
                assert key.model not in repr(posed.item)


def test_both_banks_are_sound(gates_text, tmp_path):
    """Two hundred variants of each question are right, for the page's example, too."""
    folder = tmp_path / "gates"
    folder.mkdir()
    (folder / "bank.yaml").write_text(gates_text, "utf-8")
    for path in (folder, __file__.rpartition("/")[0] + "/topics/more"):
        soundness = validate(folder.__class__(path))
        assert soundness.is_sound, soundness.text()
