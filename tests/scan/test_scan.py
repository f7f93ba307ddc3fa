"""Filled sheets, scanned: the plain is read, the rest is listed for a person; nothing is guessed or lost."""

import csv
import importlib.util
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from grader.answers.table import read_table
from grader.cli import main
from grader.scan import flatten


@pytest.fixture
def scan(quiz, tmp_path):
    """Run the command; return what it says, the table and the list."""

    def go(*paths: Path, code: int = 0, more: tuple[str, ...] = ()):
        out = tmp_path / "out" / "answers.csv"
        arguments = ["scan", *map(str, paths), "-a", str(quiz), "-o", str(out), "-j", "1", *more]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == code, result.output
        return result.output, rows(out), rows(out.with_name("scan-list.csv"))

    return go


def rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def answers(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in ("student", "variant")}


def test_filled_sheets_are_read_as_they_were_filled(scan, blank, scans, paper):
    said, table, notes = scan(scans(blank("ada").filled()))
    assert [(row["student"], answers(row)) for row in table] == [("ada", paper.cells)]
    assert notes == []
    assert said.endswith("1 sheet in " + str(Path(said.split(" in ")[-1].strip())) + "\n")


def test_the_table_is_one_that_grading_reads(scan, blank, scans, paper, tmp_path):
    scan(scans(blank("ada").filled()))
    table = read_table(tmp_path / "out" / "answers.csv", list(paper.cells))
    (handed_in,) = table.students["ada"].answers
    assert table.remarks == ()
    assert handed_in.variant == blank("ada").variant
    assert dict(handed_in.responses) == {
        paper.single: "B", paper.several: "A C F", paper.reason: "A", paper.order: "C A E B D",
        paper.pairs: {"1": "B", "2": "A", "3": "D", "4": "C"},
    }  # fmt: skip


@pytest.mark.parametrize(("turn", "seed"), [(4.0, 1), (-7.0, 2)])
def test_askew_blurred_badly_lit_photographs_give_the_same_answers(turn, seed, scan, blank, scans, paper):
    pages = [paper.spoil(page, seed + n, turn) for n, page in enumerate(blank("ada").filled())]
    _, table, notes = scan(scans(pages, suffix=".jpg"))
    assert [answers(row) for row in table] == [paper.cells]
    assert notes == []


def test_pages_upside_down_and_on_their_side_are_read(scan, blank, scans, paper):
    ways = (cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE)
    pages = [cv2.rotate(page, ways[n % 3]) for n, page in enumerate(blank("ada").filled())]
    _, table, notes = scan(scans(pages))
    assert [answers(row) for row in table] == [paper.cells]
    assert notes == []


def test_us_letter_is_read(scan, blank, scans, paper):
    _, table, notes = scan(scans(blank("lee", "letter").filled()))
    assert [answers(row) for row in table] == [paper.cells]
    assert notes == []


def test_an_empty_sheet_in_the_pdf_itself_is_read_as_no_answers(scan, blank, tmp_path, paper):
    file = tmp_path / "ada.pdf"
    file.write_bytes(blank("ada").data)
    _, table, notes = scan(file)
    assert [answers(row) for row in table] == [dict.fromkeys(paper.cells, "")]
    assert [note["what"] for note in notes] == ["mark"] * 0


def test_a_tiff_of_all_pages_is_read(scan, blank, tmp_path, paper):
    file = tmp_path / "all.tif"
    assert cv2.imwritemulti(str(file), blank("ada").filled())
    _, table, _ = scan(file)
    assert [answers(row) for row in table] == [paper.cells]


def half(page, x, y, scale):
    cv2.ellipse(page, (x, y), (round(1.8 * scale),) * 2, 0, 90, 270, 60, -1)


def faint(page, x, y, scale):
    cv2.circle(page, (x, y), round(1.7 * scale), 190, -1)


def cross_out(page, x, y, scale):
    cv2.circle(page, (x, y), round(1.8 * scale), 60, -1)
    for way in (1, -1):
        reach = round(3.2 * scale)
        cv2.line(page, (x - reach, y - way * reach), (x + reach, y + way * reach), 40, 5)


def tick(page, x, y, _):
    points = np.array([(x - 10, y - 2), (x - 3, y + 9), (x + 12, y - 12)], np.int32)
    cv2.polylines(page, [points], isClosed=False, color=40, thickness=4)


@pytest.mark.parametrize(
    ("draw", "words"),
    [(half, "partly filled"), (faint, "filled faintly"), (cross_out, "crossed out"), (tick, "partly filled")],
)
def test_a_mark_that_is_not_plain_is_listed_and_its_cell_is_empty(draw, words, scan, blank, scans, paper):
    sheet = blank("ada")
    pages = sheet.filled({**paper.chosen, (paper.single, 0, ""): ""})
    page, x, y = sheet.at(paper.single, "C")
    draw(pages[page], x, y, paper.scale)
    said, table, notes = scan(scans(pages), code=1)
    assert answers(table[0]) == {**paper.cells, paper.single: ""}
    (note,) = notes
    assert (note["what"], note["student"], note["question"]) == ("mark", "ada", paper.single)
    assert note["says"] == f"C is {words}"
    assert note["page"].endswith(f"page-{page + 1}.png, page 1")
    assert "1 mark unsure" in said


