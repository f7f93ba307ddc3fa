"""``grader grade``: what it writes, what it does on a second run, and what it says when something is wrong."""

import csv
import ctypes
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.bank.load import shipped
from grader.report.safe import safe_cell

ACTIVATIONS = Path(__file__).with_name("activations.txt").read_text()
WRONG = ACTIVATIONS.replace("np.tanh(x)\n", "np.sin(x)\n")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def read(out: Path) -> dict:
    results = json.loads((out / "results.json").read_text())
    return {student["student"]: student for student in results["students"]}


def test_results_follow_the_contract(grader, make_class, assessment, tmp_path):
    folder = make_class(**{"zoë": ACTIVATIONS, "ann b": WRONG, "=cmd()": {"notes.txt": "nothing"}})
    done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert results["schema"] == 1
    assert results["isolation"] in {"full+cgroup", "full", "container"}
    assert [s["student"] for s in results["students"]] == ["=cmd()", "ann b", "zoë"]
    for student in results["students"]:
        assert set(student) == {"student", "score", "max_score", "page", "questions", "notes"}
        assert student["max_score"] == 25
        assert (tmp_path / "out" / student["page"]).is_file()
        for question in student["questions"]:
            assert set(question) == {
                "id", "kind", "score", "max_score", "status", "checks", "misconceptions", "remarks", "feedback",
            }  # fmt: skip
            assert all(set(c) == {"name", "score", "max_score", "passed", "message"} for c in question["checks"])
    assert [s["score"] for s in results["students"]] == [0, 15, 25]
    statuses = {s["student"]: [q["status"] for q in s["questions"]] for s in results["students"]}
    assert statuses == {"=cmd()": ["missing"] * 3, "ann b": ["failed", "passed", "passed"], "zoë": ["passed"] * 3}


def test_grades_csv_has_a_row_a_student_and_no_formulas(grader, make_class, assessment, tmp_path):
    folder = make_class(**{"=1+1": ACTIVATIONS, "ann": WRONG})
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    with (tmp_path / "out" / "grades.csv").open(newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:6] == ["student", "score", "max_score", "tanh/tanh", "tanh/sigmoid", "tanh/relu"]
    assert [row[1] for row in rows[1:]] == ["25", "15"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


NAMES = (
    "a, b", 'say "hi"', "two\nlines", "carriage\rreturn", "tab\there", "x;=1+1", '";=1+1', "=HYPERLINK(1,2)",
    "  =1+1", "陈晓雨", "Светлана, И.", "محمد", "o'brien", "'quoted'", "zoe\u0308", "👩\u200d🔬", "trailing,", ",",
)  # fmt: skip


def test_every_name_is_read_back_from_grades_csv_as_it_was_written(grader, make_class, assessment, tmp_path):
    """By any reader of CSV, whatever is in a name; and none begins a formula, where semicolons cut too."""
    folder = make_class(**{name: {"notes.txt": "nothing"} for name in NAMES})
    done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out" / "grades.csv").read_text("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert sorted(row[0] for row in rows) == sorted(map(safe_cell, NAMES))
    assert {len(row) for row in rows} == {len(header)}
    assert {tuple(row[1:3]) for row in rows} == {("0", "25")}
    for delimiter in ",;":
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_the_same_input_gives_the_same_bytes(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS, bob=WRONG, cy="import time\n1/0\n")
    for out in ("one", "two"):
        grader("grade", folder, "-a", assessment, "-o", tmp_path / out)
    one, two = ({p.relative_to(tmp_path / o): p.read_bytes() for p in (tmp_path / o).rglob("*")
                 if p.is_file() and p.suffix != ".sqlite"} for o in ("one", "two"))  # fmt: skip
    assert one == two
    assert len(one) == 3 + 3


def test_a_second_run_grades_only_what_changed(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS, bob=ACTIVATIONS)
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "students" / "ann.html").stat().st_ino
    make_class(bob=WRONG)
    done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    assert "1 unchanged" in done.stderr
    assert (tmp_path / "out" / "students" / "ann.html").stat().st_ino == before
    assert read(tmp_path / "out")["bob"]["score"] == 15


