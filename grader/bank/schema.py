"""The shape of a bank and of an assessment: what pydantic checks, and the JSON Schema that editors use.

Both are put together here from the kinds of questions that there are. The only module of the bank that needs
pydantic, which is slow to import: import it late.
"""

from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from grader.bank.messages import explain
from grader.kinds.fields import LimitsEntry, Points, Strict, Text
from grader.kinds.kind import Fault, Kind
from grader.kinds.registry import kinds

__all__ = ["AssessmentEntry", "BankEntry", "bank_model", "check_shape", "json_schema"]


class BankEntry(Strict):
    """A topic's questions, in the order in which students meet them."""

    model_config = ConfigDict(title="bank")

    topic: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)] = Field(
        description="The name of the folder that the bank lies in."
    )
    title: Text = Field(description="What students read.")
    beliefs: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)], Text] = Field(
        default_factory=dict,
        description="Misconceptions that no code shows, by id, each in one sentence; questions name them.",
    )
    questions: list[Any] = Field(min_length=1)


class PickEntry(Strict):
    """A question of a bank, and what it is worth here."""

    model_config = ConfigDict(title="question of an assessment")

    id: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$", max_length=160)] = Field(
        description="topic/question, such as tanh/tanh_grad."
    )
    points: Points = Field(description="What the question is worth: more than 0.")


class AssessmentEntry(Strict):
    """Which questions, how many points, and from which seed their inputs are drawn."""

    model_config = ConfigDict(title="assessment")

    title: Text = Field(description="What students read on top of their page.")
    seed: Text = Field(
        description="Any text. Another seed draws other inputs, the same for every student: change it each term."
    )
    introduction: str = Field("", max_length=20_000, description="Markdown with $...$, above the questions.")
    include: list[Text] = Field(
        default_factory=list, description="Other assessments, by file; their questions come first, in this order."
    )
    questions: list[PickEntry] = Field(
        default_factory=list, description="In the order in which students meet them."
    )
    limits: LimitsEntry | None = Field(None, description="Limits that hold for all questions here.")
    show_hidden_titles: bool = Field(True, description="Whether students read the titles of hidden cases.")
    hints: Literal["question", "pointer", "correction"] = Field(
        "correction",
        description="How much students read of a known mistake: a question only, where to look, or all of it.",
    )
    show_solutions: Literal["always", "answered", "never"] = Field(
        "answered",
        description="To which questions of a quiz a student's page says what is right, and why: to all, to those "
        "that the student has answered and that are marked, or to none.",
    )


def bank_model(of: tuple[Kind, ...] | None = None) -> type[BankEntry]:
    """Make the model of a bank from the kinds of questions; all that there are, unless told otherwise."""
    chosen = kinds() if of is None else of
    entries: Any = Union[tuple(kind.shape() for kind in chosen)]  # noqa: UP007 (made at run time)
    if len(chosen) > 1:
        entries = Annotated[entries, Field(discriminator="kind")]
    questions = (list[entries], Field(min_length=1, description="In the order in which students meet them."))
    return create_model("Bank", __base__=BankEntry, __doc__=BankEntry.__doc__, questions=questions)


def json_schema(of: Literal["bank", "assessment"]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a bank or an assessment."""
    model = _model(of)
    made = TypeAdapter(model).json_schema(schema_generator=_ForEditors)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def check_shape(of: Literal["bank", "assessment"], value: Any) -> list[Fault]:
    """Check a document's shape; return everything that is wrong with it."""
    try:
        _model(of).model_validate(value)
    except ValidationError as error:
        return explain(error.errors(include_url=False), value, lambda: json_schema(of))
    return []


@cache
def _model(of: Literal["bank", "assessment"]) -> type[Strict]:
    return bank_model() if of == "bank" else AssessmentEntry


class _ForEditors(GenerateJsonSchema):
    """What is optional may be left out, not null; titles name things, not fields."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False
