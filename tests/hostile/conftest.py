"""Runners at each level of isolation that this machine gives, and a small grader that attacks are held against.

The small grader does what the real one does: all public calls of one file, then all hidden ones, in one process;
whatever is not right is run again alone in a careful process, and that second answer counts. It computes its
expectations with plain NumPy and shares nothing with ``grader.judge``.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.model.inputs import Argument, Call, Job, Limits, SourceFile
from grader.model.outcome import Isolation, Outcome, RunResult, Status

collect_ignore = ["corpus"]  # some of its files would run by being collected

LIMITS = Limits(
    wall_seconds=5,
    cpu_seconds=3,
    memory_bytes=256 << 20,
    result_bytes=1 << 20,
    total_result_bytes=8 << 20,
    printed_bytes=4 << 10,
    flood_bytes=1 << 20,
)
PUBLIC = np.array([-2, -1, -0.5, 0, 0.5, 1, 2])
HIDDEN = (  # numbers that nothing else holds, so that they are found wherever they leak
    np.array([0.7319, -1.3187, 2.4561, -0.2183, 1.9973]),
    np.array([[1.2379, -0.6173], [0.4517, -2.1139]]),
)
WARM = b"zygote.py"  # in the command line of every warm process
CLEAN = b"import numpy as np\n\n\ndef tanh(x):\n    return np.tanh(x)\n"


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _gates(x, h, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    return _sigmoid(i), _sigmoid(f), np.tanh(g), _sigmoid(o)


def _cell(x, h, c, W, U, b):
    i, f, g, o = _gates(x, h, W, U, b)
    c = f * c + i * g
    return o * np.tanh(c), c


TRUTH: Mapping[str, tuple[Callable[..., object], int]] = {
    "tanh": (np.tanh, 1),
    "sigmoid": (_sigmoid, 1),
    "relu": (lambda x: np.where(x > 0, x, 0.0), 1),
    "tanh_grad": (lambda x: 1 - np.tanh(x) ** 2, 1),
    "sigmoid_grad": (lambda x: _sigmoid(x) * (1 - _sigmoid(x)), 1),
    "relu_grad": (lambda x: np.where(x > 0, 1.0, 0.0), 1),
    "lstm_gates": (_gates, 4),
    "lstm_cell": (_cell, 2),
}


def _inputs(function: str, seed: int) -> tuple[np.ndarray, ...]:
    if not function.startswith("lstm"):
        return ((PUBLIC, *HIDDEN)[seed],)
    draw = np.random.default_rng(seed).normal
    sizes = {"x": (2, 3), "h": (2, 5), "c": (2, 5), "W": (3, 20), "U": (5, 20), "b": (20,)}
    return tuple(draw(size=size) for name, size in sizes.items() if name != "c" or function == "lstm_cell")


def calls_of(functions: tuple[str, ...], *, hidden: bool) -> tuple[Call, ...]:
    """Return the public or the hidden calls of these functions."""
    return tuple(
        Call(
            f"{function}/{seed}",
            function,
            tuple(Argument(f"a{at}", np.array(value)) for at, value in enumerate(_inputs(function, seed))),
            TRUTH[function][1],
        )
        for function in functions
        for seed in ((1, 2) if hidden else (0,))
    )


def _is_right(outcome: Outcome, call: Call) -> bool:
    function, count = TRUTH[call.function]
    wanted = function(*_inputs(call.function, int(call.id.rpartition("/")[2])))
    wanted = (wanted,) if count == 1 else wanted
    return len(outcome.values) == count and all(
        got.array is not None
        and got.array.shape == true.shape
        and got.array.dtype.kind in "biuf"
        and bool(np.all(np.abs(got.array - true) < 1e-9))
        for got, true in zip(outcome.values, wanted, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Graded:
    """What a submission got, and every result that was met on the way."""

    statuses: Mapping[str, Status]
    runs: tuple[RunResult, ...]


DEATHS = set(Status) - {Status.PASSED, Status.FAILED, Status.ERROR, Status.MISSING}


class Range:
    """Grades submissions with one runner and looks at what comes back."""

    def __init__(self, runner, isolation: Isolation) -> None:
        self.runner, self.isolation = runner, isolation

    def run(
        self, files, module, functions, limits=LIMITS, *, careful=False
    ) -> tuple[RunResult, dict[str, Status]]:
        """Run one process and return what each function got in it."""
        batches = (calls_of(functions, hidden=False), calls_of(functions, hidden=True))
        job = Job(files, module, batches, limits, careful=careful)
        run = self.runner.run(job)
        check_what_came_back(run, job)
        assert run.isolation is self.isolation
        calls = [call for batch in batches for call in batch]
        statuses = dict.fromkeys(functions, Status.PASSED)
        for call, outcome in zip(calls, run.outcomes, strict=True):
            if statuses[call.function] is Status.PASSED:
                wrong = outcome.status is Status.PASSED and not _is_right(outcome, call)
                statuses[call.function] = Status.FAILED if wrong else outcome.status
        return run, statuses

    def grade(self, files, module, functions, limits=LIMITS, slow=(), *, is_alone=False) -> Graded:
        """Grade as the pipeline does; only the ``slow`` functions meet the short time limit alone.

        With ``is_alone`` the first step, in which all functions share a process, is left out.
        """
        statuses, runs = dict.fromkeys(functions, Status.FAILED), []
        if not is_alone:
            first, statuses = self.run(files, module, functions, limits)
            runs.append(first)
        for function, status in statuses.items():
            if status is not Status.PASSED:
                alone = limits if function in slow else replace(limits, wall_seconds=LIMITS.wall_seconds)
                careful = status in DEATHS
                again, second = self.run(files, module, (function,), alone, careful=careful)
                runs.append(again)
                if not careful and second[function] in DEATHS:
                    again, second = self.run(files, module, (function,), alone, careful=True)
                    runs.append(again)
                statuses[function] = second[function]
        return Graded(statuses, tuple(runs))

    def check_still_sound(self) -> None:
        """Grade an innocent submission: nothing of what was there before may be left."""
        run, statuses = self.run((SourceFile("activations.py", CLEAN),), "activations", ("tanh",))
        assert statuses == {"tanh": Status.PASSED}, "the runner no longer grades an innocent submission"
        assert run.finished
        assert not run.printed + run.loaded.printed + "".join(outcome.printed for outcome in run.outcomes)
        assert [info.name for info in run.loaded.functions] == ["tanh"]


def check_what_came_back(run: RunResult, job: Job) -> None:
    """Hold a result to what the door promises: in order, bounded, writable, nothing hidden among the public."""
    calls = [call for batch in job.batches for call in batch]
    assert [outcome.call for outcome in run.outcomes] == [call.id for call in calls]
    lines = {line.strip() for file in job.files for line in file.data.decode(errors="replace").splitlines()}
    own = {file.path for file in job.files}
    secrets = [repr(float(value)).encode() for array in HIDDEN for value in array.ravel()]
    secrets += [array.tobytes()[:16] for array in HIDDEN] + [
        array.tobytes()[:16].hex().encode() for array in HIDDEN
    ]
    public = {call.id for call in job.batches[0]}
    for told in (run.loaded, *run.outcomes):
        raised = told.raised
        texts = [told.printed, told.detail, *([raised.type, raised.text] if raised else [])]
        texts += (
            list(told.warnings)
            if isinstance(told, Outcome)
            else [*told.remarks, *(f.name for f in told.functions)]
        )
        for text in texts:
            assert isinstance(text, str)
            assert len(text.encode()) <= job.limits.printed_bytes + 1024, "text without bounds"
        assert len(texts) < 3000
        for frame in raised.frames if raised else ():
            assert frame.file.partition(",")[0] in own
            assert (
                frame.text.strip() in lines or not frame.text or frame.text.rstrip("…").strip() in "\n".join(lines)
            )
        if told is run.loaded or told.call in public:
            shown = "\n".join(texts).encode() + b"".join(
                b"" if value.array is None else value.array.tobytes() for value in getattr(told, "values", ())
            )
            assert not [secret for secret in secrets if secret in shown], (
                "a hidden input came out of a public call"
            )
    for outcome in run.outcomes:
        for value in outcome.values:
            assert len(value.type) <= 200
            assert len(value.note.encode()) <= 2000
            assert value.array is None or value.array.nbytes <= job.limits.result_bytes
    kept = sum(v.array.nbytes for outcome in run.outcomes for v in outcome.values if v.array is not None)
    assert kept <= job.limits.total_result_bytes


def family() -> set[int]:
    """Return the warm processes that this one started and all that descend from them, by their parents in /proc.

    Whatever else it started, such as a browser for other tests, is none of a runner's.
    """
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting = [pid for pid in children.get(os.getpid(), []) if any(WARM in one for one in commands_of({pid}))]
    found = set(waiting)
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.add(child)
            waiting.append(child)
    return found


def orphans_of(commands: set[bytes]) -> set[int]:
    """Return processes that run one of these commands and were left to init."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if parent == "1" and (entry / "cmdline").read_bytes() in commands:
                    found.add(int(entry.name))
            except OSError:
                continue
    return found