def test_two_marks_in_a_single_choice_are_not_decided(scan, blank, scans, paper):
    pages = blank("ada").filled({**paper.chosen, (paper.single, 0, ""): "BD"})
    _, table, (note,) = scan(scans(pages), code=1)
    assert answers(table[0]) == {**paper.cells, paper.single: ""}
    assert note["says"] == "B and D are marked"


def test_an_order_with_a_letter_twice_or_a_place_free_is_not_decided(scan, blank, scans, paper):
    twice = blank("ada").filled({**paper.chosen, (paper.order, 0, "2"): "C"})
    _, table, (note,) = scan(scans(twice), code=1)
    assert answers(table[0]) == {**paper.cells, paper.order: ""}
    assert note["says"] == "C is marked for two places"
    free = blank("ada").filled({**paper.chosen, (paper.order, 0, "2"): ""})
    _, table, (note,) = scan(scans(free), code=1)
    assert answers(table[0]) == {**paper.cells, paper.order: ""}
    assert note["says"] == "1 of 5 places have no mark"


def test_of_pairs_the_sure_ones_are_kept(scan, blank, scans, paper):
    pages = blank("ada").filled({**paper.chosen, (paper.pairs, 0, "2"): "AE"})
    _, table, (note,) = scan(scans(pages), code=1)
    assert json.loads(table[0][paper.pairs]) == {"1": "B", "3": "D", "4": "C"}
    assert note["says"] == "in row 2, A and E are marked"


def test_what_is_written_is_shown_for_a_person_to_type(scan, blank, scans, paper, tmp_path):
    sheet = blank("ada")
    pages = sheet.filled()
    for question, words in ((paper.number, "0.6640"), (paper.reason, "It is below 1"), (paper.blanks, "odd")):
        page, x, y = sheet.place(question)
        if question == paper.reason:
            y -= round(26 * paper.scale)
        cv2.putText(pages[page], words, (x, y), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.2, 70, 2)
    _, table, notes = scan(scans(pages))
    assert answers(table[0]) == paper.cells
    assert [(note["what"], note["question"]) for note in notes] == [
        ("written", paper.reason), ("written", paper.number), ("written", paper.blanks),
    ]  # fmt: skip
    assert [note["type_in"] for note in notes] == [
        '{"choice": "A", "reason": "..."}', "", '["...", "...", "..."]',
    ]  # fmt: skip
    page = (tmp_path / "out" / "scan.html").read_text("utf-8")
    assert page.count("data:image/webp;base64,UklGR") == 1 + 1 + 3


def test_pages_missing_and_twice_are_told(scan, blank, scans, paper):
    pages = blank("ada").filled()
    others = blank("ada").filled({**paper.chosen, (paper.single, 0, ""): "C"})
    page, *_ = blank("ada").at(paper.single, "B")
    scans([pages[page], pages[page]])
    _, table, notes = scan(scans([others[page]], name="other"), code=1)
    says = [note["says"] for note in notes]
    assert any(words.startswith(f"of {len(pages)} pages there is no page ") for words in says)
    assert any(words.startswith(f"page {page + 1} is there 3 times: ") for words in says)
    assert "B is read differently in two scans, C is read differently in two scans" in says
    assert table[0][paper.single] == ""
    assert table[0][paper.several] in ("", paper.cells[paper.several])


