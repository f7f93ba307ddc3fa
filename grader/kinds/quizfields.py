"""What every question of a quiz has in common, as its author writes it. Imports pydantic: import it late."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from grader.kinds.fields import Name, Number, Share, Strict, Text

__all__ = [
    "Bloom",
    "ChoiceEntry",
    "Formula",
    "Identifier",
    "KeepOrder",
    "Lines",
    "Markdown",
    "QuizEntry",
    "RubricEntry",
    "Show",
    "WrongEntry",
]

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
Markdown = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
Formula = Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=30)]
Value = Number | Annotated[str, Field(min_length=1, max_length=200)]
AsFormula = Formula | Number
Show = Annotated[
    int | None, Field(ge=2, le=10, description="How many are shown: the right ones, others drawn; default all.")
]
KeepOrder = Annotated[bool, Field(description="Show them in the order of the bank.")]
Lines = Annotated[int, Field(ge=1, le=60, description="Lines to write on, on paper and on screen.")]


class ParameterEntry(Strict):
    """What is drawn for each student: a number from a range, or one of some values or rows of values."""

    model_config = ConfigDict(title="parameter")

    low: Number | None = Field(None, alias="from", description="The smallest number.")
    high: Number | None = Field(None, alias="to", description="The largest number.")
    step: Number | None = Field(None, description="From one number to the next; default 1.")
    one_of: list[Value | dict[Identifier, Value]] | None = Field(
        None, min_length=2, description="Values to choose from; a mapping draws several names together."
    )


class SeriesEntry(Strict):
    """One curve of a figure: a formula in x, or points."""

    model_config = ConfigDict(title="curve")

    label: str = Field("", max_length=60, description="Beside the curve; may be empty.")
    formula: Formula | None = Field(None, description="In x and the parameters.")
    points: list[list[AsFormula]] | None = Field(None, min_length=2, description="[[x, y], ...]: formulas, too.")


class FigureEntry(Strict):
    """A plot that is drawn from the parameters."""

    model_config = ConfigDict(title="figure")

    says: Text = Field(description="What it shows, for who cannot see it. It must not give the answer away.")
    x_label: str = Field("x", max_length=60, description="Below the horizontal axis.")
    y_label: str = Field("y", max_length=60, description="Beside the vertical axis.")
    x: list[AsFormula] = Field(min_length=2, max_length=2, description="[from, to]")
    y: list[AsFormula] | None = Field(
        None, min_length=2, max_length=2, description="[from, to]; as far as the curves go, where it is left out."
    )
    series: list[SeriesEntry] = Field(min_length=1, max_length=6, description="The curves.")


class ChoiceEntry(Strict):
    """One choice."""

    model_config = ConfigDict(title="choice")

    text: Markdown = Field(description="What is to be chosen.")
    right: bool = Field(False, description="Whether it is right.")
    feedback: str = Field("", max_length=2000, description="What is said to who chose it.")
    misconception: Name | None = Field(None, description="The id of a known mistake or belief.")


class WrongEntry(Strict):
    """A wrong answer that tells something: what is said to who gives it, and the mistake that it betrays."""

    model_config = ConfigDict(title="wrong answer")

    answer: AsFormula = Field(description="The wrong answer.")
    feedback: Text = Field(description="What is said to who gives this answer.")
    misconception: Name | None = Field(None, description="The id of a known mistake or belief.")


class RubricEntry(Strict):
    """One thing that a text must say."""

    model_config = ConfigDict(title="rubric point")

    id: Name = Field(description="Its name, once in the rubric.")
    says: Text = Field(description="What the text must say.")
    share: Share = Field(description="Percent of the points of the text; together they are 100.")


class QuizEntry(Strict):
    """A question that is answered in letters, numbers or words."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)] = Field(
        description="The question is topic/id."
    )
    title: Text = Field(description="What students read above the question.")
    objective: Text = Field(description="What is to be learned.")
    bloom: Bloom = Field(description="The level of Bloom's taxonomy.")
    prompt: Markdown = Field(description="Markdown with $...$; [[name]] stands for a drawn value.")
    solution: Markdown = Field(description="Why the right answer is right; shown with the key.")
    parameters: dict[Identifier, ParameterEntry] = Field(
        default_factory=dict, description="What is drawn for each student, by name."
    )
    derived: dict[Identifier, Formula] = Field(
        default_factory=dict, description="Values that follow from the parameters, in order."
    )
    require: list[Formula] = Field(
        default_factory=list, description="Comparisons such as `abs(a - b) > 0.1`; drawn again until all hold."
    )
    figure: FigureEntry | None = Field(None, description="A plot beside the prompt, drawn from the parameters.")
