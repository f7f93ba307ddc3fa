"""A file that counts is missing: which one was probably meant."""

import pytest

from grader.intake import near_file
from grader.model.inputs import SourceFile, Submission


def submission(*paths: str, notes: tuple[str, ...] = ()) -> Submission:
    return Submission("ada", tuple(SourceFile(path, b"") for path in paths), notes)


@pytest.mark.parametrize(
    "path",
    [
        "LSTM.py", "Lstm.PY", "lstm (1).py", "lstm_final.py", "lstm-2.py", "lstm2.py", "my_lstm.py", "lstm.py.txt",
        "lstm.txt", "lsmt.py", "lstm .py", "lstms.py", "lstm", "final/LSTM.py",
    ],
)  # fmt: skip
def test_a_near_name_is_told(path: str):
    text = near_file(submission(path, "activations.py", "README.md"), "lstm")
    assert text.startswith(f"Found `{path}`, wanted `lstm.py`")
    assert text.endswith(".")


def test_a_notebook_is_wanted_as_a_notebook():
    assert near_file(submission("LSTM.ipynb"), "lstm") == "Found `LSTM.ipynb`, wanted `lstm.ipynb`."


def test_a_file_in_a_folder_must_come_to_the_top():
    assert near_file(submission("homework/lstm.py"), "lstm") == (
        "Found `homework/lstm.py`: it must lie at the top of the folder."
    )


@pytest.mark.parametrize("path", ["lstm.py", "lstm.ipynb"])
def test_nothing_is_said_where_the_file_is_there(path: str):
    assert near_file(submission(path, "LSTM.py"), "lstm") == ""


@pytest.mark.parametrize(
    "path", ["activations.py", "main.py", "README.md", "blast_them.py", "lst", "data.bin", ".py"]
)
def test_nothing_is_said_of_files_that_are_not_near(path: str):
    assert near_file(submission(path), "lstm") == ""
    assert near_file(submission(), "lstm") == ""


def test_the_nearest_of_several_is_told():
    assert "`Lstm.py`" in near_file(submission("lstm_old.py", "Lstm.py", "lsmt.py"), "lstm")


def test_a_file_that_was_left_out_is_told_with_the_reason():
    notes = ("data.bin: left out, 5 MiB is more than 4 MiB", "lstm.py: left out, it is a link")
    assert near_file(submission("a.py", notes=notes), "lstm") == "lstm.py: left out, it is a link."


def test_a_long_name_is_cut():
    assert len(near_file(submission("lstm_" + "x" * 300 + ".py"), "lstm")) < 150
