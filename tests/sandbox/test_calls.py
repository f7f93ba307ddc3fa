"""What a call gives back, at every level of isolation: values, forms, exceptions, prints, warnings."""

import numpy as np
import pytest

from grader.model.inputs import Argument, Call, Form, Job
from grader.model.outcome import Frame, Status

X = np.array([[-1.5, 0.0, 2.25], [3.0, -0.0, np.nan]])


@pytest.mark.parametrize("form", [form for form in Form if "scalar" not in form.value])
def test_function_gets_the_same_numbers_in_every_form(runner, one, form):
    outcome = one(runner, "import numpy as np\ndef f(x): return np.array(x, dtype=float) * 2", X, form=form)
    assert outcome.status is Status.PASSED
    np.testing.assert_array_equal(outcome.values[0].array, X * 2)
    assert outcome.changed == ()


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        (Form.ARRAY, "x.flags.c_contiguous and x.flags.writeable"),
        (Form.FORTRAN, "x.flags.f_contiguous and not x.flags.c_contiguous"),
        (Form.STRIDED, "x.strides[-1] == 16"),
        (Form.REVERSED, "x.strides[-1] == -8"),
        (Form.READ_ONLY, "not x.flags.writeable"),
        (Form.BIG_ENDIAN, "x.dtype.byteorder == '>'"),
        (Form.LIST, "type(x) is list and type(x[0]) is list and type(x[0][0]) is float"),
    ],
)
def test_each_form_is_what_it_is_called(warm, one, form, holds):
    outcome = one(warm, f"def f(x): return bool({holds})", X, form=form)
    assert outcome.values[0].array == np.True_


@pytest.mark.parametrize(("form", "name"), [(Form.SCALAR, "float"), (Form.NUMPY_SCALAR, "float64")])
def test_scalars_come_as_python_and_as_numpy_numbers(warm, one, form, name):
    outcome = one(warm, "def f(x):\n print(type(x).__name__)\n return x", 0.1, form=form)
    assert outcome.printed == f"{name}\n"
    assert outcome.values[0].type == name
    assert outcome.values[0].array == 0.1


@pytest.mark.parametrize("dtype", ["?", "i1", "i8", "u1", "u8", "f2", "f4", "f8", "g", ">f8", ">i4"])
def test_dtypes_come_back_as_they_are_in_native_order(warm, one, dtype):
    outcome = one(warm, f"import numpy as np\ndef f(x): return np.array([1, 0, 1], dtype={dtype!r})", 0.0)
    array = outcome.values[0].array
    assert array.dtype == np.dtype(dtype).newbyteorder("=")
    assert array.tolist() == [1, 0, 1]


def test_infinities_nan_and_signed_zeros_survive_both_ways(runner, one):
    values = np.array([np.inf, -np.inf, np.nan, -0.0, 0.0, 5e-324, 1.7976931348623157e308])
    outcome = one(runner, "def f(x): return -x", values)
    assert outcome.values[0].array.tobytes() == (-values).tobytes()


def test_empty_and_zero_dimensional_arrays_keep_their_shape(runner, run, call):
    got = run(
        runner,
        "def f(x): return x",
        *(call("f", np.zeros(shape)) for shape in [(0,), (0, 5), (3, 0, 2), ()]),
    )
    assert [outcome.values[0].array.shape for outcome in got.outcomes] == [(0,), (0, 5), (3, 0, 2), ()]


@pytest.mark.parametrize(
    ("returned", "numbers", "kind"),
    [
        ("1", 1, "int"),
        ("2.5", 2.5, "float"),
        ("True", True, "bool"),
        ("[[1, 2], [3, 4.5]]", [[1, 2], [3, 4.5]], "list"),
        ("(1.0, 2.0)", [1, 2], "tuple"),
        ("np.matrix([[1., 2.]])", [[1, 2]], "matrix"),
        ("np.ma.masked_array([1., 2.], [0, 1])", [1, 2], "MaskedArray"),
        ("np.broadcast_to(7., (2, 2))", [[7, 7], [7, 7]], "ndarray"),
        ("memoryview(np.array([1., 2.]))", [1, 2], "memoryview"),
    ],
)
def test_one_result_is_read_as_one_array(warm, one, returned, numbers, kind):
    outcome = one(warm, f"import numpy as np\ndef f(x): return {returned}", 0.0)
    assert outcome.count == 1
    (value,) = outcome.values
    assert value.type == kind
    assert type(value.array) is np.ndarray
    np.testing.assert_array_equal(value.array, numbers)


