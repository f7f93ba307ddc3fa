"""What crosses the wire arrives bit for bit; what does not keep to the format is refused with one exception."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.model.inputs import Argument, Call, Form, Job, Limits, SourceFile
from grader.model.outcome import Frame, FunctionInfo, Raised, Status
from grader.sandbox.wire import DTYPES, FrameReader, WireError, decode_reply, encode_batch, encode_job

LIMITS = Limits(result_bytes=4096, total_result_bytes=10_000, printed_bytes=100)
CALL = Call("c", "f", (Argument("x", np.zeros(2)),), 1)
PAIR = Call("p", "f", (), 2)
ARRAYS = hnp.arrays(
    st.sampled_from(["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", ">f8", ">i4"]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
)


def _split(message: bytes) -> tuple[bytes, bytes]:
    """Cut a message with the drawn layout only, not with the code under test."""
    magic, header, body = struct.unpack("<4sIQ", message[:16])
    assert magic == b"GGF1"
    assert len(message) == 16 + header + body
    return message[16 : 16 + header], message[16 + header :]


def _same(got: np.ndarray, wanted: np.ndarray) -> bool:
    native = wanted.astype(wanted.dtype.newbyteorder("="))
    return got.dtype == native.dtype and got.shape == native.shape and got.tobytes() == native.tobytes()


@given(ARRAYS)
def test_input_arrives_bit_for_bit(child, array):
    values = child("values")
    header, body = _split(encode_batch((Call("c", "f", (Argument("x", array),)),), is_last=True))
    (((function, results, ((form, dtype, shape, size),)),), is_last) = json.loads(header).values()
    assert (function, results, form, is_last, size) == ("f", 1, "array", True, len(body))
    assert _same(values.give(form, dtype, shape, body).thing, array)


@given(ARRAYS, st.sampled_from([form for form in Form if "scalar" not in form.value]))
def test_every_form_holds_the_same_numbers(child, array, form):
    values = child("values")
    plain = array.astype(array.dtype.newbyteorder("="))
    given_ = values.give(form.value, plain.dtype.str, list(plain.shape), plain.tobytes())
    assert not given_.is_changed()
    if form is Form.LIST:
        assert repr(given_.thing) == repr(plain.tolist())
    else:
        assert _same(given_.thing.astype(plain.dtype), plain)


@given(ARRAYS)
def test_result_arrives_bit_for_bit(child, array):
    entry, raw = child("values").read(array, 1 << 20)
    reply = {"kind": "outcomes", "outcomes": [{"status": "passed", "count": 1, "values": [entry]}]}
    (outcome,) = decode_reply(json.dumps(reply).encode(), raw, Limits(), (CALL,)).outcomes
    assert _same(outcome.values[0].array, array)
    assert outcome.values[0].array.flags.aligned
    assert outcome.values[0].array.flags.writeable


@given(st.lists(st.binary(max_size=50)), st.integers(1, 60))
def test_stream_in_any_pieces_gives_the_same_messages(bodies, step):
    messages = [(b'{"n":%d}' % at, body) for at, body in enumerate(bodies)]
    stream = b"".join(struct.pack("<4sIQ", b"GGF1", len(h), len(b)) + h + b for h, b in messages)
    reader = FrameReader(LIMITS)
    got = [message for at in range(0, len(stream), step) for message in reader.feed(stream[at : at + step])]
    assert got == messages
    assert reader.is_between


def test_same_calls_are_encoded_once():
    calls = (CALL,)
    assert encode_batch(calls, is_last=False) is encode_batch(calls, is_last=False)
    assert encode_batch(calls, is_last=True) != encode_batch(calls, is_last=False)


def test_nothing_but_a_job_crosses():
    """Neither the name of a case nor of a parameter is in a request: they could say what is tested."""
    call = Call("hidden-extremes", "f", (Argument("secret_name", np.ones(1)),))
    job = Job((SourceFile("f.py", b"x = 1"),), "f", ((call,),))
    sent = encode_job(job) + encode_batch(job.batches[0], is_last=True)
    assert b"extremes" not in sent
    assert b"secret_name" not in sent


def test_input_of_no_real_dtype_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="complex128"):
        encode_batch((Call("c", "f", (Argument("x", np.zeros(1, complex)),)),), is_last=True)


def _reply(**entry: object) -> dict:
    return {"kind": "outcomes", "outcomes": [{"status": "passed", "count": 1, "values": []} | entry]}


def _decode(reply: object, body: bytes = b"", calls: tuple[Call, ...] = (CALL,)):
    return decode_reply(reply if isinstance(reply, bytes) else json.dumps(reply).encode(), body, LIMITS, calls)


def test_full_reply_is_read():
    reply = _reply(
        values=[["ndarray", "", "<f8", [2]]],
        changed=[0],
        printed=3,
        warnings=["RuntimeWarning: overflow"],
        detail="d",
        raised={"type": "E", "text": "t", "frames": [["work.py", 3, "f", "return"]]},
    )
    (outcome,) = _decode(reply, b"out" + struct.pack("<2d", 1.5, -0.0)).outcomes
    assert (outcome.call, outcome.status, outcome.count, outcome.changed) == ("c", Status.PASSED, 1, (0,))
    assert (outcome.printed, outcome.warnings, outcome.detail) == ("out", ("RuntimeWarning: overflow",), "d")
    assert outcome.raised == Raised("E", "t", (Frame("work.py", 3, "f", "return"),))
    assert outcome.values[0].array.tobytes() == struct.pack("<2d", 1.5, -0.0)


def test_full_load_is_read():
    reply = {"kind": "loaded", "status": "error", "functions": [["f", 1, None, 4]], "remarks": ["r"], "printed": 2}
    loaded = _decode(reply, b"\xffa").loaded
    assert loaded.functions == (FunctionInfo("f", 1, None, 4),)
    assert (loaded.status, loaded.remarks, loaded.printed) == (Status.ERROR, ("r",), "\ufffda")


def test_bytes_of_booleans_are_normalised():
    (outcome,) = _decode(_reply(values=[["ndarray", "", "|b1", [3]]]), b"\x00\x02\xff").outcomes
    assert outcome.values[0].array.view(np.uint8).tolist() == [0, 1, 1]


@pytest.mark.skipif(np.dtype("g").itemsize != 16, reason="no extended precision here")
def test_long_doubles_that_are_no_number_become_nan():
    pattern = struct.pack("<QHxxxxxx", 1, 0x3FFF)  # an "unnormal": the leading bit is missing
    (outcome,) = _decode(_reply(values=[["ndarray", "", np.dtype("g").str, [1]]]), pattern).outcomes
    value = outcome.values[0].array
    assert np.isnan(value) or value == 0


def test_half_a_surrogate_pair_becomes_a_question_mark():
    (outcome,) = _decode(b'{"kind":"outcomes","outcomes":[{"status":"error","detail":"a\\ud800b"}]}').outcomes
    assert outcome.detail == "a?b"


GOOD = ["ndarray", "", "<f8", [1]]


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (b"", b""),
        (b"{", b""),
        (b"[]", b""),
        (b"null", b""),
        (b'{"kind": "loaded", "status": "passed", "x": NaN}', b""),
        (b'{"kind": "loaded", "status": "passed", "x": -Infinity}', b""),
        (b'{"kind": "loaded", "status": "passed", "x": 1.0}', b""),
        (b'{"kind": "loaded", "status": "passed", "x": 1e999}', b""),
        (b'{"kind": "loaded", "status": "passed", "x": ' + b"9" * 5000 + b"}", b""),
        (b'{"kind": "loaded", "status": "passed"}\xff', b""),
        (b"[" * 100_000 + b"]" * 100_000, b""),
        (b'{"kind": "loaded", "x": ' + b"[" * 5000 + b"]" * 5000 + b"}", b""),
        (b" " * (256 << 10) + b"{}", b""),
        ({"kind": "other"}, b""),
        ({"kind": ["loaded"]}, b""),
        ({"kind": "flood"}, b"body"),
        ({"kind": "loaded"}, b""),
        ({"kind": "loaded", "status": "timeout"}, b""),
        ({"kind": "loaded", "status": "grader_error"}, b""),
        ({"kind": "loaded", "status": "passed", "printed": 1}, b""),
        ({"kind": "loaded", "status": "passed", "printed": -1}, b""),
        ({"kind": "loaded", "status": "passed", "printed": True}, b"x"),
        ({"kind": "loaded", "status": "passed", "printed": 101}, b"x" * 101),
        ({"kind": "loaded", "status": "passed"}, b"x"),
        ({"kind": "loaded", "status": "passed", "functions": [["f", 1, 1]]}, b""),
        ({"kind": "loaded", "status": "passed", "functions": [["f", 1, 1, 1]] * 201}, b""),
        ({"kind": "loaded", "status": "passed", "functions": {"f": 1}}, b""),
        ({"kind": "loaded", "status": "passed", "raised": ["E"]}, b""),
        ({"kind": "loaded", "status": "passed", "raised": {"frames": [["a", 1, "f", "x"]] * 17}}, b""),
        ({"kind": "loaded", "status": "passed", "remarks": [1]}, b""),
        ({"kind": "outcomes"} | {"outcomes": "x"}, b""),
        ({"kind": "outcomes", "outcomes": [1]}, b""),
        ({"kind": "outcomes", "outcomes": [{"status": "error"}] * 2}, b""),  # one call was made
        (_reply(status="passed", values=[GOOD]), b"x" * 7),
        (_reply(values=[GOOD]), b"x" * 9),
        (_reply(values=[GOOD, GOOD], count=2), b"x" * 16),  # one result was asked for
        (_reply(values=[GOOD], count=2), b"x" * 8),
        (_reply(values=[GOOD], status="error"), b"x" * 8),
        (_reply(values=[["ndarray", "", "<c16", [1]]]), b"x" * 16),
        (_reply(values=[["ndarray", "", "|O", [1]]]), b"x" * 8),
        (_reply(values=[["ndarray", "", "f8", [1]]]), b"x" * 8),
        (_reply(values=[["ndarray", "", ">f8", [1]]]), b"x" * 8),
        (_reply(values=[["ndarray", "", ["<f8"], [1]]]), b"x" * 8),
        (_reply(values=[["ndarray", "", "<f8", 1]]), b"x" * 8),
        (_reply(values=[["ndarray", "", "<f8", [-1]]]), b""),
        (_reply(values=[["ndarray", "", "<f8", [True]]]), b"x" * 8),
        (_reply(values=[["ndarray", "", "<f8", [1] * 65]]), b"x" * 8),
        (_reply(values=[["ndarray", "", "<f8", [0, 10**9, 10**9]]]), b""),
        (_reply(values=[["ndarray", "", "<f8", [10**9] * 60]]), b""),
        (_reply(values=[["ndarray", "", "<f8", [513]]]), b"x" * 4104),  # more than one call may hand back
        (_reply(values=[["ndarray", ""], 1]), b""),
        (_reply(values=["x"]), b""),
        (_reply(values=[[1, ""]]), b""),
        (_reply(changed=[1]), b""),
        (_reply(changed=[-1]), b""),
        (_reply(changed=[0, 0]), b""),
        (_reply(warnings=["w"] * 6), b""),
        (_reply(returned=1), b""),
        (_reply(detail=None), b""),
        (_reply(count="1"), b""),
    ],
)
def test_violation_is_refused_with_one_exception(reply, body):
    with pytest.raises(WireError):
        _decode(reply, body)


@pytest.mark.parametrize(
    "head",
    [
        b"XXXX" + bytes(12),
        struct.pack("<4sIQ", b"GGF1", (256 << 10) + 1, 0),
        struct.pack("<4sIQ", b"GGF1", 0xFFFFFFFF, 0),
        struct.pack("<4sIQ", b"GGF1", 2, 4096 + 100 + (64 << 10) + 1),
        struct.pack("<4sIQ", b"GGF1", 2, (1 << 64) - 1),
    ],
)
def test_message_is_refused_by_its_first_bytes(head):
    """Before memory is spent on what it promises."""
    with pytest.raises(WireError):
        list(FrameReader(LIMITS).feed(head))


def test_messages_are_bounded_all_together():
    reader = FrameReader(LIMITS)
    one = struct.pack("<4sIQ", b"GGF1", 2, 4000) + b"{}" + bytes(4000)
    assert len(list(reader.feed(one * 18))) == 18
    with pytest.raises(WireError):
        list(reader.feed(one))


def test_nothing_is_kept_of_a_message_but_its_own_bytes():
    assert set(DTYPES) == {
        *("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"),
        np.dtype("g").newbyteorder("<").str,
    }
