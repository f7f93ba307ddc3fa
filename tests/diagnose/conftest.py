"""The shipped homework with its known mistakes, and a sandbox of a few lines to make outcomes in.

Submissions are written down under ``styles/``, some as slips in right solutions of ``tests/solutions/right``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.diagnose.match import Matcher
from grader.files import default_cache
from grader.grading import Examined, examine
from grader.intake import read_submission
from grader.model.inputs import SourceFile, Submission
from grader.model.key import KeyedCase
from grader.model.outcome import Isolation, Outcome, Raised, Status, Value
from grader.model.question import Assessment, CodeQuestion, Topic
from grader.plan import make_plan
from grader.sandbox.runner import open_runner

RIGHT = Path(__file__).parents[1] / "solutions" / "right"
COUNTED = Path(__file__).parents[2] / "docs" / "mistakes-told-apart.md"
HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"


@dataclass(frozen=True)
class Lab:
    """An assessment, its key, and a matcher for each question."""

    assessment: Assessment
    cases: Mapping[str, tuple[KeyedCase, ...]]
    matchers: Mapping[str, Matcher]

    def question(self, name: str) -> tuple[Topic, CodeQuestion, tuple[KeyedCase, ...]]:
        """Return a question by its function's name, with its topic and cases."""
        question = next(i.question for i in self.assessment.items if i.question.function == name)
        return self.assessment.topic_of(question), question, self.cases[question.id]

    def matcher(self, name: str) -> Matcher:
        """Return the matcher of a question."""
        return self.matchers[self.question(name)[1].id]

    def run(self, name: str, function: Callable[..., Any], cast: type | None = None) -> dict[str, Outcome]:
        """Call a function on the cases of a question, in the precision of ``cast``."""
        _, question, cases = self.question(name)
        return {case.name: outcome(function, case, len(question.results), cast) for case in cases}


def outcome(function: Callable[..., Any], case: KeyedCase, results: int, cast: type | None = None) -> Outcome:
    """Call a function on one case, as the sandbox would."""
    arguments = [argument.value.copy() for argument in case.arguments]
    if cast is not None:
        with np.errstate(all="ignore"):
            arguments = [one.astype(cast) if one.dtype == np.float64 else one for one in arguments]
    try:
        with np.errstate(all="ignore"):
            returned = function(*arguments)
    except Exception as error:  # noqa: BLE001
        return Outcome(case.name, Status.ERROR, raised=Raised(type(error).__name__, str(error)))
    values: Sequence[Any] = [returned] if results == 1 else returned
    if not isinstance(values, list | tuple | np.ndarray) or len(values) != results:
        count = len(values) if isinstance(values, list | tuple | np.ndarray) else 1
        return Outcome(case.name, Status.PASSED, count=count)
    with np.errstate(all="ignore"):
        arrays = [np.asarray(value) if cast is None else np.asarray(value, cast) for value in values]
    return Outcome(case.name, Status.PASSED, tuple(Value("ndarray", one) for one in arrays), count=results)


@pytest.fixture(scope="session")
def lab() -> Lab:
    assessment = load_assessment(HOMEWORK)
    cache = default_cache()
    key = answer_key(assessment, cache)
    questions = [item.question for item in assessment.items]
    matchers = {
        one.id: Matcher(assessment.topic_of(one), one, key.cases[one.id], key.digest, cache) for one in questions
    }
    return Lab(assessment, key.cases, matchers)


@pytest.fixture(scope="session")
def examined() -> Iterator[Callable[[Submission], Examined]]:
    """Grade submissions on the homework, as the grader does, all in one warm sandbox."""
    cache = default_cache()
    assessment = load_assessment(HOMEWORK)
    plan = make_plan(assessment, answer_key(assessment, cache), cache=cache)
    runner = open_runner(least=Isolation.NONE)
    yield lambda submission: examine(submission, plan, runner)
    runner.close()


@pytest.fixture(scope="session")
def slipped() -> Callable[[Mapping[str, Any]], Submission]:
    """Make a submission of a slip: somebody's right solution with another text in one of its files."""

    def make(slip: Mapping[str, Any]) -> Submission:
        submission, name = read_submission(RIGHT / slip["style"]), slip.get("file", "lstm.py")
        files = {file.path: file for file in submission.files}
        text = files[name].data.decode()
        for old, new in {slip["old"]: slip["new"], **slip.get("then", {})}.items():
            assert old in text, f"{slip['style']}/{name} does not hold {old!r}"
            text = text.replace(old, new)
        files[name] = SourceFile(name, text.encode())
        return Submission(submission.student, tuple(files.values()))

    return make


@pytest.fixture
def counted() -> str:
    """Return the page that counts mistakes told apart, each of its paragraphs on one line."""
    return COUNTED.read_text("utf-8").replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n")
