"""placeholder."""

from collections.abc import Mapping, Sequence

from grader.model.key import KeyedCase
from grader.model.outcome import Outcome
from grader.model.question import CodeQuestion


def relations(
    question: CodeQuestion, cases: Sequence[KeyedCase], outcomes: Mapping[str, Outcome]
) -> tuple[str, ...]:
    """Return nothing yet."""
    _ = question, cases, outcomes
    return ()
