"""Worker processes, and what to do when one dies.

Tasks go out in small groups, a bounded number at a time, so that memory does not grow with the class. When a
worker dies (out of memory, killed), whatever was in the works is tried again alone, each submission in a fresh
worker, so that the one to blame is known: it gets the grader's own status, the others their grades.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from grader.worker import (
    Graded,
    Settings,
    Task,
    build_worker,
    grade_lost,
    grade_task,
    grade_tasks,
    start_worker,
)

__all__ = ["Here", "Pool"]

GROUP = 4  # submissions a task message: large enough to hide its cost, small enough for Ctrl-C
Futures = dict["Future[tuple[Graded, ...]]", tuple[Task, ...]]


class Pool:
    """Some worker processes that grade tasks; use it as a context manager."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._executor: Executor | None = None
        self._running: Futures = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Graded, ...]]:
        """Yield groups of graded submissions as they are done, in no order."""
        groups = _groups(tasks)
        while True:
            for group in islice(groups, max(0, 2 * self._workers - len(self._running))):
                self._submit(group)
            if not self._running:
                return
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            lost: list[Task] = []
            for future in done:
                group = self._running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.extend(group)
            if lost:
                yield from self._one_by_one(lost)

    def finish(self) -> Iterator[tuple[Graded, ...]]:
        """Yield what is in the works already, and start nothing more."""
        for future in list(self._running):
            if not future.cancel():
                try:
                    yield future.result()
                except BrokenProcessPool:
                    continue
        self._running.clear()

    def _submit(self, group: tuple[Task, ...]) -> None:
        try:
            future = self._pool().submit(grade_tasks, group)
        except BrokenProcessPool:  # a worker died while idle; those in the works will say so themselves
            future = Future()
            future.set_exception(BrokenProcessPool())
        self._running[future] = group

    def _one_by_one(self, lost: list[Task]) -> Iterator[tuple[Graded, ...]]:
        """Grade what a dead worker left, each alone, so that only the one to blame is blamed."""
        for future, group in self._running.items():  # all futures of a broken pool fail alike
            lost.extend(group)
            future.cancel()
        self._running.clear()
        self._stop()
        for task in lost:
            with ProcessPoolExecutor(1, get_context("spawn"), start_worker, (self._settings,)) as alone:
                try:
                    yield alone.submit(grade_tasks, (task,)).result()
                    continue
                except BrokenProcessPool:
                    pass
            yield (grade_lost(task, self._settings),)

    def _pool(self) -> Executor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._workers, get_context("spawn"), start_worker, (self._settings,)
            )
        return self._executor

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


class Here:
    """Grades in this very process: for few answers to a quiz, where starting others would take longer."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Graded, ...]]:
        """Yield each submission as it is graded, in order."""
        worker = build_worker(self._settings, may_run=False)
        for task in tasks:
            yield (grade_task(task, worker),)

    def finish(self) -> Iterator[tuple[Graded, ...]]:
        """Yield nothing: nothing is in the works."""
        return iter(())


def _groups(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    iterator = iter(tasks)
    while group := tuple(islice(iterator, GROUP)):
        yield group
