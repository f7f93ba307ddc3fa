"""Numbers as authors write them: shares and points that stay exact, and entries of a shape.

Raises ValueError with what the value must be; whoever reads the file adds the value and the place.
"""

import math
import re
from fractions import Fraction
from typing import Any

__all__ = ["DIMENSION", "RATIO", "check_dimension", "exact", "factor_and_name"]

DIMENSION = r"^([1-9][0-9]{0,3})?[A-Za-z_][A-Za-z0-9_]*$"
RATIO = r"^[0-9]{1,9}/[1-9][0-9]{0,8}$"
MOST_ALONG_AN_AXIS = 1_000_000


def exact(value: Any) -> Fraction:
    """Read a number of points or percent as it is written: 0.1 is a tenth, and 100/3 a third of a hundred."""
    if isinstance(value, str) and re.fullmatch(RATIO, value):
        return Fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("it must be a number such as 12.5, or a fraction like 100/3")  # noqa: TRY004 (pydantic collects ValueErrors)
    if not math.isfinite(value):
        raise ValueError("it must be a finite number")
    return Fraction(str(value))


def check_dimension(value: Any) -> str | int:
    """Accept an entry of a shape: ``"N"``, ``"4H"`` or 3."""
    if type(value) is int and 0 <= value <= MOST_ALONG_AN_AXIS:
        return value
    if isinstance(value, str) and re.fullmatch(DIMENSION, value):
        return value
    raise ValueError("it must be a size's name (`N`), a multiple of one (`4H`) or a whole number")


def factor_and_name(entry: str | int) -> tuple[int, str]:
    """Split an entry of a shape into its factor and its size's name: ``"4H"`` is (4, "H"), 3 is (3, "")."""
    if isinstance(entry, int):
        return entry, ""
    digits = len(entry) - len(entry.lstrip("0123456789"))
    return int(entry[:digits] or 1), entry[digits:]
