"""Of a mistake that is not known no name is told, and whatever else is said of it is true.

Sentences are held against what came back by other code than the grader's; one that no check below reads fails.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from grader.model.inputs import SourceFile, Submission
from grader.model.key import KeyedCase
from grader.model.outcome import Status
from grader.model.question import CodeQuestion

STYLES = Path(__file__).parent / "styles"
WRONG = Path(__file__).parents[1] / "solutions" / "wrong"
SLIPS = yaml.safe_load((STYLES / "unknown.yaml").read_text("utf-8"))

# Wrong in a way that nobody has written down; of some every value is right, and something else is not.
UNKNOWN = (
    "all-as-objects",
    "all-handed-back-in-half-precision",
    "all-rounded-to-three-decimals",
    "all-rounded-to-two-decimals",
    "gates-half-precision",
    "large-sums-raise",
    "backward-clipped-at-five",
    "backward-truncated",
    "tanh-taylor",
    "relu-gradient-outside-at-zero",
    "relu-six",
    "sigmoid-normal-cdf",
    "sigmoid-nudged",
    "sigmoid-series-near-zero",
    "tanh-arrays-only",
    "tanh-as-text",
    "tanh-complex",
    "tanh-e-to-ten-digits",
    "tanh-flattened",
    "tanh-half-precision",
    "tanh-in-place",
    "tanh-nan-becomes-zero",
    "tanh-one-dimension-only",
    "tanh-prints",
    "tanh-single-precision",
    "tanh-table",
    "tanh-taylor-near-zero-only",
    "tanh-twelve-decimals",
    "backward-adds-into-upstream",
    "backward-coarse-differences",
    "cell-hidden-state-only",
    "cell-overwrites-its-state",
    "gates-epsilon-in-sigmoid",
    "gates-one-array",
    "gates-rounded-tanh-table",
    "gates-single-precision",
    "gates-transposed",
    "too-many-arguments",
    "cell-batch-averaged",
    "gates-clipped-at-6",
)

KNOWN = sorted(file for file in WRONG.glob("*/*.py") if file.stem not in UNKNOWN)
FELL = (Status.PASSED, Status.MISSING)
RELATION = re.compile(r"((?:`\w+`(?:, | and )?)+): (.*), on (?:all (\d+)|both) inputs that can tell\.$")


def off(got, wanted):
    """Return the largest error, over the largest number that is wanted."""
    with np.errstate(all="ignore"):
        apart = np.where((got == wanted) | (np.isnan(got) & np.isnan(wanted)), 0.0, np.abs(got - wanted))
    size = np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0)
    return np.inf if np.isnan(apart).any() else apart.max(initial=0.0) / max(size, 1e-3)


def same(got, wanted):
    return got.shape == wanted.shape and off(got, wanted) <= 1e-9


@dataclass(frozen=True, eq=False)
class Seen:
    """One result on one case: what came back, what is wanted, and where it belongs."""

    got: np.ndarray
    wanted: np.ndarray
    case: KeyedCase
    question: CodeQuestion

    @property
    def off(self):
        """How far off it is."""
        return off(self.got, self.wanted)

    def turned(self, axis):
        """Return it with one axis in reverse."""
        return replace(self, got=np.flip(self.got, axis), wanted=np.flip(self.wanted, axis))


# Each says whether a sentence holds of one result on one case; None where the case says nothing of it.


def five_digits(seen):
    return seen.off <= 1e-5


def single(seen):
    return seen.off <= 1e-5 and np.array_equal(seen.got.astype(np.float32), seen.got, equal_nan=True)


def except_at_zero(seen):
    zero = seen.case.arguments[0].value == 0
    return same(seen.got[~zero], seen.wanted[~zero]) if zero.any() else None


def where_x_is(seen, right):
    """Right on one side of 0, and wrong on the other."""
    x = seen.case.arguments[0].value
    sides = {"<": x < 0, ">": x > 0}
    if not sides["<"].any() or not sides[">"].any():
        return None
    good = {side: same(seen.got[there], seen.wanted[there]) for side, there in sides.items()}
    return good.pop(right) and not any(good.values())


def transposed(seen):
    return seen.got.T.shape == seen.wanted.shape and same(np.sort(seen.got, None), np.sort(seen.wanted, None))


def negated(seen):
    return same(-seen.got, seen.wanted)


def numbers_of(seen, name):
    return same(seen.got, seen.case.expected[seen.question.results.index(name)].nearest)


def times(seen, factor):
    return off(seen.got, float(factor) * seen.wanted) <= 1e-6 if seen.wanted.size >= 3 else None


def right_up_to(seen, before, last):
    """Right up to a place along an axis, and wrong at each later one."""
    got, wanted = (np.moveaxis(one, before.count(":"), 0) for one in (seen.got, seen.wanted))
    right = [off(x, y) <= 1e-6 for x, y in zip(got, wanted, strict=True)]
    return right == [k <= int(last) for k in range(len(right))] if len(right) > 1 else None


def right_from(seen, before, first):
    return right_up_to(seen.turned(before.count(":")), before, -1 - int(first))


SENTENCES = {
    r"right to 5 digits at least, and not to 9": five_digits,
    r"right to the 7 digits of single precision, where 16 are wanted": single,
    r"right except at x = 0": except_at_zero,
    r"right where x ([<>]) 0, and wrong where x [<>] 0": where_x_is,
    r"the numbers are right and the axes are in another order \(H, N\)": transposed,
    r"every number has the wrong sign": negated,
    r"these are the numbers of `(\w+)`": numbers_of,
    r"every number is ([\d.]+) times what is wanted": times,
    r"right up to `\[([:, ]*)(\d+)\]`, and wrong from `\[[:, ]*\d+\]` on": right_up_to,
    r"right from `\[([:, ]*)(-\d+)\]` on, and wrong before": right_from,
}


def is_true(words, seen):
    for sentence, holds in SENTENCES.items():
        if match := re.fullmatch(sentence, words):
            return holds(seen, *match.groups())
    return pytest.fail(f"nothing here checks the sentence {words!r}")


def assert_relation(sentence, question, cases, outcomes):
    """A sentence holds on every wrong case that it can be said of, and on as many as it says."""
    names, words, count = RELATION.match(sentence).groups()
    for name in re.findall(r"`(\w+)`", names):
        place = 0 if len(question.results) == 1 else question.results.index(name)
        holds = []
        for case in cases:
            outcome, wanted = outcomes[case.name], case.expected[place].nearest
            if outcome.status is not Status.PASSED or not wanted.size:
                continue
            got = outcome.values[place].array.astype(float)
            accepted = case.expected[place]
            if got.shape == wanted.shape and ((got >= accepted.low) & (got <= accepted.high)).all():
                continue
            if not same(got, wanted):
                holds.append(is_true(words, Seen(got, wanted, case, question)))
        assert False not in holds, sentence
        assert holds.count(True) >= int(count or 2), sentence


def assert_true(sentence, grade, question, cases, outcomes):
    """Whatever is said of a question holds."""
    if sentence.startswith("What is right: "):
        passed = "; ".join(check.says.rstrip(".") for check in grade.checks if check.is_passed)
        assert sentence.removeprefix("What is right: ").rstrip(".") == passed
    elif RELATION.match(sentence):
        assert_relation(sentence, question, cases, outcomes)
    else:
        assert re.match(r"Your `\w+` is not right yet|`\w+` takes \d arguments, wanted \d", sentence), sentence


def handed_in(file):
    return Submission(file.stem, (SourceFile(f"{file.parent.name}.py", file.read_bytes()),))


def assert_nothing_false(examined, lab, submission):
    found = examined(submission)
    wrong = [grade for grade in found.grade.questions if grade.status not in FELL]
    for grade in wrong:
        assert grade.misconceptions == ()
        _, question, _ = lab.question(grade.id.partition("/")[2])
        for sentence in grade.feedback:
            cases = lab.cases[question.id]
            assert_true(sentence, grade, question, cases, found.runs[grade.id].outcomes)
    return {grade.id.partition("/")[2] for grade in wrong}


@pytest.mark.parametrize("name", UNKNOWN)
def test_no_name_is_given_to_a_mistake_that_is_not_known(name, examined, lab):
    assert assert_nothing_false(examined, lab, handed_in(next(WRONG.glob(f"*/{name}.py"))))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip['style']}, {slip['new']}")
def test_no_name_is_given_to_a_slip_that_is_not_known(slip, examined, slipped, lab):
    assert slip["wrong"] in assert_nothing_false(examined, lab, slipped(slip))


@pytest.mark.parametrize("file", KNOWN, ids=lambda file: file.stem)
def test_every_other_wrong_solution_is_given_a_name(file, examined):
    assert any(grade.misconceptions for grade in examined(handed_in(file)).grade.questions)
