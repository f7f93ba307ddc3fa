"""The XML for Moodle says only what Moodle knows, and says it so that Moodle marks as we do."""

import html
import re
from base64 import b64decode
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.cloze import field, weights
from grader.export.losses import losses
from grader.export.moodle import INSTEAD, category, question_bank
from grader.export.moodle_grade import moodle_share
from grader.export.moodle_question import maths, moodle_parts
from grader.export.prose import inline
from grader.export.stand_in import order_as_pairs
from grader.model.sheet import (
    ArrangeKey,
    Band,
    BlankKey,
    ChooseKey,
    FormulaKey,
    NumberKey,
    PairKey,
    Posed,
    TextKey,
)
from grader.quiz.marking import mark

# question/engine/bank.php of Moodle: an import refuses every other share.
FRACTIONS = {
    100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0, 16.66667,
    14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0,
}  # fmt: skip
FIELD = re.compile(r"\{(\d+):(NUMERICAL|SHORTANSWER):((?:[^}])*)\}")
ALTERNATIVE = re.compile(r"(?:=|%(-?[0-9.]+)%)(.+?)(?:(?<!&)#(.*))?$")


def read(*sheets):
    """Return the questions by name, in their order, with their category."""
    root = ET.fromstring(question_bank(sheets))
    assert root.tag == "quiz"
    found, place = {}, ""
    for question in root:
        if question.get("type") == "category":
            place = question.findtext("category/text")
        else:
            found[question.findtext("name/text")] = (place, question)
    return found


@pytest.fixture(scope="module")
def questions(every):
    return {name: question for name, (_, question) in read(every.sheet()).items()}


def plain(text):
    return html.unescape(re.sub("<[^>]*>", "", text)).strip()


def grade_number(answers, number):
    """Mark a number as Moodle does: the first answer whose tolerance reaches it."""
    for value, tolerance, share, said in answers:
        slack = Fraction(1, 10**14) * max(abs(value), tolerance)
        if abs(Fraction(number) - value) <= tolerance + slack:
            return share, said
    return 0.0, ""


def numbers_of(question):
    return [
        (
            Fraction(answer.findtext("text")),
            Fraction(answer.findtext("tolerance")),
            float(answer.get("fraction")) / 100,
            plain(answer.findtext("feedback/text", "")),
        )
        for answer in question.findall("answer")
    ]


def fields_of(text):
    """Read the fields of a text as Moodle does: take answers apart, then turn entities into signs."""
    for weight, kind, inside in FIELD.findall(text):
        answers = []
        for one in inside.split("~"):
            share, answer, said = ALTERNATIVE.match(one).groups()
            answers.append((float(share or 100) / 100, html.unescape(answer), plain(html.unescape(said or ""))))
        yield int(weight), kind, answers


def test_every_question_is_there_with_its_type_and_points(questions):
    assert {name: (one.get("type"), one.findtext("defaultgrade")) for name, one in questions.items()} == {
        "Range": ("multichoice", "2"),
        "Which": ("multichoice", "2"),
        "Slope: choice": ("multichoice", "1"),
        "Slope: reason": ("essay", "1"),
        "Half": ("numerical", "2"),
        "Derivative": ("essay", "2"),
        "Words: ①": ("shortanswer", "1"),
        "Words: ②": ("numerical", "0.5"),
        "Words: ③": ("essay", "0.5"),
        "Lines": ("matching", "2"),
        "Pairs": ("matching", "2"),
        "Prints": ("numerical", "2"),
        "Curve": ("multichoice", "2"),
        "Vanish": ("essay", "2"),
        "Word": ("cloze", None),
        "Cell": ("essay", "2"),
    }


def test_every_share_is_one_that_moodle_knows(every):
    text = question_bank([every.sheet()]).decode()
    shares = re.findall(r'fraction="(-?[0-9.]+)"', text) + re.findall(r"[~:]%(-?[0-9.]+)%", text)
    assert len(shares) > 10
    assert {abs(float(share)) for share in shares} <= FRACTIONS


@given(st.fractions(min_value=-1, max_value=1))
def test_any_share_becomes_a_known_one_near_it_and_stays_what_it_is(share):
    made = moodle_share(share)
    assert abs(float(made)) in FRACTIONS
    assert (float(made) > 0, float(made) < 0, abs(float(made)) == 100) == (share > 0, share < 0, abs(share) == 1)
    assert abs(float(made) / 100 - float(share)) <= 0.1


@pytest.mark.parametrize("count", range(1, 11))
def test_right_choices_add_up_to_the_whole(count):
    assert float(moodle_share(Fraction(1, count))) * count == pytest.approx(100, abs=1e-4)


def test_choices_keep_their_order_shares_and_feedback(questions):
    answers = questions["Which"].findall("answer")
    assert [(plain(one.findtext("text")), one.get("fraction")) for one in answers] == [
        ("odd", "33.33333"), ("even", "-50"), ("bounded", "33.33333"), ("zero-centred", "33.33333"),
    ]  # fmt: skip
    assert questions["Which"].findtext("single") == "false"
    assert questions["Range"].findtext("shuffleanswers") == "false"
    assert "FEEDBACK-SIGMOID" in questions["Range"].find("answer").findtext("feedback/text")
    assert r"\((-1, 1)\), <em>open</em>" in questions["Range"].findall("answer")[1].findtext("text")


