"""The warm process: replaced when it dies or grows old, gone with its owner, not trusted without a canary."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.model.inputs import Job
from grader.model.outcome import Isolation, Status
from grader.sandbox import forkserver, launch, levels
from grader.sandbox.runner import open_runner
from grader.sandbox.seccomp import compile_filter

SOURCE = "def f(x): return x"
ROOT = Path(__file__).parents[2]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _family(pid: int) -> set[int]:
    """Return a process and all that it started."""
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += map(int, task.read_text().split())
    return found


def _await_end(pids: set[int]) -> set[int]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(map(_alive, pids)):
        time.sleep(0.01)
    return {pid for pid in pids if _alive(pid)}


@pytest.fixture
def own(sealed):
    """Give a runner of this test's own, at each level fit for grading."""
    runner = open_runner(force=sealed.isolation)
    yield runner
    runner.close()


def test_dead_process_is_replaced(own, run, call):
    for pid in _family(own.pid):
        os.kill(pid, signal.SIGKILL)
    assert run(own, SOURCE, call("f", 3.0)).outcomes[0].values[0].array == 3


def test_death_of_the_process_in_the_middle_of_a_job_is_no_fault_of_the_student(own, call, files):
    """The job is run again once; a second death would be a SandboxError."""
    family = _family(own.pid)
    slow = "import time\ndef f(x):\n time.sleep(0.7)\n return x"
    helper = "import os, sys, time; time.sleep(0.3); [os.kill(int(pid), 9) for pid in sys.argv[1:]]"
    killer = subprocess.Popen([sys.executable, "-c", helper, *map(str, family)])
    result = own.run(Job(files(work=slow), "work", ((call("f", 3.0),),)))
    assert killer.wait() == 0
    assert result.outcomes[0].status is Status.PASSED
    assert own.pid not in family


@pytest.mark.parametrize("body", ["ctypes.string_at(8)", "ctypes.CDLL(None).ptrace(0, 0, 0, 0)"])
def test_fork_that_died_oddly_taints_the_process(own, run, call, body):
    before = own.pid
    run(own, f"import ctypes\ndef f(x): return {body}", call("f", 1.0))
    assert run(own, SOURCE, call("f", 1.0)).finished
    assert own.pid != before


def test_harmless_end_does_not_cost_a_new_process(own, run, call):
    before = own.pid
    for body in ("1 / 0", "__import__('os')._exit(1)", "exit()"):
        run(own, f"def f(x): return {body}", call("f", 1.0))
    assert run(own, SOURCE, call("f", 1.0)).finished
    assert own.pid == before


def test_old_process_is_replaced(own, run, call, monkeypatch):
    monkeypatch.setattr(forkserver, "RUNS", 3)
    pids = []
    for _ in range(5):
        run(own, SOURCE, call("f", 1.0))
        pids.append(own.pid)
    assert len(set(pids)) > 1


def test_warm_process_has_one_thread(own):
    """A fork has one thread only: whatever another one of BLAS held would be held for ever."""
    for pid in _family(own.pid):
        assert "\nThreads:\t1\n" in Path(f"/proc/{pid}/status").read_text()


def test_close_leaves_no_process_and_no_folder(sealed, run, call):
    runner = open_runner(force=sealed.isolation)
    run(runner, SOURCE, call("f", 1.0))
    family = _family(runner.pid)
    folder = runner._launch.folder
    runner.close()
    assert _await_end(family) == set()
    assert folder is None or not folder.exists()


@pytest.mark.parametrize("is_busy", [False, True])
def test_killed_owner_leaves_no_process(sealed, is_busy):
    script = f"""
import os, sys, numpy as np
from grader.model.inputs import *
from grader.model.outcome import Isolation
from grader.sandbox.runner import open_runner
runner = open_runner(force=Isolation({sealed.isolation.value!r}))
source = b"def f(x):\\n while {is_busy}: pass\\n return x"
print(runner.pid, flush=True)
runner.run(Job((SourceFile("work.py", source),), "work", ((Call("c", "f", (Argument("x", np.zeros(1)),)),),)))
sys.stdin.read()
"""
    owner = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with owner:
        pid = int(owner.stdout.readline())
        time.sleep(0.3)
        family = _family(pid)
        owner.kill()
    assert len(family) >= 1
    assert _await_end(family) == set()


def _start(level: Isolation, *, landlock: bool = True, seccomp: bool = True) -> forkserver.ForkServer:
    """Start a warm process from which a layer was taken away."""
    layers = levels.probe()
    if level is Isolation.FULL:
        start = partial(launch.sealed, layers.bwrap, ("numpy",), landlock=landlock)
    else:
        start = partial(launch.bare, ("numpy",), landlock=landlock)
    return forkserver.ForkServer(start, compile_filter() if seccomp else None, level, levels.MUST_FAIL[level])


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"landlock": False}, "read a file outside, read /etc/passwd"),
        ({"seccomp": False}, "open a socket"),
    ],
)
@pytest.mark.usefixtures("warm")
def test_living_canary_stops_everything_in_a_container(missing, words):
    with pytest.raises(SandboxError, match="the sandbox is not tight: student code could") as caught:
        _start(Isolation.CONTAINER, **missing).close()
    if "seccomp" in missing:
        assert words in str(caught.value)
    else:
        assert all(word in str(caught.value) for word in words.split(", "))


@pytest.mark.external
@pytest.mark.parametrize("sealed", [Isolation.FULL], indirect=True)
@pytest.mark.usefixtures("sealed")
def test_living_canary_stops_everything_in_bubblewrap():
    with pytest.raises(SandboxError, match="open a socket"):
        _start(Isolation.FULL, seccomp=False).close()
    with pytest.raises(SandboxError, match="write a file"):
        _start(Isolation.FULL, landlock=False).close()


@pytest.mark.usefixtures("warm")
def test_failed_start_leaves_nothing_behind(monkeypatch):
    made = []
    bare = launch.bare
    monkeypatch.setattr(launch, "bare", lambda *a, **k: made.append(bare(*a, **k)) or made[-1])
    with pytest.raises(SandboxError):
        _start(Isolation.CONTAINER, seccomp=False)
    assert not made[0].folder.exists()


@pytest.mark.usefixtures("warm")
def test_process_that_cannot_be_prepared_is_a_sandbox_error():
    def start():
        made = launch.bare(("numpy",), landlock=True)
        made.config["readable"] = ["/no/such/path"]
        return made

    with pytest.raises(SandboxError, match=r"could not be prepared: .*No such file"):
        forkserver.ForkServer(start, compile_filter(), Isolation.CONTAINER, levels.MUST_FAIL[Isolation.CONTAINER])


@pytest.mark.usefixtures("warm")
def test_fork_that_cannot_be_sealed_is_a_sandbox_error():
    start = partial(launch.bare, ("numpy",), landlock=True)
    program = compile_filter()
    broken = type(program)(b"\xff" * 8 + program.program[8:], program.pid_offsets)  # no such instruction
    with pytest.raises(SandboxError, match="seccomp: Invalid argument"):
        forkserver.ForkServer(start, broken, Isolation.CONTAINER, levels.MUST_FAIL[Isolation.CONTAINER])


def test_package_that_is_not_installed_is_said():
    with pytest.raises(SandboxError, match="the package no_such_package is not installed"):
        open_runner(least=Isolation.NONE, packages=("no_such_package",))
