"""reviews.yaml: read back as it was written, in a stable order, and told apart from what it is not."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import InputError
from grader.model.answers import Review
from grader.review.keeping import read_reviews, reviews_text
from grader.review.texts import Slot

ANYTHING = st.text(max_size=20) | st.sampled_from(
    ["1e3", "0x1F", "no", "null", "~", "2026-01-01", "a: b", "'", '"', "\\", "\u2028", "\x85"]
)


HEAD = "assessment: quiz\nreviews:\n"


@st.composite
def reviews(draw):
    slots = draw(st.lists(st.builds(Slot, ANYTHING, ANYTHING, ANYTHING), unique=True, max_size=5))
    return {
        slot: Review(
            slot.question, slot.part, draw(ANYTHING), tuple(draw(st.lists(ANYTHING, max_size=3))), draw(ANYTHING)
        )
        for slot in slots
    }


def text_of(made, assessment="quiz"):
    return reviews_text(assessment, ((slot.student, review) for slot, review in made.items()))


@given(made=reviews(), assessment=ANYTHING)
def test_what_is_written_is_read_back(made, assessment, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "reviews.yaml"
    file.write_bytes(text_of(made, assessment).encode("utf-8", "backslashreplace"))
    kept = read_reviews(file)
    assert (kept.assessment, kept.reviews) == (assessment, made)


def test_a_name_of_bytes_that_are_no_text_is_read_back(tmp_path):
    made = {Slot("caf\udce9", "q/a", "answer"): Review("q/a", "answer", "0" * 16, (), "")}
    file = tmp_path / "reviews.yaml"
    file.write_bytes(text_of(made).encode("utf-8", "backslashreplace"))
    assert read_reviews(file).reviews == made


@given(reviews(), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_when_marks_were_made(made, random):
    mixed = list(made.items())
    random.shuffle(mixed)
    assert text_of(dict(mixed)) == text_of(made)


def test_the_file_is_to_be_read_by_people_and_other_programs():
    slot = Slot("Zoë", "tanh/vanish", "reason")
    text = text_of({slot: Review(slot.question, slot.part, "0123456789012345", ("a", "b"), "Well\nsaid: 1 < 2")})
    assert text.endswith(
        'assessment: "quiz"\n'
        "reviews:\n"
        '- question: "tanh/vanish"\n  part: "reason"\n  student: "Zoë"\n  digest: "0123456789012345"\n'
        '  points: ["a", "b"]\n  comment: "Well\\nsaid: 1 < 2"\n'
    )
    assert yaml.safe_load(text)["reviews"][0]["comment"] == "Well\nsaid: 1 < 2"
    assert yaml.safe_load(text_of({})) == {"assessment": "quiz", "reviews": []}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reviews: [", "reviews.yaml:2:1: is not YAML"),
        ("just words", "this is no file of reviews"),
        ("assessment: quiz\nanswers: {}", "this is no file of reviews"),
        ("assessment: quiz\nreviews:\n- 3", "reviews.yaml:3:3: a review is a mapping"),
        (HEAD + "- {question: a, part: b, student: 7, digest: d, points: []}", "needs `student`"),
        (HEAD + "- {question: a, part: b, student: c, digest: d, points: x}", "needs `points`"),
        (
            HEAD + 2 * "- {question: a, part: b, student: c, digest: d, points: []}\n",
            "reviews.yaml:4:3: the text of 'c' on a is there twice",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text, words, tmp_path):
    file = tmp_path / "reviews.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as told:
        read_reviews(file)
    assert words in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_reviews(tmp_path / "reviews.yaml")


def test_a_file_of_ten_thousand_marks_is_read(tmp_path):
    made = {
        Slot(f"s{n}", "q/a", "answer"): Review("q/a", "answer", "0" * 16, ("p",), "Well said. " * 9)
        for n in range(10_000)
    }
    file = tmp_path / "reviews.yaml"
    file.write_text(text_of(made), "utf-8")
    assert file.stat().st_size > 1 << 20
    assert len(read_reviews(file).reviews) == 10_000