@pytest.mark.parametrize(
    ("returned", "kind", "words"),
    [
        ("None", "NoneType", "nothing was returned"),
        ("'text'", "str", "text"),
        ("b'bytes'", "bytes", "bytes"),
        ("1j", "complex", "complex numbers"),
        ("{'a': 1}", "dict", "an array of objects"),
        ("object()", "object", "an array of objects"),
        ("[1, [2, 3]]", "list", "cannot be read as an array (ValueError)"),
        ("10**30", "int", "an array of objects"),
        ("np.array(['2020'], 'M8[D]')", "ndarray", "dates"),
        ("np.zeros(2, [('a', 'f8')])", "ndarray", "records"),
        ("(i for i in range(3))", "generator", "an array of objects"),
        ("f", "function", "an array of objects"),
    ],
)
def test_what_is_no_real_number_is_said_in_words(warm, one, returned, kind, words):
    outcome = one(warm, f"import numpy as np\ndef f(x): return {returned}", 0.0)
    assert outcome.status is Status.PASSED
    (value,) = outcome.values
    assert (value.type, value.array, value.note) == (kind, None, words)


@pytest.mark.parametrize(
    "returned",
    ["(x, x + 1)", "[x, x + 1]", "np.stack([x, x + 1])", "collections.namedtuple('P', 'a b')(x, x + 1)"],
)
def test_several_results_come_in_any_sequence(warm, one, returned):
    source = f"import collections\nimport numpy as np\ndef f(x): return {returned}"
    outcome = one(warm, source, X[0], results=2)
    assert outcome.count == 2
    assert outcome.returned == ""
    np.testing.assert_array_equal(outcome.values[0].array, X[0])
    np.testing.assert_array_equal(outcome.values[1].array, X[0] + 1)


@pytest.mark.parametrize(
    ("returned", "words", "count"),
    [
        ("(x, x, x)", "tuple of 3", 3),
        ("[x]", "list of 1", 1),
        ("np.zeros((2, 5))", "ndarray of shape (2, 5)", 2),
        ("np.zeros(())", "ndarray of shape ()", 1),
        ("None", "NoneType", 0),
        ("{'a': x}", "dict of 1", 1),
        ("1.5", "float", 1),
    ],
)
def test_another_number_of_results_is_said_in_words(warm, one, returned, words, count):
    outcome = one(warm, f"import numpy as np\ndef f(x): return {returned}", X[0], results=4)
    assert outcome.status is Status.PASSED
    assert (outcome.values, outcome.returned, outcome.count) == ((), words, count)


def test_nothing_among_several_results_is_one_value_without_numbers(warm, one):
    outcome = one(warm, "def f(x): return x, None", X[0], results=2)
    assert outcome.values[0].array is not None
    assert (outcome.values[1].type, outcome.values[1].array) == ("NoneType", None)


def test_results_that_share_memory_are_told_apart(warm, run, call):
    """A buffer that the function keeps and overwrites must not change what it returned before."""
    source = "import numpy as np\nkept = np.zeros(2)\ndef f(x):\n kept[:] = x\n return kept"
    got = run(warm, source, call("f", [1.0, 2.0]), call("f", [3.0, 4.0]))
    assert [outcome.values[0].array.tolist() for outcome in got.outcomes] == [[1, 2], [3, 4]]


def test_arguments_are_fresh_for_every_call(warm, run, call):
    batch = (call("f", [1.0, 2.0]), call("f", [1.0, 2.0]))
    got = run(warm, "def f(x):\n x += 1\n return x", *batch)
    assert [outcome.values[0].array.tolist() for outcome in got.outcomes] == [[2, 3], [2, 3]]


