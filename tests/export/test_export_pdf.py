"""Sheets on paper: what they show, what they never show, and that nothing of a student's is taken for markup."""

import inspect
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from grader.bank.load import find_assessment, load_assessment
from grader.cli import main
from grader.export import pdf
from grader.export.print import press as press_module
from grader.export.print.identity import Identity
from grader.export.print.maths import typst_maths
from grader.export.print.press import press_of
from grader.export.print.text import blocks, with_blanks
from grader.model.sheet import Choose, Handout, Option
from grader.quiz.sheet import sheet_for
from grader.report.markdown import reader

SECRETS = (
    "SOLUTION",
    "Solution of",
    "Rule of",
    "FEEDBACK",
    "RUBRIC",
    "MODEL",
    "oddkey",
    "takes-tanh",
    "0.4621171",
)
MARKUP = 'Ada #read("work.typ") $x$ *b* \\ `c` <d> @e'


@pytest.fixture(scope="module")
def press():
    return press_of("")


@pytest.fixture(scope="module")
def printed(press, every) -> dict[str, bytes]:
    sheet = every.sheet(name=MARKUP)
    return {
        "work": pdf.work_pdf(sheet.handout, press, "a4"),
        "letter": pdf.work_pdf(sheet.handout, press, "letter"),
        "key": pdf.key_pdf(sheet, press, "a4", "key"),
        "marking": pdf.key_pdf(sheet, press, "a4", "marking"),
    }


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def picture(data: bytes, page: int = 0, dpi: int = 150):
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=dpi / 72, grayscale=True).to_numpy().copy()
    finally:
        document.close()


def test_a_work_sheet_holds_nothing_of_its_keys(printed, every):
    assert next(iter(inspect.signature(pdf.work_pdf).parameters.values())).annotation is Handout
    given_to_typst = json.dumps(pdf.work_layout(every.sheet().handout, "a4"))
    shown = " ".join(pages(printed["work"])) + printed["work"].decode("latin-1")
    for word in SECRETS:
        assert word not in shown
        assert word not in given_to_typst
    keys = " ".join(pages(printed["key"]))
    for word in ("Solution of", "Rule of", "FEEDBACK-SIGMA", "RUBRIC-FAR", "MODEL-TEXT", "oddkey", "0.4621171"):
        assert word in keys


def test_every_question_is_there_with_its_options_and_words(printed, every):
    shown = " ".join(pages(printed["work"]))
    for number, posed in enumerate(every.sheet().posed, start=1):
        assert f"{number}. {posed.item.title}" in shown
    for words in (
        "What is the range of tanh",
        "zero-centred",
        "np.tanh(x)",
        "print(np.tanh(x).shape)",
        "4 digits",
    ):
        assert words in shown
    for words in ("c = f * c_prev + i * g", "lstm_cell(x, h_prev, c_prev, W, U, b)", "Which range is whose?"):
        assert words in shown


def test_each_page_says_whose_it_is_and_which(printed):
    shown = pages(printed["work"])
    for number, (page, words) in enumerate(zip(range(len(shown)), shown, strict=True), start=1):
        assert "Quiz: tanh & gating" in words
        assert f"Variant K7QF-2M9X page {number} of {len(shown)}" in words
        (code,) = zxingcpp.read_barcodes(picture(printed["work"], page))
        identity = Identity.read(code.text)
        assert (identity.assessment, identity.variant, identity.whole_id) == ("quiz", "K7QF-2M9X", "ada")
        assert (identity.page, identity.paper) == (number, "a4")


def test_a_name_is_never_taken_for_markup(printed):
    assert all(MARKUP in page for page in pages(printed["work"]))
    assert all(MARKUP in page for page in pages(printed["key"]))


@pytest.mark.parametrize("name", ["王小明", "محمد علي", "Zoë 🎉", "\u202eevil\x1b[31m\x00", "#" * 300, "\udcff"])
def test_any_name_can_be_printed(name, press, every):
    sheet = every.sheet(name=name, posed=every.sheet().posed[:1])
    assert len(pages(pdf.work_pdf(sheet.handout, press, "a4"))) == 1


def test_the_same_sheet_is_the_same_bytes_whatever_was_printed_before(printed, every):
    press_module._press.cache_clear()
    assert pdf.work_pdf(every.sheet(name=MARKUP).handout, press_of(""), "a4") == printed["work"]


def test_where_bubbles_are_does_not_depend_on_whose_sheet_it_is(press, every):
    one, other = every.sheet().handout, every.sheet(student="x" * 150, name="").handout
    data = pdf.work_layout(one, "a4")
    assert data == pdf.work_layout(other, "a4")
    assert pdf.identity_of(one, press, data).digest == pdf.identity_of(other, press, data).digest


