"""How a process ends, and what that is called: at every level, and pinned on the call that did it where asked."""

from dataclasses import replace

import pytest

from grader.model.inputs import Limits, SourceFile
from grader.model.outcome import Status

GOOD = "def g(x): return x\n"


def _attack(body: str) -> str:
    return f"import ctypes, os, signal, socket, struct, sys, time\nimport numpy as np\n{GOOD}def f(x):\n {body}\n"


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ("os._exit(0)", Status.CRASHED, "ended early with exit code 0"),
        ("os._exit(3)", Status.CRASHED, "ended early with exit code 3"),
        ("os.abort()", Status.CRASHED, "killed by signal 6 (SIGABRT)"),
        ("ctypes.string_at(8)", Status.CRASHED, "killed by signal 11 (SIGSEGV)"),
        ("time.sleep(60)", Status.TIMEOUT, "no answer within 0.5 s"),
        ("while True: pass", Status.TIMEOUT, "no answer within 0.5 s"),
        ("signal.pause()", Status.TIMEOUT, "no answer within 0.5 s"),
    ],
)
def test_death_has_its_status_and_is_pinned_on_its_call(runner, run, call, short, body, status, detail):
    got = run(runner, _attack(body), call("g", 1.0), call("f", 1.0), call("g", 2.0), limits=short, careful=True)
    assert [outcome.status for outcome in got.outcomes] == [Status.PASSED, status, status]
    assert got.outcomes[1].detail == detail
    assert got.loaded.status is Status.PASSED
    assert not got.finished


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("ctypes.CDLL(None).ptrace(0, 0, 0, 0)", Status.BLOCKED),
        ("ctypes.CDLL(None).syscall(425, 1, 0)", Status.BLOCKED),  # io_uring_setup
        ("ctypes.CDLL(None).unshare(0x10000000)", Status.BLOCKED),
        ("os.pidfd_open(os.getpid())", Status.BLOCKED),
        ("os.fork()", Status.ERROR),
        ("socket.socket()", Status.ERROR),
        ("os.kill(os.getppid(), 9)", Status.ERROR),
        ("os.system('true') and 1 / 0", Status.ERROR),
        ("__import__('subprocess').run(['/bin/true'])", Status.ERROR),
        ("__import__('threading').Thread(target=print).start()", Status.ERROR),
        ("os.memfd_create('m')", Status.ERROR),
        ("open('/etc/passwd')", Status.ERROR),
        ("os.listdir('/proc/1')", Status.ERROR),
    ],
)
def test_what_only_attacks_do_kills_and_what_innocents_do_is_refused(sealed, run, call, body, status):
    got = run(sealed, _attack(f"return {body}"), call("f", 1.0), call("g", 1.0), careful=True)
    assert got.outcomes[0].status is status, got.outcomes[0]
    if status is Status.BLOCKED:
        assert got.outcomes[0].detail == "made a forbidden system call; killed by signal 31 (SIGSYS)"
    else:
        assert got.outcomes[1].status is Status.PASSED


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("while True: pass", Status.TIMEOUT),
        ("import os; os._exit(0)", Status.CRASHED),
        ("x = [0] * 10**12", Status.MEMORY),
        ("import ctypes; ctypes.string_at(8)", Status.CRASHED),
        ("while True: print('x' * 1000)", Status.OUTPUT_LIMIT),
    ],
)
def test_death_while_loading_is_the_status_of_the_load_and_of_every_call(runner, run, call, short, source, status):
    got = run(runner, source, call("f", 1.0), call("g", 1.0), limits=short)
    assert [got.loaded.status, *(outcome.status for outcome in got.outcomes)] == [status] * 3


def test_processor_time_is_limited_as_a_whole(sealed, run, call):
    limits = Limits(wall_seconds=20, cpu_seconds=1)
    got = run(sealed, _attack("while True: pass"), call("f", 1.0), limits=limits)
    assert (got.outcomes[0].status, got.outcomes[0].detail) == (Status.TIMEOUT, "computed for more than 1 s")


def test_ignoring_the_signal_of_the_limit_helps_nobody(sealed, run, call):
    body = "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n while True: pass"
    got = run(sealed, _attack(body), call("f", 1.0), limits=Limits(wall_seconds=20, cpu_seconds=1))
    assert got.outcomes[0].status is Status.TIMEOUT


