"""Jinja, set up so that a page cannot be broken by what it shows.

Templates are looked up in this order:

    <folder of the assessment>/templates/report/student.html.j2     a course's own, one by one
    templates/report/student.html.j2                                the shipped ones

A course that wants to change one block only writes ``{% extends "shipped/report/student.html.j2" %}``.
Every value is escaped, and what could act on the display is written out (``grader.report.safe``); a name that does
not exist is an error. Errors of templates are told with file and line.
"""

import hashlib
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup, escape

from grader.errors import Complaint, InputError, Place
from grader.report.safe import clip, clip_lines, printable
from grader.report.verdict import ISOLATION_WORDS, VERDICTS, is_pending, some_frames, write_points

__all__ = ["check_templates", "fill", "pour", "template_roots", "templates_digest"]

CHUNK = 1 << 16  # characters written at once
LONGEST = 20_000  # of one value; templates cut earlier where they know more


def fill(name: str, folder: str, values: Mapping[str, Any]) -> str:
    """Fill a template. Raises InputError where the template is wrong."""
    with _told(folder, name):
        return _template(name, folder).render(values)


def pour(name: str, folder: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Fill a template piece by piece, in bounded memory. Raises InputError where the template is wrong."""
    with _told(folder, name):
        waiting: list[str] = []
        size = 0
        for piece in _template(name, folder).generate(values):
            waiting.append(piece)
            size += len(piece)
            if size >= CHUNK:
                yield "".join(waiting)
                waiting.clear()
                size = 0
        yield "".join(waiting)


def check_templates(folder: str) -> None:
    """Read the course's own templates of pages, before the first page is made.

    Raises InputError with everything that is wrong; what is wrong with filling them shows only then.
    """
    complaints: list[Complaint] = []
    own = template_roots(folder)[0]
    for path in sorted([*own.glob("*.j2"), *own.glob("report/**/*.j2")]) if own != _shipped() else ():
        name = path.relative_to(own).as_posix()
        try:
            with _told(folder, name):
                _template(name, folder)
        except InputError as error:
            complaints += error.complaints
    if complaints:
        raise InputError.of(complaints)


def templates_digest(folder: str) -> str:
    """Return the digest of all templates that pages are made from, those in ``folder`` too.

    Raises InputError where a template cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for root in template_roots(folder):
            for path in sorted(root.rglob("*.j2")):
                if path.is_file():
                    digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    except OSError as error:
        name = error.filename or folder
        raise InputError(f"the template {str(name)!r} cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def template_roots(folder: str) -> tuple[Path, ...]:
    """Return the folders with templates, a course's own first."""
    own = Path(folder) / "templates"
    return (own, _shipped()) if folder and own.is_dir() and not own.samefile(_shipped()) else (_shipped(),)


@lru_cache(maxsize=1)
def _shipped() -> Path:
    """Return the folder of the shipped templates: in a wheel inside the package, otherwise beside it."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / "templates"
    return bundled if bundled.is_dir() else package.parent / "templates"


@lru_cache(maxsize=8)
def _environment(folder: str) -> Environment:
    *own, shipped = (FileSystemLoader(root, encoding="utf-8") for root in template_roots(folder))
    loaders: list[BaseLoader] = [*own, shipped, PrefixLoader({"shipped": shipped})]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters, names, tests = cast(
        "list[dict[str, Any]]", [environment.filters, environment.globals, environment.tests]
    )
    filters.update(coded=_coded, clip=clip, clip_lines=clip_lines, points=write_points, some_frames=some_frames)
    tests.update(pending=is_pending)
    names.update(VERDICTS=VERDICTS, ISOLATION_WORDS=ISOLATION_WORDS)
    return environment


def _shown(value: object) -> object:
    """Prepare a value for escaping: every text is made printable and kept from filling the page."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return printable(value if len(value) <= LONGEST else clip(value, LONGEST))


_CODE = re.compile("`([^`\n]+)`")


def _coded(text: str) -> str | Markup:
    """Set what stands between backticks in a sentence as code; the rest is escaped as ever."""
    if "`" not in text:
        return text
    parts = [escape(_shown(part)) for part in _CODE.split(text)]
    # Split puts the code at the odd places.
    # Markup because: format escapes the part.
    parts[1::2] = [Markup("<code>{}</code>").format(part) for part in parts[1::2]]
    return Markup().join(parts)  # Markup because: every part is escaped


@lru_cache(maxsize=64)
def _template(name: str, folder: str) -> Template:
    return _environment(folder).get_template(name)


@contextmanager
def _told(folder: str, name: str) -> Generator[None]:
    """Turn whatever a template raises into one sentence with the template's file and line."""
    try:
        yield
    except TemplateNotFound as error:
        raise InputError(
            f"the template {error.name or name!r} is not there",
            hint="It is looked up in templates/ beside the assessment, then among the shipped templates.",
        ) from error
    except TemplateSyntaxError as error:
        place = Place(error.filename or error.name or name, error.lineno)
        raise InputError(f"the template cannot be read: {error.message}", place=place) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the template {name!r} cannot be read: {error}") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        place = _place(error, folder)
        if place is None:  # not the template's fault: let it be seen
            raise
        raise InputError(f"the template cannot be filled: {type(error).__name__}: {error}", place=place) from error


def _place(error: BaseException, folder: str) -> Place | None:
    """Return the innermost line of a template that an error came through; Jinja puts these into the traceback."""
    roots = tuple(str(root) for root in template_roots(folder))
    place = None
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(roots):
            place = Place(file, trace.tb_lineno)
        trace = trace.tb_next
    return place
