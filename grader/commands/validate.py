"""``grader validate``: prove banks and assessments."""

import json
import shutil
import sys
from pathlib import Path

import click

from grader.report.safe import printable

__all__ = ["validate"]


@click.command()
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
    from grader.files import default_cache, write_beside

    audits = [audit(path, default_cache(), with_pairs=pairs) for path in paths or (find_assessment(None),)]
    if html is not None:
        write_beside(html, audit_page(audits))
    if as_json:
        click.echo(json.dumps([one.to_json() for one in audits], indent=2))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for one in audits:
            click.echo(printable(audit_text(one, width, with_matrix=matrix)))
    raise SystemExit(0 if all(one.soundness.is_sound for one in audits) else 1)
