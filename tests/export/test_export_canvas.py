"""The zip for Canvas holds what Canvas's importer reads, and every question with its key."""

import html
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from grader.export.canvas import INSTEAD, WRITER, package
from grader.export.losses import losses
from grader.export.writer import Order
from grader.model.sheet import ChooseKey, Posed

NS = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


def unpacked(*sheets):
    with zipfile.ZipFile(io.BytesIO(package("quiz", sheets))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def questions(files):
    """Return the element that holds the questions."""
    (name,) = [name for name in files if re.fullmatch(r"(g\w{32})/\1\.xml", name)]
    return ET.fromstring(files[name]).find("q:assessment/q:section", NS)


def field(item, label):
    found = item.findall(".//q:qtimetadatafield", NS)
    (entry,) = [one[1].text or "" for one in found if one[0].text == label]
    return entry


def shown(element):
    """Return the first text that is shown, as a person reads it."""
    return html.unescape(re.sub("<[^>]*>", "", element.find(".//q:mattext", NS).text))


def score(item, responses):
    """Return what QTI's rules give for responses: a reader of conditions of our own."""

    def holds(test):
        tag = test.tag.partition("}")[2]
        given = responses.get(test.get("respident"), [])
        match tag:
            case "varequal":
                return any(one.casefold() == test.text.casefold() for one in given)
            case "vargte":
                return any(Fraction(one) >= Fraction(float(test.text)) for one in given)
            case "varlte":
                return any(Fraction(one) <= Fraction(float(test.text)) for one in given)
            case "and":
                return all(map(holds, test))
            case "not":
                return not any(map(holds, test))
            case "other":
                return True
        raise AssertionError(tag)

    total = Fraction(0)
    for condition in item.findall("q:resprocessing/q:respcondition", NS):
        tests = list(condition.find("q:conditionvar", NS))
        are_words = {test.tag.partition("}")[2] for test in tests} == {"varequal"}
        held = any(map(holds, tests)) if are_words else all(map(holds, tests))
        change = condition.find("q:setvar", NS)
        if held and change is not None:
            amount = Fraction(change.text)
            total = amount if change.get("action") == "Set" else total + amount
            if condition.get("continue") == "No":
                break
    return round(float(total), 4)


@pytest.fixture(scope="module")
def files(every):
    return unpacked(every.sheet())


@pytest.fixture(scope="module")
def items(files):
    return {one.get("title"): one for one in questions(files).findall("q:item", NS)}


def idents(item, response="response1"):
    """Return the answers' identifiers by their texts."""
    labels = item.findall(f".//*[@ident='{response}']//q:response_label", NS)
    return {shown(label): label.get("ident") for label in labels}


def test_every_question_is_there_with_its_type_and_points(items):
    assert {
        title: (field(item, "question_type"), field(item, "points_possible")) for title, item in items.items()
    } == {
        "Range": ("multiple_choice_question", "2"),
        "Which": ("multiple_answers_question", "2"),
        "Slope: choice": ("true_false_question", "1"),
        "Slope: reason": ("essay_question", "1"),
        "Half": ("numerical_question", "2"),
        "Derivative": ("essay_question", "2"),
        "Words: ①": ("short_answer_question", "1"),
        "Words: ②": ("numerical_question", "0.5"),
        "Words: ③": ("essay_question", "0.5"),
        "Lines": ("matching_question", "2"),
        "Pairs": ("matching_question", "2"),
        "Prints": ("numerical_question", "2"),
        "Curve": ("multiple_choice_question", "2"),
        "Vanish": ("essay_question", "2"),
        "Word": ("short_answer_question", "2"),
        "Cell": ("file_upload_question", "2"),
    }


def test_only_the_right_choice_scores(items):
    by_text = idents(items["Curve"])
    assert score(items["Curve"], {"response1": [by_text["the first"]]}) == 100
    assert score(items["Curve"], {"response1": [by_text["the second"]]}) == 0


def test_several_choices_name_every_wrong_one(items):
    item = items["Which"]
    by_text = idents(item)
    right = [by_text[text] for text in ("odd", "bounded", "zero-centred")]
    assert score(item, {"response1": right}) == 100
    assert score(item, {"response1": right[:2]}) == 0
    assert score(item, {"response1": [*right, by_text["even"]]}) == 0
    assert len(item.findall(".//q:not/q:varequal", NS)) == 1


@pytest.mark.parametrize(("number", "points"), [("0.46207", 100), ("0.46217", 100), ("0.462", 0), ("0.6225", 0)])
def test_numbers_count_within_the_whole_band_both_ends_included(items, number, points):
    assert score(items["Half"], {"response1": [number]}) == points


def test_a_lower_bound_is_never_open(files):
    text = b"".join(files.values())
    assert b"vargte" in text
    assert not re.search(rb"<vargt\b|<varlt\b", text)


def test_an_order_is_matched_place_by_place(items):
    item = items["Lines"]
    lefts = item.findall(".//q:response_lid", NS)
    assert [shown(left) for left in lefts] == ["Place 1", "Place 2", "Place 3"]
    given = {
        left.get("ident"): [idents(item, left.get("ident"))[letter]]
        for left, letter in zip(lefts, "ABC", strict=True)
    }
    assert score(item, given) == pytest.approx(100, abs=0.01)
    assert "    h = o * np.tanh(c)" in shown(item)


def test_pairs_whose_right_sides_hold_formulas_are_matched_by_letters(items):
    item = items["Pairs"]
    lefts = item.findall(".//q:response_lid", NS)
    assert set(idents(item, lefts[0].get("ident"))) == set("ABCD")
    given = {
        left.get("ident"): [idents(item, left.get("ident"))[letter]]
        for left, letter in zip(lefts, "BAA", strict=True)
    }
    assert score(item, given) == pytest.approx(200 / 3, abs=0.01)


def test_words_count_without_regard_to_capitals(items):
    assert score(items["Words: ①"], {"response1": ["OddKey"]}) == 100
    assert score(items["Words: ①"], {"response1": ["even"]}) == 0


def test_blanks_of_words_alone_stay_together(every, blanks_of_words):
    made = unpacked(every.sheet(posed=(blanks_of_words,)))
    (item,) = questions(made).findall("q:item", NS)
    assert field(item, "question_type") == "fill_in_multiple_blanks_question"
    assert "[blank1]" in shown(item)
    assert "[blank2]" in shown(item)
    odd, bounded = idents(item, "response_blank1")["odd"], idents(item, "response_blank2")["bounded"]
    assert score(item, {"response_blank1": [odd], "response_blank2": [bounded]}) == 100
    assert score(item, {"response_blank1": [odd], "response_blank2": []}) == 50


def test_formulas_are_the_pictures_that_canvas_draws(items):
    text = items["Range"].find(".//q:mattext", NS).text
    assert 'src="/equation_images/%255Ctanh?scale=1"' in text
    assert 'data-equation-content="\\tanh"' in text


def test_what_is_said_to_who_chose_wrongly_is_linked_to_the_choice(items):
    item = items["Range"]
    linked = {
        condition.find("q:displayfeedback", NS).get("linkrefid")
        for condition in item.findall(".//q:respcondition", NS)
        if condition.find("q:displayfeedback", NS) is not None
    }
    said = {one.get("ident"): shown(one) for one in item.findall("q:itemfeedback", NS)}
    assert set(said) == linked
    assert any(text.startswith("FEEDBACK-SIGMOID") for text in said.values())
    assert "Solution of range" in said["general_fb"]


def test_who_marks_by_hand_finds_the_rubric_and_what_is_right(items):
    said = {title: shown(item.find("q:itemfeedback", NS)) for title, item in items.items() if title != "Cell"}
    assert "50 %: RUBRIC-SHRINKS" in said["Vanish"]
    assert "MODEL-TEXT" in said["Vanish"]
    assert "1 - y^2" in said["Derivative"]


def test_a_plot_is_a_file_that_the_manifest_names(files, items):
    (image,) = [name for name in files if name.startswith("images/")]
    drawn = ET.fromstring(files[image])
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert f'src="%24IMS-CC-FILEBASE%24/{image}"' in items["Curve"].find(".//q:mattext", NS).text
    assert f'type="webcontent" href="{image}"'.encode() in files["imsmanifest.xml"]


def test_the_manifest_names_the_quiz_as_canvas_looks_for_it(files):
    manifest = ET.fromstring(files["imsmanifest.xml"])
    resources = [one for one in manifest.iter() if one.tag.endswith("}resource")]
    kinds = [one.get("type") for one in resources]
    assert kinds[:2] == [
        "imsqti_xmlv1p2",
        "associatedcontent/imscc_xmlv1p1/learning-application-resource",
    ]
    named = {one.get("href") for one in manifest.iter() if one.tag.endswith("}file")}
    assert named == set(files) - {"imsmanifest.xml"}
    assert resources[0][1].get("identifierref") == resources[1].get("identifier")


def test_students_see_no_results_before_they_are_released(files):
    (meta,) = [text for name, text in files.items() if name.endswith("assessment_meta.xml")]
    assert b"<hide_results>always</hide_results>" in meta
    assert b"<shuffle_answers>false</shuffle_answers>" in meta
    assert b"<points_possible>26</points_possible>" in meta


def test_of_variants_that_differ_one_is_drawn(every, single_choices):
    one, other = single_choices
    made = unpacked(
        every.sheet(posed=(one, every.posed["tanh/half"]), variant="1"),
        every.sheet(posed=(other, every.posed["tanh/half"]), variant="2"),
    )
    root = questions(made)
    (group,) = root.findall("q:section", NS)
    assert group.find(".//q:selection_number", NS).text == "1"
    assert group.find(".//q:points_per_item", NS).text == "2"
    assert len(group.findall("q:item", NS)) == 2
    assert len(root.findall("q:item", NS)) == 1  # what is the same for all is there once


def test_the_same_sheets_make_the_same_bytes(every):
    assert package("quiz", [every.sheet()]) == package("quiz", [every.sheet()])


def test_what_is_lost_is_said_with_the_questions_that_lose_it(every):
    said = list(losses(INSTEAD, every.sheet()))
    assert any(one.startswith("formulas that are right in whatever form: an essay") for one in said)
    assert any("partial credit for a number" in one and one.endswith("(tanh/half)") for one in said)


def test_the_writer_makes_one_file_of_all_sheets(every):
    sheets = [("1", every.sheet(variant="1")), ("2", every.sheet(variant="2"))]
    (file,) = WRITER.files(Order(iter(sheets), "import"))
    assert file.name == "quiz.canvas.zip"


def for_qti2latex(posed):
    """Take away what it misreads: it takes the condition of a feedback for the key's, and whole points only."""
    keys = tuple(replace(key, feedback={}) if isinstance(key, ChooseKey) else key for key in posed.key.forms)
    return Posed(replace(posed.item, points=Fraction(4)), replace(posed.key, forms=keys))


@pytest.mark.external
def test_qti2latex_reads_the_quiz_back(every, tmp_path):
    pytest.importorskip("qti2latex", reason="qti2latex is not installed", exc_type=ImportError)
    sheet = every.sheet(posed=tuple(map(for_qti2latex, every.sheet().posed)))
    (tmp_path / "quiz.zip").write_bytes(package("quiz", [sheet]))
    command = [sys.executable, "-m", "qti2latex", "--answer-key", "quiz.zip"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = " ".join((tmp_path / "quiz-answerkey.tex").read_text("utf-8").split())
    assert made.count("\\question[4]") == 11
    choices = re.findall(
        r"\\(CorrectChoice|choice) (odd|even|bounded|zero-centred|True|False|the first|the second)", made
    )
    assert [text for kind, text in choices if kind == "CorrectChoice"] == [
        "odd", "bounded", "zero-centred", "False", "the first",
    ]  # fmt: skip
    assert "oddkey / uneven" in made or "uneven / oddkey" in made
    assert "RUBRIC-SHRINKS says that products" in made
    assert "\\includesvg" in made
