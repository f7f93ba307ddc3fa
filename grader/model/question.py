"""What an author writes: questions, their checks, their cases and the rules by which a value is right.

These are the checked and resolved forms; ``grader.bank`` makes them from YAML and complains about the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from grader.model.inputs import Form, Limits
from grader.model.mistake import Mistake
from grader.model.quiz import QuizQuestion

__all__ = [
    "ALL",
    "ANY",
    "Accept",
    "Assessment",
    "Case",
    "Check",
    "CodeQuestion",
    "Draw",
    "FollowOn",
    "Gradient",
    "Hints",
    "Item",
    "Parameter",
    "QuizItem",
    "Remark",
    "Rule",
    "RuleKind",
    "Solutions",
    "Topic",
]


ANY = "any"  # of `needs`: some other check
ALL = "all"  # of `needs`: every other check, but for those that need ANY or ALL


class RuleKind(StrEnum):
    """How a got value is held against the true one; ``eps`` is float64's machine epsilon, f the true value."""

    ABSOLUTE = "absolute"  # |err| <= tolerance * max(1, |f|), whatever the type of the answer
    EPS = "eps"  # |err| <= tolerance * eps * max(1, |f|)
    ULP = "ulp"  # ULP <= tolerance + per_condition * kappa(x) at normal results, kappa = |x f'(x) / f(x)|
    NORMWISE = "normwise"  # max|err| <= tolerance * max|f|, over the whole tensor


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its numbers."""

    kind: RuleKind
    tolerance: float
    per_condition: float = 0.0


@dataclass(frozen=True, slots=True)
class Draw:
    """How the numbers of one argument come about: exactly one of the sources.

    ``values`` are literal; ``normal`` draws standard normals times ``scale`` plus ``shift`` of ``shape``, rounded
    to ``decimals`` so that a case can be pasted; ``uniform`` draws between two numbers; ``probe`` names a set of
    interesting inputs of ``grader.numerics.probes``; ``linspace`` is (start, stop, count).
    ``shape`` entries are numbers or size names, with an optional factor: ``4H``.
    """

    values: tuple[Any, ...] | float | None = None
    normal: float | None = None  # the scale
    uniform: tuple[float, float] | None = None
    probe: str | None = None
    linspace: tuple[float, float, int] | None = None
    shape: tuple[str | int, ...] = ()
    shift: float = 0.0
    decimals: int = 3
    dtype: str = "float64"
    form: Form = Form.ARRAY


@dataclass(frozen=True, slots=True)
class Parameter:
    """A positional parameter of the function, and how it is drawn where a case does not say otherwise."""

    name: str
    shape: tuple[str | int, ...] = ()  # as students read it: ("N", "D"), ("D", "4H")
    draw: Draw | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One call to make: sizes and draws. ``public`` cases may be shown to the student with all they hold."""

    name: str
    title: str  # in words: "all sizes differ"
    public: bool
    sizes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    draws: Mapping[str, Draw] = field(default_factory=lambda: MappingProxyType({}))  # by parameter name


@dataclass(frozen=True, slots=True)
class Check:
    """What earns points: all of its cases must satisfy the rule.

    ``result`` names one result of the function, or is empty for all of them. ``unchanged`` asks that the arguments
    are not changed; a check with ``rule`` None asks nothing else. ``needs`` names a check that must pass first;
    ANY asks that some other check of the question holds, so that a stub earns nothing for leaving things alone;
    ALL asks it of every other, so that what is wrong on ordinary inputs is not told again on odd ones.
    """

    name: str
    says: str  # what is asked, as a heading that is true whether it holds or not
    share: Fraction  # of the question's points; all shares of a question add up to 1
    cases: tuple[str, ...]
    rule: Rule | None = None
    result: str = ""
    unchanged: bool = False
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying that costs nothing: asked of one case, told when it does not hold."""

    name: str
    kind: str  # "dtype-kept", "accepted" (does not raise), "no-warnings"
    case: str
    says: str


@dataclass(frozen=True, slots=True)
class Accept:
    """An input at which any value of an interval is right: relu'(0)."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gradient:
    """What this question's results are the derivatives of, so that the reference can be proved.

    They are the derivatives of ``sum(upstream * result)``, where ``result`` comes from the reference's function
    ``of``; one for each name of ``with_respect_to``, in the order of the question's results. Without ``upstream``
    the function is elementwise and the result is its derivative at each input.
    """

    of: str
    with_respect_to: tuple[str, ...]
    result: str = ""  # which result of ``of``, where it has several
    upstream: str = ""  # the parameter that holds the gradient of the loss with respect to that result


