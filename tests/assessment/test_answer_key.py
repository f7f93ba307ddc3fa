"""The key: right, complete, and kept in a file that is believed only when it is whole."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.assessment import keyfile, truth
from grader.assessment.key import answer_key, key_digest
from grader.errors import InputError
from grader.model.key import AnswerKey
from grader.model.question import Assessment, RuleKind, Topic


def arrays(key: AnswerKey) -> Iterator[np.ndarray]:
    for cases in key.cases.values():
        for case in cases:
            yield from (argument.value for argument in case.arguments)
            for one in case.expected:
                yield from (one.nearest, one.rest, one.low, one.high)
                if one.kappa is not None:
                    yield one.kappa


def contents(key: AnswerKey) -> list[object]:
    """Return everything in a key, in a form that can be compared."""
    said = [
        (
            question, case.name, case.title, case.public,
            [(argument.name, argument.form) for argument in case.arguments],
            [(one.amplification, one.kappa is None) for one in case.expected],
        )
        for question, cases in key.cases.items()
        for case in cases
    ]  # fmt: skip
    return [key.digest, said, [(array.dtype.str, array.shape, array.tobytes()) for array in arrays(key)]]


@pytest.fixture
def small(homework: Assessment) -> Assessment:
    """Two questions of the homework, which are proven in a moment."""
    chosen = {"tanh/tanh", "lstm/lstm_cell"}
    return replace(homework, items=tuple(item for item in homework.items if item.question.id in chosen))


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return how many cases have been proven so far."""
    calls = []
    original = truth.key_case

    def counted(*arguments: object) -> object:
        calls.append(arguments)
        return original(*arguments)

    monkeypatch.setattr(truth, "key_case", counted)
    return lambda: len(calls)


def test_every_case_of_every_question_has_its_key(homework: Assessment, homework_key: AnswerKey) -> None:
    for item in homework.items:
        question, keyed = item.question, homework_key.cases[item.question.id]
        assert [case.name for case in keyed] == [case.name for case in question.cases]
        assert [case.public for case in keyed] == [case.public for case in question.cases]
        for case in keyed:
            assert [argument.name for argument in case.arguments] == [one.name for one in question.parameters]
            assert len(case.expected) == len(question.results)
            assert homework_key.case(question.id, case.name) is case


def test_the_key_agrees_with_a_plain_evaluation(homework: Assessment, homework_key: AnswerKey) -> None:
    for item in homework.items:
        reference = homework.topic_of(item.question).reference[item.question.function]
        for case in homework_key.cases[item.question.id]:
            with np.errstate(all="ignore"):
                returned = reference(*[argument.value for argument in case.arguments])
            results = returned if len(case.expected) > 1 else (returned,)
            for result, expected in zip(results, case.expected, strict=True):
                assert np.shape(result) == expected.nearest.shape
                np.testing.assert_allclose(result, expected.nearest, rtol=1e-6, atol=1e-12)


def test_only_the_slope_of_relu_at_zero_has_a_choice(homework_key: AnswerKey) -> None:
    for question, cases in homework_key.cases.items():
        for case in cases:
            for one in case.expected:
                chosen = one.low != one.high
                if question == "tanh/relu_grad":
                    assert (chosen == (case.arguments[0].value == 0)).all()
                    assert (one.low[chosen] == 0).all()
                    assert (one.high[chosen] == 1).all()
                else:
                    assert not chosen[~np.isnan(one.nearest)].any()


def test_condition_numbers_are_there_where_a_rule_forgives_by_them(
    homework: Assessment, homework_key: AnswerKey
) -> None:
    for item in homework.items:
        rules = [(check.rule, check.cases) for check in item.question.checks if check.rule is not None]
        forgiving = {name for rule, cases in rules if rule.kind is RuleKind.ULP for name in cases}
        for case in homework_key.cases[item.question.id]:
            for one in case.expected:
                assert (one.kappa is not None) is (case.name in forgiving)


def test_no_case_of_the_homework_is_chaotic(homework_key: AnswerKey) -> None:
    lstm = [
        case for question, cases in homework_key.cases.items() if question.startswith("lstm") for case in cases
    ]
    factors = [one.amplification for case in lstm for one in case.expected]
    assert min(factors) > 0
    assert max(factors) < 100