@pytest.mark.parametrize(
    "number", ["0.46207", "0.46217", "0.4620699", "0.46001", "0.463999", "0.6224", "0.62251", "0.62261", "7", "-1"]
)
def test_numbers_earn_in_moodle_what_they_earn_here(every, questions, number):
    posed = every.posed["tanh/half"]
    share, said = grade_number(numbers_of(questions["Half"]), number)
    (ours,) = mark(posed, number).parts
    assert (share, said) == (float(ours.earned), ours.feedback)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.sampled_from([Fraction(1), Fraction(1, 2)]))
def test_both_ends_of_a_band_are_reached_and_hardly_more(middle, room, share):
    band = Band(middle - room, middle + room, share)
    key = BlankKey(Fraction(1), number=NumberKey(middle, "", (band,)))
    ((_, _, ((_, answer, _),)),) = fields_of(field(key, 1, maths))
    value, tolerance = (Fraction(float(one)) for one in answer.split(":"))
    low, high = Fraction(band.low), Fraction(band.high)
    assert value - tolerance <= low <= high <= value + tolerance
    assert (value + tolerance - high) + (low - (value - tolerance)) <= Fraction(1, 2**50) * max(
        abs(low), abs(high), Fraction(1, 10**300)
    )


def test_blanks_are_fields_in_their_text(every, mixed_blanks):
    ((_, question),) = read(every.sheet(posed=(mixed_blanks,))).values()
    text = question.findtext("questiontext/text")
    (word, number) = fields_of(text)
    assert word == (3, "SHORTANSWER", [(1.0, "odd", ""), (0.0, "even}~#", r"Not \(\frac{a}{b} < 1\) ~ #1")])
    assert number[:2] == (1, "NUMERICAL")
    answers = [(*map(Fraction, answer.split(":")), share, said) for share, answer, said in number[2]]
    for given_number in ("0.5", "0.599", "0.61", "1"):
        share, _ = grade_number(answers, given_number)
        assert share == float(mark(mixed_blanks, ["", given_number]).earned * 4)


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and text.isprintable()))
def test_whatever_word_is_right_is_read_again_from_its_field(word):
    ((weight, kind, answers),) = fields_of(field(BlankKey(Fraction(1), (word,)), 2, maths))
    assert (weight, kind) == (2, "SHORTANSWER")
    assert word.replace("*", "\\*") in [answer for _, answer, _ in answers]


@given(st.lists(st.fractions(min_value=Fraction(1, 60), max_value=9, max_denominator=60), min_size=1, max_size=5))
def test_weights_are_whole_numbers_in_the_proportion_of_points(points):
    made = weights(points)
    assert all(weight * points[0] == one * made[0] for weight, one in zip(made, points, strict=True))


def test_orders_and_pairs_name_the_right_letter_for_each_left_side(questions):
    def pairs(name):
        found = questions[name].findall("subquestion")
        return [(plain(one.findtext("text") or ""), one.findtext("answer/text")) for one in found]

    assert pairs("Lines") == [("Place 1", "A"), ("Place 2", "B"), ("Place 3", "C")]
    assert pairs("Pairs") == [(r"\(\tanh\)", "B"), ("ReLU", "A"), ("sigmoid", "C"), ("", "D")]
    assert "<code>    h = o * np.tanh(c)</code>" in questions["Lines"].findtext("questiontext/text")


def test_who_marks_by_hand_finds_the_rubric_in_their_notes_and_students_do_not(questions):
    assert "50 %: RUBRIC-SHRINKS" in questions["Vanish"].findtext("graderinfo/text")
    assert "RUBRIC" not in questions["Vanish"].findtext("generalfeedback/text")
    assert "1 - y^2" in questions["Derivative"].findtext("graderinfo/text")
    assert questions["Cell"].findtext("attachments") == "1"


def test_a_plot_travels_inside_its_question(questions):
    text = questions["Curve"].find("questiontext")
    picture = text.find("file")
    assert f'src="@@PLUGINFILE@@/{picture.get("name")}"' in text.findtext("text")
    assert ET.fromstring(b64decode(picture.text)).tag.endswith("}svg")


def test_an_asterisk_is_an_asterisk(every):
    posed = every.posed["tanh/word"]
    key = replace(posed.key, forms=((BlankKey(Fraction(1), ("a*b",)),),))
    ((_, question),) = read(every.sheet(posed=(replace(posed, key=key),))).values()
    assert "=a\\*b" in question.findtext("questiontext/text")


