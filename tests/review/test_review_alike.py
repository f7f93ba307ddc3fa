"""Which texts lie side by side: laws of the groups, and what is marked as different."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from grader.review.alike import LEAST, differences, group_texts, likeness

WORDS = st.lists(
    st.sampled_from(["tanh", "gate", "slope", "is", "not", "1", "bounded,", "The", "the", "LSTM", "x"]), max_size=6
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=14)


def groups_of(texts):
    return [[texts[place] for place in group.members] for group in group_texts(texts)]


@given(TEXTS)
def test_every_text_is_in_one_group(texts):
    places = [place for group in group_texts(texts) for place in group.members]
    assert sorted(places) == list(range(len(texts)))


@given(TEXTS)
def test_a_text_is_near_the_first_of_its_group(texts):
    for group in groups_of(texts):
        assert all(likeness(group[0], text) >= LEAST for text in group)


@given(TEXTS)
def test_equal_texts_are_neighbours_in_one_group(texts):
    for text in set(texts):
        holding = [group for group in groups_of(texts) if text in group]
        assert len(holding) == 1
        start = holding[0].index(text)
        assert holding[0][start : start + texts.count(text)] == [text] * texts.count(text)


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_in_which_texts_come_does_not_matter(texts, random):
    mixed = list(texts)
    random.shuffle(mixed)
    assert groups_of(mixed) == groups_of(texts)


@given(TEXTS)
def test_large_groups_come_first(texts):
    sizes = [len(group.members) for group in group_texts(texts)]
    assert sizes == sorted(sizes, reverse=True)


@given(st.text(alphabet="ab c", max_size=30), st.text(alphabet="ab c", max_size=30))
def test_likeness_is_twice_the_letters_that_agree_over_all_letters(one, other):
    """Python's own matcher finds at most as many letters that agree; it never finds more than the longest ones."""
    left, right = (" ".join(sorted(text.split())) for text in (one, other))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    assert likeness(one, other) >= 100 * matcher.ratio() - 1e-9
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 100) == (left == right)


def test_words_in_another_order_and_capitals_do_not_set_texts_apart():
    assert groups_of(["tanh is Bounded by 1", "by 1 TANH is bounded", "because of the weights"]) == [
        ["by 1 TANH is bounded", "tanh is Bounded by 1"],
        ["because of the weights"],
    ]


def test_a_not_is_near_but_it_is_shown():
    first, text = "The slope of tanh is bounded by one.", "The slope of tanh is not bounded by one."
    assert len(group_texts([first, text])) == 1
    assert [piece.words for piece in differences(first, text) if piece.is_other] == ["not "]


@given(WORDS.map(" ".join), st.text(alphabet="tanh is\n not 1", max_size=40))
def test_the_pieces_are_the_text(first, text):
    pieces = differences(first, text)
    assert "".join(piece.words for piece in pieces) == text
    assert not any(piece.is_other for piece in differences(text, text))


def test_a_class_of_texts_that_are_all_different_is_grouped_in_time(monkeypatch):
    """Beyond a bound only equal texts are put together; nothing is compared that nobody could wait for."""
    monkeypatch.setattr("grader.review.alike.MOST", 3)
    assert [len(group.members) for group in group_texts(["abc d", "abc e", "abc f", "abc g", "abc d"])] == [
        2,
        1,
        1,
        1,
    ]


def test_texts_of_the_longest_length_are_compared_at_once():
    """Only the beginning counts: 300 texts of 20,000 characters would otherwise take minutes."""
    long = ["word " * 4000 + str(number) for number in range(300)]
    assert len(group_texts(long)) == 1
