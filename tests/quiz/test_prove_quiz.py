"""Validating makes many variants of each quiz question, and finds what no single sheet shows."""
# ruff: noqa: E501 (tables)

import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from grader.bank.soundness import Severity
from grader.bank.validate import validate
from grader.model.quiz import Parameter, QuizQuestion, Range
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    Band,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Enter,
    FormulaKey,
    Item,
    Key,
    NumberKey,
    Option,
    Pair,
    PairKey,
    Posed,
    RubricPoint,
    TextKey,
)
from grader.quiz.prove import faults_of_variants, prove_quiz
from grader.report.markdown import formula_complaints

COMMON = {
    "title": "Asked",
    "objective": "Know it.",
    "bloom": "apply",
    "prompt": "Which one is it?",
    "solution": "It follows.",
}
A = {"a": {"from": 0.3, "to": 2.5, "step": 0.1}}
CHOICE = {
    **COMMON,
    "id": "asked",
    "kind": "single_choice",
    "choices": [{"text": "one side", "right": True}, {"text": "the other"}, {"text": "neither"}],
}
NUMBER = {
    **COMMON,
    "id": "asked",
    "kind": "numeric",
    "parameters": A,
    "prompt": "What is $\\tanh([[a]])$?",
    "answer": "tanh(a)",
    "tolerance": {"digits": 4},
    "wrong": [{"answer": "tanh(a/2)", "feedback": "Half of it.", "misconception": "half"}],
}
FORMULA = {
    **COMMON,
    "id": "asked",
    "kind": "formula",
    "prompt": "The derivative in terms of $y$?",
    "answer": "1 - y^2",
    "variables": {"y": [-0.99, 0.99]},
    "wrong": [{"answer": "y*(1-y)", "feedback": "Of another.", "misconception": "half"}],
}


@pytest.fixture
def bank(tmp_path):
    def write(question, **changes):
        folder = tmp_path / "demo"
        folder.mkdir(exist_ok=True)
        (folder / "reference.py").touch()
        asked = {key: value for key, value in {**question, **changes}.items() if value is not None}
        written = {"topic": "demo", "title": "Demo", "beliefs": {"half": "It halves."}, "questions": [asked]}
        (folder / "bank.yaml").write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False))
        return folder

    return write


def test_sound_questions_are_proved_and_listed(bank):
    for question in (CHOICE, NUMBER, FORMULA):
        soundness = validate(bank(question))
        assert soundness.findings == (), soundness.text()
        (one,) = soundness.quiz
        assert (one.id, one.kind, one.variants, one.is_sound) == ("demo/asked", question["kind"], 200, True)
        assert "demo/asked  " + question["kind"] in soundness.text()
        assert soundness.to_json()["quiz"] == [
            {"id": "demo/asked", "kind": question["kind"], "variants": 200, "sound": True}
        ]


BLANK = {**COMMON, "id": "asked", "kind": "blanks", "parameters": A, "prompt": "For $a = [[a]]$: ___ and ___."}
PRINTS = {**COMMON, "id": "asked", "kind": "prediction", "code": "print(1, 2)"}


def pairs(*rights):
    """Make pairs of what stands on the right."""
    return [{"left": f"thing {number}", "right": right} for number, right in enumerate(rights)]


PAIRS = {**COMMON, "id": "asked", "kind": "matching", "pairs": pairs("it rises", "it falls", "it stays")}


def choices(*texts):
    """Make choices of texts: the first is right."""
    return [{"text": text, **({"right": True} if number == 0 else {})} for number, text in enumerate(texts)]


