"""200,000 messages that no honest child sends: the decoder's own exception or a sound reply, within its bounds."""

import itertools
import json
import random
import struct
import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.model.inputs import Argument, Call, Limits
from grader.model.outcome import Status
from grader.sandbox.wire import FrameReader, WireError, decode_reply

SHARDS = 8  # so that pytest-xdist has something to share out
MESSAGES = 200_000 // SHARDS
LIMITS = Limits(result_bytes=1 << 12, total_result_bytes=1 << 13, printed_bytes=1 << 10)
CALLS = (
    Call("one", "tanh", (Argument("x", np.zeros(3)),), 1),
    Call("four", "lstm_gates", tuple(Argument(name, np.zeros(2)) for name in "abcde"), 4),
)
HEAD = struct.Struct("<4sIQ")
STATUSES = {Status.PASSED, Status.ERROR, Status.MISSING, Status.MEMORY}

HONEST = (  # (header, body)
    (
        {
            "kind": "outcomes",
            "outcomes": [
                {
                    "status": "passed",
                    "count": 1,
                    "values": [["ndarray", "", "<f8", [3]]],
                    "changed": [0],
                    "printed": 4,
                    "warnings": ["RuntimeWarning: overflow encountered in exp"],
                },
                {"status": "passed", "count": 4, "values": [["float", "", "<f4", []]] * 3 + [["str", "text"]]},
            ],
        },
        b"text" + np.arange(3.0).tobytes() + np.ones(3, "<f4").tobytes(),
    ),
    (
        {
            "kind": "outcomes",
            "outcomes": [
                {
                    "status": "error",
                    "raised": {"type": "ValueError", "text": "no", "frames": [["a.py", 3, "tanh", "raise"]]},
                }
            ],
        },
        b"",
    ),
    (
        {
            "kind": "loaded",
            "status": "passed",
            "functions": [["tanh", 1, 1, 4], ["f", 0, None, 0]],
            "remarks": ["cell 1: dropped"],
            "printed": 2,
        },
        b"hi",
    ),
    ({"kind": "flood"}, b""),
    ({"kind": "refused", "why": "too many files"}, b""),
    ({"kind": "canary", "done": ["open a socket"]}, b""),
)
FRAGMENTS = [  # JSON that stands where something else belongs
    *"null true false 0 1 -1 -0 7 64 65 255 4096 1e3 1e400 -1E-9 0.5 NaN Infinity -Infinity 01 0x1 1_0".split(),  # noqa: SIM905 - a list would be longer
    *(str(n) for n in (2**31, 2**32, 2**53, 2**63 - 1, 2**63, 2**64, 10**9, 10**9 + 1, -(2**63), 10**40)),
    "9" * 4299,
    "9" * 5000,
    "-" + "9" * 5000,
    '""',
    '"passed"',
    '"grader_error"',
    '"outcomes"',
    '"<f8"',
    '"|O"',
    '"|V8"',
    '"<U1"',
    '"<M8[s]"',
    '"<f16"',
    '"|b1"',
    '"f8,f8"',
    '"<c16"',
    '"(3,)f8"',
    '"\\ud800"',
    '"\\udfff\\ud800"',
    '"\\u0000\\u001b[2J"',
    '"' + "x" * 5000 + '"',
    '"é\U0001f600"',
    '"\x00"',
    '"unclosed',
    "[]",
    "[[]]",
    "{}",
    "[[[[[[[[[[0]]]]]]]]]]",
    "[" * 1200 + "]" * 1200,
    '{"a":' * 1200 + "0" + "}" * 1200,
    "[" + ",".join("0" for _ in range(70)) + "]",
    '["ndarray","","<f8",[0,16777216,1099511627776]]',
    '["ndarray","","<f8",[4294967296,4294967296]]',
    '["ndarray","","<f8",[-1,-3]]',
    '["ndarray","","<f8",[true,3]]',
    '["ndarray","","<f8",[3.0]]',
    '["ndarray","","|b1",[24]]',
    '["ndarray","","<f2",[12]]',
    '["ndarray","","<f16",[1]]',
    '["ndarray","","<i8",[1,1,3,1]]',
    '["ndarray","","<f8",[0,1000000000,1000000000]]',
    '["ndarray","","<f8",[' + "1," * 64 + "3]]",
    '["x"]',
    '["x","y","z"]',
    '{"type":"\\udc00","text":1,"frames":[[]]}',
    '{"type":"E","text":"t","frames":[["f",-1,"n","t"]]}',
    '{"status":"passed","status":"error"}',
]
FIELDS = (
    *("kind", "outcomes", "status", "count", "values", "changed", "printed", "warnings", "raised", "returned"),
    *("detail", "functions", "remarks", "done", "why", "type", "text", "frames", "extra", "__class__"),
)


