"""What follow-on credit costs, counted in jobs and calls, and that nothing is run twice for it."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import grader.followon
from grader import worker as workers
from grader.followon import run_name
from grader.model.outcome import Status
from grader.plan import make_plan
from grader.records import pack, unpack
from grader.selfcheck import check_path
from grader.store import Digests, open_gradebook
from grader.worker import Task

BACKWARD = "lstm/lstm_backward"
HOMEWORK = Path(__file__).parents[2] / "questions" / "homework.yaml"
ARGUMENTS, DIRECTIONS, WAYS, CASES = 6, 2, 2, 2


def test_who_has_no_part_in_it_costs_nothing(lab, code):
    right = code.right
    for text in (
        right,
        code.change(right, ("np.tanh(g)", "s(g)")),  # the gradient is right for no forward
        code.change(right, ("dW += ", "dW = ")),  # the forward is right
        code.change(right, (code.backward, "")),  # there is no gradient
        code.change(right, (code.backward, ""), ("np.tanh(g)", "s(g)"))
        + "\ndef lstm_backward(*a):\n    raise ValueError",
    ):
        lab.examine(text)
        assert not lab.extra_jobs


def test_the_own_forward_is_asked_in_one_job_of_few_calls(lab, code):
    lab.examine(code.candidate)
    [job] = lab.extra_jobs
    calls = [call for batch in job.batches for call in batch]
    assert len(calls) == CASES * (1 + ARGUMENTS * DIRECTIONS * WAYS) == 50
    assert {call.function for call in calls} == {"lstm_forward"}


def test_the_calls_are_the_same_objects_for_everybody(lab, code):
    """So that the sandbox encodes them once."""
    lab.examine(code.candidate)
    [first] = lab.extra_jobs
    lab.examine(code.change(code.candidate, ("hs.append(h)", "hs += [h]")))
    [second] = lab.extra_jobs
    assert first.batches is second.batches


def test_the_mistaken_forward_is_derived_once(lab, code, monkeypatch):
    plan = make_plan(lab.assessment, lab.key, cache=lab.cache)
    made = []
    derive = grader.followon.own_gradient
    monkeypatch.setattr(grader.followon, "own_gradient", lambda *those: (made.append(1), derive(*those))[1])
    for ending in ("", "\n# another student\n", "\n# and one more\n"):
        assert lab.backward(code.candidate + ending, plan=plan).score
    assert len(made) == 1


def test_what_came_back_is_stored_and_never_asked_for_again(lab, code):
    first = lab.examine(code.candidate)
    stored = {name: unpack(pack(run)) for name, run in first.runs.items()}
    assert run_name(BACKWARD) in stored
    again = lab.examine(code.candidate, stored=stored)
    assert not lab.runner.jobs
    assert again.grade == first.grade
    assert all(again.runs[name] is run for name, run in stored.items())


def test_new_points_are_given_by_the_stored_runs(lab, code):
    first = lab.examine(code.candidate)
    worth = replace(
        lab.assessment, items=tuple(replace(item, points=2 * item.points) for item in lab.assessment.items)
    )
    plan = make_plan(worth, lab.key, cache=lab.cache)
    assert plan.digest == lab.plan.digest
    grade = lab.backward(code.candidate, stored=first.runs, plan=plan)
    assert not lab.runner.jobs
    assert grade.score == Fraction(94, 100) * 20


def test_other_calls_of_the_own_forward_are_another_plan(lab):
    items = tuple(
        replace(
            item,
            question=replace(item.question, follow_on=replace(item.question.follow_on, cases=("five-steps",))),
        )
        if item.question.follow_on
        else item
        for item in lab.assessment.items
    )
    other = replace(lab.assessment, items=items)
    assert make_plan(other, lab.key, cache=lab.cache).digest != lab.plan.digest


def test_a_later_credit_keeps_the_runs_that_are_there(lab, code, tmp_path):
    """A mistake that is written down after the class was graded: its credit asks once, and forgets nothing."""
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "lstm.py").write_text(code.candidate)
    worker = workers.Worker(lab.assessment, lab.plan, "judged now", lab.runner)
    before = workers._attempt(Task("ada", folder, "ada.html", None, {}), worker).record
    stored = {name: data for name, data in before.runs.items() if name != run_name(BACKWARD)}
    stale = Digests(before.digests.files, before.digests.plan, "judged before")
    with open_gradebook(tmp_path / "book.sqlite") as book:
        book.save([replace(before, runs=stored)])
        lab.runner.jobs.clear()
        after = workers._attempt(Task("ada", folder, "ada.html", stale, book.runs("ada")), worker).record
        assert len(lab.runner.jobs) == len(lab.extra_jobs) == 1
        book.save([after])
        kept = book.runs("ada")
        assert kept == before.runs
        lab.runner.jobs.clear()
        workers._attempt(Task("ada", folder, "ada.html", stale, kept), worker)
        assert not lab.runner.jobs
    assert json.dumps(after.grade) == json.dumps(before.grade)


def test_a_self_check_credits_what_public_cases_show(lab, code, tmp_path):
    (tmp_path / "lstm.py").write_text(code.candidate)
    checked = check_path(tmp_path / "lstm.py", HOMEWORK, None, lab.cache)
    assert not checked.problem
    backward = checked.grade.questions[-1]
    assert backward.status is Status.PARTIAL
    assert backward.score == Fraction(47, 100) * backward.max_score
    assert backward.feedback[0].startswith("Follow-on credit")
