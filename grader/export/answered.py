"""What a student's page shows of a quiz: what was asked on their own sheet, what came back, and what it earned.

The prompts, options and plots are those of the sheet to work in. Right answers and solutions are put in only where
the assessment says so; elsewhere they are not in the page at all.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from grader.export.answer import answer_words
from grader.export.itemview import inline_html, picture_html, prompt_html
from grader.model.grade import CheckGrade, QuestionGrade, StudentGrade
from grader.model.outcome import Status
from grader.model.question import Solutions
from grader.model.sheet import (
    Arrange,
    Blanks,
    Choose,
    ChooseKey,
    Form,
    Option,
    Pair,
    PairKey,
    Posed,
    TextKey,
)
from grader.quiz.asked import Asked, without_text
from grader.quiz.marked import PartMark
from grader.quiz.marking import part_name, parts_of
from grader.quiz.reading import blank_entries, by_name, is_empty, letters_in, pair_entries, written
from grader.report.asked import AskedView, OptionRow, PartRow
from grader.report.markdown import NOTHING, code_html, markdown_html
from grader.report.safe import clip, printable
from grader.report.verdict import VERDICTS, write_points

__all__ = ["view_answered"]

LONGEST = 20_000  # characters of an answer that are shown
LONG = 50  # characters, beyond which messages cut an answer
UNSETTLED = (Status.UNANSWERED, Status.INVALID, Status.NEEDS_REVIEW, Status.GRADER_ERROR)


def view_answered(grade: StudentGrade, asked: Mapping[str, Asked], solutions: Solutions) -> dict[str, AskedView]:
    """Lay out the questions of a quiz, by id."""
    return {
        question.id: _view(question, asked[question.id], number, solutions)
        for number, question in enumerate(grade.questions, start=1)
        if question.id in asked
    }


def _view(question: QuestionGrade, one: Asked, number: int, solutions: Solutions) -> AskedView:
    item, key = one.posed.item, one.posed.key
    picture = picture_html(item, f"q{number}", number)
    is_shown = solutions is Solutions.ALWAYS or (
        solutions is Solutions.ANSWERED and one.counts and question.status not in UNSETTLED
    )
    is_shown = is_shown and one.counts
    return AskedView(
        prompt=prompt_html(item),
        code=item.code,
        picture=picture,
        options=tuple(filter(None, (_options(one, at, is_shown=is_shown) for at in range(len(item.forms))))),
        parts=tuple(_parts(question, one, is_shown=is_shown)),
        rule=markdown_html(key.rule, top=4),
        solution=markdown_html(key.solution, top=4) if is_shown else NOTHING,
        is_shown=is_shown,
    )


def _options(one: Asked, at: int, *, is_shown: bool) -> tuple[OptionRow, ...]:
    """Return what could be chosen in a form, and what was."""
    form, key, response = one.posed.item.forms[at], one.posed.key.forms[at], parts_of(one.posed, one.response)[at]
    match form:
        case Choose():
            chosen = {letter for _, letter in letters_in(response, form.options) if letter}
            right = set(key.right) if is_shown and isinstance(key, ChooseKey) else set[str]()
            return tuple(
                OptionRow(each.letter, inline_html(each.text), each.letter in chosen, each.letter in right)
                for each in form.options
            )
        case Arrange():
            return tuple(_row(each, as_code=form.lines_of_code) for each in form.options)
        case Pair():
            return tuple(_row(each) for each in form.right)
        case _:
            return ()


def _row(option: Option, *, as_code: bool = False) -> OptionRow:
    text = code_html(option.text) if as_code else inline_html(option.text)
    return OptionRow(option.letter, text)


def _parts(question: QuestionGrade, one: Asked, *, is_shown: bool) -> Iterator[PartRow]:
    marks = {part.name: part for part in one.marked.parts}
    answers = _answers(one)
    rights = _rights(one.posed) if is_shown else {}
    for check in question.checks:
        mark = marks.get(check.name) if one.counts else None
        answer = answers.get(check.name, answers.get("answer"))
        yield PartRow(
            name=_name(one.posed, check) if len(question.checks) > 1 else NOTHING,
            answer=_shown(answer) if _is_quoted(check, one.posed, answer) else NOTHING,
            verdict=VERDICTS[check.status],
            score="–" if check.status in (Status.NEEDS_REVIEW, Status.GRADER_ERROR) else write_points(check.score),
            max_score=write_points(check.max_score),
            message=without_text(one.posed, check.message),
            feedback=(markdown_html(mark.feedback, top=4),) if mark and mark.feedback else (),
            right=rights.get(check.name, NOTHING) if not check.is_passed else NOTHING,
            rubric=_rubric(one.posed, mark) if mark and is_shown else (),
        )


def _is_quoted(check: CheckGrade, posed: Posed, answer: Any) -> bool:
    """Whether an answer is shown as it was written: where its message does not quote all of it."""
    if check.status in (Status.INVALID, Status.NEEDS_REVIEW, Status.GRADER_ERROR):
        return not is_empty(answer)
    keys = zip(posed.item.forms, posed.key.forms, strict=True)
    is_text = any(isinstance(key, TextKey) and part_name(form) == check.name for form, key in keys)
    return not is_empty(answer) and (is_text or (isinstance(answer, str) and len(answer) > LONG))


def _name(posed: Posed, check: CheckGrade) -> Markup:
    pair = next((form for form in posed.item.forms if isinstance(form, Pair)), None)
    text = next((option.text for option in pair.left if option.letter == check.name), "") if pair else ""
    if text:
        return escape(f"{check.name} ") + inline_html(text)
    return escape(check.says.removeprefix("Your ").capitalize())


def _answers(one: Asked) -> dict[str, Any]:
    """Return what was answered in each part, by the part's name."""
    found: dict[str, Any] = {}
    for form, response in zip(one.posed.item.forms, parts_of(one.posed, one.response), strict=True):
        names = _part_names(form)
        if not names:
            found[part_name(form)] = response
            continue
        plain = [name.removeprefix("blank ") for name in names]
        if isinstance(response, Mapping):
            given = by_name(response, plain)[0]
        else:
            divided = (
                pair_entries(response, form.right)
                if isinstance(form, Pair)
                else blank_entries(response, len(plain)) or [response]
            )
            given = dict(zip(plain, divided, strict=False))
        found |= {name: given.get(own) for name, own in zip(names, plain, strict=True)}
        found["answer"] = response  # where it cannot be an answer, it is shown as a whole
    return found


