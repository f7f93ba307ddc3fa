"""What responses are worth, whatever they are, and what is said about them."""
# ruff: noqa: E501 (a table)

import datetime as dt
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.outcome import Status
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
    HandIn,
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
from grader.quiz.marking import mark

THIRD = Fraction(1, 3)
PASSED, PARTIAL, FAILED = Status.PASSED, Status.PARTIAL, Status.FAILED
INVALID, UNANSWERED, REVIEW = Status.INVALID, Status.UNANSWERED, Status.NEEDS_REVIEW


def options(*texts, marks="ABCDEFGH"):
    return tuple(Option(mark, text) for mark, text in zip(marks, texts, strict=False))


def posed(*forms, shares=(Fraction(1),)):
    item = Item("t/q", "k", "Title", "Prompt", Fraction(2), tuple(form for form, _ in forms))
    return Posed(item, Key(tuple(key for _, key in forms), shares, "Solution", "Rule."))


NUMBER = NumberKey(
    2.0, "2", (Band(1.9, 2.1, Fraction(1)), Band(1.5, 2.5, Fraction(1, 2)), Band(4, 4, Fraction(0), "Square."))
)
FORMULA = FormulaKey("1 - y^2", {"y": ("-1", "1")})
ONE = posed(
    (
        Choose(options("one", "two", "three words here")),
        ChooseKey({"A": Fraction(0), "B": Fraction(1), "C": Fraction(0)}, {"A": "No."}, {"A": "m-a"}),
    )
)
SEVERAL = posed(
    (
        Choose(options("p", "q", "r", "s", "t"), several=True),
        ChooseKey(
            {"A": THIRD, "B": -THIRD, "C": THIRD, "D": -THIRD, "E": THIRD},
            {"B": "Not q.", "D": "Not s.", "A": "Yes, p."},
            {"B": "m-b", "D": "m-d"},
        ),
    )
)
TRUTH = posed(
    (Choose(options("True", "False")), ChooseKey({"A": Fraction(0), "B": Fraction(1)})),
    (Enter("text", 3, label="Reason"), TextKey((RubricPoint("x", "It says x.", Fraction(1)),))),
    shares=(Fraction(3, 5), Fraction(2, 5)),
)
WHOLE = posed((Arrange(options("a", "b", "c", "d")), ArrangeKey(("B", "D", "A", "C"))))
PAIRS = posed((Arrange(options("a", "b", "c", "d")), ArrangeKey(("B", "D", "A", "C"), by_pairs=True)))
TOLD = posed((
    Arrange(options("a", "b", "c")), ArrangeKey(("B", "C", "A"), True, ((("C", "B", "A"), "C needs B.", "m-order"),)),
))  # fmt: skip
MATCH = posed(
    (
        Pair(options("l", "m", "n", marks="123"), options("x", "y", "z")),
        PairKey({"1": "C", "2": "A", "3": "A"}, (("1", "A", "Not x.", "m-x"),)),
    )
)
BLANKS = posed(
    (
        Blanks((Enter("word"), Enter("number"), Enter("formula", variables=("y",)))),
        (
            BlankKey(Fraction(1, 2), words=("zero-centred", "odd"), wrong=(("even", "That is cosh.", "m-even"),)),
            BlankKey(Fraction(1, 4), number=NUMBER),
            BlankKey(Fraction(1, 4), formula=FORMULA),
        ),
    )
)
ONE_BLANK = posed((Blanks((Enter("word"),)), (BlankKey(Fraction(1), words=("odd",)),)))
PRINTED = posed(
    (Enter("text", 2), BlankKey(Fraction(1), words=("[1, 2] 3\nTrue",), wrong=(("3", "Both lines.", "m-3"),)))
)
SCALAR = posed((Enter("word"), BlankKey(Fraction(1), words=("0.5",))))
A_NUMBER = posed((Enter("number"), NUMBER))
A_FORMULA = posed((Enter("formula", variables=("y",)), FORMULA))
TEXT = posed((Enter("text", 8), TextKey((RubricPoint("x", "It says x.", Fraction(1)),), "x")))
FILE = posed((HandIn("lstm.py", "f(x)"), None))
ALL = {
    "one": ONE, "several": SEVERAL, "truth": TRUTH, "whole": WHOLE, "pairs": PAIRS, "match": MATCH, "blanks": BLANKS,
    "one blank": ONE_BLANK, "printed": PRINTED, "scalar": SCALAR, "number": A_NUMBER, "formula": A_FORMULA,
    "text": TEXT, "file": FILE,
}  # fmt: skip

