"""Loading: a topic is a folder, and what was written is what comes back."""

import shutil
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader.bank import load
from grader.bank.reference import digest
from grader.errors import BankError
from grader.model.inputs import Form, Limits
from grader.model.question import Accept, Draw, Rule, RuleKind

QUESTIONS = Path(__file__).parents[2] / "questions"


def test_a_new_topic_is_a_new_folder(course):
    """A topic that the package has never heard of loads, with nothing changed in the package."""
    assessment = load.load_assessment(course)
    assert [item.question.id for item in assessment.items] == ["softmax/softmax", "softmax/softmax_grad"]
    assert [item.points for item in assessment.items] == [Fraction(5, 2), Fraction(100, 3)]
    assert assessment.max_score == Fraction(215, 6)
    assert (assessment.id, assessment.seed, assessment.folder) == ("course", "spring-2027", str(course.parent))
    (topic,) = assessment.topics
    assert sorted(topic.reference) == ["softmax", "softmax_grad", "total"]
    np.testing.assert_allclose(topic.reference["softmax"](np.log([[1.0, 3.0]])), [[0.25, 0.75]])


def test_what_an_author_leaves_out_is_filled_in(softmax):
    softmax_, gradient = load.load_topic(softmax).questions
    assert (softmax_.module, softmax_.function) == ("softmax", "softmax")
    assert softmax_.signature == "softmax(z)"
    assert gradient.depends == ("softmax",)
    assert softmax_.results == ("p",)
    assert softmax_.result_shapes == (("N", "K"),)
    values, stable, arguments = softmax_.checks
    assert sum(check.share for check in softmax_.checks) == 1
    assert values.rule == Rule(RuleKind.NORMWISE, 1e-9)
    assert stable.needs == "values"
    assert arguments.rule is None
    assert arguments.unchanged
    assert arguments.cases == ("tiny", "all-differ", "large", "wide"), "all cases that no remark uses"
    assert [case.title for case in softmax_.cases] == [
        "one score",
        "all differ",
        "scores of a thousand",
        "wide",
        "float32",
    ]
    assert gradient.cases[1].public is False
    assert softmax_.limits == Limits()


def test_a_draw_without_a_source_changes_only_what_it_names(softmax):
    softmax_, gradient = load.load_topic(softmax).questions
    drawn = {case.name: case.draws.get("z") for case in (*softmax_.cases, *gradient.cases)}
    assert softmax_.parameters[0].draw == Draw(normal=2.0, shape=("N", "K"))
    assert drawn["tiny"] is None
    assert drawn["float32"] == Draw(normal=2.0, shape=("N", "K"), dtype="float32")
    assert drawn["strided"] == Draw(normal=1.0, shape=("N", "K"), form=Form.STRIDED)
    assert drawn["large"] == Draw(values=((1000.0, 999, -1000.0),), shape=("N", "K"))


def test_an_elementwise_question_keeps_its_accepted_intervals(tmp_path):
    topic = tmp_path / "steps"
    topic.mkdir()
    (topic / "reference.py").write_text("def step(x): ...\n")
    (topic / "bank.yaml").write_text(
        """
topic: steps
title: Steps
questions:
  - id: step
    kind: code
    title: Step
    prompt: Write it.
    file: steps.py
    elementwise: true
    parameters: [{name: x}]
    results: [{name: y}]
    checks:
      - {name: a, says: A., share: 100/3, rule: {ulp: 8, per_condition: 2}, cases: [probe]}
      - {name: b, says: B., share: 66.5, needs: any, unchanged: true}
      - {name: c, says: C., share: 1/6, rule: {absolute: 1e-6}}
    cases:
      - {name: probe, public: false, draws: {x: {probe: extremes}}}
      - {name: empty, public: true, draws: {x: {values: [], form: read-only}}}
      - {name: line, public: true, draws: {x: {linspace: [-1, 1, 3], form: fortran, shape: [3]}}}
      - {name: even, public: true, draws: {x: {uniform: [0, 1], shape: [2], decimals: 1}}}
      - {name: nan, public: true, draws: {x: {values: .nan, form: scalar}}}
    accepts: [{at: 0, low: 0, high: 1}]
    limits: {wall_seconds: 7, memory_bytes: 536870912}
""".lstrip()
    )
    (question,) = load.load_topic(topic).questions
    assert question.accepts == (Accept(0.0, 0.0, 1.0),)
    assert question.limits == Limits(wall_seconds=7, memory_bytes=1 << 29)
    assert question.checks[0].share == Fraction(1, 3)
    assert question.checks[0].rule == Rule(RuleKind.ULP, 8, 2)
    draws = {case.name: case.draws["x"] for case in question.cases}
    assert draws["probe"] == Draw(probe="extremes")
    assert draws["empty"] == Draw(values=(), form=Form.READ_ONLY)
    assert draws["line"] == Draw(linspace=(-1, 1, 3), form=Form.FORTRAN, shape=(3,))
    assert draws["even"] == Draw(uniform=(0, 1), shape=(2,), decimals=1)
    assert draws["nan"].form is Form.SCALAR


