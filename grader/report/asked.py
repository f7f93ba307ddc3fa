"""What a student's page shows of a question of a quiz, laid out by who knows items and keys: words and HTML."""

from dataclasses import dataclass

from markupsafe import Markup

from grader.report.markdown import NOTHING
from grader.report.verdict import Verdict

__all__ = ["AskedView", "OptionRow", "PartRow"]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Something that could be chosen, ordered or paired: its mark on the student's sheet, and its text."""

    letter: str
    html: Markup
    is_chosen: bool = False
    is_right: bool = False  # only where that may be shown


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of an answer: what was answered, what became of it, and what is said about it."""

    name: Markup  # empty where the question has but one part
    answer: Markup
    verdict: Verdict
    score: str
    max_score: str
    message: str
    feedback: tuple[Markup, ...] = ()
    right: Markup = NOTHING  # only where that may be shown
    rubric: tuple[OptionRow, ...] = ()  # of a text that a person marked: what it says, and what it does not


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question of a quiz as its template shows it."""

    prompt: Markup
    code: str
    picture: Markup | None
    options: tuple[tuple[OptionRow, ...], ...]  # for each form that has some
    parts: tuple[PartRow, ...]
    rule: Markup
    solution: Markup = NOTHING  # empty where it may not be shown
    is_shown: bool = False  # whether the right answer is
