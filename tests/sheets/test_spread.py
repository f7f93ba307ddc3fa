"""Work spread over processes comes back in order, and a process that dies is told in a sentence."""

import os
import signal
from functools import partial

import pytest

from grader.errors import GraderError
from grader.spread import spread


def build(base: int) -> int:
    return base


def work(base: int, chunk: list[int]) -> list[int]:
    if chunk == [13]:
        os.kill(os.getpid(), signal.SIGKILL)
    if chunk == [7]:
        raise ValueError("seven")
    return [base + one for one in chunk]


def test_what_is_made_comes_in_the_order_of_the_chunks():
    chunks = [[number] for number in range(7)]
    assert list(spread(work, partial(build, 10), chunks, 2)) == [[10 + number] for number in range(7)]


def test_a_process_that_dies_is_told_with_what_to_do():
    with pytest.raises(GraderError, match="a process ended before its work was done"):
        list(spread(work, partial(build, 10), [[1], [13], [2]], 2))


def test_an_error_of_the_work_comes_out_as_it_is():
    with pytest.raises(ValueError, match="seven"):
        list(spread(work, partial(build, 10), [[1], [7], [2]], 2))
