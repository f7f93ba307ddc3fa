"""Every submission of ``corpus/`` gets the status that it states, and its neighbours lose nothing by it.

A file of the corpus is the student's module, followed by the other files of the folder where there are any:

    \"\"\"What it tries.\"\"\"
    # expect: tanh=crashed                      what the attacked function must get
    # either: a race                            why it says a|b, where nobody can know which of them it will be
    # expect-container: tanh=passed             the same where the level of isolation matters
    # neighbour: sigmoid=passed relu=passed     functions of the same file that the attack must not touch
    # limits: wall=1                            other limits than usual
    # machine: x86_64                           where its numbers and machine code mean something
    # alone: yes                                only run alone: a forbidden call costs a new warm process each time
    # module: lstm                              of which file it is (activations otherwise)
    ...
    # --- file: helper.py                       what follows is another file (base64: the same, encoded)

The rule of the corpus: where an attack succeeds, the function returns the right answer, and so the test fails;
what is stated is what it gets when it is contained.
"""

import base64
import platform
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.model.inputs import Limits, SourceFile
from grader.model.outcome import Status

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.py"))
FIELDS = {"wall": "wall_seconds", "cpu": "cpu_seconds", "total": "total_result_bytes", "memory": "memory_bytes"}
SHORT_WALL = 0.3


@dataclass(frozen=True, slots=True)
class Attack:
    """One file of the corpus, read."""

    module: str
    machine: str
    is_alone: bool
    files: tuple[SourceFile, ...]
    expected: dict[str, frozenset[Status]]
    attacked: tuple[str, ...]
    limits: dict[str, float]


def read(path: Path, isolation: str) -> Attack:
    text = path.read_text(encoding="utf-8")
    heads: dict[str, str] = dict(re.findall(r"^# ([a-z-]+): (.+)$", text.partition("\n# ---")[0], re.MULTILINE))
    expect = _statuses(heads["expect"]) | _statuses(heads.get(f"expect-{isolation}", ""))
    module = heads.get("module", "activations")
    return Attack(
        module,
        heads.get("machine", ""),
        "alone" in heads,
        _files(text, f"{module}.py"),
        expect | _statuses(heads.get("neighbour", "")),  # the attack comes first, as nothing undoes it
        tuple(expect),
        {FIELDS[name]: float(value) for name, value in _pairs(heads.get("limits", ""))},
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition("=") for part in text.split())]


def _statuses(text: str) -> dict[str, frozenset[Status]]:
    return {name: frozenset(Status(word) for word in words.split("|")) for name, words in _pairs(text)}


def _files(text: str, main: str) -> tuple[SourceFile, ...]:
    parts = re.split(r"^# --- (file|base64): (.+)\n", text, flags=re.MULTILINE)
    files = [SourceFile(main, parts[0].encode())]
    for form, name, content in zip(*(iter(parts[1:]),) * 3, strict=True):
        files.append(SourceFile(name, base64.b64decode(content) if form == "base64" else content.encode()))
    return tuple(files)


def _limits(attack: Attack, usual: Limits) -> Limits:
    dies_slowly = any(Status.TIMEOUT in attack.expected[function] for function in attack.attacked)
    limits = replace(usual, wall_seconds=SHORT_WALL) if dies_slowly else usual
    return replace(limits, **{k: v if k == "wall_seconds" else int(v) for k, v in attack.limits.items()})


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_attack_gets_its_status_and_costs_its_neighbours_nothing(path, alley, census, limits):
    attack = read(path, alley.isolation)
    if attack.machine not in ("", platform.machine()):
        pytest.skip(f"its system call numbers are those of {attack.machine}")

    graded = alley.grade(
        attack.files,
        tuple(attack.expected),
        _limits(attack, limits),
        slow=attack.attacked,
        is_alone=attack.is_alone,
    )

    for function, allowed in attack.expected.items():
        assert graded.statuses[function] in allowed, _told(function, graded)
    alley.check_still_sound()
    census.check_no_stray()


def _told(function: str, graded) -> str:
    """Say how the calls of a function ended, for the person who reads the failed test."""
    return "\n".join(
        f"{outcome.call}: {outcome.status}, {outcome.returned}, {outcome.detail}, {outcome.raised}, "
        f"{outcome.printed[:500]!r}"
        for run in graded.runs
        for outcome in run.outcomes
        if outcome.call.startswith(f"attacked/{function} ")
    )


def test_corpus_is_large_and_each_file_says_what_it_tries():
    assert len(CORPUS) >= 75
    for path in CORPUS:
        assert path.read_text(encoding="utf-8").startswith('"""'), path.name
        assert read(path, "full").attacked, path.name


@pytest.mark.parametrize("isolation", ["full", "container"])
def test_a_file_states_one_status_or_says_why_it_cannot(isolation):
    for path in CORPUS:
        is_open = any(len(statuses) > 1 for statuses in read(path, isolation).expected.values())
        assert is_open is ("\n# either: " in path.read_text(encoding="utf-8")), path.name


def test_every_kind_of_ending_occurs_in_the_corpus():
    seen = {word for path in CORPUS for words in read(path, "full").expected.values() for word in words}
    assert seen >= {
        Status.PASSED,
        Status.FAILED,
        Status.ERROR,
        Status.MISSING,
        Status.TIMEOUT,
        Status.MEMORY,
        Status.OUTPUT_LIMIT,
        Status.CRASHED,
        Status.BLOCKED,
    }
