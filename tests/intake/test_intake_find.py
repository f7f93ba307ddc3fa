"""Which folders are students, and one clear sentence where none are."""

import os
import sys
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.intake import find_submissions, student_id


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def refusal(folder: Path) -> str:
    with pytest.raises(SubmissionError) as caught:
        find_submissions(folder)
    complaint = caught.value.complaints[0]
    assert "\n" not in complaint.message
    assert complaint.hint
    return complaint.message


def test_students_come_sorted_by_name_whatever_their_script(tmp_path: Path):
    for name in ("zoe", "Ada", "陈晓雨", "o'brien sean", "Zoë"):
        write(tmp_path / name / "lstm.py")
    assert [folder.name for folder in find_submissions(tmp_path)] == [
        "Ada",
        "Zoë",
        "o'brien sean",
        "zoe",
        "陈晓雨",
    ]


def test_files_at_the_top_hidden_folders_and_caches_are_no_students(tmp_path: Path):
    write(tmp_path / "ada" / "lstm.py")
    write(tmp_path / "expected.yaml")
    write(tmp_path / "helper.py")
    for name in (".git", "__pycache__", "__MACOSX", ".ipynb_checkpoints"):
        write(tmp_path / name / "lstm.py")
    assert find_submissions(tmp_path) == (tmp_path / "ada",)


def test_a_student_with_an_empty_folder_is_still_a_student(tmp_path: Path):
    (tmp_path / "nobody").mkdir()
    assert find_submissions(tmp_path) == (tmp_path / "nobody",)


def test_a_folder_behind_a_link_is_named_so_that_reading_can_refuse_it(tmp_path: Path):
    write(tmp_path / "class" / "ada" / "lstm.py")
    write(tmp_path / "elsewhere" / "lstm.py")
    (tmp_path / "class" / "eve").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "class" / "broken").symlink_to(tmp_path / "nowhere")
    assert [folder.name for folder in find_submissions(tmp_path / "class")] == ["ada", "eve"]


def test_no_such_folder(tmp_path: Path):
    assert refusal(tmp_path / "nope") == f"there is no folder {str(tmp_path / 'nope')!r}"
    assert "there is no folder" in refusal(Path("nul\0byte"))


def test_a_file_in_place_of_a_folder(tmp_path: Path):
    assert "is not a folder" in refusal(write(tmp_path / "lstm.py"))


def test_an_empty_folder(tmp_path: Path):
    assert "holds no submissions" in refusal(tmp_path)


def test_a_folder_of_files_that_nobody_handed_in(tmp_path: Path):
    write(tmp_path / "notes.txt")
    assert "holds no submissions" in refusal(tmp_path)


@pytest.mark.parametrize("also", [[], ["data/weights.txt"], ["cells/__init__.py"], [".venv/x.py"]])
def test_one_students_folder_is_told_from_a_class(tmp_path: Path, also: list[str]):
    for name in ["lstm.py", *also]:
        write(tmp_path / name)
    assert "looks like one student's folder: it has lstm.py at its top" in refusal(tmp_path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert "cannot be read: Permission denied" in refusal(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name hold any bytes")
def test_a_name_that_is_not_utf8_is_shown_safely(tmp_path: Path):
    (tmp_path / os.fsdecode(b"caf\xe9")).mkdir()
    found = find_submissions(tmp_path)
    assert [student_id(path) for path in found] == ["caf\\xe9"]
    assert student_id(found[0]).encode() == b"caf\\xe9"


def test_a_name_in_utf8_is_the_id_unchanged(tmp_path: Path):
    assert student_id(tmp_path / "Ngô Thị Hạnh") == "Ngô Thị Hạnh"