def test_a_page_that_was_deleted_is_made_again(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS)
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    page = tmp_path / "out" / "students" / "ann.html"
    text = page.read_text()
    page.unlink()
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    assert page.read_text() == text


def test_new_points_are_given_without_running_anything_again(grader, make_class, assessment, tmp_path):
    """What was run is judged again: a submission whose answer depends on the clock would tell if it were run."""
    random = "import os\nraise RuntimeError(os.urandom(8).hex())\n"
    folder = make_class(ann=random)
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    first = read(tmp_path / "out")["ann"]
    assessment.write_text(assessment.read_text().replace("points: 5", "points: 50"))
    done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    second = read(tmp_path / "out")["ann"]
    assert done.returncode == 0, done.stderr
    assert (first["max_score"], second["max_score"]) == (25, 70)
    assert [q["checks"][0]["message"] for q in first["questions"]] == [
        q["checks"][0]["message"] for q in second["questions"]
    ]


def test_a_student_who_left_is_left_out_and_named(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS, bob=ACTIVATIONS)
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    shutil.rmtree(folder / "bob")
    done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    assert list(read(tmp_path / "out")) == ["ann"]
    assert "bob" in done.stderr


def test_json_prints_the_results_on_stdout_and_words_on_stderr(grader, make_class, assessment, tmp_path):
    done = grader("grade", make_class(ann=ACTIVATIONS), "-a", assessment, "-o", tmp_path / "out", "--json")
    assert json.loads(done.stdout) == json.loads((tmp_path / "out" / "results.json").read_text())
    assert "1 submission graded" in done.stderr


