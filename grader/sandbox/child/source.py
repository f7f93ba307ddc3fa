"""Find a student's module among their files, load it, and list what it offers.

A module is compiled from its bytes, so that a byte order mark, CRLF and a coding cookie mean what they always
mean. It is loaded under the name of its file, never as ``__main__``. A notebook of the same stem counts as the
module, both for the one that is asked for and where a student's file imports it.
"""

import os
import sys
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType
from typing import Any

import blame
import notebook
import values

__all__ = ["Source", "functions"]

# Python has these before it searches a program's own folder: a student's file of that name is never found.
STARTUP = frozenset(sys.builtin_module_names) | {
    *("abc", "codecs", "encodings", "genericpath", "io", "ntpath", "os", "os.path", "posixpath", "site", "stat"),
    *(
        "_collections_abc",
        "_frozen_importlib",
        "_frozen_importlib_external",
        "_sitebuiltins",
        "__main__",
        "zipimport",
    ),
}
MOST_FUNCTIONS, NAME = 200, 80


class Source:
    """The module that a job asks for."""

    def __init__(self) -> None:
        self.root = self._name = ""
        self.sources = blame.Sources()
        self.remarks: list[str] = []
        self.failures: dict[str, dict[str, Any]] = {}
        self.module = ModuleType("")
        self.namespace: dict[str, Any] = vars(self.module)
        self._names: set[str] = set()
        self._finder = _NotebookFinder(self)

    def find(self, root: str, module: str, names: set[str]) -> str:
        """Return the name of the file in ``root`` that counts as the module, or nothing where there is none.

        ``names`` are the paths of all files, relative and with "/" between their parts.
        """
        self.root, self._name, self._names = root, module, names
        self.sources.root = root
        return next((name for name in (f"{module}.py", f"{module}.ipynb") if name in names), "")

    def load(self, file: str, data: bytes) -> None:
        """Run the module's file; raise whatever it raises."""
        self._prepare()
        if file.endswith(".py") and f"{self._name}.ipynb" in self._names:
            self.remarks.append(f"{self._name}.ipynb was not read, because {file} is there")
        path = f"{self.root}/{file}"
        self.namespace.update(__name__=self._name, __file__=path, __package__="")
        sys.modules[self._name] = self.module
        if file.endswith(".py"):
            code = compile(data, path, "exec", dont_inherit=True)
            exec(code, self.namespace)  # noqa: S102 - this is the sandbox: student code runs here and nowhere else
        else:
            self.run_notebook(data, file, self.namespace)

    def _prepare(self) -> None:
        """Put the student's folder first on the path, and forget modules that their own files replace."""
        sys.path.insert(0, self.root)
        for name in self._names:
            stem, _, rest = name.partition("/")
            if rest == "__init__.py" or (not rest and stem.endswith(".py")):
                _forget(stem.removesuffix(".py"))
            elif stem.endswith(".ipynb") and self._finder not in sys.meta_path:
                sys.meta_path.append(self._finder)

    def run_notebook(self, data: bytes, label: str, namespace: dict[str, Any]) -> None:
        """Run a notebook into a namespace, and keep what is to be said about it."""
        book = notebook.Notebook(data, label, self.sources)
        try:
            book.run(namespace)
        finally:
            self.remarks += book.remarks
            self.failures |= book.failures


class _NotebookFinder:
    """Lets a student's file import a notebook beside it, where no Python file of that name is."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return where the notebook lies; part of Python's import protocol."""
        del target
        file = f"{self._source.root}/{name}.ipynb"
        if path is not None or not os.path.isfile(file):
            return None
        return ModuleSpec(name, self, origin=file)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave making the module to Python; part of its import protocol."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the notebook; part of Python's import protocol."""
        with open(f"{self._source.root}/{module.__name__}.ipynb", "rb") as file:
            data = file.read()
        try:
            self._source.run_notebook(data, f"{module.__name__}.ipynb", vars(module))
        except notebook.NotebookError as error:
            raise ImportError(f"{module.__name__}.ipynb: {error}") from None


def _forget(stem: str) -> None:
    """Let a student's own ``random.py`` be what ``import random`` finds, as it is at home."""
    if stem in sys.modules and stem not in STARTUP:
        for name in [name for name in sys.modules if name == stem or name.startswith(stem + ".")]:
            del sys.modules[name]


def functions(namespace: dict[str, Any], module: str) -> list[list[Any]]:
    """List the public callables of a module as ``[name, least, most, line]``, the student's own first."""
    own: list[list[Any]] = []
    other: list[list[Any]] = []
    for name, thing in list(namespace.items()):
        if type(name) is not str or name.startswith("_") or len(name) > NAME or not callable(thing):
            continue
        if type(thing) is FunctionType:
            (own if thing.__module__ == module else other).append([name, *_arity(thing)])
        elif issubclass(type(thing), type):
            home = type.__dict__["__dict__"].__get__(thing).get("__module__")
            (own if home == module else other).append([name, 0, None, 0])
        else:
            other.append([name, 0, None, 0])
    return (own + other)[:MOST_FUNCTIONS]


def _arity(function: FunctionType) -> tuple[int, int | None, int]:
    """Return how many arguments by position a function takes, read from its code and not from its word."""
    code = function.__code__
    most = code.co_argcount
    least = most - min(len(function.__defaults__ or ()), most)
    return least, None if code.co_flags & 0x04 else most, code.co_firstlineno


def describe_missing(namespace: dict[str, Any], name: str) -> str:
    """Say why a function cannot be called; empty where there is nothing of that name."""
    if name not in namespace:
        return ""
    return f"{name} is not a function but {values.describe(namespace[name])}"
