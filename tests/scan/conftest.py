"""A sheet that was printed and drawn as a picture; what fills it in, and what spoils it as phones do."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pypdfium2
import pytest

from grader.bank.load import load_assessment
from grader.export import pdf
from grader.export.print.press import press_of
from grader.quiz.sheet import secret_of, sheet_for
from grader.scan.plan import Plan, Planner

DPI = 200
SCALE = DPI / 25.4  # pixels a millimetre
QUIZ = """
title: Filled in
seed: scans
questions:
  - {id: tanh/range, points: 1}
  - {id: tanh/when_gradients_vanish, points: 1}
  - {id: tanh/reaches_one, points: 1}
  - {id: tanh/value_by_hand, points: 1}
  - {id: tanh/order_by_value, points: 1}
  - {id: tanh/at_the_origin, points: 1}
  - {id: tanh/symmetry, points: 1}
"""
SINGLE, SEVERAL, REASON, NUMBER, ORDER, PAIRS, BLANKS = (
    "tanh/range", "tanh/when_gradients_vanish", "tanh/reaches_one", "tanh/value_by_hand", "tanh/order_by_value",
    "tanh/at_the_origin", "tanh/symmetry",
)  # fmt: skip
CHOSEN = {
    (SINGLE, 0, ""): "B", (SEVERAL, 0, ""): "ACF", (REASON, 0, ""): "A",
    **{(ORDER, 0, str(n)): letter for n, letter in enumerate("CAEBD", start=1)},
    **{(PAIRS, 0, left): letter for left, letter in zip("1234", "BADC", strict=True)},
}  # fmt: skip
CELLS = {
    SINGLE: "B", SEVERAL: "A C F", REASON: "A", NUMBER: "", ORDER: "C A E B D",
    PAIRS: '{"1": "B", "2": "A", "3": "D", "4": "C"}', BLANKS: "",
}  # fmt: skip


@dataclass(frozen=True)
class Blank:
    """A printed sheet: where everything is, and its pages as pictures."""

    plan: Plan
    pages: tuple[np.ndarray, ...]
    data: bytes
    variant: str

    def at(self, question: str, letter: str, row: str = "") -> tuple[int, int, int]:
        """Return the page of a bubble, from 0, and its centre in pixels."""
        for number, page in enumerate(self.plan.pages):
            for bubble in page.bubbles:
                if (bubble.field.question, bubble.field.row, bubble.letter) == (question, row, letter):
                    return number, round(bubble.at[0] * SCALE), round(bubble.at[1] * SCALE)
        raise LookupError(letter)

    def filled(self, chosen: Mapping[tuple[str, int, str], str] = CHOSEN) -> list[np.ndarray]:
        """Return the pages with bubbles filled in."""
        pages = [page.copy() for page in self.pages]
        for (question, _, row), letters in chosen.items():
            for letter in letters:
                page, x, y = self.at(question, letter, row)
                cv2.circle(pages[page], (x, y), round(1.8 * SCALE), 60, -1)
        return pages

    def place(self, question: str) -> tuple[int, int, int]:
        """Return the page and the lower left corner of the first place to write in of a question."""
        for number, page in enumerate(self.plan.pages):
            for region in page.regions:
                if region.field.question == question:
                    return number, round(region.start[0] * SCALE) + 30, round(region.end[1] * SCALE) - 22
        raise LookupError(question)


@pytest.fixture(scope="session")
def quiz(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("scanned course") / "quiz.yaml"
    file.write_text(QUIZ)
    return file


@pytest.fixture(scope="session")
def blank(quiz) -> Callable[[str], Blank]:
    """Print a student's sheet, once."""
    assessment = load_assessment(quiz, None)
    made: dict[str, Blank] = {}

    def go(student: str, paper: str = "a4") -> Blank:
        if student not in made:
            handout = sheet_for(assessment, student, secret_of(assessment)).handout
            press = press_of("")
            data = pdf.work_pdf(handout, press, paper)
            plan = Planner(assessment).plan(pdf.identity_of(handout, press, pdf.work_layout(handout, paper)))
            document = pypdfium2.PdfDocument(data)
            pages = tuple(page.render(scale=DPI / 72, grayscale=True).to_numpy().copy() for page in document)
            document.close()
            made[student] = Blank(plan, pages, data, handout.variant)
        return made[student]

    return go


def spoil(picture: np.ndarray, seed: int, turn: float = 4.0) -> np.ndarray:
    """Photograph a page: askew, turned, out of focus, badly lit, with noise."""
    draw, noise = random.Random(seed), np.random.default_rng(seed)
    picture = cv2.copyMakeBorder(picture, 120, 120, 120, 120, cv2.BORDER_CONSTANT, value=90)
    height, width = picture.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + np.array([[draw.uniform(-90, 90) for _ in range(2)] for _ in range(4)], np.float32)
    picture = cv2.warpPerspective(
        picture, cv2.getPerspectiveTransform(corners, moved), (width, height), borderValue=90
    )
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    picture = cv2.warpAffine(picture, matrix, (width, height), borderValue=90)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.3)
    y, x = np.mgrid[0:height, 0:width]
    light = 1 - 0.35 * (x / width * draw.random() + y / height * draw.random())
    return np.clip(picture * light + noise.normal(0, 8, picture.shape), 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def paper() -> SimpleNamespace:
    return SimpleNamespace(
        scale=SCALE, spoil=spoil, chosen=CHOSEN, cells=CELLS, single=SINGLE, several=SEVERAL, reason=REASON,
        number=NUMBER, order=ORDER, pairs=PAIRS, blanks=BLANKS,
    )  # fmt: skip


@pytest.fixture
def scans(tmp_path) -> Iterator[Callable[..., Path]]:
    """Write pages as pictures into a folder."""
    folder = tmp_path / "scans"
    folder.mkdir()

    def go(pages: list[np.ndarray], name: str = "page", suffix: str = ".png", quality: int = 60) -> Path:
        for number, page in enumerate(pages, start=1):
            options = [cv2.IMWRITE_JPEG_QUALITY, quality] if suffix == ".jpg" else []
            assert cv2.imwrite(str(folder / f"{name}-{number}{suffix}"), page, options)
        return folder

    return go
