"""Children that do things at random to pipes, signals and harness: never more than their own answers are lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.model.inputs import SourceFile
from grader.model.outcome import Status

CHAOS = (Path(__file__).parent / "corpus" / "chaos" / "activations.py").read_text(encoding="utf-8")
SEEDS = 6  # for each of the groups below, which share them out among processes
GROUPS = 5


@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_a_child_does_the_sandbox_itself_never_fails(group, alley, census, limits):
    """A SandboxError would fail this test: it would be the grader's fault, and cost the author nothing."""
    for seed in range(group * SEEDS, (group + 1) * SEEDS):
        source = SourceFile("activations.py", CHAOS.replace("SEED = 0", f"SEED = {seed}").encode())
        run, _ = alley.run(
            (source,),
            "activations",
            ("tanh", "sigmoid", "relu"),
            replace(limits, wall_seconds=0.3),
            careful=seed % 2 == 0,
        )
        assert all(outcome.status is not Status.GRADER_ERROR for outcome in run.outcomes)
        alley.check_still_sound()
    census.check_no_stray()
