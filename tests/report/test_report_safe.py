"""What students chose is shown, never obeyed: by a browser, a terminal, a spreadsheet or a file system."""

import csv
import io
import re
import unicodedata
from urllib.parse import unquote, unquote_to_bytes

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.report.safe import clip, clip_lines, one_line, page_name, page_names, printable, safe_cell

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
NAMES = st.one_of(
    ANY_TEXT.filter(bool),
    st.text("aA.:%con-~ é\u0301e", min_size=1, max_size=6),
    st.sampled_from(
        ["CON", "con", "nul.txt", "LPT1", "..", ".", "a" * 300, "é" * 200, "%41", "A", "a", "\ud800", "\udcff"]
    ),
)


@given(ANY_TEXT)
def test_printable_leaves_nothing_that_acts_on_a_display(text):
    """No control, no bidirectional override, no line separator, no half of a surrogate pair is left."""
    for char in printable(text):
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), repr(char)
        assert unicodedata.bidirectional(char) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    printable(text).encode("utf-8")


@given(ANY_TEXT)
def test_printable_text_stays_as_it_is_when_shown_again(text):
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("over\rwritten", "over\\rwritten"),
        ("dos\r\nline", "dos\nline"),
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\U000e0041tag", "\\U000e0041tag"),
        ("\ud800", "\\ud800"),
        ("नमस्ते 王小明 José 👩\u200d🔬", "नमस्ते 王小明 José 👩\u200d🔬"),
    ],
)
def test_what_acts_is_written_as_python_would_and_names_stay(text, shown):
    assert printable(text) == shown


def test_marks_piled_on_one_letter_cannot_cover_other_lines():
    assert len(printable("a" + "\u0301" * 500)) < 10


def test_a_long_text_is_cut_in_its_middle_and_says_so():
    cut = clip("start" + "z" * 5000 + "end", 300)
    assert cut.startswith("start")
    assert cut.endswith("end")
    assert len(cut) < 350
    left_out = int(re.search(r"\[([\d,]+) characters left out\]", cut)[1].replace(",", ""))
    assert left_out + cut.count("z") == 5000


def test_many_lines_are_cut_in_their_middle_and_say_so():
    lines = clip_lines("\n".join(str(number) for number in range(1000)), 10).splitlines()
    assert lines[:5] == ["0", "1", "2", "3", "4"]
    assert lines[-5:] == ["995", "996", "997", "998", "999"]
    assert lines[5] == "… [990 lines left out] …"
    assert clip_lines("a\nb", 10) == "a\nb"


def test_one_line_has_one_line():
    assert one_line("a\nb\tc\r\nd") == "a\\nb\\tc\\nd"


@given(ANY_TEXT)
def test_no_cell_begins_as_a_formula(text):
    """Neither as written, nor after a spreadsheet has trimmed it, nor in full-width letters."""
    cell = safe_cell(text)
    assert not unicodedata.normalize("NFKC", cell).strip().startswith(("=", "+", "-", "@"))
    assert not set(cell) & set("\n\r\t\0")


@given(ANY_TEXT)
def test_a_cell_survives_csv(text):
    stream = io.StringIO()
    csv.writer(stream).writerow([safe_cell(text), "1"])
    assert next(csv.reader(io.StringIO(stream.getvalue()))) == [safe_cell(text), "1"]


PRINTABLE = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=10)


@given(PRINTABLE, PRINTABLE)
def test_different_ids_have_different_cells(one, other):
    assume(one != other)
    assert safe_cell(one) != safe_cell(other)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "＝1", "'=1"])
def test_formulas_get_an_apostrophe(text):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    "student", ["ada", "Ada Lovelace", "王小明", "José", "u1@example.org", "a.b-c_d", "O'Brien", "x=1;y"]
)
def test_an_id_that_a_file_name_can_hold_is_the_name(student):
    assert page_name(student) == student + ".html"


@given(NAMES)
def test_every_name_is_one_that_any_file_system_can_hold(student):
    for strict in (False, True):
        name = page_name(student, strict=strict)
        assert len(name.encode("utf-8")) <= 255
        assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
        assert not name.startswith((".", " "))
        assert name.endswith(".html")
        assert not re.fullmatch(
            "(con|prn|aux|nul|com[0-9]|lpt[0-9])", name.partition(".")[0].strip(), re.IGNORECASE
        )
        assert all(
            char.isprintable() or char in "\u200c\u200d" or unicodedata.category(char) in ("Zs", "Co", "Cn")
            for char in name
        )


@given(NAMES, NAMES, st.booleans())
def test_no_two_ids_share_a_name(one, other, strict):
    assume(one != other)
    assert page_name(one, strict=strict) != page_name(other, strict=strict)


@given(NAMES)
def test_a_name_can_be_decoded_to_the_id_unless_it_was_too_long(student):
    """Percent-decoding gives the id."""
    name = page_name(student)
    assume("%~" not in name)
    assume(not any("\ud800" <= char <= "\udfff" for char in student))
    assert unquote(name, errors="strict").removesuffix(".html") == student


@given(st.binary(min_size=1, max_size=20).filter(lambda data: b"/" not in data and b"\0" not in data))
def test_bytes_that_are_no_text_are_named_by_their_bytes(data):
    name = page_name(data.decode("utf-8", "surrogateescape"))
    assert unquote_to_bytes(name).removesuffix(b".html") == data


def test_names_of_a_class_differ_by_more_than_case_and_composition():
    """A file system of macOS or Windows must not let one student's page overwrite another's."""
    students = [
        "ada",
        "Ada",
        "ADA",
        "bob",
        "Jose\u0301",
        "José",
        "JOSÉ",
        "straße",
        "STRASSE",
        "con",
        "%41da",
        "x\u200cy",
        "xy",
    ]
    names = page_names(students)
    assert sorted(names) == sorted(students)
    folded = {unicodedata.normalize("NFD", name.replace("\u200c", "")).casefold() for name in names.values()}
    assert len(folded) == len(students)
    assert names["bob"] == "bob.html"
    assert names["ada"] == "ada.html"


@given(st.lists(NAMES, unique=True, max_size=8))
def test_names_of_any_class_are_distinct_without_case(students):
    names = page_names(students)
    assert set(names) == set(students)
    assert len({unicodedata.normalize("NFD", name).casefold() for name in names.values()}) == len(students)


def test_a_page_can_really_be_written_under_its_name(tmp_path):
    for student in (
        "a" * 255,
        "é" * 127,
        "CON",
        "..",
        "a/b",
        "nul\0",
        "\udcff\udcfe",
        "x" * 300 + "1",
        "x" * 300 + "2",
    ):
        (tmp_path / page_name(student)).write_text(student.encode("utf-8", "surrogatepass").hex(), "ascii")
    assert len(list(tmp_path.iterdir())) == 9
