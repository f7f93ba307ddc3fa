"""The building blocks of shapes: strict models, and values that check themselves.

Every model refuses unknown keys and converts nothing: text is not a number, and 1 is not true. The descriptions
reach the author's editor through the JSON Schema. Imports pydantic, so it is itself imported late.
"""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from grader.kinds.quantities import DIMENSION, RATIO, check_dimension, exact

__all__ = ["Dimension", "Function", "LimitsEntry", "Name", "Number", "Points", "Share", "Strict", "Text"]


class Strict(BaseModel):
    """A mapping that an author writes: nothing unknown, nothing converted."""

    # Built once, as part of the whole, which is what is checked.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def _points(value: Any) -> Fraction:
    points = exact(value)
    if not 0 < points <= 1_000_000:
        raise ValueError("it must be more than 0 and at most 1000000")
    return points


def _share(value: Any) -> Fraction:
    share = exact(value)
    if not 0 < share <= 100:
        raise ValueError("it must be more than 0 and at most 100 (percent)")
    return share


def _number(value: Any) -> float | int:
    if type(value) not in (int, float):
        raise ValueError("it must be a number")
    return value


def _positive_or_ratio(most: int) -> dict[str, Any]:
    number = {"type": "number", "exclusiveMinimum": 0, "maximum": most}
    return {"anyOf": [number, {"type": "string", "pattern": RATIO}]}


Text = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=80)]
Function = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=80)]
Dimension = Annotated[
    Any,
    PlainValidator(check_dimension),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": DIMENSION}]}),
]
Number = Annotated[Any, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Points = Annotated[Any, PlainValidator(_points), WithJsonSchema(_positive_or_ratio(1_000_000))]
Share = Annotated[Any, PlainValidator(_share), WithJsonSchema(_positive_or_ratio(100))]


class LimitsEntry(Strict):
    """What one call (wall_seconds) and one process (the rest) may use."""

    model_config = ConfigDict(title="set of limits")

    wall_seconds: float | None = Field(
        None, ge=5, le=600, description="For each call. At least 5, so that loops in plain Python pass."
    )
    cpu_seconds: int | None = Field(None, ge=5, le=3600, description="For all calls to one file together.")
    memory_bytes: int | None = Field(None, ge=256 << 20, le=64 << 30, description="Address space.")
    result_bytes: int | None = Field(None, ge=1 << 10, le=1 << 30, description="What one call may hand back.")
    total_result_bytes: int | None = Field(None, ge=1 << 10, le=4 << 30, description="What all may hand back.")
    printed_bytes: int | None = Field(None, ge=0, le=16 << 20, description="What is kept of what is printed.")
