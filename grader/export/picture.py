"""A drawing as an SVG file of its own, which brings the colours that a page's style sheet would give."""

import hashlib

from grader.export.figure import draw_figure
from grader.export.writer import File
from grader.model.sheet import Drawing

__all__ = ["picture_of"]

STYLE = (
    "svg{background:#fff;font:12.5px sans-serif}path{fill:none}text{fill:#444}.mid{text-anchor:middle}"
    ".end{text-anchor:end}.grid{stroke:#ddd}.axis{stroke:#777}"
    ".curve{stroke:#111;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}"
    ".c2{stroke-dasharray:9 5}.c3{stroke-dasharray:2 5}.c4{stroke-dasharray:11 4 2 4}"
)


def picture_of(drawing: Drawing) -> File:
    """Draw a figure as a file; its name is made of what it shows."""
    made = str(draw_figure(drawing, title="The plot of the question", ident="plot"))
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="520" '
    start, end = made.split(">", 1)
    text = f"{start.replace('<svg ', head, 1)}><style>{STYLE}</style>{end}\n"
    data = text.encode()
    return File(f"plot-{hashlib.sha256(data).hexdigest()[:16]}.svg", data)
