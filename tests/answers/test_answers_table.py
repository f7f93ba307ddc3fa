"""A table with the answers of a class: every way in which spreadsheets write it, everything wrong told at once."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.table import read_table
from grader.errors import InputError
from grader.report.safe import safe_cell

IDS = ("tanh/range", "tanh/which", "lstm/gate", "tanh/gate")


def table(tmp_path: Path, text: str | bytes):
    file = tmp_path / "class.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(file, IDS)


def complaints(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        table(tmp_path, text)
    return [str(one).removeprefix(str(tmp_path) + "/") for one in caught.value.complaints]


def test_cells_are_text_or_yaml_and_empty_ones_no_answers(tmp_path: Path):
    made = table(
        tmp_path,
        "name,tanh/which,student,variant,range,lstm/gate,tanh/gate\n"
        'Ada,"A, C",ada,K7QF-2M9X,B,"[""0.50"", tanh]","{""1"": ""B""}"\n'
        "Bob,A;C, bob ,,,' 1,\n",
    )
    (ada,), (bob,) = made.students["ada"].answers, made.students["bob"].answers
    assert (ada.variant, ada.source) == ("K7QF-2M9X", "class.csv, line 2")
    assert ada.responses == {
        "tanh/range": "B", "tanh/which": "A, C", "lstm/gate": ["0.50", "tanh"], "tanh/gate": {"1": "B"},
    }  # fmt: skip
    assert (bob.variant, bob.responses) == ("", {"tanh/which": "A;C", "lstm/gate": "' 1"})
    assert [remark.rpartition("class.csv:")[2] for remark in made.remarks] == [
        "1: the column `name` is no question, and was left out"
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, tmp_path: Path):
    text = (
        delimiter.join(["student", "variant", "tanh/range"]) + "\r\n" + delimiter.join(["Zoë", "X", "B"]) + "\r\n"
    )
    made = table(tmp_path, text.encode(encoding))
    assert made.students["Zoë"].answers[0].responses == {"tanh/range": "B"}


def test_everything_that_is_wrong_is_told_at_once_each_with_its_line(tmp_path: Path):
    told = complaints(
        tmp_path,
        "student,variant,tanh/rnge,range,tanh/range\nada,X,A,B,B\n,X,A,B,B\na/b,X,A,B,B\nada,X,A,B,C\nbob,X,A,B,C,D\n",
    )
    assert [line.split("\n")[0] for line in told] == [
        "class.csv:1: `tanh/rnge` is no question of this assessment",
        "class.csv:1: the columns `range` and `tanh/range` mean the same",
        "class.csv:3: there is no student id",
        "class.csv:4: 'a/b' cannot be a student id",
        "class.csv:5: 'ada' is there twice",
        "class.csv:6: there are 6 cells, and the first line has 5",
    ]
    assert "Did you mean `tanh/range`?" in told[0]
    assert "The first is on line 2" in told[4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "class.csv: the table of answers is empty"),
        ("name,range\nx,B\n", "class.csv:1: the table of answers has no column `student`"),
        ("student,name\nada,Ada\n", "class.csv:1: no column of the table is a question"),
        ("student,gate\nada,A\n", "class.csv:1: `gate` may be lstm/gate or tanh/gate"),
        ("student,range\n", "class.csv: the table of answers names no student"),
    ],
)
def test_a_table_that_cannot_be_one_is_told(text: str, words: str, tmp_path: Path):
    assert complaints(tmp_path, text)[0].startswith(words)


def test_a_short_name_that_was_mistyped_is_left_out_with_a_remark(tmp_path: Path):
    made = table(tmp_path, "student,range,whch\nada,B,C\n")
    assert made.students["ada"].answers[0].responses == {"tanh/range": "B"}
    assert [remark.rpartition("class.csv:")[2] for remark in made.remarks] == [
        "1: the column `whch` is no question, and was left out (did you mean `which`?)",
    ]


def test_a_cell_that_only_looks_like_yaml_is_kept_as_text_and_told_to_its_student(tmp_path: Path):
    made = table(tmp_path, 'student,range\nada,"[-1, 1)"\nbob,B\n')
    assert made.students["ada"].answers[0].responses == {"tanh/range": "[-1, 1)"}
    assert made.students["ada"].notes[0].startswith("class.csv, line 2: the answer to tanh/range was read as text")
    assert made.students["bob"].notes == ()


def test_a_student_may_have_a_row_for_each_assessment(tmp_path: Path):
    made = table(tmp_path, "student,assessment,range\nada,quiz,B\nada,course,C\n")
    assert [one.assessment for one in made.students["ada"].answers] == ["quiz", "course"]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_any_text_in_a_cell_is_read_back(tmp_path_factory, cells: list[str]):
    """Whatever a cell holds and however it was made safe for spreadsheets: nothing raises, and text comes back."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["student", "variant", "range"])
    kept = [cell.encode("utf-8", "replace").decode() for cell in cells]
    for number, cell in enumerate(kept):
        writer.writerow([f"s{number}", "", safe_cell(cell)])
    made = table(tmp_path_factory.mktemp("table"), text.getvalue())
    for number, cell in enumerate(kept):
        got = made.students[f"s{number}"].answers[0].responses.get("tanh/range", "")
        if not cell.strip().startswith(("[", "{")) and cell.isprintable():
            assert got == cell.strip()
