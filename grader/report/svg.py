"""What hand-written SVG needs: an axis, coordinates with fixed digits, a frame with title and description.

A drawing must be the same bytes for the same numbers, and its colours come from the page's style sheet.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.report.safe import clip, one_line

__all__ = ["Axis", "at", "drawing", "number", "power"]

LONGEST = 300  # characters of a title


@dataclass(frozen=True, slots=True)
class Axis:
    """From numbers to coordinates. Halves are taken, so that a range of the largest floats does not overflow."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the coordinate of a number."""
        low = self.low / 2
        return self.start + (value / 2 - low) / (self.high / 2 - low) * (self.end - self.start)

    def ticks(self, about: int) -> list[float]:
        """Return round numbers within the range, about as many as asked for."""
        rough = (self.high / 2 - self.low / 2) / about * 2
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next((unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough), math.inf)
        if not math.isfinite(step):
            return [self.low, self.high]
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [count * step for count in range(first, last + 1)]


def at(value: float) -> str:
    """Write a coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def number(value: float, digits: int = 4) -> str:
    """Write a number for people: few digits, a true minus sign, no ``+`` and no zeros in the exponent."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return "0" if text == "-0" else text.replace("-", "\u2212")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(exponent: int) -> str:
    """Write a power of ten as the label of a logarithmic axis."""
    return "1" if exponent == 0 else f"10{str(exponent).translate(_RAISED)}"


def drawing(ident: str, title: str, description: str, size: tuple[float, float], body: Iterable[str]) -> Markup:
    """Return an SVG image; ``ident`` must be unique on the page, ``body`` must be escaped already."""
    name, words = escape(ident), escape(one_line(clip(title, LONGEST)))
    return Markup(  # noqa: S704  Markup because: the texts are escaped here; the body is our own words and numbers
        f'<svg class="plot" role="img" viewBox="0 0 {at(size[0])} {at(size[1])}"'
        f' aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{words}</title>'
        f'<desc id="{name}-desc">{escape(one_line(description))}</desc>{"".join(body)}</svg>'
    )
