"""What is shipped, the quiz and the banks of its questions, comes through every format of `grader sheet`."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from grader.bank.load import load_quiz
from grader.cli import main
from grader.export.canvas_item import canvas_parts
from grader.export.registry import FORMATS
from grader.model.sheet import Choose
from grader.quiz.sheet import make_sheet, secret_of, sheet_for

QUESTIONS = Path(__file__).parents[2] / "questions"
SHIPPED = {"quiz.yaml": 31, "tanh": 40, "lstm": 40}


def parts(file: Path) -> list[bytes]:
    """Return what a file holds: an archive's files, or itself."""
    data = file.read_bytes()
    if file.suffix != ".zip":
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("of", SHIPPED)
def test_everything_shipped_is_written_in_every_format(of, name, tmp_path):
    command = [
        "sheet",
        str(QUESTIONS / of),
        "--variants",
        "1",
        "--format",
        name,
        "--out",
        str(tmp_path),
        "-j",
        "1",
    ]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert f"1 sheet of {SHIPPED[of]} questions" in result.output
    made = [part for file in tmp_path.iterdir() if file.name != "variants.csv" for part in parts(file)]
    assert made
    for part in made:
        assert part
        if part.startswith(b"<?xml"):
            ET.fromstring(part)


@pytest.mark.external
@pytest.mark.parametrize("topic", ["tanh", "lstm"])
def test_a_player_gives_our_scores_to_every_shipped_question(topic, played):
    sheet = sheet_for(load_quiz(QUESTIONS / topic), "1", b"played")
    assert len(sheet.posed) == 40
    assert len([*played(sheet)]) > 20


def for_qti2latex(xml: bytes) -> bytes:
    """Take away what it misreads: it takes a feedback's condition for the key's, and whole points only."""
    root = ET.fromstring(xml)
    for processing in [one for one in root.iter() if one.tag.endswith("}resprocessing")]:
        for condition in [one for one in processing if one.tag.endswith("}respcondition")]:
            if not [one for one in condition if one.tag.endswith("}setvar")]:
                processing.remove(condition)
    for field in [one for one in root.iter() if one.tag.endswith("}qtimetadatafield")]:
        if field[0].text == "points_possible":
            field[1].text = "4"
    return ET.tostring(root)


@pytest.mark.external
@pytest.mark.parametrize("of", SHIPPED)
def test_qti2latex_reads_as_many_questions_and_the_same_choices_from_a_canvas_package(of, tmp_path):
    """It reads no numbers, formulas and pairs back; the key of a choice stands at the choice's place."""
    pytest.importorskip("qti2latex", reason="qti2latex is not installed", exc_type=ImportError)
    command = ["sheet", str(QUESTIONS / of), "--variants", "1", "--format", "canvas", "--out", str(tmp_path)]
    assert CliRunner().invoke(main, command).exit_code == 0
    (file,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(tmp_path / "read.zip", "w") as written:
        for name in read.namelist():
            data = read.read(name)
            written.writestr(name, for_qti2latex(data) if b"<questestinterop" in data else data)
    command = [sys.executable, "-m", "qti2latex", "--answer-key", "read.zip"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    quiz = load_quiz(QUESTIONS / of)
    with (tmp_path / "variants.csv").open(newline="") as rows:
        (row,) = csv.DictReader(rows)
    sheet = make_sheet(quiz, row["variant"], secret_of(quiz))
    asked = [part for posed in sheet.posed for part in canvas_parts(posed)]
    right = [
        [option.letter in part.key.forms[0].right for option in part.item.forms[0].options]
        for part in asked
        if isinstance(part.item.forms[0], Choose)
    ]
    made = (tmp_path / "read-answerkey.tex").read_text("utf-8")
    assert made.count("\\question[4]") == len(asked) > SHIPPED[of]
    boxes = re.findall(r"\\begin\{(?:onepar)?checkboxes\}(.*?)\\end\{(?:onepar)?checkboxes\}", made, re.DOTALL)
    marks = [re.findall(r"^\\(CorrectChoice|choice) ", box, re.MULTILINE) for box in boxes]
    assert [[mark == "CorrectChoice" for mark in one] for one in marks] == right