UNSOUND = [
    # question, what is changed, what must be said, a part of the line that it points at
    (CHOICE, {"choices": choices("0.5", "0.50", "2")}, "two choices are right: '0.50' has the value of the right one, '0.5'", "text:"),
    (CHOICE, {"choices": choices("$1-y^2$", "$(1-y)(1+y)$", "$y$")}, "two choices are right: '$(1-y)(1+y)$' has the value", "text:"),
    (CHOICE, {"choices": choices("$c_t$", "$ c_t $", "$h_t$")}, "two choices are right", "text:"),
    (CHOICE, {"choices": choices("yes", "no", "no.")}, "two choices are the same: 'no' and 'no.'", "text:"),
    (CHOICE, {"choices": choices("$y$", r"$\frac{x}{2}$", "$0.5x$")}, "two choices are the same", "text:"),
    (CHOICE, {"parameters": A, "choices": choices("[[a]]", "[[3 - a]]", "7")}, "two choices are right: '1.5' has the value of the right one, '1.5' (in ", "text:"),
    (CHOICE, {"choices": choices("one that says very much more than any other of them does", "two", "three")}, "the right choice is the longest in every variant", "text:"),
    (CHOICE, {"choices": choices("one more side", "the other", "neither")}, "the right choice is the longest in every variant", "text:"),
    (CHOICE, {"choices": choices(r"$1 - \tanh^2(x)$", "$1 - x^2$", "$1 - x$")}, "the right choice is the longest in every variant", "text:"),
    (CHOICE, {"keep_order": True}, "the right choice is the first one in every variant", "text:"),
    (CHOICE, {"parameters": A, "prompt": "Is $[[a]]$?"}, "the right answer is the same in every variant, although the question has parameters", "a:"),
    (CHOICE, {"prompt": "Is it one side, or what?"}, "the prompt holds the answer: 'one side'", "prompt"),
    (CHOICE, {"choices": [*choices("one side", "the other"), {"text": "neither", "misconception": "half"}]}, "who shows the misconception `half` here is told nothing", "text:"),
    (CHOICE, {"prompt": r"Is it $\lvert x \rvert$?"}, "would be shown unevenly", "prompt"),
    (CHOICE, {"solution": r"It is $\sigmod(x)$."}, "would show", "solution"),
    (CHOICE, {"choices": choices("one side", "the other", r"$\left( x$")}, "cannot be read", "text:"),
    (CHOICE, {"prompt": "Is it $x^12$?"}, "the formula $x^12$ raises or lowers only the first sign of `12`: it needs braces", "prompt"),
    (CHOICE, {"prompt": "Is it [[a"}, "`[[a` is left in the text: nothing was put in its place", "prompt"),
    (CHOICE, {"prompt": "Is it [[1:.3d]]?"}, "`[[1:.3d]]` is left in the text", "prompt"),
    (NUMBER, {"parameters": {"a": {"from": 0, "to": 9}}, "answer": "1/a", "wrong": None}, "the right number is nan, which is not finite (in ", "answer"),
    (NUMBER, {"answer": "ln(-a)", "wrong": None, "prompt": "What?"}, "the right number is nan, which is not finite", "answer"),
    (NUMBER, {"answer": "exp(exp(a+5))", "wrong": None}, "the right number is inf, which is not finite (in ", "answer"),
    (NUMBER, {"require": ["a > 3"]}, "1000 draws, and none satisfies a > 3", "a > 3"),
    (NUMBER, {"wrong": [{"answer": "tanh(a) + 0.00001", "feedback": "no"}]}, "is equal to the right one, ", "tanh(a) + 0.00001"),
    (NUMBER, {"require": ["a < 1"], "wrong": [{"answer": "a", "feedback": "no"}], "tolerance": {"relative": 0.05}}, "within the tolerance (in ", "answer: a"),
    (NUMBER, {"wrong": [{"answer": "a", "feedback": "no"}, {"answer": "a+0", "feedback": "no!"}]}, "is equal to another wrong one within the tolerance, so that nobody reads its feedback", "a+0"),
    (NUMBER, {"wrong": [{"answer": "tanh(a)+0.001", "feedback": "no"}], "partial": [{"tolerance": {"digits": 1}, "share": 50}]}, "is nearly right already, for 50 % of the points", "tanh(a)+0.001"),
    (NUMBER, {"answer": "0*a", "wrong": None}, "the right number is 0, which has no significant digits", "answer"),
    (NUMBER, {"answer": "tanh(1)", "wrong": None}, "the right answer is the same in every variant, although", "a:"),
    (NUMBER, {"answer": "tanh(1)", "wrong": [{"answer": "a*100+50", "feedback": "no"}]}, "the right answer is the same in every variant, although", "a:"),
    (NUMBER, {"answer": "tanh(1)", "wrong": None, "tolerance": {"absolute": "a/100"}}, "the right answer is the same in every variant, although", "a:"),
    (NUMBER, {"answer": "tanh(1)", "wrong": None, "tolerance": None, "ranges": [[0, 1]], "partial": [{"ranges": [[1, 2]], "share": 50}]}, "the right answer is the same in every variant, although", "a:"),
    (BLANK, {"blanks": [{"answer": "2", "tolerance": {"absolute": 0}, "wrong": [{"answer": "a+5", "feedback": "no"}]}, {"answer": "2*a", "tolerance": {"absolute": 0}}]}, "the number in this blank is the same in every variant, although", "answer: '2'"),
    (BLANK, {"blanks": [{"words": ["two"]}, {"answer": "2", "tolerance": {"absolute": 0}}]}, "the right answer is the same in every variant, although", "a:"),
    (PAIRS, {"pairs": pairs("$1-y^2$", "$(1-y)(1+y)$")}, "two right sides are the same: '$(1-y)(1+y)$' and '$1-y^2$'", "left:"),
    (PAIRS, {"pairs": pairs("$0.5$", "$1/2$")}, "two right sides are the same: '$0.5$' and '$1/2$'", "left:"),
    (PAIRS, {"others": ["it rises."]}, "two right sides are the same: 'it rises' and 'it rises.'", "left:"),
    (PRINTS, {"ignore": ["commas"], "wrong": [{"answer": "1, 2", "feedback": "no"}]}, "'1, 2' counts as right and as wrong", "answer: 1, 2"),
    (PRINTS, {"wrong": [{"answer": "3", "feedback": "no"}, {"answer": "1  2", "feedback": "no"}]}, "'1 2' counts as right and as wrong", "answer: 1  2"),
    (NUMBER, {"prompt": "Is $\\tanh([[a]])$ [[tanh(a):.4f]] or what?"}, "the prompt holds the answer: ", "prompt"),
    (NUMBER, {"tolerance": None, "ranges": [[0, "a/100"]], "wrong": None}, "lies in none of the `ranges` that count as right", "answer"),
    (NUMBER, {"tolerance": None, "ranges": [[2, 1], [0, 9]], "wrong": None}, "an interval of numbers is empty or not finite", "answer"),
    (FORMULA, {"answer": "ln(y - 2)", "wrong": None}, "the key `ln(y - 2)` cannot be shown to be equal to itself", "answer"),
    (FORMULA, {"answer": "1/(y - y)", "wrong": None}, "the key `1/(y - y)` cannot be shown to be equal to itself", "answer"),
    (FORMULA, {"wrong": [{"answer": "(1-y)(1+y)", "feedback": "no"}]}, "the wrong formula `(1 - y)*(1 + y)` is equal to the right one, `1 - y^2`", "answer: (1-y)(1+y)"),
    (FORMULA, {"prompt": "Is it $1 - y^2$?"}, "the prompt holds the answer: '1 - y^2'", "prompt"),
    (FORMULA, {"parameters": A, "variables": {"y": ["a", 1]}, "answer": "a*y", "wrong": None}, "the range of `y` is empty (in ", "- a"),
    (FORMULA, {"parameters": A, "prompt": "In $y$, for $a = [[a]]$?"}, "the right answer is the same in every variant", "a:"),
    (FORMULA, {"parameters": A, "figure": {"says": "A curve.", "x": [0, 1], "series": [{"formula": "ln(-1-x)"}]}, "answer": "a*y"}, "the figure shows nothing, since no curve has a value", "title: Asked"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "changes", "says", "line"), UNSOUND)