def test_papers_have_their_size(printed):
    for name, size in (("work", (595, 842)), ("letter", (612, 792))):
        document = pypdfium2.PdfDocument(printed[name])
        assert tuple(round(side) for side in document[0].get_size()) == size
        document.close()


def test_sheets_are_accessible_and_say_no_date(printed):
    for name, data in printed.items():
        text = data.decode("latin-1")
        assert "<pdfuaid:part>1</pdfuaid:part>" in text, name
        assert "/Marked true" in text
        assert "<rdf:li>en</rdf:li>" in text
        assert "CreationDate" not in text
        assert "ModDate" not in text


def test_the_marking_sheet_has_a_box_for_the_points_of_each_part(printed):
    shown = " ".join(pages(printed["marking"]))
    assert shown.count(" of 1") >= 2  # a choice and its reason
    assert shown.count("of 2") >= 10
    assert "RUBRIC-SHRINKS" in shown
    assert "FEEDBACK" not in shown  # what wrong answers are told is not needed to mark


def test_a_question_longer_than_a_page_goes_on_on_the_next(press, every):
    posed = every.sheet().posed[0]
    options = tuple(Option(f"{n}", f"option number {n} of many " * 5) for n in range(80))
    item = replace(posed.item, forms=(Choose(options),))
    handout = Handout("quiz", "T", "", "K7QF-2M9X", (item,))
    shown = pages(pdf.work_pdf(handout, press, "letter"))
    assert len(shown) > 2
    assert all(f"option number {n} of many" in " ".join(shown) for n in range(80))


def test_a_formula_that_typst_cannot_read_is_shown_as_it_was_written(press, every):
    item = replace(every.sheet().posed[0].item, prompt="Well $\\nosuchthing{x}$ and $\\frac{1$ and $x_1 + 1$.")
    shown = " ".join(pages(pdf.work_pdf(Handout("q", "T", "", "K7QF-2M9X", (item,)), press, "a4")))
    assert "\\nosuchthing{x}" in shown
    assert "\\frac{1" in shown
    assert "x_1" not in shown


@pytest.mark.parametrize(
    ("latex", "typst"),
    [
        (r"\frac{x}{1 + |x|}", "x/(1 + lr(|x|))"),
        (r"|x| = 4 e^{-2|y|}", "lr(|x|) = 4 e^(-2 lr(|y|))"),
        (r"|\tanh(x)|", "lr(|tanh(x)|)"),
        ("P(a | b)", "P(a | b)"),
        ("a | b", "a | b"),
        ("||x| - 1|", "| | x | - 1 |"),
        ("|", "|"),
    ],
)
def test_a_size_stands_close_between_its_bars(press, latex, typst):
    assert typst_maths(latex) == typst
    assert press._is_formula(typst)


def test_typst_reads_every_formula_of_the_shipped_quiz(press):
    assessment = load_assessment(find_assessment("quiz"), None)
    formulas: set[str] = set()

    def look(latex, _):
        formulas.add(latex.strip())
        return ""

    for text in _texts(sheet_for(assessment, "ada", b"secret")):
        if "$" in text:
            reader(look).render(text)
    assert len(formulas) > 100
    assert [latex for latex in sorted(formulas) if not press._is_formula(typst_maths(latex) or "\\")] == []


def _texts(thing):
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from _texts(list(thing.values()))
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from _texts(one)
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from _texts(getattr(thing, name))
    elif hasattr(thing, "items"):
        yield from _texts(dict(thing))


@given(st.text(alphabet="abc #@\"{}()=/%;'", max_size=60))
def test_typsts_own_signs_reach_it_as_texts(words):
    ((what, nodes),) = blocks(f"x{words}")
    assert what == "p"
    assert "".join(nodes) == f"x{words}".rstrip()


def test_blanks_that_stand_in_no_line_are_asked_for_below():
    nodes, loose = with_blanks("It is ___ and $x =$ ___, $y = ___$.\n\n```\nreturn ___\n```", 4)
    assert loose == [3, 4]
    assert "③" in json.dumps(nodes, ensure_ascii=False)
    assert "④" in json.dumps(nodes, ensure_ascii=False)


@given(
    st.text(min_size=1, max_size=30), st.text(max_size=80), st.integers(1, 9999), st.sampled_from(["a4", "letter"])
)
def test_a_code_says_what_it_was_given(assessment, student, page, paper):
    marked = Identity.marked(student.encode("utf-8", "replace").decode())
    code = Identity(assessment.encode("utf-8", "replace").decode(), "K7QF-2M9X", page, paper, "0" * 8, marked)
    assert str(code).isascii()
    assert Identity.read(str(code)) == code
    if code.whole_id is not None:
        assert code.whole_id == student.encode("utf-8", "replace").decode()


