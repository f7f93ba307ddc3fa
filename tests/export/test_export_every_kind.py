"""Questions of every kind, as banks make them, come through every target."""

import io
import json
import re
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from grader.bank.load import load_topic
from grader.export.canvas import INSTEAD as CANVAS
from grader.export.canvas import package as canvas_package
from grader.export.gift import INSTEAD as GIFT
from grader.export.gift import gift_text
from grader.export.losses import Need, losses, needs
from grader.export.markdown import key_text, work_text
from grader.export.moodle import INSTEAD as MOODLE
from grader.export.moodle import question_bank
from grader.export.qti3 import INSTEAD as QTI3
from grader.export.qti3 import package as qti3_package
from grader.kinds.registry import kind_of
from grader.kinds.variant import draw
from grader.model.sheet import ArrangeKey, BlankKey, ChooseKey, NumberKey, PairKey, Sheet
from grader.numerics.draws import Stream
from grader.quiz.marking import mark

TESTS = Path(__file__).parents[1]
EXAMPLE = re.compile(r"`gates/bank\.yaml`.*?```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """Three variants of all questions of the authors' page and of the tests of kinds."""
    folder = tmp_path_factory.mktemp("topics") / "gates"
    folder.mkdir()
    page = (TESTS.parent / "docs" / "authoring.md").read_text("utf-8")
    (folder / "bank.yaml").write_text(EXAMPLE.search(page)[1], "utf-8")
    topics = [load_topic(folder), load_topic(TESTS / "kinds" / "topics" / "more")]
    topics.append(load_topic(TESTS / "export" / "topics" / "numbers"))
    questions = [question for topic in topics for question in topic.quiz]

    def make(number):
        posed = (
            kind_of(one.kind).pose(one, draw(one, Stream.of(b"export", one.id, str(number))), Fraction(3))
            for one in questions
        )
        return Sheet("all", "All kinds", "", str(number), tuple(posed))

    return [make(number) for number in (1, 2, 3)]


def right_response(key):
    """Return what earns everything, as answers.yaml has it and as a player has it; None where people mark."""
    match key:
        case ChooseKey():
            letters = list(key.right)
            return letters, letters
        case NumberKey():
            return key.value, key.value
        case BlankKey() if key.words and "\n" not in key.words[0]:
            return key.words[0], key.words[0]
        case ArrangeKey():
            return list(key.order), list(key.order)
        case PairKey():
            return dict(key.pairs), [f"L{left} R{right}" for left, right in key.pairs.items()]
        case _:
            return None


def test_every_kind_is_there(sheets):
    kinds = {posed.item.kind for posed in sheets[0].posed}
    assert kinds >= {
        "single_choice", "several_choices", "true_false", "numeric", "formula", "blanks", "ordering", "matching",
        "prediction", "plot", "short_answer",
    }  # fmt: skip


def test_every_need_is_met_or_told_for_each_platform(sheets):
    """What a platform says nothing about, it carries: so it must say something about all that it cannot have."""
    there = {need for sheet in sheets for posed in sheet.posed for need in needs(posed)}
    nobody_knows = {Need.FORMULA, Need.TEXT, Need.NUMBER_DIGITS, Need.MISCONCEPTION, Need.WORD_SPELLING}
    assert nobody_knows <= there
    for instead in (CANVAS, MOODLE, QTI3, GIFT):
        assert nobody_knows <= set(instead)
        said = "\n".join(words for sheet in sheets for words in losses(instead, sheet))
        for need in there & set(instead):
            assert f"{need.value}: {instead[need]} (" in said


def test_every_platform_writes_xml_and_text_that_can_be_read_again(sheets):
    for data in (canvas_package("all", sheets), qti3_package(sheets)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                assert ET.fromstring(archive.read(name)) is not None
    assert len(ET.fromstring(question_bank(sheets))) > len(sheets[0].posed)
    for sheet in sheets:
        for text in (gift_text([sheet]), work_text(sheet.handout), key_text(sheet)):
            assert not re.search(r"\[\[[a-z]", text)
            assert text.encode()


def test_points_are_neither_lost_nor_won(sheets):
    """Parts of a question have together the points of the whole."""
    root = ET.fromstring(question_bank(sheets[:1]))
    graded = sum(Fraction(one.findtext("defaultgrade")) for one in root if one.findtext("defaultgrade"))
    fields = sum(
        Fraction(int(weight))
        for one in root
        if one.get("type") == "cloze"
        for weight in re.findall(r"\{(\d+):[A-Z]+:", one.findtext("questiontext/text"))
    )
    cloze = sum(one.get("type") == "cloze" for one in root)
    total = 3 * len(sheets[0].posed)
    assert cloze
    assert float(graded) == pytest.approx(total - 3 * cloze, abs=1e-6)
    assert fields >= cloze


@pytest.mark.external
def test_gift_pegjs_reads_every_question(sheets, node_modules, tmp_path):
    text = gift_text(sheets)
    (tmp_path / "all.gift").write_text(text, "utf-8")
    script = (
        "const {parse} = require(process.argv[1]);"
        "process.stdout.write(JSON.stringify(parse(require('fs').readFileSync('all.gift', 'utf8'))))"
    )
    command = ["node", "-e", script, str((node_modules / "gift-pegjs").resolve())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parsed = json.loads(done.stdout)
    assert sum(one["type"] != "Category" for one in parsed) == text.count("// [id:")
    assert not [one for one in parsed if one["type"] == "Description"]


@pytest.mark.external
def test_a_player_gives_full_marks_to_what_is_right_and_none_to_nothing(sheets, player):
    played = set()
    for sheet in sheets[:1]:
        with zipfile.ZipFile(io.BytesIO(qti3_package([sheet]))) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("items/")]
        for posed, text in zip(sheet.posed, texts, strict=True):
            keys = [key.number or key if isinstance(key, BlankKey) else key for form in posed.key.forms
                    for key in (form if isinstance(form, tuple) else (form,))]  # fmt: skip
            rights = [right_response(key) for key in keys]
            several = [getattr(form, "several", True) for form in posed.item.forms]
            values = {
                f"RESPONSE{n}": right[1] if isinstance(key, PairKey | ArrangeKey) or not isinstance(key, ChooseKey)
                or several[0] else right[1][0]
                for n, (key, right) in enumerate(zip(keys, rights, strict=True), start=1)
                if right is not None
            }  # fmt: skip
            ours = [right[0] if right else None for right in rights]
            is_form = len(posed.item.forms) == 1 and not isinstance(posed.key.forms[0], tuple)
            response = ours[0] if is_form or len(posed.item.forms) > 1 else ours
            earned = float(mark(posed, response).earned * posed.item.points)
            outcomes = player(text, values)["outcomes"]
            assert outcomes["SCORE"] == pytest.approx(earned, abs=1e-6), posed.item.id
            if all(right is not None for right in rights):
                assert earned == 3
                played.add(posed.item.kind)
            if not isinstance(keys[0], ArrangeKey):  # the order that is shown is an answer, too
                assert player(text, {})["outcomes"]["SCORE"] == 0
    assert played >= {"single_choice", "several_choices", "numeric", "ordering", "matching", "prediction", "plot"}
