"""Moodle: XML that its question bank imports. Each question is a category, and its variants are what is in it.

    $course$/top/<title>/<version>/<question>

A quiz takes a random question out of each category. The version is made of what is written: Moodle makes second
copies of what it has already, without their ids, so that what changed goes to a place of its own.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from grader.export.archive import add, document
from grader.export.losses import Need, losses
from grader.export.moodle_question import moodle_parts, write_question
from grader.export.parts import Group, groups
from grader.export.picture import picture_of
from grader.export.writer import File, Order, Writer
from grader.model.sheet import Posed, Sheet

__all__ = ["INSTEAD", "WRITER", "category", "question_bank", "version_of"]

SUFFIX = ".moodle.xml"

INSTEAD = {
    Need.CHOICE_PARTIAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.CHOICE_UNEQUAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.NUMBER_WRITING: "Moodle reads decimals, with a comma where its language has one",
    Need.NUMBER_UNITS: "the number is to be entered alone",
    Need.NUMBER_PARTIAL: "the nearest share that Moodle knows, such as 33.33333 %",
    Need.NUMBER_DIGITS: "it is left out",
    Need.FORMULA: "an essay; people mark it, and find the right formula in their notes",
    Need.WORD_IGNORE: "they are compared with them",
    Need.WORD_SPELLING: "Moodle compares sign by sign, capitals apart; spellings without spaces count, too",
    Need.LINES: "an essay; people mark it, and find the right lines in their notes",
    Need.TEXT: "an essay; who marks it finds the rubric and a model answer in their notes",
    Need.PARTS: "a question for each part, each in a category of its own and drawn by itself",
    Need.BLANKS: "fields in a text, whose points are whole numbers in the same proportion",
    Need.BLANKS_FORMULA: "a question for each blank of the text, each in a category of its own",
    Need.ORDER: "places to match with lines; every right place earns its share",
    Need.ORDER_PAIRS: "places to match with lines; every right place earns its share",
    Need.PAIR_FEEDBACK: "it is left out",
    Need.ORDER_FEEDBACK: "it is left out",
    Need.HAND_IN: "an essay with a file; people mark it, or `grader grade` does",
    Need.MISCONCEPTION: "Moodle keeps none; the feedback on the answer is there",
}


def question_bank(sheets: Sequence[Sheet]) -> bytes:
    """Return the XML of all questions of some sheets, with their keys."""
    made = groups(sheets)
    root = Element("quiz")
    path = (sheets[0].title, version_of(made))
    for group in made:
        for number in range(len(moodle_parts(group.variants[0].posed))):
            _group(root, path, group, number)
    return document(root, is_indented=False)


def category(*names: str) -> str:
    """Return the path of a category; a slash within a name is written twice."""
    return "/".join(["$course$", "top", *(" ".join(name.split()).replace("/", "//") for name in names)])


def version_of(made: Sequence[Group]) -> str:
    """Return what tells questions from those of an earlier import, of which one word was another."""
    return hashlib.sha256(repr(made).encode()).hexdigest()[:10]


def _group(root: Element, path: Sequence[str], group: Group, number: int) -> None:
    parts = [(variant.code, moodle_parts(variant.posed)[number]) for variant in group.variants]
    _, first = parts[0]
    question = add(root, "question", type="category")
    add(add(question, "category"), "text", category(*path, *first.item.id.split("/")))
    add(add(question, "info", format="html"), "text", "")
    add(question, "idnumber", "")
    for code, part in parts:
        title = f"{part.item.title} ({code})" if len(parts) > 1 else part.item.title
        write_question(root, title, f"{path[-1]}:{part.item.id}:{code}", part, _picture(part))


def _picture(posed: Posed) -> tuple[str, str]:
    """Return the name and the Base64 of the plot; nothing where there is none."""
    if posed.item.drawing is None:
        return "", ""
    picture = picture_of(posed.item.drawing)
    return picture.name, b64encode(picture.data).decode("ascii")


def _files(order: Order) -> Iterator[File]:
    sheets = [sheet for _, sheet in order.sheets]
    yield File(f"{sheets[0].assessment}{SUFFIX}", question_bank(sheets))


WRITER = Writer(("import",), _files, lambda sheets: losses(INSTEAD, *sheets), is_for_one=False)