def test_no_array_of_a_key_can_be_changed(homework_key: AnswerKey, small: Assessment, tmp_path: Path) -> None:
    answer_key(small, tmp_path)
    for key in (homework_key, answer_key(small, tmp_path)):
        assert not any(array.flags.writeable for array in arrays(key))


def test_a_kept_key_is_read_back_whole_and_nothing_is_proven_again(
    small: Assessment, tmp_path: Path, count: Callable[[], int]
) -> None:
    made = answer_key(small, tmp_path / "new" / "folder")
    proven = count()
    assert proven == sum(len(item.question.cases) for item in small.items)
    read = answer_key(small, tmp_path / "new" / "folder")
    assert count() == proven
    assert contents(read) == contents(made)
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 1


def test_without_a_folder_nothing_is_kept(small: Assessment, count: Callable[[], int]) -> None:
    answer_key(small, None)
    answer_key(small, None)
    assert count() == 2 * sum(len(item.question.cases) for item in small.items)


@pytest.mark.parametrize("damage", ["cut", "flip-first", "flip-middle", "flip-last", "empty", "other", "folder"])
def test_a_damaged_key_is_worked_out_again(
    damage: str, small: Assessment, tmp_path: Path, count: Callable[[], int]
) -> None:
    made = answer_key(small, tmp_path)
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    proven = count()
    if damage.startswith("flip"):
        data[{"flip-first": 0, "flip-middle": len(data) // 2, "flip-last": -1}[damage]] ^= 4
    kept = {"cut": data[:-100], "empty": b"", "other": b"not a key at all" * 100}.get(damage, data)
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(kept)
    assert contents(answer_key(small, tmp_path)) == contents(made)
    assert count() == 2 * proven
    if damage != "folder":
        assert contents(answer_key(small, tmp_path)) == contents(made)
        assert count() == 2 * proven


def test_a_folder_that_cannot_be_written_is_no_trouble(small: Assessment, tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("in the way")
    assert answer_key(small, file).cases.keys() == answer_key(small, None).cases.keys()
    assert file.read_text() == "in the way"


def test_nothing_half_written_is_left_behind(
    small: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    answer_key(small, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_key_for_another_assessment_is_not_believed(small: Assessment, tmp_path: Path) -> None:
    key = answer_key(small, None)
    keyfile.write(tmp_path / "key", key)
    assert keyfile.read(tmp_path / "key", key.digest) is not None
    assert keyfile.read(tmp_path / "key", "another digest") is None


def test_whatever_the_values_depend_on_is_in_the_digest(small: Assessment) -> None:
    changed = [
        replace(small, seed="winter"),
        replace(small, items=small.items[:1]),
        replace(small, items=small.items[::-1]),
        replace(small, topics=(replace(small.topics[0], digest="edited"), *small.topics[1:])),
        replace(small, items=(replace(small.items[0], question=_one_case_less(small)), *small.items[1:])),
    ]
    digests = {key_digest(one) for one in [small, *changed]}
    assert len(digests) == len(changed) + 1
    dearer = replace(small, items=tuple(replace(item, points=item.points * 2) for item in small.items))
    assert key_digest(dearer) == key_digest(small)


def _one_case_less(assessment: Assessment) -> object:
    question = assessment.items[0].question
    return replace(question, cases=question.cases[1:])


def test_another_seed_draws_other_inputs_and_the_same_literal_ones(small: Assessment) -> None:
    one, other = answer_key(small, None), answer_key(replace(small, seed="winter"), None)

    def value(key: AnswerKey, name: str) -> bytes:
        return key.case("tanh/tanh", name).arguments[0].value.tobytes()

    assert value(one, "normal") != value(other, "normal")
    assert value(one, "by-hand") == value(other, "by-hand")


def test_a_topic_that_does_not_say_what_it_is_is_not_kept(small: Assessment, tmp_path: Path) -> None:
    nameless = replace(small, topics=tuple(replace(topic, digest="") for topic in small.topics))
    answer_key(nameless, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_reference_without_a_provable_value_is_told_with_its_case(small: Assessment) -> None:
    def broken(topic: Topic) -> Topic:
        return replace(topic, reference={**topic.reference, "tanh": lambda x: np.exp(x) / np.exp(x)})

    with pytest.raises(InputError, match=r"tanh/tanh, case 'extremes': .* has no provable value at -inf"):
        answer_key(replace(small, topics=tuple(broken(topic) for topic in small.topics)), None)
