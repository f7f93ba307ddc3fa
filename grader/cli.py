"""The command ``grader``: the only place that prints and exits.

Data goes to stdout, progress and words to stderr. Every error of ours is told in words; a traceback appears only
with ``--debug``. Modules that import NumPy are imported by the command that needs them.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from grader import __version__
from grader.errors import GraderError, InputError, InterruptedRunError
from grader.export.registry import FORMATS

__all__ = ["main"]

LEVELS = ["full", "container", "weak", "none"]


class _Group(click.Group):
    """Turns our errors into words and exit codes, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GraderError as error:
            if ctx.params.get("debug"):
                raise
            for complaint in error.complaints:
                click.echo(_plain(f"grader: {complaint}"), err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("grader: stopped", err=True)
            ctx.exit(InterruptedRunError.exit_code)
        except BrokenPipeError:  # `grader ... | head`: the reader has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _plain(text: str) -> str:
    """Make text fit for a terminal, whatever a file's name holds."""
    from grader.report.safe import printable

    return printable(text)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show tracebacks of errors.")
@click.version_option(__version__, prog_name="grader")
def main(debug: bool) -> None:
    """Grade deep-learning homework: sealed, exact, fast.

    \b
    Example:
      grader grade submissions --out results
    """
    _ = debug  # read by _Group


def _assessment_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-a",
        "--assessment",
        metavar="FILE",
        help="The assessment: a YAML file, or the name of a shipped one. Default: the shipped homework.",
    )(command)


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@_assessment_option
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Where pages, results.json, grades.csv and the gradebook go.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 512), default=None, help="Worker processes. Default: one a core."
)
@click.option(
    "--isolation",
    type=click.Choice(LEVELS),
    default="container",
    show_default=True,
    help="The weakest isolation to accept; below it nothing is graded.",
)
@click.option("--json", "as_json", is_flag=True, help="Print results.json to stdout as well.")
def grade(
    submissions: Path, assessment: str | None, out: Path, jobs: int | None, isolation: str, as_json: bool
) -> None:  # fmt: skip
    """Grade every student's folder in SUBMISSIONS.

    Resumes where an earlier run into the same folder stopped, and grades again only what has changed.

    \b
    Example:
      grader grade submissions --out results
    """
    from grader.bank.load import find_assessment
    from grader.model.outcome import Isolation
    from grader.pipeline import default_cache, grade_class
    from grader.progress import show_progress, show_summary
    from grader.worker import Settings

    settings = Settings(find_assessment(assessment), default_cache(), Isolation(isolation))
    with show_progress(sys.stderr) as report:
        summary = grade_class(submissions, settings, out, workers=jobs or _cores(), report=report)
    show_summary(summary, sys.stderr)
    if as_json:
        click.echo((out / "results.json").read_text("utf-8"), nl=False)
    if summary.problems:
        raise SystemExit(3)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@_assessment_option
@click.option("-q", "--question", metavar="ID", help="Check one question only: tanh/tanh, or just tanh.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def check(path: Path, assessment: str | None, question: str | None, as_json: bool) -> None:
    """Check your own file or folder on the public cases.

    What is graded in the end has more cases than these.

    \b
    Example:
      grader check lstm.py
    """
    from grader.bank.load import find_assessment
    from grader.pipeline import default_cache
    from grader.report.terminal import console, show_check
    from grader.selfcheck import check_path

    grade, problem = check_path(path, find_assessment(assessment), question, default_cache())
    if as_json:
        click.echo(json.dumps(grade.to_json(""), indent=2))
    else:
        show_check(grade, console())
    if problem:
        raise GraderError(problem)
    raise SystemExit(0 if grade.score == grade.max_score else 1)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def validate(paths: tuple[Path, ...], as_json: bool) -> None:
    """Prove that banks and assessments are sound.

    \b
    Example:
      grader validate questions/homework.yaml
    """
    from grader.bank.load import find_assessment
    from grader.bank.validate import validate as prove

    findings = [prove(path) for path in paths or (find_assessment(None),)]
    if as_json:
        click.echo(json.dumps([one.to_json() for one in findings], indent=2))
    else:
        for one in findings:
            click.echo(_plain(one.text()))
    raise SystemExit(0 if all(one.is_sound for one in findings) else 1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Show what this machine can isolate, layer by layer, and what would make it better.

    \b
    Example:
      grader doctor
    """
    from grader.sandbox.doctor import examine

    diagnosis = examine()
    click.echo(json.dumps(diagnosis.to_json(), indent=2) if as_json else diagnosis.text())


@main.command()
@click.argument("of", type=click.Choice(["bank", "assessment"]))
def schema(of: str) -> None:
    """Print the JSON Schema of a bank or an assessment, for editors.

    \b
    Example:
      grader schema bank > bank.schema.json
    """
    from grader.bank.schema import json_schema

    click.echo(json.dumps(json_schema("bank" if of == "bank" else "assessment"), indent=2))


@main.command()
@click.argument("assessment")
@click.option("--roster", type=click.Path(path_type=Path), help="A CSV file with a column `student`.")
@click.option("--student", metavar="ID", help="Make the sheet of this student only.")
@click.option("--variant", metavar="CODE", help="Make the sheet with this code again.")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("sheets"), show_default=True)
@click.option("--format", "target", type=click.Choice(list(FORMATS)), default="html", show_default=True)
@click.option(
    "--edition",
    default="work",
    show_default=True,
    help="For html: work, practice (marks by itself and holds the answers) or key (for instructors).",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 512), default=None, help="Processes. Default: one a core.")
def sheet(
    assessment: str,
    roster: Path | None,
    student: str | None,
    variant: str | None,
    out: Path,
    target: str,
    edition: str,
    jobs: int | None,
) -> None:
    """Make the sheets of a quiz: a variant for each student of a roster, for one student, or for a code.

    \b
    Example:
      grader sheet questions/quiz.yaml --roster roster.csv --out sheets
    """
    from grader import sheets
    from grader.bank.load import find_assessment, load_assessment
    from grader.pipeline import default_cache
    from grader.roster import read_roster

    if roster is None and student is None and not variant:
        hint = "Name a roster with --roster, one student with --student, or a code with --variant."
        raise InputError("it is not said whose sheets to make", hint=hint)
    settings = sheets.Settings(find_assessment(assessment), default_cache(), target, edition, out)
    quiz = load_assessment(settings.assessment, settings.cache)
    wanted = sheets.choose(quiz, read_roster(roster) if roster else (), student=student, variant=variant)
    for words in sheets.remarks(quiz, wanted, settings):
        click.echo(_plain(f"{target}: {words}"), err=True)
    made = sheets.write_sheets(quiz, wanted, settings, jobs=jobs or _cores())
    count = f"{made.sheets} sheet{'' if made.sheets == 1 else 's'}"
    questions = f"{len(quiz.order)} question{'' if len(quiz.order) == 1 else 's'}"
    click.echo(_plain(f"{count} of {questions} in {out}"), err=True)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
