"""Mark an order, and pairs.

An order comes as a list of letters, as a text such as ``B, A, C``, or as a mapping of places to letters or of
letters to places. Pairs come as a mapping of what stands on the left to letters, or as a list in its order.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import Arrange, ArrangeKey, Pair, PairKey
from grader.quiz.marked import PartMark, invalid
from grader.quiz.reading import by_name, expected, is_empty, letter_in, letters_in, listed, pair_entries, shown

__all__ = ["mark_order", "mark_pairs"]


def mark_order(form: Arrange, key: ArrangeKey, response: Any) -> PartMark:
    """Mark an order; one that is not finished is marked as it stands."""
    count = len(form.options)
    wanted = f"Each of the letters {expected(form.options)} once, in order,"
    placed = _places(form, response) if isinstance(response, Mapping) else _line(form, response)
    if isinstance(placed, str):
        return invalid("answer", wanted, placed)
    letters = [letter for letter in placed if letter]
    twice = sorted({letter for letter in letters if letters.count(letter) > 1})
    if twice:
        return invalid("answer", wanted, f"{listed(twice)} more than once")
    line = tuple(placed[:count])
    if line == key.order:
        return _order_mark(Fraction(1), f"Your order {', '.join(letters)} is right.")
    neighbours = set(pairwise(key.order))
    hits = sum(pair in neighbours for pair in pairwise(line))
    words = f"Your order {', '.join(letter or '?' for letter in line)} {_as_far_as(line, key.order)}"
    missing = sorted({option.letter for option in form.options} - set(letters))
    words += f"; {listed(missing)} {'are' if len(missing) > 1 else 'is'} missing." if missing else "."
    told = next((wrong for wrong in key.wrong if wrong[0] == line), None)
    if not key.by_pairs:
        return _order_mark(Fraction(0), words, told)
    words += f" {hits} of {count - 1} times, a line stands directly after the one that it should follow."
    return _order_mark(Fraction(hits, count - 1), words, told)


def _order_mark(earned: Fraction, words: str, told: tuple[tuple[str, ...], str, str] | None = None) -> PartMark:
    status = Status.PASSED if earned == 1 else Status.PARTIAL if earned else Status.FAILED
    _, feedback, misconception = told or ((), "", "")
    return PartMark(
        "answer", Fraction(1), earned, status, words, feedback, (misconception,) if misconception else ()
    )


def _as_far_as(line: Sequence[str | None], order: Sequence[str]) -> str:
    """Say up to where a wrong order is right."""
    first = next(at for at, (own, right) in enumerate(zip((*line, None), order, strict=False)) if own != right)
    if first == 0:
        return "is not right: another line comes first"
    return f"is right for its first {f'{first} lines' if first > 1 else 'line'} only"


def _line(form: Arrange, response: Any) -> list[str | None] | str:
    """Read a list of letters, empty places included; or say what came instead."""
    entries = letters_in(response, form.options)
    while entries and is_empty(entries[-1][0]):
        entries.pop()
    for entry, letter in entries:
        if letter is None and not is_empty(entry):
            return shown(entry if isinstance(response, list) else response)
    return [letter for _, letter in entries]


def _places(form: Arrange, response: Mapping[Any, Any]) -> list[str | None] | str:
    """Read a mapping of places to letters or of letters to places; or say what came instead."""
    places = [str(number + 1) for number in range(len(form.options))]
    by_place, strange = by_name(response, places)
    if not by_place:
        by_letter, strange = by_name(response, [option.letter for option in form.options])
        by_place = {}
        for letter, place in by_letter.items():
            found = next(iter(by_name({place: 0}, places)[0]), None) if isinstance(place, str | int) else None
            if found in by_place:
                return f"the place {found} more than once"
            if found is None and not is_empty(place):
                return f"the place {shown(place)}"
            by_place |= {found: letter} if found else {}
    if strange:
        return shown(strange[0])
    line: list[str | None] = []
    for place in places:
        letter = letter_in(by_place.get(place), form.options)
        if letter is None and not is_empty(by_place.get(place)):
            return shown(by_place[place])
        line.append(letter)
    return line


def mark_pairs(form: Pair, key: PairKey, response: Any) -> list[PartMark]:
    """Mark pairs one by one; those that are missing earn nothing, those that cannot be are told."""
    names = [option.letter for option in form.left]
    if isinstance(response, Mapping):
        given, strange = by_name(response, names)
    else:
        entries = pair_entries(response, form.right)
        given, strange = dict(zip(names, entries, strict=False)), list(entries[len(names) :])
        if any(not is_empty(entry) for entry in strange):
            wanted = f"One letter for each of {expected(form.left)}"
            return [invalid("answer", wanted, f"a list of {len(entries)}")]
        strange = []
    parts = [_pair_mark(form, key, name, given.get(name)) for name in names]
    if strange:
        words = f"{shown(strange[0])} is not one of {expected(form.left)}, or is there twice; it was left out."
        parts.append(PartMark("rest", Fraction(0), Fraction(0), Status.INVALID, words))
    return parts


def _pair_mark(form: Pair, key: PairKey, name: str, response: Any) -> PartMark:
    share = Fraction(1, len(form.left))
    letter = letter_in(response, form.right)
    if is_empty(response):
        return PartMark(name, share, Fraction(0), Status.UNANSWERED, f"Nothing was given to {name}.")
    if letter is None:
        words = f"For {name}, one of the letters {expected(form.right)} was expected, and {shown(response)} came."
        return PartMark(name, share, Fraction(0), Status.INVALID, words)
    if letter == key.pairs.get(name):
        return PartMark(name, share, share, Status.PASSED, f"You gave {letter} to {name}, which is right.")
    told = [wrong for wrong in key.wrong if wrong[:2] == (name, letter)]
    return PartMark(
        name,
        share,
        Fraction(0),
        Status.FAILED,
        f"You gave {letter} to {name}, which is not right.",
        "\n\n".join(feedback for _, _, feedback, _ in told if feedback),
        tuple(misconception for *_, misconception in told if misconception),
    )
