"""YAML 1.2's core schema, places, and whatever can be wrong with a file before it means anything."""
# ruff: noqa: E501 (tables)

import errno
import json
import math
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.bank import yaml12
from grader.bank.yaml12 import parse, read

SCALARS = [
    # YAML 1.2, chapter 10.3.2, and the words on which 1.1 differs
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("~", None),
    ("", None),
    ("nULL", "nULL"),
    ("true", True),
    ("True", True),
    ("FALSE", False),
    ("tRUE", "tRUE"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("Off", "Off"),
    ("y", "y"),
    ("N", "N"),
    ("0", 0),
    ("-12", -12),
    ("+12", 12),
    ("012", 12),
    ("0o14", 12),
    ("0xC", 12),
    ("0b11", "0b11"),
    ("-0o14", "-0o14"),
    ("1_000", "1_000"),
    ("12:30:45", "12:30:45"),
    ("190:20:30.15", "190:20:30.15"),
    ("2026-01-01", "2026-01-01"),
    ("2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z"),
    ("1e3", 1000.0),
    ("1E-3", 0.001),
    ("-1.5e+3", -1500.0),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5", -0.5),
    ("1e", "1e"),
    ("e3", "e3"),
    (".", "."),
    ("-", None),  # a list with one empty entry, see below
    ("+", "+"),
    (".inf", math.inf),
    ("-.Inf", -math.inf),
    ("+.INF", math.inf),
    (".iNF", ".iNF"),
    ("inf", "inf"),
    ("nan", "nan"),
    ("<<", "<<"),
    ("=", "="),
    ("'1'", "1"),
    ('"true"', "true"),
    ("!!str 1", "1"),
    ("! 1", "1"),
    ("!!float 1", 1.0),
    ("!!int '7'", 7),
]


@pytest.mark.parametrize(("text", "value"), [pair for pair in SCALARS if pair[0] != "-"])
def test_a_word_has_the_value_of_the_core_schema(text, value):
    document = parse(f"x: {text}", "f")
    assert not document.complaints
    assert document.value == {"x": value}
    assert type(document.value["x"]) is type(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text):
    assert math.isnan(parse(text, "f").value)


def test_minus_zero_keeps_its_sign():
    assert math.copysign(1, parse("-0.0", "f").value) == -1


def test_keys_are_text_as_written():
    assert parse("{no: 1, 1: 2, 012: 3, true: 4, 1.0: 5}", "f").value == {
        "no": 1,
        "1": 2,
        "012": 3,
        "true": 4,
        "1.0": 5,
    }


# Line ends of YAML 1.1, byte order marks and what is no character are refused.
REFUSED = "\u2028\u2029\ufeff\ufffe\uffff"
JSON_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters=REFUSED))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
    | JSON_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JSON_TEXT, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_json_is_yaml(value):
    """What Python writes as JSON is read back the same; its keys are at most 1024 characters from their colon."""
    document = parse(json.dumps(value, ensure_ascii=False), "f")
    assert not document.complaints
    assert document.value == value


def paths(value, path=()):
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in inner:
        yield from paths(below, (*path, step))


