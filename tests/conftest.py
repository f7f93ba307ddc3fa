"""What all tests share: switches from the environment, Hypothesis' profile, and a cache of their own.

    GRADEGATE_REQUIRE_EXTERNAL=1   a test marked `external` that skips is a failure: the machine was to have it all
    GRADEGATE_REWRITE=1            golden files are written anew; look at the difference before committing it
"""

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

REQUIRE_EXTERNAL = "GRADEGATE_REQUIRE_EXTERNAL"
REWRITE = "GRADEGATE_REWRITE"

settings.register_profile("gradegate", deadline=None)  # a busy machine is not a failure
settings.load_profile("gradegate")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of an `external` test into a failure where the environment asks for it."""
    _ = call
    report = yield
    required = os.environ.get(REQUIRE_EXTERNAL, "") not in {"", "0"}
    if required and report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("external"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
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


@pytest.fixture
def golden() -> Callable[[Path, str], None]:
    """Hold a text against a golden file; GRADEGATE_REWRITE=1 writes the file instead."""

    def compare(file: Path, text: str) -> None:
        if os.environ.get(REWRITE):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        assert text == file.read_bytes().decode("utf-8"), f"{file} differs; {REWRITE}=1 rewrites it"

    return compare
