"""Work spread over processes. Each builds for itself what cannot be sent to it: functions of a topic cannot."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from grader.errors import GraderError

__all__ = ["spread"]

Built = TypeVar("Built")
Chunk = TypeVar("Chunk")
Made = TypeVar("Made")

_built: list[Any] = []  # in a process of the pool: what it works with


def spread(
    work: Callable[[Built, Chunk], Made], build: Callable[[], Built], chunks: Sequence[Chunk], jobs: int
) -> Iterator[Made]:
    """Yield what ``work`` makes of each chunk, in their order. Raises GraderError where a process dies."""
    with ProcessPoolExecutor(min(jobs, len(chunks)), get_context("spawn"), _start, (build,)) as pool:
        try:
            yield from pool.map(_do, [work] * len(chunks), chunks)
        except BrokenProcessPool as error:
            words = "a process ended before its work was done (was it killed, or out of memory?)"
            raise GraderError(words, hint="Run it again; with --jobs 1 it needs the least memory.") from error
        except BaseException:  # an error, or Ctrl-C: what has not begun is not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(build: Callable[[], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    _built.append(build())


def _do(work: Callable[[Any, Any], Any], chunk: Any) -> Any:
    return work(_built[0], chunk)
