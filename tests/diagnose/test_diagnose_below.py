"""What a function builds on comes in the order in which it is to be mended."""

import pytest

from grader.diagnose.below import all_below

BUILDS_ON = {
    "gates": [],
    "cell": ["gates"],
    "forward": ["cell"],
    "backward": ["forward", "gates"],
    "backward, the gates first": ["gates", "forward"],
    "round": ["about"],
    "about": ["round"],
}


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("gates", ()),
        ("cell", ("gates",)),
        ("backward", ("gates", "cell", "forward")),
        ("backward, the gates first", ("gates", "cell", "forward")),
        ("round", ("about",)),
    ],
)
def test_nothing_comes_before_what_it_builds_on_itself(name, below):
    assert all_below(name, BUILDS_ON.__getitem__) == below
