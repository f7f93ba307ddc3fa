"""What all tests share: switches from the environment, Hypothesis' profile, a cache of their own, one browser.

GRADEGATE_REQUIRE_EXTERNAL=1   a test that skips is a failure, but for MAY_SKIP: the machine was to have it all
GRADEGATE_REWRITE=1            golden files are written anew; look at the difference before committing it
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

REQUIRE_EXTERNAL = "GRADEGATE_REQUIRE_EXTERNAL"
REWRITE = "GRADEGATE_REWRITE"
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)

MAY_SKIP = {  # how reasons begin that hold on a machine that has it all, and why that is so
    "PyTorch is not installed": "it is two gigabytes, and what it would say is published, and tested without it",
    "its system call numbers are those of": "a machine has one architecture",
    "/usr/include/x86_64-linux-gnu": "a machine has one architecture",
    "no extended precision here": "a machine has one architecture",
    "only root can become somebody else": "whoever runs this need not be root",
}

settings.register_profile("gradegate", deadline=None)  # a busy machine is not a failure
settings.load_profile("gradegate")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where the environment asks for it."""
    _ = call
    report = yield
    required = os.environ.get(REQUIRE_EXTERNAL, "") not in {"", "0"}
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        if not reason.removeprefix("Skipped: ").startswith(tuple(MAY_SKIP)):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped although {REQUIRE_EXTERNAL} is set. {reason}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Keep answer keys out of the user's cache, in a folder that all workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "cache"
    shared.mkdir(exist_ok=True)
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(shared)
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def sealed() -> None:
    """Skip where the machine cannot isolate student code well enough to grade it."""
    from grader.errors import SandboxError
    from grader.sandbox.runner import open_runner

    try:
        open_runner().close()
    except SandboxError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the one Chromium of this process: Playwright's synchronous face cannot be started twice in one."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=CHROMIUM.split())
        yield browser
        browser.close()


@pytest.fixture
def golden() -> Callable[[Path, str], None]:
    """Hold a text against a golden file; GRADEGATE_REWRITE=1 writes the file instead."""

    def compare(file: Path, text: str) -> None:
        if os.environ.get(REWRITE):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        assert text == file.read_bytes().decode("utf-8"), f"{file} differs; {REWRITE}=1 rewrites it"

    return compare


@dataclass(frozen=True)
class Verdict:
    """What a question must come out as; ``failed`` is None where nothing is said about its checks."""

    status: str
    score: Fraction  # of the question's points
    failed: frozenset[str] | None = None

    def differs(self, question: Mapping[str, Any]) -> str:
        """Say how a question of results.json differs from this; nothing where it does not."""
        if not question["max_score"]:
            return "the question is worth nothing"
        got = Fraction(question["score"]).limit_denominator(10**6) / Fraction(question["max_score"])
        failed = frozenset(check["name"] for check in question["checks"] if not check["passed"])
        differences = [
            f"{name} is {found}, wanted {wanted}"
            for name, found, wanted in (
                ("status", question["status"], self.status),
                ("score", round(float(got), 4), round(float(self.score), 4)),
            )
            if found != wanted
        ]
        if self.failed is not None and failed != self.failed:
            differences.append(f"failed are {sorted(failed)}, wanted {sorted(self.failed)}")
        return "; ".join(differences)


@pytest.fixture(scope="session")
def read_expected() -> Callable[[Path, list[str]], dict[str, dict[str, Verdict]]]:
    """Read an ``expected.yaml``, as explained at the top of ``submissions/expected.yaml``."""

    def verdict(said: str | dict[str, Any]) -> Verdict:
        if isinstance(said, str):
            return Verdict(said, Fraction(said == "passed"))
        unknown = set(said) - {"status", "score", "failed"}
        assert not unknown, f"unknown keys {unknown}"
        score = Fraction(str(said.get("score", int(said["status"] == "passed"))))
        return Verdict(said["status"], score, frozenset(said["failed"]) if "failed" in said else None)

    def read(file: Path, questions: list[str]) -> dict[str, dict[str, Verdict]]:
        topics = {question.partition("/")[0] for question in questions}
        expected: dict[str, dict[str, Verdict]] = {}
        for student, said in yaml.safe_load(file.read_text("utf-8")).items():
            unknown = set(said) - {"all", *topics, *questions}
            assert not unknown, f"{student}: there are no questions {unknown}"
            expected[student] = {}
            for question in questions:
                keys = [key for key in (question, question.partition("/")[0], "all") if key in said]
                assert keys, f"{student}: nothing is said about {question}"
                expected[student][question] = verdict(said[keys[0]])
        return expected

    return read
