"""A topic is a folder: a third one, small, is loaded, keyed and judged without any change to the grader."""

import json
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest

from grader.assessment.key import answer_key
from grader.assessment.proof import gradient_gaps
from grader.bank.load import load_assessment
from grader.model.question import Assessment
from grader.numerics.derivative import PROVEN_GAP

REFERENCE = """
import numpy as np


def softmax(z):
    return weights(z) / weights(z).sum(axis=1, keepdims=True)


def weights(z):
    return np.exp(z)


def softmax_backward(dp, z):
    p = softmax(z)
    return p * (dp - (dp * p).sum(axis=1, keepdims=True))
"""

BANK = """
topic: softmax
title: Softmax
questions:
  - id: softmax
    kind: code
    title: Softmax of each row
    prompt: |
      Write `softmax(z)`: $p_{nk} = e^{z_{nk}} / \\\\sum_j e^{z_{nj}}$.
    file: softmax.py
    parameters:
      - {name: z, shape: [N, K], draw: {normal: 2.0}}
    results:
      - {name: p, shape: [N, K]}
    checks:
      - {name: p, says: Right., result: p, share: 70, rule: {normwise: 1e-9}, cases: [small, wide]}
      - {name: stable, says: Large numbers work., share: 30, rule: {eps: 16}, cases: [large], needs: p}
    cases:
      - {name: small, title: two rows, public: true, sizes: {N: 2, K: 3}}
      - {name: wide, title: one long row, public: false, sizes: {N: 1, K: 40}}
      - name: large
        public: true
        sizes: {N: 2, K: 3}
        draws: {z: {values: [[1000, 0, -1000], [-800, -800, -801]]}}

  - id: softmax_backward
    kind: code
    title: The gradient of softmax
    prompt: Write `softmax_backward(dp, z)`, the gradient of the sum of `dp * softmax(z)` by `z`.
    file: softmax.py
    depends: [softmax]
    parameters:
      - {name: dp, shape: [N, K], draw: {normal: 1.0}}
      - {name: z, shape: [N, K], draw: {normal: 2.0}}
    results:
      - {name: dz, shape: [N, K]}
    gradient: {of: softmax, upstream: dp, with_respect_to: [z]}
    checks:
      - {name: dz, says: The gradient is right., share: 100, rule: {normwise: 1e-9}}
    cases:
      - {name: small, public: true, sizes: {N: 2, K: 3}}
      - {name: square, public: false, sizes: {N: 4, K: 4}}
"""

ASSESSMENT = """
title: Softmax
seed: a third topic
questions:
  - {id: softmax/softmax, points: 3}
  - {id: softmax/softmax_backward, points: 2}
"""


@pytest.fixture
def assessment(tmp_path: Path) -> Assessment:
    (tmp_path / "softmax").mkdir()
    (tmp_path / "softmax" / "reference.py").write_text(REFERENCE)
    (tmp_path / "softmax" / "bank.yaml").write_text(BANK)
    (tmp_path / "lesson.yaml").write_text(ASSESSMENT)
    return load_assessment(tmp_path / "lesson.yaml")


def test_its_key_is_the_softmax_of_mpmath(assessment: Assessment, tmp_path: Path) -> None:
    key = answer_key(assessment, tmp_path / "cache")
    assert set(key.cases) == {"softmax/softmax", "softmax/softmax_backward"}
    for case in key.cases["softmax/softmax"]:
        (z,), (p,) = [argument.value for argument in case.arguments], case.expected
        assert p.nearest.shape == z.shape
        with mpmath.workprec(4000):
            for row, probabilities in zip(z.tolist(), p.nearest.tolist(), strict=True):
                exponentials = [mpmath.exp(mpmath.mpf(number)) for number in row]
                total = mpmath.fsum(exponentials)
                assert probabilities == [float(one / total) for one in exponentials]


def test_its_key_is_kept_and_follows_its_reference(assessment: Assessment, tmp_path: Path) -> None:
    before = answer_key(assessment, tmp_path / "cache")
    assert answer_key(load_assessment(tmp_path / "lesson.yaml"), tmp_path / "cache").digest == before.digest
    reference = tmp_path / "softmax" / "reference.py"
    reference.write_text(reference.read_text().replace("np.exp(z)", "np.exp(2 * z)"))
    after = answer_key(load_assessment(tmp_path / "lesson.yaml"), tmp_path / "cache")
    assert after.digest != before.digest
    first = [key.case("softmax/softmax", "small").expected[0].nearest for key in (before, after)]
    assert not np.allclose(*first)


def test_its_gradient_is_proved(assessment: Assessment, tmp_path: Path) -> None:
    question = assessment.items[1].question
    for case in answer_key(assessment, tmp_path / "cache").cases[question.id]:
        gaps = gradient_gaps(assessment.topic_of(question), question, case.arguments)
        assert tuple(gaps) == ("dz",)
        assert gaps["dz"] < PROVEN_GAP


RIGHT = """
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_backward(dp, z):
    p = softmax(z)
    return p * dp - p * np.sum(p * dp, axis=1, keepdims=True)
"""


def test_students_are_graded_on_it(assessment: Assessment, tmp_path: Path) -> None:
    """One is right, one sums over the wrong axis, one is right but where large numbers overflow."""
    sources = {
        "ann": RIGHT,
        "bob": RIGHT.replace("e.sum(axis=1, keepdims=True)", "e.sum(axis=0)"),
        "eve": RIGHT.replace("z - z.max(axis=1, keepdims=True)", "z"),
    }
    for student, source in sources.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "softmax.py").write_text(source)
    command = [sys.executable, "-m", "grader", "grade", tmp_path / "class", "-a", assessment.file]
    done = subprocess.run(
        [*command, "-o", tmp_path / "out"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    graded = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))["students"]
    statuses = {one["student"]: [question["status"] for question in one["questions"]] for one in graded}
    assert statuses == {"ann": ["passed", "passed"], "bob": ["failed", "failed"], "eve": ["partial", "passed"]}
    assert {one["student"]: one["score"] for one in graded} == {"ann": 5, "bob": 0, "eve": pytest.approx(4.1)}
