"""One question as Canvas's QTI 1.2 has it: what is shown, what is right, and what is said afterwards.

A score goes from 0 to 100. Bounds are written with ``vargte`` and ``varlte``: Canvas takes an open lower bound
that ends in 5 for a precision.
"""

import hashlib
from fractions import Fraction
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element

from grader.export.archive import add
from grader.export.parts import each_blank, each_form, points_text
from grader.export.picture import picture_of
from grader.export.prose import asked, body, inline, lettered, xhtml
from grader.export.stand_in import full_intervals, is_code, needs_letters, notes, order_as_pairs, spellings
from grader.model.sheet import (
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    FormKey,
    HandIn,
    Item,
    NumberKey,
    Pair,
    PairKey,
    Posed,
)

__all__ = ["canvas_parts", "maths", "write_item"]

FOLDER = "%24IMS-CC-FILEBASE%24/images/"
WHOLE = Fraction(100)


def maths(latex: str, block: bool) -> str:
    """Write a formula as the picture that Canvas's editor makes of it."""
    del block
    source, shown = quote(quote(latex, safe=""), safe=""), escape(latex)
    return (
        f'<img class="equation_image" title="{shown}" src="/equation_images/{source}?scale=1" '
        f'alt="LaTeX: {shown}" data-equation-content="{shown}" />'
    )


def canvas_parts(posed: Posed) -> tuple[Posed, ...]:
    """Return the questions that Canvas needs for one: blanks stay together where all are words of equal weight."""
    made: list[Posed] = []
    for part in each_form(posed):
        made += (part,) if _are_equal_words(part.key.forms[0]) else each_blank(part)
    return tuple(made)


def _are_equal_words(keys: FormKey) -> bool:
    if not isinstance(keys, tuple) or len(keys) < 2:
        return False
    return all(key.words for key in keys) and len({key.share for key in keys}) == 1


def write_item(section: Element, ident: str, title: str, posed: Posed) -> None:
    """Write one question with one form."""
    _Writing(section, ident, title, posed).write()