def test_what_makes_a_question_unsound_is_an_error_with_its_place(bank, question, changes, says, line):
    folder = bank(question, **changes)
    soundness = validate(folder)
    found = [one for one in soundness.findings if says in one.words]
    assert found, soundness.text()
    assert found[0].severity is Severity.ERROR
    assert found[0].hint
    assert found[0].question == "demo/asked"
    assert line in (folder / "bank.yaml").read_text().splitlines()[found[0].place.line - 1], str(found[0])
    assert "NOT SOUND" in soundness.text()


def test_a_fault_of_many_variants_is_told_once(bank):
    found = validate(bank(NUMBER, answer="sqrt(1.4 - a)", wrong=None)).findings
    assert len(found) == 1
    assert " of 200 variants, " in found[0].words


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "Is it one side, the other, or neither?"},  # a prompt may list them all
        {"prompt": "Which of the neighbours?", "choices": choices("our", "the", "her")},  # a part of a word
        {"choices": choices("one that is long as well", "the other that is as long", "neither")},
        {"choices": choices("one more now", "the other", "the rest, 2")},  # a sign more is not seen
        {"choices": choices(r"$\frac{1}{2}$", r"$\tanh$", r"$x$")},  # what counts is what LaTeX is set as
        {"choices": choices("yes", "no"), "keep_order": True},  # of two, each is first or last
        {"choices": choices("dog bites man", "man bites dog", "man dog bites")},  # words are no product
        {"choices": choices("$[-1, 1]$", "$(-1, 1)$", "$(0, 1)$")},
        {"choices": choices("$f c + i g$", "$i c + f g$", "$f h + i g$")},
        {"prompt": "Is it $x^{12}$, `x^12` or `[[`, or x_12?"},
    ],
)
def test_what_is_well_meant_is_let_be(bank, changes):
    soundness = validate(bank(CHOICE, **changes))
    assert soundness.is_sound, soundness.text()


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (PAIRS, {}),
        (PAIRS, {"pairs": pairs("it rises", "it rises", "it falls")}),  # one text, which is shown once
        (PRINTS, {"wrong": [{"answer": "1, 2", "feedback": "no"}]}),  # here commas count
        (BLANK, {"blanks": [{"words": ["odd"]}, {"answer": "2*a", "tolerance": {"absolute": 0}}]}),
        (NUMBER, {"answer": "3", "wrong": None, "tolerance": None, "ranges": [["a", 100]]}),  # 3 is an example
    ],
)
def test_what_is_well_meant_in_other_kinds_is_let_be_too(bank, question, changes):
    soundness = validate(bank(question, **changes))
    assert soundness.is_sound, soundness.text()


