"""``grader review``: texts that people mark, one question at a time over the whole class."""

import json
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.errors import InputError
from grader.report.safe import printable

if TYPE_CHECKING:
    from grader.review.story import Settings, Sitting, TakenIn

__all__ = ["review"]

MOST_SHOWN = 10
NOTHING = "there is no text to be marked"


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("-a", "--assessment", metavar="FILE", help="Where the assessment is now, if it was moved since.")
@click.option("--list", "only_list", is_flag=True, help="Say how many texts wait for each question, and stop.")
@click.option("--json", "as_json", is_flag=True, help="With --list or --import: as JSON.")
@click.option("--import", "imported", type=click.Path(path_type=Path), help="Take marks over from a reviews.yaml.")
@click.option("--overwrite", is_flag=True, help="With --import: the file's marks take the place of others.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Listen here. Default: a free one.")
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
def review(
    out: Path,
    assessment: str | None,
    only_list: bool,
    as_json: bool,
    imported: Path | None,
    overwrite: bool,
    port: int,
    no_browser: bool,
) -> None:
    """Mark texts in a browser on this machine: one question at a time, over the whole class.

    OUT is a folder that `grader grade` wrote. Each mark is kept in its gradebook at once; reviews.yaml, pages and
    grades follow when you finish, by the button or with Ctrl-C.

    \b
    Example:
      grader review results
      grader review results --list
    """
    from grader.files import default_cache
    from grader.review.story import Settings

    settings = Settings(out, assessment, default_cache())
    if overwrite and imported is None:
        raise InputError("--overwrite goes with --import", hint="Name the file: --import reviews.yaml.")
    if imported is not None:
        _import(settings, imported, overwrite=overwrite, as_json=as_json)
    elif only_list or as_json:
        _list(settings, as_json=as_json)
    else:
        _sit(settings, port, with_browser=not no_browser)


def _list(settings: "Settings", *, as_json: bool) -> None:
    from grader.review.story import count

    counts = count(settings)
    if as_json:
        fields = ("question", "part", "waiting", "done")
        click.echo(json.dumps([{name: getattr(one, name) for name in fields} for one in counts], indent=2))
        return
    for one in counts:
        part = "" if one.part == "answer" else f" ({one.part})"
        click.echo(printable(f"{one.waiting:5} waiting {one.done:5} marked  {one.question}{part}"))
    waiting = sum(one.waiting for one in counts)
    click.echo(
        f"{waiting} of {waiting + sum(one.done for one in counts)} texts wait" if counts else NOTHING, err=True
    )


def _import(settings: "Settings", file: Path, *, overwrite: bool, as_json: bool) -> None:
    from grader.review.story import take_in

    result = take_in(settings, file, overwrite=overwrite)
    if as_json:
        lists = {
            name: [{"student": one.student, "question": one.question, "part": one.part} for one in slots]
            for name, slots in (("differing", result.differing), ("strange", result.strange))
        }
        click.echo(json.dumps({"taken": result.taken, "known": result.known, **lists}, indent=2))
    else:
        _tell_taken(result)
    _fail_with(result.problems)


def _tell_taken(result: "TakenIn") -> None:
    click.echo(f"{result.taken} marks taken over; {result.known} were here already", err=True)
    for words, slots in (
        ("marked in another way here, and left so (--overwrite takes the file's)", result.differing),
        ("not here, or of another text than the one that was marked", result.strange),
    ):
        if slots:
            click.echo(f"{words}:", err=True)
            for slot in slots[:MOST_SHOWN]:
                click.echo(printable(f"  {slot.student}: {slot.question} ({slot.part})"), err=True)
            if len(slots) > MOST_SHOWN:
                click.echo(f"  and {len(slots) - MOST_SHOWN} more", err=True)


def _sit(settings: "Settings", port: int, *, with_browser: bool) -> None:
    from grader.review.story import sit

    def ready(address: str) -> None:
        click.echo("The review is open at this address, on this machine only; Ctrl-C ends it:", err=True)
        click.echo(address)
        sys.stdout.flush()
        if with_browser:
            webbrowser.open(address)

    def end(sitting: "Sitting") -> None:
        marked = sitting.texts - sitting.waiting
        click.echo(f"{marked} of {sitting.texts} texts are marked, {sitting.waiting} wait", err=True)
        if sitting.exported:
            click.echo(printable(f"  {sitting.exported}"), err=True)
        if sitting.written:
            noun = "page" if sitting.written == 1 else "pages"
            click.echo(f"writing {sitting.written} {noun}, results.json and grades.csv ...", err=True)

    sitting = sit(settings, port, ready, end)
    if sitting is None:
        click.echo(NOTHING, err=True)
        return
    _fail_with(sitting.problems)
    click.echo("done: pages and grades are up to date", err=True)


def _fail_with(problems: Sequence[str]) -> None:
    """Say whose pages could not be written, and exit with 3: the marks are kept."""
    for problem in problems:
        click.echo(printable(f"grader: {problem}"), err=True)
    if problems:
        raise SystemExit(3)