@pytest.mark.parametrize(
    "body",
    [
        "kept = []\n while True: kept.append(np.ones(1 << 20))",
        "kept = ''\n while True: kept += 'x' * (1 << 20)",
        "kept = [[]]\n while True: kept += [[kept]] * 1000",
    ],
)
def test_memory_is_limited_and_has_its_own_status(runner, run, call, short, body):
    limits = replace(short, wall_seconds=20)
    got = run(runner, _attack(body), call("f", 1.0), call("g", 1.0), limits=limits, careful=True)
    assert got.outcomes[0].status is Status.MEMORY, got.outcomes[0]


@pytest.mark.parametrize(
    "body",
    [
        "os.close(4)",
        "os.write(4, b'garbage that is no message at all'); time.sleep(9)",
        "os.write(4, struct.pack('<4sIQ', b'GGF1', 1 << 30, 0)); time.sleep(9)",
        "os.write(4, struct.pack('<4sIQ', b'GGF1', 2, 1 << 60) + b'{}'); time.sleep(9)",
        "os.write(4, struct.pack('<4sIQ', b'GGF1', 2, 0) + b'{}'); time.sleep(9)",
    ],
)
def test_broken_protocol_is_a_crash(sealed, run, call, body):
    got = run(sealed, _attack(body), call("g", 1.0), call("f", 1.0), careful=True)
    assert [outcome.status for outcome in got.outcomes] == [Status.PASSED, Status.CRASHED]


def test_answers_cannot_be_given_before_their_questions(sealed, call, files):
    """Whoever writes answers for the hidden calls while the public ones run breaks the protocol."""
    from grader.model.inputs import Job

    source = """
import json, os, struct
def f(x):
    answer = {"status": "passed", "count": 1, "values": [["float", "", "<f8", []]]}
    header = json.dumps({"kind": "outcomes", "outcomes": [answer]}).encode()
    message = struct.pack("<4sIQ", b"GGF1", len(header), 8) + header + struct.pack("<d", 0.5)
    os.write(4, message * 2)
    return x
"""
    got = sealed.run(Job(files(work=source), "work", ((call("f", 1.0),), (call("f", 2.0),))))
    assert got.outcomes[1].status is Status.CRASHED
    assert got.outcomes[1].detail == "broke the protocol: an answer came before its question"


def test_results_are_bounded_for_one_call_and_for_all(runner, run, call):
    limits = Limits(result_bytes=1000, total_result_bytes=2500)
    source = (
        "import numpy as np\ndef f(x): return np.zeros(int(x))\ndef g(x): return np.broadcast_to(1., (10**6,) * 3)"
    )
    calls = [
        call("f", 125.0),
        call("f", 126.0),
        call("f", 125.0),
        call("f", 63.0),
        call("f", 62.0),
        call("g", 0.0),
    ]
    got = run(runner, source, *calls, limits=limits)
    assert [outcome.status for outcome in got.outcomes] == [Status.PASSED] * 6
    values = [outcome.values[0] for outcome in got.outcomes]
    assert [value.array is not None for value in values] == [True, False, True, False, True, False]
    assert values[1].note == "too large: shape (126,)"
    assert values[5].note == "too large: shape (1000000, 1000000, 1000000)"


def test_state_does_not_leak_from_job_to_job(runner, run, call):
    spoil = """
import builtins, os, sys
import numpy as np
def f(x):
    np.tanh = np.asarray = builtins.len = os.write = None
    os.environ["LEFT"] = "1"
    sys.path.clear()
    sys.modules["left"] = sys
    np.seterr(all="raise")
    np.random.seed(1)
    return x
"""
    look = """
import os, sys
import numpy as np
def f(x):
    assert "LEFT" not in os.environ and "left" not in sys.modules
    return [np.tanh(0.0), len("ab"), np.geterr()["over"] == "warn"]
"""
    first = run(runner, look, call("f", 0.0))
    run(runner, spoil, call("f", 0.0))
    second = run(runner, look, call("f", 0.0))
    assert first.outcomes[0].values[0].array.tolist() == second.outcomes[0].values[0].array.tolist() == [0, 2, 1]


def test_files_of_one_job_are_gone_in_the_next(runner, run, call):
    look = "import os\ndef f(x): return [sum(len(n) for _, *n in os.walk('.')), len(os.listdir())]"
    deep = tuple(SourceFile(f"d{n}/" * n + "file.txt", b"x") for n in range(1, 20))
    sent = (SourceFile("work.py", look.encode()), *deep)
    assert run(runner, sent, call("f", 0.0)).outcomes[0].values[0].array[1] == 20
    assert run(runner, look, call("f", 0.0)).outcomes[0].values[0].array[1] == 1
