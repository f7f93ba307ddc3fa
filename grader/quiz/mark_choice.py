"""Mark what was chosen, one option or any number of them."""

from fractions import Fraction
from typing import Any

from grader.model.outcome import Status
from grader.model.sheet import Choose, ChooseKey
from grader.quiz.marked import PartMark, invalid
from grader.quiz.reading import expected, is_empty, letters_in, listed, shown

__all__ = ["mark_choice"]

LONGEST_TEXT = 80


def mark_choice(form: Choose, key: ChooseKey, response: Any) -> PartMark:
    """Mark a choice. A letter that is given twice counts once."""
    wanted = f"{'A list' if form.several else 'One'} of the letters {expected(form.options)}"
    entries = [entry for entry in letters_in(response, form.options) if not is_empty(entry[0])]
    strange = [entry for entry, letter in entries if letter is None]
    if strange:
        return invalid("answer", wanted, shown(strange[0] if isinstance(response, list) else response))
    chosen = sorted({letter for _, letter in entries if letter})
    if len(chosen) > 1 and not form.several:
        return invalid("answer", wanted, listed(chosen))
    return _judged(form, key, chosen)


def _judged(form: Choose, key: ChooseKey, chosen: list[str]) -> PartMark:
    shares = {letter: key.shares.get(letter, Fraction(0)) for letter in chosen}
    earned = min(max(sum(shares.values(), Fraction(0)), Fraction(0)), Fraction(1))
    status = Status.PASSED if earned == 1 else Status.PARTIAL if earned else Status.FAILED
    told = [key.feedback[letter] for letter in chosen if letter in key.feedback]
    betrayed = [key.misconceptions[letter] for letter in chosen if letter in key.misconceptions]
    return PartMark(
        "answer",
        Fraction(1),
        earned,
        status,
        _several_words(key, chosen) if form.several else _one_words(form, chosen[0], earned),
        "\n\n".join(dict.fromkeys(told)),
        tuple(dict.fromkeys(betrayed)),
    )


def _one_words(form: Choose, letter: str, earned: Fraction) -> str:
    text = next(option.text for option in form.options if option.letter == letter)
    quoted = f" (“{text}”)" if len(text) <= LONGEST_TEXT and "\n" not in text else ""
    verdict = "which is right" if earned == 1 else "which is partly right" if earned else "which is not right"
    return f"You chose {letter}{quoted}, {verdict}."


def _several_words(key: ChooseKey, chosen: list[str]) -> str:
    right = [letter for letter in chosen if letter in key.right]
    wrong = [letter for letter in chosen if letter not in key.right]
    missing = len(key.right) - len(right)
    said = [f"{listed(letters)} {'are' if len(letters) > 1 else 'is'} {verdict}"
            for letters, verdict in ((right, "right"), (wrong, "not right")) if letters]  # fmt: skip
    if missing:
        said.append(f"{missing} right {'choices are' if missing > 1 else 'choice is'} missing")
    return f"You chose {listed(chosen)}: {', '.join(said[:-1])}{', and ' if len(said) > 1 else ''}{said[-1]}."
