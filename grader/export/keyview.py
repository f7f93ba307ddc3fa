"""What an answer key shows of a question: each answer that is worth or betrays something, and the solution."""

from dataclasses import dataclass

from markupsafe import Markup

from grader.export.answer import percent
from grader.export.itemview import inline_html, picture_html, prompt_html
from grader.export.keyrows import Code, Row, key_rows, key_title
from grader.model.sheet import Item, Option, Posed
from grader.report.markdown import NOTHING, code_html, markdown_html

__all__ = ["KeyForm", "KeyRow", "KeyView", "view_keys"]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An answer: what it is worth, and what is said about it."""

    answer: Markup
    worth: str
    says: Markup = NOTHING
    misconception: str = ""
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class KeyForm:
    """A form's key as its template shows it."""

    title: str
    share: str
    rows: tuple[KeyRow, ...]


@dataclass(frozen=True, slots=True)
class KeyView:
    """A question's key as its template shows it."""

    item: Item
    number: int
    anchor: str
    asked: Markup
    picture: Markup | None
    forms: tuple[KeyForm, ...]
    solution: Markup
    rule: Markup


def view_keys(posed: tuple[Posed, ...]) -> tuple[KeyView, ...]:
    """Lay out the keys of a sheet."""
    return tuple(_view(one, number) for number, one in enumerate(posed, start=1))


def _view(posed: Posed, number: int) -> KeyView:
    item, key = posed.item, posed.key
    picture = picture_html(item, f"q{number}", number)
    forms = zip(item.forms, key.forms, key.shares, strict=True)
    return KeyView(
        item,
        number,
        f"q{number}",
        prompt_html(item),
        picture,
        tuple(
            KeyForm(key_title(form, one), percent(share), tuple(map(_shown, key_rows(form, one))))
            for form, one, share in forms
        ),
        markdown_html(key.solution, top=4),
        markdown_html(key.rule, top=4),
    )


def _shown(row: Row) -> KeyRow:
    between = Markup("<br>") if row.is_list else Markup(row.between)  # noqa: S704  Markup because: it is our own
    answer = between.join(_part(part, row) for part in row.answer)
    if row.blank:
        answer = Markup("[{}] ").format(row.blank) + answer  # Markup because: it is a number
    # Markup because: the words are our own.
    says = Markup("<em>a full answer</em>") if row.is_model else markdown_html(row.says, top=4)
    return KeyRow(answer, row.worth, says, row.misconception, row.is_right)


def _part(part: str | Option | Code, row: Row) -> Markup:
    if isinstance(part, Option):
        # Markup because: format escapes the letter, and the text is escaped.
        return Markup("<strong>{}</strong> {}").format(part.letter, inline_html(part.text))
    if isinstance(part, Code):
        return code_html(part.text)
    return markdown_html(part, top=4) if row.is_model else inline_html(part)
