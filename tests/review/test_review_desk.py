"""What is decided: kept at once, taken back step by step, and never lost to another tab."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.answers import Review
from grader.review.desk import Desk, OutdatedError
from grader.review.texts import Slot

SLOTS = [Slot(student, question, "answer") for question in ("q/one", "q/two") for student in "abc"]


def decided(slot: Slot, points=("p",), comment="") -> Review:
    return Review(slot.question, slot.part, "0" * 16, tuple(points), comment)


def a_decision(slot: Slot):
    points = st.lists(st.sampled_from("pqr"), unique=True, max_size=2)
    return st.one_of(
        st.none(), st.builds(lambda chosen, word: decided(slot, chosen, word), points, st.sampled_from(["", "x"]))
    )


@st.composite
def steps(draw):
    """Draw ticks on one text or on identical ones, and undos, over two questions."""
    made = []
    for _ in range(draw(st.integers(0, 25))):
        question = draw(st.sampled_from(["q/one", "q/two"]))
        if draw(st.booleans()):
            made.append(("undo", question, {}))
            continue
        chosen = draw(
            st.lists(
                st.sampled_from([slot for slot in SLOTS if slot.question == question]), min_size=1, unique=True
            )
        )
        made.append(("write", question, {slot: draw(a_decision(slot)) for slot in chosen}))
    return made


def new_desk(before=None):
    kept = dict(before or {})

    def keep(reviews):
        for slot, review in reviews.items():
            kept.pop(slot, None)
            if review is not None:
                kept[slot] = review

    return Desk(before or {}, keep), kept


def seen(desk):
    return {slot: desk.review(slot) for slot in SLOTS}


@settings(max_examples=60)
@given(steps(), st.sets(st.sampled_from(SLOTS)))
def test_any_sequence_of_ticks_and_undos_ends_where_it_should(made, marked_before):
    """The model: a list of states for each question. A change appends one, an undo drops the last."""
    desk, kept = new_desk({slot: decided(slot) for slot in marked_before})
    states = {
        question: [{slot: desk.review(slot) for slot in SLOTS if slot.question == question}]
        for question in ("q/one", "q/two")
    }
    for what, question, reviews in made:
        history = states[question]
        if what == "undo":
            change = desk.undo(question, "answer")
            assert (change is None) == (len(history) == 1)
            if len(history) > 1:
                history.pop()
        else:
            change = desk.write(reviews, {slot: desk.version(slot) for slot in reviews})
            after = {**history[-1], **reviews}
            assert (change is None) == (after == history[-1])
            if change is not None:
                history.append(after)
        assert desk.steps(question, "answer") == len(history) - 1
        assert seen(desk) == {**states["q/one"][-1], **states["q/two"][-1]}
        assert kept == {slot: review for slot, review in seen(desk).items() if review is not None}


@settings(max_examples=40)
@given(steps())
def test_undoing_everything_gives_back_what_was_there_before(made):
    before = {SLOTS[0]: decided(SLOTS[0], ["q"], "was here")}
    desk, kept = new_desk(before)
    for what, question, reviews in made:
        if what == "undo":
            desk.undo(question, "answer")
        else:
            desk.write(reviews, {slot: desk.version(slot) for slot in reviews})
    for question in ("q/one", "q/two"):
        while desk.undo(question, "answer"):
            pass
    assert kept == before


def test_who_writes_to_a_text_that_another_tab_has_changed_is_told_and_nothing_is_lost():
    desk, kept = new_desk()
    here = there = desk.version(SLOTS[0])
    desk.write({SLOTS[0]: decided(SLOTS[0], ["p"])}, {SLOTS[0]: here})
    with pytest.raises(OutdatedError) as told:
        desk.write({SLOTS[0]: decided(SLOTS[0], ["q"])}, {SLOTS[0]: there})
    assert told.value.slots == (SLOTS[0],)
    assert kept == {SLOTS[0]: decided(SLOTS[0], ["p"])}


def test_of_identical_answers_none_is_written_where_one_has_been_changed_elsewhere():
    desk, kept = new_desk()
    desk.write({SLOTS[1]: decided(SLOTS[1], ["q"])}, {SLOTS[1]: 0})
    with pytest.raises(OutdatedError) as told:
        desk.write({slot: decided(slot, ["p"]) for slot in SLOTS[:3]}, dict.fromkeys(SLOTS[:3], 0))
    assert told.value.slots == (SLOTS[1],)
    assert kept == {SLOTS[1]: decided(SLOTS[1], ["q"])}


def test_an_undo_is_a_change_that_other_tabs_are_told_of_too():
    desk, _ = new_desk()
    desk.write({SLOTS[0]: decided(SLOTS[0])}, {SLOTS[0]: 0})
    version = desk.version(SLOTS[0])
    desk.undo("q/one", "answer")
    with pytest.raises(OutdatedError):
        desk.write({SLOTS[0]: decided(SLOTS[0], ["q"])}, {SLOTS[0]: version})


def test_what_cannot_be_kept_has_not_happened():
    """A full disk: the desk says what the gradebook has, and neither a step nor an undo is used up."""
    is_full = False

    def keep(_reviews):
        if is_full:
            raise OSError

    desk = Desk({}, keep)
    desk.write({SLOTS[0]: decided(SLOTS[0])}, {SLOTS[0]: 0})
    is_full = True
    with pytest.raises(OSError):
        desk.write({SLOTS[1]: decided(SLOTS[1])}, {SLOTS[1]: 0})
    with pytest.raises(OSError):
        desk.undo("q/one", "answer")
    assert (desk.review(SLOTS[0]), desk.review(SLOTS[1])) == (decided(SLOTS[0]), None)
    assert (desk.steps("q/one", "answer"), desk.version(SLOTS[1])) == (1, 0)


def test_comments_to_use_again_are_those_of_the_question_the_most_used_first():
    desk, _ = new_desk()
    words = ["twice", "once", "twice"]
    for slot, comment in zip(SLOTS[:3], words, strict=True):
        desk.write({slot: decided(slot, comment=comment)}, {slot: 0})
    desk.write({SLOTS[3]: decided(SLOTS[3], comment="of another question")}, {SLOTS[3]: 0})
    assert desk.comments("q/one", "answer") == ("twice", "once")