@pytest.mark.parametrize(
    ("form", "change", "is_changed"),
    [
        (Form.ARRAY, "x[0] = 9", True),
        (Form.ARRAY, "x *= 1", False),
        (Form.ARRAY, "x[0] = -0.0", True),
        (Form.ARRAY, "x.shape = (2, 1)", True),
        (Form.ARRAY, "x.dtype = 'i8'", True),
        (Form.FORTRAN, "x[0] = 9", True),
        (Form.STRIDED, "x[0] = 9", True),
        (Form.REVERSED, "x[0] = 9", True),
        (Form.BIG_ENDIAN, "x[0] = 9", True),
        (Form.BIG_ENDIAN, "pass", False),
        (Form.LIST, "x[0] = 9", True),
        (Form.LIST, "x.append(1)", True),
        (Form.LIST, "x[0] = 0", True),
        (Form.LIST, "pass", False),
        (Form.READ_ONLY, "pass", False),
    ],
)
def test_changed_arguments_are_named_by_position(warm, run, form, change, is_changed):
    arguments = (
        Argument("y", np.array([np.nan])),
        Argument("x", np.array([0.0, np.nan]), form),
    )
    (outcome,) = run(warm, f"def f(y, x):\n {change}\n return 1.0", Call("c", "f", arguments)).outcomes
    assert outcome.status is Status.PASSED
    assert outcome.changed == ((1,) if is_changed else ())


def test_writing_to_a_read_only_array_raises(warm, one):
    outcome = one(warm, "def f(x):\n x += 1\n return x", [1.0], form=Form.READ_ONLY)
    assert (outcome.status, outcome.raised.type) == (Status.ERROR, "ValueError")
    assert outcome.changed == ()


def test_exception_is_told_by_the_students_own_lines_only(runner, run, call, files):
    sent = files(
        work="import numpy as np\nimport helper\n\n\ndef f(x):\n    y = x\n    return helper.g(y)\n",
        helper="import numpy as np\ndef g(y):\n    return np.linalg.inv(y)  # singular\n",
    )
    (outcome,) = run(runner, sent, call("f", np.zeros((2, 2)))).outcomes
    assert outcome.status is Status.ERROR
    assert (outcome.raised.type, outcome.raised.text) == ("LinAlgError", "Singular matrix")
    assert outcome.raised.frames == (
        Frame("work.py", 7, "f", "return helper.g(y)"),
        Frame("helper.py", 3, "g", "return np.linalg.inv(y)  # singular"),
    )


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("import sys; sys.exit(0)", Status.ERROR, "SystemExit"),
        ("exit()", Status.ERROR, "SystemExit"),
        ("raise KeyboardInterrupt", Status.ERROR, "KeyboardInterrupt"),
        ("return f(x)", Status.ERROR, "RecursionError"),
        ("import numpy as np; return np.zeros(10**12)", Status.MEMORY, "MemoryError"),
        ("return [0] * 10**12", Status.MEMORY, "MemoryError"),
        ("class Odd(BaseException): pass\n raise Odd('why')", Status.ERROR, "Odd"),
        ("input()", Status.ERROR, "EOFError"),
    ],
)
def test_how_a_function_raises_is_its_status(runner, run, call, body, status, kind, short):
    source = f"def f(x):\n {body}\ndef g(x): return x"
    got = run(runner, source, call("f", 1.0), call("g", 1.0), limits=short)
    assert (got.outcomes[0].status, got.outcomes[0].raised.type) == (status, kind)
    assert got.outcomes[1].status is Status.PASSED  # the process lives on
    assert got.finished


def test_exception_that_lies_about_itself_is_still_told(warm, run, call):
    source = """
class Mute(Exception):
    def __str__(self): raise RuntimeError
class Long(Exception):
    def __str__(self): return "é" * 10**6
def f(x): raise Mute
def g(x): raise Long
"""
    mute, long = run(warm, source, call("f", 1.0), call("g", 1.0)).outcomes
    assert mute.raised.text == "(its text cannot be read: RuntimeError)"
    assert long.raised.text == "é" * 2048


def test_missing_function_is_missing_and_a_number_in_its_place_is_said(warm, run, call):
    got = run(
        warm, "tanh = 3.5\ndef relu(x): return x", call("sigmoid", 1.0), call("tanh", 1.0), call("relu", 1.0)
    )
    assert [outcome.status.value for outcome in got.outcomes] == ["missing", "missing", "passed"]
    assert [outcome.detail for outcome in got.outcomes] == ["", "tanh is not a function but float", ""]


def test_prints_belong_to_the_call_that_made_them(runner, run, call):
    source = """
import sys
print("loading")
def f(x):
    print("one", end=" ")
    print("two", file=sys.stderr, flush=True)
    sys.stdout.buffer.write("drei ü".encode())
    return x
def g(x): return x
"""
    got = run(runner, source, call("f", 1.0), call("g", 1.0), call("f", 2.0))
    assert got.loaded.printed == "loading\n"
    assert [outcome.printed for outcome in got.outcomes] == ["one two\ndrei ü", "", "one two\ndrei ü"]


