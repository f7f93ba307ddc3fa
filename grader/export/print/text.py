"""An author's Markdown as nodes that Typst can lay out: lists whose first entry says what they are.

    "words"                      text, as it stands
    ["em", [node...]]            also strong, strike; code holds a text
    ["maths", typst, latex]      in a line; what cannot be read as a formula is code
    ["blank", 2]                 the place of the second blank
    ["p", [node...]]             blocks: p, head, quote, items, table, source, formula, rule

Typst takes none of the texts for markup; formulas, which only authors write, it reads as formulas.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.export.print.maths import typst_maths
from grader.export.prose import FIRST_STAND_IN, circled, hold_places
from grader.report.markdown import reader
from grader.report.safe import printable

__all__ = ["Node", "blocks", "inline", "with_blanks"]

Node = str | list["Node"] | int  # as JSON has it

_STAND_IN = re.compile("[\ue000-\ue0ff]")
_WRAPPED = {"em_open": "em", "strong_open": "strong", "s_open": "strike", "link_open": "link"}
_BLOCKS = {
    "paragraph_open": "p",
    "blockquote_open": "quote",
    "bullet_list_open": "items",
    "list_item_open": "item",
}
_TABLE = {"table_open": "table", "tr_open": "row", "th_open": "cell", "td_open": "cell"}


@lru_cache(maxsize=4096)
def blocks(text: str) -> list[Node]:
    """Return Markdown as blocks. The list is kept, and not to be changed."""
    return list(_blocks(iter(_reader().parse(printable(text)))))


def inline(text: str) -> list[Node]:
    """Return Markdown that is one paragraph as what stands in it; anything else as its blocks."""
    made = blocks(text)
    if len(made) == 1 and isinstance(made[0], list) and made[0][:1] == ["p"]:
        inside = made[0][1]
        return inside if isinstance(inside, list) else made
    return made


def with_blanks(text: str, count: int) -> tuple[list[Node], list[int]]:
    """Return a prompt with a node where a blank stands in a line, and the blanks that have no place in a line.

    In a formula and in code a blank is shown as ①.
    """
    made = blocks(hold_places(text, count))
    placed = set(_placed(made))
    return made, [number for number in range(1, count + 1) if number not in placed]


def _placed(nodes: Sequence[Node]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, list):
            if len(node) == 2 and node[0] == "blank" and isinstance(node[1], int):
                yield node[1]
            else:
                yield from _placed(node)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return reader(lambda latex, _: latex)


def _blocks(tokens: Iterator[Token]) -> Iterator[Node]:
    """Yield blocks up to the end of what the tokens stand in."""
    for token in tokens:
        if token.nesting < 0:
            return
        if token.nesting > 0:
            yield from _opened(token, tokens)
        elif token.type == "inline":
            yield from _inline(iter(token.children or ()))
        elif token.type in ("fence", "code_block"):
            yield ["source", _numbered(token.content.rstrip("\n"))]
        elif token.type.startswith("math_block"):
            yield _formula("formula", token.content.strip())
        elif token.type == "hr":
            yield ["rule"]


def _opened(token: Token, tokens: Iterator[Token]) -> Iterator[Node]:
    inside = list(_blocks(tokens))
    if token.type == "heading_open":
        yield ["head", inside]
    elif token.type == "paragraph_open" and token.hidden:  # of a tight list
        yield ["line", inside]
    elif token.type == "ordered_list_open":
        yield ["numbered", int(token.attrs.get("start", 1)), inside]
    elif token.type in _TABLE:
        yield [_TABLE[token.type], inside]
    elif token.type in _BLOCKS:
        yield [_BLOCKS[token.type], inside]
    else:  # head and body of a table
        yield from inside


def _inline(tokens: Iterator[Token]) -> Iterator[Node]:
    for token in tokens:
        if token.nesting < 0:
            return
        if token.nesting > 0:
            inside = list(_inline(tokens))
            yield [_WRAPPED.get(token.type, "em"), inside]
        elif token.type in ("math_inline", "math_inline_double"):
            yield _formula("maths" if token.type == "math_inline" else "formula", token.content.strip())
        elif token.type == "code_inline":
            yield ["code", _numbered(token.content)]
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield ["break"]
        else:  # words; of a picture, what stands for it
            yield from _words(token.content)


def _words(text: str) -> Iterator[Node]:
    at = 0
    for found in _STAND_IN.finditer(text):
        yield text[at : found.start()]
        yield ["blank", ord(found[0]) - FIRST_STAND_IN + 1]
        at = found.end()
    if text[at:]:
        yield text[at:]


def _numbered(text: str) -> str:
    return _STAND_IN.sub(lambda found: circled(ord(found[0]) - FIRST_STAND_IN + 1), text)


def _formula(what: str, latex: str) -> Node:
    shown = _numbered(latex)
    made = typst_maths(shown)
    return [what, made, shown] if made else ["code", shown]
