"""Typst, and the templates that it is given: nothing else is read, and nothing is fetched.

    sheet/work.typ            a course's own template, or the shipped one
    shipped/sheet/paper.typ   the shipped ones, for a course's own to import

lie in a folder that is there only while sheets are made.
"""

import hashlib
import importlib.util
import json
import re
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, cast

from grader.errors import InputError
from grader.report.environment import template_roots

if TYPE_CHECKING:
    import typst

__all__ = ["Press", "need_typst", "open_press"]

KINDS = {".typ", ".svg", ".png", ".jpg", ".jpeg"}  # what a template may be made of
Standard = Literal["ua-1"] | None
PAGES = re.compile(r"pages: ([0-9]+)")
PAGE = re.compile(rb"/Type\s*/Page\b")
FOR_INSTRUCTORS = {"answers.typ", "key.typ", "marking.typ"}  # another look of these changes no sheet
FIRST_GUESS = 8  # pages
MOST_PAGES = 400
BLANK_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def need_typst() -> None:
    """Raise InputError where what makes PDFs is not installed."""
    missing = [name for name in ("typst", "tex2typst", "segno") if importlib.util.find_spec(name) is None]
    if missing:
        words = f"PDFs are made with {', '.join(missing)}, which is not installed"
        raise InputError(words, hint='Install it: pip install "gradegate[pdf]"')


@contextmanager
def open_press(folder: str) -> Generator["Press"]:
    """Lay out the templates for Typst, those beside an assessment in ``folder`` first; they go when it is done."""
    need_typst()
    with TemporaryDirectory(prefix="gradegate-") as made:
        root = Path(made)
        roots = template_roots(folder)
        for source, target in ((roots[-1], root / "shipped"), *((one, root) for one in reversed(roots))):
            _copy(source / "sheet", target / "sheet")
        yield Press(root)


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.iterdir()) if source.is_dir() else ():
        if file.suffix in KINDS and file.is_file():
            shutil.copyfile(file, target / file.name)


class Press:
    """Typst with the templates in a folder. What it made before makes the next sheet quicker."""

    def __init__(self, root: Path) -> None:
        import typst

        self._root = root
        self._compiler = typst.Compiler(root=str(root), font_paths=_fonts())
        self._pages = FIRST_GUESS
        files = [file for file in sorted(root.rglob("*")) if file.is_file() and file.name not in FOR_INSTRUCTORS]
        self.digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    def pdf(self, edition: str, data: Mapping[str, Any], codes: Callable[[int], list[str]] | None = None) -> bytes:
        """Print a sheet. ``codes`` draws the square codes of so many pages.

        It is PDF/UA-1, but for a sheet with a sign that no font has. Raises InputError for a wrong template.
        """
        values = dict(data)
        for standard in ("ua-1", "ua-1", None):
            made = self._attempt(edition, values, standard, codes)
            if made is not None:
                return made
            if standard:
                values = self._without_bad_formulas(values)
        raise AssertionError  # the last attempt raises what is wrong

    def layout(self, edition: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return where on which page each field is, in millimetres, as the template recorded it.

        Raises InputError for a wrong template.
        """
        wanted = {**data, "records": True, "codes": [BLANK_CODE] * MOST_PAGES}
        try:
            return self._recorded(edition, wanted)
        except RuntimeError:
            try:
                return self._recorded(edition, self._without_bad_formulas(wanted))
            except RuntimeError as error:
                raise self._complaint(edition, error) from error

    def _recorded(self, edition: str, values: Mapping[str, Any]) -> dict[str, Any]:
        self._compile(edition, values, "png", None)  # a query cannot be given data
        return json.loads(self._compiler.query("<layout>", field="value", one=True))

    def _attempt(
        self,
        edition: str,
        values: dict[str, Any],
        standard: Standard,
        codes: Callable[[int], list[str]] | None,
    ) -> bytes | None:
        """Print, with as many codes as there are pages; None where another attempt may do."""
        for _ in range(3):
            try:
                drawn = codes(self._pages) if codes else []
                made = self._compile(edition, {**values, "codes": drawn}, "pdf", standard)
            except RuntimeError as error:
                pages = PAGES.search(str(error))
                if not pages:
                    if standard:
                        return None
                    raise self._complaint(edition, error) from error
                self._pages = int(pages[1])
            else:
                self._pages = max(len(PAGE.findall(made)), 1)  # the next sheet will have about as many
                return made
        return None

    def _compile(
        self, edition: str, values: Mapping[str, Any], target: Literal["pdf", "png"], standard: Standard
    ) -> bytes:
        written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        written = written.encode("utf-8", "backslashreplace").decode()
        made = self._compiler.compile(
            input=str(self._root / "sheet" / f"{edition}.typ"),
            format=target,
            ppi=1 if target == "png" else None,
            sys_inputs={"data": written},
            pdf_standards=standard,
        )
        return cast("bytes", made)  # of pictures, which nobody looks at, a list

    def _complaint(self, edition: str, error: Exception) -> InputError:
        words = " ".join(str(getattr(error, "message", error)).split())
        return InputError(
            f"the template sheet/{edition}.typ cannot be printed: {words}",
            hint="It is looked up in templates/sheet/ beside the assessment, then among the shipped templates.",
        )

    def _without_bad_formulas(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data with its formulas as code where Typst cannot read them."""

        def cleaned(node: Any) -> Any:
            if isinstance(node, dict):
                return {name: cleaned(value) for name, value in node.items()}
            if not isinstance(node, list):
                return node
            if len(node) == 3 and node[0] in ("maths", "formula") and isinstance(node[1], str):
                return node if self._is_formula(node[1]) else ["code", node[2]]
            return [cleaned(part) for part in node]

        return {name: cleaned(value) for name, value in data.items()}

    def _is_formula(self, source: str) -> bool:
        text = f'#eval({json.dumps(source, ensure_ascii=False)}, mode: "math")'
        try:
            self._compiler.compile(input=text.encode(), format="svg", sys_inputs={})
        except RuntimeError:
            return False
        return True


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    """Return the fonts that Typst brings along, and the machine's for names that these cannot write."""
    import typst

    return typst.Fonts(include_system_fonts=True)