LONG = "x" * 1_000_000
TABLE = [
    # (question, response, status, share of the points, what is said)
    ("one", "B", PASSED, 1, "You chose B (“two”), which is right."),
    ("one", " b ", PASSED, 1, "You chose B"),
    ("one", "(b)", PASSED, 1, "You chose B"),
    ("one", "B.", PASSED, 1, "You chose B"),
    ("one", "\uff22", PASSED, 1, "You chose B"),  # a full-width B
    ("one", ["B"], PASSED, 1, "You chose B"),
    ("one", ["B", "b"], PASSED, 1, "You chose B"),
    ("one", "Two", PASSED, 1, "You chose B"),
    ("one", {"choice": "B"}, PASSED, 1, "You chose B"),
    ("one", "A", FAILED, 0, "You chose A (“one”), which is not right."),
    ("one", "D", INVALID, 0, "One of the letters A to C was expected, and “D” came."),
    ("one", 2, INVALID, 0, "One of the letters A to C was expected, and 2 came."),
    ("one", float("nan"), INVALID, 0, "One of the letters A to C was expected, and nan came."),
    ("one", True, INVALID, 0, "One of the letters A to C was expected, and true came."),
    ("one", ["A", "B"], INVALID, 0, "One of the letters A to C was expected, and A and B came."),
    ("one", [["B"]], INVALID, 0, "One of the letters A to C was expected, and a list of 1 came."),
    ("one", {"B": True}, INVALID, 0, "One of the letters A to C was expected, and a mapping of 1 came."),
    ("one", dt.date(2026, 1, 1), INVALID, 0, "and a value of the type date came."),
    ("one", LONG, INVALID, 0, "One of the letters A to C was expected, and “xxxxxxxx"),
    ("one", 10**5000, INVALID, 0, "and a very large number came."),
    ("one", "\ud800\x00", INVALID, 0, "One of the letters A to C was expected"),
    ("several", ["A", "C", "E"], PASSED, 1, "You chose A, C and E: A, C and E are right."),
    ("several", "ACE", PASSED, 1, "You chose A, C and E"),
    ("several", "a, c; E", PASSED, 1, "You chose A, C and E"),
    ("several", ["A", "A"], PARTIAL, THIRD, "You chose A: A is right, and 2 right choices are missing."),
    ("several", ["A", "C", "B"], PARTIAL, THIRD,
     "You chose A, B and C: A and C are right, B is not right, and 1 right choice is missing."),
    ("several", ["A", "B", "D"], FAILED, 0, "B and D are not right"),
    ("several", ["B"], FAILED, 0, "B is not right, and 3 right choices are missing."),
    ("several", ["A", "B", "C", "D", "E"], PARTIAL, THIRD, "A, C and E are right, and B and D are not right."),
    ("several", ["A", "F"], INVALID, 0, "A list of the letters A to E was expected, and “F” came."),
    ("several", ["A", 3], INVALID, 0, "A list of the letters A to E was expected, and 3 came."),
    ("several", "AX", INVALID, 0, "A list of the letters A to E was expected, and “AX” came."),
    ("several", [None, "A"], PARTIAL, THIRD, "You chose A"),
    ("truth", "B", PARTIAL, Fraction(3, 5), "You chose B (“False”), which is right."),
    ("truth", False, PARTIAL, Fraction(3, 5), "You chose B"),
    ("truth", {"choice": False, "reason": "since"}, REVIEW, Fraction(3, 5), "a person marks it"),
    ("truth", {"Choice": "b.", "Reason": "since so"}, REVIEW, Fraction(3, 5), "Your text has 2 words; a person marks"),
    ("truth", {"choice": "A", "reason": ""}, FAILED, 0, "Nothing was answered."),
    ("truth", {"choice": "A", "reason": "since"}, REVIEW, 0, "which is not right"),
    ("truth", {"reason": "since"}, REVIEW, 0, "Nothing was answered."),
    ("truth", {"choice": "B", "why": "since"}, PARTIAL, Fraction(3, 5), "“why” is no part of this question"),
    ("truth", {"choice": "B", "reason": ["a"]}, PARTIAL, Fraction(3, 5), "and a list of 1 came"),
    ("truth", 1, INVALID, 0, "One of the letters A and B was expected, and 1 came."),
    ("whole", ["B", "D", "A", "C"], PASSED, 1, "Your order B, D, A, C is right."),
    ("whole", "bdac", PASSED, 1, "is right."),
    ("whole", "B > D > A > C", PASSED, 1, "is right."),
    ("whole", {1: "B", 2: "D", 3: "A", 4: "C"}, PASSED, 1, "is right."),
    ("whole", {"A": 3, "B": 1, "C": 4, "D": "2"}, PASSED, 1, "is right."),
    ("whole", ["B", "D", "C", "A"], FAILED, 0, "Your order B, D, C, A is right for its first 2 lines only."),
    ("whole", ["C", "A", "D", "B"], FAILED, 0, "is not right: another line comes first."),
    ("whole", ["B", "D"], FAILED, 0, "is right for its first 2 lines only; A and C are missing."),
    ("whole", ["B", "B", "A", "C"], INVALID, 0, "once, in order, was expected, and B more than once came."),
    ("whole", ["B", "D", "A", "C", "C"], INVALID, 0, "C more than once"),
    ("whole", ["B", "D", "A", "E"], INVALID, 0, "Each of the letters A to D once, in order, was expected, and “E” came."),
    ("whole", [2, 4, 1, 3], INVALID, 0, "and 2 came."),
    ("whole", {"A": 3, "B": 3}, INVALID, 0, "the place 3 more than once came"),
    ("whole", {"A": 9}, INVALID, 0, "the place 9 came"),
    ("whole", {"A": [1]}, INVALID, 0, "the place a list of 1 came"),
    ("whole", {"x": "A"}, INVALID, 0, "“x” came"),
    ("whole", {1: "E"}, INVALID, 0, "“E” came"),
    ("pairs", ["B", "D", "A", "C"], PASSED, 1, "is right."),
    ("pairs", ["D", "A", "C", "B"], PARTIAL, Fraction(2, 3),
     "2 of 3 times, a line stands directly after the one that it should follow."),
    ("pairs", ["B", "D", "C", "A"], PARTIAL, THIRD, "1 of 3 times"),
    ("pairs", ["C", "A", "D", "B"], FAILED, 0, "0 of 3 times"),
    ("pairs", ["B", "D"], PARTIAL, THIRD, "A and C are missing. 1 of 3 times"),
    ("pairs", ["B", None, "D", "A"], PARTIAL, THIRD, "Your order B, ?, D, A is right for its first line only"),
    ("pairs", {2: "D", 3: "A"}, PARTIAL, THIRD, "Your order ?, D, A, ?"),
    ("match", {1: "C", 2: "A", 3: "A"}, PASSED, 1, "You gave C to 1, which is right."),
    ("match", {"1": "c", "2.": "a", " 3": "A"}, PASSED, 1, "which is right"),
    ("match", ["C", "A", "A"], PASSED, 1, "which is right"),
    ("match", "C, A, A", PASSED, 1, "which is right"),
    ("match", ["C", "B", ""], PARTIAL, THIRD, "You gave B to 2, which is not right. Nothing was given to 3."),
    ("match", {1: "A"}, FAILED, 0, "You gave A to 1, which is not right. Not x."),
    ("match", {1: "C", 2: 5}, PARTIAL, THIRD, "For 2, one of the letters A to C was expected, and 5 came."),
    ("match", {1: "C", 7: "A"}, PARTIAL, THIRD, "7 is not one of 1 to 3, or is there twice; it was left out."),
    ("match", {1: "C", "1": "A"}, PARTIAL, THIRD, "“1” is not one of 1 to 3, or is there twice; it was left out."),
    ("match", ["C", "A", "A", "A"], INVALID, 0, "One letter for each of 1 to 3 was expected, and a list of 4 came."),
    ("match", 3, INVALID, 0, "For 1, one of the letters A to C was expected, and 3 came."),
    ("blanks", ["odd", 2, "(1-y)(1+y)"], PASSED, 1, "You wrote “odd”, which is right."),
    ("blanks", [" Zero\u2013Centred ", "2.0", "1-y*y"], PASSED, 1, "which is right."),
    ("blanks", "odd; 2; 1 - y^2", PASSED, 1, "which is right."),
    ("blanks", {1: "odd", 3: "1 - y^2"}, PARTIAL, Fraction(3, 4), "Nothing was entered."),
    ("blanks", ["odd"], PARTIAL, Fraction(1, 2), "Nothing was entered."),
    ("blanks", ["even", 2.4, "y"], PARTIAL, Fraction(1, 8), "You wrote “even”, which is not right. That is cosh."),
    ("blanks", [["odd"], 2], PARTIAL, Fraction(1, 4), "A word was expected, and a list of 1 came."),
    ("blanks", [LONG, 2], PARTIAL, Fraction(1, 4), "A word was expected, and a text of 1000000 characters came."),
    ("blanks", ["odd", 2, "y", "y"], INVALID, 0, "A list of 3 entries was expected, and a list of 4 came."),
    ("blanks", "odd", INVALID, 0, "A list of 3 entries was expected, and “odd” came."),
    ("blanks", {1: "odd", 9: "x"}, PARTIAL, Fraction(1, 2), "There is no blank 9, or it is there twice"),
    ("blanks", ["", 3], FAILED, 0, "Nothing was entered."),
    ("one blank", "odd", PASSED, 1, "which is right"),
    ("one blank", ["odd", ""], PASSED, 1, "which is right"),
    ("one blank", ["odd", "x"], INVALID, 0, "One entry was expected, and a list of 2 came."),
    ("printed", "[1, 2] 3\nTrue", PASSED, 1, "which is right"),
    ("printed", "  [ 1,2 ]  3 \n\n true\n", PASSED, 1, "which is right"),
    ("printed", "[1, 2] 3 True", FAILED, 0, "which is not right"),  # one line is not two
    ("printed", 3, FAILED, 0, "You wrote “3”, which is not right. Both lines."),
    ("printed", {"a": 1}, INVALID, 0, "What is printed was expected, and a mapping of 1 came."),
    ("scalar", 0.5, PASSED, 1, "which is right"),
    ("scalar", "0.50", FAILED, 0, "which is not right"),
    ("number", 2, PASSED, 1, ""),
    ("number", "2,2", PARTIAL, Fraction(1, 2), ""),
    ("number", 4, FAILED, 0, "Square."),
    ("number", True, INVALID, 0, ""),
    ("number", float("inf"), INVALID, 0, ""),
    ("formula", "(1 - y)(1 + y)", PASSED, 1, ""),
    ("formula", [1], INVALID, 0, ""),
    ("text", "Gates say what is kept.", REVIEW, 0, "Your text has 5 words; a person marks it."),
    ("text", 1997, REVIEW, 0, "Your text has 1 word; a person marks it."),
    ("text", LONG, INVALID, 0, "A text of at most 20000 characters was expected, and one of 1000000 came."),
    ("text", ["a"], INVALID, 0, "and a list of 1 came."),
    ("file", "lstm.py", INVALID, 0, "A file was expected, and “lstm.py” came."),
    ("file", None, UNANSWERED, 0, "Nothing was answered."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "response", "status", "earned", "said"), TABLE, ids=range(len(TABLE)))
