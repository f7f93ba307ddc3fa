"""A known mistake is found however the code around it is written.

styles/*.py         whole files; their first lines say which mistake must be told of which function
styles/slips.yaml   one slip each, in somebody's right solution of tests/solutions/right
"""

import re
from pathlib import Path

import pytest
import yaml

from grader.model.inputs import SourceFile, Submission

STYLES = Path(__file__).parent / "styles"
FILES = sorted(STYLES.glob("*.py"))
SLIPS = yaml.safe_load((STYLES / "slips.yaml").read_text("utf-8"))
TELL = re.compile(r"(?<=\s)(\w+)=([\w-]+)")


def wanted(file):
    """Return which mistake must be told of which function of a file."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line.startswith("# tell:")]
    return dict(TELL.findall("\n".join(lines)))


def assert_told(examined, submission, tell):
    """Each mistake is told first, or as what gives the same as the one that is told first."""
    graded = {one.id.partition("/")[2]: one for one in examined(submission).grade.questions}
    for function, mistake in tell.items():
        told = graded[function].misconceptions
        assert mistake in [one.id for one in told], f"{function}: {[one.id for one in told]}"
        assert all(one.alike == told[0].id for one in told[1:])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_mistakes_in_the_activations_are_found_in_every_style(file, examined):
    assert wanted(file)
    submission = Submission(file.stem, (SourceFile("activations.py", file.read_bytes()),))
    assert_told(examined, submission, wanted(file))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip['style']}, {' '.join(slip['tell'].values())}")
def test_slips_in_the_lstm_are_found_in_every_style(slip, examined, slipped):
    assert_told(examined, slipped(slip), slip["tell"])


def test_the_catalogue_is_covered(lab):
    """Mistakes of every file of the catalogue, in every function, and many of them."""
    tell = [pair for file in FILES for pair in wanted(file).items()]
    tell += [pair for slip in SLIPS for pair in slip["tell"].items()]
    told = {mistake for _, mistake in tell}
    files: dict[str, set[str]] = {}
    for topic in lab.assessment.topics:
        for one in topic.mistakes:
            files.setdefault(f"{topic.name} {one.by.__module__.rpartition('.')[2]}", set()).add(one.id)
    assert [name for name, ids in files.items() if not told & ids] == []
    assert {function for function, _ in tell} == {item.question.function for item in lab.assessment.items}
    assert len(told) >= 140


def test_what_is_written_out_is_counted_as_it_is(counted):
    in_files = [mistake for file in FILES for mistake in wanted(file).values()]
    in_slips = [mistake for slip in SLIPS for mistake in slip["tell"].values()]
    every, styles = len(in_files) + len(in_slips), {slip["style"] for slip in SLIPS}
    assert (
        f"{every} mistakes are written out as submissions in another style than the reference: "
        f"{len(in_files)} in the activations ("
    ) in counted
    assert f"{len(in_slips)} as slips in {len(styles)} right solutions of the LSTM" in counted
    assert f"{len({*in_files, *in_slips})} different mistakes of every file of the catalogue" in counted
    assert f"| single mistakes in another style | {every} of {every} |" in counted
