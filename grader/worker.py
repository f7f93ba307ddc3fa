"""One worker process: its own sandbox, its own judge. It grades what it is handed, and writes nothing.

The parent starts it by ``spawn``, hands it tasks and gets back records and pages; see ``grader.pipeline``.
"""

import hashlib
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader import __version__
from grader.assessment.key import answer_key
from grader.bank.load import load_assessment
from grader.diagnose.kept import engine_digest
from grader.errors import GraderError
from grader.grading import examine, failed_by_us
from grader.intake import read_submission
from grader.model.grade import StudentGrade
from grader.model.inputs import Submission
from grader.model.key import AnswerKey
from grader.model.outcome import Isolation
from grader.model.question import Assessment
from grader.plan import Plan, make_plan
from grader.records import QuestionRun, pack, unpack
from grader.report.environment import templates_digest
from grader.report.page import student_page
from grader.sandbox.runner import Runner, open_runner
from grader.store import Digests, Record

__all__ = ["Graded", "Settings", "Task", "grade_lost", "grade_tasks", "judged_digest", "start_worker"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know to build itself."""

    assessment: Path
    cache: Path | None
    least: Isolation


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to grade; ``known`` and ``runs`` are what the gradebook has of it."""

    student: str
    folder: Path
    page: str
    known: Digests | None
    runs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of a task; ``record`` is None where nothing has changed, ``problem`` is our own fault."""

    student: str
    record: Record | None
    html: str = ""
    problem: str = ""


@dataclass(slots=True)
class _Worker:
    assessment: Assessment
    plan: Plan
    judged: str
    runner: Runner


_settings: Settings | None = None
_worker: _Worker | None = None


def start_worker(settings: Settings) -> None:
    """Remember the settings; the worker builds itself at its first task, where its errors reach the parent."""
    global _settings  # noqa: PLW0603  the one state of a worker process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; what is in the works gets finished
    _settings = settings


def grade_tasks(tasks: Sequence[Task]) -> tuple[Graded, ...]:
    """Grade some submissions, one after another."""
    worker = _build()
    return tuple(_grade(task, worker) for task in tasks)


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


def judged_digest(assessment: Assessment, key: AnswerKey) -> str:
    """Return the digest of all that a grade and its page depend on besides what the student's code returned."""
    parts = (
        __version__,
        key.digest,
        engine_digest(),
        assessment.title,
        assessment.introduction,
        assessment.show_hidden_titles,
        assessment.hints,
        tuple((item.question.id, item.points) for item in assessment.items),
        tuple(topic.digest for topic in assessment.topics),
        templates_digest(assessment.folder),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _build() -> _Worker:
    global _worker  # noqa: PLW0603  built once in a process
    if _worker is None:
        if _settings is None:
            raise RuntimeError("start_worker was not called in this process")
        assessment = load_assessment(_settings.assessment, _settings.cache)
        key = answer_key(assessment, _settings.cache)
        runner = open_runner(least=_settings.least)
        _worker = _Worker(
            assessment, make_plan(assessment, key, cache=_settings.cache), judged_digest(assessment, key), runner
        )
    return _worker


def _grade(task: Task, worker: _Worker) -> Graded:
    """Grade one submission; what goes wrong on our side is tried once more, and then said to be ours."""
    problem = ""
    for _ in range(2):
        try:
            return _attempt(task, worker)
        except (GraderError, MemoryError) as error:
            problem = str(error) or type(error).__name__
        except Exception as error:  # noqa: BLE001  a fault of ours on one submission must not cost the others
            problem = _where(error)
    grade = failed_by_us(worker.assessment, task.student, problem)
    return _graded(task, worker, grade, {}, "", problem)


def _attempt(task: Task, worker: _Worker) -> Graded:
    submission = read_submission(task.folder)
    known = task.known
    same_runs = known is not None and (known.files, known.plan) == (submission.digest, worker.plan.digest)
    if same_runs and known is not None and known.judged == worker.judged:
        return Graded(task.student, None)
    stored = {name: unpack(data) for name, data in task.runs.items()} if same_runs else {}
    examined = examine(submission, worker.plan, worker.runner, stored)
    is_new = any(run is not stored.get(name) for name, run in examined.runs.items())
    runs = examined.runs if is_new else {}  # the gradebook keeps all runs of a student, or leaves them as they are
    return _graded(task, worker, examined.grade, runs, submission.digest, _ours(examined.grade, submission))


def _graded(
    task: Task,
    worker: _Worker,
    grade: StudentGrade,
    runs: Mapping[str, QuestionRun],
    files: str,
    problem: str,
) -> Graded:
    record = Record(
        student=task.student,
        digests=Digests(files, worker.plan.digest, worker.judged),
        done=grade.is_graded,
        isolation=grade.isolation.value,
        page=task.page,
        grade=grade.to_json(f"students/{task.page}"),
        runs={name: pack(run) for name, run in runs.items()} if grade.is_graded else {},
        behaviours={one.id: one.behaviour for one in grade.questions if one.behaviour is not None},
    )
    return Graded(task.student, record, student_page(grade, worker.assessment), problem)


def _ours(grade: StudentGrade, submission: Submission) -> str:
    if grade.is_graded:
        return ""
    details = [text for question in grade.questions for text in question.feedback if not question.score]
    return details[0] if details else f"the sandbox failed on {submission.student}"


def _where(error: Exception) -> str:
    """Name an unexpected error and the last place of ours that it came through."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{place}"
