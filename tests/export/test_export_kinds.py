"""Questions of every kind: marked in the page as by the grader, and without a key in students' pages."""

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest

from grader.bank.load import load_topic
from grader.export.html import work_page
from grader.kinds.registry import NAMES, kind_of
from grader.kinds.variant import draw
from grader.model.outcome import Status
from grader.model.quiz import QuizQuestion
from grader.model.sheet import (
    ArrangeKey,
    BlankKey,
    ChooseKey,
    FormulaKey,
    NumberKey,
    PairKey,
    Posed,
    Sheet,
    TextKey,
)
from grader.numerics.draws import Stream
from grader.quiz.marking import mark

ROOT = Path(__file__).parents[2]
VARIANTS = range(3)
ENTERED = """
topic: entered
title: Entered
questions:
  - id: number
    kind: numeric
    title: A number
    objective: Work it out.
    bloom: apply
    parameters: {x: {from: 0.25, to: 2, step: 0.25}}
    prompt: What is $\\tanh([[x]])$?
    answer: tanh(x)
    tolerance: {digits: 4}
    partial: [{tolerance: {relative: 0.02}, share: 40, feedback: Give more digits.}]
    wrong: [{answer: sigmoid(x), feedback: That is the sigmoid of it.}]
    solution: It is [[tanh(x):.6f]], no more and no less.
  - id: interval
    kind: numeric
    title: Some number
    objective: Know where it lies.
    bloom: apply
    prompt: Name an x at which $\\tanh(x) > 0.9$.
    answer: 2
    ranges: [[1.5, 100]]
    units: steps
    solution: Whatever is beyond 1.4722 will do.
  - id: derivative
    kind: formula
    title: A derivative
    objective: Differentiate.
    bloom: apply
    parameters: {a: {from: 2, to: 9}}
    prompt: If $y = \\tanh([[a]] x)$, what is $dy/dx$ in $y$?
    answer: a*(1 - y^2)
    variables: {y: [-0.9, 0.9]}
    wrong: [{answer: 1 - y^2, feedback: The chain rule is missing here.}]
    solution: By the chain rule it is [[a]] times $1 - y^2$.
  - id: choice
    kind: single_choice
    title: A choice
    objective: Know it.
    bloom: remember
    prompt: Which is odd?
    choices:
      - {text: tanh, right: true, feedback: It is symmetric about the origin.}
      - {text: sigmoid, feedback: It is not zero at the origin.}
    solution: Look at both at the origin.
"""


def topics(folder: Path):
    """Load the bank that the page for authors shows, and those with other kinds and other ways of each kind."""
    page = (ROOT / "docs" / "authoring.md").read_text("utf-8")
    shown = re.search(r"`gates/bank\.yaml`.*?```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    for name, text in (("gates", shown[1]), ("entered", ENTERED)):
        (folder / name).mkdir()
        (folder / name / "bank.yaml").write_text(text, "utf-8")
    more = ROOT / "tests" / "kinds" / "topics" / "more"
    return load_topic(folder / "gates"), load_topic(folder / "entered"), load_topic(more)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> list[Sheet]:
    """Some sheets with a variant of each question."""
    questions = [one for topic in topics(tmp_path_factory.mktemp("topics")) for one in topic.quiz]
    assert {one.kind for one in questions} == set(NAMES) - {"code"}
    return [
        Sheet("quiz", "Quiz", "", f"K7QF-2M9{number}", tuple(variant(one, number) for one in questions))
        for number in VARIANTS
    ]


def variant(question: QuizQuestion, number: int) -> Posed:
    stream = Stream.of(b"tests", question.id, str(number))
    return kind_of(question.kind).pose(question, draw(question, stream), Fraction(2))


def right(key):
    """Return an answer that a key gives everything for."""
    match key:
        case ChooseKey():
            return list(key.right) if len(key.right) > 1 else key.right[0]
        case NumberKey():
            best = next(band for band in key.bands if band.share == 1)
            return repr((best.low + best.high) / 2)
        case FormulaKey():
            return key.formula
        case BlankKey():
            return right(key.number or key.formula) if key.number or key.formula else key.words[0]
        case ArrangeKey():
            return list(key.order)
        case PairKey():
            return dict(key.pairs)
        case TextKey():
            return "A text."
        case _:
            return [right(one) for one in key]


def others(key, drawn: random.Random):
    """Return answers that are wrong, or right in part."""
    match key:
        case ChooseKey():
            letters = list(key.shares)
            return [
                [*letters[:count]] if len(key.right) > 1 else letters[count - 1]
                for count in range(1, len(letters) + 1)
            ]
        case NumberKey():
            ends = [end for band in key.bands for end in (band.low, band.high)]
            return [*map(repr, ends), "0", "-1", "1/3", "no number", "7,25"]
        case FormulaKey():
            own = [
                f"2*({key.formula})/2",
                f"({key.formula}) + 1",
                f"{key.formula} + 0*artanh(0)",
                f"sech(0)*({key.formula})",
            ]
            return [*own, *(wrong for wrong, _, _ in key.wrong), *(f"1 - {alias}^2" for alias in key.aliases)]
        case BlankKey():
            return (
                others(key.number or key.formula, drawn)
                if key.number or key.formula
                else ["x", key.words[0].upper(), key.words[0].replace(",", " "), key.words[0].replace(" ", "")]
            )
        case ArrangeKey():
            return [
                *(list(order) for order, _, _ in key.wrong),
                *(drawn.sample(key.order, len(key.order)) for _ in range(6)),
            ]
        case PairKey():
            letters = sorted(set(key.pairs.values()))
            return [{left: drawn.choice(letters) for left in key.pairs} for _ in range(6)]
        case TextKey():
            return [""]
        case _:
            columns = [others(one, drawn) for one in key]
            return [
                [drawn.choice([*column, right(one)]) for column, one in zip(columns, key, strict=True)]
                for _ in range(9)
            ]


def answers_to(posed: Posed) -> list:
    drawn = random.Random(posed.item.id)
    forms = posed.key.forms
    if len(forms) == 1:
        return [right(forms[0]), *others(forms[0], drawn)]
    first, second = forms
    return [{"choice": one, "reason": "A text."} for one in [right(first), *others(first, drawn)]] + [
        {"reason": right(second)}
    ]


@pytest.mark.external
def test_the_page_marks_questions_of_every_kind_as_the_grader_does(sheets, practise, every):
    full = 0
    for sheet in sheets:
        page = practise(sheet)
        for posed in sheet.posed:
            name, answers = posed.item.id, answers_to(posed)
            wanted = [mark(posed, answer) for answer in answers]
            results = page.evaluate(every.ask, [name, answers])
            assert [(name, answer, result["earned"]) for answer, result in zip(answers, results, strict=True)] == [
                (name, answer, pytest.approx(float(marked.earned)))
                for answer, marked in zip(answers, wanted, strict=True)
            ]
            assert wanted[0].status in (Status.PASSED, Status.NEEDS_REVIEW), name
            full += wanted[0].status is Status.PASSED
    assert full > 20


def test_no_words_of_a_key_stand_in_a_students_page(sheets):
    for sheet in sheets:
        page = work_page(sheet.handout)
        for posed in sheet.posed:
            said = [
                line
                for text in re.findall(r"'((?:[^'\\]|\\.){12,})'", repr(posed.key))
                for line in re.split(r"\\n|\$|`|\*|\\", text)
                if len(line) > 12 and line not in repr(sheet.handout)
            ]
            assert said, posed.item.id
            assert [line for line in said if line in page] == []
