"""What the documents promise is there: commands, targets, files; and CI runs the README's own test line."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
COMMANDS = re.compile(r"(?:^\s*(?:\$ )?|`)grader ([a-z]+)", re.MULTILINE)
TARGETS = re.compile(r"(?:^\s*(?:\$ )?|`)make ([a-z]+)", re.MULTILINE)
LINKS = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def grader(*arguments: str) -> str:
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60).stdout


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """List the commands that `grader --help` shows."""
    return re.findall(r"^  ([a-z]+)  ", grader("--help").partition("Commands:")[2], re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_what_is_there(document: Path, commands: list[str]) -> None:
    text = document.read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(COMMANDS.findall(text)) <= set(commands)
    assert set(TARGETS.findall(text)) <= set(targets)
    broken = [link for link in LINKS.findall(text) if not (document.parent / link).exists()]
    assert not broken


def test_every_command_is_in_the_readme_and_shows_an_example(commands: list[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(commands) >= 5
    for command in commands:
        assert f"grader {command}" in readme, f"`grader {command}` is not in the README"
        shown = grader(command, "--help")
        assert f"Example:\n    grader {command}" in shown, f"`grader {command} --help` has no example"


def test_ci_runs_the_readme_s_own_test_line() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = re.findall(r"^    (make \w+)$", readme, re.MULTILINE)
    assert lines == ["make demo", "make test"], "the first screen shows these two lines"
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.search(r"^GRADEGATE_REQUIRE_EXTERNAL=1 make test$", script, re.MULTILINE)


def test_the_changelog_has_the_version() -> None:
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\n## {version} " in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert version in grader("--version")


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    for decision in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        title = decision.read_text("utf-8").partition("\n")[0].partition(". ")[2]
        assert f"({decision.name}) | {title} |" in index, f"{decision.name} is not in the index with its title"
