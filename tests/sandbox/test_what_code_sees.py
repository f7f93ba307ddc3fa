"""What a student's code can see at run time, found out by a probe that looks everywhere it can reach."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.model.inputs import Argument, Call, Job, Limits, SourceFile
from grader.model.outcome import Isolation, Status

PROBE = b"""
import json, os, stat, sys

LOADED = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}


def walk(top, depth):
    found = []
    try:
        entries = list(os.scandir(top))
    except OSError:
        return found
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                found += walk(entry.path, depth - 1) if depth else [entry.path]
            else:
                open(entry.path, "rb").read(1)
                found.append(entry.path)
        except OSError:
            pass
    return found


def descriptors():
    found = {}
    for fd in range(4096):
        try:
            found[fd] = stat.S_IFMT(os.fstat(fd).st_mode)
        except OSError:
            pass
    return found


def f(x):
    files = []
    for top in ("/", "/proc", "/etc", "/tmp", "/home", "/root", "/dev", "/sys", "/run", "/var", "/usr", "/opt", x):
        files += walk(top if isinstance(top, str) else os.getcwd(), 12)
    print(json.dumps({
        "modules": LOADED, "environ": dict(os.environ), "descriptors": descriptors(), "path": sys.path,
        "files": sorted(set(files)), "argv": sys.argv, "pid": os.getpid(), "uid": os.getuid(),
    }))
    return 1.0
"""
LIMITS = Limits(wall_seconds=60, cpu_seconds=60, printed_bytes=8 << 20)


@pytest.fixture
def seen(sealed, tmp_path, monkeypatch):
    """Return what the probe saw, after another student ran and with secrets lying about."""
    monkeypatch.setenv("GRADER_SECRET", "in the environment")
    (tmp_path / "bank.yaml").write_text("secret")
    monkeypatch.chdir(tmp_path)
    other = (SourceFile("work.py", b"def f(x): return x"), SourceFile("other-student.txt", b"mine"))
    batch = ((Call("c", "f", (Argument("x", np.array(0.0)),)),),)
    sealed.run(Job(other, "work", batch))
    sent = (SourceFile("work.py", PROBE), SourceFile("own.txt", b"own"))
    (outcome,) = sealed.run(Job(sent, "work", batch, LIMITS)).outcomes
    assert outcome.status is Status.PASSED, outcome
    return json.loads(outcome.printed)


def test_nothing_of_the_grader_is_loaded_and_the_harness_is_out_of_reach(seen):
    tops = {name.partition(".")[0] for name in seen["modules"]}
    known = set(sys.stdlib_module_names) | {"numpy", "work", "__main__", "cython_runtime"}
    assert {top for top in tops - known if not top.startswith(("_cython", "_sysconfigdata"))} == set()


def test_environment_is_ours_alone(seen):
    assert "in the environment" not in str(seen["environ"])
    threads = {name for name in seen["environ"] if name.endswith(("_NUM_THREADS", "_MAXIMUM_THREADS"))}
    assert {seen["environ"][name] for name in threads} == {"1"}
    rest = {"LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONHASHSEED", "PYTHONHOME", "LD_LIBRARY_PATH"}
    assert set(seen["environ"]) - threads <= rest


def test_only_five_descriptors_are_open(seen):
    assert set(map(int, seen["descriptors"])) == {0, 1, 2, 3, 4}


def test_only_the_runtime_and_the_own_files_can_be_read(seen, sealed, tmp_path):
    names = {Path(path).name for path in seen["files"]}
    assert {"work.py", "own.txt"} <= names
    assert not names & {"other-student.txt", "bank.yaml", "reference.py", "passwd", "homework.yaml"}
    assert not [path for path in seen["files"] if path.startswith(("/etc", "/proc", "/home", "/tmp", "/sys"))]  # noqa: S108 - names, not files
    assert not [path for path in seen["files"] if str(tmp_path) in path]
    installed = [path for path in seen["files"] if "/site-packages/" in path or "/dist-packages/" in path]
    assert {path.split("-packages/")[1].partition("/")[0] for path in installed} <= {"numpy", "numpy.libs"}
    if sealed.isolation is Isolation.FULL:
        tops = {Path(path).parts[1] for path in seen["files"]}
        assert tops <= {"python", "packages", "runner", "submission", "usr", "lib", "lib64", "dev"}


def test_paths_name_no_folder_of_ours(seen, sealed):
    assert seen["argv"] == [""]
    here = str(Path(__file__).parents[2])
    assert here not in str(seen["path"])
    assert here not in str(seen["modules"])
    if sealed.isolation is Isolation.FULL:
        assert all(path.startswith(("/submission", "/python", "/packages")) for path in seen["path"])
        assert seen["pid"] < 1000


def test_container_level_runs_as_another_user_where_root_can(warm, run, call):
    """Only where the runtime may be read by everybody: a Python under /root would not start otherwise."""
    if os.geteuid() or warm.ready is None:
        pytest.skip("only root can become somebody else")
    uid = warm._launch.config["uid"]
    got = run(warm, "import os\ndef f(x): return os.getuid()", call("f", 0.0)).outcomes[0]
    assert got.values[0].array == uid


def test_no_memory_is_shared_with_the_next_student(sealed, run, call):
    """What is mapped before the fork must be private to it: a shared page would carry notes from job to job."""
    probe = """
import gc, mmap
gc.unfreeze()
EVERYTHING = gc.get_objects()
EVERYTHING += [thing for held in EVERYTHING if type(held) is dict for thing in held.values()]
FOUND = [thing for thing in EVERYTHING if type(thing) is mmap.mmap]
def f(x):
    old = [thing[0] for thing in FOUND if not thing.closed]
    for thing in FOUND:
        if not thing.closed:
            thing[0] = 77
    return [len(old), 77 in old]
"""
    told = [run(sealed, probe, call("f", 0.0)).outcomes[0].values[0].array.tolist() for _ in range(2)]
    assert told[0][0] > 0  # there is something to look at
    assert [is_marked for _, is_marked in told] == [0, 0]


def test_no_open_file_is_shared_with_the_next_student(sealed, run, call):
    """Two forks of one open file see each other's flags and offset: a note from job to job."""
    probe = """
import fcntl, os
def f(x):
    seen = [fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_NONBLOCK for fd in range(5)]
    for fd in range(5):
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
    return seen
"""
    for _ in range(2):
        assert run(sealed, probe, call("f", 0.0)).outcomes[0].values[0].array.tolist() == [0] * 5