def test_long_ids_are_told_apart_by_a_mark():
    one, other = Identity.marked("x" * 100 + "1"), Identity.marked("x" * 100 + "2")
    assert one != other
    assert max(len(one), len(other)) < 30
    assert Identity.read(f"gradegate1:q:K7QF-2M9X:1:a4:0:{one}").whole_id is None


@pytest.mark.parametrize(
    "text", ["", "gradegate1", "gradegate1:a:b:x:a4:0:s", "https://x", "gradegate1:a:b:1:a4:0"]
)
def test_other_codes_are_none_of_ours(text):
    assert Identity.read(text) is None


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["sheet", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def course(folder: Path) -> Path:
    quiz = folder / "quiz.yaml"
    quiz.write_text("title: T\nseed: s\nquestions:\n  - {id: tanh/range, points: 1}\n")
    return quiz


def test_the_command_prints_the_editions_side_by_side(tmp_path):
    quiz = course(tmp_path)
    for edition in ("work", "key", "marking"):
        run(str(quiz), "--student", "ada", "--format", "pdf", "--edition", edition, "-o", str(tmp_path / "out"))
    made = {file.name for file in (tmp_path / "out").iterdir()}
    assert made == {"ada.pdf", "ada.key.pdf", "ada.marking.pdf", "variants.csv"}


def test_a_course_has_templates_of_its_own_and_is_told_of_their_faults(tmp_path):
    quiz = course(tmp_path)
    own = tmp_path / "templates" / "sheet"
    own.mkdir(parents=True)
    (own / "key.typ").write_text('#import "/shipped/sheet/paper.typ": *\n#show: sheet\nOUR OWN KEY')
    arguments = (str(quiz), "--student", "ada", "--format", "pdf", "-o", str(tmp_path / "out"))
    run(*arguments, "--edition", "key")
    assert "OUR OWN KEY" in " ".join(pages((tmp_path / "out" / "ada.key.pdf").read_bytes()))
    (own / "work.typ").write_text("#nosuchthing")
    said = run(*arguments, code=2)
    assert said.startswith("grader: the template sheet/work.typ cannot be printed: unknown variable: nosuchthing")


def test_a_template_reads_no_file_beside_the_templates(tmp_path):
    quiz = course(tmp_path)
    own = tmp_path / "templates" / "sheet"
    own.mkdir(parents=True)
    (own / "work.typ").write_text('#read("../../../etc/hostname")')
    said = run(str(quiz), "--student", "ada", "--format", "pdf", "-o", str(tmp_path / "out"), code=2)
    assert "cannot be printed" in said


def test_shipped_templates_fetch_nothing():
    folder = Path(__file__).parents[2] / "templates" / "sheet"
    for file in folder.glob("*.typ"):
        assert set(re.findall(r'#import "([^"]+)"', file.read_text("utf-8"))) <= {"paper.typ", "answers.typ"}


def test_what_is_not_installed_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(press_module.importlib.util, "find_spec", lambda _: None)
    said = run(str(course(tmp_path)), "--student", "a", "--format", "pdf", "-o", str(tmp_path / "out"), code=2)
    assert said.startswith("grader: PDFs cannot be made: typst, tex2typst, segno not installed\n")
    assert 'pip install "gradegate[pdf]"' in said
    assert not (tmp_path / "out").exists()


def test_paper_is_for_what_is_printed(tmp_path):
    said = run(str(course(tmp_path)), "--student", "a", "--paper", "letter", "-o", str(tmp_path / "out"), code=2)
    assert "html is not for paper" in said


@pytest.mark.external
def test_poppler_reads_the_sheet(printed, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    for name, data in printed.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[
            2:
        ]
        assert len(fonts) >= 4
        assert all(re.search(r" yes +(yes|no) +yes +\d+ +0$", line) for line in fonts), "embedded, with Unicode"
        words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        assert "Variant K7QF-2M9X" in words.replace("\n", " ")
    shown = subprocess.run(
        ["pdftotext", tmp_path / "work.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("What is the range of tanh", "np.array([0.0, <2>])", "zero-centred", "Which range is whose?"):
        assert words in shown
    subprocess.run(["pdftoppm", "-r", "50", "-png", tmp_path / "work.pdf", tmp_path / "page"], check=True)
    assert len(list(tmp_path.glob("page-*.png"))) == len(pages(printed["work"]))
