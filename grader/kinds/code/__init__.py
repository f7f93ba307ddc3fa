"""A function to write: the student's code is called, and what it returns is held against exact values.

entry        what the author writes, field by field (the only one that needs pydantic)
faults       what can be wrong with it beyond its shape
casefaults   the same for its cases and draws
followfaults the same for credit on what follows from a wrong function
drawing      which draw holds in which case
build        what it becomes: a ``CodeQuestion``
"""

from typing import Any

from grader.kinds.code.build import build
from grader.kinds.code.faults import faults
from grader.kinds.kind import Kind

__all__ = ["KIND"]


def _shape() -> Any:
    from grader.kinds.code.entry import CodeEntry

    return CodeEntry


KIND = Kind("code", _shape, faults, build)
