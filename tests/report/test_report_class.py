"""The page of a class."""

import statistics
import tracemalloc
from collections import Counter
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import OutputError
from grader.model.outcome import Isolation, Status
from grader.report import classpage
from grader.report.classpage import ClassRow, class_page
from grader.report.safe import page_name


def page_of(students, assessment) -> str:
    return "".join(class_page(map(ClassRow.of, students), assessment, Isolation.FULL))


def words(page: str, read_html) -> str:
    return " ".join(" ".join(read_html(page).text).split())


def test_the_sums_are_those_of_the_class(sample, read_html):
    """Held against the statistics module; students whom the grader failed on do not count."""
    students = sample.make_class(60)
    graded = [
        one for one in students if all(question["status"] != "grader_error" for question in one["questions"])
    ]
    assert 0 < len(graded) < 60
    text = words(page_of(students, sample.assessment()), read_html)
    scores = [one["score"] for one in graded]
    assert "students 60" in text
    assert f"mean of 40 points {round(statistics.mean(scores), 2):g} median {statistics.median(scores):g}" in text
    assert f"full marks {sum(score == 40 for score in scores)} no points {scores.count(0)}" in text


def test_each_question_says_how_many_passed_and_which_checks_were_missed(sample, read_html):
    students = sample.make_class(60)
    text = words(page_of(students, sample.assessment()), read_html)
    tanh = [one["questions"][0] for one in students]
    statuses = Counter(question["status"] for question in tanh)
    missed = Counter(check["name"] for question in tanh for check in question["checks"] if not check["passed"])
    assert missed["values"] > 0
    row = text[text.index("The hyperbolic tangent tanh/tanh") :]
    assert f"/ 4 {statuses['passed']} {statuses['partial']} {statuses['failed']} not right yet" in row
    assert f"values {missed['values']} ({round(100 * missed['values'] / 60)} %)" in row


def test_a_check_that_the_grader_failed_on_counts_as_missed_by_nobody(sample, read_html):
    students = sample.make_class(12)
    row = words(page_of(students, sample.assessment()), read_html).partition(
        "A whole sequence lstm/lstm_forward "
    )[2]
    assert row.startswith("5 / 5 ")
    assert row.partition("Its gradients")[0].endswith("grader failed none ")


def test_who_needs_a_look_stands_on_top(sample, read_html):
    """Our own faults first, then what crashed or was stopped; before the list of all students."""
    students = sample.make_class(12)
    text = words(page_of(students, sample.assessment()), read_html)
    places = [
        text.index(heading)
        for heading in ("Not graded yet", "Worth a look", "Scores", "Questions", "Students Points")
    ]
    assert places == sorted(places)
    ours = [
        one["student"]
        for one in students
        if any(question["status"] == "grader_error" for question in one["questions"])
    ]
    stopped = [
        one["student"]
        for one in students
        if one["student"] not in ours
        and any(question["status"] in ("timeout", "crashed") for question in one["questions"])
    ]
    assert ours
    assert stopped
    assert [name for name in text[places[0] : places[1]].split() if name.startswith("student0")] == ours
    assert [name for name in text[places[1] : places[2]].split() if name.startswith("student0")] == stopped


def test_a_class_without_trouble_has_no_such_lists(sample):
    students = [{**sample.all_passed().to_json("students/ada.html")}]
    page = page_of(students, sample.assessment())
    assert "Not graded yet" not in page
    assert "Worth a look" not in page


def test_a_long_list_of_trouble_is_cut_and_counted(sample, read_html):
    students = sample.make_class(600)
    text = words(page_of(students, sample.assessment()), read_html)
    stopped = [
        one
        for one in students
        if any(question["status"] in ("timeout", "crashed") for question in one["questions"])
        and all(question["status"] != "grader_error" for question in one["questions"])
    ]
    assert f"and {len(stopped) - 60} more; they are marked in the list of students" in text


def test_every_student_has_a_row_with_a_link_to_their_page(sample, read_html):
    names = ["ada", "a b?c#d", "50%", "<b>", "javascript:alert(1)", "../up", "王小明", "\udcff"]
    students = [{**sample.all_passed().to_json(f"students/{page_name(name)}"), "student": name} for name in names]
    page = read_html(page_of(students, sample.assessment()))
    links = [
        value for tag, name, value in page.attributes if (tag, name) == ("a", "href") and not value.startswith("#")
    ]
    assert [unquote(link) for link in links] == [f"students/{page_name(name)}" for name in names]
    assert all(link.startswith("students/") for link in links)
    assert not page.faults


def test_points_that_are_not_full_have_a_sign_with_a_word(sample, read_html):
    page = read_html(page_of(sample.make_class(12), sample.assessment()))
    labels = Counter(value for tag, name, value in page.attributes if (tag, name) == ("svg", "aria-label"))
    assert set(labels) == {
        "partly right",
        "not right yet",
        "raised an error",
        "not found",
        "out of time",
        "crashed",
        "grader failed",
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_small_classes_are_well_formed_too(count, sample, read_html):
    page = read_html(page_of(sample.make_class(count), sample.assessment()))
    assert not page.faults
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


@settings(max_examples=60)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_no_name_becomes_markup(text, sample, read_html):
    def named(name: str):
        student = sample.all_kinds().to_json("students/x.html")
        for question in student["questions"]:
            for check in question["checks"]:
                check["name"] = name
        return {**student, "student": name, "page": f"students/{page_name(name)}"}

    got = read_html(page_of([named(text)], sample.assessment()))
    assert got.elements == read_html(page_of([named("x")], sample.assessment())).elements
    assert not got.faults


def test_a_row_is_read_from_results_json(sample):
    row = ClassRow.of(sample.all_kinds().to_json("students/zoe.html"))
    assert (row.score, row.max_score, row.page, row.notes) == (8, 40, "students/zoe.html", 2)
    assert row.cells[0].status is Status.FAILED
    assert row.cells[0].failed == ("values", "shapes", "stable")


def test_memory_does_not_grow_with_the_class(sample):
    """1,200 students more cost less than a megabyte: rows are neither kept nor joined."""
    pattern = [ClassRow.of(one) for one in sample.make_class(12)]
    assessment = sample.assessment()

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in class_page((pattern[number % 12] for number in range(count)), assessment, Isolation.FULL):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(12)  # templates are compiled once
    assert peak(1500) - peak(300) < 1 << 20


def test_rows_that_find_no_room_are_told_in_words(sample, monkeypatch):
    class Full:
        def __init__(self, **_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def write(self, _):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(classpage.tempfile, "SpooledTemporaryFile", Full)
    with pytest.raises(OutputError, match="No space left on device"):
        page_of(sample.make_class(1), sample.assessment())
