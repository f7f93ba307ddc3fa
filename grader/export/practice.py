"""What a page needs to mark by itself: keys as JSON, and what is said about answers as HTML beside it.

Numbers go over as exact quotients ("1/3"), since the page holds what is typed against the very ends of a band.
A formula goes over as its values at fixed points of its variables, worked out here with proven bounds: the page
evaluates what is typed there and compares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from grader.export.answer import answer_words
from grader.model.sheet import (
    ArrangeKey,
    BlankKey,
    ChooseKey,
    FormKey,
    FormulaKey,
    Key,
    NumberKey,
    PairKey,
    TextKey,
)
from grader.numerics.draws import Stream
from grader.numerics.formula import ball, nearest, parse
from grader.numerics.functions import names_of_function
from grader.report.markdown import markdown_html

__all__ = ["Practice", "practice_of"]

POINTS = 40
STEPS = 10_007  # a prime: no point lies on a number that is special
_POINTS_KEY = b"grader.export.practice"


@dataclass(slots=True)
class Practice:
    """A question's key as the page has it. ``says`` are texts that the JSON names by their place."""

    marks: dict[str, Any]
    answer: Markup
    solution: Markup
    rule: Markup
    says: list[Markup] = field(default_factory=list[Markup])

    def saying(self, text: str) -> int:
        """Keep a text, and return its place; -1 for none."""
        if not text:
            return -1
        self.says.append(markdown_html(text, top=4))
        return len(self.says) - 1


def practice_of(key: Key, *, with_rule: bool = True) -> Practice:
    """Lay out a key for the page that marks by itself; its rule, where the question does not show it already."""
    answer = "\n\n".join(words for one in key.forms if (words := answer_words(one)))
    made = Practice(
        {},
        markdown_html(answer, top=4),
        markdown_html(key.solution, top=4),
        markdown_html(key.rule if with_rule else ""),
    )
    forms = [_form(one, made.saying) for one in key.forms]
    made.marks = {"forms": forms, "shares": [float(share) for share in key.shares]}
    return made


def _form(key: FormKey, say: Callable[[str], int]) -> Mapping[str, Any] | None:
    match key:
        case ChooseKey():
            shares = {letter: float(share) for letter, share in key.shares.items()}
            return {
                "way": "choose",
                "shares": shares,
                "says": {one: say(text) for one, text in key.feedback.items()},
            }
        case NumberKey():
            return _number(key, say)
        case FormulaKey():
            return _formula(key, say)
        case BlankKey():
            return _blank(key, say)
        case ArrangeKey():
            wrong = [["".join(order), say(text)] for order, text, _ in key.wrong]
            return {"way": "arrange", "order": list(key.order), "byPairs": key.by_pairs, "wrong": wrong}
        case PairKey():
            pairs = [[left, right, say(text)] for left, right, text, _ in key.wrong]
            return {"way": "pair", "pairs": dict(key.pairs), "wrong": pairs}
        case TextKey():
            return {"way": "text", "rubric": [[float(one.share), say(one.says)] for one in key.rubric]}
        case tuple():
            return {"way": "blanks", "blanks": [_blank(one, say) for one in key]}
        case None:
            return None


def _number(key: NumberKey, say: Callable[[str], int]) -> Mapping[str, Any]:
    bands = [
        {
            "low": str(Fraction(band.low)),
            "high": str(Fraction(band.high)),
            "share": float(band.share),
            "says": say(band.feedback),
        }
        for band in key.bands
    ]
    return {"way": "number", "units": key.units, "bands": bands}


def _blank(key: BlankKey, say: Callable[[str], int]) -> Mapping[str, Any]:
    share = {"share": float(key.share)}
    if key.number is not None:
        return {**_number(key.number, say), **share}
    if key.formula is not None:
        return {**_formula(key.formula, say), **share}
    wrong = [[word, say(text)] for word, text, _ in key.wrong]
    return {"way": "word", "words": list(key.words), "wrong": wrong, "ignore": list(key.ignore), **share}


def _formula(key: FormulaKey, say: Callable[[str], int]) -> Mapping[str, Any]:
    points = _points({name: (Fraction(low), Fraction(high)) for name, (low, high) in key.ranges.items()})
    return {
        "way": "formula",
        "names": list(key.ranges),
        "aliases": dict(key.aliases),
        "without": sorted(name for one in key.without for name in names_of_function(one)),
        "points": [[float(at) for at in point.values()] for point in points],
        "right": _values(key.formula, points),
        "wrong": [[_values(formula, points), say(text)] for formula, text, _ in key.wrong],
    }


def _points(ranges: Mapping[str, tuple[Fraction, Fraction]]) -> list[dict[str, Fraction]]:
    """Draw points inside the ranges, every fourth close to an end, as exact binary numbers that a page has too."""
    stream = Stream(_POINTS_KEY)
    points: list[dict[str, Fraction]] = []
    for number in range(POINTS if ranges else 1):
        point: dict[str, Fraction] = {}
        for name, (low, high) in ranges.items():
            step = 1 + stream.below(STEPS - 1)
            if number % 4 == 1:
                step = 1 if 2 * step < STEPS else STEPS - 1
            point[name] = Fraction(float(low + (high - low) * step / STEPS))
        points.append(point)
    return points


def _values(text: str, points: list[dict[str, Fraction]]) -> list[float | None]:
    """Return a formula's value at each point; None where it has none."""
    formula = parse(text, points[0])
    values = [nearest(formula.value({name: ball(at) for name, at in point.items()})) for point in points]
    return [value if value - value == 0 else None for value in values]
