"""A zip whose bytes depend on nothing but its files; and XML written so that it can be read."""

import io
import zipfile
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from grader.export.writer import File

__all__ = ["add", "document", "zip_of"]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can tell
PLAIN_FILE = 0o100644 << 16
UNIX = 3


def zip_of(files: Iterable[File]) -> bytes:
    """Pack files in the order in which they come; of two with one name, the first."""
    packed = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            if file.name in seen:
                continue
            seen.add(file.name)
            entry = zipfile.ZipInfo(file.name, EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, PLAIN_FILE, UNIX
            archive.writestr(entry, file.data)
    return packed.getvalue()


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """Add an element; a trailing ``_`` of an attribute's name is left out, other ``_`` are ``-``."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = SubElement(parent, tag, named)
    made.text = text
    return made


def document(root: Element, *, is_indented: bool = True) -> bytes:
    """Write an XML document. Indenting adds spaces between elements: not for what has text beside elements."""
    if is_indented:
        indent(root)
    written = io.BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue() + b"\n"