def _part_names(form: Form) -> list[str]:
    if isinstance(form, Blanks):
        return [f"blank {place + 1}" for place in range(len(form.fields))]
    return [option.letter for option in form.left] if isinstance(form, Pair) else []


def _shown(response: Any) -> Markup:
    """Show an answer as it was written: escaped, bounded, nothing in it acts."""
    if is_empty(response):
        return Markup("<em>nothing</em>")  # Markup because: the words are our own
    text = clip(printable(written(response)), LONGEST)
    is_prose = "\n" in text or len(text) > LONG
    # Markup because: format escapes the text.
    return (Markup('<div class="text-answer">{}</div>') if is_prose else Markup("<code>{}</code>")).format(text)


def _rights(posed: Posed) -> dict[str, Markup]:
    """Say what is right in each part; options of a choice are marked where they stand, texts have their rubric."""
    made: dict[str, Markup] = {}
    for form, key in zip(posed.item.forms, posed.key.forms, strict=True):
        if isinstance(form, Blanks) and isinstance(key, tuple):
            made |= {f"blank {place}": inline_html(answer_words(one)) for place, one in enumerate(key, start=1)}
        elif isinstance(form, Pair) and isinstance(key, PairKey):
            # Markup because: format escapes what is right.
            made |= {left: Markup("<strong>{}</strong>").format(right) for left, right in key.pairs.items()}
        elif not isinstance(key, TextKey):
            made["answer"] = inline_html(answer_words(key))
    return made


def _rubric(posed: Posed, mark: PartMark) -> tuple[OptionRow, ...]:
    """List the points of a text's rubric, and which of them a person found in it."""
    if mark.status in UNSETTLED:
        return ()
    keys = zip(posed.item.forms, posed.key.forms, strict=True)
    rubric = next(
        (key.rubric for form, key in keys if isinstance(key, TextKey) and part_name(form) == mark.name), ()
    )
    return tuple(OptionRow("", inline_html(point.says), point.id in mark.made) for point in rubric)
