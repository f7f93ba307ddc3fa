"""The QTI 3.0 package is whole, and its items, played in a real player, give the scores that we give."""

import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from grader.export.losses import losses
from grader.export.qti3 import INSTEAD, package
from grader.export.qti3_item import elements
from grader.model.sheet import ArrangeKey
from grader.quiz.marking import mark

NS = {"q": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "m": "http://www.w3.org/1998/Math/MathML"}


def unpacked(*sheets):
    with zipfile.ZipFile(io.BytesIO(package(sheets))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def texts_of_items(files):
    """Return each item's XML by its title."""
    items = [files[name].decode() for name in files if name.startswith("items/")]
    return {ET.fromstring(one).get("title"): one for one in items}


@pytest.fixture(scope="module")
def files(every):
    return unpacked(every.sheet())


@pytest.fixture(scope="module")
def items(files):
    return {title: ET.fromstring(text) for title, text in texts_of_items(files).items()}


@pytest.fixture(scope="module")
def by_neighbours(every):
    posed = every.posed["tanh/lines"]
    key = replace(posed.key, forms=(ArrangeKey(("C", "A", "B"), by_pairs=True),))
    return replace(posed, key=key)


def test_the_manifest_names_every_file_and_the_test_every_item(files):
    manifest = ET.fromstring(files["imsmanifest.xml"])
    resources = [one for one in manifest.iter() if one.tag.endswith("}resource")]
    assert {one.get("href") for one in resources} == set(files) - {"imsmanifest.xml"}
    assert [one.get("type") for one in resources][:2] == ["imsqti_test_xmlv3p0", "imsqti_item_xmlv3p0"]
    refs = ET.fromstring(files["test.xml"]).findall(".//q:qti-assessment-item-ref", NS)
    assert [ref.get("href") for ref in refs] == [name for name in files if name.startswith("items/")]
    for ref in refs:
        assert ET.fromstring(files[ref.get("href")]).get("identifier") == ref.get("identifier")


def test_every_response_is_asked_for_declared_and_scored(items):
    for title, item in items.items():
        declared = [one.get("identifier") for one in item.findall("q:qti-response-declaration", NS)]
        asked = [one.get("response-identifier") for one in item.iter() if one.get("response-identifier")]
        assert declared == asked, title
        outcomes = {one.get("identifier") for one in item.findall("q:qti-outcome-declaration", NS)}
        assert {name.replace("RESPONSE", "SCORE") for name in declared} | {"SCORE", "MAXSCORE"} <= outcomes
        used = {one.get("identifier") for one in item.findall(".//q:qti-set-outcome-value", NS)}
        by_people = {
            one.get("identifier")
            for one in item.findall("q:qti-outcome-declaration", NS)
            if one.get("external-scored") == "human"
        }
        scores = {name.replace("RESPONSE", "SCORE") for name in declared}
        assert used & scores == scores - by_people, title


def test_scores_add_up_to_the_points(items):
    for item in items.values():
        most = {
            one.get("identifier"): Fraction(one.get("normal-maximum", "0"))
            for one in item.findall("q:qti-outcome-declaration", NS)
        }
        parts = sum(points for name, points in most.items() if re.fullmatch(r"SCORE\d+", name))
        assert parts == most["SCORE"] == 2


def test_a_mapping_names_every_choice_and_every_pair(items):
    def keys(title):
        return {entry.get("map-key") for entry in items[title].findall(".//q:qti-map-entry", NS)}

    assert keys("Which") == set("ABCD")
    assert keys("Pairs") == {f"L{left} R{right}" for left in "123" for right in "ABCD"}


def test_no_number_is_held_against_a_tolerance(files):
    text = b"".join(files.values())
    assert b"<qti-gte>" in text
    assert b"qti-equal" not in text


def test_formulas_are_mathml_in_its_own_namespace(items):
    assert items["Range"].findall(".//m:math", NS)
    assert not [one for one in items["Range"].iter() if one.tag.endswith("}math") and NS["m"] not in one.tag]


def test_a_formula_of_several_steps_is_one_element():
    made = elements("So $\\tanh(2u) = \\frac{q^2 - 1}{q^2 + 1} = \\frac{2t}{1 + t^2} = 0.8$.")
    assert len([one for one in made.iter() if one.tag == "math"]) == 1


def test_a_plot_lies_in_the_package(files, items):
    source = items["Curve"].find(".//q:img", NS).get("src")
    assert source.removeprefix("../") in files


def test_scorers_find_the_rubric_and_what_is_right(items):
    def note(title):
        block = items[title].find(".//q:qti-rubric-block", NS)
        assert block.get("view") == "scorer"
        return "".join(block.itertext())

    assert "50 %: RUBRIC-SHRINKS" in note("Vanish")
    assert "1 - y^2" in note("Derivative")
    assert "③ Right: tanh(1x)" in note("Words")


def test_of_variants_that_differ_one_is_drawn(every, single_choices):
    one, other = single_choices
    made = unpacked(every.sheet(posed=(one,), variant="1"), every.sheet(posed=(other,), variant="2"))
    section = ET.fromstring(made["test.xml"]).find(".//q:qti-assessment-section/q:qti-assessment-section", NS)
    assert section.find("q:qti-selection", NS).get("select") == "1"
    assert len(section.findall("q:qti-assessment-item-ref", NS)) == 2


def test_the_same_sheets_make_the_same_bytes(every):
    assert package([every.sheet()]) == package([every.sheet()])


def test_what_is_lost_is_said_with_the_questions_that_lose_it(every):
    said = list(losses(INSTEAD, every.sheet()))
    assert any(one.startswith("code that is handed in: a file to upload") for one in said)
    assert not any("partial credit" in one for one in said)


# What a student answers, as answers.yaml has it, and as a player has it.
PLAYED = [
    ("range", response, {"RESPONSE1": response}) for response in "ABCD"
] + [
    ("which", list(letters), {"RESPONSE1": list(letters)})
    for letters in ("ACD", "A", "AB", "AC", "B", "ABCD", "BD")
] + [
    ("slope", {"choice": letter, "reason": "so"}, {"RESPONSE1": letter, "RESPONSE2": "so"}) for letter in "AB"
] + [
    ("half", number, {"RESPONSE1": number})
    for number in (0.4621, 0.46207, 0.46217, 0.462, 0.464, 0.6225, 0.62261, -0.4621, 7)
] + [
    ("words", list(words), {"RESPONSE1": words[0], "RESPONSE2": words[1]})
    for words in (("oddkey", 0, ""), ("ODDKEY", 1, ""), ("uneven", 1e-10, ""), ("even", -1, ""))
] + [
    ("lines", list(letters), {"RESPONSE1": list(letters)}) for letters in ("ABC", "ACB", "CAB")
] + [
    ("pairs", dict(zip("123", letters, strict=True)), {
        "RESPONSE1": [f"L{left} R{right}" for left, right in zip("123", letters, strict=True)]
    })
    for letters in ("BAC", "BAA", "CCC", "DDD")
] + [
    ("prints", number, {"RESPONSE1": number}) for number in (2, 3)
] + [
    ("curve", letter, {"RESPONSE1": letter}) for letter in "AB"
] + [
    ("word", [word], {"RESPONSE1": word}) for word in ("saturates", "Saturates", "grows")
] + [
    (name, None, {}) for name in ("range", "which", "half", "words", "pairs", "word", "vanish", "derivative")
]  # fmt: skip


@pytest.mark.external
def test_a_player_gives_the_scores_that_we_give(every, files, player):
    texts = texts_of_items(files)
    for name, response, values in PLAYED:
        posed = every.posed[f"tanh/{name}"]
        done = player(texts[posed.item.title], values)
        taken = {key: value for key, value in done["responses"].items() if key in values}
        assert taken == values or (name == "pairs" and sorted(taken["RESPONSE1"]) == sorted(values["RESPONSE1"]))
        ours = float(mark(posed, response).earned * posed.item.points)
        assert done["outcomes"]["SCORE"] == pytest.approx(ours, abs=1e-6), (name, response)
        assert done["outcomes"]["MAXSCORE"] == posed.item.points
        assert not re.search("RUBRIC|MODEL|Solution|FEEDBACK", done["shown"]), name


@pytest.mark.external
@pytest.mark.parametrize("name", ["derivative", "vanish", "cell"])
def test_a_player_takes_what_people_mark_and_gives_no_points_by_itself(name, every, files, player):
    """A formula and a text are kept as they were entered; code is handed in as a file."""
    posed = every.posed[f"tanh/{name}"]
    text = texts_of_items(files)[posed.item.title]
    values = {} if name == "cell" else {"RESPONSE1": "1 - y^2 < 2"}
    done = player(text, values)
    assert {key: done["responses"][key] for key in values} == values
    assert not done["outcomes"]["SCORE"]
    assert done["outcomes"]["MAXSCORE"] == posed.item.points
    assert ("lstm.py" in done["shown"]) is (name == "cell")


@pytest.mark.external
def test_a_player_counts_neighbours_as_we_do(every, by_neighbours, player):
    (text,) = texts_of_items(unpacked(every.sheet(posed=(by_neighbours,)))).values()
    for letters in ("CAB", "ABC", "BCA", "ACB", "CBA"):
        done = player(text, {"RESPONSE1": list(letters)})
        ours = float(mark(by_neighbours, list(letters)).earned * 2)
        assert done["outcomes"]["SCORE"] == pytest.approx(ours, abs=1e-6), letters


@pytest.mark.external
def test_a_player_names_the_feedback_that_we_give(files, player):
    texts = texts_of_items(files)
    for title, values, wanted in (
        ("Range", {"RESPONSE1": "A"}, "A"),
        ("Half", {"RESPONSE1": 0.6225}, "band2"),
        ("Words", {"RESPONSE1": "Even"}, "word0"),
    ):
        outcomes = player(texts[title], values)["outcomes"]
        assert outcomes["FEEDBACK1"] == wanted
        said = ET.fromstring(texts[title]).find(f".//q:qti-modal-feedback[@identifier='{wanted}']", NS)
        assert "FEEDBACK-" in "".join(said.itertext())
