"""Who is wrong alike is kept with the grades, and becomes the beginning of an entry that explains it."""

import json
import re
import shutil
from pathlib import Path

import pytest

QUESTIONS = Path(__file__).parents[2] / "questions"
RIGHT = Path(__file__).with_name("activations.txt").read_text()
STYLES = ("1.25 * np.tanh(x)\n", "np.tanh(x) + np.tanh(x) / 4\n", "np.tanh(x) / 0.8\n")


def wrong(formula):
    assert "np.tanh(x)\n" in RIGHT
    return RIGHT.replace("np.tanh(x)\n", formula)


@pytest.fixture
def folder(make_class):
    """Three who are wrong in one way, two who know nothing, one alone, one who is right."""
    students = {f"s{number}": wrong(formula) for number, formula in enumerate(STYLES)}
    stub = wrong("np.nothing(x)\n")
    return make_class(**students, **{"stub 1": stub, "stub 2": stub}, alone=wrong("0.9 * np.tanh(x)\n"), zoe=RIGHT)


def groups(out):
    """Return the names of each cluster on the class page."""
    html = (out / "index.html").read_text().partition('id="clusters-name"')[2].partition("</section>")[0]
    lists = re.findall(r'<ul class="names">(.*?)</ul>', html, re.DOTALL)
    return [re.findall(r"<bdi>(.*?)</bdi>", one) for one in lists]


ALIKE = [["s0", "s1", "s2"], ["stub 1", "stub 2"]]


def test_the_class_page_says_who_is_wrong_alike_after_resuming_and_rescoring_too(
    grader, folder, assessment, tmp_path
):
    out = tmp_path / "out"
    done = grader("grade", folder, "-a", assessment, "-o", out)
    assert done.returncode == 0, done.stderr
    assert groups(out) == ALIKE
    first = (out / "index.html").read_bytes()

    assert "7 unchanged" in grader("grade", folder, "-a", assessment, "-o", out).stderr
    assert (out / "index.html").read_bytes() == first

    assessment.write_text(assessment.read_text().replace("points: 5", "points: 50"))
    assert grader("grade", folder, "-a", assessment, "-o", out).returncode == 0
    assert groups(out) == ALIKE

    shutil.rmtree(folder / "s1")
    (folder / "stub 2" / "activations.py").write_text(RIGHT)
    assert grader("grade", folder, "-a", assessment, "-o", out).returncode == 0
    assert groups(out) == [["s0", "s2"]]


def test_proposals_are_of_the_students_who_are_there_however_they_were_graded(
    grader, folder, assessment, tmp_path
):
    """Who has left the folder is not held against the assessment of today, and proposes nothing."""
    out = tmp_path / "out"
    assert grader("grade", folder, "-a", assessment, "-o", out).returncode == 0
    shutil.rmtree(folder / "s1")
    assessment.write_text(assessment.read_text().replace("points: 5", "points: 50"))
    assert grader("grade", folder, "-a", assessment, "-o", out, "--any-variant").returncode == 0
    done = grader("propose", out, "-a", assessment, "--json")
    assert done.returncode == 0, done.stderr
    assert [one["students"] for one in json.loads(done.stdout)] == [["s0", "s2"]]


