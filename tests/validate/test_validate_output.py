"""What `grader validate` shows: a table at any width, JSON, a page, and an exit code that a script can use."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.audit.page import audit_page
from grader.audit.terminal import audit_text

ROOT = Path(__file__).parents[2]


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "grader", "validate", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_bank_that_a_mistake_slips_through_exits_with_1_and_says_which(without_bias, tmp_path):
    page = tmp_path / "matrix.html"
    done = run(without_bias.folder, "--matrix", "--html", page)
    assert done.returncode == 1
    assert done.stderr == ""
    assert (
        f"{without_bias.folder / 'misconceptions.py'}:8:1: error: the known mistake `bias-forgotten`"
        in done.stdout
    )
    assert "slips through" in page.read_text("utf-8")


def test_a_sound_bank_exits_with_0_and_json_holds_the_matrix(lesson):
    done = run(lesson.folder, "--json", "--pairs")
    assert done.returncode == 0
    [found] = json.loads(done.stdout)
    assert found["sound"] is True
    layer, half, even = found["matrices"]
    assert layer["checks"] == ["values", "arguments"]
    assert layer["cases"] == [{"name": name, "tells": 3, "alone": 0} for name in ("all-differ", "square")]
    assert layer["mistakes"][0] == {
        "id": "bias-forgotten",
        "says": "The bias is forgotten.",
        "kind": "maths",
        "file": str(lesson.folder / "misconceptions.py"),
        "line": 8,
        "fate": "caught",
        "checks": {"values": "tells", "arguments": "not judged"},
        "cases": ["all-differ", "square"],
    }
    assert [one["fate"] for one in even["mistakes"]] == ["harmless", "caught"]
    assert found["pairs"][0]["pairs"] == 3
    assert found["right_solutions"][0]["questions"] == ["layer/layer", "layer/half", "layer/even"]
    assert half["mistakes"][0]["kind"] == "maths"


def test_json_holds_the_proposals(without_bias):
    found = without_bias.audit().to_json()
    [proposal] = found["proposals"]
    assert proposal["question"] == "layer/layer"
    assert proposal["case"].startswith("- {name: told-apart, ")
    assert (proposal["line"], proposal["column"]) == (19, 5)
    json.dumps(found, allow_nan=False)


def test_an_unknown_path_exits_with_2(tmp_path):
    done = run(tmp_path / "nowhere")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_tables_fit_the_terminal(lesson, width):
    """Sentences may be wrapped by the terminal; tables are laid out for it."""
    text = audit_text(lesson.audit(), width, with_matrix=True)
    said = ("x  ", ".  ", "-  ", "Behind", "/")
    lines = [line for line in text.split("\n") if not line.startswith(said) and "known mistakes:" not in line]
    assert max(map(len, lines)) <= width
    for name in ("bias-forgotten", "half-negated", "harmless", "layer/even", "sound"):
        assert name in text


def test_without_a_terminal_it_is_a_table(lesson):
    lines = audit_text(lesson.audit(), None, with_matrix=True).split("\n")
    assert "  bias-forgotten            x       -          2 of 2" in lines
    assert "                            values  arguments  cases" in lines
    assert "  half-negated    .       harmless" in lines
    assert "  case all-differ  tells 3" in lines


def test_where_a_terminal_is_narrow_each_mistake_stands_by_itself(lesson):
    text = audit_text(lesson.audit(), 40, with_matrix=True)
    assert "  bias-forgotten\n    x values\n    - arguments\n    2 of 2\n" in text


class Texts(HTMLParser):
    """The texts of a page, by the element that they stand in."""

    def __init__(self):
        super().__init__()
        self.found, self._open = [], []

    def handle_starttag(self, tag, attrs):
        """Remember the element, and how it is called where it is a picture."""
        self._open.append(tag)
        self.found += [("label", value) for name, value in attrs if name == "aria-label"]

    def handle_data(self, data):
        """Keep a text."""
        if data.strip() and self._open:
            self.found.append((self._open[-1], data.strip()))


def test_the_page_holds_every_mistake_and_escapes_what_authors_write(lesson):
    lesson.add_mistake("def half_and_one(x):\n    return x / 2 + 1", "half")
    lesson.spoil("misconceptions.py", ('says="The sign is wrong."', 'says="<b>The sign</b> & `x` is wrong."'))
    page = "".join(audit_page([lesson.audit()]))
    assert "&lt;b&gt;The sign&lt;/b&gt; &amp; <code>x</code> is wrong." in page
    texts = Texts()
    texts.feed(page)
    for row in [row for matrix in lesson.audit().matrices for row in matrix.rows]:
        assert ("code", row.mistake.id) in texts.found
    assert ("h1", "Sound") in texts.found
    assert ("label", "tells") in texts.found
    assert "<script" not in page


@pytest.mark.slow
def test_the_shipped_homework_tells_every_known_mistake():
    """None slips through, none is alike undeclared, every right solution gets full marks."""
    from grader.audit.story import audit
    from grader.files import default_cache

    found = audit(None, default_cache())
    assert found.soundness.is_sound, found.soundness.text()
    assert found.soundness.findings == ()
    assert sum(len(one.rows) for one in found.matrices) > 900
    assert all(one.caught == one.mistakes - one.harmless for one in found.soundness.questions)
    assert all(one.right >= 2 for one in found.soundness.questions)
    harmless = {
        (one.question.function, row.mistake.id) for one in found.matrices for row in one.rows if not row.cases
    }
    assert {name for name, _ in harmless} <= {"tanh_grad", "sigmoid_grad"}
