"""``grader scan``: filled sheets, scanned, to a table of answers."""

import sys
from pathlib import Path

import click

from grader.commands.options import cores
from grader.report.safe import printable

__all__ = ["scan"]


@click.command()
@click.argument("scans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-a", "--assessment", metavar="FILE", default="quiz", help="The assessment. Default: the shipped quiz."
)
@click.option("--roster", type=click.Path(path_type=Path), help="A CSV file with a column `student`.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("answers.csv"),
    show_default=True,
    help="The table of answers; scan.html and scan-list.csv go beside it.",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 512), default=None, help="Processes. Default: one a core.")
def scan(scans: tuple[Path, ...], assessment: str, roster: Path | None, out: Path, jobs: int | None) -> None:
    """Read filled sheets from SCANS: PDF, JPEG, PNG or TIFF files, or folders of them.

    Writes a row of answers for each student. What is unsure stays empty there, and is listed in scan.html with its
    picture, beside what was written by hand. Exits with 1 where marks or pages are unsure.

    \b
    Example:
      grader scan scans -a questions/quiz.yaml --roster roster.csv --out answers.csv
    """
    from grader.bank.load import find_assessment
    from grader.files import default_cache
    from grader.roster import read_roster
    from grader.scan import story

    people = read_roster(roster) if roster else ()
    job = story.Job(scans, find_assessment(assessment), default_cache(), out)
    with click.progressbar(length=100, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def report(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        done = story.scan(job, people, jobs=jobs or cores(), report=report)
    for words in done.told():
        click.echo(printable(words), err=True)
    if not done.is_sure:
        raise SystemExit(1)
