"""Questions of every kind, as banks make them, come through every target."""

import io
import json
import re
import subprocess
import zipfile
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

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


def test_every_kind_is_there(all_kinds):
    kinds = {posed.item.kind for posed in all_kinds[0].posed}
    assert kinds >= {
        "single_choice", "several_choices", "true_false", "numeric", "formula", "blanks", "ordering", "matching",
        "prediction", "plot", "short_answer",
    }  # fmt: skip


def test_every_need_is_met_or_told_for_each_platform(all_kinds):
    """What a platform says nothing about, it carries: so it must say something about all that it cannot have."""
    there = {need for sheet in all_kinds for posed in sheet.posed for need in needs(posed)}
    nobody_knows = {Need.FORMULA, Need.TEXT, Need.NUMBER_DIGITS, Need.MISCONCEPTION, Need.WORD_SPELLING}
    assert nobody_knows <= there
    for instead in (CANVAS, MOODLE, QTI3, GIFT):
        assert nobody_knows <= set(instead)
        said = "\n".join(words for sheet in all_kinds for words in losses(instead, sheet))
        for need in there & set(instead):
            assert f"{need.value}: {instead[need]} (" in said


def test_every_platform_writes_xml_and_text_that_can_be_read_again(all_kinds):
    for data in (canvas_package("all", all_kinds), qti3_package(all_kinds)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                assert ET.fromstring(archive.read(name)) is not None
    assert len(ET.fromstring(question_bank(all_kinds))) > len(all_kinds[0].posed)
    for sheet in all_kinds:
        for text in (gift_text([sheet]), work_text(sheet.handout), key_text(sheet)):
            assert not re.search(r"\[\[[a-z]", text)
            assert text.encode()


def test_points_are_neither_lost_nor_won(all_kinds):
    """Parts of a question have together the points of the whole."""
    root = ET.fromstring(question_bank(all_kinds[:1]))
    graded = sum(Fraction(one.findtext("defaultgrade")) for one in root if one.findtext("defaultgrade"))
    fields = sum(
        Fraction(int(weight))
        for one in root
        if one.get("type") == "cloze"
        for weight in re.findall(r"\{(\d+):[A-Z]+:", one.findtext("questiontext/text"))
    )
    cloze = sum(one.get("type") == "cloze" for one in root)
    total = 3 * len(all_kinds[0].posed)
    assert cloze
    assert float(graded) == pytest.approx(total - 3 * cloze, abs=1e-6)
    assert fields >= cloze


@pytest.mark.external
def test_gift_pegjs_reads_every_question(all_kinds, node_modules, tmp_path):
    text = gift_text(all_kinds)
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
def test_a_player_gives_full_marks_to_what_is_right_and_none_to_nothing(all_kinds, played):
    done = set(played(all_kinds[0]))
    assert done >= {"single_choice", "several_choices", "numeric", "ordering", "matching", "prediction", "plot"}
