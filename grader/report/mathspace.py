"""The small spaces of a formula in MathML, as TeX would set them: signs, fractions in a line, names of functions.

Knows nothing of LaTeX or Markdown: it works on the tree that a formula has become.
"""

import html
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

__all__ = ["set_well", "steps"]

_FACTORS = {"mn", "mi", "msub", "msup", "mfrac"}
_ROWS = {"math", "mrow", "mstyle", "mtd", "msqrt"}
LONG = 24  # signs of a formula in a line of text that may be cut
_OPENING, _RELATIONS = set("([{\u27e8"), set("=<>\u2248\u2264\u2265\u2260")
_SIGNS, _BARS, _CLOSING = set("+-\u2212\u00b1\u2213"), set("|\u2223\u2225"), set(")]}!'\u27e9\u2032")


def set_well(formula: Element) -> None:
    """Set the spaces of a formula."""
    for part in [*formula.iter()]:
        _mark_signs(part)
        _set_apart(part)


def _mark_signs(row: Element) -> None:
    """Say of a plus or minus after an operator that it is a sign: a browser sets it off as if it subtracted."""
    before, bars = "", 0
    for part in row:
        text = html.unescape(part.text or "") if part.tag == "mo" else ""
        follows = (before and before not in _CLOSING and before not in _BARS) or (before in _BARS and bars % 2)
        if text in _SIGNS and follows:
            part.set("form", "prefix")
        if text == "/":
            part.attrib |= {"lspace": "0", "rspace": "0"}
        bars += text in _BARS
        before = text


def _set_apart(row: Element) -> None:
    """Put a little space around the name of a function, as in 2 tanh x."""
    if row.tag not in _ROWS:
        return
    for place in range(len(row) - 1, 0, -1):
        before, part = row[place - 1], row[place]
        follows = before.tag in _FACTORS or html.unescape(before.text or "") == ")"
        if (_is_function(part) and follows) or (_is_function(before) and part.tag in _FACTORS):
            row.insert(place, Element("mspace", {"width": "0.17em"}))


def _is_function(part: Element) -> bool:
    name = part[0] if part.tag in ("msup", "msub") else part
    return name.tag == "mi" and len(name.text or "") > 1 and (name.text or "").isalpha()


def steps(formula: Element) -> list[Element]:
    """Cut a long formula before each =, so that its line can break there: a browser breaks none by itself."""
    row = formula[0] if len(formula) == 1 else formula
    starts, depth = [0], 0
    for place, part in enumerate(row):
        text = html.unescape(part.text or "") if part.tag == "mo" else ""
        depth += (text in _OPENING) - (text in _CLOSING)
        if text in _RELATIONS and depth == 0 and place:
            starts.append(place)
    if len(html.unescape("".join(formula.itertext()))) < LONG or len(starts) == 1:
        return [formula]
    made: list[Element] = []
    for start, end in pairwise([*starts, len(row)]):
        step = Element(formula.tag, formula.attrib)
        inner = SubElement(step, "mrow")
        inner.extend(row[start:end])
        made.append(step)
    return made
