r"""GIFT: the text format that Moodle and others import. Each question is a category with its variants.

    // [id:3f2a91c4d0:tanh/range:K7QF-2M9X]
    ::Range::[html]<p>What is the range of \\(\\tanh\\)?</p> {~... =...####...}

Signs that mean something are escaped, a backslash too; a line end is written ``\n``, since an empty line would end
the question. Numbers are plain decimals: an exponent is not read everywhere.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from grader.export.losses import Need, losses
from grader.export.moodle import category, version_of
from grader.export.moodle_grade import moodle_share
from grader.export.moodle_question import maths
from grader.export.parts import each_blank, each_form, groups
from grader.export.picture import picture_of
from grader.export.prose import asked, body, inline, lettered, xhtml
from grader.export.stand_in import is_code, middle_and_room, needs_letters, notes, order_as_pairs, spellings
from grader.export.writer import File, Order, Writer
from grader.model.sheet import (
    BlankKey,
    Choose,
    ChooseKey,
    Enter,
    Item,
    NumberKey,
    Pair,
    PairKey,
    Posed,
    Sheet,
)

__all__ = ["INSTEAD", "WRITER", "gift_text"]

SUFFIX = ".gift"
_ESCAPED = str.maketrans({**{sign: f"\\{sign}" for sign in "\\~=#{}:"}, "\n": "\\n"})

INSTEAD = {
    Need.POINTS: "GIFT has none; the quiz gives them",
    Need.CHOICE_PARTIAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.CHOICE_UNEQUAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.NUMBER_WRITING: "platforms read decimals",
    Need.NUMBER_UNITS: "the number is to be entered alone",
    Need.NUMBER_PARTIAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.NUMBER_DIGITS: "it is left out",
    Need.FORMULA: "an essay; people mark it, and the right formula is in its feedback",
    Need.WORD_IGNORE: "they are compared with them",
    Need.WORD_SPELLING: "platforms compare sign by sign, capitals apart; spellings without spaces count, too",
    Need.LINES: "an essay; people mark it, and the right lines are in its feedback",
    Need.TEXT: "an essay; the rubric and a model answer are in its feedback",
    Need.PARTS: "a question for each part, each in a category of its own and drawn by itself",
    Need.BLANKS: "a question for each blank of the text, each in a category of its own",
    Need.ORDER: "places to match with lines; every right place earns its share",
    Need.ORDER_PAIRS: "places to match with lines; every right place earns its share",
    Need.PAIR_FEEDBACK: "it is left out",
    Need.ORDER_FEEDBACK: "it is left out",
    Need.HAND_IN: "an essay for the code; people mark it, or `grader grade` does",
    Need.MISCONCEPTION: "GIFT keeps none; the feedback on the answer is there",
    Need.PICTURE: "the plot stands in the text itself, as data",
}


def gift_text(sheets: Sequence[Sheet]) -> str:
    """Return the GIFT of all questions of some sheets, with their keys."""
    made = groups(sheets)
    version = version_of(made)
    blocks: list[str] = []
    for group in made:
        parts = [(variant.code, _parts(variant.posed)) for variant in group.variants]
        for number in range(len(parts[0][1])):
            path = category(sheets[0].title, version, *parts[0][1][number].item.id.split("/"))
            blocks.append(f"$CATEGORY: {path}\n")
            blocks += [_question(part[number], code, version, is_one=len(parts) == 1) for code, part in parts]
    return "\n".join(blocks)


def _parts(posed: Posed) -> tuple[Posed, ...]:
    return tuple(order for part in each_form(posed) for order in each_blank(part))


def _question(posed: Posed, code: str, version: str, *, is_one: bool) -> str:
    item = posed.item
    title = item.title if is_one else f"{item.title} ({code})"
    as_code = is_code(posed)
    posed = order_as_pairs(posed)
    asks = _escaped(_text(posed.item, as_code=as_code))
    explains = [posed.key.solution, notes(posed) if _is_by_hand(posed) else ""]
    general = xhtml("\n\n".join(part for part in explains if part), maths)
    after = f"####[html]{_escaped(general)}" if general else ""
    return (
        f"// [id:{version}:{item.id}:{code}]\n"
        f"::{_escaped(' '.join(title.split()))}::[html]{asks} {{{_answers(posed, as_code=as_code)}{after}}}\n"
    )


def _text(item: Item, *, as_code: bool) -> str:
    form, source = item.forms[0], ""
    if item.drawing is not None:
        data = b64encode(picture_of(item.drawing).data).decode("ascii")
        source = f"data:image/svg+xml;base64,{data}"
    html = body(item, maths, picture=source) + asked(form)
    if isinstance(form, Pair) and (as_code or needs_letters(form)):
        html += lettered(form.right, maths, as_code=as_code)
    return html


def _is_by_hand(posed: Posed) -> bool:
    form, key = posed.item.forms[0], posed.key.forms[0]
    return isinstance(form, Enter) and not (
        isinstance(key, NumberKey) or (isinstance(key, BlankKey) and form.lines == 1)
    )


def _answers(posed: Posed, *, as_code: bool) -> str:
    form, key = posed.item.forms[0], posed.key.forms[0]
    match form, key:
        case Choose(), ChooseKey():
            return "".join(
                f"{_sign(key.shares[one.letter], several=form.several)}[html]{_escaped(inline(one.text, maths))}"
                f"{_said(key.feedback.get(one.letter, ''))} "
                for one in form.options
            )
        case Enter(), NumberKey():
            return f"#{''.join(_bands(key))}"
        case Enter(), BlankKey() if not _is_by_hand(posed):
            right = (f"=%100%{_word(word)} " for word in spellings(key.words))
            wrong = (f"=%0%{_word(word)}{_said(feedback)} " for word, feedback, _ in key.wrong)
            return "".join([*right, *wrong])
        case Pair(), PairKey():
            return "".join(_pairs(form, key, by_letter=as_code or needs_letters(form)))
        case _:
            return ""


def _sign(share: Fraction, *, several: bool) -> str:
    if not several and share in (0, 1):
        return "=" if share else "~"
    return f"~%{moodle_share(share)}%"


def _bands(key: NumberKey) -> Iterator[str]:
    for band in key.bands:
        middle, room = (format(Decimal(repr(number)), "f") for number in middle_and_room(band))
        yield f"=%{moodle_share(band.share)}%{middle}:{room}{_said(band.feedback)} "


def _pairs(form: Pair, key: PairKey, *, by_letter: bool) -> Iterator[str]:
    shown = {right.letter: right.letter if by_letter else right.text for right in form.right}
    for left in form.left:
        yield f"=[html]{_escaped(inline(left.text, maths))} -> {_escaped(shown[key.pairs[left.letter]])} "
    for right in form.right:
        if right.letter not in key.pairs.values():
            yield f"= -> {_escaped(shown[right.letter])} "


def _word(word: str) -> str:
    """Write a word; an asterisk would stand for anything."""
    return _escaped(word.replace("*", "\\*"))


def _said(feedback: str) -> str:
    return f"#[html]{_escaped(inline(feedback, maths))}" if feedback else ""


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def _files(order: Order) -> Iterator[File]:
    sheets = [sheet for _, sheet in order.sheets]
    yield File(f"{sheets[0].assessment}{SUFFIX}", gift_text(sheets).encode())


WRITER = Writer(("import",), _files, lambda sheets: losses(INSTEAD, *sheets), is_for_one=False)