def test_a_response_earns_what_the_rules_say_and_is_told_why(name, response, status, earned, said):
    marked = mark(ALL[name], response)
    words = " ".join(f"{part.message} {part.feedback}".strip() for part in marked.parts)
    assert (marked.status, marked.earned) == (status, earned), words
    assert said in words


@pytest.mark.parametrize(
    ("name", "response", "misconceptions"),
    [
        ("one", "A", [("m-a",)]),
        ("several", ["A", "B", "D"], [("m-b", "m-d")]),
        ("match", {1: "A"}, [("m-x",), (), ()]),
        ("blanks", ["even"], [("m-even",), (), ()]),
        ("printed", 3, [("m-3",)]),
        ("one", "B", [()]),
    ],
)
def test_what_a_wrong_answer_betrays_is_kept(name, response, misconceptions):
    assert [part.misconceptions for part in mark(ALL[name], response).parts] == misconceptions


def test_feedback_is_that_of_what_was_chosen():
    assert mark(SEVERAL, ["A", "B"]).parts[0].feedback == "Yes, p.\n\nNot q."


def test_parts_have_names_and_shares_of_the_question():
    named = {name: [(p.name, p.share) for p in mark(one, None).parts] for name, one in ALL.items()}
    assert named["truth"] == [("answer", Fraction(3, 5)), ("reason", Fraction(2, 5))]
    assert named["match"] == [("1", THIRD), ("2", THIRD), ("3", THIRD)]
    assert named["blanks"] == [
        ("blank 1", Fraction(1, 2)),
        ("blank 2", Fraction(1, 4)),
        ("blank 3", Fraction(1, 4)),
    ]
    assert all(sum(share for _, share in parts) == 1 for parts in named.values())