def pack(header: bytes, body: bytes = b"", header_size: int | None = None, body_size: int | None = None) -> bytes:
    sizes = len(header) if header_size is None else header_size, len(body) if body_size is None else body_size
    return HEAD.pack(b"GGF1", *sizes) + header + body


def dumps(header: object) -> bytes:
    return json.dumps(header).encode()


VALID = [pack(dumps(header), body) for header, body in HONEST]
TEXTS = [json.dumps(header) for header, _ in HONEST]
TOKENS = [sorted({part for part in text.replace("{", "").split(", ") if ": " in part}) for text in TEXTS]


def flipped(rng: random.Random) -> bytes:
    """Change some bytes of an honest message, anywhere."""
    data = bytearray(rng.choice(VALID))
    for _ in range(rng.choice((1, 1, 1, 2, 5, 20))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def flipped_header(rng: random.Random) -> bytes:
    """Change some characters of an honest header into others that JSON knows."""
    header, body = rng.choice(HONEST)
    text = bytearray(dumps(header))
    for _ in range(rng.choice((1, 1, 2, 4))):
        text[rng.randrange(len(text))] = rng.choice(b'{}[]",:0123456789-+.eEtrufalsn\\ \x00\xff')
    return pack(bytes(text), body)


def cut(rng: random.Random) -> bytes:
    """Cut, repeat or splice honest messages."""
    one, two = rng.choice(VALID), rng.choice(VALID)
    at, to = rng.randrange(len(one)), rng.randrange(len(two))
    return one[:at] + two[to:] + (one if rng.random() < 0.3 else b"")


def announced(rng: random.Random) -> bytes:
    """Announce other lengths than follow."""
    header, body = rng.choice(HONEST)
    text = dumps(header)
    size = rng.choice((0, 1, len(text) - 1, len(text) + 1, 2**16, 2**18, 2**18 + 1, 2**32 - 1))
    after = rng.choice((0, 1, len(body), len(body) + 1, 2**12, 2**17, 2**31, 2**63, 2**64 - 1))
    return pack(text, body, size, after)


def replaced(rng: random.Random) -> bytes:
    """Put a fragment in the place of one field's value, or add one field more."""
    at = rng.randrange(len(HONEST))
    text = TEXTS[at]
    fragment = rng.choice(FRAGMENTS)
    if rng.random() < 0.7:
        token = rng.choice(TOKENS[at])
        text = text.replace(token, f"{token.partition(': ')[0]}: {fragment}", 1)
    else:
        text = "{" + f'"{rng.choice(FIELDS)}": {fragment}, ' + text[1:]
    return pack(text.encode("utf-8", "surrogatepass"), HONEST[at][1])


def rebuilt(rng: random.Random) -> bytes:
    """Build a header from fields and fragments alone."""
    pairs = ", ".join(f'"{rng.choice(FIELDS)}": {rng.choice(FRAGMENTS)}' for _ in range(rng.randrange(1, 6)))
    inner = "{" + pairs + "}"
    kind = rng.choice(("outcomes", "loaded", "flood", "refused", "begun", "canary", "job"))
    text = rng.choice((inner, f'{{"kind": "{kind}", "outcomes": [{inner}], {pairs}}}', f"[{inner}]"))
    return pack(text.encode(), bytes(rng.choice((0, 0, 1, 24))))


def shaped(rng: random.Random) -> bytes:
    """Send arrays whose shapes, dtypes and bytes do not fit."""
    sizes = (0, 1, 2, 3, 7, 512, 2**20, 2**24, 2**31, 10**9, 2**40, 2**63, -1)
    shape = [rng.choice(sizes) for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 8, 64, 65)))]
    kind = rng.choice(("<f8", "<f8", "<f4", "<f2", "<f16", "|b1", "<i8", "|u1", "|O", ">f8", "<c16", "|V0", "f8"))
    entry = {"status": "passed", "count": 1, "values": [[rng.choice(("ndarray", "")), "", kind, shape]]}
    return pack(
        dumps({"kind": "outcomes", "outcomes": [entry]}), rng.randbytes(rng.choice((0, 1, 8, 16, 24, 4096)))
    )


