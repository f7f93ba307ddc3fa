"""``grader schema``: JSON Schemas for editors."""

import json

import click

__all__ = ["schema"]


@click.command()
@click.argument("of", type=click.Choice(["bank", "assessment"]))
def schema(of: str) -> None:
    """Print the JSON Schema of a bank or an assessment, for editors.

    \b
    Example:
      grader schema bank > bank.schema.json
    """
    from grader.bank.schema import json_schema

    click.echo(json.dumps(json_schema("bank" if of == "bank" else "assessment"), indent=2))
