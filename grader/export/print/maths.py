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
    return "".join(pieces)


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