def commands_of(pids: set[int]) -> set[bytes]:
    """Return the command lines of these processes."""
    found = set()
    for pid in pids:
        try:
            found.add(Path(f"/proc/{pid}/cmdline").read_bytes())
        except OSError:
            continue
    return found - {b""}


class Census:
    """Counts the processes of all runners: what is there when they rest is what may be there later."""

    def __init__(self) -> None:
        self.start = family()
        self.rest()

    def rest(self) -> None:
        """Take what is there now for what may be there."""
        self.resting = self.current()
        self.commands = commands_of(self.resting)

    def current(self) -> set[int]:
        """Return the processes of all runners of this test process."""
        return family() - self.start

    def check_no_stray(self) -> None:
        """Fail when more processes are left than there were at rest (and one spare)."""
        deadline = time.monotonic() + 5
        while True:
            extra = len(self.current()) - len(self.resting)
            left = orphans_of(self.commands)
            if extra <= 1 and not left:
                return
            assert time.monotonic() < deadline, f"{extra} processes too many, orphans {left}"
            time.sleep(0.02)

    def check_none_left(self) -> None:
        """Fail when anything outlives the runners."""
        deadline = time.monotonic() + 5
        while self.current():
            assert time.monotonic() < deadline, f"left behind: {commands_of(self.current())}"
            time.sleep(0.02)


