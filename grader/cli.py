"""The command ``grader``: with ``grader.commands`` the only place that prints and exits.

Data goes to stdout, progress and words to stderr. Every error of ours is told in words; a traceback appears only
with ``--debug``. Modules that import NumPy are imported by the command that needs them.
"""

import os
import sys
from typing import Any

import click

from grader import __version__
from grader.commands.check import check
from grader.commands.doctor import doctor
from grader.commands.grade import grade
from grader.commands.propose import propose
from grader.commands.review import review
from grader.commands.scan import scan
from grader.commands.schema import schema
from grader.commands.sheet import sheet
from grader.commands.validate import validate
from grader.errors import GraderError, InterruptedRunError
from grader.report.safe import printable

__all__ = ["main"]


class _Group(click.Group):
    """Turns our errors into words and exit codes, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GraderError as error:
            if ctx.params.get("debug"):
                raise
            for complaint in error.complaints:
                click.echo(printable(f"grader: {complaint}"), err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("grader: stopped", err=True)
            ctx.exit(InterruptedRunError.exit_code)
        except BrokenPipeError:  # `grader ... | head`: the reader has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


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


for _command in (grade, check, validate, propose, doctor, schema, sheet, review, scan):
    main.add_command(_command)
