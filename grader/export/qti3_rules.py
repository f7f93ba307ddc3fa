"""How a QTI 3.0 item is marked: a response's declaration, its score's, and the rules from one to the other.

What players were seen to ignore is not relied on: a mapping names every choice, also those that its default value
would serve; a number is held between two bounds, not against a tolerance; what was not answered is not compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from xml.etree.ElementTree import Element

from grader.export.archive import add
from grader.export.parts import points_text
from grader.export.stand_in import spellings
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    BlankKey,
    Choose,
    ChooseKey,
    Enter,
    Form,
    FormKey,
    HandIn,
    NumberKey,
    Pair,
    PairKey,
)

__all__ = ["Field", "declare", "give_feedback", "rules"]


@dataclass(frozen=True, slots=True)
class Field:
    """Something to be answered, and what it is worth; ``whole`` is the form that it is part of."""

    number: int
    whole: Form
    form: Form
    key: FormKey
    points: Fraction

    @property
    def response(self) -> str:
        """The name of its response."""
        return f"RESPONSE{self.number}"

    @property
    def score(self) -> str:
        """The name of its score."""
        return f"SCORE{self.number}"

    @property
    def feedback(self) -> str:
        """The name of the outcome that says which feedback is shown."""
        return f"FEEDBACK{self.number}"

    @property
    def is_for_people(self) -> bool:
        """Whether people mark it."""
        if isinstance(self.key, BlankKey):
            return not self.key.words or (isinstance(self.form, Enter) and self.form.lines > 1)
        return not isinstance(self.key, ChooseKey | NumberKey | ArrangeKey | PairKey)


def declare(root: Element, fields: Sequence[Field], points: Fraction) -> None:
    """Declare the responses and the outcomes."""
    for field in fields:
        _response(root, field)
    _outcome(root, "SCORE", points)
    maximum = _outcome(root, "MAXSCORE", points)
    _value(add(maximum, "qti-default-value"), points_text(points))
    for place in range(1, 1 + max((_places(field) for field in fields), default=0)):
        outcome = add(root, "qti-outcome-declaration", identifier=f"PLACE{place}", cardinality="single")
        outcome.set("base-type", "integer")
        _value(add(outcome, "qti-default-value"), str(place))
    for field in fields:
        score = _outcome(root, field.score, field.points)
        if field.is_for_people:
            score.set("external-scored", "human")
        if any(True for _ in give_feedback(field)):
            cardinality = "multiple" if isinstance(field.form, Choose) and field.form.several else "single"
            outcome = add(root, "qti-outcome-declaration", identifier=field.feedback, cardinality=cardinality)
            outcome.set("base-type", "identifier")
            if cardinality == "multiple":  # players were seen to stumble over none
                _value(add(outcome, "qti-default-value"), "none")


def _places(field: Field) -> int:
    """Return how many places of an order are looked at; players were seen to know them by variables only."""
    return len(field.key.order) if isinstance(field.key, ArrangeKey) and field.key.by_pairs else 0


def _outcome(root: Element, name: str, most: Fraction) -> Element:
    made = add(root, "qti-outcome-declaration", identifier=name, cardinality="single", base_type="float")
    if name != "MAXSCORE":
        made.set("normal-maximum", points_text(most))
        _value(add(made, "qti-default-value"), "0")
    return made


def _response(root: Element, field: Field) -> None:
    form, key = field.form, field.key
    several = (isinstance(form, Choose) and form.several) or isinstance(form, Pair)
    cardinality = "ordered" if isinstance(form, Arrange) else "multiple" if several else "single"
    made = add(root, "qti-response-declaration", identifier=field.response, cardinality=cardinality)
    made.set("base-type", _base_type(form, key))
    right = _right(key)
    if right and not field.is_for_people:
        correct = add(made, "qti-correct-response")
        for value in right:
            _value(correct, value)
    match key:
        case ChooseKey():
            entries = [(letter, share) for letter, share in key.shares.items()]
            _mapping(made, field.points, entries)
        case PairKey() if isinstance(form, Pair):
            share = Fraction(1, len(form.left))
            _mapping(
                made,
                field.points,
                [
                    (f"L{left.letter} R{right.letter}", share * (key.pairs[left.letter] == right.letter))
                    for left in form.left
                    for right in form.right
                ],
            )
        case _:
            pass


def _base_type(form: Form, key: FormKey) -> str:
    match form, key:
        case ((Choose() | Arrange()), _):
            return "identifier"
        case Pair(), _:
            return "directedPair"
        case HandIn(), _:
            return "file"
        case _, NumberKey():
            return "float"
        case _:
            return "string"


def _right(key: FormKey) -> list[str]:
    match key:
        case ChooseKey():
            return list(key.right)
        case ArrangeKey():
            return list(key.order)
        case PairKey():
            return [f"L{left} R{right}" for left, right in key.pairs.items()]
        case NumberKey():
            return [repr(key.value)]
        case BlankKey():
            return list(key.words[:1])
        case _:
            return []


def _mapping(declaration: Element, points: Fraction, entries: Sequence[tuple[str, Fraction]]) -> None:
    mapping = add(declaration, "qti-mapping", default_value="0", lower_bound="0", upper_bound=points_text(points))
    for name, share in entries:
        add(mapping, "qti-map-entry", map_key=name, mapped_value=points_text(share * points))


def _value(parent: Element, text: str) -> None:
    add(parent, "qti-value", text)


def give_feedback(field: Field) -> Iterator[tuple[str, str]]:
    """Go through the feedback of a field: its name, and the text."""
    match field.key:
        case ChooseKey():
            yield from field.key.feedback.items()
        case NumberKey():
            yield from ((f"band{n}", band.feedback) for n, band in enumerate(field.key.bands) if band.feedback)
        case BlankKey() if not field.is_for_people:
            yield from ((f"word{n}", said) for n, (_, said, _) in enumerate(field.key.wrong) if said)
        case _:
            return


def rules(processing: Element, field: Field) -> None:
    """Write the rules that mark a field; none where people do."""
    key = field.key
    match key:
        case _ if field.is_for_people:
            return
        case ChooseKey() | PairKey():
            add(_set(processing, field.score), "qti-map-response", identifier=field.response)
            if isinstance(key, ChooseKey) and key.feedback:
                branch = add(add(processing, "qti-response-condition"), "qti-response-if")
                add(add(add(branch, "qti-not"), "qti-is-null"), "qti-variable", identifier=field.response)
                add(_set(branch, field.feedback), "qti-variable", identifier=field.response)
        case NumberKey():
            _bands(processing, field, key)
        case BlankKey():
            _words(processing, field, key)
        case ArrangeKey():
            _order(processing, field, key)
        case _:
            return


def _bands(processing: Element, field: Field, key: NumberKey) -> None:
    condition = _unless_empty(processing, field)
    for number, band in enumerate(key.bands):
        branch = add(condition, "qti-response-else-if")
        both = add(branch, "qti-and")
        for tag, bound in (("qti-gte", band.low), ("qti-lte", band.high)):
            test = add(both, tag)
            add(test, "qti-variable", identifier=field.response)
            _base(test, "float", repr(bound))
        _base(_set(branch, field.score), "float", points_text(band.share * field.points))
        if band.feedback:
            _base(_set(branch, field.feedback), "identifier", f"band{number}")


def _unless_empty(processing: Element, field: Field) -> Element:
    """Return a condition whose next branches are for answers that are there."""
    condition = add(processing, "qti-response-condition")
    empty = add(condition, "qti-response-if")
    add(add(empty, "qti-is-null"), "qti-variable", identifier=field.response)
    _base(_set(empty, field.score), "float", "0")
    return condition


def _words(processing: Element, field: Field, key: BlankKey) -> None:
    condition = _unless_empty(processing, field)
    right = add(condition, "qti-response-else-if")
    _is_one_of(right, field.response, spellings(key.words))
    _base(_set(right, field.score), "float", points_text(field.points))
    for number, (word, feedback, _) in enumerate(key.wrong):
        if feedback:
            branch = add(condition, "qti-response-else-if")
            _is_one_of(branch, field.response, (word,))
            _base(_set(branch, field.feedback), "identifier", f"word{number}")


def _is_one_of(branch: Element, response: str, words: Sequence[str]) -> None:
    either = add(branch, "qti-or") if len(words) > 1 else branch
    for word in words:
        test = add(either, "qti-string-match", case_sensitive="false")
        add(test, "qti-variable", identifier=response)
        _base(test, "string", word)


def _order(processing: Element, field: Field, key: ArrangeKey) -> None:
    if not key.by_pairs:
        branch = add(add(processing, "qti-response-condition"), "qti-response-if")
        test = add(branch, "qti-match")
        add(test, "qti-variable", identifier=field.response)
        add(test, "qti-correct", identifier=field.response)
        _base(_set(branch, field.score), "float", points_text(field.points))
        return
    count = len(key.order) - 1
    for place in range(1, count + 1):
        branch = add(add(processing, "qti-response-condition"), "qti-response-if")
        either = add(branch, "qti-or") if count > 1 else branch
        for pair in pairwise(key.order):
            both = add(either, "qti-and")
            for n, letter in enumerate(pair):
                test = add(both, "qti-match")
                add(add(test, "qti-index", n=f"PLACE{place + n}"), "qti-variable", identifier=field.response)
                _base(test, "identifier", letter)
        total = add(_set(branch, field.score), "qti-sum")
        add(total, "qti-variable", identifier=field.score)
        _base(total, "float", points_text(field.points / count))


def _set(parent: Element, outcome: str) -> Element:
    return add(parent, "qti-set-outcome-value", identifier=outcome)


def _base(parent: Element, kind: str, text: str) -> None:
    add(parent, "qti-base-value", text, base_type=kind)
