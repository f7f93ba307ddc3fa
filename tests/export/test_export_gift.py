"""The GIFT text means what we mean: by rules written out here, and by a parser of others."""

import json
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.gift import _escaped, gift_text
from grader.quiz.marking import mark

ESCAPES = {"\\\\": "\\", "\\~": "~", "\\=": "=", "\\#": "#", "\\{": "{", "\\}": "}", "\\:": ":", "\\n": "\n"}
QUESTION = re.compile(r"::((?:\\.|[^:])*)::\[html\]((?:\\.|[^{\\])*)\{((?:\\.|[^}\\])*)\}", re.DOTALL)
ANSWER = re.compile(r"([=~])(?:%(-?[0-9.]+)%)?((?:\\.|[^\\=~#])*)(?:#((?:\\.|[^\\=~#])*))?", re.DOTALL)


def meant(text):
    return re.sub(r"\\[\\~=#{}:n]", lambda found: ESCAPES[found[0]], text).strip().removeprefix("[html]")


def read(text):
    """Return the questions by title: what is asked, answers (sign, share, text, feedback), and what follows."""
    found = {}
    for title, asks, inside in QUESTION.findall(text):
        answers, _, after = inside.partition("####")
        is_number = answers.startswith("#")
        parts = [
            (sign, float(share or (100 if sign == "=" else 0)), meant(body), meant(said))
            for sign, share, body, said in ANSWER.findall(answers.removeprefix("#") if is_number else answers)
        ]
        found[meant(title)] = (meant(asks), parts, meant(after))
    return found


@pytest.fixture(scope="module")
def text(every):
    return gift_text([every.sheet()])


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_whatever_is_escaped_means_itself_again_and_ends_nothing(words):
    made = _escaped(words)
    assert "\n" not in made
    assert re.fullmatch(r"(?:\\.|[^\\~=#{}:])*", made, re.DOTALL)
    assert re.sub(r"\\.", lambda found: ESCAPES[found[0]], made) == words


def test_every_question_stands_after_its_category(text):
    assert len(read(text)) == text.count("$CATEGORY: $course$/top/Quiz: tanh & gating/") == 16
    assert "// [id:" in text
    for block in re.split(r"\n\n+", text.strip()):
        assert block.startswith(("$CATEGORY: ", "// [id:")), block[:80]


def test_choices_keep_their_shares_and_feedback(text):
    _, answers, after = read(text)["Range"]
    assert [share for _, share, _, _ in answers] == [0, 100, 0, 0]
    assert answers[0][2:] == (r"\((0, 1)\)", r"FEEDBACK-SIGMOID: that is \(\sigma\).")
    assert after == r"<p>Solution of range: \(1 + 1 = 2\).</p>"
    _, answers, _ = read(text)["Which"]
    assert [share for _, share, _, _ in answers] == [33.33333, -50, 33.33333, 33.33333]


@pytest.mark.parametrize("number", ["0.46207", "0.46217", "0.463", "0.6225", "7"])
def test_numbers_earn_what_they_earn_here(every, text, number):
    _, answers, _ = read(text)["Half"]
    held = 0.0
    for _, share, body, _ in answers:
        value, tolerance = map(float, body.split(":"))
        if abs(float(number) - value) <= tolerance * (1 + 1e-12):
            held = share / 100
            break
    assert held == float(mark(every.posed["tanh/half"], number).earned)


def test_numbers_have_no_exponents(text):
    ((_, _, body, _),) = read(text)["Words: ②"][1]
    assert body == "0.0:0.000000001"


def test_pairs_name_the_right_letter_for_each_left_side(text):
    _, answers, _ = read(text)["Pairs"]
    assert [body for _, _, body, _ in answers] == [r"\(\tanh\) -> B", "ReLU -> A", "sigmoid -> C", "-> D"]


def test_the_same_sheets_make_the_same_text(every):
    assert gift_text([every.sheet()]) == gift_text([every.sheet()])


@pytest.mark.external
def test_gift_pegjs_reads_what_is_meant(text, node_modules, tmp_path):
    (tmp_path / "quiz.gift").write_text(text, "utf-8")
    script = (
        "const {parse} = require(process.argv[1]);"
        "process.stdout.write(JSON.stringify(parse(require('fs').readFileSync('quiz.gift', 'utf8'))))"
    )
    command = ["node", "-e", script, str((node_modules / "gift-pegjs").resolve())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parsed = json.loads(done.stdout)
    assert [one["type"] for one in parsed if one["type"] != "Category"] == [
        "MC", "MC", "MC", "Essay", "Numerical", "Essay", "Short", "Numerical", "Essay", "Matching", "Matching",
        "Numerical", "MC", "Essay", "Short", "Essay",
    ]  # fmt: skip
    ours = read(text)
    for one in parsed:
        if one["type"] == "Category":
            continue
        asks, answers, _ = ours[one["title"]]
        assert one["stem"] == {"format": "html", "text": asks}
        if one["type"] in ("MC", "Short"):
            assert [choice["text"]["text"] for choice in one["choices"]] == [body for _, _, body, _ in answers]
        elif one["type"] == "Numerical":
            read_again = [(c["text"]["number"], c["text"]["range"], c["weight"]) for c in one["choices"]]
            assert read_again == [(*map(float, body.split(":")), share) for _, share, body, _ in answers]
        elif one["type"] == "Matching":
            pairs = [f"{c['subquestion']['text']} -> {c['subanswer']}".strip() for c in one["matchPairs"]]
            assert pairs == [body for _, _, body, _ in answers]
