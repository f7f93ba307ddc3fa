"""A small topic with known mistakes and a right solution, free to be spoiled, and an audit of it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.audit.story import Audit, audit
from grader.bank.soundness import Finding, Severity

TOPICS = Path(__file__).parent / "topics"
NO_BIAS = "sizes: {N: 2, D: 3, H: 5}}", "sizes: {N: 2, D: 3, H: 5}, draws: {b: {values: [0, 0, 0, 0, 0]}}}"
NO_BIAS_EITHER = "sizes: {N: 4, D: 4, H: 4}}", "sizes: {N: 4, D: 4, H: 4}, draws: {b: {values: [0, 0, 0, 0]}}}"
POSITIVE = "{values: [-2, 0.5, 3]}", "{values: [2, 0.5, 3]}"
POSITIVE_TOO = "{normal: 2, shape: [20]}", "{uniform: [0, 3], shape: [20]}"
WORDS = 'says="s", think="t", look="l", fix="f"'


@dataclass(frozen=True)
class Lesson:
    """A topic's folder."""

    folder: Path

    def spoil(self, file: str, *changes: tuple[str, str]) -> None:
        """Replace texts, wherever they stand."""
        path = self.folder / file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def add_mistake(self, code: str, replaces: str, more: str = "") -> int:
        """Write one more mistake, and return the line it begins on."""
        path = self.folder / "misconceptions.py"
        text = path.read_text("utf-8") + "\n\n"
        path.write_text(f'{text}@mistake(replaces="{replaces}", {WORDS}{more})\n{code}\n', "utf-8")
        return text.count("\n") + 1

    def audit(self, cache: Path | None = None) -> Audit:
        """Validate it."""
        return audit(self.folder, cache)

    def errors(self) -> list[Finding]:
        """Return what makes it unfit."""
        return [one for one in self.audit().soundness.findings if one.severity is Severity.ERROR]


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return Lesson(Path(shutil.copytree(TOPICS / "layer", tmp_path / "layer")))


@pytest.fixture
def without_bias(lesson: Lesson) -> Lesson:
    """Its cases have no bias, so that forgetting it goes unnoticed."""
    lesson.spoil("bank.yaml", NO_BIAS, NO_BIAS_EITHER)
    return lesson


@pytest.fixture
def positive_only(lesson: Lesson) -> Lesson:
    """Its cases of one number have no negative one."""
    lesson.spoil("bank.yaml", POSITIVE, POSITIVE_TOO)
    return lesson


Paste = Callable[[Path, Audit], None]


@pytest.fixture
def paste() -> Paste:
    """Do with every proposal what it says: add the case, and name it in the checks that list theirs."""

    def do(bank: Path, found: Audit) -> None:
        lines = bank.read_text("utf-8").split("\n")
        for one in sorted(found.proposals, key=lambda one: -one.place.line):
            at = one.place.line - 1
            assert lines[at].strip() == "cases:"
            lines.insert(at + 1, "      " + one.yaml())
            for name in one.checks:
                check = max(k for k in range(at) if f"name: {name}," in lines[k])
                assert "cases: [" in lines[check]
                lines[check] = lines[check].replace("cases: [", f"cases: [{one.case.name}, ")
        bank.write_text("\n".join(lines), "utf-8")

    return do
