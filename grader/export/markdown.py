"""Sheets as Markdown, to be read, changed, or turned into anything else by other tools; formulas stay ``$...$``.

    work    ada.md        for students; made of the handout, which has no keys
    key     ada.key.md    for instructors

Plots are SVG files beside them.
"""

from collections.abc import Iterator

from grader.export.parts import points_text
from grader.export.picture import picture_of
from grader.export.stand_in import notes
from grader.export.writer import File, Order, Writer
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
    HandIn,
    Handout,
    Item,
    NumberKey,
    Option,
    Pair,
    PairKey,
    Posed,
    Sheet,
)

__all__ = ["WRITER", "key_text", "work_text"]

LINE = "\\_" * 20


def work_text(handout: Handout) -> str:
    """Return the sheet of a student."""
    who = [f"Name: {handout.name or handout.student or LINE}", f"Variant: `{handout.variant}`"]
    head = [f"# {_line(handout.title)}", "  \n".join(who), handout.introduction]
    blocks = [block for block in head if block]
    for number, item in enumerate(handout.items, start=1):
        blocks += _item(item, number)
    return "\n\n".join(blocks) + "\n"


def key_text(sheet: Sheet) -> str:
    """Return what is right on a sheet, and why."""
    blocks = [f"# {_line(sheet.title)}: answer key", f"Variant: `{sheet.variant}`"]
    for number, posed in enumerate(sheet.posed, start=1):
        blocks += [f"## {number}. {_line(posed.item.title)}", *_right(posed), posed.key.solution, notes(posed)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _item(item: Item, number: int) -> Iterator[str]:
    points = points_text(item.points)
    yield f"## {number}. {_line(item.title)} ({points} point{'' if item.points == 1 else 's'})"
    yield item.prompt
    if item.drawing is not None:
        says = _line(item.drawing.says).replace("[", "(").replace("]", ")")
        yield f"![{says}]({picture_of(item.drawing).name})"
    if item.code:
        yield _fenced(item.code, "python")
    for form in item.forms:
        yield from _form(form)
    if item.rule:
        yield f"*{item.rule}*"


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def _form(form: Form) -> Iterator[str]:
    match form:
        case Choose():
            yield "Choose any number:" if form.several else "Choose one:"
            yield _options(form.options)
        case Enter():
            yield _entry(form, form.label or "Answer")
        case Blanks():
            yield "  \n".join(_entry(one, f"Blank {n}") for n, one in enumerate(form.fields, start=1))
        case Arrange():
            yield "Put in order:"
            yield _options(form.options, as_code=form.lines_of_code)
            yield f"Order: {LINE}"
        case Pair():
            yield "What belongs to each of these?"
            yield _options(form.left)
            yield "Choose from:"
            yield _options(form.right)
        case HandIn():
            yield f"Hand in `{form.file}` with `{form.signature}`."


def _entry(form: Enter, label: str) -> str:
    hint = f" ({form.hint})" if form.hint else ""
    return f"{label}{hint}: {LINE}" + f"  \n{LINE}" * (form.lines - 1)


def _options(options: tuple[Option, ...], *, as_code: bool = False) -> str:
    """Write options one below the other; what has several lines keeps them."""
    shown = ((one.letter, f"`{one.text}`" if as_code else one.text) for one in options)
    return "\n".join(f"- **{letter}**  {text.strip()}".replace("\n", "\n  ") for letter, text in shown)


def _right(posed: Posed) -> Iterator[str]:
    for key in posed.key.forms:
        words = _answer(key)
        if words:
            yield f"**{words}**"


def _answer(key: FormKey) -> str:
    match key:
        case ChooseKey():
            return ", ".join(key.right)
        case NumberKey():
            return key.shown
        case ArrangeKey():
            return ", ".join(key.order)
        case PairKey():
            return ", ".join(f"{left}: {right}" for left, right in key.pairs.items())
        case tuple():
            return "; ".join(_blank(one) for one in key)
        case _:
            return ""


def _blank(key: BlankKey) -> str:
    if key.number is not None:
        return key.number.shown
    if key.formula is not None:
        return key.formula.formula
    return " or ".join(key.words)


def _files(order: Order) -> Iterator[File]:
    for stem, sheet in order.sheets:
        if order.edition == "work":
            yield File(f"{stem}.md", work_text(sheet.handout).encode())
            yield from (picture_of(item.drawing) for item in sheet.handout.items if item.drawing is not None)
        else:
            yield File(f"{stem}.key.md", key_text(sheet).encode())


WRITER = Writer(("work", "key"), _files)
