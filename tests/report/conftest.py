"""A small assessment and a student whose grade holds everything that a page must be able to show."""

import math
from array import array
from fractions import Fraction
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest

from grader.model.cluster import Cluster, Exhibit, ShownResult, Unexplained
from grader.model.grade import CheckGrade, Curve, Evidence, Misconception, QuestionGrade, StudentGrade
from grader.model.inputs import Argument
from grader.model.key import Expected, KeyedCase
from grader.model.outcome import Frame, Isolation, Outcome, Status
from grader.model.question import Assessment, CodeQuestion, Item, Parameter

PROMPT = """Write `{name}`. It is applied to every number of the array.

$$\\tanh(x) = \\frac{{e^x - e^{{-x}}}}{{e^x + e^{{-x}}}}
= 2 \\sigma(2 x) - 1 = \\frac{{1 - e^{{-2 x}}}}{{1 + e^{{-2 x}}}}$$

* The result has the **shape** of the argument, $x \\in \\mathbb{{R}}$.
* Costs \\$5 or $5, not less.
"""
GRID = [step / 4 for step in range(-24, 25)]
HOSTILE = "<script>alert('1')</script> \x1b[31mred\x1b[0m \u202egnp.exe &amp; \" ' ={1+1}"


def question(name: str, title: str, parameters: tuple[str, ...], module: str, *, prompt: str = "") -> CodeQuestion:
    return CodeQuestion(
        id=f"{'lstm' if module == 'lstm' else 'tanh'}/{name}",
        title=title,
        prompt=prompt or PROMPT.format(name=name),
        module=module,
        function=name,
        parameters=tuple(Parameter(parameter) for parameter in parameters),
        results=("y",),
        result_shapes=((),),
        checks=(),
        cases=(),
        elementwise=module == "activations",
    )


LSTM = ("x", "h_prev", "c_prev", "W", "U", "b")
QUESTIONS = (
    (question("tanh", "The hyperbolic tangent", ("x",), "activations"), 4),
    (question("tanh_grad", "Its derivative", ("x",), "activations"), 4),
    (question("sigmoid", "The logistic function", ("x",), "activations"), 4),
    (question("sigmoid_grad", "Its derivative, too", ("x",), "activations"), 3),
    (question("relu", "The rectifier", ("x",), "activations"), 2),
    (question("relu_grad", "A derivative of the rectifier", ("x",), "activations"), 3),
    (question("lstm_gates", "The four gates", ("x", "h_prev", "W", "U", "b"), "lstm"), 5),
    (question("lstm_cell", "One step of an LSTM", LSTM, "lstm"), 5),
    (question("lstm_forward", "A whole sequence", ("xs", "h0", "c0", "W", "U", "b"), "lstm"), 5),
    (question("lstm_backward", "Its gradients", ("dhs", "xs", "h0", "c0", "W", "U", "b"), "lstm"), 5),
)


def make_assessment(**changes: object) -> Assessment:
    fields = {
        "id": "homework",
        "title": "Homework: activations and LSTM gating",
        "seed": "autumn-2026",
        "items": tuple(Item(one, Fraction(points)) for one, points in QUESTIONS),
        "topics": (),
        "introduction": "Hand in `activations.py` and `lstm.py`.\n\n# Rules\n\nNumPy only; see [the course](https://example.org).",
    }
    return Assessment(**{**fields, **changes})


def check(
    name: str, says: str, most: int, status: Status = Status.PASSED, message: str = "", **more: object
) -> CheckGrade:
    score = Fraction(most if status is Status.PASSED else 0)
    return CheckGrade(name, says, score, Fraction(most), status, message, **more)


def graded(index: int, status: Status, checks: tuple[CheckGrade, ...], **more: object) -> QuestionGrade:
    asked, points = QUESTIONS[index]
    return QuestionGrade(
        id=asked.id,
        kind="code",
        title=asked.title,
        signature=asked.signature,
        score=sum((one.score for one in checks), Fraction(0)),
        max_score=Fraction(points),
        status=status,
        checks=checks,
        **more,
    )


VALUES = "The values on ordinary inputs"
SHAPES = "Floats, empty arrays, arrays of any shape; the argument left as it was"
STABLE = "The whole range of floats, infinities and nan too"


