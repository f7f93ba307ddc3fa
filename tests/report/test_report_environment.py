"""Templates: a course's own first, one by one; and what is wrong with them in one sentence."""

import pytest

from grader.errors import InputError
from grader.model.outcome import Isolation
from grader.report.classpage import ClassRow, class_page
from grader.report.environment import fill, templates_digest
from grader.report.page import student_page


@pytest.fixture
def course(tmp_path, sample):
    """Return an assessment in a folder of its own, and a function that writes a template beside it."""

    def write(name: str, text: str):
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return sample.assessment(folder=str(tmp_path)), write


def test_a_course_may_replace_a_single_template(course, sample):
    assessment, write = course
    write(
        "report/student.html.j2",
        '{% extends "base.html.j2" %}{% block main %}Hello {{ grade.student }}{% endblock %}',
    )
    page = student_page(sample.all_passed(), assessment)
    assert "Hello Ada Lovelace" in page
    assert "Content-Security-Policy" in page  # the shipped base
    assert "Students" in "".join(class_page([], assessment, Isolation.FULL))  # the shipped class page


def test_a_course_may_replace_a_single_block_of_a_shipped_template(course, sample):
    assessment, write = course
    write(
        "report/student.html.j2",
        '{% extends "shipped/report/student.html.j2" %}\n{% block footer %}<p>Office: Monday</p>{% endblock %}',
    )
    page = student_page(sample.all_passed(), assessment)
    assert "Office: Monday" in page
    assert "The hyperbolic tangent" in page
    assert "How this was graded" not in page


def test_a_course_may_replace_the_base_of_all_pages(course, sample):
    assessment, write = course
    write("base.html.j2", "<title>ours</title>{% block main %}{% endblock %}")
    assert student_page(sample.all_passed(), assessment).startswith("<title>ours</title>")


def test_values_in_a_course_s_template_are_escaped_too(course, sample):
    assessment, write = course
    write("report/student.html.j2", "{{ grade.student }}")
    assert "<b>" not in student_page(sample.all_kinds(), assessment)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("fine\n{% if %}\n", 2, "Expected an expression"),
        ("fine\n\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("{{ grade.studnet }}", 1, "studnet"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
        ("\n\n{{ grade.student + 1 }}", 3, "TypeError"),
        ("{% for x in grade.questions %}\n{{ x.nope.deeper }}\n{% endfor %}", 2, "nope"),
        ("{{ 'a'|nosuchfilter }}", 1, "nosuchfilter"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(text, line, words, course, sample):
    assessment, write = course
    path = write("report/student.html.j2", text)
    with pytest.raises(InputError) as caught:
        student_page(sample.all_passed(), assessment)
    (complaint,) = caught.value.complaints
    assert str(complaint.place) == f"{path}:{line}"
    assert words in complaint.message
    assert "Traceback" not in str(complaint)


def test_a_wrong_template_of_the_class_is_told_as_well(course, sample):
    assessment, write = course
    path = write("report/class.html.j2", "{% for row in rows %}{{ row.nope }}{% endfor %}")
    rows = map(ClassRow.of, sample.make_class(2))
    with pytest.raises(InputError) as caught:
        list(class_page(rows, assessment, Isolation.FULL))
    assert str(caught.value).startswith(f"{path}:1: ")


def test_a_missing_template_is_named(course, sample):
    assessment, write = course
    write("report/student.html.j2", '{% extends "nowhere.j2" %}')
    with pytest.raises(InputError, match=r"nowhere\.j2"):
        student_page(sample.all_passed(), assessment)


def test_a_template_that_is_no_text_is_told(course, sample):
    assessment, write = course
    write("report/student.html.j2", "").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(InputError, match=r"student\.html\.j2"):
        student_page(sample.all_passed(), assessment)


def test_a_fault_that_is_not_the_template_s_is_not_blamed_on_it(sample):
    with pytest.raises(RuntimeError, match="elsewhere"):
        list(class_page(_broken(), sample.assessment(), Isolation.FULL))


def _broken():
    yield from ()
    raise RuntimeError("elsewhere")


def test_the_digest_tells_when_a_template_has_changed(course):
    assessment, write = course
    before = templates_digest(assessment.folder)
    assert before == templates_digest(assessment.folder)
    path = write("report/student.html.j2", "one")
    with_own = templates_digest(assessment.folder)
    path.write_text("two", "utf-8")
    assert len({before, with_own, templates_digest(assessment.folder)}) == 3
    assert templates_digest("") == before


def test_a_name_that_is_not_there_is_an_error_and_not_empty():
    with pytest.raises(InputError):
        fill("report/student.html.j2", "", {})


def test_a_template_that_cannot_be_read_is_told(course, monkeypatch):
    assessment, write = course
    path = write("report/student.html.j2", "one")

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(InputError, match="Permission denied") as caught:
        templates_digest(assessment.folder)
    assert str(path) in str(caught.value)
