"""One worker process: its own sandbox, its own judge. It grades what it is handed, and writes nothing.

The parent starts it by ``spawn``, hands it tasks and gets back records and pages; see ``grader.pipeline``.
"""

import gc
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.answers.received import receive, receive_again
from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.errors import GraderError
from grader.export.answered import view_answered
from grader.grading import Examined, examine, failed_by_us
from grader.judged import judged_digest, judged_for
from grader.model.answers import NOTHING, HandedIn, Review
from grader.model.grade import StudentGrade
from grader.model.outcome import Isolation, Status
from grader.model.question import Assessment
from grader.nothing_runs import NothingRuns
from grader.plan import Plan, make_plan
from grader.records import pack, unpack
from grader.report.page import student_page
from grader.sandbox.runner import Runner, open_runner
from grader.store import Digests, Record

__all__ = [
    "Graded",
    "Settings",
    "Task",
    "Worker",
    "build_worker",
    "grade_lost",
    "grade_task",
    "grade_tasks",
    "start_worker",
]


SELDOM = (20_000, 20, 50)  # what is made of a submission are trees: there is little for the collector to find


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know to build itself."""

    assessment: Path
    cache: Path | None
    least: Isolation
    any_variant: bool = False  # answers to a quiz count on whatever sheet they were given


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to grade; ``known`` and ``runs`` are what the gradebook has of it."""

    student: str
    folder: Path | None  # None where there is none, and where ``again`` stands in its place
    page: str
    known: Digests | None
    runs: Mapping[str, bytes]
    table: HandedIn = NOTHING  # what a table of the class holds of this student
    reviews: tuple[Review, ...] = ()
    again: HandedIn | None = None  # what was handed in, where it is judged again from what is stored


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of a task; ``record`` is None where nothing has changed, ``problem`` is our own fault."""

    student: str
    record: Record | None
    html: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Worker:
    """What grading a submission needs, built once."""

    assessment: Assessment
    plan: Plan
    judged: str
    runner: Runner


_settings: Settings | None = None
_worker: Worker | None = None


def start_worker(settings: Settings) -> None:
    """Remember the settings; the worker builds itself at its first task, where its errors reach the parent."""
    global _settings  # noqa: PLW0603  the one state of a worker process
    gc.set_threshold(*SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; what is in the works gets finished
    _settings = settings


def grade_tasks(tasks: Sequence[Task]) -> tuple[Graded, ...]:
    """Grade some submissions, one after another."""
    worker = _build()
    return tuple(grade_task(task, worker) for task in tasks)


def grade_lost(task: Task, settings: Settings) -> Graded:
    """Say for a submission that killed its worker that the grader failed on it; it is tried again next time."""
    problem = "the process that graded it died (was it killed, or out of memory?)"
    assessment = load_assessment(settings.assessment, settings.cache)
    grade = failed_by_us(assessment, task.student, problem)
    page = f"students/{task.page}"
    record = Record(
        task.student, Digests("", "", ""), False, grade.isolation.value, task.page, grade.to_json(page), {}
    )
    return Graded(task.student, record, student_page(grade, assessment), problem)


def build_worker(settings: Settings, *, may_run: bool = True) -> Worker:
    """Make what grading needs; without ``may_run`` nothing is run, and so where there is no code to run."""
    assessment = load_assessment(settings.assessment, settings.cache)
    key = answer_key(assessment, settings.cache)
    runner = open_runner(least=settings.least) if may_run and assessment.items else NothingRuns()
    return Worker(
        assessment,
        make_plan(assessment, key, any_variant=settings.any_variant, cache=settings.cache),
        judged_digest(assessment, key, any_variant=settings.any_variant),
        runner,
    )


def _build() -> Worker:
    global _worker  # noqa: PLW0603  built once in a process
    if _worker is None:
        if _settings is None:
            raise RuntimeError("start_worker was not called in this process")
        _worker = build_worker(_settings)
        gc.collect()
        gc.freeze()  # it stays for good: looking through it for garbage now and then takes longer than judging
    return _worker


def grade_task(task: Task, worker: Worker) -> Graded:
    """Grade one submission; what goes wrong on our side is tried once more, and then said to be ours."""
    problem = ""
    for _ in range(2):
        try:
            return _attempt(task, worker)
        except (GraderError, MemoryError) as error:
            problem = str(error) or type(error).__name__
        except Exception as error:  # noqa: BLE001  a fault of ours on one submission must not cost the others
            problem = _where(error)
    failed = Examined(failed_by_us(worker.assessment, task.student, problem), {})
    return _graded(task, worker, failed, Digests("", worker.plan.digest, worker.judged), None, problem)


def _attempt(task: Task, worker: Worker) -> Graded:
    known, is_again = task.known, task.again is not None
    if task.again is not None:
        handed_in, submission = task.again, receive_again(task.student, task.again)
        files = known.files if known else ""
    else:
        code, quiz = bool(worker.assessment.items), bool(worker.assessment.quiz)
        submission, handed_in = receive(task.student, task.folder, task.table, code=code, quiz=quiz)
        files = submission.digest
    digests = Digests(files, worker.plan.digest, judged_for(worker.judged, handed_in.table, task.reviews))
    same_runs = known is not None and (known.files, known.plan) == (files, digests.plan)
    if same_runs and not is_again and known == digests:
        return Graded(task.student, None)
    stored = {name: unpack(data) for name, data in task.runs.items()} if same_runs else {}
    examined = examine(submission, worker.plan, worker.runner, stored, handed_in, task.reviews)
    is_new = any(run is not stored.get(name) for name, run in examined.runs.items())
    kept = Examined(examined.grade, examined.runs if is_new else {}, examined.asked)
    return _graded(task, worker, kept, digests, handed_in, _ours(examined.grade))


def _graded(
    task: Task, worker: Worker, examined: Examined, digests: Digests, handed_in: HandedIn | None, problem: str
) -> Graded:
    """Make the record and the page; the gradebook keeps all runs of a student, or leaves them as they are."""
    grade = examined.grade
    record = Record(
        student=task.student,
        digests=digests,
        done=grade.is_graded,
        isolation=grade.isolation.value,
        page=task.page,
        grade=grade.to_json(f"students/{task.page}"),
        runs={name: pack(run) for name, run in examined.runs.items()} if grade.is_graded else {},
        behaviours={one.id: one.behaviour for one in grade.questions if one.behaviour is not None},
        handed_in=handed_in,
    )
    views = view_answered(grade, examined.asked, worker.assessment.show_solutions)
    return Graded(task.student, record, student_page(grade, worker.assessment, views), problem)


def _ours(grade: StudentGrade) -> str:
    if grade.is_graded:
        return ""
    failed = [one for one in grade.questions if one.status is Status.GRADER_ERROR]
    details = [text for question in failed for text in question.feedback]
    return details[0] if details else f"the sandbox failed on {grade.student}"


def _where(error: Exception) -> str:
    """Name an unexpected error and the last place of ours that it came through."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{place}"