@pytest.mark.parametrize("what", ["missing", "empty", "file", "one student"])
def test_a_folder_that_cannot_be_graded_is_refused_in_a_sentence(grader, tmp_path, what):
    folder = tmp_path / "some class"
    if what == "empty":
        folder.mkdir()
    elif what == "file":
        folder.write_text("")
    elif what == "one student":
        folder.mkdir()
        (folder / "lstm.py").write_text("")
    done = grader("grade", folder, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "some class" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_error_in_the_assessment_is_told_with_its_place(grader, make_class, assessment, tmp_path):
    assessment.write_text(assessment.read_text().replace("tanh/relu", "tanh/rellu"))
    done = grader("grade", make_class(ann=ACTIVATIONS), "-a", assessment, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "small.yaml:7:" in done.stderr
    assert "Did you mean `relu`?" in done.stderr


def test_an_output_folder_of_another_assessment_is_refused(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS)
    grader("grade", folder, "-a", assessment, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "results.json").read_bytes()
    other = assessment.with_name("other.yaml")
    other.write_text(assessment.read_text())
    done = grader("grade", folder, "-a", other, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "another run" in done.stderr
    assert (tmp_path / "out" / "results.json").read_bytes() == before


def test_a_file_where_the_output_folder_should_be_is_told(grader, make_class, assessment, tmp_path):
    (tmp_path / "out").write_text("mine")
    done = grader("grade", make_class(ann=ACTIVATIONS), "-a", assessment, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


@pytest.fixture
def interruptible():
    """Let Ctrl-C reach what is started, even where a shell runs the tests in its background and ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_keeps_what_is_graded_and_the_next_run_goes_on(make_class, assessment, tmp_path, grader):
    slow = "import time\ntime.sleep(0.3)\n" + ACTIVATIONS
    students = {f"s{number:02}": slow for number in range(24)}
    folder = make_class(**students)
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        str(folder),
        "-a",
        str(assessment),
        "-o",
        str(out),
        "-j",
        "1",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list((out / "students").glob("*.html")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130, words
    assert "are graded and kept" in words
    kept = len(list((out / "students").glob("*.html")))
    assert 0 < kept < 24
    done = grader("grade", folder, "-a", assessment, "-o", out)
    assert f"{kept} unchanged" in done.stderr
    assert len(read(out)) == 24


def test_a_worker_that_dies_costs_nobody_a_grade(make_class, assessment, tmp_path):
    slow = "import time\ntime.sleep(0.3)\n" + ACTIVATIONS
    folder = make_class(**{f"s{number:02}": slow for number in range(6)})
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        str(folder),
        "-a",
        str(assessment),
        "-o",
        str(out),
        "-j",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    victims: list[int] = []
    while not victims and time.monotonic() < deadline:
        time.sleep(0.1)
        victims = _workers(process.pid)
    time.sleep(1.0)
    os.kill(victims[0], signal.SIGKILL)
    _, words = process.communicate(timeout=100)
    assert process.returncode == 0, words
    assert [student["score"] for student in read(out).values()] == [25] * 6


def _workers(parent: int) -> list[int]:
    """Return the spawned worker processes of a run (not the resource tracker)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                ppid = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if ppid == parent and b"spawn_main" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def _tiny_disk(folder: Path, kilobytes: int) -> None:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("cannot mount a small disk here")


@pytest.mark.external
def test_a_full_disk_is_told_in_a_sentence_and_loses_nothing(grader, make_class, assessment, tmp_path):
    if os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = make_class(**{f"s{number:02}": ACTIVATIONS for number in range(30)})
    disk = tmp_path / "disk"
    _tiny_disk(disk, 400)
    try:
        done = grader("grade", folder, "-a", assessment, "-o", disk / "out")
        assert done.returncode == 3
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        assert not list(disk.rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        done = grader("grade", folder, "-a", assessment, "-o", disk / "out")
        assert done.returncode == 0, done.stderr
        assert [student["score"] for student in read(disk / "out").values()] == [25] * 30
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_templates_with_errors_are_told_with_their_lines_before_anything_is_written(
    grader, make_class, assessment, tmp_path
):
    override = assessment.parent / "templates" / "report"
    override.mkdir(parents=True)
    (override / "student.html.j2").write_text("<h1>\n{{ nonsense( }}\n")
    (override / "class.html.j2").write_text("{% if %}\n")
    done = grader("grade", make_class(ann=ACTIVATIONS), "-a", assessment, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "student.html.j2:2: " in done.stderr
    assert "class.html.j2:1: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def _like_a_user() -> None:
    """Take from root what lets it read everything; a user has nothing to lose, and is refused."""
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def test_a_student_folder_without_permission_is_graded_with_a_note(grader, make_class, assessment, tmp_path):
    folder = make_class(ann=ACTIVATIONS, bob=ACTIVATIONS)
    (folder / "bob").chmod(0)
    try:
        done = grader("grade", folder, "-a", assessment, "-o", tmp_path / "out", preexec_fn=_like_a_user)
    finally:
        (folder / "bob").chmod(stat.S_IRWXU)
    assert done.returncode == 0, done.stderr
    assert "permission" in " ".join(read(tmp_path / "out")["bob"]["notes"]).lower()


@pytest.mark.parametrize("command", ["grade", "check"])
def test_a_reference_that_raises_is_told_by_its_line_its_question_and_its_case(
    grader, make_class, tmp_path, command
):
    """It is the author's mistake and ends as one, in words; nobody is graded, and nothing is written."""
    shutil.copytree(shipped("homework.yaml").parent, tmp_path / "questions")
    reference = tmp_path / "questions" / "tanh" / "reference.py"
    source = reference.read_text("utf-8")
    broken = source.replace("def tanh_slope(y):\n", "def tanh_slope(y):\n    nonsense(y)\n")
    assert broken != source
    reference.write_text(broken, "utf-8")
    line = broken.splitlines().index("    nonsense(y)") + 1

    folder = make_class(ann=ACTIVATIONS)
    what = [folder, "-o", tmp_path / "out"] if command == "grade" else [folder / "ann" / "activations.py"]
    done = grader(command, *what, "-a", tmp_path / "questions" / "homework.yaml")
    assert done.returncode == 2
    told = [text for text in done.stderr.splitlines() if "NameError" in text]
    assert len(told) == 1, done.stderr
    for part in (f"{reference}:{line}: ", "tanh/tanh_grad, case 'by-hand'", "name 'nonsense' is not defined"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
