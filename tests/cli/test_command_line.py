"""The command line: help that runs, exit codes, words instead of tracebacks, data on stdout."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from grader.assessment.cases import draw
from grader.bank.load import load_assessment
from grader.cli import main
from grader.errors import InterruptedRunError

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "tests" / "pipeline" / "activations.txt").read_text()


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the examples expect it: a class, a student's file, an assessment."""
    for name in ("ann", "bob"):
        (tmp_path / "submissions" / name).mkdir(parents=True)
        (tmp_path / "submissions" / name / "activations.py").write_text(RIGHT)
    (tmp_path / "lstm.py").write_text("def lstm_cell(x, h_prev, c_prev, W, U, b):\n    return x\n")
    (tmp_path / "activations.py").write_text(RIGHT)
    (tmp_path / "questions").mkdir()
    text = "title: Small\nseed: s\nquestions:\n  - {id: tanh/tanh, points: 3}\n"
    (tmp_path / "questions" / "homework.yaml").write_text(text)
    (tmp_path / "questions" / "quiz.yaml").write_text(text.replace("tanh/tanh", "tanh/range"))
    (tmp_path / "roster.csv").write_text("student,name\nann,Ann\nbob,Bob\n")
    return tmp_path


def examples() -> list[tuple[str, str]]:
    """Return (command, its example) as the help has them."""
    found = []
    for name, command in main.commands.items():
        text = command.help or ""
        found += [(name, line.strip()) for line in text.splitlines() if line.strip().startswith("grader ")]
    return found


def test_every_command_has_an_example():
    assert {name for name, _ in examples()} == set(main.commands)


@pytest.mark.parametrize(("name", "example"), examples())
def test_the_example_of_every_command_runs(name, example, folder):
    """Each example is run as it stands; only a check of an unfinished file ends with 1, as it says."""
    command, _, target = example.removeprefix("grader ").partition(" > ")
    if name == "propose":  # it reads what grading wrote, of students who are wrong alike
        for file in (folder / "submissions").glob("*/activations.py"):
            file.write_text(RIGHT.replace("np.tanh(x)\n", "1.25 * np.tanh(x)\n"))
        assert run("grade", "submissions", "--out", "results", cwd=folder).returncode == 0
    if name == "scan":  # sheets that were handed in empty
        sheets = "sheet questions/quiz.yaml --roster roster.csv --format pdf -o scans"
        assert run(*sheets.split(), cwd=folder).returncode == 0
        (folder / "scans" / "variants.csv").unlink()
    if name == "review":  # it reads what grading wrote; here nothing is to be marked, which it says
        assert run("grade", "submissions", "--out", "results", cwd=folder).returncode == 0
    done = run(*command.split(), cwd=folder)
    assert done.returncode == (1 if name == "check" else 0), done.stderr
    assert done.stdout or name in {"grade", "sheet", "scan", "review"}
    if target:
        json.loads(done.stdout)


@pytest.mark.parametrize("name", ["", *main.commands])
def test_help_fits_a_narrow_terminal_and_names_every_option(name, folder):
    done = run(*filter(None, [name]), "--help", cwd=folder, COLUMNS="60")
    assert done.returncode == 0
    command = main.commands[name] if name else main
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert max(parameter.opts, key=len) in done.stdout


def test_a_wrong_use_exits_with_2_and_one_sentence(folder):
    wrong = (
        "grade", "grade nowhere", "check nowhere.py", "check activations.py -q x", "validate nowhere.yaml",
        "grade submissions -a nowhere.yaml", "nonsense", "check questions/homework.yaml", "schema nothing",
        "check activations.py -a questions/quiz.yaml", "grade submissions --answers nowhere.csv",
    )  # fmt: skip
    for arguments in map(str.split, wrong):
        done = run(*arguments, cwd=folder)
        assert done.returncode == 2, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert not done.stdout


def test_debug_shows_the_traceback(folder):
    assert "Traceback" in run("--debug", "grade", "nowhere", cwd=folder).stderr


