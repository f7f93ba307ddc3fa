"""Known mistakes are read from a topic's folder, and what is wrong with them is told with its place."""

import shutil
from pathlib import Path

import pytest

from grader.bank.load import load_topic
from grader.errors import BankError

TANH = Path(__file__).parents[2] / "questions" / "tanh"
HEAD = "import numpy as np\nfrom grader.model.mistake import mistake\n\n\n"
GOOD = """@mistake(replaces="tanh", says="s", think="t", look="l", fix="f"{more})
def {name}(x):
    return x


"""


@pytest.fixture
def topic(tmp_path):
    """A topic without known mistakes."""
    folder = tmp_path / "tanh"
    folder.mkdir()
    for name in ("bank.yaml", "reference.py"):
        shutil.copy(TANH / name, folder / name)
    return folder


def good(name, more=""):
    return GOOD.format(name=name, more=more)


def complaints(folder):
    with pytest.raises(BankError) as caught:
        load_topic(folder)
    return [str(one) for one in caught.value.complaints]


def test_a_topic_may_have_none(topic):
    assert load_topic(topic).mistakes == ()


def test_they_come_in_the_order_of_the_file(topic):
    (topic / "misconceptions.py").write_text(HEAD + good("b_second") + good("a_first"))
    assert [one.id for one in load_topic(topic).mistakes] == ["b-second", "a-first"]


def test_a_folder_is_read_in_the_order_of_its_names_without_helpers(topic):
    folder = topic / "misconceptions"
    folder.mkdir()
    (folder / "z.py").write_text(HEAD + good("last"))
    (folder / "a.py").write_text(HEAD + "from .z import last\nfrom ._help import WORD\n\n\n" + good("first"))
    (folder / "_help.py").write_text("WORD = 1\n")
    assert [one.id for one in load_topic(topic).mistakes] == ["first", "last"]


def test_a_change_of_a_mistake_changes_the_topics_digest(topic):
    folder = topic / "misconceptions"
    folder.mkdir()
    (folder / "a.py").write_text(HEAD + good("first"))
    before = load_topic(topic).digest
    (folder / "a.py").write_text(HEAD + good("other"))
    assert load_topic(topic).digest != before


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            good("one").replace('"tanh"', '"tahn"'),
            "'one' replaces the step 'tahn', which the reference",
        ),
        (good("one").replace("(x):", "(x, y):"), "'one' takes 2 parameters, and the step 'tanh' 1"),
        (good("one", ', same_as=("twoo",)') + good("two"), "the same as 'twoo', which is unknown"),
        (
            good("one", ', harmless_in=("tahn",)'),
            "'one' is said to be harmless in 'tahn', which the reference",
        ),
        (good("one").replace('think="t"', 'think=" "'), "the known mistake 'one' has an empty `think`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(topic, code, words):
    (topic / "misconceptions.py").write_text(HEAD + code)
    [told] = complaints(topic)
    assert words in told
    assert "misconceptions.py:5:1: " in told


def test_one_id_in_two_files_is_told(topic):
    folder = topic / "misconceptions"
    folder.mkdir()
    for name in ("a.py", "b.py"):
        (folder / name).write_text(HEAD + good("one"))
    [told] = complaints(topic)
    assert "b.py:5" in told
    assert "a.py:5" in told


def test_one_name_twice_in_a_file_is_told_with_both_places(topic):
    """Python keeps the last of the two and says nothing."""
    (topic / "misconceptions.py").write_text(HEAD + good("one_more") + good("other") + good("one_more"))
    [told] = complaints(topic)
    assert "misconceptions.py:15:1: there are two known mistakes 'one-more'" in told
    assert "the other is at" in told
    assert "misconceptions.py:5:1" in told


def test_a_helper_may_have_the_name_of_another_that_is_no_mistake(topic):
    twice = "def aid(x):\n    return x\n\n\ndef aid(x):\n    return 2 * x\n\n\n"
    (topic / "misconceptions.py").write_text(HEAD + twice + good("one"))
    assert [one.id for one in load_topic(topic).mistakes] == ["one"]


def test_a_mistake_knows_where_it_is_written(topic):
    (topic / "misconceptions.py").write_text(HEAD + good("one") + good("two"))
    assert [(one.place.line, one.place.column) for one in load_topic(topic).mistakes] == [(5, 1), (10, 1)]


def test_a_file_that_cannot_be_imported_is_told_at_its_line(topic):
    (topic / "misconceptions.py").write_text("import numpy as np\n\nnp.no_such_thing()\n")
    [told] = complaints(topic)
    assert "misconceptions.py:3: misconceptions.py cannot be imported: AttributeError" in told


def test_parameters_with_a_default_may_be_more(topic):
    (topic / "misconceptions.py").write_text(HEAD + good("one").replace("(x):", "(x, scale=2):"))
    assert len(load_topic(topic).mistakes) == 1