def test_the_shipped_homework_has_the_ten_functions():
    assessment = load.load_assessment(load.shipped("homework"))
    functions = [item.question.function for item in assessment.items]
    assert functions == [
        *("tanh", "tanh_grad", "sigmoid", "sigmoid_grad", "relu", "relu_grad"),
        *("lstm_gates", "lstm_cell", "lstm_forward", "lstm_backward"),
    ]
    assert [item.question.id.partition("/")[2] for item in assessment.items] == functions
    assert {item.question.module for item in assessment.items} == {"activations", "lstm"}


def test_cases_of_the_shipped_lstm_stay_small():
    """Loops in plain Python must pass: T is at most 5, N 32, D and H 8, and there are 5 seconds at least."""
    most = {"T": 5, "N": 32, "D": 8, "H": 8}
    for item in load.load_assessment(load.shipped("homework")).items:
        assert item.question.limits.wall_seconds >= 5
        for case in item.question.cases:
            assert all(number <= most[name] for name, number in case.sizes.items())


# Where names lead


def test_a_topic_beside_the_assessment_wins_over_the_shipped_one(course):
    shutil.copytree(QUESTIONS / "tanh", course.parent / "tanh")
    bank = course.parent / "tanh" / "bank.yaml"
    bank.write_text(bank.read_text().replace("title: Activation functions", "title: Ours", 1))
    course.write_text(
        "title: x\nseed: y\nquestions:\n  - {id: tanh/tanh, points: 1}\n  - {id: lstm/lstm_cell, points: 1}\n"
    )
    assessment = load.load_assessment(course)
    assert assessment.topics[0].title == "Ours"
    assert Path(assessment.topics[0].folder) == course.parent / "tanh"
    assert Path(assessment.topics[1].folder) == QUESTIONS / "lstm"


def test_bundled_questions_are_looked_up_before_those_beside_the_package(monkeypatch, tmp_path):
    """A wheel carries them inside the package, a clone beside it."""
    package = tmp_path / "grader"
    monkeypatch.setattr("grader.bank.shipped._PACKAGE", package)
    for place in (tmp_path / "questions", package / "_bundled" / "questions"):
        place.mkdir(parents=True)
        (place / "homework.yaml").touch()
        assert load.shipped("homework") == load.shipped("homework.yaml") == place / "homework.yaml"