def test_questions_of_every_bank_of_a_topic_are_proved_at_their_own_place(bank):
    folder = bank(CHOICE)
    spoiled = {**NUMBER, "id": "second", "answer": "tanh(1)", "wrong": []}
    other = {"topic": "demo", "title": "Demo", "questions": [spoiled]}
    (folder / "bank-two.yaml").write_text(yaml.safe_dump(other, sort_keys=False))
    soundness = validate(folder / "bank-two.yaml")
    assert [one.id for one in soundness.quiz] == ["demo/asked", "demo/second"]
    assert {one.place.file for one in soundness.findings} == {str(folder / "bank-two.yaml")}


def test_an_assessment_proves_the_quiz_questions_that_it_picks(bank):
    folder = bank(NUMBER, answer="ln(-a)", wrong=None)
    course = folder.parent / "course.yaml"
    course.write_text("title: T\nseed: s\nquestions: [{id: demo/asked, points: 2}]\n")
    soundness = validate(course)
    assert [one.is_sound for one in soundness.quiz] == [False]


def question(content=None, parameters=()):
    return QuizQuestion("demo/asked", "any", "t", "p", "s", content=content, parameters=parameters)


def variants(form, make, count=40):
    """Make variants whose n-th key is ``make(n)``."""
    items = [Item("demo/asked", "any", "t", "Which?", Fraction(1), (form,)) for _ in range(count)]
    return [Posed(item, Key((make(number),), (Fraction(1),))) for number, item in enumerate(items)]


def told(posed, **of):
    return [
        one.message
        for one in faults_of_variants(
            question(**of), dict(zip(map(str, range(999)), posed, strict=False)), formula_complaints
        )
    ]


OPTIONS = tuple(Option(letter, text) for letter, text in zip("ABC", ("left", "right", "both"), strict=True))


def key_of(*right):
    return ChooseKey({letter: Fraction(letter in right) for letter in "ABC"})


def test_a_letter_that_never_changes_although_choices_are_shuffled_is_found():
    (said,) = told(variants(Choose(OPTIONS), lambda _: key_of("B")))
    assert said == "the key is B in every variant, although the choices are shuffled"
    assert told(variants(Choose(OPTIONS), lambda n: key_of("ABC"[n % 3]))) == []
    assert told(variants(Choose(OPTIONS, several=True), lambda _: key_of("A", "B"))) == [
        "the key is A, B in every variant, although the choices are shuffled"
    ]
    assert (
        told(variants(Choose(OPTIONS), lambda _: key_of("B")), content=type("C", (), {"keep_order": True})()) == []
    )


