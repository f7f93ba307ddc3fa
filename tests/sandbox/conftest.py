"""Runners at every level that this machine gives, and short ways to run a source through them."""

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.model.inputs import Argument, Call, Form, Job, Limits, SourceFile
from grader.model.outcome import Isolation, Outcome, RunResult
from grader.sandbox.runner import Runner, open_runner

CHILD = Path(__file__).parents[2] / "grader" / "sandbox" / "child"


@pytest.fixture(scope="session")
def _runners() -> Iterator[Callable[[Isolation], Runner]]:
    opened: dict[Isolation, Runner] = {}

    def get(level: Isolation) -> Runner:
        if level not in opened:
            try:
                opened[level] = open_runner(force=level)
            except SandboxError as error:
                pytest.skip(f"this machine does not offer {level.value}: {error}")
        return opened[level]

    yield get
    for runner in opened.values():
        runner.close()


@pytest.fixture(
    params=[pytest.param(Isolation.FULL, marks=pytest.mark.external), Isolation.CONTAINER, Isolation.NONE],
    ids=lambda level: level.value,
)
def runner(request: pytest.FixtureRequest, _runners) -> Runner:
    """Give a runner at each level in turn; the strongest needs bubblewrap."""
    if request.param is Isolation.FULL and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    return _runners(request.param)


@pytest.fixture(
    params=[pytest.param(Isolation.FULL, marks=pytest.mark.external), Isolation.CONTAINER],
    ids=lambda level: level.value,
)
def sealed(request: pytest.FixtureRequest, _runners) -> Runner:
    """Give a runner at each level that is fit for grading."""
    if request.param is Isolation.FULL and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    return _runners(request.param)


@pytest.fixture
def warm(_runners) -> Runner:
    """Give one runner that forks, where how well it is sealed does not matter."""
    return _runners(Isolation.CONTAINER)


def _files(**sources: str | bytes) -> tuple[SourceFile, ...]:
    named = ((name.replace("__", "."), data) for name, data in sources.items())
    return tuple(
        SourceFile(name if "." in name else f"{name}.py", data if isinstance(data, bytes) else data.encode())
        for name, data in named
    )


def _call(function: str, *values: object, results: int = 1, form: Form = Form.ARRAY, name: str = "") -> Call:
    arguments = tuple(Argument(f"a{at}", np.asarray(value), form) for at, value in enumerate(values))
    return Call(name or function, function, arguments, results)


def _run(runner: Runner, source, *calls: Call, module: str = "work", **how) -> RunResult:
    sent = source if isinstance(source, tuple) else _files(**{module: source})
    return runner.run(Job(sent, module, (calls,), **how))


def _one(runner: Runner, source, *values: object, results: int = 1, form: Form = Form.ARRAY, **how) -> Outcome:
    return _run(runner, source, _call("f", *values, results=results, form=form), **how).outcomes[0]


@pytest.fixture(scope="session")
def files() -> Callable[..., tuple[SourceFile, ...]]:
    """Make the files of a submission: ``files(lstm="...")`` is lstm.py, ``files(a__ipynb=b"...")`` is a.ipynb."""
    return _files


@pytest.fixture(scope="session")
def call() -> Callable[..., Call]:
    """Make one call of a function with arrays."""
    return _call


@pytest.fixture(scope="session")
def run() -> Callable[..., RunResult]:
    """Run calls of the module ``work`` in one batch; ``limits`` and ``careful`` as a job has them."""
    return _run


@pytest.fixture(scope="session")
def one() -> Callable[..., Outcome]:
    """Run ``f`` of the module ``work`` once and return its outcome."""
    return _one


@pytest.fixture(scope="session")
def short() -> Limits:
    """Give limits that are soon reached."""
    return Limits(wall_seconds=0.5, cpu_seconds=5, memory_bytes=600 << 20, printed_bytes=1000, flood_bytes=100_000)


@pytest.fixture(scope="session")
def child() -> Callable[[str], ModuleType]:
    """Import one of the child's own files as it imports them itself: alone, from its folder."""
    held: dict[str, ModuleType] = {}

    def get(name: str) -> ModuleType:
        if name not in held:
            before = set(sys.modules)
            sys.path.insert(0, str(CHILD))
            try:
                held[name] = importlib.import_module(name)
            finally:
                sys.path.remove(str(CHILD))
                for loaded in set(sys.modules) - before:
                    if str(CHILD) in str(getattr(sys.modules[loaded], "__file__", "")):
                        del sys.modules[loaded]
        return held[name]

    return get
