"""What a page shows of an item: its texts as HTML, its forms with the ids of their controls. Knows no key."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.export.figure import draw_figure
from grader.export.prose import FIRST_STAND_IN, hold_places, unwrapped
from grader.model.sheet import Arrange, Blanks, Choose, Enter, Form, HandIn, Item, Option, Pair
from grader.quiz.reading import field_name
from grader.report.markdown import NOTHING, code_html, markdown_html

__all__ = [
    "FormView",
    "ItemView",
    "OptionView",
    "fill_blanks",
    "inline_html",
    "picture_html",
    "prompt_html",
    "view_items",
]

WHAT: dict[type[Form], str] = {
    Choose: "choose",
    Blanks: "blanks",
    Arrange: "arrange",
    Pair: "pair",
    HandIn: "hand_in",
}
WIDTHS = {"number": 12, "word": 14, "formula": 24}  # of a blank, in characters


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option with its text as HTML."""

    letter: str
    html: Markup


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as its template shows it.

    ``part`` names its answer where a question has several forms. A prompt with blanks in it belongs to its form.
    """

    what: str  # "choose", "several", "enter", "blanks", "arrange", "pair", "hand_in"
    ident: str
    part: str
    form: Form
    options: tuple[OptionView, ...] = ()  # of a pair, the right side
    left: tuple[OptionView, ...] = ()
    prompt: Markup = NOTHING
    loose: tuple[Markup, ...] = ()  # blanks that stand nowhere in the prompt


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as its template shows it."""

    item: Item
    number: int
    anchor: str
    prompt: Markup
    forms: tuple[FormView, ...]
    picture: Markup | None

    @property
    def is_answered_here(self) -> bool:
        """Whether the page has controls for it; code is handed in as a file."""
        return any(form.what != "hand_in" for form in self.forms)


def view_items(items: tuple[Item, ...]) -> tuple[ItemView, ...]:
    """Lay out the items of a page."""
    return tuple(_item(item, number) for number, item in enumerate(items, start=1))


def inline_html(text: str) -> Markup:
    """Return Markdown without the paragraph around it, where it is but one: fit to stand in a label."""
    # Markup because: it is a part of what markdown_html made, with the same tags open and closed.
    return Markup(unwrapped(markdown_html(text)))  # noqa: S704


def picture_html(item: Item, anchor: str, number: int) -> Markup | None:
    """Return the plot of an item, if it has one; ``anchor`` is the item's own on the page."""
    if item.drawing is None:
        return None
    return draw_figure(item.drawing, title=f"The plot of question {number}", ident=f"{anchor}-plot")


def _item(item: Item, number: int) -> ItemView:
    anchor = f"q{number}"
    forms = tuple(
        _form(item, form, f"{anchor}-{place}", alone=len(item.forms) == 1) for place, form in enumerate(item.forms)
    )
    has_blanks = any(form.what == "blanks" for form in forms)
    prompt = NOTHING if has_blanks else markdown_html(item.prompt)
    return ItemView(item, number, anchor, prompt, forms, picture_html(item, anchor, number))


def _form(item: Item, form: Form, ident: str, *, alone: bool) -> FormView:
    what = WHAT.get(type(form), "enter")
    part = "" if alone else field_name(form)
    match form:
        case Choose():
            what = "several" if form.several else what
            return FormView(what, ident, part, form, _options(form.options))
        case Arrange():
            return FormView(what, ident, part, form, _options(form.options, as_code=form.lines_of_code))
        case Pair():
            return FormView(what, ident, part, form, _options(form.right), _options(form.left))
        case Blanks():
            prompt, loose = _with_blanks(item.prompt, form, ident)
            return FormView(what, ident, part, form, prompt=prompt, loose=loose)
        case _:
            return FormView(what, ident, part, form)


def _options(options: tuple[Option, ...], *, as_code: bool = False) -> tuple[OptionView, ...]:
    return tuple(
        OptionView(one.letter, code_html(one.text) if as_code else inline_html(one.text)) for one in options
    )


def prompt_html(item: Item, top: int = 3) -> Markup:
    """Return an item's prompt to read; its blanks are marked by their numbers."""
    form = next((form for form in item.forms if isinstance(form, Blanks)), None)
    if form is None:
        return markdown_html(item.prompt, top)
    # Markup because: the only thing in it is a number.
    marks = [Markup("<strong>[{}]</strong>").format(place + 1) for place in range(len(form.fields))]
    return fill_blanks(item.prompt, marks)[0]


def _with_blanks(prompt: str, form: Blanks, ident: str) -> tuple[Markup, tuple[Markup, ...]]:
    return fill_blanks(
        prompt, [_control(field, ident, place, len(form.fields)) for place, field in enumerate(form.fields)]
    )


def fill_blanks(prompt: str, controls: Sequence[Markup]) -> tuple[Markup, tuple[Markup, ...]]:
    """Put one thing after another where a blank stands in a prompt; return those as well that found no place."""
    stand_ins = [chr(FIRST_STAND_IN + place) for place in range(len(controls))]
    made = str(markdown_html(hold_places(prompt, len(controls))))
    loose: list[Markup] = []
    for stand_in, control in zip(stand_ins, controls, strict=True):
        if stand_in in made:
            made = made.replace(stand_in, str(control), 1)
        else:
            loose.append(control)
    # Markup because: markdown_html has escaped the text, and the controls are Markup.
    return Markup(made), tuple(loose)  # noqa: S704


def _control(field: Enter, ident: str, place: int, count: int) -> Markup:
    label = f"Blank {place + 1} of {count}: {_kind_of(field)}"
    # Markup because: it is our own, and format escapes what it is given.
    mode = Markup(' inputmode="decimal"') if field.what == "number" else ""
    width = WIDTHS.get(field.what, 14)
    return Markup(
        '<input class="blank" type="text" id="{ident}-{place}" size="{width}" aria-label="{label}"'
        ' placeholder="{n}" data-what="{what}"{mode} autocapitalize="off" spellcheck="false">'
    ).format(ident=ident, place=place, width=width, label=label, n=place + 1, what=field.what, mode=mode)


def _kind_of(field: Enter) -> str:
    words = {"number": "a number", "formula": "a formula"}.get(field.what, "a word")
    return f"{words} ({field.hint})" if field.hint else words
