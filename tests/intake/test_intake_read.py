"""What is read of a student's folder, what is left out, and that nothing outside of it is ever touched."""

import hashlib
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.intake import read
from grader.intake.read import read_submission
from grader.model.inputs import Submission

SECRET = b"the answers"


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    """A student's folder with one file, beside a file that is nobody's business."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "key.py").write_bytes(SECRET)
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "lstm.py").write_bytes(b"x = 1\r\n")
    return folder


def names(submission: Submission) -> list[str]:
    return [file.path for file in submission.files]


def test_files_come_with_their_bytes_sorted_by_path(ada: Path):
    (ada / "data" / "deep").mkdir(parents=True)
    (ada / "data" / "deep" / "w.bin").write_bytes(bytes(range(256)))
    (ada / "Zebra.txt").write_bytes(b"")
    submission = read_submission(ada)
    assert submission.student == "ada"
    assert names(submission) == ["Zebra.txt", "data/deep/w.bin", "lstm.py"]
    assert {file.path: file.data for file in submission.files}["data/deep/w.bin"] == bytes(range(256))
    assert submission.notes == ()


def test_caches_environments_and_hidden_files_are_ignored_silently(ada: Path):
    for name in (".git", ".venv", "__pycache__", ".ipynb_checkpoints", "env/lib"):
        (ada / name).mkdir(parents=True)
        (ada / name / "x.py").write_text("")
    (ada / "env" / "pyvenv.cfg").write_text("")
    (ada / ".DS_Store").write_text("")
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == ()


@pytest.mark.parametrize(
    "target", ["../answers/key.py", "../answers", "/etc/passwd", "lstm.py", "loop.py", "nowhere"]
)
def test_no_link_is_followed_wherever_it_leads(ada: Path, target: str):
    (ada / "loop.py").symlink_to(target)
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == ("loop.py: left out, it is a link",)


def test_a_folder_that_is_a_link_is_refused_with_a_note(ada: Path):
    link = ada.parent / "eve"
    link.symlink_to(ada)
    submission = read_submission(link)
    assert submission.files == ()
    assert submission.student == "eve"
    assert "the folder is a link" in submission.notes[0]


def test_a_file_that_becomes_a_link_between_looking_and_opening_is_not_followed(
    ada: Path, monkeypatch: pytest.MonkeyPatch
):
    survey = read._survey

    def swap(folder: Path, notes: read._Notes) -> object:
        found = survey(folder, notes)
        (ada / "lstm.py").unlink()
        (ada / "lstm.py").symlink_to(ada.parent / "answers" / "key.py")
        return found

    monkeypatch.setattr(read, "_survey", swap)
    submission = read_submission(ada)
    assert submission.files == ()
    assert submission.notes == ("lstm.py: left out, it is a link",)


def test_a_folder_that_becomes_a_link_between_looking_and_opening_is_not_entered(
    ada: Path, monkeypatch: pytest.MonkeyPatch
):
    (ada / "lib").mkdir()
    (ada / "lib" / "key.py").write_text("mine")
    survey = read._survey

    def swap(folder: Path, notes: read._Notes) -> object:
        found = survey(folder, notes)
        (ada / "lib").rename(ada.parent / "moved")
        (ada / "lib").symlink_to(ada.parent / "answers")
        return found

    monkeypatch.setattr(read, "_survey", swap)
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert SECRET not in [file.data for file in submission.files]
    assert len(submission.notes) == 1


def test_without_descriptors_of_folders_links_are_refused_as_well(ada: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "_BENEATH", False)
    (ada / "data").mkdir()
    (ada / "data" / "w.txt").write_text("1")
    (ada / "out").symlink_to(ada.parent / "answers")
    (ada / "key.py").symlink_to(ada.parent / "answers" / "key.py")
    assert names(read_submission(ada)) == ["data/w.txt", "lstm.py"]
    link = ada.parent / "eve"
    link.symlink_to(ada)
    assert read_submission(link).files == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_pipe_or_a_socket_is_never_waited_for(ada: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(ada / "activations.py")
    monkeypatch.chdir(ada)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("talk.py")
        submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == (
        "activations.py: left out, it is a pipe, not a file",
        "talk.py: left out, it is a socket, not a file",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_file_that_becomes_a_pipe_is_looked_at_again_once_open(ada: Path, monkeypatch: pytest.MonkeyPatch):
    survey = read._survey

    def swap(folder: Path, notes: read._Notes) -> object:
        found = survey(folder, notes)
        (ada / "lstm.py").unlink()
        os.mkfifo(ada / "lstm.py")
        return found

    monkeypatch.setattr(read, "_survey", swap)
    assert read_submission(ada).notes == ("lstm.py: left out, it is a pipe, not a file",)


def test_a_giant_is_left_out_unread_with_its_size(ada: Path):
    with (ada / "data.bin").open("wb") as file:
        file.truncate(37 << 20)
    with (ada / "sparse.bin").open("wb") as file:
        file.truncate(1 << 40)
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == (
        "data.bin: left out, 37 MiB is more than 4 MiB",
        "sparse.bin: left out, 1024 GiB is more than 4 MiB",
    )


def test_a_file_of_exactly_the_limit_is_read(ada: Path):
    (ada / "data.bin").write_bytes(bytes(read.FILE_BYTES))
    (ada / "more.bin").write_bytes(bytes(read.FILE_BYTES + 1))
    assert names(read_submission(ada)) == ["data.bin", "lstm.py"]


def test_sources_are_read_before_data_when_there_is_too_much(ada: Path):
    for k in range(5):
        (ada / f"a{k}.bin").write_bytes(bytes(read.FILE_BYTES - 20))
    (ada / "zz").mkdir()
    (ada / "zz" / "helper.py").write_text("pass")
    submission = read_submission(ada)
    assert names(submission) == ["a0.bin", "a1.bin", "a2.bin", "a3.bin", "lstm.py", "zz/helper.py"]
    assert sum(len(file.data) for file in submission.files) <= read.TOTAL_BYTES
    assert submission.notes[-1] == "a4.bin: left out, all files together would be more than 16 MiB"


def test_too_many_files_are_counted_and_the_sources_are_kept(ada: Path):
    for k in range(read.MOST_FILES + 40):
        (ada / f"a{k:04}.txt").write_text("")
    submission = read_submission(ada)
    assert len(submission.files) == read.MOST_FILES
    assert "lstm.py" in names(submission)
    assert len(submission.notes) == read.MOST_NOTES + 1
    assert submission.notes[-1] == f"and {41 - read.MOST_NOTES} more left out"


def test_more_entries_than_are_looked_at_end_in_a_note(ada: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "MOST_ENTRIES", 10)
    for k in range(30):
        (ada / f"a{k:04}.txt").write_text("")
    submission = read_submission(ada)
    assert "lstm.py" in names(submission)
    assert "more than 10 files and folders" in submission.notes[-1]


def test_folders_are_entered_eight_deep_and_no_deeper(ada: Path):
    deep = ada
    for k in range(1, 11):
        deep = deep / f"d{k}"
        deep.mkdir()
        (deep / "f.txt").write_text("")
    submission = read_submission(ada)
    assert max(name.count("/") for name in names(submission)) == 8
    assert submission.notes == ("d1/d2/d3/d4/d5/d6/d7/d8/d9: left out, it lies deeper than 8 folders",)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name hold any bytes")
def test_names_that_are_not_utf8_are_told_of_safely(ada: Path):
    (ada / os.fsdecode(b"caf\xe9.py")).write_text("")
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == ("caf\\xe9.py: left out, its name is not valid UTF-8",)
    folder = ada.parent / os.fsdecode(b"\xff")
    folder.mkdir()
    odd = read_submission(folder)
    assert odd.student == "\\xff"
    assert "the folder's name is not valid UTF-8" in odd.notes
    "".join([odd.student, *odd.notes]).encode()


def test_a_file_that_cannot_be_read_is_told_of(ada: Path, monkeypatch: pytest.MonkeyPatch):
    (ada / "private.py").write_text("")
    really = os.open

    def refuse(path: object, *rest: int, **options: int | None) -> int:
        if path == "private.py":
            raise PermissionError(13, "Permission denied")
        return really(path, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    submission = read_submission(ada)
    assert names(submission) == ["lstm.py"]
    assert submission.notes == ("private.py: left out, it cannot be read (Permission denied)",)


def test_a_folder_that_cannot_be_read_is_a_note_and_no_error(ada: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert read_submission(ada).notes == ("the folder cannot be read: Permission denied",)


def test_an_empty_folder_says_so(tmp_path: Path):
    (tmp_path / "nobody").mkdir()
    assert read_submission(tmp_path / "nobody") == Submission(
        "nobody", (), ("the folder is empty",), hashlib.sha256().hexdigest()
    )


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(SubmissionError, match="there is no folder"):
        read_submission(tmp_path / "nope")


def test_no_descriptor_stays_open(ada: Path):
    (ada / "lib").mkdir()
    (ada / "lib" / "a.py").write_text("")
    (ada / "link").symlink_to("lstm.py")
    before = os.open(os.devnull, os.O_RDONLY)
    os.close(before)
    read_submission(ada)
    after = os.open(os.devnull, os.O_RDONLY)
    os.close(after)
    assert before == after


def test_the_digest_depends_on_paths_and_bytes_and_on_nothing_else(tmp_path: Path):
    def digest(student: str, **files: str) -> str:
        folder = tmp_path / student
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
        return read_submission(folder).digest

    assert digest("a", x="1", y="2") == digest("b", y="2", x="1")
    others = [
        digest("c", x="2", y="1"),
        digest("d", x="12"),
        digest("e", x="1", y="2", z=""),
        digest("f", xy="12"),
    ]
    assert len({digest("g", x="1", y="2"), *others}) == 5


@given(st.dictionaries(st.binary(max_size=3), st.binary(max_size=3), max_size=3))
def test_no_two_different_folders_share_a_digest_by_running_together(files: dict[bytes, bytes]):
    """Lengths are part of the digest, so that a path cannot lend its end to the bytes."""
    from grader.model.inputs import SourceFile

    listed = [SourceFile(path.hex(), data) for path, data in sorted(files.items())]
    run_together = b"".join(file.path.encode() + file.data for file in listed)
    one = [SourceFile("", run_together)]
    assert listed == one or read._digest(listed) != read._digest(one)
