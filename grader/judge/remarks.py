"""What is worth saying and costs nothing: the dtype kept, other inputs accepted, warnings.

A remark on a hidden case is the author's sentence and nothing else; what a function warned there is not shown.
"""

from collections.abc import Mapping

import numpy as np

from grader.judge.words import clip
from grader.model.key import KeyedCase
from grader.model.outcome import Outcome, Status
from grader.model.question import CodeQuestion, Remark

__all__ = ["remarks_on"]

WARNING_LENGTH = 200
MOST_WARNINGS = 3


def remarks_on(
    question: CodeQuestion, cases: tuple[KeyedCase, ...], outcomes: Mapping[str, Outcome]
) -> tuple[str, ...]:
    """Return the question's remarks that apply, and the warnings that public cases gave."""
    known = {case.name: case for case in cases}
    told: list[str] = []
    quiet = True
    for remark in question.remarks:
        case, outcome = known.get(remark.case), outcomes.get(remark.case)
        if case is None or outcome is None or outcome.status is Status.GRADER_ERROR:
            continue
        if not _holds(remark, case, outcome):
            told.append(remark.says)
            quiet = quiet and remark.kind != "no-warnings"
    warned = dict.fromkeys(
        clip(text, WARNING_LENGTH)
        for case in cases
        if case.public and case.name in outcomes
        for text in outcomes[case.name].warnings
    )
    if quiet and warned:
        texts = list(warned)[:MOST_WARNINGS]
        told.append(f"It warned, which costs nothing: {'; '.join(texts)}.")
    return tuple(told)


def _holds(remark: Remark, case: KeyedCase, outcome: Outcome) -> bool:
    """Whether a remark need not be told; where the call gave nothing to go by, it need not."""
    if remark.kind == "accepted":
        return outcome.status is Status.PASSED
    if remark.kind == "no-warnings":
        return not outcome.warnings
    floats = [a.value.dtype for a in case.arguments if a.value.dtype.kind == "f"]
    arrays = [value.array for value in outcome.values if value.array is not None]
    if not floats or not arrays:
        return True
    return all(array.dtype.newbyteorder("=") == np.result_type(*floats) for array in arrays)
