"""What an author writes for a function to write: the shape alone, field by field, with words for the editor.

What one field asks of another is in ``faults``.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema

from grader.kinds.code.drawing import literal_shape
from grader.kinds.fields import Dimension, Function, LimitsEntry, Name, Number, Share, Strict, Text

__all__ = [
    "AcceptEntry",
    "CaseEntry",
    "CaseLimitsEntry",
    "CheckEntry",
    "CodeEntry",
    "DrawEntry",
    "FollowOnEntry",
    "GradientEntry",
    "ParameterEntry",
    "RemarkEntry",
    "ResultEntry",
    "RuleEntry",
]

_RULES = ("absolute", "eps", "ulp", "normwise")

Dtype = Literal[
    "float64", "float32", "float16", "bool",
    "int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8",
]  # fmt: skip
FormName = Literal[
    "array", "fortran", "strided", "reversed", "read-only", "big-endian", "scalar", "numpy-scalar", "list"
]  # fmt: skip


def _literal(value: Any) -> Any:
    """Accept a number, true or false, or lists of these; lists of lists must be of one length."""
    if type(value) in (int, float, bool):
        return value
    if not isinstance(value, list):
        raise ValueError("it must be a number or a list of numbers")  # noqa: TRY004 (pydantic collects ValueErrors)
    for part in value:
        _literal(part)
    if literal_shape(value) is None:
        raise ValueError("its lists must all be of one length")
    return value


def _one_of(names: tuple[str, ...]) -> dict[str, Any]:
    return {"oneOf": [{"required": [name]} for name in names]}


Literals = Annotated[Any, PlainValidator(_literal), WithJsonSchema({"type": ["number", "boolean", "array"]})]
Shape = Annotated[list[Dimension], Field(max_length=8)]


class DrawEntry(Strict):
    """How the numbers of one argument come about. A draw without a source changes only what it names."""

    model_config = ConfigDict(title="draw")

    values: Literals | None = Field(None, description="The numbers themselves: one number, or lists of numbers.")
    normal: float | None = Field(
        None, gt=0, le=1e6, allow_inf_nan=False, description="Standard normals times this, drawn from the seed."
    )
    uniform: list[Number] | None = Field(
        None, min_length=2, max_length=2, description="[low, high]: drawn evenly between the two."
    )
    linspace: list[Number] | None = Field(
        None, min_length=3, max_length=3, description="[start, stop, count]: evenly spaced, both ends included."
    )
    probe: str | None = Field(None, description="A named set of interesting inputs, such as extremes.")
    shape: Shape | None = Field(None, description="Sizes of the array; default: the parameter's shape.")
    shift: float | None = Field(
        None, allow_inf_nan=False, description="Added to what `normal` or `uniform` draws."
    )
    decimals: int | None = Field(
        None,
        ge=0,
        le=15,
        description="Drawn numbers are rounded to this many decimals, so that a call can be pasted.",
    )
    dtype: Dtype | None = Field(None, description="NumPy's name of the number type; default: float64.")
    form: FormName | None = Field(
        None, description="The form in which the function gets the numbers; default: array."
    )


class ParameterEntry(Strict):
    """A positional parameter of the function."""

    model_config = ConfigDict(title="parameter")

    name: Function = Field(description="The parameter's name, as students read it.")
    shape: Shape | None = Field(None, description="[N, 4H]: names of sizes, multiples of them, or numbers.")
    draw: DrawEntry | None = Field(None, description="How it is drawn where a case does not say otherwise.")


class ResultEntry(Strict):
    """One of the values that the function returns."""

    model_config = ConfigDict(title="result")

    name: Function = Field(description="The result's name, as students read it.")
    shape: Shape | None = Field(None, description="[N, H]; leave it out where the function is elementwise.")


class RuleEntry(Strict):
    """How a value is held against the true one f: exactly one of absolute, eps, ulp, normwise."""

    model_config = ConfigDict(title="rule", json_schema_extra=_one_of(_RULES))

    absolute: float | None = Field(
        None, gt=0, le=1, description="|error| <= this * max(1, |f|), whatever the type of the answer."
    )
    eps: float | None = Field(None, gt=0, le=1e6, description="|error| <= this * machine epsilon * max(1, |f|).")
    ulp: float | None = Field(
        None, gt=0, le=1e6, description="At most this many units in the last place, plus per_condition * kappa."
    )
    normwise: float | None = Field(
        None, gt=0, le=1, description="The largest |error| <= this * the largest |f|, over the whole result."
    )
    per_condition: float | None = Field(
        None,
        ge=0,
        le=1e3,
        description="With ulp: further ULP for each unit of the condition number |x f'(x) / f(x)|.",
    )


class CheckEntry(Strict):
    """What earns points: all of its cases must satisfy the rule."""

    model_config = ConfigDict(title="check")

    name: Name
    says: Text = Field(description="What is asked: a heading, true whether it holds or not: `The input gate i`.")
    share: Share = Field(description="Percent of the question's points; the shares of a question add up to 100.")
    result: Function | None = Field(None, description="The one result that is compared; default: all of them.")
    rule: RuleEntry | None = Field(None, description="How values are compared; without it none are.")
    unchanged: bool = Field(False, description="Whether the arguments must be left as they were.")
    needs: Name | None = Field(
        None, description="A check that must pass first, or `any` or `all` others; otherwise this one is skipped."
    )
    cases: list[Name] | None = Field(
        None, min_length=1, description="Names of cases; default: all that no remark uses."
    )


class CaseEntry(Strict):
    """One call to make."""

    model_config = ConfigDict(title="case")

    name: Name
    title: Text | None = Field(None, description="In words, as students read it; default: the name.")
    public: bool = Field(description="Whether the student may see its inputs; `grader check` runs these.")
    sizes: dict[str, Annotated[int, Field(ge=0, le=100_000)]] = Field(
        default_factory=dict, description="A number for each name in the shapes: {N: 2, D: 3}."
    )
    draws: dict[str, DrawEntry] = Field(
        default_factory=dict, description="By parameter: how it is drawn in this case, where that differs."
    )


class RemarkEntry(Strict):
    """Something worth saying that costs nothing, told when it does not hold for its case."""

    model_config = ConfigDict(title="remark")

    name: Name
    kind: Literal["dtype-kept", "accepted", "no-warnings"] = Field(
        description="dtype-kept: the result has the input's dtype; accepted: nothing raised; no-warnings: none."
    )
    case: Name = Field(description="The case that it is asked of.")
    says: Text = Field(description="The sentence that the student reads when it does not hold.")


class AcceptEntry(Strict):
    """An input of an elementwise function at which any value of an interval is right."""

    model_config = ConfigDict(title="accepted interval")

    at: float = Field(allow_inf_nan=False, description="The input.")
    low: float = Field(allow_inf_nan=False, description="The smallest right value.")
    high: float = Field(allow_inf_nan=False, description="The largest right value.")


class GradientEntry(Strict):
    """Says that the results are a gradient of another question's function, so that validate can prove it.

    With upstream u and result r of that function, the results are the derivatives of sum(u * r) by the named
    parameters, in the order of the results; without upstream, the derivative at each input.
    """

    model_config = ConfigDict(title="gradient")

    of: Name = Field(description="The question of this topic whose function is differentiated.")
    result: Function | None = Field(
        None, description="The result of it that is differentiated; default: its only one."
    )
    upstream: Function | None = Field(None, description="The parameter here that holds the upstream gradient.")
    with_respect_to: list[Function] = Field(
        min_length=1, description="The parameters of that function, one for each result here."
    )


class FollowOnEntry(Strict):
    """Credit for a gradient that is right for the student's own function, where that one is wrong.

    Only where the wrong function is one with known mistakes, and none of its gradients is zero throughout.
    """

    model_config = ConfigDict(title="follow-on credit")

    share: Share = Field(
        description="Percent of a check's points that are credited, and of the question's: up to 50."
    )
    cases: list[Name] = Field(
        min_length=1, description="The cases on which it is looked at; their sizes must all differ."
    )


class CaseLimitsEntry(LimitsEntry):
    """What one call (wall_seconds) and one process (the rest) may use, and how large cases may be."""

    model_config = ConfigDict(title="set of limits")

    sizes: dict[str, Annotated[int, Field(ge=0, le=100_000)]] = Field(
        default_factory=dict, description="The largest number that a case may give to a size: {T: 5, N: 32}."
    )


class CodeEntry(Strict):
    """A function to write."""

    model_config = ConfigDict(title="code question")

    id: Name = Field(description="Short name; topic/id is the question's full id.")
    kind: Literal["code"] = Field(description="code: a function to write.")
    title: Text = Field(description="What students read above the question.")
    prompt: Text = Field(description="The task, in Markdown with $...$ for mathematics.")
    file: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*\.py$", max_length=80)] = Field(
        description="The student's file, such as lstm.py; a notebook of the same stem counts as well."
    )
    function: Function | None = Field(None, description="The function to write; default: the id.")
    depends: list[Function] = Field(default_factory=list, description="Functions that this one usually calls.")
    elementwise: bool = Field(
        False, description="Whether it maps each number to a number, for arrays of any shape."
    )
    parameters: list[ParameterEntry] = Field(min_length=1, description="In the order of the call.")
    results: list[ResultEntry] = Field(min_length=1, description="In the order in which they are returned.")
    limits: CaseLimitsEntry | None = Field(None, description="What a call may use, and how large cases may be.")
    checks: list[CheckEntry] = Field(min_length=1, description="What earns the points.")
    cases: list[CaseEntry] = Field(min_length=1, description="The calls that are made.")
    remarks: list[RemarkEntry] = Field(default_factory=list, description="What is said and costs nothing.")
    accepts: list[AcceptEntry] = Field(default_factory=list, description="Where several values are right.")
    gradient: GradientEntry | None = Field(None, description="Whose gradient this is, for validate to prove.")
    follow_on: FollowOnEntry | None = Field(
        None, description="Credit for what is right for the student's own wrong function; goes with `gradient`."
    )