class _Writing:
    """The element of one question, while it is written."""

    def __init__(self, section: Element, ident: str, title: str, posed: Posed) -> None:
        self.as_code = is_code(posed)
        self.posed = order_as_pairs(posed)
        self.ident = ident
        self.item = add(section, "item", ident=ident, title=title)
        self.answers: list[str] = []

    def write(self) -> None:
        form, key = self.posed.item.forms[0], self.posed.key.forms[0]
        metadata = add(add(self.item, "itemmetadata"), "qtimetadata")
        presentation = add(self.item, "presentation")
        processing = add(self.item, "resprocessing")
        add(
            add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
        )
        explained = self._explained(form)
        if explained:
            condition = add(processing, "respcondition", continue_="Yes")
            add(add(condition, "conditionvar"), "other")
            add(condition, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
        match form, key:
            case Choose(), ChooseKey():
                kind = self._choose(presentation, processing, form, key)
            case Enter(), NumberKey():
                kind = self._number(presentation, processing, key)
            case Enter(), BlankKey() if form.lines == 1 and key.words:
                kind = self._word(presentation, processing, key)
            case Blanks(), tuple():
                kind = self._blanks(presentation, processing, form, key)
            case Pair(), PairKey():
                kind = self._pair(presentation, processing, form, key)
            case HandIn(), _:
                self._prompt(presentation)
                kind = "file_upload_question"
                self.item.remove(processing)
            case _:
                kind = self._essay(presentation, processing)
        self._metadata(metadata, kind)
        if explained:
            self._feedback("general_fb", explained)

    def _explained(self, form: object) -> str:
        """Return what the question's comment says: the solution, and for who marks by hand what is right."""
        by_hand = isinstance(form, Enter) and form.what in ("formula", "text")
        parts = [self.posed.key.solution, notes(self.posed) if by_hand else ""]
        return xhtml("\n\n".join(part for part in parts if part), maths)

    def _metadata(self, metadata: Element, kind: str) -> None:
        for label, entry in (
            ("question_type", kind),
            ("points_possible", points_text(self.posed.item.points)),
            ("original_answer_ids", ",".join(self.answers)),
            ("assessment_question_identifierref", f"{self.ident}_question"),
        ):
            field = add(metadata, "qtimetadatafield")
            add(field, "fieldlabel", label)
            add(field, "fieldentry", entry)

    def _answer(self, *words: str) -> str:
        """Return the number of an answer; Canvas's own are numbers, too."""
        digest = hashlib.sha256("\n".join((self.ident, *words)).encode()).hexdigest()
        made = str(10**8 + int(digest[:12], 16) % (9 * 10**8))
        self.answers.append(made)
        return made

    def _prompt(self, parent: Element, *, blanks: tuple[str, ...] = (), after: str = "") -> None:
        item: Item = self.posed.item
        picture = FOLDER + picture_of(item.drawing).name if item.drawing else ""
        html = body(item, maths, picture=picture, blanks=blanks) + asked(item.forms[0]) + after
        _text(parent, f"<div>{html}</div>")

    def _feedback(self, ident: str, html: str) -> None:
        _text(add(add(self.item, "itemfeedback", ident=ident), "flow_mat"), html)

    def _choose(self, presentation: Element, processing: Element, form: Choose, key: ChooseKey) -> str:
        self._prompt(presentation)
        cardinality = "Multiple" if form.several else "Single"
        response = add(presentation, "response_lid", ident="response1", rcardinality=cardinality)
        choices = add(response, "render_choice")
        idents = {one.letter: self._answer(one.letter, one.text) for one in form.options}
        for one in form.options:
            _text(add(choices, "response_label", ident=idents[one.letter]), inline(one.text, maths))
        for letter, feedback in key.feedback.items():
            name = f"{idents[letter]}_fb"
            condition = add(processing, "respcondition", continue_="Yes")
            add(add(condition, "conditionvar"), "varequal", idents[letter], respident="response1")
            add(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)
            self._feedback(name, xhtml(feedback, maths))
        condition = add(processing, "respcondition", continue_="No")
        variables = add(condition, "conditionvar")
        if form.several:
            both = add(variables, "and")
            for one in form.options:
                side = both if one.letter in key.right else add(both, "not")
                add(side, "varequal", idents[one.letter], respident="response1")
        else:
            best = max(key.shares, key=lambda letter: key.shares[letter])
            add(variables, "varequal", idents[best], respident="response1")
        _score(condition, WHOLE)
        if form.several:
            return "multiple_answers_question"
        is_true_or_false = [one.text for one in form.options] == ["True", "False"]
        return "true_false_question" if is_true_or_false else "multiple_choice_question"

    def _field(self, presentation: Element, **attributes: str) -> None:
        response = add(presentation, "response_str", ident="response1", rcardinality="Single")
        add(add(response, "render_fib", **attributes), "response_label", ident="answer1", rshuffle="No")

    def _number(self, presentation: Element, processing: Element, key: NumberKey) -> str:
        self._prompt(presentation)
        self._field(presentation, fibtype="Decimal")
        for low, high in full_intervals(key):
            self._answer(repr(low), repr(high))
            condition = add(processing, "respcondition", continue_="No")
            variables = add(condition, "conditionvar")
            add(variables, "vargte", repr(low), respident="response1")
            add(variables, "varlte", repr(high), respident="response1")
            _score(condition, WHOLE)
        return "numerical_question"

    def _word(self, presentation: Element, processing: Element, key: BlankKey) -> str:
        self._prompt(presentation)
        self._field(presentation)
        condition = add(processing, "respcondition", continue_="No")
        variables = add(condition, "conditionvar")
        for word in spellings(key.words):
            self._answer(word)
            add(variables, "varequal", word, respident="response1")
        _score(condition, WHOLE)
        return "short_answer_question"

    def _blanks(self, presentation: Element, processing: Element, form: Blanks, keys: tuple[BlankKey, ...]) -> str:
        names = tuple(f"blank{number}" for number in range(1, len(form.fields) + 1))
        self._prompt(presentation, blanks=tuple(f"[{name}]" for name in names))
        for name, key in zip(names, keys, strict=True):
            response = add(presentation, "response_lid", ident=f"response_{name}")
            add(add(response, "material"), "mattext", name)
            choices = add(response, "render_choice")
            for word in spellings(key.words):
                answer = self._answer(name, word)
                label = add(choices, "response_label", ident=answer)
                add(add(label, "material"), "mattext", word, texttype="text/plain")
                condition = add(processing, "respcondition")
                add(add(condition, "conditionvar"), "varequal", answer, respident=f"response_{name}")
                _score(condition, WHOLE / len(names), action="Add")
        return "fill_in_multiple_blanks_question"

    def _pair(self, presentation: Element, processing: Element, form: Pair, key: PairKey) -> str:
        by_letter = needs_letters(form) or self.as_code
        after = lettered(form.right, maths, as_code=self.as_code) if by_letter else ""
        self._prompt(presentation, after=after)
        rights = {one.letter: self._answer("right", one.letter) for one in form.right}
        for left in form.left:
            name = f"response_{self._answer('left', left.letter)}"
            response = add(presentation, "response_lid", ident=name)
            _text(response, inline(left.text, maths))
            choices = add(response, "render_choice")
            for right in form.right:
                label = add(choices, "response_label", ident=rights[right.letter])
                shown = right.letter if by_letter else right.text
                add(add(label, "material"), "mattext", shown, texttype="text/plain")
            condition = add(processing, "respcondition")
            add(add(condition, "conditionvar"), "varequal", rights[key.pairs[left.letter]], respident=name)
            _score(condition, WHOLE / len(form.left), action="Add")
        return "matching_question"

    def _essay(self, presentation: Element, processing: Element) -> str:
        self._prompt(presentation)
        self._field(presentation)
        add(add(add(processing, "respcondition", continue_="No"), "conditionvar"), "other")
        return "essay_question"


def _text(parent: Element, html: str) -> None:
    add(add(parent, "material"), "mattext", html, texttype="text/html")


def _score(condition: Element, score: Fraction, action: str = "Set") -> None:
    add(condition, "setvar", points_text(score), action=action, varname="SCORE")
