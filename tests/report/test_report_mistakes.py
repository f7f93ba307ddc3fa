"""The class page says which known mistakes are made, and who is wrong alike and unexplained."""

import re
import tracemalloc
from urllib.parse import unquote

import pytest

from grader.model.cluster import Unexplained
from grader.model.outcome import Isolation
from grader.report.classpage import ClassRow, class_page
from grader.report.tally import Tally


def page_of(students, assessment, unexplained=Unexplained()) -> str:  # noqa: B008  nothing in it changes
    return "".join(class_page(map(ClassRow.of, students), assessment, Isolation.FULL, unexplained))


def section(page: str, name: str) -> str:
    return page.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


def names(html: str) -> list[list[str]]:
    """Return the names of each folded list."""
    lists = re.findall(r'<ul class="names">(.*?)</ul>', html, re.DOTALL)
    return [re.findall(r"<bdi>(.*?)</bdi>", one) for one in lists]


def making(students, question, mistake):
    """Count from the contract, as an instructor's script would."""
    return [
        one["student"]
        for one in students
        if any(
            known["id"] == mistake and "alike" not in known
            for part in one["questions"]
            if question in ("", part["id"])
            for known in part["misconceptions"]
        )
    ]


def test_each_question_says_who_makes_which_mistake_the_most_frequent_first(sample):
    students = sample.with_mistakes(sample.make_class(60))
    html = section(page_of(students, sample.assessment()), "mistakes-name")
    wanted = [
        sorted((making(students, question, mistake) for mistake in found), key=lambda one: -len(one))
        for question, found in (
            ("tanh/tanh", ("half-angle", "derivative-instead")),
            ("tanh/tanh_grad", ("derivative-instead", "half-angle")),
        )
    ]
    counted = [students_ for question in wanted for students_ in question]
    assert names(html) == counted
    assert re.findall(r'class="count">(\d+)', html) == [str(len(one)) for one in counted]
    assert all(one in html for one in ("tanh/tanh</code>", "tanh/tanh_grad</code>"))


def test_over_all_questions_nobody_counts_twice(sample, read_html):
    students = sample.with_mistakes(sample.make_class(60))
    tally = Tally()
    for one in students:
        tally.add(ClassRow.of(one))
    wanted = {name: len(making(students, "", name)) for name, _ in sample.mistakes if making(students, "", name)}
    assert {one.id: one.count for one in tally.mistakes} == wanted
    counts = [one.count for one in tally.mistakes]
    assert counts == sorted(counts, reverse=True)
    table = section(page_of(students, sample.assessment()), "mistakes-name").partition("</table>")[0]
    for name, count in wanted.items():
        row = next(row for row in table.split("<tr>") if f">{name}<" in row)
        text = " ".join("".join(read_html(f"<table><tr>{row}</table>").text).split())
        assert text.startswith(f"{count} ({round(100 * count / 60)} %)")
    assert "half-angle" in table


def test_mistakes_that_cannot_be_told_apart_count_as_one(sample):
    students = sample.with_mistakes(sample.make_class(12))
    html = section(page_of(students, sample.assessment()), "mistakes-name")
    assert "Or, which nothing tells from it: The sign of x is lost." in html
    assert 'class="mute">sign-lost' not in html


def test_names_are_folded_and_lead_to_the_pages(sample, read_html):
    students = sample.with_mistakes(sample.make_class(30))
    html = section(page_of(students, sample.assessment()), "mistakes-name")
    links = re.findall(r'href="([^"]+)"', html)
    assert {unquote(link) for link in links} <= {one["page"] for one in students}
    for start in (found.start() for found in re.finditer('<ul class="names">', html)):
        before = html[:start]
        assert before.count("<details") > before.count("</details>")
    assert not read_html(page_of(students, sample.assessment())).faults


def test_a_class_without_known_mistakes_has_no_such_section(sample):
    students = [sample.all_passed().to_json("students/ada.html")]
    page = page_of(students, sample.assessment())
    assert "mistakes-name" not in page
    assert "clusters-name" not in page


def test_a_cluster_shows_who_what_came_back_and_what_is_true(sample, read_html):
    students = sample.make_class(14)
    page = page_of(students, sample.assessment(), sample.make_unexplained(14))
    html = section(page, "clusters-name")
    every = [one["student"] for one in students]
    assert names(html) == [every[0::2], every[1::4]]
    first = " ".join(" ".join(read_html(html.split('<div class="cluster">')[1]).text).split())
    assert first.startswith("7 students in lstm/lstm_cell ")
    for words in (
        "every number is 0.5 times what is wanted",
        "What calls it is wrong, too: lstm/lstm_forward.",
        "x = np.array([[0.5, -1.0]])",
        "[[0.5, -1]] [[0.25, -0.5]]",
        "(hidden from students)",
    ):
        assert words in first
    assert "and 1 smaller group;" in html
    assert "Besides, there are 3 wrong answers" in html


def test_what_students_returned_becomes_no_markup(sample, read_html):
    students = sample.with_mistakes(sample.make_class(14))
    page = page_of(students, sample.assessment(), sample.make_unexplained(14))
    assert "<script" not in page
    assert not read_html(page).faults
    ids = [value for _, name, value in read_html(page).attributes if name == "id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("file_size", [0, 4 << 20])
def test_memory_does_not_grow_with_the_names(sample, monkeypatch, file_size):
    """Names beside mistakes are read again from where the rows wait, in memory or on disk."""
    monkeypatch.setattr("grader.report.classpage.IN_MEMORY", file_size or 1)
    students = sample.with_mistakes(sample.make_class(60))
    pattern = [ClassRow.of(one) for one in students]
    assessment = sample.assessment()

    def peak(count: int) -> int:
        rows = (pattern[number % 60] for number in range(count))
        tracemalloc.start()
        for _ in class_page(rows, assessment, Isolation.FULL, sample.make_unexplained(count)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(60)  # templates are compiled once
    assert peak(1500) - peak(300) < 1 << 20