@dataclass(frozen=True, slots=True)
class FollowOn:
    """Credit for a gradient that is right for the student's own wrong function, the one that ``gradient`` derives.

    A check that fails and holds for that function earns ``share`` of its points; together such credit lifts the
    question to ``share`` of its points at most. It is looked at on ``cases``, whose sizes all differ.
    """

    share: Fraction  # at most a half
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeQuestion:
    """A function to write, and how it is graded."""

    id: str  # "lstm/lstm_cell"
    title: str
    prompt: str  # Markdown with $...$
    module: str  # the stem of the file: "lstm"
    function: str
    parameters: tuple[Parameter, ...]
    results: tuple[str, ...]  # names: ("h", "c")
    result_shapes: tuple[tuple[str | int, ...], ...]  # () for elementwise functions: the shape of the input
    checks: tuple[Check, ...]
    cases: tuple[Case, ...]
    remarks: tuple[Remark, ...] = ()
    accepts: tuple[Accept, ...] = ()
    elementwise: bool = False
    limits: Limits = Limits()
    depends: tuple[str, ...] = ()  # functions that this one usually calls: lstm_forward on lstm_cell
    kind: str = "code"
    gradient: Gradient | None = None
    follow_on: FollowOn | None = None

    @property
    def signature(self) -> str:
        """The call as students read it: ``lstm_cell(x, h_prev, c_prev, W, U, b)``."""
        return f"{self.function}({', '.join(p.name for p in self.parameters)})"


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder under ``questions/``: its banks and its reference's functions, by name."""

    name: str
    title: str
    folder: str
    questions: tuple[CodeQuestion, ...]  # functions to write; the other kinds are in ``quiz``
    reference: Mapping[str, Callable[..., Any]] = field(repr=False)
    digest: str = ""  # of every file in the folder
    mistakes: tuple[Mistake, ...] = field(default=(), repr=False)  # the known ones
    quiz: tuple[QuizQuestion, ...] = ()
    beliefs: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # misconceptions that no code shows

    def says(self, misconception: str) -> str:
        """Return the sentence of a known mistake or belief; nothing where there is none of that id."""
        known = next((one.says for one in self.mistakes if one.id == misconception), "")
        return known or self.beliefs.get(misconception, "")


@dataclass(frozen=True, slots=True)
class Item:
    """A question of an assessment and what it is worth there."""

    question: CodeQuestion
    points: Fraction


class Hints(StrEnum):
    """How far students may open what a known mistake has to say; each rung includes those before it."""

    QUESTION = "question"  # the question that makes one think
    POINTER = "pointer"  # where to look
    CORRECTION = "correction"  # what the code does, and how to mend it


class Solutions(StrEnum):
    """To what of a quiz a student's page says what is right, and why."""

    ALWAYS = "always"
    ANSWERED = "answered"  # to what was answered and is marked
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A question of a quiz in an assessment, and what it is worth there."""

    question: QuizQuestion
    points: Fraction


@dataclass(frozen=True, slots=True)
class Assessment:
    """Which questions, how many points, from which seed, and what students may see."""

    id: str  # the file's stem: "homework"
    title: str
    seed: str
    items: tuple[Item, ...]  # functions to write; what is answered in other ways is in ``quiz``
    topics: tuple[Topic, ...]
    file: str = ""
    folder: str = ""  # where a templates/ folder of the course may lie
    introduction: str = ""
    show_hidden_titles: bool = True
    quiz: tuple[QuizItem, ...] = ()
    order: tuple[str, ...] = ()  # the ids of all questions, as students meet them
    hints: Hints = Hints.CORRECTION
    show_solutions: Solutions = Solutions.ANSWERED
    included: "tuple[Assessment, ...]" = ()  # sheets may have been made of them, too

    @property
    def max_score(self) -> Fraction:
        """The points of all questions together."""
        return sum((item.points for item in (*self.items, *self.quiz)), Fraction(0))

    @property
    def picked(self) -> "tuple[Item | QuizItem, ...]":
        """All questions, with what they are worth, as students meet them."""
        by_id = {item.question.id: item for item in (*self.items, *self.quiz)}
        order = dict.fromkeys((*self.order, *by_id))
        return tuple(by_id[name] for name in order if name in by_id)

    def topic_of(self, question: CodeQuestion | QuizQuestion) -> Topic:
        """Return the topic that a question comes from."""
        name = question.id.partition("/")[0]
        return next(topic for topic in self.topics if topic.name == name)