def all_passed() -> StudentGrade:
    questions = tuple(
        graded(index, Status.PASSED, tuple(_third(points, says) for says in (VALUES, SHAPES, STABLE)))
        for index, (_, points) in enumerate(QUESTIONS)
    )
    return StudentGrade("Ada Lovelace", questions, (), Isolation.FULL)


def _third(points: int, says: str) -> CheckGrade:
    share = Fraction(points, 3)
    return CheckGrade("part", says, share, share, Status.PASSED, "right on all 9 cases", total_cases=9)


CALL = """import numpy as np
from lstm import lstm_cell

x = np.array([[0.31, -1.204, 0.55]])
h_prev = np.array([[0.114, -0.42]])
c_prev = np.array([[-0.73, 1.2]])
W = np.array([
    [0.12, -0.33, 0.9, 0.04, 0.77, -1.01, 0.2, 0.4],
    [0.51, 0.08, -0.62, 0.2, 0.15, 0.35, -0.7, 0.1],
    [-0.2, 0.44, 0.3, -0.9, 0.66, 0.02, 0.3, -0.3],
])
U = np.array([[0.5, -0.2, 0.1, 0.9, -0.4, 0.33, 0.2, 0.1], [0.2, 0.25, -0.15, 0.6, 0.7, -0.8, 0.4, 0.5]])
b = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
print(lstm_cell(x, h_prev, c_prev, W, U, b))"""
SHORT = "from activations import sigmoid_grad\n\nx = 0.5\nprint(sigmoid_grad(x))"
ARRAY = "import numpy as np\nfrom activations import tanh\n\nx = np.array([-2.0, -1.0, 0.0])\nprint(tanh(x))"
SKIPPED = "Not judged, because the values are not right."


def failing(index: int, name: str, says: str, message: str, cases: tuple[int, int], evidence: Evidence | None):
    """Return the one check of a question that earns nothing, as its status has it."""
    status = STATUSES[index]
    most = QUESTIONS[index][1]
    return check(name, says, most, status, message, failed_cases=cases[0], total_cases=cases[1], evidence=evidence)


STATUSES = (
    Status.FAILED, Status.MISSING, Status.PARTIAL, Status.ERROR, Status.PASSED,
    Status.TIMEOUT, Status.CRASHED, Status.PARTIAL, Status.GRADER_ERROR, Status.ERROR,
)  # fmt: skip


def wrong_tanh() -> QuestionGrade:
    """A known mistake, with all evidence there is, two skipped checks and a picture."""
    evidence = Evidence(
        "seven small numbers",
        public=True,
        call=ARRAY,
        got="[-0.76159416 -0.46211716  0.          0.24491866  0.46211716  0.76159416]",
        wanted="[-0.96402758 -0.76159416  0.          0.46211716  0.76159416  0.96402758]",
        gap="off by 0.30 (no digit right)",
        where="at x = -1.0; 6 of 7 numbers differ",
        printed="debug: x is [-2. -1.]\n" * 40,
    )
    values = check(
        "values",
        VALUES,
        2,
        Status.FAILED,
        "5 of 7 numbers differ.",
        failed_cases=2,
        total_cases=3,
        evidence=evidence,
    )
    shapes = check("shapes", SHAPES, 1, Status.FAILED, SKIPPED, skipped=True)
    stable = check("stable", STABLE, 1, Status.FAILED, SKIPPED, skipped=True)
    advice = "You computed tanh(x/2): in tanh(x) = 2σ(2x) − 1 the argument is 2x."
    return graded(
        0,
        Status.FAILED,
        (values, shapes, stable),
        misconceptions=(Misconception("half-angle", advice, "All 57 numbers of 3 cases agree with it."),),
        feedback=("What came back has the right shape and dtype.",),
        remarks=("For float32 in, float64 came out.",),
        curve=Curve(
            x=tuple(GRID),
            got=tuple(math.tanh(x / 2) if x < 5.5 else math.nan for x in GRID),
            wanted=tuple(math.tanh(x) for x in GRID),
        ),
    )