def test_an_existing_path_wins_over_a_shipped_name(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load.find_assessment("homework") == load.find_assessment(None) == QUESTIONS / "homework.yaml"
    Path("homework").touch()
    assert load.find_assessment("homework") == Path("homework")


def test_a_name_that_leads_nowhere_is_told_with_the_likely_one():
    with pytest.raises(BankError, match="Did you mean `homework`"):
        load.find_assessment("homewrok")


def test_an_assessment_includes_others_first(course):
    outer = course.parent / "outer.yaml"
    (course.parent / "limits.yaml").write_text(
        "title: x\nseed: own\ninclude: [course.yaml]\nlimits: {wall_seconds: 9}\n"
        "questions: [{id: tanh/relu, points: 1}]\n"
    )
    outer.write_text("title: x\nseed: y\ninclude: [limits.yaml]\nquestions: [{id: tanh/tanh, points: 2}]\n")
    assessment = load.load_assessment(outer)
    assert [(item.question.id, item.question.limits.wall_seconds) for item in assessment.items] == [
        ("softmax/softmax", 9),
        ("softmax/softmax_grad", 9),
        ("tanh/relu", 9),
        ("tanh/tanh", 5),
    ]
    assert assessment.seed == "y"


def test_a_question_that_is_included_twice_is_told_once(course):
    outer = course.parent / "outer.yaml"
    outer.write_text("title: x\nseed: y\ninclude: [course.yaml]\nquestions: [{id: softmax/softmax, points: 2}]\n")
    with pytest.raises(BankError) as caught:
        load.load_assessment(outer)
    (complaint,) = caught.value.complaints
    assert str(complaint.place) == f"{outer}:4:18"
    assert f"{course}:5:10" in complaint.hint


def test_an_assessment_that_includes_itself_is_told(course):
    course.write_text(course.read_text() + "include: [course.yaml]\n")
    with pytest.raises(BankError, match=r"include each other: course\.yaml -> course\.yaml"):
        load.load_assessment(course)


# The reference


def test_loading_leaves_no_trace(course):
    """No compiled file in the content folder, nothing on sys.path, no flag changed."""
    path, flag = list(sys.path), sys.dont_write_bytecode
    before = sorted(course.parent.rglob("*"))
    load.load_assessment(course)
    assert sorted(course.parent.rglob("*")) == before
    assert sys.path == path
    assert sys.dont_write_bytecode == flag


def test_a_changed_reference_is_read_anew(softmax):
    """Even one of the same size and time, where a compiled file would still be believed."""
    import os

    reference = softmax / "reference.py"
    stat = reference.stat()
    load.load_topic(softmax)
    reference.write_text(reference.read_text().replace("powers / total(powers)", "powers * total(powers)"))
    os.utime(reference, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load.load_topic(softmax).reference["softmax"](np.zeros((1, 2))).tolist() == [[2, 2]]


def test_two_topics_with_files_of_one_name_do_not_meet(softmax, tmp_path):
    other = Path(shutil.copytree(softmax, tmp_path / "elsewhere" / "softmax"))
    (other / "steps.py").write_text("def shifted(z):\n    return 0 * z\n")
    first, second = load.load_topic(softmax), load.load_topic(other)
    z = np.log([[1.0, 3.0]])
    np.testing.assert_allclose(first.reference["softmax"](z), [[0.25, 0.75]])
    np.testing.assert_allclose(second.reference["softmax"](z), [[0.5, 0.5]])


def test_steps_are_looked_up_as_globals(softmax):
    """A step can be replaced in the reference's module, and the function follows."""
    topic = load.load_topic(softmax)
    module = sys.modules[topic.reference["softmax"].__module__]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "total", lambda _: 1.0)
        assert topic.reference["softmax"](np.zeros((1, 2))).tolist() == [[1, 1]]


def test_the_digest_covers_every_file_of_the_folder(softmax):
    """Names and bytes, subfolders too; compiled Python left out."""
    seen = {digest(softmax)}
    (softmax / "__pycache__").mkdir()
    (softmax / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert {digest(softmax)} == seen
    (softmax / "data").mkdir()
    (softmax / "data" / "table.csv").write_bytes(b"1")
    seen.add(digest(softmax))
    (softmax / "data" / "table.csv").write_bytes(b"2")
    seen.add(digest(softmax))
    (softmax / "data" / "table.csv").rename(softmax / "table.csv")
    seen.add(digest(softmax))
    (softmax / "steps.py").write_text("# changed")
    seen.add(digest(softmax))
    assert len(seen) == 5
    assert load.load_topic(Path(__file__).parent / "topics" / "softmax").digest in seen


# What was checked before


def test_a_file_of_known_shape_loads_the_same_without_pydantic(course, tmp_path):
    """The second start in a process of its own imports no pydantic, and loads the same."""
    import subprocess

    cache = tmp_path / "cache"
    code = (
        "import sys; from pathlib import Path; from grader.bank.load import load_assessment\n"
        f"found = load_assessment(Path({str(course)!r}), Path({str(cache)!r}))\n"
        "print('pydantic' in sys.modules, [repr(item) for item in found.items])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0].startswith("True ")
    assert runs[1] == runs[0].replace("True ", "False ", 1)


def test_a_spoiled_file_is_not_known(course, tmp_path):
    cache = tmp_path / "cache"
    load.load_assessment(course, cache)
    course.write_text(course.read_text().replace("points: 2.5", "points: -2.5"))
    for _ in range(2):
        with pytest.raises(BankError, match=r"`points` is -2\.5"):
            load.load_assessment(course, cache)


def test_a_cache_that_cannot_be_written_costs_nothing_else(course, tmp_path):
    (tmp_path / "file").touch()
    assert load.load_assessment(course, tmp_path / "file").title
