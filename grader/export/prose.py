"""An author's Markdown as well-formed XHTML for platforms, with formulas as the platform wants them.

A platform cleans what it is given by rules of its own; authors' raw HTML never gets here, it is escaped.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from grader.model.sheet import Blanks, Enter, Form, HandIn, Item, Option
from grader.report.markdown import reader
from grader.report.safe import printable

__all__ = [
    "BLANK", "FIRST_STAND_IN", "Maths", "asked", "body", "circled", "hold_places", "inline", "is_plain",
    "latex_in", "lettered", "unwrapped", "xhtml",
]  # fmt: skip

Maths = Callable[[str, bool], str]  # LaTeX, and whether it stands by itself: to XHTML

BLANK = re.compile(r"(?<!_)___(?!_)")
FIRST_STAND_IN = 0xE000  # private-use characters: no Markdown, and one letter even in a formula
_STAND_INS = re.compile("[\ue000-\ue0ff]")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
_MARKUP = re.compile(r"[$`*_<>\[\]\\&~#\n]")


def xhtml(text: str, maths: Maths) -> str:
    """Return Markdown as XHTML whose formulas ``maths`` wrote."""
    markdown = reader(lambda latex, _: latex)

    def write(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        token = tokens[index]
        made = maths(token.content.strip(), token.type != "math_inline")
        return f"<p>{made}</p>\n" if token.type == "math_block" else made

    for kind in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(kind, write)
    return str(markdown.render(printable(text))).strip()


def inline(text: str, maths: Maths) -> str:
    """Return Markdown without the paragraph around it, where it is but one."""
    return unwrapped(xhtml(text, maths))


def unwrapped(html: str) -> str:
    """Return what stands in a paragraph, where there is but one."""
    match = _ONE_PARAGRAPH.fullmatch(html)
    return match[1] if match else html


def hold_places(prompt: str, count: int) -> str:
    """Put a character in the place of each blank that comes through Markdown and formulas as it is."""
    waiting = iter([chr(FIRST_STAND_IN + place) for place in range(count)])
    return BLANK.sub(lambda found: next(waiting, found[0]), prompt)


def is_plain(text: str) -> bool:
    """Whether a text means itself: no formula, no code, no Markdown."""
    return not _MARKUP.search(text) and text == text.strip()


def latex_in(start: str, end: str, block_start: str = "", block_end: str = "") -> Maths:
    """Return what writes formulas as LaTeX between delimiters."""

    def write(latex: str, block: bool) -> str:
        left, right = (block_start or start, block_end or end) if block else (start, end)
        return escape(f"{left}{latex}{right}", quote=False)

    return write


def circled(number: int) -> str:
    """Return a sign for a blank that can stand in a text, a formula and code: ①."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


def body(item: Item, maths: Maths, *, picture: str = "", blanks: Sequence[str] = ()) -> str:
    """Return what is asked: the prompt with something in place of each blank, the figure, and the code to read.

    A blank within a formula is shown as ①, and what is to stand in its place follows the prompt.
    """

    def numbered(latex: str, block: bool) -> str:
        return maths(_STAND_INS.sub(lambda found: circled(ord(found[0]) - FIRST_STAND_IN + 1), latex), block)

    made = xhtml(hold_places(item.prompt, len(blanks)), numbered)
    loose: list[str] = []
    for place, blank in enumerate(blanks):
        stand_in = chr(FIRST_STAND_IN + place)
        if stand_in in made:
            made = made.replace(stand_in, blank, 1)
        else:
            loose.append(f"{circled(place + 1)} {blank}")
    parts = [made, *(f"<p>{one}</p>" for one in loose)]
    if item.drawing is not None and picture:
        says = escape(printable(item.drawing.says))
        parts.append(f'<p><img src="{escape(picture)}" alt="{says}" /></p>')
    if item.code:
        parts.append(f"<pre><code>{escape(printable(item.code), quote=False)}</code></pre>")
    return "\n".join(parts)


def asked(form: Form) -> str:
    """Return what the form tells who fills it in, as XHTML; nothing where nothing needs to be told."""
    match form:
        case Enter():
            told = f"{form.label}: {form.hint}" if form.label and form.hint else form.label or form.hint
            return f"<p><em>({escape(printable(told), quote=False)})</em></p>" if told else ""
        case Blanks():
            hints = [f"{circled(n)} {one.hint}" for n, one in enumerate(form.fields, start=1) if one.hint]
            return f"<p><em>({escape(printable('; '.join(hints)), quote=False)})</em></p>" if hints else ""
        case HandIn():
            file, call = (escape(printable(text), quote=False) for text in (form.file, form.signature))
            return f"<p><em>Hand in</em> <code>{file}</code> <em>with</em> <code>{call}</code></p>"
        case _:
            return ""


def lettered(options: Sequence[Option], maths: Maths, *, as_code: bool = False) -> str:
    """Return options as a list with their letters, for platforms whose menus hold plain words only."""

    def shown(text: str) -> str:
        return f"<code>{escape(printable(text), quote=False)}</code>" if as_code else inline(text, maths)

    rows = (f"<tr><td><strong>{one.letter}</strong></td><td>{shown(one.text)}</td></tr>" for one in options)
    return f"<table><tbody>{''.join(rows)}</tbody></table>"
