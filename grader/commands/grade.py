"""``grader grade``: grade a class, and resume it."""

import sys
from pathlib import Path

import click

from grader.commands.options import LEVELS, assessment_option, cores

__all__ = ["grade"]


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@assessment_option
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
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A table (CSV) with answers of the class to a quiz: a row a student, a column a question.",
)
@click.option("--any-variant", is_flag=True, help="Let answers count on whatever variant they were given.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json to stdout as well.")
def grade(
    submissions: Path,
    assessment: str | None,
    out: Path,
    jobs: int | None,
    isolation: str,
    answers: tuple[Path, ...],
    any_variant: bool,
    as_json: bool,
) -> None:
    """Grade every student's folder in SUBMISSIONS: code, and answers to a quiz.

    Resumes where an earlier run into the same folder stopped, and grades again only what has changed. A table of
    answers may stand in the place of SUBMISSIONS: grader grade class.csv -a questions/quiz.yaml

    \b
    Example:
      grader grade submissions --out results
    """
    from grader.bank.load import find_assessment
    from grader.files import default_cache
    from grader.model.outcome import Isolation
    from grader.pipeline import grade_class
    from grader.progress import show_progress, show_summary
    from grader.worker import Settings

    settings = Settings(find_assessment(assessment), default_cache(), Isolation(isolation), any_variant)
    with show_progress(sys.stderr) as report:
        summary = grade_class(submissions, settings, out, workers=jobs or cores(), answers=answers, report=report)
    show_summary(summary, sys.stderr)
    if as_json:
        click.echo((out / "results.json").read_text("utf-8"), nl=False)
    if summary.problems:
        raise SystemExit(3)