@given(JSON, st.sampled_from([None, 2]))
def test_the_place_of_a_value_is_where_it_stands(value, indent):
    """At the line and column of each value, the text goes on with that value; at a key's, with the key."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    lines = text.split("\n")
    document = parse(text, "f")
    for path, below in paths(value):
        place = document.place(path)
        here = lines[place.line - 1][place.column - 1 :]
        begins = {dict: "{", list: "["}.get(type(below)) or json.dumps(below, ensure_ascii=False)
        assert here.startswith(begins)
        if path and isinstance(path[-1], str):
            place = document.place(path, key=True)
            assert lines[place.line - 1][place.column - 1 :].startswith(json.dumps(path[-1], ensure_ascii=False))


def test_the_place_of_what_is_not_there_is_where_the_way_stops():
    document = parse("a:\n  - x: 1\n", "f")
    assert str(document.place(("a", 0, "y"))) == "f:2:5"
    assert str(document.place(("b",))) == "f:1:1"


def test_an_alias_has_its_own_value_and_the_place_of_its_anchor():
    document = parse("a: &n [1, 2]\nb: *n\n", "f")
    assert document.value == {"a": [1, 2], "b": [1, 2]}
    assert str(document.place(("b", 1))) == "f:1:11"


def complaints(data):
    return [str(one).replace("\n    ", " | ") for one in parse(data, "f").complaints]


WRONG = [
    ("", "f: the file is empty | Write at least one `key: value`"),
    ("# only a comment\n", "f: the file is empty | Write at least one `key: value`"),
    ("a: 1\n---\nb: 2\n", "f:2:1: a second document begins here | One file holds one document: remove the `---`"),
    ("a:\n\tb: 1\n", "f:2:1: a tab cannot indent YAML | Indent with spaces"),
    ("a: |\n\tb", "f:2:1: a tab cannot indent YAML (what it belongs to begins on line 1) | Indent with spaces"),
    (b"a: \xfc", "f:1:4: the byte 0xFC is not UTF-8 | Save the file as UTF-8"),
    ("\ufeffa: 1".encode("utf-16"), "f:1:1: the byte 0xFF is not UTF-8 | Save the file as UTF-8"),
    ("a: b\x00", "f:1:5: the character U+0000 cannot stand in YAML | Remove it"),
    ("a: b\n\u2028c: d", "f:2:1: the character U+2028 cannot stand in YAML | Remove it"),
    ("a: b: c", "f:1:5: a `:` cannot stand here | Put text that holds `: ` in quotes, and indent the keys of one mapping alike"),
    ('a: "\\sigma"', "f:1:5: a backslash in double quotes begins an escape that does not exist | Use single quotes, or a block that begins with `|`, for LaTeX"),
    ("a: [1, 2\nb: 3", "f:2:2: a list that began with `[` is not closed (what it belongs to begins on line 1) | Close it with `]`, and put a comma between its values"),
    ("a: @b", "f:1:4: a plain value cannot begin with `@` | Put it in quotes"),
    ("a: *b", "f:1:4: there is no anchor `&b` above | Write the value out"),
    ("a: &b [*b]", "f:1:8: `*b` stands inside what `&b` names | A value cannot hold itself"),
    ("? [a]\n: 1", "f:1:5: a key must be text | Write the key as one word, or in quotes"),
    ("a: !!python/object:os.system [ls]", "f:1:4: the tag `!!python/object:os.system` is not understood here | Remove the tag"),
    ("a: !!python/name:os.system", "f:1:4: the tag `python/name:os.system` is not understood here | Remove the tag"),
    ("a: !!timestamp 2026-01-01", "f:1:4: the tag `timestamp` is not understood here | Remove the tag"),
    ("a: !!int b", "f:1:4: `b` is not a YAML int | Remove the tag"),
    ("a: 1e999", "f:1:4: `1e999` is too large for a float64 | Write `.inf` if infinity is meant"),
    ("a: " + "9" * 5000, "f:1:4: `99999999999999999999...` has 5000 digits | Write a number that fits a float64"),
    ("[" * 1000, "f:1:51: lists and mappings are nested more than 50 deep | Nothing here needs that"),
    (b" " * (2 << 20), "f: is larger than 1 MiB | Split the file"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said_in_a_sentence_with_its_place(data, said):
    assert complaints(data) == [said]


def test_repeated_keys_are_all_told_and_the_first_counts():
    document = parse("a: 1\nb: {c: 1, c: 2}\na: 2\na: [3]\n", "f")
    assert document.value == {"a": 1, "b": {"c": 1}}
    assert [str(one.place) for one in document.complaints] == ["f:2:11", "f:3:1", "f:4:1"]


def test_an_alias_bomb_is_refused_before_it_is_built():
    """Ten levels of ten aliases would be ten thousand million values."""
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    assert "more than 100000 values" in complaints("\n".join(lines))[0]


def test_files_that_cannot_be_read_are_said_so(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")  # reading it would wait for ever
    for name in ("folder", "pipe", "none", "a\0b"):
        document = read(tmp_path / name)
        assert document.root is None
        assert len(document.complaints) == 1


def test_a_file_without_permission_is_said_so(monkeypatch, tmp_path):
    """Raised by hand, since root may read everything."""
    file = tmp_path / "secret.yaml"
    file.write_text("a: 1")

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    (complaint,) = read(file).complaints
    assert str(complaint) == f"{file}: cannot be read: permission denied"


FRAGMENTS = st.lists(
    st.sampled_from(
        ["a", "b", ": ", ":", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "&a ", "*a", "!!int ", "!x ", "!<%41> ", "'",
         '"', "|\n", ">-\n", "? ", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! x\n", "#", "\t", "1e3", "~", "\\", "@", "`",
         "\r", "\u2028", "\x85", "\ufeff", "é", "𝛔", "\x07", "<<: *a"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(FRAGMENTS | st.text() | st.binary())
def test_no_text_makes_it_raise(data):
    """Anything is read or complained about, and every complaint has its place in the file."""
    document = parse(data, "f")
    assert document.root is not None or document.complaints
    for complaint in document.complaints:
        assert complaint.place is not None
        assert complaint.place.file == "f"
        assert "\n" not in complaint.message


@given(FRAGMENTS)
def test_both_parsers_read_the_same(data):
    """Some builds of PyYAML have no libyaml: the values are the same, where both parsers take the text."""
    fast = parse(data, "f")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml12, "_LOADER", yaml.SafeLoader)
        slow = parse(data, "f")
    if not fast.complaints and not slow.complaints:
        assert repr(slow.value) == repr(fast.value)