def hidden_sigmoid() -> QuestionGrade:
    """Right on all that may be shown, wrong on a hidden case."""
    evidence = Evidence("very large and very small numbers", public=False)
    stable = check(
        "stable", STABLE, 1, Status.FAILED, "One case is wrong.", failed_cases=1, total_cases=12, evidence=evidence
    )
    wanted = tuple(1 / (1 + math.exp(-x)) for x in GRID)
    got = tuple(value + 1e-13 * x for value, x in zip(wanted, GRID, strict=True))
    checks = (check("values", VALUES, 2), check("shapes", SHAPES, 1), stable)
    return graded(2, Status.PARTIAL, checks, curve=Curve(tuple(GRID), got, wanted))


def raising_sigmoid_grad() -> QuestionGrade:
    """An exception whose text tries to be something else."""
    frames = (
        Frame("activations.py", 31, "sigmoid_grad", "    return helper(x)[<b>]"),
        Frame("activations.py", 27, "helper", "    raise ValueError('...')"),
    )
    evidence = Evidence("a plain float", public=True, call=SHORT, error=f"ValueError: {HOSTILE}", frames=frames)
    return graded(3, Status.ERROR, (failing(3, "values", VALUES, "The call raised.", (3, 3), evidence),))


def half_a_cell() -> QuestionGrade:
    """One result right, one wrong, and a call of many lines."""
    evidence = Evidence(
        "all sizes differ",
        public=True,
        call=CALL,
        got="[[0.0712 0.3318]]",
        wanted="[[0.1204 0.2907]]",
        gap="off by 0.049 (no digit right)",
        where="largest at h[0, 0]; 2 of 2 numbers differ",
    )
    says = "The new hidden state h"
    h = check("h", says, 2, Status.FAILED, "h is not right.", failed_cases=4, total_cases=5, evidence=evidence)
    right = (check("c", "The new cell state c", 2), check("arguments", "The arguments left as they were", 1))
    return graded(7, Status.PARTIAL, (h, *right))


def endless_backward() -> QuestionGrade:
    """A recursion of four hundred frames, a call of sixty lines, a very long title."""
    frame = Frame("lstm.py", 88, "lstm_backward", "        return lstm_backward(dhs, xs, h0, c0, W, U, b)")
    evidence = Evidence(
        "a " + "very " * 60 + "long case",
        public=True,
        call="\n".join(f"x{number} = {number}" for number in range(60)),
        error="RecursionError: maximum recursion depth exceeded",
        frames=(frame,) * 400,
    )
    says = "The gradient of W"
    return graded(9, Status.ERROR, (failing(9, "dW", says, "It calls itself without end.", (2, 2), evidence),))


def all_kinds() -> StudentGrade:
    """A student with every kind of failure, and with text that tries to be something else."""
    missing = failing(1, "values", VALUES, "There is no function tanh_grad.", (0, 0), None)
    late = failing(
        5, "values", VALUES, "No answer within 5 s.", (1, 3), Evidence("empty", public=True, call=SHORT)
    )
    hidden = Evidence("all sizes differ", public=False)
    crash = failing(6, "i", "The input gate", "Killed by signal 11 (SIGSEGV).", (0, 0), hidden)
    ours = failing(8, "hs", "All hidden states", "The sandbox did not start.", (0, 0), None)
    near = "Found 'tanhGrad' on line 12, wanted 'tanh_grad'."
    questions = (
        wrong_tanh(),
        graded(1, Status.MISSING, (missing,), feedback=(near,)),
        hidden_sigmoid(),
        raising_sigmoid_grad(),
        graded(4, Status.PASSED, (check("values", VALUES, 1), check("shapes", SHAPES, 1))),
        graded(5, Status.TIMEOUT, (late,)),
        graded(6, Status.CRASHED, (crash,)),
        half_a_cell(),
        graded(8, Status.GRADER_ERROR, (ours,)),
        endless_backward(),
    )
    notes = (
        "left out: 'link.py' is a link that leaves the folder",
        "cell 4: dropped `x = train()`, which raised NameError",
    )
    return StudentGrade("Zoë <b>O'Brien</b> 王小明 \u202eevil", questions, notes, Isolation.FULL)


