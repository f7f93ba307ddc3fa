"""A sheet with every form, made by hand, and a browser to open it in."""

import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.bank.load import load_topic
from grader.export.html import practice_page
from grader.export.qti3 import package as qti3_package
from grader.kinds.registry import kind_of
from grader.kinds.variant import draw
from grader.model.sheet import (
    Arrange,
    ArrangeKey,
    Band,
    BlankKey,
    Blanks,
    Choose,
    ChooseKey,
    Curve,
    Drawing,
    Enter,
    FormulaKey,
    HandIn,
    Item,
    Key,
    NumberKey,
    Option,
    Pair,
    PairKey,
    Posed,
    RubricPoint,
    Sheet,
    TextKey,
)
from grader.numerics.draws import Stream
from grader.quiz.marking import mark

HALF, ALL = Fraction(1, 2), Fraction(1)
NAN = float("nan")
TESTS = Path(__file__).parents[1]
EXAMPLE = re.compile(r"`gates/bank\.yaml`.*?```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option("ABCDEFGH"[place], text) for place, text in enumerate(texts))


def posed(name: str, kind: str, prompt: str, forms: tuple, keys: tuple, **more) -> Posed:
    shares = more.pop("shares", (ALL,) * len(forms))
    solution = more.pop("solution", f"Solution of {name}: $1 + 1 = 2$.")
    rule = more.pop("rule", f"Rule of {name}.")
    item = Item(f"tanh/{name}", kind, more.pop("title", name.replace("_", " ").capitalize()), prompt, **{
        "points": Fraction(2), "forms": forms, **more
    })  # fmt: skip
    return Posed(item, Key(keys, shares, solution, rule))


def single_choice() -> Posed:
    form = Choose(options("$(0, 1)$", "$(-1, 1)$, *open*", "all of $\\mathbb{R}$", "```python\nnp.tanh(x)\n```"))
    key = ChooseKey(
        {"A": Fraction(0), "B": ALL, "C": Fraction(0), "D": Fraction(0)},
        {"A": "FEEDBACK-SIGMOID: that is $\\sigma$.", "B": "FEEDBACK-RIGHT"},
        {"A": "takes-tanh-for-sigmoid"},
    )
    return posed("range", "single_choice", "What is the range of $\\tanh$?", (form,), (key,))


def several_choices() -> Posed:
    form = Choose(options("odd", "even", "bounded", "zero-centred"), several=True)
    shares = {"A": Fraction(1, 3), "B": Fraction(-1, 2), "C": Fraction(1, 3), "D": Fraction(1, 3)}
    return posed(
        "which", "several_choices", "Which hold for tanh?", (form,), (ChooseKey(shares, {"B": "FEEDBACK-EVEN"}),)
    )


def true_false() -> Posed:
    forms = (Choose(options("True", "False")), Enter("text", 3, label="Reason"))
    text = TextKey(
        (RubricPoint("slope", "RUBRIC-SLOPE says $1 - y^2$", ALL),), "MODEL-REASON because of the slope."
    )
    keys = (ChooseKey({"A": Fraction(0), "B": ALL}), text)
    return posed("slope", "true_false", "The slope at 0 is $1/4$.", forms, keys, shares=(HALF, HALF))


def number() -> Posed:
    bands = (
        Band(0.46207, 0.46217, ALL),
        Band(0.46, 0.464, HALF, "FEEDBACK-DIGITS"),
        Band(0.6224, 0.6226, Fraction(0), "FEEDBACK-SIGMA", "sigmoid-for-tanh"),
    )
    key = NumberKey(0.46211715726000975, "0.4621171", bands)
    return posed("half", "numeric", "What is $\\tanh(0.5)$?", (Enter("number", hint="4 digits"),), (key,))


def formula() -> Posed:
    key = FormulaKey("1 - y^2", {"y": ("-0.9", "0.9")}, (("1 + y^2", "FEEDBACK-SIGN", "sign"),), "1 - y^2")
    form = Enter("formula", hint="in terms of y", variables=("y",))
    return posed("derivative", "formula", "If $y = \\tanh x$, what is $\\frac{dy}{dx}$?", (form,), (key,))


def blanks() -> Posed:
    fields = (Enter("word"), Enter("number", hint="2 digits"), Enter("formula", variables=("x",)))
    prompt = "The tanh is an ___ function; $\\tanh(0) =$ ___.\n\n```python\nreturn ___  # of x\n```\n"
    band = (Band(-1e-9, 1e-9, ALL),)
    key = (
        BlankKey(HALF, ("oddkey", "uneven"), wrong=(("even", "FEEDBACK-PARITY", "parity"),)),
        BlankKey(Fraction(1, 4), number=NumberKey(0.0, "0.0", band)),
        BlankKey(Fraction(1, 4), formula=FormulaKey("tanh(1x)", {"x": ("-2", "2")})),
    )
    return posed("words", "blanks", prompt, (Blanks(fields),), (key,))


def ordering() -> Posed:
    form = Arrange(
        options("f = sigmoid(a)", "c = f * c_prev + i * g", "    h = o * np.tanh(c)"), lines_of_code=True
    )
    return posed("lines", "ordering", "Order the lines.", (form,), (ArrangeKey(("A", "B", "C")),))


def matching() -> Posed:
    left = (Option("1", "$\\tanh$"), Option("2", "ReLU"), Option("3", "sigmoid"))
    key = PairKey({"1": "B", "2": "A", "3": "C"}, (("1", "C", "FEEDBACK-PAIR", "sigmoid-for-tanh"),))
    form = Pair(left, options("$[0, \\infty)$", "$(-1, 1)$", "$(0, 1)$", "$\\mathbb{R}$"))
    return posed("pairs", "matching", "Which range is whose?", (form,), (key,))


def prediction() -> Posed:
    code = "import numpy as np\n\nx = np.array([0.0, <2>])\nprint(np.tanh(x).shape)"
    bands = (Band(2, 2, ALL),)
    return posed(
        "prints", "prediction", "What does this print?", (Enter("number"),), (NumberKey(2, "2", bands),), code=code
    )


def plot() -> Posed:
    points = tuple((x / 10, (x / 10) ** 3 if x != 5 else NAN) for x in range(-20, 21))
    line = tuple((x / 10, x / 10) for x in range(-20, 21))
    drawing = Drawing("Two curves <through> the origin.", "x", "y & z", (-2.0, 2.0), (-2.0, 2.0), (
        Curve("first", points), Curve("second", line), Curve("", ((-2.0, 1.0), (2.0, 1.0))),
    ))  # fmt: skip
    form = Choose(options("the first", "the second"))
    return posed(
        "curve", "plot", "Which is $x^3$?", (form,), (ChooseKey({"A": ALL, "B": Fraction(0)}),), drawing=drawing
    )


def short_answer() -> Posed:
    rubric = (
        RubricPoint("shrinks", "RUBRIC-SHRINKS says that products of slopes below 1 shrink", HALF),
        RubricPoint("far", "RUBRIC-FAR says that early steps learn slowly", HALF),
    )
    return posed(
        "vanish", "short_answer", "Why do gradients vanish?", (Enter("text", 5),), (TextKey(rubric, "MODEL-TEXT"),)
    )


def word() -> Posed:
    key = (BlankKey(ALL, ("saturates",)),)
    return posed("word", "blanks", "For large inputs the tanh", (Blanks((Enter("word"),)),), (key,))


def code() -> Posed:
    form = HandIn("lstm.py", "lstm_cell(x, h_prev, c_prev, W, U, b)")
    return posed("cell", "code", "Write `lstm_cell`.", (form,), (None,), solution="", rule="")


MAKERS = (
    single_choice, several_choices, true_false, number, formula, blanks, ordering, matching, prediction, plot,
    short_answer, word, code,
)  # fmt: skip


def make_sheet(**changes) -> Sheet:
    fields = {
        "assessment": "quiz",
        "title": "Quiz: tanh & gating",
        "introduction": "Answer **all**.\n\n# Rules\n\nNo network: $x \\in \\mathbb{R}$.",
        "variant": "K7QF-2M9X",
        "posed": tuple(make() for make in MAKERS),
        "student": "ada",
        "name": "Ada <Lovelace>",
    }
    return Sheet(**{**fields, **changes})


# Enters an answer into the controls of a question as a person would, presses Check, and reads what is said.
ASK = """([id, answers]) => answers.map((answer) => {
  const section = document.querySelector(`[data-question="${id}"]`);
  const parts = [...section.querySelectorAll('[data-form]')];
  parts.forEach((part, at) => {
    const own = parts.length === 1 ? answer : answer?.[part.dataset.part];
    const inputs = [...part.querySelectorAll('input:not(.settled), textarea')];
    const kind = part.dataset.form;
    if (kind === 'choose' || kind === 'several') {
      for (const one of inputs) one.checked = [own ?? []].flat().includes(one.value);
    } else if (kind === 'enter') inputs[0].value = own ?? '';
    else if (kind === 'blanks') inputs.forEach((one, place) => { one.value = own?.[place] ?? ''; });
    else if (kind === 'pair') {
      for (const one of part.querySelectorAll('select')) one.value = own?.[one.dataset.left] ?? '';
    }
    else {
      const list = part.querySelector('ol');
      for (const letter of own ?? []) list.append(list.querySelector(`[data-letter="${letter}"]`));
      part.querySelector('.settled').checked = Boolean(own);
    }
    part.dispatchEvent(new Event('input', { bubbles: true }));
  });
  section.querySelector('[data-check]').click();
  const result = section.querySelector('.result');
  return { earned: Number(result.querySelector('.outcome').dataset.earned), words: result.innerText };
})"""


@pytest.fixture(scope="session")
def every() -> SimpleNamespace:
    return SimpleNamespace(ask=ASK, sheet=make_sheet, posed={one.item.id: one for one in make_sheet().posed})


@pytest.fixture(scope="session")
def all_kinds(tmp_path_factory) -> list[Sheet]:
    """Three variants of all questions of the authors' page and of the tests of kinds."""
    folder = tmp_path_factory.mktemp("topics") / "gates"
    folder.mkdir()
    page = (TESTS.parent / "docs" / "authoring.md").read_text("utf-8")
    (folder / "bank.yaml").write_text(EXAMPLE.search(page)[1], "utf-8")
    topics = [load_topic(folder), load_topic(TESTS / "kinds" / "topics" / "more")]
    topics.append(load_topic(TESTS / "export" / "topics" / "numbers"))
    questions = [question for topic in topics for question in topic.quiz]

    def make(number):
        posed = (
            kind_of(one.kind).pose(one, draw(one, Stream.of(b"export", one.id, str(number))), Fraction(3))
            for one in questions
        )
        return Sheet("all", "All kinds", "", str(number), tuple(posed))

    return [make(number) for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def practise(browser, tmp_path_factory) -> Iterator:
    """Open the practice page of a sheet."""
    folder = tmp_path_factory.mktemp("to practise")
    context = browser.new_context(viewport={"width": 1000, "height": 800})

    def go(sheet: Sheet):
        file = folder / "page.html"
        file.write_text(practice_page(sheet), "utf-8")
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the script failed: {error}"))
        page.goto(file.as_uri())
        return page

    yield go
    context.close()


@pytest.fixture
def ask(practise) -> Callable:
    """Return what a practice page makes of answers to one of its questions."""

    def go(sheet: Sheet, question: str, answers: list) -> list[dict]:
        page = practise(sheet)
        results = page.evaluate(ASK, [question, answers])
        page.close()
        return results

    return go


@pytest.fixture(scope="session")
def blanks_of_words() -> Posed:
    fields = (Enter("word"), Enter("word", hint="an adjective"))
    keys = (BlankKey(HALF, ("odd",)), BlankKey(HALF, ("bounded", "limited")))
    return posed("two_words", "blanks", "It is ___ and ___.", (Blanks(fields),), (keys,))


@pytest.fixture(scope="session")
def single_choices() -> tuple[Posed, Posed]:
    """Two variants of one question."""
    key = ChooseKey({"A": ALL, "B": Fraction(0)})
    one, other = (
        posed("sum", "single_choice", f"What is {n} + 1?", (Choose(options(f"{n + 1}", f"{n}")),), (key,))
        for n in (1, 2)
    )
    return one, other


@pytest.fixture(scope="session")
def mixed_blanks() -> Posed:
    """Words and a number, of different weight, with signs that end things in Moodle's fields."""
    said = "Not $\\frac{a}{b} < 1$ ~ #1"
    bands = (Band(0.4, 0.55, ALL), Band(0.4, 0.6, HALF, "Near: `{}`"))
    keys = (
        BlankKey(Fraction(3, 4), ("odd",), wrong=(("even}~#", said, "parity"),)),
        BlankKey(Fraction(1, 4), number=NumberKey(0.5, "0.5", bands)),
    )
    fields = (Enter("word"), Enter("number", hint="2 digits"))
    return posed("mixed", "blanks", "It is ___ and $x =$ ___.", (Blanks(fields),), (keys,), points=Fraction(4))


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where npm put what ``package.json`` here names: beside it, or where the environment says."""
    folder = Path(os.environ.get("GRADEGATE_NODE_MODULES") or Path(__file__).parent / "node_modules")
    if not folder.is_dir():
        pytest.skip("the npm packages of tests/export/package.json are not installed")
    return folder


@pytest.fixture(scope="session")
def player(browser, node_modules):
    """A page with the player in it, which has no way to any network."""
    page = browser.new_context(offline=True).new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Exception" in said.text else None)
    page.set_content('<!doctype html><html lang="en"><body><div id="app"></div></body></html>')
    page.add_style_tag(path=node_modules / "qti3-item-player" / "dist" / "qti3Player.css")
    page.add_script_tag(path=node_modules / "vue" / "dist" / "vue.min.js")
    page.add_script_tag(path=node_modules / "qti3-item-player" / "dist" / "qti3Player.umd.min.js")
    page.add_script_tag(path=Path(__file__).with_name("play.js"))

    def play(xml, values):
        done = page.evaluate("([xml, values]) => play(xml, values)", [xml, values])
        assert not faults
        return done

    yield play
    page.close()


def right_response(key):
    """Return what earns everything, as answers.yaml has it and as a player has it; None where people mark."""
    match key:
        case ChooseKey():
            letters = list(key.right)
            return letters, letters
        case NumberKey():
            return key.value, key.value
        case BlankKey() if key.words and "\n" not in key.words[0]:
            return key.words[0], key.words[0]
        case ArrangeKey():
            return list(key.order), list(key.order)
        case PairKey():
            return dict(key.pairs), [f"L{left} R{right}" for left, right in key.pairs.items()]
        case _:
            return None


def wrong_response(keys, values):
    """Return what is wrong, or right in part only, in both forms, where there is something right."""
    ours, theirs = [], {}
    for number, key in enumerate(keys, start=1):
        right = values.get(f"RESPONSE{number}")
        wrong = None
        match key:
            case _ if right is None:
                pass
            case ChooseKey():
                letter = next(one for one, share in key.shares.items() if share <= 0)
                wrong = [*right[1:], letter] if isinstance(right, list) else letter
            case NumberKey():
                wrong = key.bands[-1].low if key.bands[-1].share < 1 else key.value + 1e6
            case BlankKey():
                wrong = "neither"
            case ArrangeKey():
                wrong = [*right[1:], right[0]]
            case PairKey():
                lefts, rights = [*key.pairs], [*key.pairs.values()]
                pairs = dict(zip(lefts, [*rights[1:], rights[0]], strict=True))
                ours.append(pairs)
                theirs[f"RESPONSE{number}"] = [f"L{left} R{one}" for left, one in pairs.items()]
                continue
        ours.append(wrong)
        if wrong is not None:
            theirs[f"RESPONSE{number}"] = wrong
    return ours, theirs


@pytest.fixture(scope="session")
def played(player) -> Callable:
    """Play each question of a sheet with what is right, wrong and nothing: the scores are ours.

    Yields the kind of each question that a player gives full marks.
    """

    def play(sheet: Sheet) -> Iterator[str]:
        with zipfile.ZipFile(io.BytesIO(qti3_package([sheet]))) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("items/")]
        for posed, text in zip(sheet.posed, texts, strict=True):
            keys = [key.number or key if isinstance(key, BlankKey) else key for form in posed.key.forms
                    for key in (form if isinstance(form, tuple) else (form,))]  # fmt: skip
            rights = [right_response(key) for key in keys]
            several = getattr(posed.item.forms[0], "several", True)
            values = {
                f"RESPONSE{n}": right[1][0] if isinstance(key, ChooseKey) and not several else right[1]
                for n, (key, right) in enumerate(zip(keys, rights, strict=True), start=1)
                if right is not None
            }
            is_one = len(posed.item.forms) == 1 and not isinstance(posed.key.forms[0], tuple)

            def earned(ours, posed=posed, is_one=is_one):
                response = (
                    ours[0] if is_one or len(posed.item.forms) > 1 else ours
                )  # else: a choice, and its reason
                return float(mark(posed, response).earned * posed.item.points)

            def score(values, text=text):
                return player(text, values)["outcomes"]["SCORE"]

            points = earned([right[0] if right else None for right in rights])
            assert score(values) == pytest.approx(points, abs=1e-6), posed.item.id
            if None not in rights:
                assert points == posed.item.points, posed.item.id
                yield posed.item.kind
            if not isinstance(keys[0], ArrangeKey):  # the order that is shown is an answer, too
                assert score({}) == 0, posed.item.id
            ours, theirs = wrong_response(keys, values)
            assert score(theirs) == pytest.approx(earned(ours), abs=1e-6), posed.item.id

    return play