def test_a_choice_without_a_right_answer_is_found():
    assert "no choice is right" in told(variants(Choose(OPTIONS), lambda _: key_of()))


def test_an_order_that_is_shown_already_is_found():
    form = Arrange(OPTIONS)
    assert told(variants(form, lambda _: ArrangeKey(("A", "B", "C")))) == [
        "the options stand in the right order in every variant"
    ]
    assert told(variants(form, lambda n: ArrangeKey(("A", "B", "C") if n else ("B", "A", "C")))) == []


def test_pairs_that_never_change_their_letters_are_found():
    form = Pair((Option("1", "up"), Option("2", "down")), OPTIONS)
    assert told(variants(form, lambda _: PairKey({"1": "A", "2": "B"}))) == [
        "the key has the same letters in every variant"
    ]
    assert told(variants(form, lambda n: PairKey({"1": "ABC"[n % 3], "2": "BCA"[n % 3]}))) == []


def test_pairs_with_a_misconception_and_no_word_are_found():
    form = Pair((Option("1", "up"), Option("2", "down")), OPTIONS)
    wrong = (("1", "B", "", "half"),)
    said = told(variants(form, lambda n: PairKey({"1": "ABC"[n % 3], "2": "BCA"[n % 3]}, wrong)))
    assert said == ["who shows the misconception `half` here is told nothing"]


def test_blanks_are_looked_at_one_by_one():
    form = Blanks((Enter("word"), Enter("number"), Enter("formula")))
    nan = float("nan")
    blanks = (
        BlankKey(Fraction(1, 3), words=("odd",), wrong=(("Odd", "", "half"),)),
        BlankKey(Fraction(1, 3), number=NumberKey(nan, "nan", ())),
        BlankKey(Fraction(1, 3), formula=FormulaKey("ln(y-2)", {"y": ("0", "1")})),
    )
    said = told(variants(form, lambda _: blanks))
    assert said == [
        "who shows the misconception `half` here is told nothing",
        "'Odd' counts as right and as wrong",
        "the right number is nan, which is not finite",
        "the key `ln(y-2)` cannot be shown to be equal to itself written as `ln(y-2)`",
    ]


def test_a_word_that_the_prompt_says_is_found_unless_it_says_the_others_too():
    def asked(prompt, wrong):
        blank = BlankKey(Fraction(1), words=("odd",), wrong=tuple((word, "no", "") for word in wrong))
        item = Item("demo/asked", "any", "t", prompt, Fraction(1), (Blanks((Enter("word"),)),))
        return told([Posed(item, Key(((blank,),), (Fraction(1),)))] * 3)

    assert asked("Odd or not? ___", ()) == ["the prompt holds the answer: 'odd'"]
    assert asked("Odd or even? ___", ("even",)) == []
    assert asked("Is it oddly shaped? ___", ()) == []


PARAMETER = (Parameter(("a",), Range(Fraction(1), Fraction(9), Fraction(1))),)


def test_a_constant_value_is_a_fault_only_where_something_is_drawn_and_machines_mark():
    band = Band(1.0, 1.0, Fraction(1))
    number = variants(Enter("number"), lambda _: NumberKey(1.0, "1", (band,)))
    assert told(number) == []
    assert len(told(number, parameters=PARAMETER)) == 1
    text = variants(Enter("text"), lambda _: TextKey((RubricPoint("r", "says", Fraction(1)),)))
    assert told(text, parameters=PARAMETER) == []
    shuffled = variants(Choose(OPTIONS), lambda n: key_of("ABC"[n % 3]))
    assert told(shuffled, parameters=PARAMETER) == [], "another text is right in each"


def test_the_same_question_is_proved_by_the_same_variants(bank):
    from grader.bank.load import load_topic, quiz_of

    quiz = quiz_of(load_topic(bank(NUMBER, answer="sqrt(1.4 - a)", wrong=None)))
    asked = quiz.quiz[0].question
    first = prove_quiz(asked, quiz, formula_complaints, 50)
    assert first == prove_quiz(asked, quiz, formula_complaints, 50)