KEYS = st.one_of(st.text(max_size=3), st.integers(-1, 9), st.booleans(), st.none(), st.floats(), st.dates())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 9).map(lambda size: 10 ** (size * 700)),
    st.floats(),
    st.text(max_size=12),
    st.text("ABCDEabcd123,;:() []{}\n\t-^*y", max_size=12),
    st.text(st.characters(codec=None), max_size=6),  # surrogates, too
    st.dates(),
    st.datetimes(),
    st.binary(max_size=4),
    st.sampled_from(["A", "B", "C", "1", "choice", "reason", "odd", "1 - y^2", "9**9**9", "__import__('os')"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.dictionaries(KEYS, inner, max_size=5),
        st.tuples(inner, inner),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=60)
@given(response=VALUES)
def test_no_value_raises_and_points_stay_between_nothing_and_all(name, response):
    marked = mark(ALL[name], response)
    assert 0 <= marked.earned <= 1
    for part in marked.parts:
        assert 0 <= part.earned <= part.share
        assert part.message
        json.dumps([part.message, part.feedback]).encode()
    assert (marked.status is PASSED) == (marked.earned == 1)
    assert (marked.status is PARTIAL) <= (marked.earned > 0)


@pytest.mark.parametrize("name", ALL)
def test_what_is_nested_deeply_is_no_answer(name):
    deep: object = "A"
    for _ in range(100_000):
        deep = [deep]
    assert mark(ALL[name], deep).earned == 0
    assert mark(ALL[name], {"1": deep}).earned == 0


SUBSETS = st.sets(st.sampled_from("ABCDE"), min_size=1)


@given(chosen=SUBSETS)
def test_several_choices_earn_by_the_stated_rule(chosen):
    """The oracle: right ones less wrong ones, over all right ones, never below zero."""
    right = len(chosen & set("ACE")) - len(chosen & set("BD"))
    assert mark(SEVERAL, sorted(chosen)).earned == max(Fraction(right, 3), Fraction(0))


@given(order=st.permutations("ABCD"))
def test_an_order_earns_by_the_stated_rule(order):
    """The oracle: look for each of the right neighbours in what was written."""
    hits = sum("".join(pair) in "".join(order) for pair in ("BD", "DA", "AC"))
    assert mark(PAIRS, list(order)).earned == Fraction(hits, 3)
    assert mark(WHOLE, list(order)).earned == (hits == 3)


@given(given_letters=st.lists(st.sampled_from(["A", "B", "C", None]), min_size=3, max_size=3))
def test_each_pair_earns_by_itself(given_letters):
    hits = sum(one == right for one, right in zip(given_letters, "CAA", strict=True))
    assert mark(MATCH, given_letters).earned == Fraction(hits, 3)
    as_mapping = {str(number): one for number, one in enumerate(given_letters, start=1)}
    assert mark(MATCH, as_mapping).parts == mark(MATCH, given_letters).parts


@pytest.mark.parametrize(
    ("response", "feedback", "misconceptions"),
    [("C B A", "C needs B.", ("m-order",)), ("B C A", "", ()), ("A B C", "", ()), ("C B", "", ())],
)
def test_a_telling_order_is_told(response, feedback, misconceptions):
    (part,) = mark(TOLD, response).parts
    assert (part.feedback, part.misconceptions) == (feedback, misconceptions)


@pytest.mark.parametrize(
    ("ignore", "response", "is_right"),
    [
        ((), "[1, -2] a b", True),
        ((), "[ 1,  -2 ]  A B", True),
        ((), "[1 -2] a b", False),
        (("commas",), "[1 -2] a b", True),
        (("commas",), "[1 -2] ab", False),
        (("commas",), "[1 - 2] a b", False),
        (("spaces",), "[1,- 2] a b", True),
        (("spaces",), "[1, -2]a b", True),
        (("spaces",), "[1 -2] a b", False),
        (("spaces",), "[1, -2] ab", False),
        (("commas", "spaces"), "[1 - 2],a,b", True),
        (("commas", "spaces"), "[1 - 2] ab", False),
        (("commas", "spaces"), "[12] a b", False),
    ],
)
def test_what_is_printed_may_be_compared_without_commas_and_spaces(ignore, response, is_right):
    asked = posed((Enter("word"), BlankKey(Fraction(1), ("[1, -2] a b",), ignore=ignore)))
    assert (mark(asked, response).earned == 1) is is_right
