"""Lists of students: read as spreadsheets write them; what is wrong is told with its line, all at once."""

import pytest

from grader.errors import InputError
from grader.roster import Person, read_roster


@pytest.fixture
def roster(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def complaints(path) -> list[tuple[str, int]]:
    with pytest.raises(InputError) as caught:
        read_roster(path)
    return [(one.message, one.place.line) for one in caught.value.complaints]


@pytest.mark.parametrize(
    "text",
    [
        "student,name,email,section\nada,Ada Lovelace,ada@example.org,A\n王 芳,,,B\n",
        "\ufeffStudent;NAME;Email;section\r\nada;Ada Lovelace;ada@example.org;A\r\n王 芳;;;B\r\n",
        "name\temail\tsection\tid\nAda Lovelace\tada@example.org\tA\tada\n\n\t\t\t\n\t\tB\t 王 芳 \n",
        'section,more,"student",name,email\nA,x,"ada",Ada Lovelace,ada@example.org\nB,,王 芳\n',
        "student,name,email,section\nada,Ada Lovelace,ada@example.org,A\n王 芳,,,B\n".encode("utf-16"),
    ],
)
def test_a_roster_is_read_however_a_spreadsheet_writes_it(text, roster):
    assert read_roster(roster(text)) == (
        Person("ada", "Ada Lovelace"),
        Person("王 芳"),
    )


def test_everything_wrong_is_told_at_once_with_its_line(roster):
    text = "student,name\nada,Ada\n,Nobody\nbob,Bob,extra\nada,Again\na/b,Slash\n..,Dots\n"
    assert complaints(roster(text)) == [
        ("there is no student id", 3),
        ("there are 3 cells, and the first line has 2", 4),
        ("'ada' is there twice", 5),
        ("'a/b' cannot be a student id", 6),
        ("'..' cannot be a student id", 7),
    ]


def test_a_row_that_ends_before_the_id_is_told_with_its_line(roster):
    assert complaints(roster("name,student\nAda\nBob,bob\n")) == [("there is no student id", 2)]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "the roster is empty", 0),
        ("student,name\n", "the roster names no student", 0),
        ("who,name\nada,Ada\n", "the roster has no column `student`; its first line has `who`, `name`", 1),
        ("student,student\nada,Ada\n", "the roster has two columns `student`", 1),
        (b"student\nada\nbj\xf8rn\n", "the roster is not UTF-8: byte 0xf8", 3),
        ("student\n" + "x" * 200_000, "the roster is no CSV: field larger than field limit (131072)", 2),
    ],
)
def test_a_file_that_is_no_roster_is_told_in_one_sentence(text, words, line, roster):
    assert complaints(roster(text)) == [(words, line)]


def test_a_roster_that_is_not_there_is_told(tmp_path):
    assert complaints(tmp_path / "none.csv") == [("the roster cannot be read: no such file or directory", 0)]
    assert complaints(tmp_path) == [("the roster cannot be read: is a directory", 0)]
