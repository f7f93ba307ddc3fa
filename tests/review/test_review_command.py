"""`grader review OUT`: over a class that was really graded, to pages, results, grades and reviews.yaml."""

import contextlib
import csv
import http.client
import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from queue import Queue
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result

from grader.cli import main
from grader.model.outcome import Isolation
from grader.pipeline import grade_class
from grader.review.opened import Settings as ReviewSettings
from grader.review.story import sit
from grader.worker import Settings

HERE = Path(__file__).parent
ROWS = [
    ["student", "variant", "talk/vanish", "talk/slope"],
    ["ada", "", "Slopes are multiplied", '{"choice": "B", "reason": "It is 1."}'],
    ["ben", "", "Slopes are multiplied", "B"],
    ["cem", "", "Slopes are not multiplied", ""],
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """Grade a class of three once; the folder holds the course, the answers and the results."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(HERE / "talk", folder / "talk")
    shutil.copy(HERE / "talk.yaml", folder)
    with (folder / "class.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    settings = Settings(folder / "talk.yaml", None, Isolation.NONE)
    grade_class(folder / "class.csv", settings, folder / "out", workers=1)
    return folder


@pytest.fixture
def course(graded, tmp_path) -> Path:
    """Return a copy to spoil. The gradebook knows where the assessment was: in the first folder."""
    shutil.copytree(graded, tmp_path / "copy")
    return tmp_path / "copy"


def grader(*arguments: object, code: int = 0) -> Result:
    """Run the command in this process, which is quicker."""
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.stderr
    return done


class Review:
    """A running `grader review`, driven over HTTP: in a thread, or, for signals, in a process of its own."""

    def __init__(self, out: Path, *, as_process: bool = False) -> None:
        self.words: list[str] = []
        self.process = None
        if as_process:
            command = [sys.executable, "-m", "grader", "review", str(out), "--no-browser"]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            address = self.process.stdout.readline().strip()
        else:
            ready: Queue[str] = Queue()
            self.thread = Thread(target=self._sit, args=(out, ready))
            self.thread.start()
            address = ready.get(timeout=30)
        self.address = urlsplit(address)
        self.root = self.address.path.removesuffix("enter")
        self.cookie = ""
        answer, _ = self.ask("GET", f"enter?{self.address.query}")
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    def _sit(self, out: Path, ready: "Queue[str]") -> None:
        settings = ReviewSettings(out, None, None)
        sit(settings, 0, ready.put, lambda one: self.words.append(f"{one.texts}, {one.waiting} wait"))

    def ask(self, method: str, path: str, fields=None):
        """Ask as the pages do; a form gets the token that they have."""
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        body = None
        if fields is not None:
            token = re.search(r'name="form_token" value="([^"]+)"', self.ask("GET", "")[1])
            body = urlencode({"form_token": token and token[1], **fields}, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Origin": f"http://127.0.0.1:{self.address.port}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.address.port or 0, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, self.root + path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()

    def mark(self, words: str, *points: str, question: int = 1, comment: str = "", do: str = "save") -> None:
        """Mark the first answer with these words."""
        _, page = self.ask("GET", f"q/{question}")
        cards = re.findall(r"<article.*?</article>", page, re.DOTALL)
        card = next(one for one in cards if re.sub("<[^>]*>", "", one.partition('"text">')[2]).startswith(words))
        named = {name: re.search(rf'name="{name}" value="(\d+)"', card)[1] for name in ("text", "version")}
        same = " ".join(re.findall(r'name="same" value="([^"]+)"', card))
        fields = {**named, "point": points, "comment": comment, "do": do, "same": same}
        answer, text = self.ask("POST", f"q/{question}/mark", fields)
        assert answer.status == 303, text

    def end(self) -> None:
        """End it by the button, and wait for the pages."""
        if self.thread.is_alive():
            assert "You can close this tab" in self.ask("POST", "finish", {})[1]
            self.thread.join(60)

    def signal(self, *signals: int) -> str:
        """End it by signals, and return what it said."""
        for one in signals:
            self.process.send_signal(one)
        _, words = self.process.communicate(timeout=60)
        assert "Traceback" not in words
        return words


@pytest.fixture
def open_review():
    opened: list[Review] = []

    def go(out: Path, **more) -> Review:
        opened.append(Review(out, **more))
        return opened[-1]

    yield go
    for one in opened:
        if one.process:
            one.process.kill()
            one.process.communicate()
        else:
            one.end()


def results(out: Path) -> dict[str, dict[str, dict]]:
    students = json.loads((out / "results.json").read_text("utf-8"))["students"]
    return {one["student"]: {q["id"]: q for q in one["questions"]} | {"score": one["score"]} for one in students}


def test_marks_reach_pages_results_grades_and_the_file(course, open_review):
    out = course / "out"
    review = open_review(out, as_process=True)
    review.mark("Slopes are multiplied", "product", "early", comment="Say that they are <below> 1.", do="same")
    review.mark("Slopes are not", do="none")
    review.mark("It is 1.", "one", question=2)
    words = review.signal(signal.SIGINT)
    assert review.process.returncode == 0
    assert "4 of 4 texts are marked, 0 wait" in words
    assert "done: pages and grades are up to date" in words
    found = results(out)
    assert found["ada"]["talk/vanish"]["status"] == "partial"
    assert found["ada"]["talk/vanish"]["score"] == pytest.approx(2.8)
    assert found["ada"]["talk/slope"]["status"] == "passed"
    assert (found["ada"]["score"], found["ben"]["score"]) == (pytest.approx(4.8), pytest.approx(3.8))
    assert found["cem"]["talk/vanish"]["status"] == "failed"
    assert "below&gt; 1" in (out / "students" / "ben.html").read_text("utf-8")
    assert "ada,4.8,6" in (out / "grades.csv").read_text("utf-8")
    kept = yaml.safe_load((out / "reviews.yaml").read_text("utf-8"))
    assert [(one["student"], one["question"], one["points"]) for one in kept["reviews"]] == [
        ("ada", "talk/slope", ["one"]),
        ("ada", "talk/vanish", ["product", "early"]),
        ("ben", "talk/vanish", ["product", "early"]),
        ("cem", "talk/vanish", []),
    ]


def test_grading_the_same_class_again_keeps_every_mark(course, open_review, graded):
    out = course / "out"
    review = open_review(out)
    review.mark("Slopes are multiplied", "product", "small", "early", do="same")
    review.end()
    before = (out / "results.json").read_bytes()
    grader("grade", graded / "class.csv", "-a", graded / "talk.yaml", "-o", out)
    assert (out / "results.json").read_bytes() == before
    assert results(out)["ben"]["talk/vanish"]["status"] == "passed"


def test_marks_can_be_changed_and_taken_back_in_another_sitting(course, open_review):
    out = course / "out"
    review = open_review(out, as_process=True)
    review.mark("Slopes are not", "product", "small", "early", comment="Fine.")
    review.signal(signal.SIGTERM)
    assert results(out)["cem"]["talk/vanish"]["status"] == "passed"
    review = open_review(out)
    assert "Fine." in review.ask("GET", "q/1?show=done")[1]
    review.mark("Slopes are not", do="wait")
    review.end()
    assert results(out)["cem"]["talk/vanish"]["status"] == "needs_review"
    assert yaml.safe_load((out / "reviews.yaml").read_text("utf-8"))["reviews"] == []


def test_each_mark_is_on_the_disk_before_it_is_answered_and_pages_catch_up(course, open_review):
    """Killed in the middle: every mark is there in the next sitting, whose end makes the pages that are behind."""
    out = course / "out"
    review = open_review(out, as_process=True)
    review.mark("Slopes are multiplied", "product", do="same")
    review.signal(signal.SIGKILL)
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        assert book.execute("SELECT COUNT(*) FROM review").fetchone() == (2,)
    assert results(out)["ben"]["talk/vanish"]["status"] == "needs_review"
    review = open_review(out)
    assert "2 of 3 marked" in review.ask("GET", "q/1")[1]
    review.end()
    assert results(out)["ben"]["talk/vanish"]["score"] == 2


def test_the_file_is_written_by_a_button_and_in_a_pause(course, open_review):
    out = course / "out"
    review = open_review(out)
    review.mark("Slopes are multiplied", "product")
    assert "1 decision written to" in review.ask("POST", "save", {})[1]
    assert len(yaml.safe_load((out / "reviews.yaml").read_text("utf-8"))["reviews"]) == 1
    review.mark("Slopes are not", "product")
    end = time.monotonic() + 30
    while len(yaml.safe_load((out / "reviews.yaml").read_text("utf-8"))["reviews"]) < 2:
        assert time.monotonic() < end, "no file after a pause"
        time.sleep(0.2)


def test_a_file_that_is_there_from_elsewhere_is_kept_beside_ours(course, open_review):
    out = course / "out"
    (out / "reviews.yaml").write_text("of somebody else", "utf-8")
    open_review(out).end()
    assert (out / "reviews.yaml").read_text("utf-8") == "of somebody else", (
        "nothing was marked, nothing is written"
    )
    review = open_review(out)
    review.mark("Slopes are not", "product")
    review.end()
    assert (out / "reviews.yaml~").read_text("utf-8") == "of somebody else"


def test_marks_are_taken_to_another_folder(course, open_review, graded, tmp_path):
    out, other = course / "out", tmp_path / "other"
    shutil.copytree(graded / "out", other)
    review = open_review(out)
    review.mark("Slopes are multiplied", "product", comment="Why?", do="same")
    review.mark("It is 1.", "one", question=2)
    review.end()
    done = json.loads(grader("review", other, "--import", out / "reviews.yaml", "--json").stdout)
    assert done == {"taken": 3, "known": 0, "differing": [], "strange": []}
    assert (other / "results.json").read_bytes() == (out / "results.json").read_bytes()
    assert (other / "reviews.yaml").read_bytes() == (out / "reviews.yaml").read_bytes()
    for page in ("students/ada.html", "index.html", "grades.csv"):
        assert (other / page).read_bytes() == (out / page).read_bytes()
    assert json.loads(grader("review", other, "--import", out / "reviews.yaml", "--json").stdout)["known"] == 3


def test_an_import_leaves_what_was_marked_otherwise_and_says_what_belongs_to_no_text(course, open_review):
    out = course / "out"
    review = open_review(out)
    review.mark("Slopes are not", "product")
    review.end()
    text = (out / "reviews.yaml").read_text("utf-8")
    changed = course / "changed.yaml"
    changed.write_text(
        text.replace('["product"]', '["small"]') + text.partition("reviews:\n")[2].replace("cem", "zoe"), "utf-8"
    )
    words = grader("review", out, "--import", changed).stderr
    assert "0 marks taken over" in words
    assert "marked in another way here" in words
    assert "  zoe: talk/vanish (answer)" in words
    assert results(out)["cem"]["score"] == 2
    grader("review", out, "--import", changed, "--overwrite")
    assert results(out)["cem"]["score"] == pytest.approx(1.2)


def test_a_mark_of_other_words_is_not_taken_over(course):
    other = course / "reviews.yaml"
    other.write_text(
        'assessment: "talk"\nreviews:\n- {question: talk/vanish, part: answer, student: cem, '
        'digest: "0000000000000000", points: [product]}\n', "utf-8",
    )  # fmt: skip
    done = json.loads(grader("review", course / "out", "--import", other, "--json").stdout)
    assert (done["taken"], len(done["strange"])) == (0, 1)


def test_how_many_wait_is_listed_for_people_and_for_scripts(course):
    out = course / "out"
    done = grader("review", out, "--list")
    assert done.stdout.splitlines() == [
        "    3 waiting     0 marked  talk/vanish",
        "    1 waiting     0 marked  talk/slope (reason)",
    ]
    assert json.loads(grader("review", out, "--list", "--json").stdout)[1] == {
        "question": "talk/slope", "part": "reason", "waiting": 1, "done": 0,
    }  # fmt: skip


def test_where_nothing_is_to_be_marked_it_says_so_and_is_done(course):
    with sqlite3.connect(course / "out" / "gradebook.sqlite") as book:
        book.execute("UPDATE student SET grade = replace(grade, 'needs_review', 'unanswered')")
    assert grader("review", course / "out").stderr == "there is no text to be marked\n"
    assert json.loads(grader("review", course / "out", "--json").stdout) == []


def test_a_sitting_and_a_run_of_grade_never_write_at_once(course, open_review, graded):
    review = open_review(course / "out")
    done = grader("grade", graded / "class.csv", "-a", graded / "talk.yaml", "-o", course / "out", code=2)
    assert "is in use by another `grader grade` or `grader review`" in done.stderr
    assert "is in use by another" in grader("review", course / "out", "--no-browser", code=2).stderr
    review.mark("Slopes are not", "product")
    review.end()


def test_what_cannot_be_reviewed_is_told_in_a_sentence_with_what_to_do(course, tmp_path):
    out = course / "out"
    assert "there is no gradebook in" in grader("review", tmp_path, code=2).stderr
    assert not (tmp_path / "gradebook.sqlite").exists()
    assert "--overwrite goes with --import" in grader("review", out, "--overwrite", code=2).stderr
    assert "no such file" in grader("review", out, "--import", tmp_path / "no.yaml", code=2).stderr
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "gradebook.sqlite").write_text("x" * 5000)
    assert "is not a gradebook" in grader("review", tmp_path / "broken", code=2).stderr
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        book.execute("DELETE FROM about WHERE key = 'assessment file'")
    assert "are of an older version" in grader("review", out, code=2).stderr


def test_one_on_whom_the_grader_failed_keeps_nobody_from_reviewing_the_others(course):
    out = course / "out"
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        book.execute("UPDATE student SET done = 0, files = '', plan = '', judged = '' WHERE student = 'ada'")
    assert "3 waiting" in grader("review", out, "--list").stdout
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        book.execute("UPDATE student SET judged = 'another' WHERE student = 'ben'")
    told = grader("review", out, "--list", code=2).stderr
    assert "1 of 3 grades in" in told
    assert "are of another state of 'talk'" in told


def test_an_assessment_that_was_moved_is_named_and_found_again(course, tmp_path):
    out = course / "out"
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        book.execute("UPDATE about SET value = ? WHERE key = 'assessment file'", (str(tmp_path / "gone.yaml"),))
    told = grader("review", out, "--list", code=2).stderr
    assert "is not there any more" in told
    assert "--assessment" in told
    assert "3 waiting" in grader("review", out, "--list", "-a", course / "talk.yaml").stdout
    assert "3 waiting" in grader("review", out, "--list").stdout, "it is remembered"
    shutil.copy(course / "talk.yaml", course / "other.yaml")
    assert "is another one" in grader("review", out, "--list", "-a", course / "other.yaml", code=2).stderr


def test_an_assessment_that_has_changed_is_graded_again_first(course):
    out, bank = course / "out", course / "talk" / "bank.yaml"
    grader("review", out, "--list", "-a", course / "talk.yaml")
    bank.write_text(bank.read_text("utf-8").replace("It says that it is 1.", "It says that it is one."), "utf-8")
    told = grader("review", out, "--list", code=2).stderr
    assert "3 of 3 grades" in told
    assert "grader grade" in told


def test_a_port_that_is_taken_is_told(course):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = grader("review", course / "out", "--port", port, "--no-browser", code=2).stderr
    assert f"cannot listen on port {port}" in told


def test_two_ctrl_c_lose_no_mark(course, open_review):
    """The second one may stop the pages; what is behind is noted then, and the next sitting makes them."""
    out = course / "out"
    review = open_review(out, as_process=True)
    review.mark("Slopes are not", "product")
    review.signal(signal.SIGINT, signal.SIGINT)
    if review.process.returncode:
        open_review(out).end()
    assert results(out)["cem"]["score"] == 2
    assert (out / "reviews.yaml").stat().st_size
