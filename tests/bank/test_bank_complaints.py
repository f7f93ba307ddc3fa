"""Everything wrong with a file is told in one go, in words that are kept in files.

After a change of words: ``GRADEGATE_REWRITE=1 python -m pytest tests/bank``, then read the difference.
"""
# ruff: noqa: E501 (a table)

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.bank import load
from grader.errors import BankError

GOLDEN = Path(__file__).parent / "golden"


def told(loading, path):
    """Return what is complained about, places relative to the folder of the golden files."""
    with pytest.raises(BankError) as caught:
        loading(path)
    return str(caught.value).replace(f"{GOLDEN}/", "") + "\n"


@pytest.mark.parametrize("name", ["ten_mistakes", "crossed"])
def test_every_mistake_in_a_bank_is_told_at_once(name, golden):
    golden(GOLDEN / name / "complaints.txt", told(load.load_topic, GOLDEN / name))


def test_every_mistake_in_an_assessment_is_told_at_once(golden, monkeypatch):
    monkeypatch.setattr("grader.bank.shipped._folders", lambda: (GOLDEN.parent / "topics",))
    golden(GOLDEN / "course" / "complaints.txt", told(load.load_assessment, GOLDEN / "course" / "course.yaml"))


def test_complaints_come_in_the_order_of_the_file():
    with pytest.raises(BankError) as caught:
        load.load_topic(GOLDEN / "ten_mistakes")
    places = [(one.place.line, one.place.column) for one in caught.value.complaints]
    assert places == sorted(places)