def noise(rng: random.Random) -> bytes:
    """Send bytes of no meaning, with and without the right beginning."""
    data = rng.randbytes(rng.randrange(0, 200))
    return data if rng.random() < 0.5 else pack(data)


KINDS: tuple[Callable[[random.Random], bytes], ...] = (
    flipped,
    flipped,
    flipped_header,
    cut,
    announced,
    replaced,
    replaced,
    rebuilt,
    shaped,
    noise,
)


def decoded(data: bytes, rng: random.Random) -> Iterator[object]:
    """Read a stream as the runner does, in pieces of any size; whatever is complete is decoded."""
    reader = FrameReader(LIMITS)
    size = rng.choice((1 << 16, 1 << 16, 1 << 16, 37))
    for at in range(0, len(data), size):
        for header, body in reader.feed(data[at : at + size]):
            yield decode_reply(header, body, LIMITS, CALLS)


def check_sound(reply) -> None:
    """Hold a reply that was let through to what the rest of the program may rely on."""
    assert reply.kind in {"outcomes", "loaded", "flood", "refused", "begun", "canary"}
    assert len(reply.outcomes) <= len(CALLS)
    for outcome, call in zip(reply.outcomes, CALLS, strict=False):
        assert outcome.call == call.id
        assert outcome.status in STATUSES
        assert len(outcome.values) in (0, call.results)
        assert (
            sum(value.array.nbytes for value in outcome.values if value.array is not None) <= LIMITS.result_bytes
        )
        assert all(value.array is None or value.array.dtype.kind in "biuf" for value in outcome.values)
        assert all(0 <= at < len(call.arguments) for at in outcome.changed)
        check_texts(outcome.printed, outcome.returned, outcome.detail, *outcome.warnings)
    check_texts(reply.why, *reply.done)
    if reply.loaded is not None:
        assert reply.loaded.status in STATUSES
        check_texts(reply.loaded.printed, *reply.loaded.remarks, *(info.name for info in reply.loaded.functions))
        assert all(type(info.least) is int and info.least >= 0 for info in reply.loaded.functions)


def check_texts(*texts: str) -> None:
    for text in texts:
        assert len(text.encode("utf-8")) <= 8192


@pytest.mark.parametrize("shard", range(SHARDS))
def test_nothing_but_the_decoders_own_exception(shard):
    """Any other exception fails the test by itself; the counts show that both ways were walked."""
    rng = random.Random(f"wire-{shard}")
    refused = accepted = 0
    for number in range(MESSAGES):
        data = KINDS[number % len(KINDS)](rng)
        try:
            for reply in decoded(data, rng):
                check_sound(reply)
                accepted += 1
        except WireError:
            refused += 1
    assert refused > MESSAGES // 3
    assert accepted > MESSAGES // 50


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_honest_messages_are_read_as_they_were_meant(piece):
    stream = b"".join(VALID)
    reader = FrameReader(LIMITS)
    messages = [message for at in range(0, len(stream), piece) for message in reader.feed(stream[at : at + piece])]
    first, second, loaded, flood, refused, canary = (decode_reply(*message, LIMITS, CALLS) for message in messages)

    one, four = first.outcomes
    assert one.call == "one"
    assert one.status is Status.PASSED
    assert one.printed == "text"
    assert one.changed == (0,)
    np.testing.assert_array_equal(one.values[0].array, [0.0, 1.0, 2.0])
    assert four.call == "four"
    assert [value.array is None for value in four.values] == [False, False, False, True]
    assert second.outcomes[0].raised.frames[0].line == 3
    assert [info.name for info in loaded.loaded.functions] == ["tanh", "f"]
    assert loaded.loaded.printed == "hi"
    assert flood.kind == "flood"
    assert refused.why == "too many files"
    assert canary.done == ("open a socket",)


