"""A job has an end, even where each of its calls stays just below its own deadline."""

from grader.model.inputs import Call, Job, Limits, SourceFile
from grader.model.outcome import Isolation, Status
from grader.sandbox.runner import open_runner

SLEEPER = b"import time\ndef nap():\n    time.sleep(0.2)\n    return 1.0\n"


def test_sleeping_a_little_in_every_call_ends_with_the_time_of_the_whole():
    calls = tuple(Call(str(number), "nap", ()) for number in range(50))
    limits = Limits(wall_seconds=5.0, total_wall_seconds=1.0)
    runner = open_runner(least=Isolation.NONE)
    try:
        result = runner.run(Job((SourceFile("lazy.py", SLEEPER),), "lazy", (calls,), limits, careful=True))
    finally:
        runner.close()
    statuses = [outcome.status for outcome in result.outcomes]
    assert Status.PASSED in statuses
    assert statuses[-1] is Status.TIMEOUT
    assert "1 s in all" in result.outcomes[-1].detail