def spoil(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


SPOILED = [
    # (file, what is written, what is written instead, what must be said)
    ("bank.yaml", "topic: softmax", "topic: Softmax", "`topic` is 'Softmax'"),
    ("bank.yaml", "topic: softmax", "topic: other", "the topic 'other' lies in a folder 'softmax'"),
    ("bank.yaml", "topic: softmax\n", "", "a bank needs `topic`"),
    ("bank.yaml", "share: 70", "share: 69.9", "the shares add up to 99.9 %, not 100 %"),
    ("bank.yaml", "share: 70", "share: true", "`share` is true"),
    ("bank.yaml", "share: 70", "share: .inf", "`share` is .inf"),
    ("bank.yaml", "wall_seconds: 5", "wall_seconds: 4.9", "`wall_seconds` is 4.9"),
    ("bank.yaml", "wall_seconds: 5", "wall_seconds: '5'", "`wall_seconds` is '5'"),
    ("bank.yaml", "public: true", "public: 1", "`public` is 1"),
    ("bank.yaml", "sizes: {N: 1, K: 1}", "sizes: {N: 1}", "the case `tiny` gives no number to K"),
    ("bank.yaml", "sizes: {N: 1, K: 1}", "sizes: {N: 9, K: 1}", "`N` is 9, above the limit of 8"),
    ("bank.yaml", "sizes: {N: 1, K: 1}", "sizes: {N: 1, K: -1}", "`K` is -1"),
    ("bank.yaml", "cases: [tiny, all-differ]", "cases: [tiny, all]", "'all' is not a case of the question"),
    ("bank.yaml", "cases: [tiny, all-differ]", "cases: []", "`cases` is a list of 0"),
    ("bank.yaml", "needs: values", "needs: valus", "'valus' is not a check of the question"),
    ("bank.yaml", "needs: values", "needs: stable", "checks wait for each other: stable needs stable"),
    ("bank.yaml", "name: values,", "name: any,", "a check cannot be called 'any'"),
    ("bank.yaml", "case: float32,", "case: float16,", "'float16' is not a case of the question"),
    ("bank.yaml", "{normal: 2.0}", "{normal: 0}", "`normal` is 0"),
    ("bank.yaml", "{normal: 2.0}", "{normal: .nan}", "`normal` is .nan"),
    ("bank.yaml", "{normal: 2.0}", "{probe: extremes}", "`probe` is for elementwise functions"),
    ("bank.yaml", "[[1e3, 999, -1e3]]", "[[1e3, 999]]", "`values` has the shape (1, 2), and (1, 3) is wanted"),
    ("bank.yaml", "dtype: float32", "dtype: float31", "`dtype` is 'float31', which is not known here"),
    ("bank.yaml", "rule: {eps: 16}", "rule: {}", "here are none"),
    ("bank.yaml", "rule: {eps: 16}", "rule: {normwise: 0}", "`normwise` is 0"),
    ("bank.yaml", "id: softmax_grad", "id: softmax", "'softmax' is a question's id for the second time"),
    ("bank.yaml", "id: softmax_grad", "id: softmax grad", "`id` is 'softmax grad'"),
    ("bank.yaml", "depends: [softmax]", "depends: [sofmax]", "'sofmax' is not a function that this topic asks for"),
    ("bank.yaml", "upstream: dp", "upstream: dq", "'dq' is not a parameter of this function"),
    ("bank.yaml", "upstream: dp, ", "", "the gradient has no `upstream`"),
    ("bank.yaml", "with_respect_to: [z]", "with_respect_to: [z, z]", "`with_respect_to` has 2 names"),
    ("bank.yaml", "share: 50, cases", "share: 60, cases", "`share` is 60: more than half of the points"),
    ("bank.yaml", "share: 50, cases", "share: half, cases", "`share` is 'half'"),
    ("bank.yaml", "share: 50, cases: [all-differ]", "share: 50", "a follow-on credit needs `cases`"),
    ("bank.yaml", "50, cases: [all-differ]", "50, cases: [all]", "'all' is not a case of the question"),
    ("bank.yaml", "{N: 2, K: 5}}\n      - {name: strided", "{N: 5, K: 5}}\n      - {name: strided", "the sizes of the case 'all-differ' do not all differ (N: 5, K: 5)"),
    ("bank.yaml", "50, cases: [all-differ]", "50, cases: [all-differ, all-differ]", "'all-differ' is a case in the list for the second time"),
    ("bank.yaml", "    gradient: {of: softmax, upstream: dp, with_respect_to: [z]}\n", "", "there is no `gradient`"),
    ("bank.yaml", "follow_on: {", "follow_on: {credit: 1, ", "`credit` is not a key of"),
    ("bank.yaml", "questions:", "questions: {}\nquestion:", "`questions` is a mapping"),
    ("bank.yaml", "kind: code", "kind: quiz", "`kind` is 'quiz', which is not known here"),
    ("bank.yaml", "    kind: code\n", "", "a question needs `kind`"),
    ("bank.yaml", "title: Softmax and its gradient", "title: a: b", "a `:` cannot stand here"),
    ("reference.py", "def softmax_grad(dp, z)", "def softmax_grad(z)", "`softmax_grad` does not take the 2 arguments"),
    ("bank.yaml", "depends: [softmax]", "function: softmaxgrad", "'softmaxgrad' is not a function in reference.py"),
    ("course.yaml", "points: 2.5", "points: 0", "`points` is 0"),
    ("course.yaml", "points: 2.5", "points: 1/0", "`points` is '1/0'"),
    ("course.yaml", "points: 2.5", "points: true", "`points` is true"),
    ("course.yaml", "softmax/softmax,", "softmax/sofmax,", "the topic 'softmax' has no question 'sofmax'"),
    ("course.yaml", "softmax/softmax,", "hardmax/softmax,", "'hardmax' is not a topic"),
    ("course.yaml", "softmax/softmax,", "softmax/softmax_grad,", "is picked for the second time"),
    ("course.yaml", "softmax/softmax,", "softmax/,", "`id` is 'softmax/'"),
    ("course.yaml", "questions:", "include: []\nquests:", "`quests` is not a key of an assessment"),
    ("course.yaml", "seed: spring-2027", "seed: ' '", "`seed` is ' '"),
    ("course.yaml", "questions:", "hints: corection\nquestions:", "`hints` is 'corection', which is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILED)
def test_a_mistake_is_named_with_its_value_and_place(course, file, old, new, said):
    """One mistake in a sound assessment: it is told, at a line that exists, in the file that holds it."""
    path = course if file == "course.yaml" else course.parent / "softmax" / file
    spoil(path, old, new)
    with pytest.raises(BankError) as caught:
        load.load_assessment(course)
    found = [one for one in caught.value.complaints if said in one.message]
    assert found, str(caught.value)
    assert found[0].place.file == str(path)
    assert 1 <= found[0].place.line <= len(path.read_text().splitlines())
    assert found[0].hint


FOLLOW_ON = """
topic: line
title: A line and its gradient
questions:
  - &line
    id: line
    kind: code
    title: A line
    prompt: Write it.
    file: line.py
    parameters:
      - &a {name: a, shape: [N], draw: {normal: 1.0}}
      - &b {name: b, shape: [N], draw: {normal: 1.0}}
    results: [{name: y, shape: [N]}]
    checks: [&right {name: values, says: It is right., share: 100, rule: {normwise: 1e-9}}]
    cases: [&two {name: two, public: true, sizes: {N: 2}}]
  - id: line_grad
    kind: code
    title: Its gradient
    prompt: Write it.
    file: line.py
    parameters: [{name: dy, shape: [N], draw: {normal: 1.0}}, *a, *b]
    results: [{name: da, shape: [N]}, {name: db, shape: [N]}]
    checks: [*right]
    cases: [*two]
    gradient: {of: line, upstream: dy, with_respect_to: [a, b]}
    follow_on: {share: 50, cases: [two]}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    file: line.py\n    parameters: [{",
            "    file: other.py\n    parameters: [{",
            "`line` is asked for in line.py, and `follow_on` needs it in the same file",
        ),
        (
            "with_respect_to: [a, b]",
            "with_respect_to: [b, a]",
            "`follow_on` needs the gradient by every parameter of `line`, in its order",
        ),
        (
            "with_respect_to: [a, b]",
            "with_respect_to: [a]",
            "`follow_on` needs the gradient by every parameter of `line`, in its order",
        ),
        ("upstream: dy, ", "", "`follow_on` needs an `upstream` gradient, and the `gradient` has none"),
        ("sizes: {N: 2}", "sizes: {N: 0}", "the sizes of the case 'two' do not all differ (N: 0)"),
    ],
)
def test_what_follow_on_credit_asks_of_a_gradient_is_told_at_its_place(tmp_path, old, new, said):
    topic = tmp_path / "line"
    topic.mkdir()
    reference = "def line(a, b):\n    return a * b\n\n\ndef line_grad(dy, a, b):\n    return dy * b, dy * a\n"
    (topic / "reference.py").write_text(reference)
    (topic / "bank.yaml").write_text(FOLLOW_ON)
    assert load.load_topic(topic).questions[1].follow_on is not None
    spoil(topic / "bank.yaml", old, new)
    with pytest.raises(BankError) as caught:
        load.load_topic(topic)
    found = [one for one in caught.value.complaints if said in one.message]
    assert found, str(caught.value)
    line = (topic / "bank.yaml").read_text().splitlines()[found[0].place.line - 1]
    assert any(word in line for word in ("follow_on", "with_respect_to"))
    assert found[0].hint


REFERENCES = [
    ("import nunpy", 1, "ModuleNotFoundError"),
    ("x = 1\ny = 1 / 0", 2, "ZeroDivisionError"),
    ("def f(:\n    pass", 1, "invalid syntax"),
    ("raise SystemExit(3)", 1, "SystemExit"),
    ("def f():\n    raise ValueError('no')\n\nf()", 2, "ValueError: no"),
    ("\xff".encode("latin-1").decode("latin-1") + " = '\\0'\n1 +", 2, "invalid syntax"),
]


@pytest.mark.parametrize(("text", "line", "said"), REFERENCES)
def test_a_reference_that_fails_is_told_with_its_line(softmax, text, line, said):
    (softmax / "reference.py").write_text(text, "utf-8")
    with pytest.raises(BankError) as caught:
        load.load_topic(softmax)
    (complaint,) = caught.value.complaints
    assert said in complaint.message
    assert (complaint.place.file, complaint.place.line) == (str(softmax / "reference.py"), line)


def test_a_reference_that_fails_beside_itself_is_told_there(softmax):
    (softmax / "steps.py").write_text("\nimport nunpy\n")
    with pytest.raises(BankError) as caught:
        load.load_topic(softmax)
    assert str(caught.value.complaints[0].place) == f"{softmax / 'steps.py'}:2"


def test_a_missing_reference_is_told(softmax):
    (softmax / "reference.py").unlink()
    with pytest.raises(BankError, match=r"no reference\.py beside the bank"):
        load.load_topic(softmax)


def test_a_bank_is_not_an_assessment(softmax):
    with pytest.raises(BankError, match="a bank, not an assessment"):
        load.load_assessment(softmax / "bank.yaml")


def test_an_empty_assessment_is_told(course):
    course.write_text("title: x\nseed: y\nquestions: []\n")
    with pytest.raises(BankError, match="no questions"):
        load.load_assessment(course)


BANK = (Path(__file__).parent / "topics" / "softmax" / "bank.yaml").read_text()
LINES = BANK.splitlines()


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A topic whose bank is written anew for each example."""
    folder = tmp_path_factory.mktemp("spoiled") / "softmax"
    folder.mkdir()
    (folder / "reference.py").write_text("def softmax(z): ...\ndef softmax_grad(dp, z): ...\n")
    return folder


@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 60), st.integers(0, 9), st.text(max_size=3))
    ),
    st.sampled_from(["", "?", "[", "1", "~", "{}", "- "]),
)
def test_however_a_bank_is_spoiled_only_complaints_come_of_it(spoiled, changes, start):
    """Cut and insert anywhere: the bank loads or BankError is raised, with a place for every complaint."""
    lines = list(LINES)
    for number, column, length, text in changes:
        lines[number] = lines[number][:column] + text + lines[number][column + length :]
    loads_or_complains(spoiled, start + "\n".join(lines))


