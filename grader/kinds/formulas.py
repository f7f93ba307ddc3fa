"""What the kinds share that ask for a formula: its entry's faults, and its key in a variant.

A right answer may name the question's own variables and what is drawn. What is drawn is put in its place, exactly,
so that the key of a variant is a formula in the variables alone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.names import unknown
from grader.kinds.quizfaults import formula_faults, text_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Enter, FormulaKey

__all__ = [
    "AskedFormula", "Ranges", "answer_faults", "build_asked", "formula_fields", "formula_form", "formula_key",
    "variable_faults",
]  # fmt: skip

RULE = "A formula that is equal to the right one, in whatever form, earns all points, any other none."
Ranges = Mapping[str, tuple[str, str]]  # of each variable, as formulas in what is drawn


@dataclass(frozen=True, slots=True)
class AskedFormula:
    """The right formula, where its variables live, telling wrong ones, and what an answer may and may not name."""

    answer: str
    ranges: Ranges
    wrong: tuple[tuple[str, str, str], ...] = ()  # formula, feedback, misconception
    hint: str = ""
    aliases: tuple[tuple[str, str], ...] = ()  # another name, the variable's own
    without: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """How points are given, in one sentence."""
        if not self.without:
            return RULE
        return RULE.replace("in whatever form,", f"in whatever form without {' or '.join(self.without)},")


@cache
def formula_fields() -> Any:
    """Return the pydantic model of what may stand beside a formula, importing pydantic only now."""
    from typing import Annotated

    from pydantic import Field

    from grader.kinds.fields import Strict
    from grader.kinds.quizfields import Identifier

    others = Annotated[list[Identifier], Field(min_length=1, max_length=8)]

    class FormulaFields(Strict):
        aliases: dict[Identifier, others] = Field(  # pyright: ignore[reportInvalidTypeForm] (made at run time)
            default_factory=dict, description="Other names that students may use for a variable: {f: [f_t]}."
        )
        without: list[Identifier] = Field(
            default_factory=list,
            max_length=12,
            description="Functions that an answer may not use, such as [artanh].",
        )

    return FormulaFields


def variable_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong with the variables of an entry and their ranges; known is what is drawn."""
    for path, pair in entry.parts("variables"):
        if path[-1] in known:
            yield Fault(path, f"`{path[-1]}` is drawn already", "Give the variable another name", at_key=True)
        if not isinstance(pair, list) or len(pair) != 2:
            yield Fault(path, "a variable needs a range", "Write [lowest, highest]")
            continue
        for number, end in enumerate(pair):
            yield from formula_faults((*path, number), end, known)
        if all(type(end) in (int, float) for end in pair) and not pair[0] < pair[1]:
            yield Fault(path, f"the range from {pair[0]} to {pair[1]} is empty", "Write [lowest, highest]")


def answer_faults(entry: View, drawn: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong with an entry's right formula, telling wrong ones, other names, and what is forbidden."""
    known = {*drawn, *(str(path[-1]) for path, _ in entry.parts("variables"))}
    yield from formula_faults(entry.at("answer"), entry.get("answer"), known)
    yield from _alias_faults(entry, known)
    yield from _without_faults(entry, known)
    for one in entry.views("wrong"):
        yield from formula_faults(one.at("answer"), one.get("answer"), known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)


def _alias_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    from grader.numerics.functions import CONSTANTS, FUNCTIONS

    variables = [str(path[-1]) for path, _ in entry.parts("variables")]
    taken = {*known, *FUNCTIONS, *CONSTANTS}
    for path, aliases in entry.parts("aliases"):
        if path[-1] not in variables:
            yield unknown(path, str(path[-1]), variables, "variable of this question")
        for number, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            if alias in taken:
                words = f"`{alias}` has a meaning here already"
                yield Fault((*path, number), words, "Choose another name")
            taken.add(alias)


def _without_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    from grader.numerics.formula import FormulaError, functions_of, parse
    from grader.numerics.functions import FUNCTIONS, names_of_function

    for path, name in entry.texts("without"):
        if name not in FUNCTIONS:
            yield unknown(path, name, sorted(FUNCTIONS), "function of formulas")
            continue
        try:
            used = functions_of(parse(str(entry.get("answer")), known).tree)
        except FormulaError:
            continue
        if used & names_of_function(name):
            words = f"the right formula uses `{name}`, which is forbidden here"
            yield Fault(path, words, "Write the answer without it, or allow it")


def build_asked(entry: View) -> AskedFormula:
    """Make what is asked for of what nothing is wrong with."""
    return AskedFormula(
        answer=str(entry.get("answer")),
        ranges={str(path[-1]): (str(pair[0]), str(pair[1])) for path, pair in entry.parts("variables")},
        wrong=tuple(
            (str(one.get("answer")), one.text("feedback").strip(), one.text("misconception"))
            for one in entry.views("wrong")
        ),
        hint=entry.text("hint").strip(),
        aliases=tuple(
            (str(alias), str(path[-1])) for path, aliases in entry.parts("aliases") for alias in aliases
        ),
        without=tuple(name for _, name in entry.texts("without")),
    )


def formula_form(asked: AskedFormula) -> Enter:
    """Make the form: a formula, and what its writer is to know."""
    said = [asked.hint, f"in terms of {', '.join(asked.ranges)}"]
    said += [f"without {' or '.join(asked.without)}"] if asked.without else []
    hint = ", ".join(part for part in said if part)
    return Enter("formula", hint=hint, variables=tuple(asked.ranges), without=asked.without)


def formula_key(question: QuizQuestion, variant: Variant, asked: AskedFormula) -> FormulaKey:
    """Make the key of a variant."""
    from grader.numerics.written import decimal

    drawn = tuple(sorted(_drawn(question, variant).items()))
    names = frozenset([*asked.ranges, *(name for name, _ in drawn)])

    def end(text: str) -> str:
        return decimal(Fraction(variant.value(text)).limit_denominator(10**6))

    text, latex = _written(asked.answer, names, drawn)
    return FormulaKey(
        formula=text,
        ranges={name: (end(low), end(high)) for name, (low, high) in asked.ranges.items()},
        wrong=tuple(
            (_written(one, names, drawn)[0], variant.fill(says), belief) for one, says, belief in asked.wrong
        ),
        latex=latex,
        aliases=MappingProxyType(dict(asked.aliases)),
        without=asked.without,
    )


@lru_cache(maxsize=4096)
def _written(text: str, names: frozenset[str], drawn: tuple[tuple[str, Any], ...]) -> tuple[str, str]:
    """Return a formula with what is drawn in its place, as text and as LaTeX."""
    from grader.numerics.formula import parse
    from grader.numerics.written import substitute, to_latex, to_text

    formula = substitute(parse(text, names), dict(drawn))
    return to_text(formula), to_latex(formula)


def _drawn(question: QuizQuestion, variant: Variant) -> dict[str, Any]:
    """Return the tree of everything that is drawn or derived; a derived value as the formula that it is."""
    from grader.numerics.formula import parse
    from grader.numerics.written import as_tree, substitute

    trees = {name: as_tree(value) for name, value in variant.values.items() if isinstance(value, Fraction)}
    for name, text in question.derived.items():
        trees[name] = substitute(parse(text, trees), trees).tree
    return trees
