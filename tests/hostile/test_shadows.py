"""A file with the name of a module of the standard library changes nothing for who does not import it.

The harness does not import it either, nor does anything that it calls on its way: what is needed is bound before a
student's code is there.
"""

import json
import sys

from grader.model.inputs import Job, SourceFile
from grader.model.outcome import Outcome

MAIN = b"""# coding: cp1252
import warnings

import helper
import numpy as np


def tanh(x):
    print("h\xe4lf", x, file=helper.sys.stderr)
    return np.tanh(x)


def sigmoid(x):
    return helper.broken(x)  # h\xe4lf


def relu(x):
    return [np.log(np.minimum(x, 0)), "no number"]
"""
CELLS = (
    "%matplotlib inline\nimport sys",
    "def unfinished(",
    "dropped = 1 / 0",
    "def broken(x):\n    return x.no_such_thing",
)
HELPER = json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in CELLS], "nbformat": 4}).encode()
STUDENT = (SourceFile("activations.py", MAIN), SourceFile("helper.ipynb", HELPER))
OWN = {"sys", "warnings"}  # what the student does import


def _told(outcome: Outcome) -> tuple[object, ...]:
    values = [(one.type, one.note, None if one.array is None else one.array.tobytes()) for one in outcome.values]
    return outcome.status, outcome.raised, outcome.printed, outcome.warnings, outcome.detail, values


def test_a_harmless_file_of_any_standard_name_changes_nothing(alley, calls, limits):
    def told(*files: SourceFile) -> object:
        job = Job((*STUDENT, *files), "activations", calls("tanh", "sigmoid", "relu"), limits)
        run = alley.runner.run(job)
        return run.loaded.status, run.loaded.remarks, run.printed, [_told(outcome) for outcome in run.outcomes]

    alone = told()
    assert {str(outcome[0]) for outcome in alone[3]} == {"passed", "error"}, alone
    assert len(alone[1]) == 2, "the notebook's remarks are what a part of the harness has to say"
    changed = [
        name
        for name in sorted(sys.stdlib_module_names - OWN)
        if told(SourceFile(f"{name}.py", b"value = 1\n")) != alone
    ]
    assert not changed