@pytest.mark.parametrize(
    "data",
    [
        pack(b"[" * 200_000),
        pack(b"[" * 29_000 + b"]" * 29_000),
        pack(b'{"a":' * 50_000),
        pack(b'{"kind":"outcomes","outcomes":[' + b"{}," * 60_000 + b"{}]}"),
        pack(b'{"kind":"loaded","status":"passed","functions":[' + b'["f",0,0,0],' * 12_000 + b'["f",0,0,0]]}'),
        pack(b'{"kind":"loaded","status":"passed","remarks":["' + b"r" * 250_000 + b'"]}'),
        pack(b'{"kind":"loaded","status":"passed","detail":"' + b"\\ud83d\\ude00" * 20_000 + b'"}'),
        pack(b'{"kind":' + b"1" * 250_000 + b"}"),
        pack(b"{" + b",".join(b'"%d":0' % n for n in range(20_000)) + b"}"),
        pack(dumps({"kind": "outcomes", "outcomes": [{"values": [["a", "", "<f8", [2**24, 2**24]]]}]}), bytes(64)),
        pack(b"{}", b"", 2, 2**64 - 1) + bytes(1 << 20),
        pack(b"{}", b"", 2**32 - 1, 0) + bytes(1 << 20),
        VALID[3] * 20_000,
    ],
    ids=lambda data: f"{len(data)}-{data[16:46]!r}",
)
def test_memory_stays_within_the_caps(data):
    """What decoding takes is bounded by the caps on one message, whatever the message announces."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        try:
            reader = FrameReader(LIMITS)
            for at in range(0, len(data), 1 << 16):
                for header, body in reader.feed(data[at : at + (1 << 16)]):
                    decode_reply(header, body, LIMITS, CALLS)
        except WireError:
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 16 << 20


def test_results_may_not_add_up_beyond_the_total():
    """Each message keeps to its limit; together they do not, and the stream is refused."""
    entry = {"status": "passed", "count": 1, "values": [["ndarray", "", "<f8", [512]]]}
    message = pack(dumps({"kind": "outcomes", "outcomes": [entry]}), bytes(4096))
    reader = FrameReader(LIMITS)
    with pytest.raises(WireError):
        list(itertools.chain.from_iterable(reader.feed(message) for _ in range(1000)))


def test_one_answer_may_not_be_larger_than_a_call_may_hand_back():
    entry = {"status": "passed", "count": 1, "values": [["ndarray", "", "<f8", [513]]]}
    with pytest.raises(WireError):
        decode_reply(dumps({"kind": "outcomes", "outcomes": [entry]}), bytes(513 * 8), LIMITS, CALLS)


@pytest.mark.parametrize("word", [status.value for status in Status if status not in STATUSES])
def test_no_status_of_the_graders_own_is_taken_from_a_child(word):
    with pytest.raises(WireError):
        decode_reply(dumps({"kind": "outcomes", "outcomes": [{"status": word}]}), b"", LIMITS, CALLS)
    with pytest.raises(WireError):
        decode_reply(dumps({"kind": "loaded", "status": word}), b"", LIMITS, CALLS)


def test_more_answers_than_questions_are_refused():
    with pytest.raises(WireError):
        decode_reply(dumps({"kind": "outcomes", "outcomes": [{"status": "error"}] * 3}), b"", LIMITS, CALLS)