@pytest.fixture(scope="session")
def census() -> Census:
    """Give the count of processes of this test process."""
    return Census()


@pytest.fixture(scope="module", autouse=True)
def _rest(census) -> None:
    """Begin each file with what runs by then: tests elsewhere may have left runners of their own at work."""
    census.rest()


@pytest.fixture(scope="session")
def _ranges(census) -> Iterator[Callable[[str], Range]]:
    from grader.sandbox.runner import open_runner

    opened: dict[str, Range] = {}

    def get(level: str) -> Range:
        if level not in opened:
            how = {"force": Isolation.CONTAINER} if level == "container" else {}
            try:
                runner = open_runner(least=Isolation.CONTAINER, **how)
            except SandboxError as problem:
                pytest.skip(f"this machine does not isolate: {problem}")
            if level == "strongest" and runner.isolation is Isolation.CONTAINER:
                runner.close()
                pytest.skip("bubblewrap is not allowed namespaces here")
            opened[level] = Range(runner, runner.isolation)
            opened[level].check_still_sound()
            census.rest()
        return opened[level]

    yield get
    for alley in opened.values():
        alley.runner.close()
    census.check_none_left()


@pytest.fixture(params=[pytest.param("strongest", marks=pytest.mark.external), "container"])
def level(request: pytest.FixtureRequest) -> str:
    """Name a level of isolation; the strongest needs bubblewrap."""
    if request.param == "strongest" and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    return request.param


@pytest.fixture
def alley(_ranges, level) -> Range:
    """Give the range at this level."""
    return _ranges(level)


@pytest.fixture
def limits() -> Limits:
    """Give limits short enough for a corpus."""
    return LIMITS
