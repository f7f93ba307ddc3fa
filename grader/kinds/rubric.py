"""A rubric: what a text must say, point by point, as it is written, checked, and handed to who marks it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.kinds.kind import Fault
from grader.kinds.names import repeated
from grader.kinds.quantities import exact
from grader.kinds.quizbuild import share_of
from grader.kinds.quizfaults import names_of, text_faults
from grader.kinds.variant import Variant, plain
from grader.kinds.view import Path, View
from grader.model.sheet import RubricPoint, TextKey

__all__ = ["build_rubric", "pose_rubric", "rubric_faults", "share_faults"]


def rubric_faults(question: View, owner: View) -> Iterator[Fault]:
    """Say what is wrong with the rubric and the model answer of ``owner``, a part of the question or all of it."""
    known = names_of(question)
    points = owner.views("rubric")
    for point in points:
        yield from text_faults(point.at("says"), point.get("says"), known)
    yield from text_faults(owner.at("model"), owner.get("model"), known)
    yield from repeated([(point.at("id"), point.text("id")) for point in points if point.text("id")], "point's id")
    if points:
        yield from share_faults(owner.at("rubric"), points)


def share_faults(path: Path, entries: Sequence[View]) -> Iterator[Fault]:
    """Say so where the shares of all entries do not add up to 100 percent."""
    try:
        total = sum((exact(entry.get("share")) for entry in entries), Fraction(0))
    except ValueError:  # the schema has said so
        return
    if total != 100:
        words = f"the shares add up to {plain(total)} %, not 100 %"
        yield Fault(path, words, "Change them; a third is written 100/3")


def build_rubric(owner: View) -> TextKey:
    """Make the rubric of what nothing is wrong with; names in its texts are filled in later."""
    points = tuple(
        RubricPoint(one.text("id"), one.text("says").strip(), share_of(one.get("share")))
        for one in owner.views("rubric")
    )
    return TextKey(points, owner.text("model").strip())


def pose_rubric(rubric: TextKey, variant: Variant) -> TextKey:
    """Fill in one variant's values."""
    points = tuple(replace(point, says=variant.fill(point.says)) for point in rubric.rubric)
    return TextKey(points, variant.fill(rubric.model))
