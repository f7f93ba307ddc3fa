"""JSON Schemas: what editors say is what the grader says."""

import json
from pathlib import Path
from typing import Literal

import jsonschema
import pytest
from pydantic import ConfigDict, ValidationError

from grader.bank import schema
from grader.bank.yaml12 import read
from grader.kinds.fields import Strict
from grader.kinds.kind import Kind
from grader.kinds.registry import kinds

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "questions"
BANKS = [*sorted(QUESTIONS.glob("*/bank.yaml")), Path(__file__).parent / "topics" / "softmax" / "bank.yaml"]
ASSESSMENTS = [*sorted(QUESTIONS.glob("*.yaml")), Path(__file__).parent / "topics" / "course.yaml"]


@pytest.mark.parametrize("of", ["bank", "assessment"])
def test_the_files_are_fresh(of):
    """After a change of fields: ``grader schema bank > questions/bank.schema.json``, and the other one."""
    text = (QUESTIONS / f"{of}.schema.json").read_text("utf-8")
    assert text == json.dumps(schema.json_schema(of), indent=2) + "\n"


@pytest.mark.parametrize("of", ["bank", "assessment"])
def test_they_are_sound_schemas_of_2020_12(of):
    made = schema.json_schema(of)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("path", [*BANKS, *ASSESSMENTS], ids=str)
def test_banks_and_assessments_satisfy_them(path):
    of = "bank" if path in BANKS else "assessment"
    found = list(jsonschema.Draft202012Validator(schema.json_schema(of)).iter_errors(read(path).value))
    assert not found, found[0]


@pytest.mark.parametrize("path", [*BANKS, *ASSESSMENTS], ids=str)
def test_the_first_line_names_the_schema_for_editors(path):
    first = path.read_text("utf-8").split("\n")[0]
    before, _, name = first.partition("$schema=")
    assert before == "# yaml-language-server: "
    of = "bank" if path in BANKS else "assessment"
    assert (path.parent / name).resolve() == QUESTIONS / f"{of}.schema.json"


def fields(part, way=""):
    """Go through every field that a schema describes."""
    for name, inner in part.get("properties", {}).items():
        yield f"{way}.{name}", inner
    for name, inner in part.get("$defs", {}).items():
        yield from fields(inner, name)


@pytest.mark.parametrize("of", ["bank", "assessment"])
def test_editors_show_a_description_of_every_field_that_is_not_a_name(of):
    for way, inner in fields(schema.json_schema(of)):
        assert way.endswith(".name") or "description" in inner, way


@pytest.mark.parametrize("of", ["bank", "assessment"])
def test_nothing_may_be_null_or_of_an_unknown_key(of):
    made = schema.json_schema(of)
    assert '"null"' not in json.dumps(made)
    for part in (made, *made["$defs"].values()):
        assert part["additionalProperties"] is False


MISTAKES = [
    ("topic", 1),
    ("questions", []),
    ("questions.0.kind", "quiz"),
    ("questions.0.extra", 1),
    ("questions.0.parameters.0.shape", ["-N"]),
    ("questions.0.checks.0.share", 0),
    ("questions.0.checks.0.share", "a third"),
    ("questions.0.checks.0.rule", {"eps": 1, "ulp": 1}),
    ("questions.0.checks.0.rule", {}),
    ("questions.0.limits.wall_seconds", 4.9),
    ("questions.0.cases.0.public", "yes"),
    ("questions.0.cases.0.draws", {"z": {"form": "dense"}}),
]


@pytest.mark.parametrize(("way", "value"), MISTAKES)
def test_an_editor_and_the_grader_refuse_the_same(way, value):
    bank = read(BANKS[-1]).value
    assert not refused_by_editor(bank)
    *steps, last = way.split(".")
    at = bank
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = value
    assert refused_by_editor(bank)
    if way != "questions.0.checks.0.rule":  # two rules at once are found later
        assert schema.check_shape("bank", bank)


def refused_by_editor(bank):
    return not jsonschema.Draft202012Validator(schema.json_schema("bank")).is_valid(bank)


class PollEntry(Strict):
    """A question without a right answer, which only these tests know."""

    model_config = ConfigDict(title="poll")

    id: str
    kind: Literal["poll"]
    asks: str


def test_a_second_kind_of_question_needs_only_its_own_model():
    """Questions are told apart by ``kind``, in the model and in the schema."""
    poll = Kind("poll", lambda: PollEntry, lambda *_: iter(()), lambda *_: None)
    model = schema.bank_model((*kinds(), poll))
    softmax = read(BANKS[-1]).value["questions"][0]
    bank = {"topic": "t", "title": "T", "questions": [{"id": "q", "kind": "poll", "asks": "Why?"}, softmax]}
    assert [type(one).__name__ for one in model.model_validate(bank).questions] == ["PollEntry", "CodeEntry"]
    for wrong in ({"id": "q", "kind": "poll", "prompt": "Why?"}, {"id": "q", "kind": "pole", "asks": "Why?"}):
        with pytest.raises(ValidationError):
            model.model_validate({**bank, "questions": [wrong]})
    assert model.model_json_schema()["properties"]["questions"]["items"]["discriminator"]["propertyName"] == "kind"


def test_of_several_kinds_a_mistake_is_still_told_by_its_own_keys(monkeypatch):
    """The tags of pydantic's unions are no keys of the file, and must not show."""
    poll = Kind("poll", lambda: PollEntry, lambda *_: iter(()), lambda *_: None)
    both = schema.bank_model((*kinds(), poll))
    monkeypatch.setattr(schema, "_model", lambda _: both)
    questions = [
        {"id": "q", "kind": "poll", "ask": "Why?"},
        {"id": "q", "kind": "pole"},
        {"id": "q", "asks": 1},
    ]
    told = schema.check_shape("bank", {"topic": "t", "title": "T", "questions": questions})
    assert [(fault.path, fault.message, fault.hint) for fault in told] == [
        (("questions", 0), "a poll needs `asks`", ""),
        (("questions", 0, "ask"), "`ask` is not a key of a poll", "Did you mean `asks`?"),
        (("questions", 1, "kind"), "`kind` is 'pole', which is not known here", "Did you mean `poll`?"),
        (("questions", 2), "a question needs `kind`", "The word that says what is asked, such as `code`"),
    ]
