"""Tables as CSV: rows read as spreadsheets and platforms write them, and written so that these read them right.

Commas, semicolons or tabs, whichever the first line has most of. Rows that are empty are left
out. UTF-8, or what spreadsheets call Unicode.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import InputError, Place

__all__ = ["read_rows", "write_row"]

MOST_BYTES = 16 << 20


def read_rows(path: Path, what: str, hint: str, most: int = MOST_BYTES) -> Iterator[tuple[int, list[str]]]:
    """Yield each row and the line on which it ends. Raises InputError; ``what`` names the file: "the roster"."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        words = f"{what} cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError(words, hint=hint, place=Place(str(path))) from error
    if len(data) > most:
        raise InputError(f"{what} is larger than {most >> 20} MiB", place=Place(str(path)))
    text = _text(path, data, what)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from ((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise InputError(f"{what} is no CSV: {error}", place=Place(str(path), reader.line_num)) from error


def write_row(cells: Sequence[object]) -> str:
    """Write a row. Texts of others must have gone through ``safe_cell``, so that none is taken for a formula."""
    line = io.StringIO()
    # Where commas are for decimals, spreadsheets cut at semicolons: unquoted, `x;=1+1` would begin a second cell.
    is_cut = any(";" in str(cell) for cell in cells)
    quoting = csv.QUOTE_NONNUMERIC if is_cut else csv.QUOTE_MINIMAL
    csv.writer(line, lineterminator="\n", quoting=quoting).writerow(cells)
    return line.getvalue()


def _text(path: Path, data: bytes, what: str) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = f"{what} is not UTF-8: byte 0x{data[error.start]:02x}"
        raise InputError(words, hint="Save it as CSV in UTF-8.", place=Place(str(path), line)) from error
