"""Topics with questions of every kind, and what can be done with them."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.bank.load import load_topic
from grader.kinds.registry import kind_of
from grader.kinds.variant import draw
from grader.model.quiz import QuizQuestion
from grader.model.sheet import Posed
from grader.numerics.draws import Stream

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"
EXAMPLE = re.search(r"`gates/bank\.yaml`.*?```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session", name="gates_text")
def _gates_text() -> str:
    """The bank that the page for authors shows."""
    assert EXAMPLE is not None
    return EXAMPLE[1]


@pytest.fixture(scope="session")
def more_text() -> str:
    """A bank with the other ways of each kind."""
    return (Path(__file__).parent / "topics" / "more" / "bank.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def questions(gates_text: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, QuizQuestion]:
    """The questions of both banks, by id."""
    folder = tmp_path_factory.mktemp("topics") / "gates"
    folder.mkdir()
    (folder / "bank.yaml").write_text(gates_text, "utf-8")
    topics = [load_topic(folder), load_topic(Path(__file__).parent / "topics" / "more")]
    return {question.id: question for topic in topics for question in topic.quiz}


@pytest.fixture(scope="session")
def pose() -> Callable[[QuizQuestion, int], Posed]:
    """Return what makes a numbered variant of a question."""

    def make(question: QuizQuestion, number: int) -> Posed:
        make_item = kind_of(question.kind).pose
        assert make_item is not None
        return make_item(question, draw(question, Stream.of(b"tests", question.id, str(number))), Fraction(2))

    return make
