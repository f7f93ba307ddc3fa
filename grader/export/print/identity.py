"""What the square code on each page of a printed sheet says: whose sheet it is, which variant, and which page.

    gradegate1:quiz:K7QF-2M9X:3:a4:1f3a9c2e:ada

are the assessment, the variant's code, the page, the paper, a digest of what is printed but for whose it is, and
the student. By the digest a scan knows whether the questions, laid out again, are those that were printed.
"""

import hashlib
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

__all__ = ["Identity", "svg_code"]

START = "gradegate1"
LONGEST = 60  # signs of an id; the code of a longer one would be too dense for a phone
HASHED = "%~"  # cannot come of quoting
MASK = 2  # any is right; trying all eight takes six times as long


@dataclass(frozen=True, slots=True)
class Identity:
    """One page of one sheet."""

    assessment: str
    variant: str
    page: int
    paper: str
    digest: str
    student: str  # as it stands in the code: ``marked`` makes it of an id

    def __str__(self) -> str:
        parts = quote(self.assessment), self.variant, str(self.page), self.paper, self.digest, self.student
        return ":".join((START, *parts))

    def at(self, page: int) -> "Identity":
        """Return another page of the same sheet."""
        return replace(self, page=page)

    @property
    def whole_id(self) -> str | None:
        """The student's id; None where it was too long, and only its mark is in the code."""
        if self.student.startswith(HASHED):
            return None
        return unquote(self.student, errors="surrogateescape")

    @staticmethod
    def marked(student: str) -> str:
        """Return an id as it stands in the code: itself, or the mark of a long one."""
        quoted = quote(student, safe="", errors="surrogateescape")
        if len(quoted) <= LONGEST:
            return quoted
        return HASHED + hashlib.sha256(student.encode("utf-8", "surrogateescape")).hexdigest()[:20]

    @classmethod
    def read(cls, text: str) -> "Identity | None":
        """Return what a code says; None where it is none of ours."""
        start, *parts = text.split(":")
        if start != START or len(parts) != 6 or not parts[2].isascii() or not parts[2].isdigit():
            return None
        assessment, variant, page, paper, digest, student = parts
        return cls(unquote(assessment), variant, int(page[:4]), paper, digest, student)


def svg_code(text: str) -> str:
    """Draw a text as a QR code, without a margin."""
    import segno

    rows = segno.make(text, micro=False, mask=MASK, error="m", boost_error=False).matrix
    path = "".join(
        f"M{start} {y}h{end - start}v1h-{end - start}z"
        for y, row in enumerate(rows)
        for start, end in _runs(bytes(row))
    )
    size = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return from where to where dark modules stand side by side."""
    runs: list[tuple[int, int]] = []
    at = row.find(1)
    while at >= 0:
        end = row.find(0, at)
        end = len(row) if end < 0 else end
        runs.append((at, end))
        at = row.find(1, end)
    return runs
