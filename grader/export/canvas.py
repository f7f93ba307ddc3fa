"""Canvas: a zip of QTI 1.2 with Canvas's own question types, which its importer turns into a quiz.

    imsmanifest.xml
    <id>/<id>.xml                the questions; a group of variants is a section from which one is drawn
    <id>/assessment_meta.xml     what the quiz is called and how it is given
    images/plot-....svg

The file holds the keys: it is for the instructor. Nothing of results is shown to students until they are released.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from grader.export.archive import add, document, zip_of
from grader.export.canvas_item import canvas_parts, write_item
from grader.export.losses import Need, losses
from grader.export.parts import Group, groups, points_text
from grader.export.picture import picture_of
from grader.export.writer import File, Order, Writer
from grader.model.sheet import Posed, Sheet

__all__ = ["INSTEAD", "WRITER", "package"]

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META = "http://canvas.instructure.com/xsd/cccv1p0"
MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
SUFFIX = ".canvas.zip"

INSTEAD = {
    Need.CHOICE_PARTIAL: "only the best choice earns points, all of them",
    Need.CHOICE_UNEQUAL: "all right choices weigh the same, and a wrong one takes as much away",
    Need.NUMBER_WRITING: "Canvas reads plain decimals",
    Need.NUMBER_UNITS: "the number is to be entered alone",
    Need.NUMBER_PARTIAL: "a number that would earn a part earns nothing",
    Need.NUMBER_FEEDBACK: "it is left out",
    Need.NUMBER_DIGITS: "it is left out",
    Need.FORMULA: "an essay; people mark it, and the right formula is in the question's comment",
    Need.WORD_IGNORE: "they are compared with them",
    Need.WORD_SPELLING: "Canvas compares sign by sign, capitals apart; spellings without spaces count, too",
    Need.WORD_FEEDBACK: "it is left out",
    Need.LINES: "an essay; people mark it, and the right lines are in the question's comment",
    Need.TEXT: "an essay; the rubric and a model answer are in the question's comment",
    Need.PARTS: "a question for each part; in a quiz of several variants each is drawn by itself",
    Need.BLANKS_NUMBER: "a question for each blank of the text; with several variants each is drawn by itself",
    Need.BLANKS_FORMULA: "a question for each blank of the text; with several variants each is drawn by itself",
    Need.BLANKS_UNEQUAL: "a question for each blank of the text; with several variants each is drawn by itself",
    Need.ORDER: "places to match with lines; every right place earns its share",
    Need.ORDER_PAIRS: "places to match with lines; every right place earns its share",
    Need.PAIR_FEEDBACK: "it is left out",
    Need.ORDER_FEEDBACK: "it is left out",
    Need.HAND_IN: "a file to upload; people mark it, or `grader grade` does",
    Need.MISCONCEPTION: "Canvas keeps none",
}


def package(name: str, sheets: Sequence[Sheet]) -> bytes:
    """Return the zip of a quiz with the variants of some sheets; ``name`` tells it from others."""
    made = groups(sheets)
    ident = _ident("quiz", name, *(one.variant for one in sheets))
    images = [
        picture_of(variant.posed.item.drawing)
        for group in made
        for variant in group.variants
        if variant.posed.item.drawing is not None
    ]
    images = [File(f"images/{image.name}", image.data) for image in {one.name: one for one in images}.values()]
    sheet = sheets[0]
    return zip_of(
        [
            File("imsmanifest.xml", _manifest(ident, images)),
            File(f"{ident}/{ident}.xml", _assessment(ident, sheet.title, made)),
            File(f"{ident}/assessment_meta.xml", _meta(ident, sheet, made)),
            *images,
        ]
    )


def _ident(*words: str) -> str:
    """Return a name for an element: the same for the same words."""
    return "g" + hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def _assessment(ident: str, title: str, made: Iterable[Group]) -> bytes:
    root = Element("questestinterop", {"xmlns": QTI})
    assessment = add(root, "assessment", ident=ident, title=title)
    metadata = add(add(assessment, "qtimetadata"), "qtimetadatafield")
    add(metadata, "fieldlabel", "cc_maxattempts")
    add(metadata, "fieldentry", "1")
    section = add(assessment, "section", ident="root_section")
    for group in made:
        for number in range(len(canvas_parts(group.variants[0].posed))):
            _group(section, ident, group, number)
    return document(root)


def _group(section: Element, ident: str, group: Group, number: int) -> None:
    """Write one part of a question: an item, or a section of variants from which one is drawn."""
    parts = [(variant, canvas_parts(variant.posed)[number]) for variant in group.variants]
    _, first = parts[0]
    if len(parts) > 1:
        section = add(section, "section", ident=_ident(ident, first.item.id, "group"), title=first.item.title)
        selection = add(add(section, "selection_ordering"), "selection")
        add(selection, "selection_number", "1")
        add(add(selection, "selection_extension"), "points_per_item", points_text(first.item.points))
    for variant, part in parts:
        write_item(
            section,
            _ident(ident, part.item.id, variant.code),
            _title(variant.code if len(parts) > 1 else "", part),
            part,
        )


def _title(code: str, part: Posed) -> str:
    return f"{part.item.title} ({code})" if code else part.item.title


def _meta(ident: str, sheet: Sheet, made: Iterable[Group]) -> bytes:
    from grader.export.canvas_item import maths
    from grader.export.prose import xhtml

    root = Element("quiz", {"xmlns": META, "identifier": ident})
    points = sum((group.variants[0].posed.item.points for group in made), Fraction(0))
    for tag, text in (
        ("title", sheet.title),
        ("description", xhtml(sheet.introduction, maths)),
        ("shuffle_answers", "false"),  # an order of choices is a part of the variant
        ("scoring_policy", "keep_highest"),
        ("hide_results", "always"),  # solutions would travel from the first student to the last
        ("quiz_type", "assignment"),
        ("points_possible", points_text(points)),
        ("show_correct_answers", "false"),
        ("allowed_attempts", "1"),
    ):
        add(root, tag, text)
    return document(root)


def _manifest(ident: str, images: Sequence[File]) -> bytes:
    root = Element("manifest", {"xmlns": MANIFEST, "identifier": f"{ident}_manifest"})
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    quiz = add(resources, "resource", identifier=ident, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{ident}/{ident}.xml")
    add(quiz, "dependency", identifierref=f"{ident}_meta")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    href = f"{ident}/assessment_meta.xml"
    add(add(resources, "resource", identifier=f"{ident}_meta", type=kind, href=href), "file", href=href)
    for image in images:
        name = _ident("image", image.name)
        add(
            add(resources, "resource", identifier=name, type="webcontent", href=image.name),
            "file",
            href=image.name,
        )
    return document(root)


def _files(order: Order) -> Iterator[File]:
    sheets = [sheet for _, sheet in order.sheets]
    yield File(f"{sheets[0].assessment}{SUFFIX}", package(sheets[0].assessment, sheets))


WRITER = Writer(("import",), _files, lambda sheets: losses(INSTEAD, *sheets), is_for_one=False)
