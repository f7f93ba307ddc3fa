"""What a student's code can see at run time: the standard library, NumPy, the harness, its own files.

Decoys are laid out first: a secret in the environment, in the memory and in the working folder of the grader,
and a student who ran before. ``corpus/peep`` then prints whatever it can reach.
"""

import json
import os
import re
import shutil
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.model.inputs import Argument, Call, Job, Limits, SourceFile
from grader.model.outcome import Isolation, Status

MARK = "mark" + "of" + "the" + "test"
CHILD = Path(__file__).parents[2] / "grader" / "sandbox" / "child"
PEEP = Path(__file__).parent / "corpus" / "peep" / "activations.py"
LIMITS = Limits(wall_seconds=20, cpu_seconds=20, printed_bytes=8 << 20, flood_bytes=16 << 20)
OURS = ("grader", "questions", "submissions", "templates", "gradegate")
FOREIGN = ("flint", "yaml", "click", "jinja2", "pydantic", "rich", "mpmath", "hypothesis", "pytest", "_pytest")


def _call(*values: float) -> Call:
    return Call("tanh/0", "tanh", (Argument("x", np.array(values)),))


def _run(runner, files: dict[str, bytes], *values: float):
    sent = tuple(SourceFile(path, data) for path, data in files.items())
    return runner.run(Job(sent, "activations", ((_call(*values),),), LIMITS))


