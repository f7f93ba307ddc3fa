"""A key in words, as Markdown: what is right, how near a number must be, and what is marked by people."""

from fractions import Fraction

from grader.model.sheet import (
    ArrangeKey,
    Band,
    BlankKey,
    ChooseKey,
    FormKey,
    FormulaKey,
    NumberKey,
    PairKey,
    TextKey,
)
from grader.quiz.reading import listed
from grader.report.verdict import write_points

__all__ = ["answer_words", "band_words", "percent"]


def answer_words(key: FormKey) -> str:
    """Say what is right, in one line of Markdown; nothing where there is no key."""
    match key:
        case ChooseKey():
            return listed([f"**{letter}**" for letter in key.right]) or "none of them"
        case NumberKey():
            return f"**{key.shown}**"
        case FormulaKey():
            return f"${key.latex}$ (`{key.formula}`)" if key.latex else f"`{key.formula}`"
        case BlankKey():
            return _entry(key)
        case ArrangeKey():
            return ", ".join(f"**{letter}**" for letter in key.order)
        case PairKey():
            return ", ".join(f"{left} – **{right}**" for left, right in key.pairs.items())
        case TextKey():
            return key.model
        case tuple():
            return "; ".join(f"{number}: {_entry(one)}" for number, one in enumerate(key, start=1))
        case None:
            return ""


def band_words(band: Band, key: NumberKey) -> str:
    """Say from where to where a band goes, and how near to the right number its ends are."""
    if band.low == band.high:
        return f"exactly {band.low:.12g}"
    words = f"from {band.low:.12g} to {band.high:.12g}"
    if not band.low <= key.value <= band.high:
        return words
    gap = max(key.value - band.low, band.high - key.value)
    return f"{words} (at most {gap:.3g} from the right one)"


def percent(share: Fraction | int) -> str:
    """Write a share as percent."""
    return f"{write_points(Fraction(share) * 100)} %"


def _entry(key: BlankKey) -> str:
    if key.number is not None:
        return answer_words(key.number)
    if key.formula is not None:
        return answer_words(key.formula)
    return " or ".join(_literal(word) for word in key.words)


def _literal(word: str) -> str:
    """Set a text as it stands: as code, in a block where it has lines."""
    fence = "`" * (max((len(run) for run in word.split() if set(run) == {"`"}), default=0) + 1)
    if "\n" in word:
        return f"\n\n```text\n{word}\n```\n\n"
    return f"{fence} {word} {fence}" if "`" in word else f"`{word}`"
