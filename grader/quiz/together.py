"""What an assessment gives away: a formula that one question asks for stands in the introduction, or in another.

Only what every sheet shows by itself counts: the introduction, prompts and code. Choices do not, since a formula
among others is no answer. Formulas are compared as marking compares them, so that it does not matter how one is
written; a single name or number tells nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.model.question import Assessment
from grader.model.sheet import BlankKey, FormulaKey, Posed, Sheet
from grader.numerics.equal import same_formula
from grader.numerics.formula import CONSTANTS, FUNCTIONS, FormulaError, parse
from grader.quiz.codes import code_for
from grader.quiz.mark_formula import own_names, ranges_of
from grader.quiz.sheet import make_sheet, secret_of

__all__ = ["Leak", "leaks"]

UNKNOWN = "?"  # no formula has it
SHEETS = 5  # what only some sheets show is chance
_LATEX = re.compile(r"\$([^$]+)\$")
_SIDES = re.compile(r"=|<|>|\\(?:approx|leq?|geq?|to)(?![A-Za-z])|\u2248")
_TOKEN = re.compile(r"(?:np\.|math\.)?[A-Za-z_]\w*|[0-9.]+|\*\*|[-+*/^()]|[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A formula that one question asks for, and where else it stands."""

    asked: str  # the id of the question that asks for it
    place: str  # the id of the question that says it; empty for the introduction
    part: str  # "introduction", "prompt", "code"
    formula: str


def leaks(assessment: Assessment) -> Iterator[Leak]:
    """Find what stands on every sheet; of questions that cannot be posed is told elsewhere."""
    secret = secret_of(assessment)
    found: list[dict[tuple[str, str, str], Leak]] = []
    for number in range(SHEETS):
        try:
            sheet = make_sheet(assessment, code_for(secret, assessment.id, f"validate/{number}"), secret)
        except Exception:  # noqa: BLE001 (whatever a draw makes a kind raise is told of its question)
            return
        found.append({(one.asked, one.place, one.part): one for one in _of_sheet(sheet)})
    for one, leak in found[0].items():
        if all(one in others for others in found):
            yield leak


def _of_sheet(sheet: Sheet) -> Iterator[Leak]:
    said = [("", "introduction", sheet.introduction)]
    for posed in sheet.posed:
        said += [(posed.item.id, "prompt", posed.item.prompt), (posed.item.id, "code", posed.item.code)]
    for posed in sheet.posed:
        for key in _formulas(posed):
            for place, part, text in said:
                if place != posed.item.id and _holds(text, key):
                    yield Leak(posed.item.id, place, part, key.formula)


def _formulas(posed: Posed) -> Iterator[FormulaKey]:
    for form in posed.key.forms:
        for key in form if isinstance(form, tuple) else (form,):
            inner = key.formula if isinstance(key, BlankKey) else key
            if isinstance(inner, FormulaKey) and len(inner.formula) > len("a*b"):
                yield inner


def _holds(text: str, key: FormulaKey) -> bool:
    ranges = ranges_of(key)
    try:
        right = parse(key.formula, ranges)
    except FormulaError:  # told of its question, as are ranges that are empty
        return False
    if not all(low < high for low, high in ranges.values()):
        return False
    for written in _written(text, frozenset({*ranges, *key.aliases})):
        try:
            formula = own_names(parse(written, {*ranges, *key.aliases}), key)
        except FormulaError:
            continue
        if formula.names == right.names and same_formula(right, formula, ranges).is_equal:
            return True
    return False


@lru_cache(maxsize=4096)
def _written(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return what may be a formula in these names: sides of equations in LaTeX, and runs of signs elsewhere."""
    sides = [side for latex in _LATEX.findall(text) for side in _SIDES.split(latex)]
    known = names | FUNCTIONS.keys() | CONSTANTS.keys()
    runs, end = [""], 0
    for token in _TOKEN.finditer(_LATEX.sub("\n", text)):
        if token.start() != end:
            runs.append("")
        end = token.end()
        word = token[0].rpartition(".")[2]
        if not (word[:1].isalpha() or word.startswith("_")) or word in known:
            runs[-1] += token[0]
        elif len(word) == 1:  # a variable of another formula, and no formula goes on beside it
            runs[-1] += UNKNOWN
            runs.append(UNKNOWN)
        else:
            runs.append("")
    return tuple(dict.fromkeys(one.strip() for one in (*sides, *runs) if len(one.strip()) > len("a*b")))
