"""The shares of a question's points that Moodle knows: an import refuses every other."""

from fractions import Fraction

__all__ = ["moodle_share"]

KNOWN = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20",
    "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip


def moodle_share(share: Fraction) -> str:
    """Return the nearest share that Moodle knows, in percent, as it writes it.

    A part is never made the whole, nor nothing: what earns something keeps earning something.
    """
    wanted = abs(share) * 100
    known = [text for text in KNOWN if _is_possible(Fraction(text), wanted)]
    nearest = min(known, key=lambda text: abs(Fraction(text) - wanted))
    return f"-{nearest}" if share < 0 else nearest


def _is_possible(known: Fraction, wanted: Fraction) -> bool:
    if wanted in (0, 100) or wanted > 100:
        return known == min(wanted, 100)
    return 0 < known < 100
