"""What an answer key shows of a question: each answer that is worth or betrays something, and the solution."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from grader.export.answer import answer_words, band_words, percent
from grader.export.figure import draw_figure
from grader.export.itemview import fill_blanks, inline_html
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    Form,
    FormKey,
    FormulaKey,
    HandIn,
    Item,
    NumberKey,
    Option,
    Pair,
    PairKey,
    Posed,
    TextKey,
)
from grader.report.markdown import markdown_html

__all__ = ["KeyForm", "KeyRow", "KeyView", "view_keys"]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An answer: what it is worth, and what is said about it."""

    answer: Markup
    worth: str
    says: Markup = Markup()
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
    picture = None
    if item.drawing is not None:
        picture = draw_figure(item.drawing, title=f"The plot of question {number}", ident=f"q{number}-plot")
    forms = zip(item.forms, key.forms, key.shares, strict=True)
    return KeyView(
        item,
        number,
        f"q{number}",
        _asked(item),
        picture,
        tuple(KeyForm(_title(form, one), percent(share), tuple(_rows(form, one))) for form, one, share in forms),
        markdown_html(key.solution, top=4),
        markdown_html(key.rule, top=4),
    )


def _asked(item: Item) -> Markup:
    form = next((form for form in item.forms if isinstance(form, Blanks)), None)
    if form is None:
        return markdown_html(item.prompt)
    marks = [Markup("<strong>[{}]</strong>").format(place + 1) for place in range(len(form.fields))]
    return fill_blanks(item.prompt, marks)[0]


def _title(form: Form, key: FormKey) -> str:
    if isinstance(key, NumberKey) and key.digits:
        return f"Answer, to {key.digits} significant digits"
    if isinstance(form, Enter) and form.label:
        return form.label
    if isinstance(form, HandIn):
        return "Marked by running the code"
    return "To be marked by a person" if isinstance(key, TextKey) else "Answer"


def _rows(form: Form, key: FormKey) -> Iterator[KeyRow]:
    match form, key:
        case Choose(), ChooseKey():
            for option in form.options:
                share = key.shares[option.letter]
                says = markdown_html(key.feedback.get(option.letter, ""), top=4)
                betrayed = key.misconceptions.get(option.letter, "")
                yield KeyRow(_option(option), percent(share), says, betrayed, share > 0)
        case Arrange(), ArrangeKey():
            options = {option.letter: option for option in form.options}
            yield KeyRow(inline_html(answer_words(key)), percent(1), is_right=True)
            if not form.lines_of_code:
                listed = Markup("<br>").join(_option(options[letter]) for letter in key.order)
                yield KeyRow(listed, "", is_right=True)
            for order, says, betrayed in key.wrong:
                worth = "" if key.by_pairs else percent(0)
                yield KeyRow(Markup("{}").format(", ".join(order)), worth, markdown_html(says, top=4), betrayed)
        case Pair(), PairKey():
            yield from _pairs(form, key)
        case Blanks(), tuple():
            for number, one in enumerate(key, start=1):
                for row in _entry(one):
                    answer = Markup("[{}] ").format(number) + row.answer
                    worth = f"{row.worth} of {percent(one.share)}"
                    yield KeyRow(answer, worth, row.says, row.misconception, row.is_right)
        case _, TextKey():
            if key.model:
                yield KeyRow(markdown_html(key.model, top=4), percent(1), Markup("<em>a full answer</em>"))
            for point in key.rubric:
                yield KeyRow(inline_html(point.says), percent(point.share))
        case _:
            yield from _entry(key)


def _pairs(form: Pair, key: PairKey) -> Iterator[KeyRow]:
    left = {option.letter: option for option in form.left}
    right = {option.letter: option for option in form.right}
    worth = f"1/{len(key.pairs)}"

    def both(one: str, other: str) -> Markup:
        return Markup("{} – {}").format(_option(left[one]), _option(right[other]))

    for one, other in key.pairs.items():
        yield KeyRow(both(one, other), worth, is_right=True)
    for one, other, says, betrayed in key.wrong:
        yield KeyRow(both(one, other), "0", markdown_html(says, top=4), betrayed)


def _entry(key: FormKey) -> Iterator[KeyRow]:
    """Yield the rows of something that is entered: a number, a formula, a word."""
    if isinstance(key, BlankKey) and (key.number or key.formula):
        yield from _entry(key.number or key.formula)
    elif isinstance(key, NumberKey):
        for band in key.bands:
            answer, is_right = band_words(band, key), band.share == 1
            if is_right:
                answer = f"{answer_words(key)}{key.units and f' {key.units}'}, {answer}"
            says = markdown_html(band.feedback, top=4)
            yield KeyRow(inline_html(answer), percent(band.share), says, band.misconception, is_right)
    elif isinstance(key, FormulaKey | BlankKey):
        yield KeyRow(inline_html(answer_words(key)), percent(1), is_right=True)
        for wrong, says, betrayed in key.wrong:
            yield KeyRow(Markup("<code>{}</code>").format(wrong), percent(0), markdown_html(says, top=4), betrayed)


def _option(option: Option) -> Markup:
    return Markup("<strong>{}</strong> {}").format(option.letter, inline_html(option.text))
