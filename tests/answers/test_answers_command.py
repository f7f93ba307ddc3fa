"""Answers to a quiz, graded by the real command: folders, tables, pages, resuming, and judging again."""

import csv
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.errors import InputError
from grader.model.answers import Review
from grader.quiz.reviewed import text_digest
from grader.rescore import rescore
from grader.store import open_gradebook

QUIZ = Path(__file__).parents[2] / "questions" / "quiz.yaml"
EVIL = (
    '</code></pre><script>alert(1)</script><img src=x onerror=alert(2)> =HYPERLINK("http://x") \x1b[31mred\x07 '
    "\u202egnp.exe {{ 7*7 }} [link](javascript:alert(3)) ![](http://evil/x.png)"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A quiz of four questions, that is quick to grade."""
    file = tmp_path / "small.yaml"
    file.write_text(
        "title: Small\nseed: small\nquestions:\n  - {id: tanh/range, points: 1}\n"
        "  - {id: tanh/value_by_hand, points: 2}\n  - {id: tanh/reaches_one, points: 2}\n"
        "  - {id: tanh/lstm_training, points: 4}\n"
    )
    return file


@pytest.fixture
def sheet(small, sheet_of):
    """Make a student's sheet of the small quiz."""
    from grader.bank.load import load_assessment

    loaded = load_assessment(small)
    return lambda student: sheet_of(student, of=loaded)


def grade(grader, *arguments):
    done = grader("grade", *arguments)
    assert done.returncode == 0, done.stderr
    return done


def test_a_class_with_answers_is_graded_without_a_sandbox(small, sheet, hand_in, made, grader, results, tmp_path):
    for student in ("ada", "bob"):
        one = sheet(student)
        folder = hand_in(student, one.variant, made.responses(one, made.right if student == "ada" else made.wrong),
                         assessment="small")  # fmt: skip
    (folder / "cyd").mkdir()
    path = tmp_path / "no bubblewrap"  # a machine that can isolate nothing grades a quiz all the same
    path.mkdir()
    done = grade(grader, folder, "-a", small, "-o", "out", "--isolation", "full")
    assert "isolation: nothing run" in done.stderr
    assert "2 students have texts that people mark: grader review out" in done.stderr
    whole = results()
    assert whole["isolation"] == "nothing run"
    assert whole["assessment"]["questions"] == [
        {"id": "tanh/range", "max_score": 1}, {"id": "tanh/value_by_hand", "max_score": 2},
        {"id": "tanh/reaches_one", "max_score": 2}, {"id": "tanh/lstm_training", "max_score": 4},
    ]  # fmt: skip
    ada, bob, cyd = (whole["by_student"][name] for name in ("ada", "bob", "cyd"))
    assert [(one["id"], one["kind"], one["status"], one["score"]) for one in ada["questions"]] == [
        ("tanh/range", "single_choice", "passed", 1), ("tanh/value_by_hand", "numeric", "passed", 2),
        ("tanh/reaches_one", "true_false", "needs_review", 1),
        ("tanh/lstm_training", "short_answer", "needs_review", 0),
    ]  # fmt: skip
    assert (ada["score"], bob["score"], cyd["score"]) == (4, 0, 0)
    assert ada["sheets"] == [{"assessment": "small", "variant": sheet("ada").variant, "own": sheet("ada").variant,
                              "counts": True}]  # fmt: skip
    assert {one["status"] for one in cyd["questions"]} == {"unanswered"}
    assert cyd["notes"] == [
        "the folder is empty",
        "There is no answers.yaml: no question of the quiz is answered.",
    ]
    with (tmp_path / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["ada"]["needs_attention"] == "to be reviewed: tanh/reaches_one, tanh/lstm_training"
    assert rows["cyd"]["needs_attention"] == ""
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "4 texts of 2 students wait" in index


def test_a_second_run_changes_nothing_and_an_answer_that_changes_is_marked_again(
    small, sheet, hand_in, made, grader, results, tmp_path
):
    one = sheet("ada")
    right = made.responses(one)
    folder = hand_in("ada", one.variant, {"tanh/range": "Z"}, assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    before = (tmp_path / "out" / "results.json").read_bytes()
    assert "1 unchanged since the last run" in grade(grader, folder, "-a", small, "-o", "out").stderr
    assert (tmp_path / "out" / "results.json").read_bytes() == before
    hand_in("ada", one.variant, right, assessment="small")
    assert "unchanged" not in grade(grader, folder, "-a", small, "-o", "out").stderr
    assert results()["by_student"]["ada"]["score"] == 4


def test_a_table_gives_the_answers_of_the_class_beside_folders_or_in_their_place(
    small, sheet, hand_in, made, grader, results, tmp_path
):
    table = tmp_path / "class.csv"
    rows = [["student", "name", "variant", "range", "tanh/value_by_hand"]]
    for student in ("bob", "eve"):
        right = made.responses(sheet(student))
        rows.append([student, "X", sheet(student).variant, right["tanh/range"], right["tanh/value_by_hand"]])
    with table.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    alone = grade(grader, table, "-a", small, "-o", "alone")
    assert "the column `name` is no question, and was left out" in alone.stderr
    assert {name: one["score"] for name, one in results("alone")["by_student"].items()} == {"bob": 3, "eve": 3}
    one = sheet("ada")
    folder = hand_in("ada", one.variant, made.responses(one), assessment="small")
    hand_in("bob", sheet("bob").variant, {"tanh/range": "Z", "tanh/lstm_training": "a text"}, assessment="small")
    both = grade(grader, folder, "-a", small, "-o", "out", "--answers", table)
    assert "in a table of answers, and without a folder: eve" in both.stderr
    whole = results()["by_student"]
    assert {name: one["score"] for name, one in whole.items()} == {"ada": 4, "bob": 3, "eve": 3}
    assert "the answer in class.csv, line 2 counts" in whole["bob"]["notes"][0]
    assert whole["bob"]["by_id"]["tanh/lstm_training"]["status"] == "needs_review"
    assert "3 unchanged" in grade(grader, folder, "-a", small, "-o", "out", "--answers", table).stderr
    table.write_text(table.read_text().replace("eve", "eva"))
    assert "no longer in the folder" in grade(grader, folder, "-a", small, "-o", "out", "--answers", table).stderr


def test_everything_that_is_wrong_in_a_table_is_told_before_anything_is_graded(small, grader, tmp_path):
    (tmp_path / "class.csv").write_text("student,range,tanh/rnage\nada,A,B\nada,A,B\n")
    done = grader("grade", "class.csv", "-a", small, "-o", "out")
    assert done.returncode == 2
    assert "class.csv:1: `tanh/rnage` is no question of this assessment" in done.stderr
    assert "class.csv:3: 'ada' is there twice" in done.stderr
    assert not (tmp_path / "out").exists()
    done = grader("grade", "class.csv", "-o", "out")
    assert (done.returncode, "has no questions of a quiz" in done.stderr) == (2, True)


def test_whose_sheet_was_answered_is_told_to_instructors_and_not_to_students(
    small, sheet, hand_in, made, grader, results, tmp_path
):
    friend = sheet("grace.hopper")
    hand_in("grace.hopper", friend.variant, made.responses(friend), assessment="small")
    folder = hand_in("ada", friend.variant, made.responses(friend), assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    ada = results()["by_student"]["ada"]
    assert ada["score"] == 0
    assert ada["sheets"][0]["would_earn"] == 4
    with (tmp_path / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    words = (
        f"answered the variant {friend.variant} of grace.hopper, not {sheet('ada').variant}; "
        "these answers would earn 4"
    )
    assert rows["ada"]["needs_attention"] == words
    assert words in (tmp_path / "out" / "index.html").read_text("utf-8")
    page = (tmp_path / "out" / "students" / "ada.html").read_text("utf-8")
    assert "grace" not in page
    assert made.responses(friend)["tanh/value_by_hand"] in page
    assert "right is" not in page
    grade(grader, folder, "-a", small, "-o", "out", "--any-variant")
    assert results()["by_student"]["ada"]["score"] == 4


def acting(page: str) -> list[tuple[str, str]]:
    """Find what a page must not have: scripts, pictures from elsewhere, handlers, links that are not its own."""
    found: list[tuple[str, str]] = []

    class Look(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.extend((tag, "") for _ in [0] if tag in ("script", "img", "iframe", "object"))
            for name, value in attrs:
                if name.startswith("on") or (
                    name in ("href", "src") and not re.match("#|data:|students/|$", value or "")
                ):
                    found.append((tag, f"{name}={value}"))

    Look().feed(page)
    return found


def visible(page: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", page))


@pytest.mark.parametrize(("setting", "shown"), [("always", True), ("answered", True), ("never", False)])
def test_the_page_shows_what_was_asked_what_was_answered_and_by_setting_what_is_right(
    setting, shown, small, sheet, hand_in, grader, tmp_path
):
    small.write_text(f"show_solutions: {setting}\n{small.read_text()}")
    one = sheet("ada")
    posed = {each.item.id: each for each in one.posed}
    folder = hand_in("ada", one.variant, {"tanh/value_by_hand": "0.123"}, assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    page = (tmp_path / "out" / "students" / "ada.html").read_text("utf-8")
    numeric, choice = posed["tanh/value_by_hand"], posed["tanh/range"]
    assert "0.123 is not right" in visible(page)
    assert visible(page).count(numeric.key.rule) == 1
    assert (numeric.key.forms[0].shown in page) is shown
    assert ("Why: the solution" in page) is shown
    if setting == "answered":  # tanh/range was not answered: its solution is not told
        assert page.count("Why: the solution") == 1
    for option in choice.item.forms[0].options:
        assert f'<span class="letter">{option.letter}</span>' in page


def test_forged_answers_are_harmless_wherever_they_are_shown(small, sheet, hand_in, grader, results, tmp_path):
    one = sheet("ada")
    answers = {
        "tanh/range": EVIL, "tanh/value_by_hand": EVIL, "tanh/reaches_one": {"choice": EVIL, "reason": EVIL},
        "tanh/lstm_training": EVIL * 20, EVIL: "A", "tanh/rnge": ["A"] * 1000,
    }  # fmt: skip
    text = json.dumps({"assessment": EVIL, "variant": one.variant, "answers": answers})
    folder = hand_in("ada", "", text)
    deep = "[" * 40 + "]" * 40
    hand_in(
        "bob", "", f"answers: {{tanh/range: {deep}, tanh/value_by_hand: {'9' * 5000}, tanh/lstm_training: {deep}}}"
    )
    hand_in("cyd", "", "answers: {tanh/lstm_training: '" + "x" * 900_000 + "'}")
    done = grade(grader, folder, "-a", small, "-o", "out")
    assert "\x1b" not in done.stderr
    for page in (tmp_path / "out").rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search("[\x1b\x07\u202e]", text), page
        assert not acting(text), page
        assert len(text) < 300_000
    for line in csv.reader((tmp_path / "out" / "grades.csv").read_text("utf-8").splitlines()):
        assert not any(cell.startswith(("=", "+", "@")) for cell in line)
    assert results()["by_student"]["ada"]["by_id"]["tanh/lstm_training"]["status"] == "needs_review"
    assert results()["by_student"]["cyd"]["by_id"]["tanh/lstm_training"]["status"] == "invalid"
    checked = grader("check", folder / "ada", "-a", small)
    assert "\x1b" not in checked.stdout + checked.stderr


def test_a_review_reaches_the_page_and_the_totals_without_the_submissions(
    small, sheet, hand_in, made, grader, results, tmp_path
):
    for student in ("ada", "bob"):
        one = sheet(student)
        folder = hand_in(student, one.variant, made.responses(one), assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    out, name = tmp_path / "out", "tanh/lstm_training"
    key = next(each for each in sheet("ada").posed if each.item.id == name).key.forms[0]
    with open_gradebook(out / "gradebook.sqlite") as book:
        assert book.handed_in("ada").answers[0].responses[name] == made.responses(sheet("ada"))[name]
        digest = text_digest(book.handed_in("ada").answers[0].responses[name])
        review = Review(name, "answer", digest, tuple(point.id for point in key.rubric), "Well said.")
        book.save_reviews([("ada", name, "answer", review)])
        assert book.reviews("ada") == (review,)
    before = {path: path.read_bytes() for path in out.rglob("*.*") if path.suffix in (".html", ".json", ".csv")}
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    summary = rescore(out, ["ada"])
    assert (summary.total, summary.graded, summary.problems) == (1, 1, [])
    whole = results()["by_student"]
    assert whole["ada"]["by_id"][name] == {
        **whole["ada"]["by_id"][name], "status": "passed", "score": 4, "feedback": ["Well said."],
    }  # fmt: skip
    assert (whole["ada"]["score"], whole["bob"]["score"]) == (8, 4)
    page = visible((out / "students" / "ada.html").read_text("utf-8"))
    assert "Well said." in page
    assert all(visible(point.says).split("$")[0] in page for point in key.rubric)
    assert before[out / "students" / "bob.html"] == (out / "students" / "bob.html").read_bytes()
    with open_gradebook(out / "gradebook.sqlite") as book:
        book.save_reviews([("ada", name, "answer", None)])
    rescore(out)
    assert before == {path: path.read_bytes() for path in before}


def test_judging_again_says_what_the_grader_failed_at(small, sheet, hand_in, made, grader, tmp_path, monkeypatch):
    one = sheet("ada")
    folder = hand_in("ada", one.variant, made.responses(one), assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")

    def broken(*_args, **_more):
        raise ZeroDivisionError("by our own fault")

    monkeypatch.setattr("grader.worker.examine", broken)
    [problem] = rescore(tmp_path / "out").problems
    assert problem.startswith("ada: ZeroDivisionError: by our own fault")
    assert problem.endswith("; `grader grade` has to run this again")


def test_a_review_survives_grading_again_and_a_new_text_waits_and_says_so(
    small, sheet, hand_in, grader, results, tmp_path
):
    one, name = sheet("ada"), "tanh/lstm_training"
    folder = hand_in("ada", one.variant, {name: "my text"}, assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    with open_gradebook(tmp_path / "out" / "gradebook.sqlite") as book:
        key = next(each for each in one.posed if each.item.id == name).key.forms[0]
        review = Review(name, "answer", text_digest("my text"), (key.rubric[0].id,))
        book.save_reviews([("ada", name, "answer", review)])
    grade(grader, folder, "-a", small, "-o", "out")
    assert results()["by_student"]["ada"]["by_id"][name]["status"] == "partial"
    assert "1 unchanged" in grade(grader, folder, "-a", small, "-o", "out").stderr
    hand_in("ada", one.variant, {name: "my text"}, assessment="small").joinpath("ada", "notes.txt").write_text("x")
    grade(grader, folder, "-a", small, "-o", "out")
    assert results()["by_student"]["ada"]["by_id"][name]["status"] == "partial"
    hand_in("ada", one.variant, {name: "my new text"}, assessment="small")
    grade(grader, folder, "-a", small, "-o", "out")
    question = results()["by_student"]["ada"]["by_id"][name]
    assert question["status"] == "needs_review"
    assert "not the one that a person marked before" in question["checks"][0]["message"]


def test_judging_again_says_what_it_cannot_do(tmp_path):
    with pytest.raises(InputError, match="there is no gradebook"):
        rescore(tmp_path)
    with open_gradebook(tmp_path / "gradebook.sqlite") as book:
        book.claim({"assessment": "homework"})
    with pytest.raises(InputError, match="older version"):
        rescore(tmp_path)
