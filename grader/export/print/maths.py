"""LaTeX as Typst writes formulas. Only authors write formulas; no student's text ever gets here."""

import re
from functools import lru_cache

__all__ = ["typst_maths"]

RENAMED = {
    "dot.circle": "dot.o",
    "lvert": "bar.v",
    "rvert": "bar.v",
    "lVert": "bar.v.double",
    "rVert": "bar.v.double",
}
PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[A-Za-z]+(?:\.[A-Za-z]+)*|[\[\](){}]|.', re.DOTALL)
CLOSES = {")": "(", "]": "[", "}": "{"}


@lru_cache(maxsize=8192)
def typst_maths(latex: str) -> str:
    """Return a formula for Typst; nothing where it cannot be read as one."""
    from tex2typst import tex2typst

    if '"' in latex:  # it would end a text within the formula
        return ""
    try:
        made = tex2typst(latex)
    except (ValueError, RuntimeError, TypeError):
        return ""
    pieces: list[str] = [RENAMED.get(found[0], found[0]) for found in PIECE.finditer(made)]
    for place in _alone(pieces):  # half of a pair of brackets is a sign like any other, but not to Typst
        pieces[place] = f"\\{pieces[place]}"
    for start, end in _bars(pieces):  # Typst sets |x| apart, as it does the bar of a | b
        pieces[start], pieces[end] = "lr(|", "|)"
        for inner in (start + 1, end - 1):
            pieces[inner] = pieces[inner].strip(" ")
    return "".join(pieces)


def _bars(pieces: list[str]) -> list[tuple[int, int]]:
    """Return where a size begins and ends: two bars within the same brackets, and a text between that is one."""
    found: list[tuple[int, int]] = []
    bars: list[list[int]] = [[]]
    for place, piece in enumerate([*pieces, ""]):
        if piece in CLOSES.values():
            bars.append([])
        elif piece in CLOSES or place == len(pieces):
            inside = bars.pop() if len(bars) > 1 or place == len(pieces) else []
            pairs = [*zip(inside[::2], inside[1::2], strict=False)]
            are_sizes = len(inside) % 2 == 0 and all(
                "".join(pieces[start + 1 : end]).strip() and "," not in pieces[start:end] for start, end in pairs
            )
            found += pairs if are_sizes else []
        elif piece == "|" and pieces[max(place - 2, 0) : place] != ["lr", "("]:  # \left| is set well already
            bars[-1].append(place)
    return found


def _alone(pieces: list[str]) -> list[int]:
    """Return where brackets stand that have no partner."""
    waiting: list[int] = []
    alone: list[int] = []
    for place, piece in enumerate(pieces):
        if piece in CLOSES.values():
            waiting.append(place)
        elif piece in CLOSES:
            if (waiting and pieces[waiting[-1]] == CLOSES[piece]) or (waiting and piece != "}"):
                waiting.pop()
            else:
                alone.append(place)
    return alone + waiting
