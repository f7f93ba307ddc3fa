"""What is kept of the known answers is believed only when it is whole, and changes nothing."""

import numpy as np

from grader.diagnose.kept import read, write
from grader.diagnose.known import known_answers


def test_kept_answers_are_those_that_were_worked_out(lab, tmp_path):
    topic, question, cases = lab.question("lstm_cell")
    made = known_answers(topic, question, cases, "digest", tmp_path)
    assert len(list(tmp_path.glob("*.known"))) == 1
    again = known_answers(topic, question, cases, "digest", tmp_path)
    assert again.mistakes == made.mistakes
    for one, other in zip(again.tables, made.tables, strict=True):
        assert one.words == other.words
        np.testing.assert_array_equal(one.numbers, other.numbers)


def test_another_key_has_its_own_file(lab, tmp_path):
    topic, question, cases = lab.question("relu")
    known_answers(topic, question, cases, "one", tmp_path)
    known_answers(topic, question, cases, "other", tmp_path)
    known_answers(topic, question, cases[:3], "one", tmp_path)
    assert len(list(tmp_path.glob("*.known"))) == 3


def test_a_damaged_file_is_no_file(tmp_path):
    file = tmp_path / "a.known"
    write(file, "name", [(("(2,)",), np.arange(1), np.ones((1, 2)), np.ones(1))])
    assert read(file, "name") is not None
    assert read(file, "another") is None
    whole = file.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:cut])
        assert read(file, "name") is None
    file.write_bytes(whole[:200] + bytes([whole[200] ^ 255]) + whole[201:])
    assert read(file, "name") is None
    assert read(tmp_path / "none", "name") is None


def test_a_folder_that_cannot_be_written_is_no_error(lab, tmp_path):
    topic, question, cases = lab.question("relu")
    (tmp_path / "file").write_text("")
    assert known_answers(topic, question, cases, "digest", tmp_path / "file").mistakes