def test_prints_beyond_the_limit_are_dropped_and_cost_nothing(runner, run, call, short):
    got = run(runner, "def f(x):\n print('x' * 800)\n return x", *[call("f", 1.0)] * 3, limits=short)
    assert [outcome.status for outcome in got.outcomes] == [Status.PASSED] * 3
    assert sum(len(outcome.printed) for outcome in got.outcomes) == short.printed_bytes


@pytest.mark.parametrize(
    "shout", ["print('x' * 1000)", "os.write(1, b'x' * 1000)", "os.write(2, b'x' * 1000)", "print(end='yy')"]
)
def test_flood_ends_the_process(runner, run, call, shout, short):
    source = f"import os\ndef f(x): return x\ndef g(x):\n while True: {shout}"
    got = run(runner, source, call("f", 1.0), call("g", 1.0), limits=short, careful=True)
    assert [outcome.status for outcome in got.outcomes] == [Status.PASSED, Status.OUTPUT_LIMIT]
    assert not got.finished


def test_what_is_written_to_the_descriptor_is_kept_apart(runner, run, call):
    got = run(runner, "import os\ndef f(x):\n os.write(1, b'raw\\n')\n return x", call("f", 1.0))
    assert got.outcomes[0].printed == ""
    assert got.printed == "raw\n"


def test_warnings_belong_to_the_call_and_are_told_once(runner, run, call):
    source = """
import warnings
import numpy as np
warnings.warn("at import")
def f(x):
    for _ in range(3):
        np.exp(x * 1e6)
    return x
def g(x):
    warnings.warn("gone soon", DeprecationWarning)
    for n in range(20):
        warnings.warn(f"{n}" * 400)
    return x
"""
    first, second = run(runner, source, call("f", 1.0), call("g", 1.0)).outcomes
    assert first.warnings == ("RuntimeWarning: overflow encountered in exp",)
    assert len(second.warnings) == 5
    assert {len(text) for text in second.warnings} == {200}


def test_batches_come_one_after_the_other(runner, files, call):
    """Inputs of the second batch must not be in the process before the first is answered."""
    source = """
import os, select
seen = []
def f(x):
    seen.append(float(x))
    return float(bool(select.select([3], [], [], 0)[0]))
def g(x): return seen
"""
    batches = ((call("f", 1.0), call("f", 2.0)), (), (call("g", 0.0),))
    got = runner.run(Job(files(work=source), "work", batches))
    if runner.isolation.value != "none":
        assert [outcome.values[0].array.tolist() for outcome in got.outcomes[:2]] == [0.0, 0.0]
    assert got.outcomes[2].values[0].array.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("careful", [False, True])
def test_careful_or_not_gives_the_same(runner, run, call, careful):
    source = "import numpy as np\ndef f(x):\n print(x[0])\n return np.outer(x, x)"
    calls = [call("f", np.arange(50.0) + at, name=f"c{at}") for at in range(40)]
    got = run(runner, source, *calls, careful=careful)
    assert [outcome.call for outcome in got.outcomes] == [f"c{at}" for at in range(40)]
    assert [outcome.printed for outcome in got.outcomes] == [f"{at}.0\n" for at in range(40)]
    for at, outcome in enumerate(got.outcomes):
        np.testing.assert_array_equal(
            outcome.values[0].array, np.outer(np.arange(50.0) + at, np.arange(50.0) + at)
        )


def test_random_numbers_follow_the_seed(runner, files, call):
    source = "import random\nimport numpy as np\ndef f(x): return [random.random(), np.random.rand()]"

    def drawn(seed: int) -> list[float]:
        job = Job(files(work=source), "work", ((call("f", 0.0),),), seed=seed)
        return runner.run(job).outcomes[0].values[0].array.tolist()

    assert drawn(1) == drawn(1) != drawn(2)


def test_a_missing_file_is_named_from_the_students_folder_whatever_that_is_called(runner, one):
    source = "import os\ndef f(x):\n    return open(os.path.join(os.path.dirname(__file__), 'weights.txt'))\n"
    assert one(runner, source, 1.0).raised.text == "[Errno 2] No such file or directory: 'weights.txt'"
