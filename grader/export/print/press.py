"""Typst, and the templates that it is given: nothing else is read, and nothing is fetched.

    sheet/work.typ            a course's own template, or the shipped one
    shipped/sheet/paper.typ   the shipped ones, for a course's own to import

lie in a folder of their own, which goes when the process ends.
"""

import hashlib
import importlib.util
import json
import re
import shutil
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Literal, cast

from grader.errors import InputError
from grader.report.environment import template_roots

if TYPE_CHECKING:
    import typst

__all__ = ["Press", "need_typst", "press_of"]

KINDS = {".typ", ".svg", ".png", ".jpg", ".jpeg"}  # what a template may be made of
Standard = Literal["ua-1"] | None
PAGE = re.compile(rb"/Type\s*/Page\b")
FOR_INSTRUCTORS = ("/answers.typ", "/key.typ", "/marking.typ")  # another look of these changes no sheet
FIRST_GUESS = 8  # pages
MOST_PAGES = 400
BLANK_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def need_typst() -> None:
    """Raise InputError where what makes PDFs is not installed."""
    missing = [name for name in ("typst", "tex2typst", "segno") if importlib.util.find_spec(name) is None]
    if missing:
        words = f"PDFs cannot be made: {', '.join(missing)} not installed"
        raise InputError(words, hint='Install it: pip install "gradegate[pdf]"')


def press_of(folder: str) -> "Press":
    """Return what prints with the templates beside an assessment in ``folder``, and with the shipped ones.

    It is kept, since what it made before makes the next sheet quicker. Raises InputError where Typst is not there.
    """
    need_typst()
    *own, shipped = template_roots(folder)
    files = {f"shipped/sheet/{name}": data for name, data in _files(shipped)}
    for root in (shipped, *own):
        files |= {f"sheet/{name}": data for name, data in _files(root)}
    return _press(tuple(sorted(files.items())))


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    folder = root / "sheet"
    try:
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.suffix in KINDS and file.is_file():
                yield file.name, file.read_bytes()
    except OSError as error:
        raise InputError(f"the templates in {str(folder)!r} cannot be read: {error.strerror}") from error


@lru_cache(maxsize=4)
def _press(files: tuple[tuple[str, bytes], ...]) -> "Press":
    """Lay out templates in a folder of their own, which goes with what prints by them."""
    root = Path(mkdtemp(prefix="gradegate-"))
    for name, data in files:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    work = (data for name, data in files if not name.endswith(FOR_INSTRUCTORS))
    press = Press(root, hashlib.sha256(b"".join(work)).hexdigest())
    weakref.finalize(press, shutil.rmtree, root, ignore_errors=True)
    return press


class Press:
    """Typst with the templates in a folder; ``digest`` is of those that a work sheet may be made of."""

    def __init__(self, root: Path, digest: str) -> None:
        import typst

        self.digest = digest
        self._root = root
        self._compiler = typst.Compiler(root=str(root), font_paths=_fonts())
        self._pages = FIRST_GUESS

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
        """Print, with as many codes as there are pages; None where another attempt may do.

        How many there will be is guessed: a template that asked for it would take twice as long.
        """
        try:
            while True:
                drawn = codes(self._pages) if codes else []
                made = self._compile(edition, {**values, "codes": drawn}, "pdf", standard)
                pages = len(PAGE.findall(made))
                is_enough = not codes or pages <= len(drawn)
                self._pages = max(pages, 1)  # the next sheet will have about as many
                if is_enough:
                    return made
        except RuntimeError as error:
            if standard:
                return None
            raise self._complaint(edition, error) from error

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
