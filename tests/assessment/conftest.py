"""The shipped homework, loaded once for each test process."""

from pathlib import Path

import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.model.key import AnswerKey
from grader.model.question import Assessment

HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"


@pytest.fixture(scope="session")
def homework() -> Assessment:
    return load_assessment(HOMEWORK)


@pytest.fixture(scope="session")
def homework_key(homework: Assessment) -> AnswerKey:
    return answer_key(homework, None)
