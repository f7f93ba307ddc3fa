"""The gradebook: what was run, what came back, and how it was judged, in one SQLite file.

    about       key, value                      which assessment, which submissions: whose folder this is
    student     student, digests, grade, page   a row a student; `done` is 0 where the grader itself failed
    run         student, question, blob         what each question's calls gave ...
    blob        hash, data                      ... kept once for all who computed the same bits
    behaviour   student, question, sums         of answers that are wrong and not explained
    answers     student, data                   what was handed in for a quiz, as it was written (JSON)
    review      student, question, part, ...    what a person decided about a text

A gradebook of before there were quizzes gains the last two, and is read like any other.

A student's row carries three digests. `files` is of the submission, `plan` of the calls and their limits,
`judged` of the answers, points, templates and the engine. All three equal: nothing to do. The first two equal:
the stored outcomes are judged again and nothing is run. Otherwise the submission is run.
"""

import errno
import hashlib
import json
import sqlite3
from array import array
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.errors import InputError, OutputError
from grader.files import output_error
from grader.model.answers import Answers, HandedIn, Review
from grader.model.grade import Behaviour

__all__ = [
    "ANY_VARIANT", "ASSESSMENT_FILE", "FILE", "GONE", "Digests", "Gradebook", "Record", "open_gradebook",
    "open_results",
]  # fmt: skip

FILE = "gradebook.sqlite"
ASSESSMENT_FILE, ANY_VARIANT, GONE = "assessment file", "any variant", "gone"  # what is kept about a run

SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS student (
    student TEXT PRIMARY KEY, files TEXT NOT NULL, plan TEXT NOT NULL, judged TEXT NOT NULL,
    done INTEGER NOT NULL, isolation TEXT NOT NULL, page TEXT NOT NULL, grade TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
    student TEXT NOT NULL, question TEXT NOT NULL, blob TEXT NOT NULL, PRIMARY KEY (student, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS behaviour (
    student TEXT NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL, single INTEGER NOT NULL,
    numbers BLOB NOT NULL, PRIMARY KEY (student, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (student TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS review (
    student TEXT NOT NULL, question TEXT NOT NULL, part TEXT NOT NULL, digest TEXT NOT NULL, points TEXT NOT NULL,
    comment TEXT NOT NULL, PRIMARY KEY (student, question, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob (hash TEXT PRIMARY KEY, data BLOB NOT NULL);
"""
VERSION = "1"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Digests:
    """What a student's grade depends on."""

    files: str
    plan: str
    judged: str


@dataclass(frozen=True, slots=True)
class Record:
    """A graded student as the gradebook keeps it; ``grade`` is the entry of ``results.json``."""

    student: str
    digests: Digests
    done: bool
    isolation: str
    page: str
    grade: Mapping[str, Any]
    runs: Mapping[str, bytes]  # by question; empty where nothing new was run
    behaviours: Mapping[str, Behaviour] = field(default_factory=dict[str, Behaviour])  # by question
    handed_in: HandedIn | None = None  # None leaves what is kept as it is


class Gradebook:
    """One run's memory. Open it with ``open_gradebook``; one process at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        try:
            with self._connection as connection:
                yield connection
        except sqlite3.Error as error:
            raise _words(self._path, error) from error

    def about(self) -> dict[str, str]:
        """Return what this folder is of: the assessment, its file, the submissions."""
        return dict(self._connection.execute("SELECT key, value FROM about"))

    def claim(self, about: Mapping[str, str], also: Mapping[str, str] = NOTHING) -> None:
        """Take the folder for this run, or raise OutputError where it belongs to another one.

        What is in ``also`` is kept beside it, and may change from run to run.
        """
        known = self.about()
        for key, value in {"version": VERSION, **about}.items():
            if known.get(key, value) != value:
                raise OutputError(
                    f"{str(self._path.parent)!r} holds the results of another run: its {key} is {known[key]!r}, "
                    f"not {value!r}",
                    hint="Choose another folder with --out, or delete this one if it is not needed any more.",
                )
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO about VALUES (?, ?)", {"version": VERSION, **about, **also}.items()
            )

    @property
    def any_variant(self) -> bool:
        """Whether answers counted on whatever sheet they were given."""
        return bool(self.about().get(ANY_VARIANT))

    def assessment_file(self) -> Path:
        """Return where the assessment lay. Raises InputError where the results are older than that is kept."""
        about = self.about()
        if ASSESSMENT_FILE not in about:
            words = f"the results in {str(self._path.parent)!r} are of an older version, which kept no answers"
            raise InputError(words, hint="Run the same `grader grade` once more: it brings them up to date.")
        return Path(about[ASSESSMENT_FILE])

    def present(self) -> list[str]:
        """Return the students, sorted, without those who were gone at the last run."""
        gone = set(json.loads(self.about().get(GONE) or "[]"))
        return sorted(set(self.digests()) - gone)

    def note(self, key: str, value: str) -> None:
        """Keep something about the run."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    def digests(self) -> dict[str, tuple[Digests, bool, str]]:
        """Return what is known of each student: digests, whether it is done, and the page's name."""
        rows = self._connection.execute("SELECT student, files, plan, judged, done, page FROM student")
        return {_thaw(row[0]): (Digests(*row[1:4]), bool(row[4]), row[5]) for row in rows}

    def runs(self, student: str) -> dict[str, bytes]:
        """Return the stored outcomes of one student, by question."""
        rows = self._connection.execute(
            "SELECT question, data FROM run JOIN blob ON blob.hash = run.blob WHERE student = ?",
            (_freeze(student),),
        )
        return {question: bytes(data) for question, data in rows}

    def save(self, records: Sequence[Record]) -> None:
        """Keep graded students, all or none of them."""
        with self._writing() as connection:
            for record in records:
                student = _freeze(record.student)
                if record.runs:
                    connection.execute("DELETE FROM run WHERE student = ?", (student,))
                for question, data in record.runs.items():
                    name = hashlib.sha256(data).hexdigest()
                    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", (name, data))
                    connection.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?)", (student, question, name))
                connection.execute("DELETE FROM behaviour WHERE student = ?", (student,))
                connection.executemany(
                    "INSERT INTO behaviour VALUES (?, ?, ?, ?, ?)",
                    (
                        (student, question, one.words, int(one.is_single), array("d", one.numbers).tobytes())
                        for question, one in record.behaviours.items()
                    ),
                )
                if (handed := record.handed_in) is not None:
                    connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (student, _json(handed)))
                digests = record.digests
                connection.execute(
                    "INSERT OR REPLACE INTO student VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        student, digests.files, digests.plan, digests.judged, int(record.done), record.isolation,
                        record.page, json.dumps(record.grade, allow_nan=False),
                    ),
                )  # fmt: skip

    def handed_in(self, student: str) -> HandedIn | None:
        """Return what a student handed in for the quiz, with notes on it; None where nothing was kept."""
        row = self._connection.execute(
            "SELECT data FROM answers WHERE student = ?", (_freeze(student),)
        ).fetchone()
        if row is None:
            return None
        data = json.loads(row[0])
        answers = tuple(Answers(**entry) for entry in data["answers"])
        return HandedIn(answers, tuple(data["notes"]), tuple(data["files"]), data["table"])

    def reviews(self, student: str) -> tuple[Review, ...]:
        """Return what people decided about the texts of a student."""
        rows = self._connection.execute(
            "SELECT question, part, digest, points, comment FROM review WHERE student = ? ORDER BY question, part",
            (_freeze(student),),
        )
        return tuple(
            Review(question, part, digest, tuple(json.loads(points)), comment)
            for question, part, digest, points, comment in rows
        )

    def save_reviews(self, decisions: Iterable[tuple[str, str, str, Review | None]]) -> None:
        """Keep what was decided about some texts (student, question, part), all or none of it; None forgets."""
        with self._writing() as connection:
            for student, question, part, review in decisions:
                place = (_freeze(student), question, part)
                if review is None:
                    connection.execute("DELETE FROM review WHERE (student, question, part) = (?, ?, ?)", place)
                else:
                    entry = (*place, review.digest, json.dumps(review.points), review.comment)
                    connection.execute("INSERT OR REPLACE INTO review VALUES (?, ?, ?, ?, ?, ?)", entry)

    def grades(self, students: Iterable[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield (student, isolation, entry of results.json) of those asked for, sorted, one at a time."""
        for student in sorted(students):
            row = self._connection.execute(
                "SELECT isolation, grade FROM student WHERE student = ?", (_freeze(student),)
            ).fetchone()
            if row is not None:
                yield student, row[0], json.loads(row[1])

    def behaviours(self, question: str) -> Iterator[tuple[str, Behaviour]]:
        """Yield the students whose answer is wrong and not explained; single precision comes last."""
        for is_single in (False, True):
            rows = self._connection.execute(
                "SELECT student, words, numbers FROM behaviour WHERE question = ? AND single = ? ORDER BY student",
                (question, int(is_single)),
            )
            for student, words, numbers in rows:
                yield _thaw(student), Behaviour(words, tuple(array("d", bytes(numbers))), is_single)

    def run(self, student: str, question: str) -> bytes | None:
        """Return the stored outcomes of one student for one question."""
        row = self._connection.execute(
            "SELECT data FROM run JOIN blob ON blob.hash = run.blob WHERE student = ? AND question = ?",
            (_freeze(student), question),
        ).fetchone()
        return None if row is None else bytes(row[0])

    def forget_unused(self) -> None:
        """Drop outcomes that no student refers to any more."""
        with self._writing() as connection:
            connection.execute("DELETE FROM blob WHERE hash NOT IN (SELECT blob FROM run)")

    def close(self) -> None:
        """Close the file; what was saved is on disk."""
        self._connection.close()


@contextmanager
def open_gradebook(path: Path) -> Generator[Gradebook]:
    """Open or make a gradebook for this process alone; raise OutputError where that cannot be."""
    try:
        connection = sqlite3.connect(path, timeout=1.0)
    except sqlite3.Error as error:
        raise _words(path, error) from error
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -4000")  # 4 MB: memory does not grow with the class
        connection.executescript("BEGIN EXCLUSIVE;" + SCHEMA + "COMMIT;")
        yield Gradebook(connection, path)
    except sqlite3.Error as error:
        raise _words(path, error) from error
    finally:
        connection.close()


@contextmanager
def open_results(out: Path) -> Generator[Gradebook]:
    """Open the gradebook of a folder of results; raise InputError where there is none."""
    if not (out / FILE).is_file():
        raise InputError(f"there is no gradebook in {str(out)!r}", hint="Name a folder that `grader grade` wrote.")
    with open_gradebook(out / FILE) as book:
        yield book


def _words(path: Path, error: sqlite3.Error) -> OutputError:
    text = str(error)
    if "locked" in text:
        return OutputError(
            f"{str(path.parent)!r} is in use by another `grader grade` or `grader review`",
            hint="Wait until it has finished, or choose another folder.",
        )
    if "full" in text or "disk I/O" in text:
        return output_error(path, OSError(errno.ENOSPC, "No space left on device (or it cannot be read)"))
    if "not a database" in text or "malformed" in text:
        return OutputError(
            f"{str(path)!r} is not a gradebook: {text}", hint="Move it away and grade again; pages are made anew."
        )
    return OutputError(f"cannot write {str(path)!r}: {text}", hint="Choose another folder with --out.")


def _json(handed_in: HandedIn) -> str:
    answers = [
        {
            "assessment": one.assessment,
            "variant": one.variant,
            "responses": dict(one.responses),
            "source": one.source,
        }
        for one in handed_in.answers
    ]
    data = {"notes": handed_in.notes, "files": handed_in.files, "table": handed_in.table}
    return json.dumps({"answers": answers, **data})


def _freeze(student: str) -> str:
    """SQLite's text is UTF-8; a folder's name need not be."""
    return student.encode("utf-8", "surrogateescape").decode("latin-1")


def _thaw(stored: str) -> str:
    return stored.encode("latin-1").decode("utf-8", "surrogateescape")
