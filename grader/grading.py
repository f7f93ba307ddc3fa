"""Grade one submission: run it, judge it, and run again alone whatever looks wrong before it costs a point.

Answers to a quiz are marked beside the code, from what was handed in and what people decided about texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.errors import SandboxError
from grader.followon import run_name
from grader.intake import near_file
from grader.judge.score import judge_question, note_dependencies
from grader.judge.verdict import CheckVerdict, decide, is_settled
from grader.model.answers import NOTHING, HandedIn, Review
from grader.model.grade import QuestionGrade, StudentGrade
from grader.model.inputs import Job, Limits, Submission
from grader.model.outcome import Isolation, Loaded, Outcome, RunResult, Status
from grader.model.question import Assessment, Item
from grader.plan import SEPARATOR, Plan
from grader.quiz.asked import Asked
from grader.quiz.grades import QuizGrades, grade_quiz, ungraded
from grader.records import QuestionRun
from grader.sandbox.runner import Runner

__all__ = ["Examined", "examine", "failed_by_us"]


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """A graded submission and what its grade rests on, by question id: runs of code, and questions of a quiz."""

    grade: StudentGrade
    runs: Mapping[str, QuestionRun]
    asked: Mapping[str, Asked] = field(default_factory=dict[str, Asked])


def examine(
    submission: Submission,
    plan: Plan,
    runner: Runner,
    stored: Mapping[str, QuestionRun] | None = None,
    handed_in: HandedIn = NOTHING,
    reviews: Sequence[Review] = (),
) -> Examined:
    """Grade one submission, running only what ``stored`` does not hold already."""
    runs: dict[str, QuestionRun] = dict(stored or {})
    grades: dict[str, QuestionGrade] = {}
    notes: list[str] = list(submission.notes)
    for module, items in plan.modules.items():
        note = _two_files(submission, module)
        if note:
            notes.append(note)
        if not all(item.question.id in runs for item in items):
            runs.update(_run_file(submission, module, items, plan, runner))
        for item in items:
            grades[item.question.id], runs[item.question.id] = _settle(
                submission, item, runs[item.question.id], plan, runner
            )
    ordered = tuple(grades[item.question.id] for item in plan.assessment.items)
    ordered, consistent = _credit(submission, plan, runner, ordered, runs)
    ordered, failed = _explain(plan, ordered, runs, consistent)
    notes += failed
    ordered = note_dependencies(ordered, plan.assessment.items)
    weakest = max((run.isolation for run in runs.values()), key=lambda level: level.rank, default=runner.isolation)
    quiz = grade_quiz(plan.assessment, plan.variants, submission.student, handed_in, reviews)
    questions = _in_order(plan.assessment, ordered, quiz)
    notes += quiz.notes
    grade = StudentGrade(submission.student, questions, tuple(notes), weakest, quiz.sheets)
    return Examined(grade, runs, quiz.asked)


def _in_order(
    assessment: Assessment, code: tuple[QuestionGrade, ...], quiz: QuizGrades
) -> tuple[QuestionGrade, ...]:
    """Put the questions of both sorts as students meet them."""
    by_id = {**{grade.id: grade for grade in code}, **quiz.grades}
    return tuple(by_id[item.question.id] for item in assessment.picked)


def _explain(
    plan: Plan, grades: tuple[QuestionGrade, ...], runs: Mapping[str, QuestionRun], explained: frozenset[str]
) -> tuple[tuple[QuestionGrade, ...], list[str]]:
    """Say which mistakes were made; where that itself fails the points stand, and a note says so."""
    try:
        outcomes = {name: run.outcomes for name, run in runs.items()}
        return plan.diagnoser.explain(grades, outcomes, explained), []
    except Exception as error:  # noqa: BLE001  a topic's known mistakes are code; they must not cost anybody a grade
        return grades, [f"Mistakes could not be looked for ({type(error).__name__}); the points are not affected."]


def _credit(
    submission: Submission,
    plan: Plan,
    runner: Runner,
    grades: tuple[QuestionGrade, ...],
    runs: dict[str, QuestionRun],
) -> tuple[tuple[QuestionGrade, ...], frozenset[str]]:
    """Give credit for what follows from wrong functions; what is run for it goes to ``runs``.

    Returns the grades, and the ids of questions that have no other mistake.
    """

    def ask(item: Item) -> QuestionRun:
        name, module = item.question.id, item.question.module
        return _run(submission, module, run_name(name), (item,), runner, plan, careful=False)[name]

    credited = plan.follow_on.give(grades, runs, ask)
    runs.update(credited.runs)
    return credited.grades, credited.consistent


def _settle(
    submission: Submission, item: Item, run: QuestionRun, plan: Plan, runner: Runner
) -> tuple[QuestionGrade, QuestionRun]:
    """Judge a question; where it looks wrong, let the function answer again in a process of its own."""
    question = item.question
    cases = plan.cases[question.id]
    verdicts = decide(question, cases, run.loaded, run.outcomes)
    if not run.alone and not is_settled(verdicts):
        is_first = plan.modules[question.module][0] is item
        run = replace(run, alone=is_first and all(_failed_at_once(verdict) for verdict in verdicts))
    if not run.alone and not is_settled(verdicts):
        again = _run_alone(submission, item, runner, plan, careful=_is_cut_short(run))
        if not _is_repeated(run, again):
            verdicts = decide(question, cases, again.loaded, again.outcomes)
        run = replace(again, alone=True)
    return judge_question(item, cases, run.loaded, run.outcomes, verdicts), run


def _run_alone(submission: Submission, item: Item, runner: Runner, plan: Plan, *, careful: bool) -> QuestionRun:
    """Make the calls of one function in a process of their own; carefully where it does not live to the end."""
    question = item.question
    run = _run(submission, question.module, question.id, (item,), runner, plan, careful=careful)[question.id]
    if careful or not _is_cut_short(run):
        return run
    return _run(submission, question.module, question.id, (item,), runner, plan, careful=True)[question.id]


def _is_cut_short(run: QuestionRun) -> bool:
    """Whether some call was not answered, so that it matters which one the process died of."""
    answered = {Status.PASSED, Status.ERROR, Status.MISSING}
    return any(outcome.status not in answered for outcome in run.outcomes.values())


def _is_repeated(run: QuestionRun, again: QuestionRun) -> bool:
    """Whether a second run came to the same as the first, so that the verdicts on it stand."""
    return run.loaded == again.loaded and all(
        name in run.outcomes and outcome.repeats(run.outcomes[name]) for name, outcome in again.outcomes.items()
    )


def _failed_at_once(verdict: CheckVerdict) -> bool:
    """Whether a check holds, or fails on a public case: the first calls of a process, with nothing before them.

    Of the file's first function that is an answer given alone. Deadlines and deaths may have other reasons.
    """
    if verdict.skipped_for or verdict.status in (None, Status.PASSED):
        return True
    ended = {case.status for case in verdict.failed}
    return ended <= {Status.FAILED, Status.ERROR} and any(case.case.public for case in verdict.failed)


def _run_file(
    submission: Submission, module: str, items: tuple[Item, ...], plan: Plan, runner: Runner
) -> dict[str, QuestionRun]:
    """Make the calls of all functions of one file in one process."""
    names = {file.path for file in submission.files}
    if not names & {f"{module}.py", f"{module}.ipynb"}:
        near = near_file(submission, module)
        detail = f"There is no file {module}.py (or {module}.ipynb)." + (f" {near}" if near else "")
        missing = Loaded(Status.MISSING, detail=detail)
        return {item.question.id: QuestionRun(missing, {}, runner.isolation, alone=True) for item in items}
    runs = _run(submission, module, module, items, runner, plan, careful=False)
    loaded = next(iter(runs.values())).loaded
    if loaded.status in (Status.PASSED, Status.GRADER_ERROR):
        return runs
    if loaded.status is not Status.ERROR:  # the machine may have been slow, or short of memory: import once more
        runs = _run(submission, module, module, items, runner, plan, careful=True)
    return {name: replace(run, alone=run.loaded.status is not Status.PASSED) for name, run in runs.items()}


def _run(
    submission: Submission,
    module: str,
    batches: str,
    items: tuple[Item, ...],
    runner: Runner,
    plan: Plan,
    *,
    careful: bool,
) -> dict[str, QuestionRun]:
    """Run one job, twice where the sandbox itself fails; its second failure is the grader's, not the student's."""
    job = Job(
        files=submission.files,
        module=module,
        batches=plan.batches[batches],
        limits=_limits(items),
        careful=careful,
    )
    try:
        result = runner.run(job)
    except SandboxError:
        try:
            result = runner.run(job)
        except SandboxError as error:
            ours = Loaded(Status.GRADER_ERROR, detail=str(error))
            return {item.question.id: QuestionRun(ours, {}, runner.isolation) for item in items}
    return _split(result, items)


def _limits(items: tuple[Item, ...]) -> Limits:
    """Give a process what the most demanding of its questions asks for."""
    limits = [item.question.limits for item in items]
    return Limits(
        wall_seconds=max(limit.wall_seconds for limit in limits),
        cpu_seconds=max(limit.cpu_seconds for limit in limits),
        total_wall_seconds=max(limit.total_wall_seconds for limit in limits),
        memory_bytes=max(limit.memory_bytes for limit in limits),
        result_bytes=max(limit.result_bytes for limit in limits),
        total_result_bytes=max(limit.total_result_bytes for limit in limits),
        printed_bytes=max(limit.printed_bytes for limit in limits),
        flood_bytes=max(limit.flood_bytes for limit in limits),
    )


def _split(result: RunResult, items: tuple[Item, ...]) -> dict[str, QuestionRun]:
    """Sort the outcomes of a process by question and case."""
    sorted_: dict[str, dict[str, Outcome]] = {item.question.id: {} for item in items}
    for outcome in result.outcomes:
        question, _, case = outcome.call.partition(SEPARATOR)
        sorted_[question][case] = outcome
    return {
        question: QuestionRun(result.loaded, outcomes, result.isolation) for question, outcomes in sorted_.items()
    }


def _two_files(submission: Submission, module: str) -> str:
    names = {file.path for file in submission.files}
    if {f"{module}.py", f"{module}.ipynb"} <= names:
        return f"{module}.py and {module}.ipynb were both handed in; {module}.py counts."
    return ""


def failed_by_us(assessment: Assessment, student: str, reason: str) -> StudentGrade:
    """Return the grade of a submission that the grader could not handle: its own status, and no zero."""
    ours = Loaded(Status.GRADER_ERROR, detail=reason)
    grades = tuple(
        judge_question(item, (), ours, {}) if isinstance(item, Item) else ungraded(item, reason)
        for item in assessment.picked
    )
    return StudentGrade(
        student, grades, (f"The grader itself failed on this submission: {reason}",), Isolation.NONE
    )
