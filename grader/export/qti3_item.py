"""One question as a QTI 3.0 item: what is asked, the fields to answer in, and the rules that mark them.

Every field has a response and a score of its own, RESPONSE1 and SCORE1 and so on; SCORE is their sum, in points.
What people mark says so in its score's declaration. See ``qti3_rules`` for how fields are marked.
"""

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element, fromstring

from grader.export.archive import add, document
from grader.export.prose import asked, body, inline, xhtml
from grader.export.qti3_rules import Field, declare, give_feedback, rules
from grader.export.stand_in import notes
from grader.model.sheet import Arrange, BlankKey, Blanks, Choose, Enter, Form, FormKey, HandIn, Option, Pair, Posed
from grader.report.markdown import mathml

__all__ = ["QTI", "elements", "maths", "write_item"]

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
MATHML = "http://www.w3.org/1998/Math/MathML"
WIDTHS = {"number": "12", "word": "16", "formula": "30"}


def maths(latex: str, block: bool) -> str:
    """Write a formula as MathML, which QTI knows, in one element: a place to break a line is no XML."""
    return mathml(latex, block=block, in_one=True)


def elements(text: str, tag: str = "div") -> Element:
    """Return Markdown as elements."""
    return _parsed(xhtml(text, maths), tag)


def _parsed(html: str, tag: str = "div") -> Element:
    root = fromstring(f"<{tag}>{html}</{tag}>")  # noqa: S314 (what prose made of escaped text)
    for formula in root.iter("math"):
        formula.attrib.pop("tabindex", None)
        formula.set("xmlns", MATHML)
    return root


def write_item(ident: str, posed: Posed, picture: str) -> bytes:
    """Return the XML of an item; ``picture`` is where its plot lies."""
    item = posed.item
    root = Element("qti-assessment-item", {"xmlns": QTI, "identifier": ident, "title": item.title})
    root.attrib |= {"adaptive": "false", "time-dependent": "false", "xml:lang": "en"}
    fields = tuple(_fields(posed))
    declare(root, fields, item.points)
    content = add(root, "qti-item-body")
    content.append(_body(posed, fields, picture))
    for field in fields:
        if not isinstance(field.whole, Blanks):
            content.append(_interaction(field))
    _note(content, posed)
    processing = add(root, "qti-response-processing")
    for field in fields:
        rules(processing, field)
    total = add(add(processing, "qti-set-outcome-value", identifier="SCORE"), "qti-sum")
    for field in fields:
        add(total, "qti-variable", identifier=field.score)
    for field in fields:
        for name, text in give_feedback(field):
            feedback = add(root, "qti-modal-feedback", identifier=name, show_hide="show")
            feedback.set("outcome-identifier", field.feedback)
            add(feedback, "qti-content-body").append(elements(text))
    return document(root, is_indented=False)


def _fields(posed: Posed) -> Iterator[Field]:
    """Go through all that is to be answered: the forms, and instead of a form with blanks each blank."""
    number = 0
    for form, key, share in zip(posed.item.forms, posed.key.forms, posed.key.shares, strict=True):
        points = posed.item.points * share
        for one, one_key, part in _parts(form, key):
            number += 1
            yield Field(number, form, one, one_key, points * part)


def _parts(form: Form, key: FormKey) -> Iterator[tuple[Form, FormKey, Fraction]]:
    if isinstance(form, Blanks) and isinstance(key, tuple):
        for field, blank in zip(form.fields, key, strict=True):
            yield field, _of_blank(blank), blank.share
    else:
        yield form, key, Fraction(1)


def _of_blank(blank: BlankKey) -> FormKey:
    return blank.number or blank.formula or blank


def _body(posed: Posed, fields: tuple[Field, ...], picture: str) -> Element:
    blanks = [_entry(field) for field in fields if isinstance(field.whole, Blanks)]
    html = body(posed.item, maths, picture=picture, blanks=blanks)
    if blanks:
        html += "".join(asked(form) for form in posed.item.forms)
    return _parsed(html)


def _entry(field: Field) -> str:
    """Return a field within a text."""
    what = field.form.what if isinstance(field.form, Enter) else "word"
    return (
        f'<qti-text-entry-interaction response-identifier="{field.response}" '
        f'expected-length="{WIDTHS.get(what, "16")}" />'
    )


def _interaction(field: Field) -> Element:
    form = field.form
    match form:
        case Choose():
            return _choose(field, form)
        case Arrange():
            return _arrange(field, form)
        case Pair():
            return _pair(field, form)
        case HandIn():
            made = Element("qti-upload-interaction", {"response-identifier": field.response})
            made.append(_parsed(asked(form), "qti-prompt"))
            return made
        case Enter() if form.what == "text":
            made = Element("qti-extended-text-interaction", {"response-identifier": field.response})
            made.set("expected-lines", str(max(form.lines, 2)))
            hint = asked(form)
            if hint:
                made.append(_parsed(hint, "qti-prompt"))
            return made
        case _:
            return _parsed(f"{asked(form)}<p>{_entry(field)}</p>")


def _choose(field: Field, form: Choose) -> Element:
    made = Element("qti-choice-interaction", {"response-identifier": field.response, "shuffle": "false"})
    made.set("max-choices", "0" if form.several else "1")
    for option in form.options:
        made.append(_option("qti-simple-choice", option.letter, option))
    return made


def _option(tag: str, identifier: str, option: Option, *, as_code: bool = False) -> Element:
    text = f"<code>{escape(option.text, quote=False)}</code>" if as_code else inline(option.text, maths)
    made = _parsed(text, tag)
    made.set("identifier", identifier)
    return made


def _arrange(field: Field, form: Arrange) -> Element:
    made = Element("qti-order-interaction", {"response-identifier": field.response, "shuffle": "false"})
    made.set("orientation", "vertical")
    for option in form.options:
        made.append(_option("qti-simple-choice", option.letter, option, as_code=form.lines_of_code))
    return made


def _pair(field: Field, form: Pair) -> Element:
    made = Element("qti-match-interaction", {"response-identifier": field.response, "shuffle": "false"})
    made.set("max-associations", str(len(form.left)))
    for sign, options, most in (("L", form.left, 1), ("R", form.right, len(form.left))):
        side = add(made, "qti-simple-match-set")
        for option in options:
            choice = _option("qti-simple-associable-choice", f"{sign}{option.letter}", option)
            choice.set("match-max", str(most))
            side.append(choice)
    return made


def _note(content: Element, posed: Posed) -> None:
    """Write what scorers read; players were seen to refuse a block for several views."""
    text = "\n\n".join(part for part in (posed.key.solution, notes(posed)) if part)
    if text:
        block = add(content, "qti-rubric-block", use="scoring", view="scorer")
        add(block, "qti-content-body").append(elements(text))
