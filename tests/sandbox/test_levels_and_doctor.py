"""Which level is chosen, what is refused, and what a person is told about it."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.model.outcome import Isolation
from grader.sandbox import doctor, launch, levels, runtime
from grader.sandbox.levels import Layers
from grader.sandbox.runner import open_runner

ALL = Layers(True, "/usr/bin/bwrap", "makes a private root", 7, True, "an allow-list")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        ({}, Isolation.FULL),
        ({"landlock": 0}, Isolation.FULL),
        ({"bwrap": ""}, Isolation.CONTAINER),
        ({"bwrap": "", "landlock": 0}, Isolation.WEAK),
        ({"seccomp": False}, Isolation.NONE),
        ({"is_linux": False, "bwrap": "", "landlock": 0, "seccomp": False}, Isolation.NONE),
    ],
)
def test_level_is_the_strongest_that_the_layers_add_up_to(missing, level):
    assert replace(ALL, **missing).level is level


def test_less_than_is_asked_for_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(levels, "probe", lambda: replace(ALL, bwrap="", landlock=0))
    with pytest.raises(SandboxError, match="at the level weak, and container is asked for") as caught:
        open_runner()
    assert "grader doctor" in str(caught.value)


def test_forced_level_that_is_not_there_is_refused(monkeypatch):
    words = "bubblewrap is not installed"
    monkeypatch.setattr(levels, "probe", lambda: replace(ALL, bwrap="", bwrap_words=words))
    with pytest.raises(SandboxError, match=words):
        open_runner(force=Isolation.FULL)
    with pytest.raises(SandboxError):
        open_runner(force=Isolation.FULL_CGROUP)


def test_portable_runner_serves_where_nothing_is_isolated(monkeypatch, run, call):
    monkeypatch.setattr(levels, "probe", lambda: replace(ALL, is_linux=False, bwrap="", landlock=0, seccomp=False))
    runner = open_runner(least=Isolation.NONE)
    assert runner.isolation is Isolation.NONE
    assert run(runner, "def f(x): return x", call("f", 1.0)).isolation is Isolation.NONE
    with pytest.raises(SandboxError):
        open_runner()


def test_weak_level_still_stops_sockets_and_forks(run, call):
    runner = open_runner(force=Isolation.WEAK)
    try:
        source = "import os, socket\ndef f(x): return os.fork()\ndef g(x): return socket.socket()"
        got = run(runner, source, call("f", 1.0), call("g", 1.0))
        assert [outcome.raised.type for outcome in got.outcomes] == ["PermissionError"] * 2
    finally:
        runner.close()


def test_diagnosis_of_this_machine_is_complete():
    diagnosis = doctor.examine()
    assert diagnosis.level is levels.probe().level
    told = diagnosis.to_json()
    assert json.loads(json.dumps(told)) == told
    for finding in diagnosis.findings:
        assert finding.layer in diagnosis.text()
        assert finding.words in diagnosis.text()
    assert diagnosis.findings[-1].ok == (diagnosis.level is not Isolation.NONE)


@pytest.mark.parametrize(
    ("missing", "advice"),
    [
        ({"bwrap": "", "bwrap_words": "bubblewrap is not installed"}, "apt install bubblewrap"),
        ({"bwrap": "", "bwrap_words": "bubblewrap is not allowed namespaces"}, "AppArmor"),
        ({"bwrap": "", "bwrap_words": "not allowed", "landlock": 0}, "Landlock"),
        ({"is_linux": False, "bwrap": "", "landlock": 0, "seccomp": False}, "Linux"),
    ],
)
def test_advice_says_what_would_make_it_better(monkeypatch, missing, advice):
    def refuse(**_):
        raise SandboxError("not here")

    monkeypatch.setattr(doctor, "probe", lambda: replace(ALL, **missing))
    monkeypatch.setattr(doctor, "open_runner", refuse)
    diagnosis = doctor.examine()
    assert diagnosis.level is Isolation.NONE  # its canary lived
    assert advice in diagnosis.text()


def test_living_canary_is_told_by_the_doctor(monkeypatch):
    def refuse(**_):
        raise SandboxError("the sandbox is not tight: student code could open a socket")

    monkeypatch.setattr(doctor, "open_runner", refuse)
    assert "student code could open a socket" in doctor.examine().text()


@pytest.mark.skipif(sys.platform != "linux", reason="for Linux")
def test_private_root_binds_the_runtime_and_nothing_else():
    made = launch.sealed("/bin/true", ("numpy",), landlock=True)
    bound = [made.command[at + 1] for at, word in enumerate(made.command) if word.startswith("--ro-bind")]
    assert not [
        path for path in bound if Path(path).name in ("site-packages", "dist-packages", "lib", "etc", "proc")
    ]
    assert not [path for path in bound if path == str(ROOT) or ROOT.is_relative_to(path)]
    inside = [path for path in bound if Path(path).is_relative_to(ROOT)]
    assert [path for path in inside if "venv" not in path] == [str(ROOT / "grader" / "sandbox" / "child")]
    assert not [word for word in made.command if word in ("--bind", "--share-net", "--proc", "--dev")]


@pytest.mark.skipif(sys.platform != "linux", reason="for Linux")
def test_what_was_installed_into_the_standard_library_is_covered(tmp_path, monkeypatch):
    """A wheel of ours in ``site-packages`` would bring the question banks into the sandbox."""
    stdlib = tmp_path / "python3.11"
    for name in ("json", "site-packages/grader/_bundled/questions", "dist-packages"):
        (stdlib / name).mkdir(parents=True)
    (stdlib / "os.py").touch()
    real = runtime.find_runtime(("numpy",))
    monkeypatch.setattr(launch, "find_runtime", lambda _: replace(real, stdlib=stdlib))
    command = launch.sealed("/bin/true", ("numpy",), landlock=True).command
    for name in ("site-packages", "dist-packages"):
        place = f"/python/{sys.platlibdir}/python{sys.version_info.major}.{sys.version_info.minor}/{name}"
        at = command.index(place)
        assert command[at - 1] == "--tmpfs"
        assert command[at + 1 : at + 3] == ("--remount-ro", place)
    made = launch.bare(("numpy",), landlock=True)
    try:
        readable = {path for path in made.config["readable"] if path.startswith(str(tmp_path))}
        assert readable == {str(stdlib / "json"), str(stdlib / "os.py")}
    finally:
        launch.remove(made)


def test_importing_the_sandbox_imports_nothing_of_the_grader():
    code = (
        "import sys, grader.sandbox.runner, grader.sandbox.doctor, grader.sandbox.fallback\n"
        "print(sorted(name for name in sys.modules if name.startswith('grader.') "
        "and not name.startswith(('grader.sandbox', 'grader.model.inputs', 'grader.model.outcome', "
        "'grader.errors'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['grader.model']"


@pytest.mark.parametrize("name", ["zygote", "alone", "harness", "lockdown", "canary", "rehearsal"])
def test_files_of_the_child_stand_alone(name):
    """They import the standard library, NumPy and one another, from a folder without the package around it."""
    code = f"""
import sys
sys.path.insert(0, {str(ROOT / "grader" / "sandbox" / "child")!r})
import {name}
tops = {{one.partition(".")[0] for one in sys.modules}}
print(sorted(tops & {{"grader", "flint", "yaml", "click", "pydantic"}}))
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
