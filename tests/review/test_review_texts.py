"""What waits, in piles: which texts are identical, in which order they come, which decisions hold for them."""

from fractions import Fraction

import pytest

from grader.model.answers import Review
from grader.quiz.marking import mark
from grader.review.texts import is_decided, pile_up, texts_of


@pytest.fixture
def reason(made):
    def make(student: str, choice: str, words: str):
        response = {"choice": choice, "reason": words}
        return next(texts_of(student, made.slope(), mark(made.slope(), response)))

    return make


def test_equal_words_are_identical_only_where_the_question_and_the_choice_were_equal_too(made, reason):
    """What a reason is worth may depend on what it is given for."""
    ada, ben = made.texts({"ada": "It shrinks.", "ben": " It shrinks.\r\n"})
    other = made.texts({"cem": "It shrinks."}, made.vanish(" Over 90 steps?"))[0]
    assert ada.likeness == ben.likeness != other.likeness
    assert reason("ada", "A", "since").likeness == reason("ben", "A", "since").likeness
    assert reason("ada", "A", "since").likeness != reason("cem", "B", "since").likeness


def test_the_rest_of_the_response_stands_beside_a_reason(reason):
    text = reason("ada", "A", "since")
    assert (text.slot.part, text.worth) == ("reason", Fraction(1))
    assert [words.split(",")[0] for words in text.beside] == ["You chose A (“True”)"]


def test_points_are_exact_parts_of_what_the_text_is_worth(made):
    text = made.texts({"ada": "It shrinks."})[0]
    assert [text.earned(points) for points in ((), ("early",), ("early", "shrinks"))] == [0, 2, 4]


def test_empty_and_impossible_texts_wait_for_nobody(made):
    assert made.texts({"ada": "", "ben": "  \n"}) == []
    assert list(texts_of("cem", made.vanish(), mark(made.vanish(), {"a": 1}))) == []


def test_who_comes_first_has_nothing_to_do_with_names(made):
    """The same answers under other names lie in another order: nobody is always marked first, or last."""
    words = {f"text {number} " + "abcdefgh"[number] * 20: number for number in range(8)}
    orders = set()
    for shift in range(6):
        named = {f"student{(number + shift) % 8}": text for text, number in words.items()}
        pile = pile_up(made.texts(named), ("tanh/vanish",))[0]
        assert sorted(text.slot.student for text in pile.texts) == sorted(named)
        orders.add(tuple(text.slot.student for text in pile.texts))
    assert len(orders) > 1


def test_piles_come_in_the_order_of_the_assessment(made, reason):
    found = [*made.texts({"ada": "x"}), reason("ada", "A", "since")]
    assert [pile.key for pile in pile_up(found, ("tanh/slope", "tanh/vanish"))] == [
        ("tanh/slope", "reason"),
        ("tanh/vanish", "answer"),
    ]


def test_a_decision_holds_for_the_words_and_the_rubric_it_was_made_on(made):
    text = made.texts({"ada": "It shrinks."})[0]
    decided = Review("tanh/vanish", "answer", text.passage.digest, ("early",))
    assert is_decided(text, decided)
    assert not is_decided(made.texts({"ada": "It grows."})[0], decided)
    assert not is_decided(text, Review("tanh/vanish", "answer", text.passage.digest, ("gone",)))