def test_the_variant_that_is_named_is_wrong_as_it_is_told(bank):
    """Its code makes it again, as `grader sheet TOPIC --variant CODE` does."""
    from grader.bank.load import load_topic, quiz_of
    from grader.quiz.sheet import make_sheet, secret_of

    quiz = quiz_of(load_topic(bank(NUMBER, answer="sqrt(1.4 - a)", require=None, wrong=None)))
    (told,) = prove_quiz(quiz.quiz[0].question, quiz, formula_complaints)
    code = re.search(r"variants, (\S+) is one\)", told.message)[1]
    (posed,) = make_sheet(quiz, code, secret_of(quiz)).posed
    assert not math.isfinite(posed.key.forms[0].value)


SLOPE = {**FORMULA, "id": "slope"}
OTHER = {**CHOICE, "id": "other"}


@pytest.fixture
def course(bank):
    """Write an assessment of two questions, the formula and another one."""

    def write(other, introduction="Answer it.", *, with_slope=True):
        folder = bank(SLOPE)
        (folder / "bank-two.yaml").write_text(
            yaml.safe_dump({"topic": "demo", "title": "Demo", "questions": [other]}, sort_keys=False)
        )
        picked = [{"id": "demo/other", "points": 1}, *([{"id": "demo/slope", "points": 1}] if with_slope else [])]
        written = {"title": "T", "seed": "s", "introduction": introduction, "questions": picked}
        path = folder.parent / "course.yaml"
        path.write_text(yaml.safe_dump(written, sort_keys=False))
        return path

    return write


@pytest.mark.parametrize(
    "text",
    [
        "A formula such as `1 - y^2` counts.",
        "Such as 1 - y**2, whatever its form.",
        "Remember: $\\tanh'(x) = 1 - y^2$ for $y = \\tanh(x)$.",
        "It has the form $(1 - y)(1 + y)$.",
        "Write `y*y` for a square, `1-y*y`.",
    ],
)
def test_an_introduction_that_holds_the_answer_to_a_formula_is_refused(course, text):
    path = course(OTHER, text)
    (found,) = validate(path).findings
    assert found.words == "the introduction holds the answer to demo/slope, `1 - y^2`, and both stand on one sheet"
    assert path.read_text().splitlines()[found.place.line - 1].startswith("introduction")


def test_a_prompt_or_code_that_holds_the_answer_of_another_question_is_refused_at_its_place(course):
    asked = {**OTHER, "prompt": "The slope is $1 - y^2$. Which one is it?"}
    path = course(asked)
    (found,) = validate(path).findings
    assert found.words.startswith("the prompt holds the answer to demo/slope")
    assert found.question == "demo/other"
    assert found.place.file.endswith("bank-two.yaml")
    assert "1 - y^2" in Path(found.place.file).read_text().splitlines()[found.place.line - 1]
    code = {**COMMON, "id": "other", "kind": "prediction", "code": "y = 0.5\nprint(1 - y**2)"}
    (found,) = validate(course(code)).findings
    assert found.words.startswith("the code holds the answer to demo/slope")
    assert validate(course(asked, with_slope=False)).is_sound, "nobody asks for it here"


@pytest.mark.parametrize(
    "text",
    [
        "Here $y = \\tanh(x)$, and $1 - y$ is no slope, nor $y^2$.",
        "The sigmoid has $y (1 - y)$ and $1 - 2 y^2$, and sech has $\\sqrt{1 - y^2}$.",
        "Is it $(1 - y^2) z$, `1 - y^2 - z`, or `x*1 - y^2`?",
        "Neither (1 - y^2) z nor `z (1 - y^2)` is.",
    ],
)
def test_other_formulas_in_an_introduction_are_let_be(course, text):
    soundness = validate(course(OTHER, text))
    assert soundness.is_sound, soundness.text()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"answer": "+".join(["y"] * 150), "wrong": None}, "is no formula: it is nested too deeply"),
        (
            {"parameters": A, "variables": {"y": ["a", 1]}, "answer": "a*y^2", "wrong": None},
            "the range of `y` is empty",
        ),
        ({"parameters": A, "require": ["a > 3"]}, "1000 draws, and none satisfies a > 3"),
    ],
)
def test_a_question_that_is_wrong_itself_is_told_once_and_compared_with_nothing(bank, changes, says):
    folder = bank(FORMULA, **changes)
    course = folder.parent / "course.yaml"
    course.write_text(
        "title: T\nseed: s\nintroduction: Is it `1 - y^2`?\nquestions: [{id: demo/asked, points: 2}]\n"
    )
    (found,) = validate(course).findings
    assert says in found.words
