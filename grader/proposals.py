"""Proposals for new known mistakes: what a class does wrong alike, with all that is needed to write the entry.

Reads a gradebook, runs no student's code and writes nothing.
"""

import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.diagnose.known import reaches
from grader.diagnose.suspects import suspects
from grader.errors import InputError
from grader.judged import judged_digest, outdated
from grader.model.cluster import Cluster, Exhibit
from grader.model.outcome import Value
from grader.model.question import CodeQuestion, Topic
from grader.report.safe import one_line, printable
from grader.store import open_results
from grader.unexplained import find_clusters

__all__ = ["Proposal", "propose"]

MOST_NAMES = 12  # in words; JSON has them all
NAME = "name_this_mistake"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the reference that a mistake may replace, as it is right."""

    name: str
    parameters: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """Students who are wrong in the same way, and the beginning of an entry that would say so."""

    cluster: Cluster
    students: tuple[str, ...]
    folder: str  # the topic's
    steps: tuple[Step, ...]  # the most likely one first

    def skeleton(self) -> str:
        """Return the entry to complete: the most likely step as it is right, to be made wrong."""
        step = self.steps[0]
        others = [f"#     {one.name}({', '.join(one.parameters)})" for one in self.steps[1:]]
        head = ["# It may as well be another step; these are the others, the likely ones first:"] if others else []
        return "\n".join(
            [
                *head,
                *others,
                "@mistake(",
                f'    replaces="{step.name}",',
                '    says="",  # what the code does, in one sentence',
                '    think="",  # a question that makes one think',
                '    look="",  # a pointer to the place',
                '    fix="",  # the correction, in so many words',
                ")",
                f"def {NAME}({', '.join(step.parameters)}):",
                "    # This is the step as it is right: write what they do instead.",
                textwrap.indent(step.body, "    "),
            ]
        )

    def text(self) -> str:
        """Return the proposal as a terminal shows it; what students chose cannot act on it."""
        exhibit, count = self.cluster.exhibit, len(self.students)
        names = ", ".join(map(one_line, self.students[:MOST_NAMES])) + (
            f" and {count - MOST_NAMES} more" * (count > MOST_NAMES)
        )
        noun = "student" if count == 1 else "students"
        lines = [f"{self.cluster.question}: {count} {noun}, wrong in the same way, not explained", f"  {names}"]
        lines += [f"  what calls it is wrong, too: {', '.join(self.cluster.also)}"] * bool(self.cluster.also)
        lines += [f"  {words}" for words in self.cluster.holds]
        if exhibit is not None:
            lines += _exhibit_lines(exhibit)
        lines += ["", f"  An entry to complete, in a file of {self.folder}/misconceptions:", "", self.skeleton()]
        return printable("\n".join(lines))

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON has it; nan and infinities are texts."""
        return {
            "question": self.cluster.question,
            "count": len(self.students),
            "students": list(self.students),
            "also": list(self.cluster.also),
            "holds": list(self.cluster.holds),
            "case": None if self.cluster.exhibit is None else _exhibit_json(self.cluster.exhibit),
            "steps": [{"name": one.name, "parameters": list(one.parameters)} for one in self.steps],
            "skeleton": self.skeleton(),
        }


def propose(out: Path, assessment: Path, cache: Path | None, *, least: int) -> tuple[Proposal, ...]:
    """Propose an entry for every behaviour that ``least`` students share, the most frequent first.

    Behaviours without any number are left out: no known mistake is told by its exceptions alone. Raises InputError
    where the folder has no grades, or grades of another state of the assessment.
    """
    loaded = load_assessment(assessment, cache)
    key = answer_key(loaded, cache)
    with open_results(out) as book:
        students = book.present()
        stale = outdated(book, students, judged_digest(loaded, key, any_variant=book.any_variant))
        if stale:
            raise InputError(
                f"{len(stale)} of {len(students)} grades in {str(out)!r} are of another assessment, or of an "
                f"earlier state of {loaded.id!r}",
                hint="Name the assessment with --assessment, or run `grader grade` into this folder again first.",
            )
        clusters = find_clusters(book, students, loaded, key.cases, least=least).clusters
    questions = {item.question.id: item.question for item in loaded.items}
    return tuple(
        Proposal(
            one,
            tuple(students[number] for number in one.members),
            loaded.topic_of(questions[one.question]).folder,
            _steps(loaded.topic_of(questions[one.question]), questions[one.question], one.exhibit),
        )
        for one in clusters
        if one.has_numbers
    )


def _steps(topic: Topic, question: CodeQuestion, exhibit: Exhibit | None) -> tuple[Step, ...]:
    """Return the steps that are the question's own, and not of a function that it calls; the likely ones first."""
    below = frozenset[str]().union(*(reaches(topic, name) for name in question.depends))
    own = reaches(topic, question.function) - below
    names = tuple(name for name in topic.reference if name in own)
    if exhibit is not None:
        wrong = [one.name for one in exhibit.results if not one.is_right]
        names = suspects(topic, question, names, exhibit.case, wrong)
    return tuple(_step(name, topic.reference[name]) for name in names)


def _step(name: str, function: Any) -> Step:
    """Return a step with its lines, without the docstring."""
    parameters = tuple(inspect.signature(function).parameters)
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return Step(name, parameters, "...")
    return Step(name, parameters, _body(source) or "...")


def _body(source: str) -> str:
    import ast

    definition = ast.parse(source).body[0]
    if not isinstance(definition, ast.FunctionDef):
        return ""
    rest = definition.body[ast.get_docstring(definition) is not None :]
    lines = source.splitlines()[rest[0].lineno - 1 :] if rest else []
    return textwrap.dedent("\n".join(lines))


def _exhibit_lines(exhibit: Exhibit) -> list[str]:
    """Write the smallest case: its call, then each result."""
    lines = [f"  The smallest failing case: {exhibit.case.title}. {exhibit.cause}", "", exhibit.call, ""]
    for one in exhibit.results:
        got = "right" if one.is_right else one.got or "nothing"
        lines += [_beside(f"  {one.name:<6} true       ", one.wanted), _beside("         came back  ", got)]
    return lines


def _beside(lead: str, text: str) -> str:
    return lead + text.replace("\n", "\n" + " " * len(lead))


def _exhibit_json(exhibit: Exhibit) -> dict[str, Any]:
    values = exhibit.outcome.values
    got: Mapping[str, Any] = {one.name: _value(value) for one, value in zip(exhibit.results, values, strict=False)}
    return {
        "name": exhibit.case.name,
        "title": exhibit.case.title,
        "public": exhibit.case.public,
        "failed": list(exhibit.failed),
        "cause": exhibit.cause,
        "call": exhibit.call,
        "inputs": {one.name: _numbers(one.value) for one in exhibit.case.arguments},
        "wanted": {
            one.name: _numbers(expected.nearest)
            for one, expected in zip(exhibit.results, exhibit.case.expected, strict=True)
        },
        "got": got,
    }


def _value(value: Value) -> Any:
    return value.type if value.array is None else _numbers(value.array)


def _numbers(array: NDArray[Any]) -> Any:
    """Return nested lists of numbers that read back as the same; nan and infinities as texts, as JSON has none."""
    if array.ndim:
        return [_numbers(one) for one in array]
    number = array.item()
    return number if np.isfinite(number) else str(number)
