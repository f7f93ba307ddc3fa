"""Right solutions in any style get full marks; wrong ones lose exactly what they must.

    right/<style>/          a submission; right/expected.yaml says which functions it defines
    wrong/<module>/*.py     one file of that name; its first lines say how each check must come out:

        # expect: lstm_cell: h=failed c=passed arguments=passed

A check is `skipped` where the one that it needs did not pass; so may be one that a line does not name, which must
pass otherwise.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.files import default_cache
from grader.grading import examine
from grader.intake import read_submission
from grader.model.grade import QuestionGrade, StudentGrade
from grader.model.inputs import SourceFile, Submission
from grader.model.outcome import Isolation, Status
from grader.plan import Plan, make_plan
from grader.sandbox.runner import Runner, open_runner

HERE = Path(__file__).parent
HOMEWORK = HERE.parents[1] / "questions" / "homework.yaml"
RIGHT = sorted(path for path in (HERE / "right").iterdir() if path.is_dir())
WRONG = sorted((HERE / "wrong").glob("*/*.py"))
EXPECT = re.compile(r"# expect: (?P<function>\w+):(?P<checks>(?: \w+=\w+)*)$")


@dataclass(frozen=True)
class Grading:
    """A plan and a sandbox, made once for all solutions of a process."""

    plan: Plan
    runner: Runner

    def __call__(self, submission: Submission) -> StudentGrade:
        """Grade a submission."""
        return examine(submission, self.plan, self.runner).grade


@pytest.fixture(scope="module")
def grading() -> Iterator[Grading]:
    assessment = load_assessment(HOMEWORK)
    cache = default_cache()
    plan = make_plan(assessment, answer_key(assessment, cache), cache=cache)
    runner = open_runner(least=Isolation.NONE)
    yield Grading(plan, runner)
    runner.close()


def failures(question: QuestionGrade) -> dict[str, str]:
    """Return the checks that did not come out right by themselves, with how they ended."""
    return {check.name: check.status.value for check in question.checks if not (check.is_passed or check.skipped)}


def told(grade: StudentGrade) -> str:
    """Return everything that was said about a submission, for the report of a failing test."""
    return "\n".join(
        f"{question.id} {check.name}: {check.message} {check.evidence}"
        for question in grade.questions
        for check in question.checks
        if not check.is_passed and not check.skipped
    )


@pytest.mark.parametrize("folder", RIGHT, ids=lambda folder: folder.name)
def test_a_right_solution_gets_full_marks(
    folder: Path, grading: Grading, read_expected: Callable[..., Any]
) -> None:
    grade = grading(read_submission(folder))
    expected = read_expected(HERE / "right" / "expected.yaml", [question.id for question in grade.questions])
    wanted = {name: verdict.status for name, verdict in expected[folder.name].items()}
    assert {question.id: question.status.value for question in grade.questions} == wanted, told(grade)
    for question in grade.questions:
        if question.status is Status.PASSED:
            assert question.score == question.max_score > 0


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_wrong_solution_loses_what_it_must(file: Path, grading: Grading) -> None:
    source = file.read_bytes()
    expected = [EXPECT.match(line) for line in source.decode().splitlines() if line.startswith("# expect")]
    assert expected, "the file does not say what to expect"
    assert all(expected), "a line that begins with `# expect` cannot be read"

    module = file.parent.name
    grade = grading(Submission(file.stem, (SourceFile(f"{module}.py", source),)))
    questions = {question.id.partition("/")[2]: question for question in grade.questions}
    for match in filter(None, expected):
        question = questions[match["function"]]
        said = dict(pair.split("=") for pair in match["checks"].split())
        unknown = set(said) - {check.name for check in question.checks}
        assert not unknown, f"{question.id} has no checks {sorted(unknown)}"
        wanted = {name: status for name, status in said.items() if status not in {"passed", "skipped"}}
        assert failures(question) == wanted, told(grade)
        skipped = {check.name for check in question.checks if check.skipped}
        assert all((name in skipped) is (status == "skipped") for name, status in said.items()), told(grade)
        is_right = not wanted
        assert (question.score == question.max_score) is is_right


def test_there_are_enough_of_both() -> None:
    assert len(RIGHT) >= 20
    assert len(WRONG) >= 40
