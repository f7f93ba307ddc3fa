"""Mark words and lines of text against those that count as right, and take texts in that people mark."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import BlankKey, Blanks
from grader.quiz.judged import Judged
from grader.quiz.mark_formula import mark_formula
from grader.quiz.mark_number import mark_number
from grader.quiz.marked import PartMark, from_judged, invalid
from grader.quiz.reading import blank_entries, by_name, is_empty, normal, plain_text, shown

__all__ = ["mark_blank", "mark_blanks", "receive_text"]

LONGEST_WORD = 2_000  # characters of what is compared
LONGEST_TEXT = 20_000  # characters of what people read
DEEPEST = 4


def mark_blanks(form: Blanks, keys: tuple[BlankKey, ...], response: Any) -> list[PartMark]:
    """Mark blanks one by one. They come as a list, as a mapping by number, or, where there is one, by itself."""
    names = [str(number + 1) for number in range(len(form.fields))]
    strange: list[Any] = []
    if isinstance(response, Mapping):
        given, strange = by_name(response, names)
    else:
        entries = blank_entries(response, len(names))
        if entries is None or any(not is_empty(entry) for entry in entries[len(names) :]):
            wanted = f"A list of {len(names)} entries" if len(names) > 1 else "One entry"
            return [invalid("answer", wanted, shown(response))]
        given = dict(zip(names, entries, strict=False))
    parts = [
        from_judged(f"blank {name}", key.share, mark_blank(key, given.get(name)))
        for name, key in zip(names, keys, strict=True)
    ]
    if strange:
        words = f"There is no blank {shown(strange[0])}, or it is there twice; it was left out."
        parts.append(PartMark("rest", Fraction(0), Fraction(0), Status.INVALID, words))
    return parts


def mark_blank(key: BlankKey, response: Any, *, is_printed: bool = False) -> Judged:
    """Mark one entry: a number, a formula, or words; of what is printed, a list is read as text."""
    if is_empty(response):
        return Judged(Fraction(0), Status.UNANSWERED, "Nothing was entered.")
    if key.number is not None:
        return mark_number(key.number, response)
    if key.formula is not None:
        return mark_formula(key.formula, response)
    text = _text(response, DEEPEST if is_printed else 0)
    if text is None or len(text) > LONGEST_WORD:
        what = "What is printed" if is_printed else "A word"
        came = shown(response) if text is None else f"a text of {len(text)} characters"
        return Judged(Fraction(0), Status.INVALID, f"{what} was expected, and {came} came.")
    wanted = normal(text, key.ignore)
    if any(wanted == normal(word, key.ignore) for word in key.words):
        return Judged(Fraction(1), Status.PASSED, f"You wrote {shown(text)}, which is right.")
    for word, feedback, misconception in key.wrong:
        if wanted == normal(word, key.ignore):
            words = f"You wrote {shown(text)}, which is not right."
            return Judged(Fraction(0), Status.FAILED, words, feedback, misconception)
    return Judged(Fraction(0), Status.FAILED, f"You wrote {shown(text)}, which is not right.")


def receive_text(response: Any) -> Judged:
    """Take in a text; people mark it."""
    if is_empty(response):
        return Judged(Fraction(0), Status.UNANSWERED, "Nothing was written.")
    text = _text(response, 0)
    if text is None or len(text) > LONGEST_TEXT:
        came = shown(response) if text is None else f"one of {len(text)}"
        words = f"A text of at most {LONGEST_TEXT} characters was expected, and {came} came."
        return Judged(Fraction(0), Status.INVALID, words)
    text = plain_text(text)
    count = len(text.split())
    words = f"Your text has {count} word{'s' * (count != 1)}; a person marks it."
    return Judged(Fraction(0), Status.NEEDS_REVIEW, words, text=text)


def _text(response: Any, depth: int) -> str | None:
    """Return a plain value as text. YAML reads ``[1, 2]`` as a list; so deep, it is written back as one."""
    match response:
        case str():
            return response
        case bool():
            return str(response)
        case int() if abs(response) < 10**300:
            return str(response)
        case float():
            return repr(response)
        case list() if depth and len(response) <= LONGEST_WORD:
            parts = [_text(part, depth - 1) for part in response]
            return None if None in parts else f"[{', '.join(part for part in parts if part is not None)}]"
        case _:
            return None
