"""The switches of tests/conftest.py do what they say: without them a skipped test could pass for a proof."""

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
EXTERNAL = """
import pytest

@pytest.mark.external
def test_needs_more_than_python():
    pytest.skip("no bubblewrap here")

def test_needs_something_optional():
    pytest.importorskip("torch_that_nobody_has", reason="PyTorch is not installed")

def test_needs_a_kernel(no_landlock):
    pass

@pytest.fixture
def no_landlock():
    pytest.skip("this machine does not isolate")

@pytest.mark.skipif(True, reason="not on this system")
def test_needs_a_system():
    pass

@pytest.mark.external
@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST.read_text("utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = external: needs more\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(folder)]
    path = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env=path | environment, timeout=60
    )


def test_tests_may_skip_on_a_bare_machine(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(EXTERNAL)
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "4 skipped, 1 xfailed" in done.stdout


@pytest.mark.parametrize("value", ["1", "yes"])
def test_the_switch_turns_every_skip_but_the_few_that_are_named_into_a_failure(tmp_path: Path, value: str) -> None:
    (tmp_path / "test_one.py").write_text(EXTERNAL)
    done = run(tmp_path, GRADEGATE_REQUIRE_EXTERNAL=value)
    assert done.returncode == 1, done.stdout
    assert "1 failed, 1 skipped, 1 xfailed, 2 errors" in done.stdout
    for reason in ("no bubblewrap here", "this machine does not isolate", "not on this system"):
        assert reason in done.stdout, "the reason must be told"


GOLDEN = """
from pathlib import Path

def test_text(golden):
    golden(Path(__file__).with_name("text.txt"), "new\\r\\n")
"""


def test_a_golden_file_is_held_against_the_text_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(GOLDEN)
    (tmp_path / "text.txt").write_bytes(b"new\n")
    assert run(tmp_path).returncode == 1
    (tmp_path / "text.txt").write_bytes(b"new\r\n")
    assert run(tmp_path).returncode == 0


def test_the_rewrite_switch_writes_golden_files(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(GOLDEN)
    assert run(tmp_path, GRADEGATE_REWRITE="1").returncode == 0
    assert (tmp_path / "text.txt").read_bytes() == b"new\r\n"