def test_check_prints_no_colour_where_nobody_wants_it(folder):
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        done = run("check", "lstm.py", cwd=folder, **environment)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout + done.stderr


def test_check_says_that_only_public_cases_were_run(folder):
    done = run("check", "activations.py", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"public", done.stdout)


def test_check_takes_a_question_by_its_short_name(folder):
    (folder / "activations.py").write_text(RIGHT.replace("np.maximum(x, 0)", "abs(x)"))
    assert run("check", "activations.py", "-q", "tanh", cwd=folder).returncode == 0
    assert run("check", "activations.py", "-q", "tanh/relu", cwd=folder).returncode == 1


def test_checking_code_again_imports_only_what_code_needs(folder):
    """A student waits for each import: exact numbers, shapes of banks, quizzes, classes are left out."""
    program = (
        "import atexit, sys; from grader.cli import main\n"
        "slow = {'flint', 'pydantic', 'jinja2', 'markdown_it', 'grader.pipeline', 'grader.quiz.marking'}\n"
        "atexit.register(lambda: print(sorted(slow & set(sys.modules)), file=sys.stderr))\n"
        "main(['check', 'activations.py'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")}
    again = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stderr.splitlines()[-1]
        for _ in range(2)
    ]
    assert again == ["['flint', 'pydantic']", "[]"]


def test_check_as_json_follows_the_contract(folder):
    done = run("check", "activations.py", "-q", "relu", "--json", cwd=folder)
    question = json.loads(done.stdout)["questions"][0]
    assert (question["id"], question["status"]) == ("tanh/relu", "passed")


SPY = """

PUBLIC = {public}
_tanh = tanh


def tanh(x):
    if np.asarray(x, float).tobytes().hex() not in PUBLIC:
        raise ValueError("this input is not public")
    return _tanh(x)
"""


def test_check_never_runs_a_hidden_case(folder):
    """A function that answers public inputs only is right for check, and wrong for who grades it."""
    homework = folder / "questions" / "homework.yaml"
    assessment = load_assessment(homework)
    (question,) = (item.question for item in assessment.items)
    drawn = [draw(question, case, assessment.seed) for case in question.cases if case.public]
    public = {argument.value.astype(float).tobytes().hex() for (argument,) in drawn}
    spy = RIGHT + SPY.format(public=public)
    (folder / "activations.py").write_text(spy)
    checked = run("check", "activations.py", "-a", str(homework), "--json", cwd=folder)
    assert [one["status"] for one in json.loads(checked.stdout)["questions"]] == ["passed"], checked.stdout

    (folder / "submissions" / "ann" / "activations.py").write_text(spy)
    run("grade", "submissions", "-a", str(homework), "-o", "out", cwd=folder)
    ann, _ = json.loads((folder / "out" / "results.json").read_text())["students"]
    assert [one["status"] for one in ann["questions"]] != ["passed"], (
        "the file tells no hidden input from a public one"
    )


def test_a_submission_cannot_write_to_the_terminal(folder):
    """Escape sequences of a student reach the terminal as text."""
    (folder / "activations.py").write_text("def tanh(x):\n    raise ValueError('\\x1b]0;owned\\x07\\x1b[2J')\n")
    done = run("check", "activations.py", cwd=folder)
    assert "\x1b]0" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.parametrize("way", ["module", "script"])
def test_ctrl_c_while_it_is_being_imported_ends_it_quietly(tmp_path, way):
    """As it ends an hour later: with a word and 130, by the module and by the installed command."""
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's background job ignores it
    pressed = f"import os, signal\n{heard}\nos.kill(os.getpid(), signal.SIGINT)\nsignal.pause()\n"
    (tmp_path / "click.py").write_text(pressed)  # found before the one that is installed
    script = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["grader"]
    module, _, function = script.partition(":")
    call = f"import sys; from {module} import {function}; sys.exit({function}())"
    done = subprocess.run(
        [sys.executable, *(["-m", "grader"] if way == "module" else ["-c", call]), "doctor"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (InterruptedRunError.exit_code, "", "grader: stopped\n")