VALUES = st.recursive(
    st.sampled_from(
        ["a", "N", "4H", "values", "code", "", "1/3", 0, 1, -1, 5, 0.5, True, None, float("nan"), 10**30]
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_in_place_of_a_value_only_complaints_come_of_it(spoiled, data):
    """Replace values all over a sound bank by values of any type."""
    import json

    from grader.bank.yaml12 import parse

    document = parse(BANK, "bank").value
    for _ in range(data.draw(st.integers(1, 4))):
        at = document
        while True:
            key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            if isinstance(at[key], dict | list) and at[key] and data.draw(st.integers(0, 4)):
                at = at[key]
                continue
            at[key] = data.draw(VALUES | st.dictionaries(st.sampled_from(["values", "name", "N", "z"]), VALUES))
            break
    text = json.dumps(document).replace("NaN", ".nan")
    loads_or_complains(spoiled, text)


def loads_or_complains(folder, text):
    (folder / "bank.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    complaints = ()
    try:
        load.load_topic(folder)
    except BankError as error:
        complaints = error.complaints
    assert all(one.place is not None and one.message for one in complaints)


@pytest.mark.parametrize("hints", ["question", "pointer", "correction"])
def test_how_far_hints_go_is_read_and_is_everything_by_default(course, hints):
    assert load.load_assessment(course).hints == "correction"
    spoil(course, "questions:", f"hints: {hints}\nquestions:")
    assert load.load_assessment(course).hints == hints
