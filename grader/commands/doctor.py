"""``grader doctor``: what this machine can isolate."""

import json

import click

__all__ = ["doctor"]


@click.command()
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
