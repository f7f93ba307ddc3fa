"""Items as Typst lays them out: what is asked, and the fields in which it is answered. Knows no key.

A field is named by its question, the place of its form, a row (of a matching, an ordering, the number of a blank)
and, where it is a bubble, a letter.
"""

from typing import Any

from grader.export.picture import picture_of
from grader.export.print.text import Node, blocks, inline, with_blanks
from grader.model.sheet import Arrange, Blanks, Choose, Drawing, Enter, Form, HandIn, Item, Option, Pair
from grader.report.safe import one_line, printable
from grader.report.verdict import write_points

__all__ = ["MOST_BUBBLES", "Json", "question"]

Json = dict[str, Any]

ROOM = 180  # mm, less than any page has for questions
WIDTH = 55  # characters of a line, at the widest
SHORT = 12  # characters of options that stand side by side
MOST_BUBBLES = 12  # in a row; what has more letters is written


def question(item: Item, number: int, *, asks: bool = True) -> Json:
    """Lay out an item; ``asks`` says whether there is room to answer it."""
    blanks = next((form for form in item.forms if isinstance(form, Blanks)), None)
    prompt, loose = with_blanks(item.prompt, len(blanks.fields)) if blanks else (blocks(item.prompt), [])
    return {
        "number": number,
        "id": one_line(item.id),
        "title": one_line(item.title),
        "points": write_points(item.points),
        "is_one": item.points == 1,
        "tall": _height(item) > ROOM,
        "prompt": prompt,
        "code": printable(item.code),
        "picture": _picture(item.drawing) if item.drawing else "",
        "says": one_line(item.drawing.says) if item.drawing else "",
        "told": inline(item.rule),
        "forms": [_form(form, loose) for form in item.forms] if asks else [],
    }


def _height(item: Item) -> float:
    """Return the millimetres that a question takes, and rather too many.

    What surely fits a page is kept together without measuring, which would take as long as laying it out.
    """
    height = 20 + _text(item.prompt) + 4.5 * item.code.count("\n") + (95 if item.drawing else 0)
    for form in item.forms:
        match form:
            case Choose() | Arrange():
                height += sum(3 + _text(one.text) for one in form.options) + 10
                height += 8 * len(form.options) if isinstance(form, Arrange) else 0
            case Pair():
                height += sum(5 + _text(one.text) for one in (*form.left, *form.right)) + 20
            case Enter():
                height += 9 * form.lines + 10
            case Blanks():
                height += 12 * len(form.fields)
            case HandIn():
                height += 10
    return height


def _text(text: str) -> float:
    """Return the height of a Markdown text: formulas by themselves, code and pictures count more than lines."""
    lines = sum(1 + len(line) // WIDTH for line in text.splitlines())
    return 6 * lines + 12 * text.count("$$") + 4 * text.count("|") / 3 + (12 if "\\frac" in text else 0)


def _picture(drawing: Drawing) -> str:
    """Return a drawing in the font that Typst brings along: another machine's would make other bytes."""
    return picture_of(drawing).data.decode().replace("sans-serif", "Libertinus Serif", 1)


def _form(form: Form, loose: list[int]) -> Json:
    match form:
        case Choose():
            is_short = all(len(one.text) <= SHORT and "\n" not in one.text for one in form.options)
            return {
                "what": "choose", "several": form.several, "short": is_short, "options": _options(form.options)
            }  # fmt: skip
        case Enter():
            return {"what": "enter", **_entry(form)}
        case Blanks():
            return {"what": "blanks", "fields": [_entry(one) for one in form.fields], "loose": list(loose)}
        case Arrange():
            letters = [one.letter for one in form.options] if len(form.options) <= MOST_BUBBLES else []
            options = _options(form.options, as_code=form.lines_of_code)
            return {"what": "arrange", "options": options, "letters": letters}
        case Pair():
            letters = [one.letter for one in form.right] if len(form.right) <= MOST_BUBBLES else []
            return {
                "what": "pair", "left": _options(form.left), "options": _options(form.right), "letters": letters
            }  # fmt: skip
        case HandIn():
            return {"what": "hand_in", "file": one_line(form.file), "signature": one_line(form.signature)}


def _options(options: tuple[Option, ...], *, as_code: bool = False) -> list[list[Node]]:
    return [[one.letter, [["code", one.text]] if as_code else inline(one.text)] for one in options]


def _entry(form: Enter) -> Json:
    hint = form.hint or (f"in {', '.join(form.variables)}" if form.variables else "")
    return {"kind": form.what, "lines": form.lines, "label": one_line(form.label), "hint": one_line(hint)}
