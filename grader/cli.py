"""The command ``grader``: the only place that prints and exits.

Data goes to stdout, progress and words to stderr. Every error of ours is told in words; a traceback appears only
with ``--debug``. Modules that import NumPy are imported by the command that needs them.
"""

import json
import os
import shutil
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
@click.option("--matrix", is_flag=True, help="Show which check and which cases tell each known mistake.")
@click.option("--pairs", is_flag=True, help="Count how many pairs of mistakes can be told, too; slow at first.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write all of it as a page.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def validate(paths: tuple[Path, ...], matrix: bool, pairs: bool, html: Path | None, as_json: bool) -> None:
    """Prove that banks and assessments are sound, and that their cases tell every known mistake.

    \b
    Example:
      grader validate questions/homework.yaml --html matrix.html
    """
    from grader.audit.page import audit_page
    from grader.audit.story import audit
    from grader.audit.terminal import audit_text
    from grader.bank.load import find_assessment
    from grader.files import write_beside
    from grader.pipeline import default_cache

    audits = [audit(path, default_cache(), with_pairs=pairs) for path in paths or (find_assessment(None),)]
    if html is not None:
        write_beside(html, audit_page(audits))
    if as_json:
        click.echo(json.dumps([one.to_json() for one in audits], indent=2))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for one in audits:
            click.echo(_plain(audit_text(one, width, with_matrix=matrix)))
    raise SystemExit(0 if all(one.soundness.is_sound for one in audits) else 1)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@_assessment_option
@click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="How many students must be wrong in the same way.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
def propose(out: Path, assessment: str | None, least: int, as_json: bool) -> None:
    """Propose known mistakes from what students of a graded class do wrong alike.

    OUT is a folder that `grader grade` wrote. For each behaviour that no known mistake explains it prints who
    shows it, on which inputs, what came back, what is true, and the beginning of an entry.

    \b
    Example:
      grader propose results
    """
    from grader.bank.load import find_assessment
    from grader.pipeline import default_cache
    from grader.proposals import propose as find

    proposals = find(out, find_assessment(assessment), default_cache(), least=least)
    if as_json:
        click.echo(json.dumps([one.to_json() for one in proposals], indent=2))
        return
    for one in proposals:
        click.echo(one.text() + "\n")
    noun = "behaviour" if len(proposals) == 1 else "behaviours"
    click.echo(f"{len(proposals)} {noun} of {least} or more students that no known mistake explains", err=True)


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
@click.option("--variants", type=click.IntRange(1, 10_000), metavar="N", help="Make sheets for students 1 to N.")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("sheets"), show_default=True)
@click.option("--format", "target", type=click.Choice(list(FORMATS)), default="html", show_default=True)
@click.option(
    "--edition",
    help="For html: work, practice (marks by itself and holds the answers) or key (for instructors).",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 512), default=None, help="Processes. Default: one a core.")
def sheet(
    assessment: str,
    roster: Path | None,
    student: str | None,
    variant: str | None,
    variants: int | None,
    out: Path,
    target: str,
    edition: str | None,
    jobs: int | None,
) -> None:
    """Make the sheets of a quiz: a variant for each student of a roster, for one student, or for a code.

    \b
    Example:
      grader sheet questions/quiz.yaml --roster roster.csv --out sheets
    """
    from grader import sheets
    from grader.bank.load import find_assessment, load_assessment
    from grader.export.registry import writer_of
    from grader.pipeline import default_cache
    from grader.roster import numbered, read_roster

    if roster is None and student is None and not variant and variants is None:
        hint = (
            "Name a roster with --roster, one student with --student, or a code with --variant; or --variants 20."
        )
        raise InputError("it is not said whose sheets to make", hint=hint)
    settings = sheets.Settings(
        find_assessment(assessment), default_cache(), target, edition or writer_of(target).editions[0], out
    )
    quiz = load_assessment(settings.assessment, settings.cache)
    people = read_roster(roster) if roster else numbered(variants or 0)
    wanted = sheets.choose(quiz, people, student=student, variant=variant)
    for words in sheets.remarks(quiz, wanted, settings):
        click.echo(_plain(f"{target}: {words}"), err=True)
    made = sheets.write_sheets(quiz, wanted, settings, jobs=jobs or _cores())
    count = f"{made.sheets} sheet{'' if made.sheets == 1 else 's'}"
    questions = f"{len(quiz.order)} question{'' if len(quiz.order) == 1 else 's'}"
    click.echo(_plain(f"{count} of {questions} in {out}"), err=True)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
