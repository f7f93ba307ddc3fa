"""The command that makes sheets: for a class, for one student, for a code; the same bytes each time."""

import csv
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.export.registry import FORMATS, writer_of

BANK = """
topic: trees
title: Trees
questions:
  - id: height
    kind: single_choice
    title: A height
    objective: Reading.
    bloom: remember
    prompt: "How high is [[n]] plus one?"
    parameters: {n: {from: 1, to: 50}}
    choices:
      - {text: "[[n + 1]] SECRET?", right: true, feedback: FEEDBACK-RIGHT}
      - {text: "[[n]] and no more"}
      - {text: "[[n + 2]] and more", feedback: FEEDBACK-MORE}
    solution: SOLUTION-TEXT
"""
QUIZ = "title: A quiz\nseed: s\nintroduction: Read it.\nquestions:\n  - {id: trees/height, points: 2}\n"
CODE = re.compile(r"[0-9A-Y]{4}-[0-9A-Y]{4}")


@pytest.fixture
def course(tmp_path: Path, monkeypatch) -> Path:
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees" / "bank.yaml").write_text(BANK)
    (tmp_path / "trees" / "reference.py").write_text('"""Nothing to compute."""\n')
    (tmp_path / "quiz.yaml").write_text(QUIZ)
    (tmp_path / "roster.csv").write_text("student,name\nada,Ada Lovelace\nAda,Other\nno slash:but=this,\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> str:
    """Run the command, and return what it says."""
    result = CliRunner().invoke(main, ["sheet", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_each_student_of_a_roster_gets_a_file_and_a_line(course):
    assert run("quiz.yaml", "--roster", "roster.csv", "--out", "made") == "3 sheets of 1 question in made\n"
    made = files(course / "made")
    with (course / "made" / "variants.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == ["ada", "Ada", "no slash:but=this"]
    assert len({row["variant"] for row in rows}) == 3
    assert set(made) == {"ada.html", "%41da.html", "no slash%3Abut=this.html", "variants.csv"}
    assert rows[0]["variant"] in made["ada.html"].decode()
    assert "Ada Lovelace" in made["ada.html"].decode()


def test_the_same_command_makes_the_same_bytes(course):
    run("quiz.yaml", "--roster", "roster.csv", "--out", "one")
    run("quiz.yaml", "--roster", "roster.csv", "--out", "two")
    assert files(course / "one") == files(course / "two")


def test_several_processes_make_the_same_bytes_as_one(course):
    (course / "roster.csv").write_text("student\n" + "".join(f"s{number}\n" for number in range(50)))
    run("quiz.yaml", "--roster", "roster.csv", "--out", "one", "-j", "1")
    run("quiz.yaml", "--roster", "roster.csv", "--out", "two", "-j", "2")
    assert len(files(course / "one")) == 51
    assert files(course / "one") == files(course / "two")


def test_a_code_makes_the_same_questions_again(course):
    run("quiz.yaml", "--roster", "roster.csv", "--out", "made")
    code = CODE.search((course / "made" / "ada.html").read_text())[0]
    run("quiz.yaml", "--variant", code.lower().replace("-", " "), "--out", "again")
    nameless = (course / "again" / f"{code}.html").read_text()
    assert nameless == (course / "made" / "ada.html").read_text().replace(
        "<bdi>Ada Lovelace</bdi> (<bdi>ada</bdi>) · ", ""
    )
    run("quiz.yaml", "--roster", "roster.csv", "--variant", code, "--out", "known")
    assert files(course / "known")["ada.html"] == files(course / "made")["ada.html"]


def test_one_student_is_made_as_in_the_class(course):
    run("quiz.yaml", "--roster", "roster.csv", "--out", "made")
    run("quiz.yaml", "--roster", "roster.csv", "--student", "ada", "--out", "one")
    assert set(files(course / "one")) == {"ada.html", "variants.csv"}
    assert files(course / "one")["ada.html"] == files(course / "made")["ada.html"]
    run("quiz.yaml", "--student", "ada", "--out", "bare")
    code = CODE.search((course / "made" / "ada.html").read_text())[0]
    assert code in (course / "bare" / "ada.html").read_text()


def test_each_edition_has_files_of_its_own_so_that_none_is_handed_out_for_another(course):
    for edition in ("work", "practice", "key"):
        run("quiz.yaml", "--student", "ada", "--edition", edition, "--out", "made")
    made = files(course / "made")
    assert set(made) == {"ada.html", "ada.practice.html", "ada.key.html", "variants.csv"}
    for word in (b"SOLUTION-TEXT", b"FEEDBACK-RIGHT", b"FEEDBACK-MORE"):
        assert [word in made[name] for name in ("ada.html", "ada.practice.html", "ada.key.html")] == [
            False,
            True,
            True,
        ]
    assert len({CODE.search(made[name].decode())[0] for name in made}) == 1


def test_another_secret_makes_other_variants(course):
    run("quiz.yaml", "--student", "ada", "--out", "one")
    (course / "course.secret").write_text("hush")
    run("quiz.yaml", "--student", "ada", "--out", "two")
    assert files(course / "one")["variants.csv"] != files(course / "two")["variants.csv"]


def test_a_secret_that_keeps_nothing_secret_is_refused(course):
    (course / "course.secret").write_text(" \n")
    assert "course.secret: the course's secret is empty\n    Write a long random word" in run(
        "quiz.yaml", "--student", "ada", code=2
    )
    (course / "course.secret").unlink()
    (course / "course.secret").mkdir()
    assert "course.secret: the course's secret cannot be read: is a directory" in run(
        "quiz.yaml", "--student", "ada", code=2
    )


def test_an_id_begins_no_second_cell_where_spreadsheets_cut_at_semicolons(course):
    run("quiz.yaml", "--student", "x;=1+1", "--out", "made")
    assert (course / "made" / "variants.csv").read_text().splitlines()[1].startswith('"x;=1+1","')


def test_a_courses_own_template_is_used(course):
    (course / "templates" / "sheet").mkdir(parents=True)
    (course / "templates" / "sheet" / "work.html.j2").write_text(
        '{% extends "shipped/sheet/work.html.j2" %}{% block footer %}<p>OUR COURSE</p>{% endblock %}'
    )
    run(str(course / "quiz.yaml"), "--student", "ada", "--out", "made")
    assert "OUR COURSE" in (course / "made" / "ada.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            (),
            "it is not said whose sheets to make\n    Name a roster with --roster, one student with --student, or",
        ),
        (("--variant", "K7QF"), "'K7QF' is no variant code"),
        (("--variant", "K7QF-2M9A"), "'K7QF-2M9A' is mistyped: its last sign does not fit the others"),
        (
            ("--roster", "roster.csv", "--student", "adda"),
            "there is no student 'adda' in the roster\n    Did you mean `ada`?",
        ),
        (("--roster", "none.csv"), "none.csv: the roster cannot be read: no such file or directory"),
        (("--student", "a/b"), "'a/b' cannot be a student id"),
        (
            ("--student", "ada", "--edition", "exam"),
            "html has no edition 'exam'\n    Choose one of: work, practice, key.",
        ),
        (("--student", "ada", "--out", "quiz.yaml"), "cannot write 'quiz.yaml'"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_sentence(arguments, words, course):
    said = run("quiz.yaml", *arguments, code=2)
    assert said.startswith("grader: ")
    assert words in said
    assert not (course / "sheets").exists()


def test_every_format_can_be_loaded_and_has_editions():
    assert "html" in FORMATS
    for name in FORMATS:
        assert writer_of(name).editions


@pytest.mark.parametrize(
    ("target", "name", "start", "lost"),
    [
        ("canvas", "quiz.canvas.zip", b"PK", ""),
        ("moodle", "quiz.moodle.xml", b"<?xml", ""),
        ("qti3", "quiz.qti3.zip", b"PK", "qti3: an explanation after the answer: it is shown to scorers"),
        ("gift", "quiz.gift", b"$CATEGORY", "gift: the points of a question: GIFT has none"),
    ],
)
def test_a_platform_gets_one_file_with_all_variants_and_is_told_of_what_is_lost(target, name, start, lost, course):
    said = run("quiz.yaml", "--variants", "60", "--format", target, "--out", "made")
    assert said.startswith(lost)
    assert ("(trees/height)" in said) == bool(lost)
    assert said.endswith("60 sheets of 1 question in made\n")
    made = files(course / "made")
    assert set(made) == {name, "variants.csv"}
    assert made[name].startswith(start)
    run("quiz.yaml", "--variants", "60", "--format", target, "--out", "again")
    assert files(course / "again") == made


def test_markdown_is_a_file_for_each_student(course):
    run("quiz.yaml", "--roster", "roster.csv", "--format", "markdown", "--out", "made")
    texts = [data.decode() for name, data in files(course / "made").items() if name.endswith(".md")]
    assert len(texts) == 3
    assert all("How high is" in text for text in texts)
    assert not any("SOLUTION-TEXT" in text or "FEEDBACK" in text for text in texts)


def test_what_only_some_variants_need_is_told_as_well(course):
    """A prediction of two lines is an essay on Canvas; of one line it is not."""
    (course / "trees" / "bank.yaml").write_text(
        "topic: trees\ntitle: Trees\nquestions:\n"
        "  - {id: height, kind: prediction, title: T, objective: O, bloom: apply, prompt: What?, solution: So.,\n"
        "     parameters: {n: {from: 1, to: 3}}, code: 'for k in range([[n]]): print(k, k)'}\n"
    )
    told = [run("quiz.yaml", "--student", f"s{n}", "--format", "canvas", "--out", "one") for n in range(9)]
    assert 1 <= sum("several lines compared as text" in one for one in told) <= 8
    (course / "roster.csv").write_text("student\n" + "".join(f"s{n}\n" for n in range(9)))
    assert "several lines compared as text" in run("quiz.yaml", "--roster", "roster.csv", "--format", "canvas")


def test_a_topic_is_a_quiz_of_all_its_questions_for_its_author_to_look_at(course):
    run("trees", "--variants", "1", "--edition", "key", "--out", "made")
    (page,) = (course / "made").glob("*.key.html")
    assert "SOLUTION-TEXT" in page.read_text()
    assert run("trees/bank.yaml", "--variants", "1", "--edition", "key", "--out", "again")
    assert (course / "again" / page.name).read_bytes() == page.read_bytes()
