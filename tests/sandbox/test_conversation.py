"""Who may say what and when, and what an end means: the conversation alone, without any process."""

import json
import struct

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.model.inputs import Argument, Call, Job, Limits
from grader.model.outcome import Isolation, Status
from grader.sandbox.child.frame import EXIT_MEMORY
from grader.sandbox.conversation import Conversation, End

LIMITS = Limits(
    wall_seconds=5, total_wall_seconds=30, cpu_seconds=10, memory_bytes=64 << 20, flood_bytes=100, printed_bytes=10
)
ANSWER = {"status": "passed", "count": 1, "values": [["float", "", "<f8", []]]}


def _message(header: dict, body: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<4sIQ", b"GGF1", len(text), len(body)) + text + body


LOADED = _message({"kind": "loaded", "status": "passed"})


def _answers(count: int) -> bytes:
    return _message({"kind": "outcomes", "outcomes": [ANSWER] * count}, bytes(8 * count))


def _calls(*names: str) -> tuple[Call, ...]:
    return tuple(Call(name, "f", (Argument("x", np.zeros(1)),)) for name in names)


def _talk(*batches: tuple[Call, ...], careful: bool = False, is_warm: bool = True) -> Conversation:
    return Conversation(
        Job((), "work", batches or (_calls("a", "b"), _calls("c")), LIMITS, careful), 0.0, is_warm=is_warm
    )


def _result(talk: Conversation) -> list[str]:
    assert talk.is_over
    return [outcome.status.value for outcome in talk.result(Isolation.FULL).outcomes]


def test_all_goes_well():
    talk = _talk()
    first = talk.requests()
    assert first.count(b"GGF1") == 2  # the job and the first batch, not the second
    assert talk.requests() == b""
    talk.receive(LOADED, 1.0)
    talk.receive(_answers(1), 2.0)
    assert talk.requests() == b""
    talk.receive(_answers(1), 3.0)
    assert talk.requests().count(b"GGF1") == 1
    talk.receive(_answers(1), 4.0)
    assert _result(talk) == ["passed"] * 3
    assert talk.result(Isolation.FULL).finished


def test_last_batch_is_known_as_the_last():
    talk = _talk(_calls("a"), (), _calls("b"), ())
    assert b'"last":false' in talk.requests()
    talk.receive(LOADED + _answers(1), 1.0)
    assert b'"last":true' in talk.requests()


def test_nothing_to_ask_is_over_once_loaded():
    talk = _talk((), ())
    talk.receive(LOADED, 1.0)
    assert talk.is_over


def test_failed_load_is_the_answer_to_every_call():
    talk = _talk()
    raised = {"type": "NameError", "text": "x", "frames": []}
    talk.receive(_message({"kind": "loaded", "status": "error", "raised": raised}), 1.0)
    assert _result(talk) == ["error"] * 3
    assert talk.result(Isolation.FULL).outcomes[0].raised.type == "NameError"
    assert talk.result(Isolation.FULL).finished


@pytest.mark.parametrize(
    "said",
    [
        _answers(1),
        LOADED + LOADED,
        LOADED + _answers(3),  # more than were asked
        LOADED + _answers(2) + _answers(1),  # the third before it was asked
        LOADED + _answers(2) + b"GGF1",  # the beginning of one
        LOADED + _message({"kind": "begun"}),
        LOADED + _message({"kind": "canary", "done": []}),
        LOADED + _message({"kind": "refused", "why": "x"}),
        LOADED + _message({"kind": "outcomes", "outcomes": []}),
        b"x" * 16,
    ],
)
def test_out_of_step_is_a_crash(said):
    talk = _talk()
    talk.receive(said, 1.0)
    assert _result(talk)[-1] == "crashed"
    assert talk.result(Isolation.FULL).outcomes[-1].detail.startswith("broke the protocol")


def test_what_was_answered_before_a_crash_counts():
    talk = _talk()
    talk.receive(LOADED + _answers(1), 1.0)
    talk.end(End(signal=11))
    assert _result(talk) == ["passed", "crashed", "crashed"]
    assert not talk.result(Isolation.FULL).finished


@pytest.mark.parametrize(
    ("end", "status", "words"),
    [
        (End(code=0), Status.CRASHED, "ended early with exit code 0"),
        (End(signal=11), Status.CRASHED, "killed by signal 11 (SIGSEGV)"),
        (End(signal=99), Status.CRASHED, "killed by signal 99"),
        (End(signal=31), Status.BLOCKED, "made a forbidden system call; killed by signal 31 (SIGSYS)"),
        (End(signal=24), Status.TIMEOUT, "computed for more than 10 s"),
        (End(signal=9, cpu_seconds=10.2), Status.TIMEOUT, "computed for more than 10 s"),
        (End(signal=9, cpu_seconds=1), Status.MEMORY, "needed more than 64 MiB"),
        (End(code=EXIT_MEMORY), Status.MEMORY, "needed more than 64 MiB"),
    ],
)
def test_end_has_its_meaning(end, status, words):
    talk = _talk()
    talk.receive(LOADED, 1.0)
    talk.end(end)
    outcome = talk.result(Isolation.FULL).outcomes[0]
    assert (outcome.status, outcome.detail) == (status, words)


def test_end_before_the_seal_is_our_own_fault():
    talk = _talk()
    talk.hear(b"LockdownError: seccomp")
    with pytest.raises(SandboxError, match="LockdownEr"):
        talk.end(End(code=85, is_sealed=False))


def test_end_before_python_began_is_our_own_fault():
    with pytest.raises(SandboxError):
        _talk(is_warm=False).end(End(code=1))
    with pytest.raises(SandboxError):
        _talk(is_warm=False).expire()


def test_refused_files_are_the_submissions_fault():
    talk = _talk()
    talk.receive(_message({"kind": "refused", "why": "'../x' is no path"}), 1.0)
    talk.end(End(is_sealed=False))
    assert _result(talk) == ["error"] * 3
    assert talk.result(Isolation.FULL).outcomes[0].detail == "its files cannot be laid out: '../x' is no path"


def test_every_answer_moves_the_deadline_and_nothing_else_does():
    talk = _talk(careful=True)
    assert 5 <= talk.deadline <= 6  # the fork must be made and sealed as well
    talk.receive(LOADED, 1.0)
    assert talk.deadline == 6.0
    talk.receive(_answers(1)[:20], 3.0)  # a drip is no answer
    talk.hear(b"printed")
    assert talk.deadline == 6.0
    talk.receive(_answers(1)[20:], 4.0)
    assert talk.deadline == 9.0
    talk.expire()
    assert _result(talk) == ["passed", "timeout", "timeout"]
    assert talk.result(Isolation.FULL).outcomes[1].detail == "no answer within 5 s"


def test_gathered_answers_have_a_little_more_time():
    talk = _talk()
    talk.receive(LOADED, 1.0)
    assert 6.0 < talk.deadline < 6.2


def test_flood_is_counted_and_what_is_kept_is_bounded():
    talk = _talk()
    talk.receive(LOADED, 1.0)
    talk.hear(b"x" * 100)
    assert not talk.is_over
    talk.hear(b"x")
    assert _result(talk) == ["output_limit"] * 3
    assert talk.result(Isolation.FULL).printed == "x" * 10


def test_flood_that_the_process_reports_itself_counts_too():
    talk = _talk()
    talk.receive(LOADED + _answers(1) + _message({"kind": "flood"}), 1.0)
    assert _result(talk) == ["passed", "output_limit", "output_limit"]


def test_nothing_is_heard_after_the_end():
    talk = _talk(_calls("a"))
    talk.receive(LOADED, 1.0)
    talk.expire()
    talk.receive(_answers(1), 2.0)
    talk.end(End(signal=9))
    assert _result(talk) == ["timeout"]
