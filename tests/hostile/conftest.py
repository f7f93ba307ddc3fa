"""Runners at each level of isolation that this machine gives, and the real grading that attacks are held against.

``topics/attacked.yaml`` asks for the functions of the corpus, and ``grader.grading`` grades them: what runs when,
what runs again and what counts is its own. Between it and the runner stands only one who watches.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.errors import SandboxError
from grader.files import default_cache
from grader.grading import examine
from grader.model.inputs import Argument, Call, Job, Limits, SourceFile, Submission
from grader.model.key import AnswerKey
from grader.model.outcome import Isolation, Loaded, Outcome, RunResult, Status
from grader.model.question import Assessment
from grader.plan import Plan, make_plan
from grader.records import QuestionRun
from grader.sandbox.runner import Runner, open_runner

collect_ignore = ["corpus"]  # some of its files would run by being collected

ATTACKED = Path(__file__).parent / "topics" / "attacked.yaml"
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


TRUTH: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.where(x > 0, x, 0.0),
}


def calls_of(functions: tuple[str, ...], *, hidden: bool) -> tuple[Call, ...]:
    """Return public or hidden calls of these functions, for a process outside of any grading."""
    return tuple(
        Call(f"{function}/{at}", function, (Argument("x", np.array(value)),))
        for function in functions
        for at, value in enumerate(HIDDEN if hidden else (PUBLIC,), int(hidden))
    )


def _is_right(outcome: Outcome, call: Call) -> bool:
    true = TRUTH[call.function](call.arguments[0].value)
    got = outcome.values[0].array if outcome.values else None
    return (
        got is not None
        and got.shape == true.shape
        and got.dtype.kind in "biuf"
        and bool(np.all(np.abs(got - true) < 1e-9))
    )


@dataclass(frozen=True, slots=True)
class Graded:
    """What a submission got, and every result that was met on the way."""

    statuses: Mapping[str, Status]
    runs: tuple[RunResult, ...]


class Watched:
    """A runner that gives each process the limits of one attack, and looks at all that comes back."""

    def __init__(self, runner: Runner, limits: Limits, slow: tuple[str, ...]) -> None:
        self.isolation = runner.isolation
        self.runs: list[RunResult] = []
        self._runner, self._limits, self._slow = runner, limits, slow

    def run(self, job: Job) -> RunResult:
        """Run a job; only the ``slow`` functions meet the short time limit alone."""
        asked = {call.function for batch in job.batches for call in batch}
        is_patient = len(asked) == 1 and not asked & set(self._slow)
        wall = LIMITS.wall_seconds if is_patient else self._limits.wall_seconds
        job = replace(job, limits=replace(self._limits, wall_seconds=wall))
        run = self._runner.run(job)
        check_what_came_back(run, job)
        assert run.isolation is self.isolation
        self.runs.append(run)
        return run

    def close(self) -> None:
        """Leave the runner to its owner."""


class Range:
    """Grades submissions with one runner and looks at what comes back."""

    def __init__(self, runner: Runner, assessment: Assessment, key: AnswerKey) -> None:
        self.runner, self.isolation = runner, runner.isolation
        self._assessment, self._key = assessment, key
        self._plans: dict[tuple[str, ...], Plan] = {}

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

    def grade(self, files, functions, limits=LIMITS, slow=(), *, is_alone=False) -> Graded:
        """Grade as every submission is graded; only the ``slow`` functions meet the short time limit alone.

        With ``is_alone`` the first process, which all functions share, is taken to have died of the first call.
        """
        plan = self._plan(functions)
        watched = Watched(self.runner, limits, slow)
        examined = examine(Submission("eve", files), plan, watched, self._died(plan) if is_alone else None)
        statuses = {grade.id.rpartition("/")[2]: grade.status for grade in examined.grade.questions}
        return Graded(statuses, tuple(watched.runs))

    def _plan(self, functions: tuple[str, ...]) -> Plan:
        """Lay out the calls of these functions, in this order."""
        if functions not in self._plans:
            items = {item.question.function: item for item in self._assessment.items}
            picked = replace(self._assessment, items=tuple(items[function] for function in functions), order=())
            self._plans[functions] = make_plan(picked, self._key)
        return self._plans[functions]

    def _died(self, plan: Plan) -> dict[str, QuestionRun]:
        return {
            name: QuestionRun(
                Loaded(Status.PASSED),
                {case.name: Outcome(case.name, Status.CRASHED) for case in cases},
                self.isolation,
            )
            for name, cases in plan.cases.items()
            if name in plan.batches
        }

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
    hidden = [argument.value for batch in job.batches[1:] for call in batch for argument in call.arguments]
    secrets = [repr(float(value)).encode() for array in hidden for value in array.ravel()]
    secrets += [array.tobytes()[:16] for array in hidden] + [
        array.tobytes()[:16].hex().encode() for array in hidden
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
    assessment = load_assessment(ATTACKED)
    key = answer_key(assessment, default_cache())
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
            opened[level] = Range(runner, assessment, key)
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
def calls() -> Callable[..., tuple[tuple[Call, ...], ...]]:
    """Make the public and the hidden calls of functions, as one process is asked for them."""
    return lambda *functions: (calls_of(functions, hidden=False), calls_of(functions, hidden=True))


@pytest.fixture
def limits() -> Limits:
    """Give limits short enough for a corpus."""
    return LIMITS
