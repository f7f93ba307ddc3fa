"""What `grader check` says: the verdicts of the page, in a terminal of any width, with or without colour.

Text is never read as markup, and control characters are written out, so that nothing that a student's code prints
can act on the terminal. Calls are not wrapped and not indented: they can be copied as they stand.
"""

import sys
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from grader.model.grade import Evidence, Misconception, QuestionGrade, StudentGrade
from grader.model.outcome import Frame, Status
from grader.model.question import Hints
from grader.report.hints import next_rung
from grader.report.safe import clip, clip_lines, one_line, printable
from grader.report.telling import Telling, tellings
from grader.report.verdict import Verdict, of_question, some_frames

__all__ = ["console", "show_answers", "show_check"]

SIGNS = {"check": "✓", "half": "◐", "cross": "✗", "ring": "○", "stop": "■", "alert": "▲", "dash": "–"}
PLAIN_SIGNS = {"check": "+", "half": "~", "cross": "x", "ring": "o", "stop": "#", "alert": "!", "dash": "-"}
PLAIN_LETTERS = str.maketrans({"…": "...", "–": "-", "−": "-", "’": "'", "“": '"', "”": '"', "×": "x"})
STYLES = {"good": "green", "part": "yellow", "bad": "red", "ours": "magenta", "mute": "dim"}
QUOTE = "    | "  # before what a student's code said, so that it is not taken for our words
NARROW = 16  # columns
MOST_LINES = 20


def console(stream: TextIO | None = None) -> Console:
    """Return a console for standard output (or another stream) that reads no text as markup."""
    return Console(file=stream or sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)


def show_check(grade: StudentGrade, console: Console, hints: Hints = Hints.QUESTION) -> None:
    """Show how a submission does on the public cases; of known mistakes no more than the rungs up to ``hints``."""
    said = _Voice(console)
    for note in grade.notes:
        said.words(clip(note, 600), indent=0, style="dim")
    told = tellings(grade, hidden_titles=False)
    for question, ones in zip(grade.questions, told, strict=True):
        _show_question(question, ones, said, hints)
    _show_end(grade, said)


READ = {  # what became of an answer: a shape, a tone, words
    "understood": ("check", "good", "read as"),
    "half": ("half", "part", "half filled"),
    "unanswered": ("ring", "mute", "not answered"),
    "invalid": ("cross", "bad", "cannot be read"),
}


def show_answers(told: Sequence[tuple[str, str, str]], notes: Sequence[str], console: Console) -> None:
    """Show what was understood of answers to a quiz: of each question its id, what became of it, and words."""
    said = _Voice(console)
    for note in notes:
        said.words(clip(note, 600), indent=0)
    said.gap()
    for name, status, words in told:
        shape, tone, lead = READ[status]
        sign = said.text((f"{said.shape(shape)} ", STYLES[tone]))
        colon = ": " if words else ""
        line = said.text(
            (one_line(name), "bold"), (f"  {lead}{colon}", STYLES[tone]), (one_line(clip(words, 600)), "")
        )
        said.line(line, indent=0, lead=sign)
    counts = {status: sum(one[1] == status for one in told) for status in READ}
    said.gap()
    ended = [f"{counts[status]} {words}" for status, words in
             (("understood", "can be read"), ("half", "half filled"), ("invalid", "cannot be read"),
              ("unanswered", "not answered")) if counts[status]]  # fmt: skip
    noun = "question" if len(told) == 1 else "questions"
    said.words(f"Of {len(told)} {noun} of the quiz: {', '.join(ended)}.", indent=0, style="bold")
    said.words("Whether they are right is not looked at here.", indent=0, style="dim")


class _Voice:
    """Says a text so that this terminal can show it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._encoding = console.encoding
        self._signs = SIGNS if _can_write("".join(SIGNS.values()), self._encoding) else PLAIN_SIGNS

    def sign(self, verdict: Verdict) -> str:
        """Return the sign of a verdict that this terminal's encoding has."""
        return self.shape(verdict.shape)

    def shape(self, name: str) -> str:
        """Return the sign of a shape."""
        return self._signs[name]

    def text(self, *parts: tuple[str, str]) -> Text:
        """Join texts and their styles into one."""
        return Text.assemble(*((self._fit(text), style) for text, style in parts))

    def words(self, text: str, *, indent: int, style: str = "") -> None:
        """Say a text that may be wrapped."""
        self.line(self.text((text, style)), indent=indent)

    def line(self, text: Text, *, indent: int, lead: Text | None = None) -> None:
        """Say what is already put together, wrapped beside its lead."""
        lead = lead or Text()
        beside = indent + lead.cell_len
        if self._console.width - beside < NARROW:  # too narrow for the lead and anything beside it
            if lead.cell_len:
                lead.rstrip()
                self._raw(lead)
            indent, beside, lead = 0, 1, Text(" ")
        rows = text.wrap(self._console, max(self._console.width - beside, 1))
        for number, row in enumerate(rows):
            row.rstrip()
            self._raw(Text.assemble(" " * indent, lead, row) if number == 0 else Text.assemble(" " * beside, row))

    def verbatim(self, text: str, *, style: str = "", before: str = "") -> None:
        """Say a text line by line as it stands: not wrapped, so that it can be copied."""
        for row in text.splitlines():
            self._raw(self.text((before, "dim"), (row, style)))

    def _raw(self, row: Text) -> None:
        self._console.print(row, soft_wrap=True)

    def gap(self) -> None:
        """Leave a line empty."""
        self._console.print()

    def _fit(self, text: str) -> str:
        shown = printable(text).expandtabs(4)
        if not _can_write(shown, self._encoding):
            shown = (
                shown.translate(PLAIN_LETTERS).encode(self._encoding, "backslashreplace").decode(self._encoding)
            )
        return shown


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _show_question(question: QuestionGrade, told: tuple[Telling, ...], said: _Voice, hints: Hints) -> None:
    verdict = of_question(question)
    name = one_line(question.signature or question.id)
    said.gap()
    style = STYLES[verdict.tone]
    lead = said.text((f"{said.sign(verdict)} ", style))
    said.line(said.text((name, "bold"), (f"  {verdict.word}", style)), indent=0, lead=lead)
    if verdict.sentence:
        said.words(verdict.sentence, indent=2)
    for text in filter(None, (question.what_is_right, *question.feedback)):
        said.words(clip(text, 2000), indent=2)
    _show_known(question.misconceptions, said, hints)
    for one in told:
        if one.verdict.tone != "good":  # what is right was said in one line
            _show_telling(one, said)
    for remark in question.remarks:
        said.words(f"Remark, without points: {clip(remark, 1000)}", indent=2, style="dim")


