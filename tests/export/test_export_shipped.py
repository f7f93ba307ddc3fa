"""What is shipped, the quiz and the banks of its questions, comes through every format of `grader sheet`."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from grader.bank.load import load_quiz
from grader.cli import main
from grader.export.registry import FORMATS
from grader.quiz.sheet import sheet_for

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
