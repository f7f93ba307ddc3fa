"""What the kinds share that ask for a formula: its entry's faults, and its key in a variant.

A right answer may name the question's own variables and what is drawn. What is drawn is put in its place, exactly,
so that the key of a variant is a formula in the variables alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.quizfaults import formula_faults, text_faults
from grader.kinds.variant import Variant
from grader.kinds.view import View
from grader.model.quiz import QuizQuestion
from grader.model.sheet import FormulaKey

__all__ = ["Ranges", "answer_faults", "build_ranges", "formula_key", "variable_faults"]

Ranges = Mapping[str, tuple[str, str]]  # of each variable, as formulas in what is drawn


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


def answer_faults(entry: View, known: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong with an entry's right formula and the telling wrong ones."""
    yield from formula_faults(entry.at("answer"), entry.get("answer"), known)
    for one in entry.views("wrong"):
        yield from formula_faults(one.at("answer"), one.get("answer"), known)
        yield from text_faults(one.at("feedback"), one.get("feedback"), known)


def build_ranges(question: View) -> Ranges:
    """Make the ranges of the variables of what nothing is wrong with."""
    return {str(path[-1]): (str(pair[0]), str(pair[1])) for path, pair in question.parts("variables")}


def formula_key(
    question: QuizQuestion,
    variant: Variant,
    answer: str,
    ranges: Ranges,
    wrong: Sequence[tuple[str, str, str]],
) -> FormulaKey:
    """Make the key of a variant; ``wrong`` are formulas, each with its feedback and misconception."""
    from grader.numerics.written import decimal

    drawn = tuple(sorted(_drawn(question, variant).items()))
    names = frozenset([*ranges, *(name for name, _ in drawn)])

    def end(text: str) -> str:
        return decimal(Fraction(variant.value(text)).limit_denominator(10**6))

    text, latex = _written(answer, names, drawn)
    return FormulaKey(
        formula=text,
        ranges={name: (end(low), end(high)) for name, (low, high) in ranges.items()},
        wrong=tuple((_written(one, names, drawn)[0], variant.fill(says), belief) for one, says, belief in wrong),
        latex=latex,
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