@pytest.fixture(scope="module", params=[pytest.param("strongest", marks=pytest.mark.external), "container"])
def seen(request, tmp_path_factory):
    """Lay out the decoys, run another student, and return what peeping code prints."""
    from grader.sandbox.runner import open_runner

    is_strongest = request.param == "strongest"
    if is_strongest and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")

    folder = tmp_path_factory.mktemp("grader") / MARK
    folder.mkdir()
    (folder / "bank.yaml").write_text(MARK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_SECRET", f"{MARK}-environment")
        patch.setenv("HOME", str(folder))
        patch.chdir(folder)
        patch.setattr(sys, "argv", [*sys.argv, f"{MARK}-argument"])
        try:
            runner = open_runner(force=None if is_strongest else Isolation.CONTAINER)
        except SandboxError as problem:
            pytest.skip(f"this machine does not isolate: {problem}")
        try:
            if is_strongest and runner.isolation is Isolation.CONTAINER:
                pytest.skip("bubblewrap is not allowed namespaces here")
            other = b"import numpy as np\n# " + f"{MARK}-other-source\ndef tanh(x):\n    return x".encode()
            before = _run(
                runner, {"activations.py": other, f"{MARK}.txt": f"{MARK}-other-file".encode() * 100}, 12345.678
            )
            assert before.outcomes[0].status is Status.PASSED
            run = _run(runner, {"activations.py": PEEP.read_bytes(), "own.txt": b"mine"}, 0.5)
            assert run.outcomes[0].status is Status.PASSED, run.outcomes[0]
            looks = json.loads(run.outcomes[0].printed)
        finally:
            runner.close()
    return SimpleNamespace(isolation=run.isolation, text=run.outcomes[0].printed, folder=folder, **looks)


def test_no_decoy_is_seen_anywhere(seen):
    assert MARK not in seen.text
    assert str(seen.folder.parent) not in seen.text
    assert str(Path(__file__).parents[2] / "questions") not in seen.text


def test_no_module_of_ours_or_of_our_dependencies_is_loaded(seen):
    tops = {name.partition(".")[0] for name in seen.modules}
    assert not tops & {*OURS, *FOREIGN}
    assert not [
        name for name in seen.modules if any(word in name for word in ("judge", "reference", "bank", "answer"))
    ]


def test_loaded_modules_are_the_standard_library_numpy_and_the_harness(seen):
    child = {path.stem for path in CHILD.glob("*.py")}
    tops = {name.partition(".")[0] for name in seen.modules}
    ours = tops - set(sys.stdlib_module_names) - {"numpy", "__main__", "activations", "cython_runtime"}
    assert {name for name in ours if not name.startswith(("_sysconfigdata", "_cython_"))} <= child


def test_environment_holds_nothing_of_the_grader(seen):
    entries = [entry for side in seen.environment for entry in side]
    names = {entry.partition("=")[0] for entry in entries}
    fixed = {"LANG", "LC_ALL", "LD_LIBRARY_PATH", "PWD"}
    assert not names & {"HOME", "USER", "LOGNAME", "PATH", "PYTEST_CURRENT_TEST", "GRADER_SECRET", "PYTHONPATH"}
    assert {name for name in names if not re.fullmatch(r"PYTHON\w+|\w+_(NUM|MAXIMUM)_THREADS", name)} <= fixed


def test_frames_above_the_call_hold_inputs_only(seen):
    names = {name for _, _, held in seen.frames for name in held}
    assert not [
        n for n in names if any(word in n for word in ("expect", "answer", "toler", "key", "rule", "points"))
    ]
    ours = {str(Path(file).parent) for file, _, _ in seen.frames if any(part in OURS for part in Path(file).parts)}
    assert ours <= {str(CHILD)}  # a container has no other name for it


def test_only_pipes_and_the_null_device_are_open(seen):
    kinds = {int(fd): kind for fd, kind in seen.descriptors.items()}
    assert set(kinds.values()) <= {stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK}
    assert max(kinds) < 10


def test_there_is_no_proc_to_list_processes_in(seen):
    assert isinstance(seen.processes, str) or not seen.processes


def test_it_is_alone_on_a_machine_without_a_name(seen):
    """Bubblewrap gives namespaces of its own; a container, where these are refused, shares those of the grader."""
    if seen.isolation is not Isolation.CONTAINER:
        pid, parent, *_, host = seen.identity
        assert parent <= 2
        assert 0 < pid < 1000
        assert host not in {os.uname().nodename, ""}


def test_there_is_no_network_of_any_family(seen):
    assert seen.network == []


def test_disk_holds_the_runtime_and_its_own_files_only(seen):
    assert len(seen.disk) < 20_000
    names = {Path(path).name for path in seen.disk}
    assert not names & {
        "bank.yaml",
        "reference.py",
        "misconceptions.py",
        "homework.yaml",
        "gradebook.sqlite",
        "passwd",
    }
    assert not [path for path in seen.disk if any(part in OURS for part in Path(path).parts)]
    packages = {
        Path(path).name for path in seen.disk if Path(path).parent.name in ("site-packages", "dist-packages")
    }
    assert {name.partition(".")[0].partition("-")[0] for name in packages} <= {"numpy", "README"}


def test_nothing_can_be_written(seen):
    assert seen.writable == []


def test_no_text_in_any_object_speaks_of_banks_or_gradebooks(seen):
    assert seen.texts == []


@pytest.mark.parametrize("level", ["strongest", "container"], indirect=True)
def test_memory_that_the_next_student_inherits_holds_nothing_of_the_last(alley, limits):
    """What the warm process read for one student, freed or not, must not be in the next one's memory."""
    secret = "the" + "last" + "students" + "own" + "words"
    left = f"import numpy as np\nnote = '{secret}'\n\n\ndef tanh(x):\n    return x\n".encode()
    small = tuple(SourceFile(f"f{n}.txt", f"{secret}-{n}".encode() * (n + 1)) for n in range(50))
    for _ in range(3):
        alley.run((SourceFile("activations.py", left), *small), "activations", ("tanh",), limits)
    # one letter further on, as what is read will be: then no page of the search itself turns into the words
    moved = bytes(letter + 1 for letter in secret.encode())
    peep = SourceFile("activations.py", SCAN.replace("WANTED", repr(moved)).encode())
    run, _ = alley.run((peep,), "activations", ("tanh",), replace(limits, wall_seconds=20, cpu_seconds=20))
    assert run.outcomes[0].status is Status.PASSED, run.outcomes[0]
    assert "scanned" in run.outcomes[0].printed
    assert "found" not in run.outcomes[0].printed, run.outcomes[0].printed


SCAN = """
import ctypes
import gc
import os

import numpy as np


def tanh(x):
    wanted, further = WANTED, bytes((letter + 1) % 256 for letter in range(256))
    write, page, (out, into) = ctypes.CDLL(None).write, 4096, os.pipe()
    gc.unfreeze()
    held = [bytes(n) for n in (64, 512, 1 << 12, 1 << 16, 1 << 20)] + gc.get_objects()
    pages = sorted({id(thing) // page + near for thing in held for near in range(-64, 65)})
    read = 0
    for number in pages:
        # EFAULT where nothing is mapped
        if write(into, ctypes.c_void_p(number * page), ctypes.c_size_t(page)) == page:
            read += 1
            if wanted in os.read(out, page).translate(further):
                print("found", hex(number * page))
                break
    print("scanned", read, "pages")
    return np.tanh(x)
"""


@pytest.mark.parametrize("level", ["strongest", "container"], indirect=True)
def test_warm_process_was_started_clean(alley, census):
    """Read the memory of the warm process from outside: no word of the grader's is in it."""
    alley.check_still_sound()
    words = [
        word.encode()
        for word in ("misconcep" + "tions", "per_" + "condition", "grade" + "book", "PYTEST_CURRENT_TEST")
    ]
    warm = census.current()
    assert alley.runner.pid in warm
    read = 0
    for pid in warm:
        for block in _memory_of(pid):
            read += 1
            assert not [word for word in words if word in block]
    if not read:
        pytest.skip("this user may not read the memory of the warm process")


def _memory_of(pid: int):
    """Yield the private writable memory of a process, block by block; nothing where that is not allowed."""
    try:
        maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                low, high = (int(end, 16) for end in span.split("-"))
                if rights.startswith("rw"):
                    memory.seek(low)
                    yield memory.read(high - low)
    except OSError:
        return


@pytest.mark.parametrize("level", ["strongest", "container"], indirect=True)
def test_a_fork_shares_no_memory_with_others(alley, census, limits):
    """Memory that is shared and writable would carry hidden inputs, and answers, from one run to the next."""
    alley.check_still_sound()
    resting = census.current()
    sleeps = SourceFile("activations.py", b"import time\n\n\ndef tanh(x):\n    time.sleep(3)\n    return x\n")
    job = threading.Thread(
        target=alley.run, args=((sleeps,), "activations", ("tanh",), replace(limits, wall_seconds=1.5))
    )
    job.start()
    maps: dict[int, str] = {}
    while job.is_alive():
        for pid in census.current() - resting:
            with suppress(OSError):
                text = Path(f"/proc/{pid}/maps").read_text()
                maps[pid] = text or maps.get(pid, "")  # of a process that is ending it is empty
        time.sleep(0.02)
    job.join()
    if not any(maps.values()):
        pytest.skip("this user may not see the memory map of a fork")
    shared = [line for text in maps.values() for line in text.splitlines() if line.split()[1][1::2] == "ws"]
    assert shared == []
