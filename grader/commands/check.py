"""``grader check``: a student's own check."""

import json
from pathlib import Path

import click

from grader.commands.options import assessment_option
from grader.errors import GraderError

__all__ = ["check"]


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@assessment_option
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