def make_class(count: int) -> list[dict]:
    """Return students as ``results.json`` has them, all of one pattern that repeats every twelve."""
    first, last = all_passed().to_json(""), all_kinds().to_json("")
    students = []
    for number in range(count):
        questions = [
            (last if (number * 7 + index * 5) % 12 < 4 else first)["questions"][index]
            for index in range(len(QUESTIONS))
        ]
        score = sum(one["score"] for one in questions)
        name = f"student{number:05}"
        students.append(
            {
                **first,
                "student": name,
                "page": f"students/{name}.html",
                "questions": questions,
                "score": round(score, 6),
                "notes": ["a note"] if number % 9 == 0 else [],
            }
        )
    return students


MISTAKES = (
    ("half-angle", "tanh(x/2) is returned: in tanh(x) = 2σ(2x) − 1 the argument is `2x`."),
    ("sign-lost", "The sign of x is lost."),
    ("derivative-instead", f"The derivative is returned. {HOSTILE}"),
)


def with_mistakes(students: list[dict]) -> list[dict]:
    """Give students of a class known mistakes on its first two questions, some two at once, some like another."""

    def told(which: int, alike: str = "") -> dict:
        name, text = MISTAKES[which]
        return {"id": name, "text": text, "evidence": "identical", **({"alike": alike} if alike else {})}

    made = []
    for number, student in enumerate(students):
        first, second, *rest = student["questions"]
        on_first = [told(0), told(1, "half-angle")] if number % 3 == 0 else [told(2)] if number % 4 == 1 else []
        on_second = [told(0), told(2)] if number % 5 == 0 else []
        questions = [{**first, "misconceptions": on_first}, {**second, "misconceptions": on_second}, *rest]
        questions[2:] = [{**one, "misconceptions": []} for one in rest]
        made.append({**student, "questions": questions})
    return made


def make_unexplained(count: int) -> Unexplained:
    """Return three clusters of a class of ``count``, one of them too small to be shown."""
    x = np.array([[0.5, -1.0]])
    call = "import numpy as np\nfrom lstm import lstm_cell\n\nx = np.array([[0.5, -1.0]])\nprint(lstm_cell(x))"
    expected = Expected(x, x * 0, x, x)
    case = KeyedCase("tiny", "all sizes are 1", False, (Argument("x", x),), (expected, expected))
    results = (
        ShownResult("h", "", "[[0.5, -1]]", is_right=True),
        ShownResult("c", f"[[0.25, -0.5]] {HOSTILE}", "[[0.5, -1]]", is_right=False),
    )
    shown = Exhibit(case, Outcome("tiny", Status.PASSED), call, f"`c` is half of it. {HOSTILE}", results, ("c",))
    clusters = (
        Cluster(
            "lstm/lstm_cell",
            array("I", range(0, count, 2)),
            0,
            ("lstm/lstm_forward",),
            ("`c`: every number is 0.5 times what is wanted, on all 5 inputs that can tell.",),
            shown,
        ),
        Cluster("tanh/tanh", array("I", range(1, count, 4)), 1, exhibit=shown),
        Cluster("tanh/relu", array("I", [0, 1]), 0),
    )
    return Unexplained(clusters, {"tanh/sigmoid": 3})


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """The makers above, for tests that need more than one of them."""
    return SimpleNamespace(
        all_kinds=all_kinds,
        all_passed=all_passed,
        assessment=make_assessment,
        check=check,
        graded=graded,
        make_class=make_class,
        make_unexplained=make_unexplained,
        with_mistakes=with_mistakes,
        mistakes=MISTAKES,
        hostile=HOSTILE,
        questions=QUESTIONS,
    )


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    """Reads a page as a browser's tokenizer does, and notes elements, text, and ends that match no start."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.declarations: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.faults.append(f"comment {data!r}")

    def handle_decl(self, decl):
        self.declarations.append(decl)

    def handle_pi(self, data):
        self.faults.append(f"instruction {data!r}")

    def unknown_decl(self, data):
        self.faults.append(f"declaration {data!r}")


@pytest.fixture(scope="session")
def read_html():
    """Read a page with the standard library's parser."""

    def read(page: str) -> _Reader:
        reader = _Reader()
        reader.feed(page)
        reader.close()
        reader.faults.extend(f"<{tag}> is never closed" for tag in reader.open)
        return reader

    return read
