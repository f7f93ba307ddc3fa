"""The README shows real output: what stands between its markers is what the command prints.

Which isolation there is depends on the machine, so its name is left out of the comparison.
"""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
LEVEL = re.compile(r"([Ii]solation[a-z ]*:)\s+[a-z+]+")


def run(*arguments: str) -> str:
    environment = {**os.environ, "COLUMNS": "96", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "grader", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment, timeout=300
    )
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip("\n").splitlines())


def hold(name: str, output: str, file: Path = README) -> None:
    """Compare what a document shows under a marker; GRADEGATE_REWRITE=1 writes it instead."""
    block = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    readme = file.read_text("utf-8")
    assert len(block.findall(readme)) == 1
    wanted = "\n" + textwrap.indent(output, "    ") + "\n\n"
    if os.environ.get("GRADEGATE_REWRITE"):
        file.write_text(block.sub(lambda _: wanted, readme), "utf-8")
        return
    assert LEVEL.sub(r"\1-", block.findall(readme)[0]) == LEVEL.sub(r"\1-", wanted)


def test_the_readme_shows_what_a_student_reads() -> None:
    asked = ("check", "submissions/tobias_brandt", "-q", "sigmoid_grad", "--hints", "correction")
    hold("check", f"$ grader {' '.join(asked)}\n{run(*asked)}")


@pytest.mark.external
@pytest.mark.usefixtures("sealed")
@pytest.mark.slow
def test_the_readme_shows_what_grading_prints(tmp_path: Path) -> None:
    output = run("grade", "submissions", "--out", str(tmp_path / "results"))
    hold("demo", output.replace(str(tmp_path) + "/", ""))


def test_the_guide_to_quizzes_shows_what_marking_prints(tmp_path: Path) -> None:
    output = run("grade", "submissions", "-a", "questions/quiz.yaml", "--out", str(tmp_path / "results"))
    shown = "$ grader grade submissions -a questions/quiz.yaml\n" + output.replace(str(tmp_path) + "/", "")
    hold("quiz", shown, ROOT / "docs" / "quizzes.md")