def _show_known(misconceptions: tuple[Misconception, ...], said: _Voice, hints: Hints) -> None:
    """Say which known mistake it looks like; each rung is asked for when the last did not help."""
    is_pointed, is_mended = hints is not Hints.QUESTION, hints is Hints.CORRECTION
    for known in misconceptions:
        if not known.think:
            words = f"This looks like a known mistake, {known.id}: {clip(known.text, 2000)}"
            said.words(words, indent=2, style="bold")
            continue
        if known.alike and not is_mended:  # what is told beside another one only adds to its correction
            continue
        lead = "Or it is this one. " if known.alike else "This looks like a known mistake. "
        said.words(lead + clip(known.think, 2000), indent=2, style="bold")
        if is_pointed and known.look:
            said.words(clip(known.look, 2000), indent=2)
        if is_mended and known.fix:
            said.words(f"What your code does: {clip(known.text, 2000)}", indent=2)
            said.words(f"How to mend it: {clip(known.fix, 2000)}", indent=2)
            said.words(f"{known.id}: {clip(known.evidence, 1000)}", indent=2, style="dim")
        elif more := next_rung(known, hints):
            said.words(f"If that is not enough: --hints {more}", indent=2, style="dim")
        else:
            said.words("No more is shown in this assessment.", indent=2, style="dim")


def _show_telling(one: Telling, said: _Voice) -> None:
    style = STYLES[one.verdict.tone]
    lead = said.text((f"{said.sign(one.verdict)} ", style))
    for check in one.checks:
        words = said.text((f"{one.verdict.word}: ", style), (clip(check.says, 1000), ""))
        said.line(words, indent=2, lead=lead.copy())
    if one.sentence:
        said.words(clip(one.sentence, 2000), indent=4)
    if one.evidence is None:
        return
    if not one.evidence.public:
        said.words("The failing case is hidden.", indent=4, style="dim")
        return
    _show_case(one.evidence, said, is_call_above=one.is_call_above)
    _show_evidence(one.evidence, said)


def _show_case(evidence: Evidence, said: _Voice, *, is_call_above: bool) -> None:
    if evidence.extent:
        said.words(clip(evidence.extent, 1000), indent=4)
    case = clip(evidence.case, 200)
    if is_call_above:
        said.words(f"On the call above ({case}):", indent=4, style="dim")
    elif evidence.call:
        said.words(f"The smallest failing case: {case}.", indent=4, style="dim")
        said.words("To paste and run:", indent=4, style="dim")
        said.verbatim(evidence.call, style="cyan")


def _show_evidence(evidence: Evidence, said: _Voice) -> None:
    _show_traceback(evidence, said)
    for label, text in (
        ("came back", clip_lines(evidence.got, MOST_LINES)),
        ("wanted", clip_lines(evidence.wanted, MOST_LINES)),
        ("gap", evidence.gap),
        ("where", evidence.where),
    ):
        if text:
            said.line(said.text((clip(text, 2000), "")), indent=4, lead=said.text((f"{label:<11}", "dim")))
    if evidence.printed:
        said.words("It printed:", indent=4, style="dim")
        said.verbatim(clip_lines(evidence.printed, MOST_LINES), before=QUOTE)


def _show_traceback(evidence: Evidence, said: _Voice) -> None:
    if not evidence.error:
        return
    said.words("It raised:", indent=4, style="dim")
    head, skipped, tail = some_frames(evidence.frames)
    for frame in head:
        said.verbatim(_frame(frame), before=QUOTE)
    if skipped:
        said.verbatim(f"... {skipped} more calls ...", before=QUOTE)
    for frame in tail:
        said.verbatim(_frame(frame), before=QUOTE)
    said.verbatim(clip(evidence.error, 1500), style="bold", before=QUOTE)


def _frame(frame: Frame) -> str:
    inside = f", in {one_line(clip(frame.function, 200))}" if frame.function else ""
    place = f"{one_line(clip(frame.file, 200))}, line {frame.line}{inside}"
    return f"{place}\n    {one_line(clip(frame.text.strip(), 400))}"


def _show_end(grade: StudentGrade, said: _Voice) -> None:
    total = len(grade.questions)
    passed = sum(question.status is Status.PASSED for question in grade.questions)
    said.gap()
    if total == 1:
        how = "The question passes" if passed else "The question does not pass yet"
        said.words(f"{how} on the public cases.", indent=0, style="bold")
    else:
        said.words(f"{passed} of {total} questions pass on the public cases.", indent=0, style="bold")
    said.words(
        "Only public cases were run. The grade counts hidden ones as well. "
        f"Isolation of this check: {grade.isolation}.",
        indent=0,
        style="dim",
    )
