"""Sheets as Markdown say to students what is asked, and nothing of what is right."""

import re
from dataclasses import replace

from grader.export.markdown import WRITER, key_text, work_text
from grader.export.writer import Order


def test_a_student_finds_every_question_with_its_points_and_options(every):
    text = work_text(every.sheet().handout)
    assert text.startswith("# Quiz: tanh & gating\n\nName: Ada <Lovelace>  \nVariant: `K7QF-2M9X`\n")
    assert len(re.findall(r"^## \d+\. .* \(2 points\)$", text, re.MULTILINE)) == len(every.sheet().posed)
    assert "- **B**  $(-1, 1)$, *open*\n" in text
    assert "- **D**  ```python\n  np.tanh(x)\n  ```\n" in text
    assert "```python\nimport numpy as np\n" in text
    assert "- **C**  `    h = o * np.tanh(c)`\n" in text
    assert "Answer (4 digits): \\_" in text


def test_nothing_of_the_keys_is_in_a_students_file(every):
    text = work_text(every.sheet().handout)
    assert not re.search("FEEDBACK|RUBRIC|MODEL|Solution|Rule of|oddkey|uneven|0\\.46211|takes-tanh", text)


def test_a_key_has_what_is_right_and_why(every):
    text = key_text(every.sheet())
    for words in (
        "**B**", "**A, C, D**", "**0.4621171**", "**oddkey or uneven; 0.0; tanh(1x)**", "**1: B, 2: A, 3: C**",
        "RUBRIC-SHRINKS", "MODEL-TEXT", "Solution of range", "Rule of half.",
    ):  # fmt: skip
        assert words in text


def test_code_with_fences_in_it_is_fenced_by_longer_ones(every):
    posed = every.posed["tanh/prints"]
    changed = replace(posed, item=replace(posed.item, code='"""\n```\n"""'))
    assert '````python\n"""\n```\n"""\n````' in work_text(every.sheet(posed=(changed,)).handout)


def test_plots_lie_beside_the_sheets_that_show_them(every):
    files = {file.name: file.data for file in WRITER.files(Order(iter([("ada", every.sheet())]), "work"))}
    (shown,) = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", files["ada.md"].decode())
    assert set(files) == {"ada.md", shown}
    assert files[shown].startswith(b"<svg xmlns=")
    (key,) = WRITER.files(Order(iter([("ada", every.sheet())]), "key"))
    assert key.name == "ada.key.md"
