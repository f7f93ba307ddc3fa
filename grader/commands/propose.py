"""``grader propose``: known mistakes to add, from what a class does wrong alike."""

import json
from pathlib import Path

import click

from grader.commands.options import assessment_option

__all__ = ["propose"]


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@assessment_option
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
    from grader.files import default_cache
    from grader.proposals import propose as find

    proposals = find(out, find_assessment(assessment), default_cache(), least=least)
    if as_json:
        click.echo(json.dumps([one.to_json() for one in proposals], indent=2))
        return
    for one in proposals:
        click.echo(one.text() + "\n")
    noun = "behaviour" if len(proposals) == 1 else "behaviours"
    click.echo(f"{len(proposals)} {noun} of {least} or more students that no known mistake explains", err=True)
