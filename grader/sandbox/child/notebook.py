"""Read a notebook as a module: top-level imports, functions, classes and assignments, in order.

The file is JSON, nbformat 3 (cells inside worksheets, code under ``input``) or 4 (code under ``source``, a text
or a list of lines). Whatever else stands in a cell (calls, loops, plots, ``if __name__ == "__main__":``) is not
run. Statements are run one by one, so that one that raises costs only itself, and is told in a remark.

Lines of IPython that are no Python (``%matplotlib inline``, ``!pip install``, ``?help``) become ``pass``, but
only in cells that do not parse as they are: ``%`` may also begin the second line of a formula.
"""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import blame
import values

__all__ = ["Notebook", "NotebookError", "cells"]

KEPT = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ASSIGNED = (ast.Assign, ast.AnnAssign, ast.AugAssign)
TRANSPARENT = re.compile(r"%%(time|capture)\b")  # what follows is Python, run as ever
MAGIC = re.compile(r"^(\s*)([%!?].*|[\w.]+\?{1,2}\s*|[\w, ]+=\s*[%!].*)$")
REMARKS, REMARK = 20, 300


class NotebookError(Exception):
    """The file is not a notebook; the text says why."""


def cells(data: bytes) -> list[str]:
    """Return the source of each code cell."""
    try:
        book = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"it is not a notebook: {str(error)[:REMARK]}") from None
    if not isinstance(book, dict):
        raise NotebookError("it is not a notebook: there are no cells")
    held: Any = book.get("cells")
    if held is None and isinstance(book.get("worksheets"), list):
        held = [
            cell for sheet in book["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells") or []
        ]
    if not isinstance(held, list):
        raise NotebookError("it is not a notebook: there are no cells")
    return [_text(cell) for cell in held if isinstance(cell, dict) and cell.get("cell_type") == "code"]


def _text(cell: dict[str, Any]) -> str:
    """Return the code of one cell."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def parse(source: str, filename: str) -> ast.Module:
    """Parse one cell; where it is no Python, without the lines that only IPython understands."""
    first, _, rest = source.lstrip().partition("\n")
    if first.startswith("%%"):
        if not TRANSPARENT.match(first):
            return ast.Module([], [])
        source = "\n" * (source[: len(source) - len(source.lstrip())].count("\n") + 1) + rest
    try:
        return ast.parse(source, filename)
    except SyntaxError:
        # a template in the place of _passing would have the pattern import re, and find a student's file
        plain = "\n".join(MAGIC.sub(_passing, line) for line in source.splitlines())
        if plain == source:
            raise
        return ast.parse(plain, filename)


def _passing(line: re.Match[str]) -> str:
    """Return what stands in the place of a line that only IPython understands."""
    return f"{line[1]}pass"


class Notebook:
    """One notebook on its way into a module's namespace."""

    def __init__(self, data: bytes, label: str, sources: blame.Sources) -> None:
        self._cells = cells(data)
        self._label, self._sources = label, sources
        self.remarks: list[str] = []
        self.failures: dict[str, dict[str, Any]] = {}  # by name: why a function or class is not there

    def run(self, namespace: dict[str, Any]) -> None:
        """Run what counts of every cell."""
        for at, source in enumerate(self._cells, 1):
            filename = f"{self._label}, cell {at}"
            self._sources.add(filename, filename, source)
            for node in self._statements(source, filename, at):
                self._run_statement(node, filename, at, namespace)

    def _statements(self, source: str, filename: str, at: int) -> Iterator[ast.stmt]:
        """Return the statements of one cell that count; tell of a cell that cannot be parsed."""
        try:
            body = parse(source, filename).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 0
            what = getattr(error, "msg", None) or str(error)
            self._remark(f"cell {at}, line {line}: {values.type_name(error)}: {what}; the cell was left out")
            for name in re.findall(r"^\s*(?:async\s+)?(?:def|class)\s+(\w+)", source, re.MULTILINE):
                self.failures[name] = blame.raised(error, self._sources)
            return iter(())
        return (node for node in body if isinstance(node, KEPT + ASSIGNED))

    def _run_statement(self, node: ast.stmt, filename: str, at: int, namespace: dict[str, Any]) -> None:
        """Run one statement; drop it with a remark where it raises."""
        try:
            code = compile(ast.Module([node], []), filename, "exec", dont_inherit=True)
            exec(code, namespace)  # noqa: S102 - this is the sandbox: student code runs here and nowhere else
        except MemoryError:
            raise
        except BaseException as error:  # noqa: BLE001 - what a student's statement raises (sys.exit, say) is told
            shown = ast.unparse(node).partition("\n")[0]
            if len(shown) > 60:
                shown = shown[:57] + "..."
            self._remark(f"cell {at}: dropped `{shown}`, which raised {values.type_name(error)}")
            if isinstance(node, KEPT[2:]):
                self.failures[node.name] = blame.raised(error, self._sources)

    def _remark(self, text: str) -> None:
        if len(self.remarks) < REMARKS:
            self.remarks.append(text[:REMARK])