def test_what_cannot_be_read_is_listed_with_the_reason(scan, blank, scans, paper, tmp_path):
    first, *others = blank("ada").filled()
    hidden_code, hidden_mark = first.copy(), first.copy()
    hidden_code[:300, 1200:1560] = 255
    hidden_mark[-200:, :200] = 255
    folder = scans([hidden_code, hidden_mark, *others])
    (folder / "z-broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    (folder / "z-broken.pdf").write_bytes(b"%PDF-1.7 no document")
    (folder / "z-empty.png").write_bytes(b"")
    (folder / "z-white.png").write_bytes(cv2.imencode(".png", np.full((500, 400), 255, np.uint8))[1].tobytes())
    for name, shape in (("z-dot.png", (1, 1)), ("z-line.png", (900, 1))):
        (folder / name).write_bytes(cv2.imencode(".png", np.zeros(shape, np.uint8))[1].tobytes())
    _, table, notes = scan(folder, code=1)
    assert answers(table[0])[paper.single] == ""
    says = {Path(note["page"].partition(",")[0]).name: note["says"] for note in notes if note["what"] == "page"}
    assert says["page-1.png"] == "no code of a sheet can be read on it"
    assert says["page-2.png"].startswith("page 1 of a sheet: its corner marks cannot be found")
    assert says["z-line.png"] == "the picture is too small for a page: 1 by 900 pixels"
    assert set(says) == {"page-1.png", "page-2.png"} | {file.name for file in folder.glob("z-*")}
    assert (tmp_path / "out" / "scan.html").read_text("utf-8").count("<img") == 3


def test_what_opencv_fails_on_costs_that_page_only(scan, blank, scans, monkeypatch):
    """Such as a picture that it cannot bend straight."""
    straight = flatten.flat

    def flat(picture, seen, plan):
        return cv2.resize(picture, (0, 0)) if seen.identity.page == 1 else straight(picture, seen, plan)

    monkeypatch.setattr("grader.scan.leaf.flat", flat)
    _, table, notes = scan(scans(blank("ada").filled()), code=1)
    [note] = [note for note in notes if note["what"] == "page"]
    assert "it cannot be read as a page: " in note["says"]
    assert [cell for cell in answers(table[0]).values() if cell]


def test_sheets_of_another_assessment_or_of_other_questions_are_not_read(scan, blank, scans, quiz, tmp_path):
    folder = scans(blank("ada").filled()[:1])
    other = tmp_path / "other.yaml"
    other.write_text(quiz.read_text())
    said, table, (note,) = scan(folder, code=1, more=("-a", str(other)))
    assert table == []
    assert "the sheet is of the assessment 'quiz', not of 'other'" in note["says"]
    changed = tmp_path / "changed" / "quiz.yaml"
    changed.parent.mkdir()
    changed.write_text(quiz.read_text().replace("seed: scans", "seed: another"))
    said, table, (note,) = scan(folder, code=1, more=("-a", str(changed)))
    assert table == []
    assert "have changed since the sheet was printed" in note["says"]
    assert "1 page not read" in said


def test_the_roster_orders_the_rows_and_tells_who_is_missing(scan, blank, scans, tmp_path):
    scans(blank("ada").filled(), name="a")
    folder = scans(blank("bob").filled(), name="b")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,name\ncyd,C\nbob,B\n")
    _, table, notes = scan(folder, code=1, more=("--roster", str(roster)))
    assert [row["student"] for row in table] == ["bob", "ada"]
    assert [(note["student"], note["says"]) for note in notes] == [
        ("ada", "the student is not in the roster"),
        ("cyd", "no page of this student's sheet was found"),
    ]


def test_an_id_that_no_roster_vouches_for_is_no_formula_in_a_spreadsheet(scan, blank, scans):
    _, table, _ = scan(scans(blank("=1+1").filled()[:1]), code=1)
    assert table[0]["student"] == "'=1+1"


def test_an_id_begins_no_second_cell_where_spreadsheets_cut_at_semicolons(scan, blank, scans, tmp_path):
    scan(scans(blank("x;=1+1").filled()[:1]), code=1)
    for name in ("answers.csv", "scan-list.csv"):
        text = (tmp_path / "out" / name).read_text("utf-8")
        assert '"x;=1+1"' in text
        assert text.count("x;=1+1") == text.count('"x;=1+1"')


def test_an_older_table_is_kept(scan, blank, scans, tmp_path):
    folder = scans(blank("ada").filled())
    scan(folder)
    table = tmp_path / "out" / "answers.csv"
    first = table.read_text()
    said, *_ = scan(folder)
    assert "the older" not in said
    table.write_text(first.replace(",B,", ",C,") + "typed,by,hand\n")
    said, *_ = scan(folder)
    assert "the older answers.csv is now" in said
    assert table.read_text() == first
    assert "typed,by,hand" in (tmp_path / "out" / "answers.before-1.csv").read_text()


def test_several_processes_read_the_same(scan, blank, scans, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.scan.story.CHUNK", 1)
    folder = scans(blank("ada").filled())
    scan(folder)
    first = {name: (tmp_path / "out" / name).read_bytes() for name in ("answers.csv", "scan.html")}
    scan(folder, more=("-j", "2"))
    assert {name: (tmp_path / "out" / name).read_bytes() for name in first} == first


@pytest.mark.parametrize(
    ("path", "words"),
    [("none.pdf", "there is no scan"), ("quiz.yaml", "is no scan"), ("empty", "there are no scans in")],
)
def test_what_is_no_scan_is_told_in_one_sentence(path, words, scan, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "quiz.yaml").write_text("")
    said, *_ = scan(tmp_path / path, code=2)
    assert said.startswith("grader: ")
    assert words in said
    assert not (tmp_path / "out").exists()


def test_what_is_not_installed_is_told_with_what_to_do(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    said, *_ = scan(tmp_path, code=2)
    assert said.startswith(
        "grader: scans cannot be read: opencv-python-headless, zxing-cpp, pypdfium2 not installed\n"
    )
    assert 'pip install "gradegate[scan]"' in said
