"""The wheel, installed alone elsewhere, holds what it needs and grades, with the source tree out of reach.

No network is needed: the wheel is unpacked into a fresh virtual environment by pip without dependencies, and these
are borrowed from the environment that runs the tests, by a ``.pth`` file. An audit hook in the fresh environment
refuses to open, list or import anything of the source tree.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SUBMISSION = """
import numpy as np

def tanh(x):
    return np.tanh(x)

def sigmoid(x):
    return np.exp(x)
"""
GUARD = """
import os, sys

TREE = {tree!r}
BORROWED = {borrowed!r}

def refuse(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)):
        path = os.path.join(os.path.abspath(os.fsdecode(arguments[0])), "")
        if path.startswith(os.path.join(TREE, "")) and not path.startswith(os.path.join(BORROWED, "")):
            raise PermissionError(f"the source tree is out of reach: {{path}}")

sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as an installer would, from a copy of the tree in which something has been run."""
    copy = tmp_path_factory.mktemp("source") / "gradegate"
    unwanted = shutil.ignore_patterns(".git", ".venv", ".*cache", ".hypothesis", "results", "submissions", "tests")
    shutil.copytree(ROOT, copy, ignore=unwanted, symlinks=True)
    (copy / "questions" / "tanh" / "__pycache__").mkdir(exist_ok=True)
    (copy / "questions" / "tanh" / "__pycache__" / "reference.cpython-311.pyc").write_bytes(b"left by a run")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a fresh environment; return its Python."""
    home = tmp_path_factory.mktemp("an environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True, timeout=120)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--quiet", "--disable-pip-version-check", str(wheel)], check=True, timeout=120)
    (site,) = home.glob("lib/python*/site-packages")
    borrowed = sysconfig.get_paths()["purelib"]
    (site / "borrowed.pth").write_text(f"{borrowed}\nimport guard\n")
    (site / "guard.py").write_text(GUARD.format(tree=str(ROOT), borrowed=borrowed))
    return python


def run(python: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {**keep, "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / "cache")}
    command = [str(python), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env=environment, timeout=180
    )


def test_the_wheel_holds_every_question_and_template(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("questions", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert files, f"{folder}/ is empty"
        for path in files:
            name = f"grader/_bundled/{path.relative_to(ROOT).as_posix()}"
            assert inside.get(name) == path.read_bytes(), f"{name} is not in the wheel as it is in the tree"


def test_the_wheel_holds_nothing_but_the_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    strays = [name for name in names if not name.startswith(("grader/", "gradegate-"))]
    assert not strays
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        (points,) = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        fields = Parser().parsestr(archive.read(metadata).decode())
        commands = archive.read(points).decode()
        licenses = [name for name in archive.namelist() if name.endswith("/LICENSE")]
    assert (fields["Name"], fields["License-Expression"]) == ("gradegate", "MIT")
    assert fields["Requires-Python"] == ">=3.11"
    assert "grader = grader.__main__:run" in commands
    assert licenses


def test_the_guard_keeps_the_source_tree_out_of_reach(elsewhere: Path, tmp_path: Path) -> None:
    done = run(elsewhere, "-c", f"open({str(ROOT / 'pyproject.toml')!r})", cwd=tmp_path)
    assert "the source tree is out of reach" in done.stderr


@pytest.mark.external
@pytest.mark.usefixtures("sealed")
def test_the_installed_wheel_grades_alone(elsewhere: Path, tmp_path: Path) -> None:
    student = tmp_path / "submissions" / "ada"
    student.mkdir(parents=True)
    (student / "activations.py").write_text(SUBMISSION)
    where = run(elsewhere, "-c", "import grader; print(grader.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(elsewhere.parents[1])), where.stdout + where.stderr

    done = run(elsewhere.with_name("grader"), "grade", "submissions", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))
    (grade,) = results["students"]
    status = {question["id"]: question["status"] for question in grade["questions"]}
    assert status["tanh/tanh"] == "passed"
    assert status["tanh/sigmoid"] == "failed"
    assert status["lstm/lstm_cell"] == "missing"
    page = (tmp_path / "out" / grade["page"]).read_text("utf-8")
    assert "ada" in page
