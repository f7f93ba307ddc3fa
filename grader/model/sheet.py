"""A question as one student gets it: the neutral item that every target writes, and its key, kept apart.

An item holds what the student may see and nothing else; a writer for a student's file takes items only. Texts are
Markdown with ``$...$``, with the variant's values filled in. Letters are those on the student's own sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

__all__ = [
    "Arrange",
    "ArrangeKey",
    "Band",
    "BlankKey",
    "Blanks",
    "Choose",
    "ChooseKey",
    "Curve",
    "Drawing",
    "Enter",
    "Form",
    "FormKey",
    "FormulaKey",
    "HandIn",
    "Handout",
    "Item",
    "Key",
    "NumberKey",
    "Option",
    "Pair",
    "PairKey",
    "Posed",
    "RubricPoint",
    "Sheet",
    "TextKey",
]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, to arrange or to pair: its mark on this sheet, and its text."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose one option, or any number of them."""

    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Enter:
    """Write something: a number, a formula, a word, or a text of some lines."""

    what: str  # "number", "formula", "word", "text"
    lines: int = 1
    hint: str = ""  # "4 digits", "in terms of y"
    label: str = ""  # for a part: "Reason"
    variables: tuple[str, ...] = ()  # of a formula
    without: tuple[str, ...] = ()  # functions that a formula may not use


@dataclass(frozen=True, slots=True)
class Blanks:
    """Fill in what is marked ``___`` in the prompt, from first to last."""

    fields: tuple[Enter, ...]


@dataclass(frozen=True, slots=True)
class Arrange:
    """Put the options in order."""

    options: tuple[Option, ...]
    lines_of_code: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Give each thing on the left (marked 1, 2, ...) one option of the right; some may be left over or reused."""

    left: tuple[Option, ...]
    right: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class HandIn:
    """Hand in a file with a function: a code question."""

    file: str
    signature: str


Form = Choose | Enter | Blanks | Arrange | Pair | HandIn


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of a drawing, ready to draw; nan where there is none."""

    label: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot as numbers: every target draws it in its own way. ``says`` must not give the answer away."""

    says: str
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a student meets it. Most have one form; a choice with a reason has two."""

    id: str
    kind: str
    title: str
    prompt: str
    points: Fraction
    forms: tuple[Form, ...]
    drawing: Drawing | None = None
    code: str = ""  # Python to be read, shown as it is
    rule: str = ""  # how points are given, in one sentence; what says what is right stands in the key's rule only


@dataclass(frozen=True, slots=True)
class ChooseKey:
    """What each choice is worth, as a share of the form's points, and what is said to whoever chose it.

    One choice: shares from 0 to 1. Several: the right ones add up to 1, wrong ones take away; never below 0.
    """

    shares: Mapping[str, Fraction]
    feedback: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    misconceptions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def right(self) -> tuple[str, ...]:
        """The letters to choose for full marks."""
        return tuple(letter for letter, share in self.shares.items() if share > 0)


@dataclass(frozen=True, slots=True)
class Band:
    """An interval of numbers, both ends included, and what a number in it is worth."""

    low: float
    high: float
    share: Fraction
    feedback: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The right number, and bands around it and around telling wrong ones; the first that holds counts."""

    value: float
    shown: str  # as a person would write it
    bands: tuple[Band, ...]
    digits: int = 0  # significant digits that the answer must have; 0 where that is not asked
    units: str = ""  # that may follow the number


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """The right formula, the ranges in which its variables live, and telling wrong ones.

    ``aliases`` are other names of the variables; ``without`` are functions that an answer may not use.
    """

    formula: str
    ranges: Mapping[str, tuple[str, str]]
    wrong: tuple[tuple[str, str, str], ...] = ()  # formula, feedback, misconception
    latex: str = ""
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankKey:
    """What goes into a blank: words that count as right, a number, or a formula; and its share of the points.

    By itself, with words, it is also the key of an ``Enter`` of a word, or of lines that are compared as text.
    """

    share: Fraction
    words: tuple[str, ...] = ()
    number: NumberKey | None = None
    formula: FormulaKey | None = None
    wrong: tuple[tuple[str, str, str], ...] = ()  # word, feedback, misconception
    ignore: tuple[str, ...] = ()  # "commas", "spaces": what does not count where words are compared


@dataclass(frozen=True, slots=True)
class ArrangeKey:
    """The right order of letters, all or nothing; ``by_pairs`` gives each two right neighbours their share."""

    order: tuple[str, ...]
    by_pairs: bool = False
    wrong: tuple[tuple[tuple[str, ...], str, str], ...] = ()  # telling orders: letters, feedback, misconception


@dataclass(frozen=True, slots=True)
class PairKey:
    """Which letter belongs to each thing on the left, and what telling wrong pairs betray."""

    pairs: Mapping[str, str]
    wrong: tuple[tuple[str, str, str, str], ...] = ()  # left, right, feedback, misconception


@dataclass(frozen=True, slots=True)
class RubricPoint:
    """One thing that an answer must say, and its share of the form's points."""

    id: str
    says: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class TextKey:
    """How a person marks a text: point by point. ``model`` is an answer that earns everything."""

    rubric: tuple[RubricPoint, ...]
    model: str = ""


FormKey = (
    ChooseKey | NumberKey | FormulaKey | BlankKey | tuple[BlankKey, ...] | ArrangeKey | PairKey | TextKey | None
)


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: for each form of the item its key and its share of the points; and the explanation."""

    forms: tuple[FormKey, ...]
    shares: tuple[Fraction, ...]
    solution: str = ""
    rule: str = ""  # how points are given, in one sentence


@dataclass(frozen=True, slots=True)
class Posed:
    """An item and its key: for markers, for instructors, and for platforms that mark by themselves."""

    item: Item
    key: Key


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet without its keys: whatever is made for a student's eyes is made of this and nothing else."""

    assessment: str
    title: str
    introduction: str
    variant: str
    items: tuple[Item, ...]
    student: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One student's quiz. ``variant`` is the code by which it is made again."""

    assessment: str
    title: str
    introduction: str
    variant: str
    posed: tuple[Posed, ...]
    student: str = ""  # empty for a sheet that nobody's name is on
    name: str = ""  # as a roster has it

    @property
    def handout(self) -> Handout:
        """The sheet without its keys."""
        items = tuple(one.item for one in self.posed)
        return Handout(
            self.assessment, self.title, self.introduction, self.variant, items, self.student, self.name
        )
