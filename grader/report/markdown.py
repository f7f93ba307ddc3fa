"""An author's Markdown with formulas between dollar signs, as HTML that is safe to put on a page.

Formulas become MathML, which browsers draw and screen readers speak. nh3 drops MathML, so that the text is
cleaned with placeholders in the formulas' places. The LaTeX library does not escape what stands in ``\\text{}``:
its tree is written out here, with the elements and attributes that are known and everything else escaped.
"""

import html
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.report.mathspace import set_well, steps

__all__ = ["NOTHING", "code_html", "formula_complaints", "markdown_html", "mathml", "reader"]

NOTHING = Markup()  # Markup because: there is nothing in it

_MATHML = """
    math mrow mi mo mn ms mtext mspace msup msub msubsup mover munder munderover mmultiscripts mprescripts none
    mfrac msqrt mroot mstyle mpadded mphantom menclose mtable mtr mtd merror semantics
"""
_MATHML_ATTRIBUTES = """
    display displaystyle scriptlevel mathvariant stretchy fence separator form symmetric largeop movablelimits
    lspace rspace minsize maxsize linethickness accent accentunder width height depth voffset notation
    columnalign rowspacing columnspacing columnlines rowlines tabindex
"""
_HTML = """
    a blockquote br code del em h2 h3 h4 h5 h6 hr img li ol p pre s strong sub sup table tbody td th thead tr ul
"""
_ELEMENTS, _ATTRIBUTES, _TAGS = (set(words.split()) for words in (_MATHML, _MATHML_ATTRIBUTES, _HTML))
_VALUE = re.compile(r"[A-Za-z0-9 .%+-]{0,60}")
_KEY = secrets.token_hex(8)  # no author can write it: it is another one in each process
_KEPT = re.compile(f"{_KEY}-([0-9]+)-")
_UNEVEN = re.compile(r"\\[lr][vV]ert\b|\\begin\{(?:aligned|align\*?|split|gather\*?)\}")


def code_html(text: str) -> Markup:
    """Return a text as code, just as it stands."""
    return Markup("<code>{}</code>").format(text)  # Markup because: format escapes the text


@lru_cache(maxsize=4096)
def markdown_html(text: str, top: int = 3) -> Markup:
    """Return Markdown as HTML; its headings start at the level ``top``, since a page has its own above."""
    formulas: list[str] = []
    cleaned = nh3.clean(
        _markdown(top).render(text, {"formulas": formulas}),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}},
        attribute_filter=_only_own_pictures,
        url_schemes={"https", "http", "mailto", "data"},
        link_rel="noopener noreferrer",
    )
    # Markup because: nh3 has cleaned the text, and _written escapes every formula.
    return Markup(_KEPT.sub(lambda found: formulas[int(found[1])], cleaned))  # noqa: S704


def _only_own_pictures(element: str, attribute: str, value: str) -> str | None:
    """Keep addresses in links, and in pictures nothing but their own data: a page fetches nothing."""
    is_data = value.strip().lower().startswith("data:")
    if (element, attribute) == ("img", "src"):
        return value if is_data else None
    return None if attribute == "href" and is_data else value


@lru_cache(maxsize=8)
def _markdown(top: int) -> MarkdownIt:
    """Return a renderer that leaves a placeholder for each formula, and puts it among those of its call."""
    markdown = reader(lambda latex, _: latex)

    def keep(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        token = tokens[index]
        env["formulas"].append(mathml(token.content.strip(), block=token.type != "math_inline"))
        mark = f"{_KEY}-{len(env['formulas']) - 1}-"
        return f"<div>{mark}</div>" if token.type == "math_block" else mark

    for kind in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(kind, keep)

    def lower(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, _env: Any) -> str:
        tokens[index].tag = f"h{min(int(tokens[index].tag[1:]) + top - 1, 6)}"
        return renderer.renderToken(tokens, index, options, _env)

    markdown.add_render_rule("heading_open", lower)
    markdown.add_render_rule("heading_close", lower)
    return markdown


def reader(on_formula: Callable[[str, dict[str, Any]], str]) -> MarkdownIt:
    """Return a Markdown reader that hands every formula to ``on_formula``."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    dollarmath_plugin(markdown, allow_labels=False, allow_space=False, double_inline=True, renderer=on_formula)
    return markdown


@lru_cache(maxsize=4096)
def mathml(latex: str, *, block: bool, in_one: bool = False) -> str:
    """Return a formula as MathML, or as its own source where the library cannot read it.

    One in a line is cut into steps where the line may break, with HTML's ``<wbr>`` between them, unless it is to
    be ``in_one`` element, for what is read as XML.
    """
    from latex2mathml.converter import convert_to_element

    try:
        tree = convert_to_element(latex, display="block" if block else "inline")
    except Exception:  # noqa: BLE001  any of its dozen errors, and whatever a wrong formula makes it raise
        return f"<code>{html.escape(latex)}</code>"
    set_well(tree)
    if block:
        tree.set("tabindex", "0")  # on a narrow screen it scrolls, which must be possible without a mouse
        return "".join(_written(tree))
    parts = [tree] if in_one else steps(tree)
    return "<wbr>".join("".join(_written(part)) for part in parts)


def _written(element: Element) -> Iterator[str]:
    name = element.tag if element.tag in _ELEMENTS else "mrow"
    kept = (
        f' {key}="{value}"'
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    yield f"<{name}{''.join(kept)}>"
    yield html.escape(html.unescape(element.text or ""))
    for child in element:
        yield from _written(child)
        yield html.escape(html.unescape(child.tail or ""))
    yield f"</{name}>"


def formula_complaints(text: str) -> tuple[str, ...]:
    """Return a sentence for each formula of a Markdown text that a page would show wrongly."""
    from latex2mathml.converter import convert_to_element

    complaints: list[str] = []

    def look(latex: str, _: dict[str, Any]) -> str:
        try:
            leaves = [element.text or "" for element in convert_to_element(latex).iter("mi")]
        except Exception as error:  # noqa: BLE001  see mathml
            complaints.append(f"the formula ${latex}$ cannot be read ({type(error).__name__})")
            return ""
        odd = next((leaf for leaf in leaves if leaf.startswith("\\") or leaf == "&"), None)
        if odd is not None:
            complaints.append(f"the formula ${latex}$ would show {odd!r} as it stands: the command is not known")
        elif _UNEVEN.search(latex):
            complaints.append(f"the formula ${latex}$ would be shown unevenly: write |x|, or one formula a line")
        return ""

    reader(look).render(text)
    return tuple(complaints)