def test_a_proposal_that_is_completed_explains_the_behaviour(grader, folder, assessment, tmp_path):
    """From the class to the bank and back: what is printed is put into the topic, and the class is told."""
    shutil.copytree(QUESTIONS / "tanh", tmp_path / "tanh")
    out = tmp_path / "out"
    grader("grade", folder, "-a", assessment, "-o", out)
    done = grader("propose", out, "-a", assessment, "--json")
    assert done.returncode == 0, done.stderr
    [proposal] = json.loads(done.stdout)  # of stubs nothing can be told
    assert (proposal["question"], proposal["count"]) == ("tanh/tanh", 3)
    assert proposal["students"] == ["s0", "s1", "s2"]
    [holds] = proposal["holds"]
    assert holds.startswith("`tanh`: every number is 1.25 times what is wanted, on all ")
    case = proposal["case"]
    [name] = case["inputs"]
    assert case["got"]["y"] == pytest.approx([1.25 * one for one in case["wanted"]["y"]])
    assert len(case["inputs"][name]) == len(case["wanted"]["y"])

    entry = proposal["skeleton"].replace('=""', '="It is scaled by 5/4."').replace("name_this_mistake", "scaled")
    *head, last = entry.splitlines()
    assert last.startswith("    return ")
    entry = "\n".join([*head, last.replace("return ", "return 1.25 * (") + ")"])
    (tmp_path / "tanh" / "misconceptions" / "zz_new.py").write_text(
        f"import numpy as np\nfrom grader.model.mistake import mistake\n\n\n{entry}\n"
    )
    assert "earlier state" in grader("propose", out, "-a", assessment).stderr
    assert grader("grade", folder, "-a", assessment, "-o", out).returncode == 0
    students = json.loads((out / "results.json").read_text())["students"]
    told = {one["student"]: [known["id"] for known in one["questions"][0]["misconceptions"]] for one in students}
    assert [told[name] for name in ("s0", "s1", "s2", "alone", "zoe")] == [["scaled"]] * 3 + [[], []]
    done = grader("propose", out, "-a", assessment, "--json")
    assert json.loads(done.stdout) == []


def test_words_hold_what_is_needed_and_nothing_that_acts_on_a_terminal(grader, make_class, assessment, tmp_path):
    name = "ev\x1b[31mil\u202e"
    folder = make_class(**{name: wrong(STYLES[0]), "ann": wrong(STYLES[1])})
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    done = grader("propose", tmp_path / "out", "-a", assessment)
    assert done.returncode == 0, done.stderr
    for words in (
        "tanh/tanh: 2 students",
        "ann, ev\\x1b[31mil\\u202e",
        "from activations import tanh",
        "@mistake(",
    ):
        assert words in done.stdout
    assert not set(done.stdout) & {"\x1b", "\u202e"}
    assert "1 behaviour of 2 or more students" in done.stderr


def test_least_asks_for_fewer_or_more_students(grader, folder, assessment, tmp_path):
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")

    def counts(least):
        done = grader("propose", tmp_path / "out", "-a", assessment, "--least", least, "--json")
        return [one["count"] for one in json.loads(done.stdout)]

    assert counts(1) == [3, 1]
    assert counts(4) == []


def test_a_folder_without_grades_and_grades_of_another_assessment_are_refused(
    grader, folder, assessment, tmp_path
):
    done = grader("propose", tmp_path / "out", "-a", assessment)
    assert done.returncode == 2
    assert "there is no gradebook" in done.stderr
    assert not (tmp_path / "out").exists()
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    done = grader("propose", tmp_path / "out")
    assert done.returncode == 2
    assert "7 of 7 grades" in done.stderr
    assert "--assessment" in done.stderr


def test_hints_that_stop_at_the_question_are_kept_by_pages_and_checks_alike(
    grader, make_class, assessment, tmp_path
):
    """The instructor's results.json says it all the same."""
    folder = make_class(ann=wrong("np.tanh(x / 2)\n"))
    out = tmp_path / "out"
    grader("grade", folder, "-a", assessment, "-o", out)
    [known, *_] = json.loads((out / "results.json").read_text())["students"][0]["questions"][0]["misconceptions"]
    page = out / "students" / "ann.html"
    assert known["id"] in page.read_text()
    assert "How to mend it" in page.read_text()
    results = (out / "results.json").read_bytes()

    assessment.write_text(assessment.read_text() + "hints: question\n")
    grader("grade", folder, "-a", assessment, "-o", out)
    assert known["id"] not in page.read_text()
    assert "How to mend it" not in page.read_text()
    assert "Nothing more is shown" in page.read_text()
    assert (out / "results.json").read_bytes() == results
    for more in ([], ["--json"]):
        done = grader("check", folder / "ann", "-a", assessment, "-q", "tanh", *more)
        assert known["id"] not in done.stdout
        assert known["text"] not in done.stdout
