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
@click.option(
    "--hints",
    type=click.Choice(["question", "pointer", "correction"]),
    default="question",
    show_default=True,
    help="How much to say of a known mistake: what makes you think, where to look, or how to mend it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def check(path: Path, assessment: str | None, question: str | None, hints: str, as_json: bool) -> None:
    """Check your own file or folder: code on the public cases, and whether answers to a quiz can be read.

    What is graded in the end has more cases than these. Which answers are right is not told.

    \b
    Example:
      grader check lstm.py
    """
    from grader.bank.load import find_assessment
    from grader.files import default_cache
    from grader.model.question import Hints
    from grader.report.terminal import console, show_answers, show_check
    from grader.selfcheck import check_path

    checked = check_path(path, find_assessment(assessment), question, default_cache())
    if as_json:
        click.echo(json.dumps(checked.to_json(), indent=2))
    else:
        if checked.answers:
            told = [(one.id, one.status, one.words) for one in checked.answers]
            show_answers(told, checked.notes, console())
        if checked.grade:
            show_check(checked.grade, console(), Hints(hints))
    if checked.problem:
        raise GraderError(checked.problem)
    raise SystemExit(0 if checked.is_done else 1)
