"""``grader sheet``: the sheets of a quiz."""

from pathlib import Path

import click

from grader.commands.options import cores
from grader.errors import InputError
from grader.export.registry import FORMATS
from grader.export.writer import PAPERS
from grader.report.safe import printable

__all__ = ["sheet"]


@click.command()
@click.argument("assessment")
@click.option("--roster", type=click.Path(path_type=Path), help="A CSV file with a column `student`.")
@click.option("--student", metavar="ID", help="Make the sheet of this student only.")
@click.option("--variant", metavar="CODE", help="Make the sheet with this code again.")
@click.option("--variants", type=click.IntRange(1, 10_000), metavar="N", help="Make sheets for students 1 to N.")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("sheets"), show_default=True)
@click.option("--format", "target", type=click.Choice(list(FORMATS)), default="html", show_default=True)
@click.option(
    "--edition",
    help="work; for instructors key; for html practice (marks by itself); for pdf marking (to mark by hand).",
)
@click.option("--paper", type=click.Choice(PAPERS), help="What a PDF is printed on. Default: a4.")
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
    paper: str | None,
    jobs: int | None,
) -> None:
    """Make the sheets of a quiz: a variant for each student of a roster, for one student, or for a code.

    ASSESSMENT may be a topic's folder, too: then all of its questions are asked, for its author to look at.

    \b
    Example:
      grader sheet questions/quiz.yaml --roster roster.csv --out sheets
    """
    from grader import sheets
    from grader.bank.load import find_assessment, load_quiz
    from grader.export.registry import writer_of
    from grader.files import default_cache
    from grader.roster import numbered, read_roster

    if roster is None and student is None and not variant and variants is None:
        hint = (
            "Name a roster with --roster, one student with --student, or a code with --variant; or --variants 20."
        )
        raise InputError("it is not said whose sheets to make", hint=hint)
    settings = sheets.Settings(
        find_assessment(assessment),
        default_cache(),
        target,
        edition or writer_of(target).editions[0],
        out,
        paper or "",
    )
    quiz = load_quiz(settings.assessment, settings.cache)
    people = read_roster(roster) if roster else numbered(variants or 0)
    wanted = sheets.choose(quiz, people, student=student, variant=variant)
    for words in sheets.remarks(quiz, wanted, settings):
        click.echo(printable(f"{target}: {words}"), err=True)
    made = sheets.write_sheets(quiz, wanted, settings, jobs=jobs or cores())
    count = f"{made.sheets} sheet{'' if made.sheets == 1 else 's'}"
    questions = f"{len(quiz.order)} question{'' if len(quiz.order) == 1 else 's'}"
    click.echo(printable(f"{count} of {questions} in {out}"), err=True)
