"""One question as Moodle's XML has it."""

from fractions import Fraction
from xml.etree.ElementTree import Element

from grader.export.archive import add
from grader.export.cloze import field, weights
from grader.export.moodle_grade import moodle_share
from grader.export.parts import each_blank, each_form, points_text
from grader.export.prose import asked, body, inline, latex_in, lettered, xhtml
from grader.export.stand_in import is_code, middle_and_room, needs_letters, notes, order_as_pairs, spellings
from grader.model.sheet import (
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    FormKey,
    HandIn,
    NumberKey,
    Pair,
    PairKey,
    Posed,
)

__all__ = ["maths", "moodle_parts", "write_question"]

maths = latex_in("\\(", "\\)", "$$", "$$")  # what Moodle's MathJax filter looks for


def moodle_parts(posed: Posed) -> tuple[Posed, ...]:
    """Return the questions that Moodle needs for one: formulas cannot stand among the fields of a text."""
    made: list[Posed] = []
    for part in each_form(posed):
        made += each_blank(part) if _has_formula(part.key.forms[0]) else (part,)
    return tuple(made)


def _has_formula(keys: FormKey) -> bool:
    return isinstance(keys, tuple) and any(key.formula is not None for key in keys)


def write_question(root: Element, title: str, idnumber: str, posed: Posed, picture: tuple[str, str]) -> None:
    """Write one question with one form; ``picture`` is the name and the Base64 of its plot."""
    as_code = is_code(posed)
    posed = order_as_pairs(posed)
    form, key = posed.item.forms[0], posed.key.forms[0]
    question = add(root, "question")
    _text(add(question, "name"), title)
    _question_text(question, posed, picture, as_code=as_code)
    _html(question, "generalfeedback", xhtml(posed.key.solution, maths))
    if not isinstance(form, Blanks):
        add(question, "defaultgrade", points_text(posed.item.points))
    add(question, "penalty", "0.3333333")
    add(question, "hidden", "0")
    add(question, "idnumber", idnumber)
    match form, key:
        case Choose(), ChooseKey():
            kind = _choose(question, form, key)
        case Enter(), NumberKey():
            kind = _number(question, key)
        case Enter(), BlankKey() if form.lines == 1 and key.words:
            kind = _word(question, key)
        case Blanks(), _:
            kind = "cloze"
        case Pair(), PairKey():
            kind = _pair(question, form, key, by_letter=needs_letters(form) or as_code)
        case HandIn(), _:
            kind = _essay(question, posed, is_file=True)
        case _:
            kind = _essay(question, posed, is_file=False)
    question.set("type", kind)


def _question_text(question: Element, posed: Posed, picture: tuple[str, str], *, as_code: bool) -> None:
    name, data = picture
    form, keys = posed.item.forms[0], posed.key.forms[0]
    fields = ()
    if isinstance(form, Blanks) and isinstance(keys, tuple):
        worth = weights([key.share * posed.item.points for key in keys])
        fields = tuple(field(key, weight, maths) for key, weight in zip(keys, worth, strict=True))
    html = body(posed.item, maths, picture=f"@@PLUGINFILE@@/{name}" if name else "", blanks=fields)
    html += asked(form)
    if isinstance(form, Pair) and (as_code or needs_letters(form)):
        html += lettered(form.right, maths, as_code=as_code)
    made = _html(question, "questiontext", html)
    if name:
        add(made, "file", data, name=name, path="/", encoding="base64")


def _choose(question: Element, form: Choose, key: ChooseKey) -> str:
    add(question, "single", "false" if form.several else "true")
    add(question, "shuffleanswers", "false")  # the order is a part of the variant
    add(question, "answernumbering", "ABCD")
    add(question, "showstandardinstruction", "1")
    for option in form.options:
        answer = _answer(question, key.shares[option.letter], key.feedback.get(option.letter, ""))
        _text(answer, inline(option.text, maths))
        answer.set("format", "html")
    return "multichoice"


def _number(question: Element, key: NumberKey) -> str:
    for band in key.bands:
        middle, room = middle_and_room(band)
        answer = _answer(question, band.share, band.feedback)
        _text(answer, repr(middle))
        add(answer, "tolerance", repr(room))
    for tag, text in (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "3"), ("unitsleft", "0")):
        add(question, tag, text)
    return "numerical"


def _word(question: Element, key: BlankKey) -> str:
    add(question, "usecase", "0")
    for word in spellings(key.words):
        _text(_answer(question, Fraction(1), ""), word.replace("*", "\\*"))
    for word, feedback, _ in key.wrong:
        _text(_answer(question, Fraction(0), feedback), word.replace("*", "\\*"))
    return "shortanswer"


def _pair(question: Element, form: Pair, key: PairKey, *, by_letter: bool) -> str:
    add(question, "shuffleanswers", "false")
    add(question, "shownumcorrect")
    shown = {right.letter: right.letter if by_letter else right.text for right in form.right}
    for left in form.left:
        _text(
            add(_html(question, "subquestion", inline(left.text, maths)), "answer"), shown[key.pairs[left.letter]]
        )
    used = set(key.pairs.values())
    for right in form.right:
        if right.letter not in used:  # without anything on the left: one more in the menu
            _text(add(_html(question, "subquestion", ""), "answer"), shown[right.letter])
    return "matching"


def _essay(question: Element, posed: Posed, *, is_file: bool) -> str:
    form = posed.item.forms[0]
    lines = form.lines if isinstance(form, Enter) else 1
    is_code = isinstance(form, Enter) and form.what != "text"
    for tag, text in (
        ("responseformat", "noinline" if is_file else "monospaced" if is_code else "plain"),
        ("responserequired", "0" if is_file else "1"),
        ("responsefieldlines", str(max(lines, 3))),
        ("minwordlimit", ""),
        ("maxwordlimit", ""),
        ("attachments", "1" if is_file else "0"),
        ("attachmentsrequired", "1" if is_file else "0"),
        ("maxbytes", "0"),
        ("filetypeslist", ".py,.ipynb" if is_file else ""),
    ):
        add(question, tag, text)
    _html(question, "graderinfo", xhtml(notes(posed), maths))
    _html(question, "responsetemplate", "")
    return "essay"


def _answer(question: Element, share: Fraction, feedback: str) -> Element:
    answer = add(question, "answer", fraction=moodle_share(share), format="moodle_auto_format")
    if feedback:
        _html(answer, "feedback", xhtml(feedback, maths))
    return answer


def _html(parent: Element, tag: str, html: str) -> Element:
    made = add(parent, tag, format="html")
    _text(made, html)
    return made


def _text(parent: Element, text: str) -> None:
    add(parent, "text", text)
