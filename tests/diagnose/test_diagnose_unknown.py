"""Of a mistake that is not known no name is told, and whatever else is said of it is true.

Sentences are held against what came back by other code than the grader's; one that no check below reads fails.
"""

import re
from dataclasses import dataclass
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
RIGHT = Path(__file__).parents[1] / "solutions" / "right"
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

# Nor these, written over a function of a right solution: right in part, or right but for what is accepted as well.
WRITTEN_OVER = (
    ("relu_grad", "return np.where(np.asarray(x) > 3, 2.0, np.where(np.asarray(x) >= 0, 1.0, 0.0))"),
    ("relu_grad", "return np.where(np.asarray(x) > 3, 2.0, np.where(np.asarray(x) > 0, 1.0, 0.0))"),
    ("relu_grad", "right = np.where(np.asarray(x) >= 0, 1.0, 0.0); x *= 1.5; return right"),
    ("relu", "return np.where(np.abs(x) < 0.5, 0.0, np.maximum(x, 0.0))"),
    ("relu", "return np.where(np.abs(x) < 0.5, -1.0, np.maximum(x, 0.0))"),
    ("tanh", "return np.round(np.tanh(x), 6)"),
    ("tanh", "return np.float32(np.round(np.tanh(x), 6))"),
    ("tanh", "return np.clip(np.tanh(x), -0.9, 0.9)"),
    ("tanh", "return np.where(np.asarray(x) > 1, np.sign(x), np.tanh(x))"),
    ("sigmoid", "return np.where(np.asarray(x) > 0, 0.75, 1 / (1 + np.exp(-np.asarray(x))))"),
    ("lstm_backward", "return tuple(np.clip(one, -1, 1) for one in right(*arguments))"),
    ("lstm_cell", "h, c = right(*arguments); return np.repeat(h[:1], len(h), axis=0), c"),
    ("lstm_forward", "hs, cs = right(*arguments); hs[:, 1:] += 1; return hs, cs"),
    ("lstm_forward", "hs, cs = right(*arguments); hs[:, :, -1] += 1; return hs, cs"),
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
    """One result on one case: what came back, what is wanted, and where it belongs.

    ``got`` is what came back with the wanted number wherever that is one of several that are right.
    """

    came: np.ndarray
    got: np.ndarray
    wanted: np.ndarray
    case: KeyedCase
    question: CodeQuestion

    @property
    def off(self):
        """How far off it is."""
        return off(self.got, self.wanted)

    @property
    def each(self):
        """How far off each number is."""
        with np.errstate(all="ignore"):
            apart = np.abs(self.got - self.wanted)
        return np.where((self.got == self.wanted) | (np.isnan(self.got) & np.isnan(self.wanted)), 0.0, apart)


# Each says whether a sentence holds of one result on one case; None where the case says nothing of it.


def each_within(seen, part):
    """Whether each number by itself is off by a part of its size at most."""
    return bool((seen.each <= part * np.abs(seen.wanted)).all())


def five_digits(seen):
    return each_within(seen, 1e-5) and not each_within(seen, 1e-9)


def five_decimals(seen):
    """Off by an absolute amount, which is no digit of a number that is as small."""
    return 1e-9 < seen.each.max() <= 1e-5


def of_the_largest(seen):
    return seen.off <= 1e-5


def single(seen):
    """As near as float32 comes to each number that it can hold."""
    held = np.abs(seen.wanted) >= np.finfo(np.float32).tiny
    is_near = seen.each <= 5e-7 * np.abs(seen.wanted)
    return is_near[held].all() and np.array_equal(seen.got.astype(np.float32), seen.got, equal_nan=True)


def except_at_zero(seen):
    zero = seen.case.arguments[0].value == 0
    if not zero.any():
        return None
    return same(seen.got[~zero], seen.wanted[~zero]) and not same(seen.got[zero], seen.wanted[zero])


def where_x_is(seen, right, wrong):
    """Right on one side of 0, and wrong at some numbers on the other, or at all of them."""
    x = seen.case.arguments[0].value
    sides = {"<": x < 0, ">": x > 0}
    if not sides["<"].any() or not sides[">"].any():
        return None
    there = sides[">" if right == "<" else "<"]
    off = seen.each[there]
    if not same(seen.got[sides[right]], seen.wanted[sides[right]]):
        return False
    return bool((off > 0).all() if wrong == "wrong" else off.any())


def nothing_but(seen, number):
    return np.array_equal(seen.came, np.full_like(seen.came, float(number)), equal_nan=True)


def the_argument(seen, name, often):
    value = next(one.value for one in seen.case.arguments if one.name == name).astype(float)
    parts = seen.came if often else [seen.came]
    return all(np.array_equal(one, value, equal_nan=True) for one in parts)


def cut_off(seen, most, *_):
    """Right below a size, and of that size and the right sign above it; some number has to be above it."""
    if seen.wanted.size < 3:
        return None
    inside, most = np.abs(seen.wanted) < float(most), float(most)
    ends = np.sign(seen.wanted) * most
    return not inside.all() and bool(
        np.allclose(seen.got, np.where(inside, seen.wanted, ends), 1e-5, 0, equal_nan=True)
    )


def transposed(seen):
    return seen.got.T.shape == seen.wanted.shape and same(np.sort(seen.got, None), np.sort(seen.wanted, None))


def negated(seen):
    return same(-seen.got, seen.wanted)


def numbers_of(seen, name):
    return same(seen.got, seen.case.expected[seen.question.results.index(name)].nearest)


def times(seen, factor):
    return off(seen.got, float(factor) * seen.wanted) <= 1e-6 if seen.wanted.size >= 3 else None


def right_at(seen, axis):
    """Return at which places along an axis everything is right."""
    got, wanted = (np.moveaxis(one, int(axis), 0) for one in (seen.got, seen.wanted))
    return [off(x, y) <= 1e-6 for x, y in zip(got, wanted, strict=True)]


def place_words(seen, axis, name, before):
    """Whether the words name the axis as the question does, and the index the same one."""
    place = next(k for k, one in enumerate(seen.case.expected) if one.nearest is seen.wanted)
    return str(seen.question.result_shapes[place][int(axis)]) == name and before.count(":") == int(axis)


def right_up_to(seen, name, axis, before, last):
    """Right up to a place along an axis, and wrong at each later one."""
    right = right_at(seen, axis)
    if len(right) < 2:
        return None
    return place_words(seen, axis, name, before) and right == [k <= int(last) for k in range(len(right))]


def right_from(seen, name, axis, before, first):
    right = right_at(seen, axis)
    if len(right) < 2:
        return None
    return place_words(seen, axis, name, before) and right == [
        k >= len(right) + int(first) for k in range(len(right))
    ]


def right_at_the_first_only(seen, name, axis, before):
    return right_up_to(seen, name, axis, before, 0)


def right_at_the_last_only(seen, name, axis, before):
    return right_from(seen, name, axis, before, -1)


def wrong_at_the_first(seen, name, axis, before):
    right = right_at(seen, axis)
    return place_words(seen, axis, name, before) and not right[0] and all(right[1:]) if len(right) > 1 else None


def wrong_at_the_last(seen, name, axis, before):
    right = right_at(seen, axis)
    return place_words(seen, axis, name, before) and not right[-1] and all(right[:-1]) if len(right) > 1 else None


SENTENCES = {
    r"every number that came back is ([-\d.e+]+|nan|-?inf)"
    r"(?:, as where something is still to be written)?": nothing_but,
    r"this is the argument `(\w+)`, unchanged(, over and over along axis 0)?": the_argument,
    r"right to 5 digits at least, and not to 9": five_digits,
    r"right to 5 decimals at least, and not to 9": five_decimals,
    r"off by 0.00001 of the largest number beside it at most": of_the_largest,
    r"cut off: right where less than (\S+) in size is wanted, elsewhere (\S+) or -(\S+)": cut_off,
    r"right to the 7 digits of single precision, where 16 are wanted": single,
    r"right except at x = 0": except_at_zero,
    r"right where x ([<>]) 0, and (wrong|not right everywhere) where x [<>] 0": where_x_is,
    r"the numbers are right and the axes are in another order \(H, N\)": transposed,
    r"every number has the wrong sign": negated,
    r"these are the numbers of `(\w+)`": numbers_of,
    r"every number is ([\d.]+) times what is wanted": times,
    r"along (\S+) \(axis (\d)\) right up to `\[([:, ]*)(\d+)\]`, and wrong from `\[[:, ]*\d+\]` on": right_up_to,
    r"along (\S+) \(axis (\d)\) right from `\[([:, ]*)(-\d+)\]` on, and wrong before": right_from,
    r"right except at the first place along (\S+) \(axis (\d)\), `\[([:, ]*)0\]`": wrong_at_the_first,
    r"right except at the last place along (\S+) \(axis (\d)\), `\[([:, ]*)-1\]`": wrong_at_the_last,
    r"right at the first place along (\S+) \(axis (\d)\) only, `\[([:, ]*)0\]`": right_at_the_first_only,
    r"right at the last place along (\S+) \(axis (\d)\) only, `\[([:, ]*)-1\]`": right_at_the_last_only,
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
            if any(one.value.dtype == np.float32 for one in case.arguments):
                continue  # where it goes in, it may come out: nothing is asked of the other digits
            if outcome.status is not Status.PASSED or not wanted.size:
                continue
            came = outcome.values[place].array.astype(float)
            accepted, got = case.expected[place], came
            if came.shape == wanted.shape:
                got = np.where((came >= accepted.low) & (came <= accepted.high), wanted, came)
            if not same(got, wanted):
                holds.append(is_true(words, Seen(came, got, wanted, case, question)))
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


def written_over(function, body):
    """Return a right solution with another body of one function; ``right`` is the one that it had."""
    style, name = ("einsum", "lstm.py") if function.startswith("lstm") else ("piecewise", "activations.py")
    code = (RIGHT / style / name).read_text("utf-8")
    code += f"\n\nimport numpy as np\n\nright = {function}\n"
    code += f"\n\ndef {function}(*arguments):\n    x = arguments[0]; {body}\n"
    return Submission(style, (SourceFile(name, code.encode()),))


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


@pytest.mark.parametrize(("function", "body"), WRITTEN_OVER)
def test_no_name_is_given_to_what_is_right_in_part(function, body, examined, lab):
    assert function in assert_nothing_false(examined, lab, written_over(function, body))


UNWRITTEN = {
    "lstm_gates": "return (np.zeros_like(arguments[1]),) * 4",
    "lstm_cell": "return np.zeros_like(arguments[1]), np.zeros_like(arguments[2])",
    "lstm_forward": "return tuple(np.zeros((len(x), *one.shape)) for one in arguments[1:3])",
    "tanh": "return np.zeros_like(x)",
    "tanh_grad": "return np.zeros_like(x)",
    "sigmoid": "return np.zeros_like(x)",
    "sigmoid_grad": "return np.zeros_like(x)",
}


@pytest.mark.parametrize("function", UNWRITTEN)
def test_what_is_still_to_be_written_is_told_as_that_and_gives_no_name_to_what_calls_it(function, examined, lab):
    submission = written_over(function, UNWRITTEN[function])
    assert function in assert_nothing_false(examined, lab, submission)
    for grade in examined(submission).grade.questions:
        assert not any("mend" in text for text in grade.feedback)
        if grade.id.endswith(f"/{function}"):
            assert any("every number that came back is 0, as where something is" in one for one in grade.feedback)


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_the_picture_shows_no_gap_where_several_numbers_are_right(at_zero, examined):
    body = f"return np.where(x == 0, {at_zero}, np.where(np.asarray(x) > 3, 2.0, np.asarray(x) > 0))"
    grades = examined(written_over("relu_grad", body)).grade.questions
    curve = next(grade for grade in grades if grade.id == "tanh/relu_grad").curve
    gaps = {x: abs(got - wanted) for x, got, wanted in zip(curve.x, curve.got, curve.wanted, strict=True)}
    assert 0.0 in gaps
    assert {x for x, gap in gaps.items() if gap} == {x for x in gaps if x > 3}


@pytest.mark.parametrize("file", KNOWN, ids=lambda file: file.stem)
def test_every_other_wrong_solution_is_given_a_name(file, examined):
    assert any(grade.misconceptions for grade in examined(handed_in(file)).grade.questions)


def test_wrong_solutions_are_counted_as_they_are(counted):
    known = (
        f"| the {len(KNOWN)} wrong solutions of `tests/solutions/wrong` that hold known mistakes | {len(KNOWN)} |"
    )
    unknown = (
        f"| {len(UNKNOWN)} wrong solutions, {len(SLIPS)} slips and {len(WRITTEN_OVER)} functions that are *not*"
    )
    assert known in counted
    assert unknown in counted
