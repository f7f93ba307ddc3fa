"""The targets, by the name that stands after ``--format``: add a line here, and ``WRITER`` to a module."""

from importlib import import_module

from grader.export.writer import Writer

__all__ = ["FORMATS", "writer_of"]

FORMATS = {
    "html": "grader.export.html",
    "pdf": "grader.export.pdf",
    "canvas": "grader.export.canvas",
    "moodle": "grader.export.moodle",
    "qti3": "grader.export.qti3",
    "gift": "grader.export.gift",
    "markdown": "grader.export.markdown",
}


def writer_of(name: str) -> Writer:
    """Return the writer of a format."""
    return import_module(FORMATS[name]).WRITER
