"""answers.yaml: what can be read is read, what cannot is told with its place, and nothing raises or gets lost."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.file import read_answers
from grader.answers.received import receive
from grader.model.inputs import SourceFile, Submission


def read(text: str | bytes, name: str = "answers.yaml"):
    data = text if isinstance(text, bytes) else text.encode()
    answers, notes = read_answers(Submission("ada", (SourceFile(name, data),)))
    return (answers[0] if answers else None), notes


def test_each_shape_of_an_answer_is_handed_on_and_numbers_as_they_were_written():
    answers, notes = read(
        "assessment: quiz\nvariant: 12345678\nanswers:\n  a/one: B\n  a/list: [A, C]\n  a/number: 0.50\n"
        "  a/hex: 0x10\n  a/map: {1: B, 2: ~}\n  a/true: true\n  a/no: no\n"
        "  a/text: |\n    two\n    lines\n  a/none:\n"
    )
    assert notes == ()
    assert (answers.assessment, answers.variant, answers.source) == ("quiz", "12345678", "answers.yaml")
    assert answers.responses == {
        "a/one": "B", "a/list": ["A", "C"], "a/number": "0.50", "a/hex": "0x10", "a/map": {"1": "B", "2": None},
        "a/true": "true", "a/no": "no", "a/text": "two\nlines\n", "a/none": None,
    }  # fmt: skip


def test_json_is_read_by_either_name():
    text = json.dumps({"assessment": "quiz", "variant": "K7QF-2M9X", "answers": {"a/x": ["A", 0.5]}}, indent=1)
    for name in ("answers.json", "answers.yml", "answers.yaml"):
        answers, notes = read(text, name)
        assert (answers.responses, notes) == ({"a/x": ["A", "0.5"]}, ())


def test_of_an_answer_that_is_given_twice_the_first_counts_and_the_place_of_the_second_is_told():
    answers, notes = read("answers:\n  a/x: A\n  a/y: B\n  a/x: C\n")
    assert answers.responses == {"a/x": "A", "a/y": "B"}
    assert notes == ("answers.yaml:4:3: `a/x` is given twice. The first counts.",)


def test_a_broken_line_costs_no_other_answer_and_its_own_text_is_kept():
    answers, notes = read(
        "assessment: quiz\nvariant: K7QF-2M9X\nanswers:\n  a/x: A\n  a/bad: [A, B\n  a/y: C\n"
        "  a/text: first: second\n  a/z: |\n    a text\n\n    of two parts\n"
    )
    assert (answers.assessment, answers.variant) == ("quiz", "K7QF-2M9X")
    assert answers.responses == {
        "a/x": "A", "a/bad": "[A, B", "a/y": "C", "a/text": "first: second", "a/z": "a text\n\nof two parts\n",
    }  # fmt: skip
    assert [note.split(":")[:2] for note in notes] == [["answers.yaml", "6"], ["answers.yaml", "7"]]


def test_answers_at_the_margin_are_read_and_told():
    answers, notes = read("assessment: quiz\nanswers:\na/x: B\n")
    assert answers.responses == {"a/x": "B"}
    assert notes[0].startswith("answers.yaml:3:1: `a/x` stands beside `answers:`, not below it")


BROKEN = {
    "below": 'variant: K7QF-2M9X\nanswers:\n  a/x: A\n  a/bad: {}\n  a/y: [B, "0.50"]\n',
    "at the margin": 'variant: K7QF-2M9X\nanswers:\na/x: A\na/bad: {}\na/y: [B, "0.50"]\n',
    "no answers": 'variant: K7QF-2M9X\na/x: A\na/bad: {}\na/y: [B, "0.50"]\n',
    "JSON": '{{"variant": "K7QF-2M9X",\n "answers": {{\n  "a/x": "A",\n  "a/bad": {},\n'
    '  "a/y": ["B", 0.50]\n }}\n}}\n',
    "JSON, unended": '{{\n"variant": "K7QF-2M9X", "answers": {{"a/y": ["B", 0.50], "a/x": "A",\n "a/bad": {}',
}


@pytest.mark.parametrize("value", ["[0.46", '"0.46'])
@pytest.mark.parametrize("layout", BROKEN)
def test_however_a_file_is_laid_out_what_is_broken_costs_no_other_answer(layout, value):
    answers, notes = read(BROKEN[layout].format(value))
    assert answers.variant == "K7QF-2M9X"
    assert {name: answers.responses[name] for name in ("a/x", "a/y")} == {"a/x": "A", "a/y": ["B", "0.50"]}
    assert value in str(answers.responses["a/bad"])
    assert notes


def test_where_no_answer_can_be_read_this_is_told():
    for text in ("answers: [", "variant: }", "{"):
        answers, notes = read(text)
        assert answers.responses == {}
        assert any("no answer could be read from the file" in note for note in notes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "answers.yaml: the file is empty"),
        ("[1, 2]", "answers.yaml:1:1: `assessment`, `variant` and `answers` were expected, and a list of 2 came"),
        ("just words", "and “just words” came"),
        ("answers: B", "answers.yaml:1:1: below `answers`, questions and answers were expected, and “B” came"),
        ("variant: [A]\nanswers: {}", "answers.yaml:1:1: `variant` must be a word, and a list of 1 came"),
        (b"\xff\xfe\x00", "answers.yaml:1:1: the byte 0xFF is not UTF-8"),
        ("answers: {a/x: &a [*a]}", "`*a` stands inside what `&a` names"),
        ("[" * 5000, "nested more than 50 deep"),
        ("a: 1\nanswers: {}", "answers.yaml:1:1: `a` is not understood here, and was left out"),
        ("answers: {a/x: !!python/object/apply:os.system [ls]}", "the tag"),
        ("x" * (1 << 20) + "yz", "answers.yaml: is larger than 1 MiB"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, words):
    _, notes = read(text)
    assert any(words in note for note in notes), notes


def test_a_flood_of_mistakes_is_told_in_a_few_notes():
    _, notes = read("answers:\n" + "".join(f"  a/x: {number}\n" for number in range(500)))
    assert len(notes) == 13
    assert notes[-1] == "answers.yaml: and 487 more."


def test_the_name_a_browser_gives_a_second_download_is_understood_where_it_is_the_only_one():
    answers, notes = read("answers: {a/x: B}", "answers (1).yaml")
    assert answers.responses == {"a/x": "B"}
    assert notes == ("There is no answers.yaml; `answers (1).yaml` was read in its place.",)
    files = tuple(SourceFile(f"answers ({n}).yaml", b"answers: {a/x: B}") for n in (1, 2))
    none, notes = read_answers(Submission("ada", files))
    assert none == ()
    assert "may each be meant: none of them was read" in notes[0]


def test_of_two_files_the_one_by_the_right_name_counts():
    files = (
        SourceFile("answers.json", b'{"answers": {"a/x": "A"}}'),
        SourceFile("answers.yaml", b"answers: {a/x: B}"),
    )
    answers, notes = read_answers(Submission("ada", files))
    assert answers[0].responses == {"a/x": "B"}
    assert notes == ("answers.yaml and answers.json were handed in; answers.yaml counts.",)


def test_a_file_deeper_in_the_folder_is_told_of():
    none, notes = read_answers(Submission("ada", (SourceFile("quiz/answers.yaml", b"answers: {a/x: B}"),)))
    assert none == ()
    assert notes == ("Found `quiz/answers.yaml`: answers.yaml must lie at the top of the folder.",)


def test_no_link_is_followed(tmp_path: Path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("answers: {a/x: B}")
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "answers.yaml").symlink_to(secret)
    submission, handed_in = receive("ada", folder, code=False)
    assert handed_in.answers == ()
    assert "answers.yaml: left out, it is a link" in submission.notes


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(TREES)
def test_no_tree_of_yaml_raises_and_no_answer_of_it_is_lost(tree):
    answers, _ = read(yaml.safe_dump({"variant": "x", "answers": {"a/x": tree, "a/y": "B"}}, allow_unicode=True))
    assert answers.responses["a/y"] == "B"
    assert "a/x" in answers.responses


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_raise(data: bytes):
    read(data)


@given(
    st.lists(st.sampled_from(["  a/x: B", "  a/y: [", "answers:", "variant: }", "", "# x", "  a/z: 'q", "\t- a"]))
)
def test_whatever_is_broken_below_a_whole_line_it_is_read(lines: list[str]):
    answers, _ = read("\n".join(["answers:", "  a/first: A", *lines]))
    assert answers.responses["a/first"] == "A"