def test_variants_of_a_question_share_a_category_whose_path_has_a_version(every, single_choices):
    one, other = single_choices
    made = read(
        every.sheet(posed=(one,), variant="1"), every.sheet(posed=(other,), variant="2"), every.sheet(posed=(one,))
    )
    assert set(made) == {"Sum (1)", "Sum (2)"}
    (place,) = {place for place, _ in made.values()}
    assert re.fullmatch(r"\$course\$/top/Quiz: tanh & gating/[0-9a-f]{10}/tanh/sum", place)
    ((later, _),) = read(every.sheet(posed=(other,))).values()
    assert later != place
    ids = [question.findtext("idnumber") for _, question in made.values()]
    assert len(set(ids)) == 2


def test_a_slash_in_a_title_is_no_step_down():
    assert category("Tanh/LSTM\n week 1", "v") == "$course$/top/Tanh//LSTM week 1/v"


def test_the_same_sheets_make_the_same_bytes(every):
    assert question_bank([every.sheet()]) == question_bank([every.sheet()])


def test_what_is_lost_is_said_with_the_questions_that_lose_it(every):
    said = list(losses(INSTEAD, every.sheet()))
    assert any(one.startswith("an order that is right as a whole: places") for one in said)
    assert not any("feedback on a choice" in one for one in said)


def by_moodle(question, form, response):
    """Mark a response to one question as Moodle does; None where people mark."""
    match question.get("type"):
        case "multichoice":
            shares = [float(one.get("fraction")) / 100 for one in question.findall("answer")]
            letters = [option.letter for option in form.options]
            return min(max(sum(shares[letters.index(one)] for one in response), 0), 1)
        case "numerical":
            return grade_number(numbers_of(question), str(response))[0]
        case "shortanswer":
            return by_words([
                (float(one.get("fraction")) / 100, one.findtext("text")) for one in question.findall("answer")
            ], response)  # fmt: skip
        case "matching":
            shown = {
                option.letter: {option.letter, plain(inline(option.text, maths)), option.text}
                for option in form.right
            }
            asked = [one for one in question.findall("subquestion") if one.findtext("text")]
            assert len(asked) == len(form.left)
            hits = [
                one.findtext("answer/text") in shown[response[left.letter]]
                for one, left in zip(asked, form.left, strict=True)
            ]
            return sum(hits) / len(hits)
        case "cloze":
            fields = list(fields_of(question.findtext("questiontext/text")))
            whole = sum(weight for weight, _, _ in fields)
            return (
                sum(weight * by_field(*field, one) for (weight, *field), one in zip(fields, response, strict=True))
                / whole
            )
        case kind:
            assert kind == "essay"
            return None


def by_words(answers, response):
    """Compare as Moodle does without regard to capitals; an asterisk that is escaped is one."""
    found = (share for share, text in answers if text.replace("\\*", "*").casefold() == str(response).casefold())
    return next(found, 0.0)


def by_field(kind, answers, response):
    if kind == "NUMERICAL":
        numbers = [(*map(Fraction, answer.split(":")), share, said) for share, answer, said in answers]
        return grade_number(numbers, str(response))[0]
    return by_words([(share, answer) for share, answer, _ in answers], response)


def responses_to(form, key):
    """Return a right response and wrong ones, as a list of letters, a text, or a mapping."""
    match key:
        case ChooseKey():
            letters = [*key.shares]
            several = [letters, []] if form.several else []
            return [[*key.right], *several, *([one] for one in letters)]
        case NumberKey():
            inside = (repr(band.low + (band.high - band.low) / 3) for band in key.bands)
            return [repr(key.value), *inside, "1e9"]
        case FormulaKey():
            return [key.formula]
        case BlankKey():
            return [*key.words, *(word for word, _, _ in key.wrong), "neither"]
        case ArrangeKey():
            return [list(key.order), [*key.order[1:], key.order[0]]]
        case PairKey():
            rights = [*key.pairs.values()]
            return [dict(key.pairs), dict(zip(key.pairs, [*rights[1:], rights[0]], strict=True))]
        case TextKey() | None:
            return ["a text"]
        case _:
            entered = [responses_to(None, one.number or one.formula or one) for one in key]
            return [[one[0] for one in entered], [one[-1] for one in entered]]


def test_questions_of_every_kind_are_read_back_and_marked_as_here(all_kinds):
    """What Moodle reads gives each answer the points that it has here; an order is marked place by place there."""
    types = set()
    for sheet in all_kinds:
        for one in sheet.posed:
            named = Posed(replace(one.item, title="one"), one.key)
            made = [question for _, question in read(replace(sheet, posed=(named,))).values()]
            parts = moodle_parts(named)
            assert len(made) == len(parts)
            for question, part in zip(made, parts, strict=True):
                types.add(question.get("type"))
                (form,), (key,) = part.item.forms, part.key.forms
                for response in responses_to(form, key):
                    ours = mark(part, response).earned
                    if isinstance(key, ArrangeKey):
                        places = order_as_pairs(part).item.forms[0]
                        placed = {left.letter: one for left, one in zip(places.left, response, strict=True)}
                        assert (by_moodle(question, places, placed) == 1) is (ours == 1)
                        continue
                    theirs = by_moodle(question, form, response)
                    assert theirs in (None, pytest.approx(float(ours), abs=1e-4)), (part.item.id, response)
    assert types == {"multichoice", "numerical", "shortanswer", "matching", "cloze", "essay"}
