"""The gradebook keeps what was graded, once, and says in words why it cannot."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.errors import OutputError
from grader.files import write_beside
from grader.model.grade import Behaviour
from grader.model.outcome import Frame, FunctionInfo, Isolation, Loaded, Outcome, Raised, Status, Value
from grader.records import QuestionRun, pack, unpack
from grader.store import Digests, Record, open_gradebook

NAMES = st.text(min_size=1, max_size=30) | st.just("bad\udcff")
DTYPES = st.sampled_from(["<f8", "<f4", "<f2", "|b1", "<i8", "|u1"])


def record(student: str, runs: dict[str, bytes], score: float = 1.0) -> Record:
    grade = {"student": student, "score": score, "max_score": 2, "questions": []}
    return Record(student, Digests("f", "p", "j"), True, "full", "page.html", grade, runs)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    values = draw(
        st.lists(
            st.builds(
                Value,
                st.text(max_size=5),
                st.none() | DTYPES.flatmap(lambda d: hnp.arrays(d, hnp.array_shapes(min_dims=0, min_side=0))),
                st.text(max_size=5),
            ),
            max_size=3,
        )
    )
    raised = draw(
        st.none()
        | st.builds(Raised, NAMES, NAMES, st.tuples(st.builds(Frame, NAMES, st.integers(0), NAMES, NAMES)))
    )
    return Outcome("case", draw(st.sampled_from(Status)), tuple(values), draw(NAMES), len(values), (0, 2), raised,
                   draw(NAMES), (draw(NAMES),), draw(NAMES))  # fmt: skip


@given(outcomes(), st.booleans())
def test_a_run_comes_back_from_its_record_as_it_was(outcome: Outcome, alone: bool):
    loaded = Loaded(Status.PASSED, (FunctionInfo("f", 1, None, 3),), None, "hi", ("r",), "d")
    run = unpack(pack(QuestionRun(loaded, {"a": outcome}, Isolation.FULL, alone)))
    back = run.outcomes["a"]
    assert (run.loaded, run.isolation, run.alone) == (loaded, Isolation.FULL, alone)
    assert (back.status, back.raised, back.printed, back.changed) == (
        outcome.status, outcome.raised, outcome.printed, outcome.changed,
    )  # fmt: skip
    for got, wanted in zip(back.values, outcome.values, strict=True):
        assert (got.type, got.note) == (wanted.type, wanted.note)
        if wanted.array is None:
            assert got.array is None
        else:
            assert got.array.dtype == wanted.array.dtype
            assert got.array.shape == wanted.array.shape
            assert got.array.tobytes() == wanted.array.tobytes()


def test_equal_outcomes_of_two_students_are_kept_once(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([record("ann", {"q": b"same"}), record("bob", {"q": b"same"})])
        assert book.runs("ann") == book.runs("bob") == {"q": b"same"}
        assert book._connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)


def test_outcomes_that_nobody_refers_to_are_dropped(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([record("ann", {"q": b"old"})])
        book.save([record("ann", {"q": b"new"})])
        book.forget_unused()
        assert book._connection.execute("SELECT data FROM blob").fetchall() == [(b"new",)]


@given(st.lists(NAMES, unique=True, max_size=6))
def test_students_come_back_sorted_whatever_their_names_hold(names: list[str]):
    with open_gradebook(Path(":memory:")) as book:
        book.save([record(name, {}) for name in names])
        assert [name for name, _, _ in book.grades(names)] == sorted(names)
        assert set(book.digests()) == set(names)


def test_a_folder_of_another_run_is_refused_and_left_alone(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.claim({"assessment": "homework"})
        book.save([record("ann", {})])
    with open_gradebook(tmp_path / "g.sqlite") as book:
        with pytest.raises(OutputError, match=r"another run: its assessment is 'homework', not 'quiz'"):
            book.claim({"assessment": "quiz"})
        assert [name for name, _, _ in book.grades(["ann"])] == ["ann"]


def test_a_gradebook_serves_one_process_at_a_time(tmp_path: Path):
    with (
        open_gradebook(tmp_path / "g.sqlite"),
        pytest.raises(OutputError, match="in use by another"),
        open_gradebook(tmp_path / "g.sqlite"),
    ):
        pass


def test_a_file_that_is_no_gradebook_is_said_to_be_none(tmp_path: Path):
    (tmp_path / "g.sqlite").write_text("not a database at all, but long enough to be taken for a broken one" * 20)
    with pytest.raises(OutputError, match="is not a gradebook"), open_gradebook(tmp_path / "g.sqlite"):
        pass


def test_what_is_saved_is_there_after_the_process_died(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([record("ann", {"q": b"x"})])
    with open_gradebook(tmp_path / "g.sqlite") as book:
        assert book.digests()["ann"] == (Digests("f", "p", "j"), True, "page.html")


def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path: Path):
    target = tmp_path / "page.html"
    write_beside(target, ["old"])

    def chunks():
        yield "new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left on device") as caught:
        write_beside(target, chunks())
    assert caught.value.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert target.read_text() == "old"


def test_a_file_is_as_readable_as_the_umask_says(tmp_path: Path):
    (tmp_path / "plain").touch()
    write_beside(tmp_path / "written", [""])
    assert (tmp_path / "written").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_records_share_no_memory_with_arrays_that_may_change():
    array = np.ones(3)
    data = pack(
        QuestionRun(
            Loaded(Status.PASSED), {"a": Outcome("a", Status.PASSED, (Value("x", array),))}, Isolation.NONE
        )
    )
    array[:] = 7
    assert unpack(data).outcomes["a"].values[0].array.tolist() == [1, 1, 1]


def kept(student: str, behaviours: dict[str, Behaviour]) -> Record:
    return dataclasses.replace(record(student, {}), behaviours=behaviours)


def test_behaviours_come_back_as_they_were_single_precision_last(tmp_path: Path):
    one, two = Behaviour("w", (0.1, -1e300)), Behaviour("v", (), is_single=True)
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([kept("ann", {"q": two}), kept("bob\udcff", {"q": one, "r": two}), kept("cy", {"q": one})])
        assert list(book.behaviours("q")) == [("bob\udcff", one), ("cy", one), ("ann", two)]
        assert list(book.behaviours("r")) == [("bob\udcff", two)]


def test_a_new_grade_takes_the_old_behaviours_away(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([kept("ann", {"q": Behaviour("w", (1.0,)), "r": Behaviour("w", ())})])
        book.save([kept("ann", {"r": Behaviour("new", ())})])
        assert list(book.behaviours("q")) == []
        assert list(book.behaviours("r")) == [("ann", Behaviour("new", ()))]


def test_one_run_is_read_by_student_and_question(tmp_path: Path):
    with open_gradebook(tmp_path / "g.sqlite") as book:
        book.save([record("ann", {"q": b"one", "r": b"two"})])
        assert (book.run("ann", "r"), book.run("ann", "x"), book.run("bob", "q")) == (b"two", None, None)
