"""QTI 3.0: a package with a test, its items, and the plots that they show.

    imsmanifest.xml
    test.xml             one section; where variants differ, a section in it from which one is drawn
    items/<id>.xml       a question, whole: all its forms in one item, each with a score of its own
    images/plot-....svg

The file holds the keys: it is for the instructor's platform.
"""

import hashlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from grader.export.archive import add, document, zip_of
from grader.export.losses import Need, losses
from grader.export.parts import Group, groups
from grader.export.picture import picture_of
from grader.export.qti3_item import QTI, elements, write_item
from grader.export.writer import File, Order, Writer
from grader.model.sheet import Sheet

__all__ = ["INSTEAD", "WRITER", "package"]

MANIFEST = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
SUFFIX = ".qti3.zip"

INSTEAD = {
    Need.SOLUTION: "it is shown to scorers, not to candidates",
    Need.NUMBER_WRITING: "players read plain decimals",
    Need.NUMBER_UNITS: "the number is to be entered alone",
    Need.NUMBER_DIGITS: "it is left out",
    Need.FORMULA: "a text entry; people mark it, and the right formula is in the item's note for scorers",
    Need.WORD_IGNORE: "they are compared with them",
    Need.WORD_SPELLING: "players compare sign by sign, capitals apart; spellings without spaces count, too",
    Need.LINES: "a text; people mark it, and the right lines are in the item's note for scorers",
    Need.TEXT: "a text; the rubric and a model answer are in the item's note for scorers",
    Need.ORDER_PAIRS: "the same; but some players take lines that nobody moved for an answer",
    Need.PAIR_FEEDBACK: "it is left out",
    Need.ORDER_FEEDBACK: "it is left out",
    Need.HAND_IN: "a file to upload; people mark it, or `grader grade` does",
    Need.MISCONCEPTION: "QTI keeps none; the feedback on the answer is there",
}


def package(sheets: Sequence[Sheet]) -> bytes:
    """Return the package of a quiz with the variants of some sheets."""
    made = groups(sheets)
    pictures: dict[str, File] = {}
    items: list[tuple[str, File, str]] = []  # an identifier, the file, and the plot that it shows
    for group in made:
        for variant in group.variants:
            drawing, image = variant.posed.item.drawing, ""
            if drawing is not None:
                picture = picture_of(drawing)
                image = f"images/{picture.name}"
                pictures[image] = File(image, picture.data)
            ident = _ident(group.id, variant.code)
            data = write_item(ident, variant.posed, f"../{image}" if image else "")
            items.append((ident, File(f"items/{ident}.xml", data), image))
    return zip_of(
        [
            File("imsmanifest.xml", _manifest(sheets[0], items, list(pictures.values()))),
            File("test.xml", _test(sheets[0], made)),
            *(file for _, file, _ in items),
            *pictures.values(),
        ]
    )


def _ident(*words: str) -> str:
    return "q" + hashlib.sha256("\n".join(words).encode()).hexdigest()[:24]


def _test(sheet: Sheet, made: Sequence[Group]) -> bytes:
    root = Element("qti-assessment-test", {"xmlns": QTI, "identifier": _ident("test", sheet.assessment)})
    root.set("title", sheet.title)
    add(root, "qti-outcome-declaration", identifier="SCORE", cardinality="single", base_type="float")
    part = add(
        root,
        "qti-test-part",
        identifier="part",
        navigation_mode="nonlinear",
        submission_mode="simultaneous",
    )
    section = add(part, "qti-assessment-section", identifier="section", title=sheet.title, visible="true")
    if sheet.introduction:
        block = add(section, "qti-rubric-block", use="instructions", view="candidate")
        add(block, "qti-content-body").append(elements(sheet.introduction))
    for group in made:
        place = section
        if len(group.variants) > 1:
            ident = _ident("group", group.id)
            place = add(section, "qti-assessment-section", identifier=ident, title=group.title, visible="false")
            add(place, "qti-selection", select="1")
        for variant in group.variants:
            ident = _ident(group.id, variant.code)
            add(place, "qti-assessment-item-ref", identifier=ident, href=f"items/{ident}.xml")
    processing = add(add(root, "qti-outcome-processing"), "qti-set-outcome-value", identifier="SCORE")
    add(add(processing, "qti-sum"), "qti-test-variables", variable_identifier="SCORE")
    return document(root, is_indented=False)


def _manifest(sheet: Sheet, items: Sequence[tuple[str, File, str]], pictures: Sequence[File]) -> bytes:
    root = Element("manifest", {"xmlns": MANIFEST, "identifier": _ident("manifest", sheet.assessment)})
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTI Package")
    add(metadata, "schemaversion", "3.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv3p0", "test.xml")
    for ident, file, image in items:
        add(test, "dependency", identifierref=ident)
        item = _resource(resources, ident, "imsqti_item_xmlv3p0", file.name)
        if image:
            add(item, "dependency", identifierref=_ident(image))
    for picture in pictures:
        _resource(resources, _ident(picture.name), "webcontent", picture.name)
    return document(root)


def _resource(resources: Element, identifier: str, kind: str, href: str) -> Element:
    made = add(resources, "resource", identifier=identifier, type=kind, href=href)
    add(made, "file", href=href)
    return made


def _files(order: Order) -> Iterator[File]:
    sheets = [sheet for _, sheet in order.sheets]
    yield File(f"{sheets[0].assessment}{SUFFIX}", package(sheets))


WRITER = Writer(("import",), _files, lambda sheets: losses(INSTEAD, *sheets), is_for_one=False)
