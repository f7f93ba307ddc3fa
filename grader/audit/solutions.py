"""Hold right solutions against a bank: ``right/*.py`` beside it, each file in a style of its own.

A file holds some of the functions that the topic asks for, under their names. They are an author's own work, so
they run in this process; they are judged as a student's are. A file whose name begins with an underscore is for
helpers, to be imported relatively.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType

from grader.audit.calls import outcomes_of
from grader.bank.reference import import_failed, import_file
from grader.errors import Complaint, Place
from grader.judge.score import judge_question
from grader.model.key import KeyedCase
from grader.model.outcome import Loaded, Status
from grader.model.question import CodeQuestion, Item, Topic

__all__ = ["Solution", "solutions"]

FOLDER = "right"
HINT = "Correct it, or loosen what the check asks: a right solution must get full marks"


@dataclass(frozen=True, slots=True)
class Solution:
    """One file: the questions that it answers, and what is wrong."""

    file: str
    questions: tuple[str, ...]
    complaints: tuple[Complaint, ...] = ()


def solutions(
    topic: Topic, questions: Sequence[CodeQuestion], cases: Mapping[str, tuple[KeyedCase, ...]]
) -> tuple[Solution, ...]:
    """Judge every right solution of a topic on these questions."""
    files = sorted(Path(topic.folder, FOLDER).glob("*.py"))
    return tuple(_solution(file, topic, questions, cases) for file in files if not file.name.startswith("_"))


def _solution(
    file: Path, topic: Topic, questions: Sequence[CodeQuestion], cases: Mapping[str, tuple[KeyedCase, ...]]
) -> Solution:
    try:
        module = import_file(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever an author's file raises is told in words)
        return Solution(str(file), (), (import_failed(file, error),))
    answered = [one for one in questions if callable(getattr(module, one.function, None))]
    if not any(callable(getattr(module, one.function, None)) for one in topic.questions):
        words = f"{FOLDER}/{file.name} has none of the functions that the topic asks for"
        asked = ", ".join(one.function for one in topic.questions)
        return Solution(str(file), (), (Complaint(words, f"They are: {asked}", Place(str(file), 1, 1)),))
    complaints = [told for one in answered for told in _judged(file, module, one, cases[one.id])]
    return Solution(str(file), tuple(one.id for one in answered), tuple(complaints))


def _judged(
    file: Path, module: ModuleType, question: CodeQuestion, cases: tuple[KeyedCase, ...]
) -> Iterator[Complaint]:
    function = getattr(module, question.function)
    grade = judge_question(
        Item(question, Fraction(1)),
        cases,
        Loaded(Status.PASSED),
        outcomes_of(function, question, cases),
    )
    line = getattr(getattr(function, "__code__", None), "co_firstlineno", 1)
    for check in grade.checks:
        if not check.is_passed and not check.skipped:
            words = f"the right solution {file.name} fails the check `{check.name}` of {question.id}"
            yield Complaint(f"{words}: {check.message}", HINT, Place(str(file), line, 1))
