"""The page for authors is enough: its example works as it stands, and it names every key."""

import re
from pathlib import Path

import numpy as np
import pytest
from flint import arb

from grader.audit.story import audit
from grader.audit.terminal import audit_text
from grader.bank.load import load_assessment
from grader.bank.schema import json_schema
from grader.errors import BankError
from grader.kinds.code.entry import Dtype, FormName
from grader.model.question import RuleKind
from grader.numerics.probes import PROBES

PAGE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text("utf-8")
WRITTEN = dict(re.findall(r"`([a-z0-9/.]+)`:\n\n```[a-z]+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
LATER = ("linear/misconceptions.py", "linear/right/loops.py")
FILES = {name: text for name, text in WRITTEN.items() if name not in LATER}


@pytest.fixture(name="copied")
def _copied(tmp_path, monkeypatch):
    """The files of the page, as an author would copy them into an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.usefixtures("copied")
def test_the_example_is_sound_and_validating_prints_what_the_page_shows():
    """The table of the page is the real one, but for the digits of a gap."""
    assert set(FILES) == {"linear/reference.py", "linear/bank.yaml", "week3.yaml"}
    assert same(audit_text(audit(Path("linear"), None))) == same(outputs()[0])


@pytest.mark.usefixtures("copied")
def test_an_author_who_follows_the_page_ends_with_a_bank_that_tells_the_mistake():
    """Step by step, with what the page shows: the entry, what slips through, what is proposed and pasted."""
    _, refused, mended = outputs()
    Path(LATER[0]).write_text(WRITTEN[LATER[0]], "utf-8")
    first = audit(Path("linear"), None)
    assert not first.soundness.is_sound
    assert same(audit_text(first)) == same(refused)
    [proposal] = first.proposals
    lines = Path("linear/bank.yaml").read_text("utf-8").split("\n")
    lines.insert(proposal.place.line, f"      {proposal.yaml()}")
    Path("linear/bank.yaml").write_text("\n".join(lines), "utf-8")
    second = audit(Path("linear"), None)
    assert second.soundness.is_sound
    assert same(audit_text(second, with_matrix=True)) == same(mended)
    Path(LATER[1]).parent.mkdir()
    Path(LATER[1]).write_text(WRITTEN[LATER[1]], "utf-8")
    assert [one.right for one in audit(Path("linear"), None).soundness.questions] == [1, 0]


def outputs():
    """Return what the page shows after each `grader validate linear`, in order."""
    found = re.findall(r"^    \$ grader validate linear.*\n((?:    (?!\$).*\n|\n)*)", PAGE, re.MULTILINE)
    return ["\n".join(line.removeprefix("    ") for line in one.rstrip("\n").split("\n")) for one in found]


def same(text):
    """Leave out how wide a column is, and the digits of a gap."""
    return re.sub(r"\d\.\d|\de-\d\d", "#", re.sub(" +", " ", text))


def test_the_assessment_picks_from_it_and_from_the_shipped_topics(copied):
    assessment = load_assessment(copied / "week3.yaml")
    assert [topic.name for topic in assessment.topics] == ["linear", "tanh"]
    assert assessment.max_score == 12.5


def test_the_mistake_of_the_page_is_told_as_the_page_says(copied):
    bank = copied / "linear" / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("share: 90,", "share: 90 %,"), "utf-8")
    with pytest.raises(BankError) as caught:
        load_assessment(Path("week3.yaml"))
    for line in str(caught.value).split("\n"):
        assert f"    {line}\n" in PAGE


def test_what_the_page_allows_in_a_reference_works_on_exact_numbers():
    x = np.array([arb(0.25), arb(0.5)], dtype=object)
    arguments = {"maximum": (x, 0), "where": (x < 0.3, x, 0), "concatenate": ([x, x],), "stack": ([x, x],)}
    bullet = PAGE.partition("- Use what works on both:")[2].partition("Do not convert")[0]
    names = re.findall(r"`np\.(\w+)`", bullet)
    assert len(names) > 12
    for name in names:
        result = np.asarray(getattr(np, name)(*arguments.get(name, (x,))))
        assert isinstance(result.ravel()[0], arb), name


def named(part):
    yield from part.get("properties", {})
    for inner in part.get("$defs", {}).values():
        yield from named(inner)


def test_the_page_names_every_key_and_every_word():
    """Also in examples and tables; a new field must be written about."""
    keys = {key for of in ("bank", "assessment") for key in named(json_schema(of))}
    words = {*FormName.__args__, *RuleKind, *PROBES, "dtype-kept", "accepted", "no-warnings"}
    marked = set(re.findall(r"[a-z0-9_-]+", " ".join(re.findall(r"`[^`\n]+`", PAGE))))
    assert keys | words <= marked
    assert "float64" in Dtype.__args__
