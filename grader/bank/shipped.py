"""Where the questions that come with the program lie, and which file a person means by a name.

A wheel carries them inside the package; a clone has them beside it. Bundled first: an editable install may leave a
stale copy elsewhere, but never inside the package.
"""

from pathlib import Path

from grader.errors import BankError, Complaint
from grader.kinds.names import suggestion

__all__ = ["find_assessment", "find_include", "find_topic", "shipped", "topic_names"]

_PACKAGE = Path(__file__).resolve().parents[1]


def _folders() -> tuple[Path, ...]:
    """Return the folders of shipped questions that exist, the first to look in first."""
    places = (_PACKAGE / "_bundled" / "questions", _PACKAGE.parent / "questions")
    return tuple(place for place in places if place.is_dir())


def shipped(name: str) -> Path:
    """Return a shipped assessment (``homework`` or ``homework.yaml``) or a topic's folder (``tanh``)."""
    for folder in _folders():
        for path in (folder / name, folder / f"{name}.yaml"):
            if name and (path.is_file() or (path / "bank.yaml").is_file()):
                return path
    known = sorted({path.stem for folder in _folders() for path in folder.glob("*.yaml")})
    message = f"there is no file {name!r}, and no shipped assessment of that name"
    raise BankError([Complaint(message, suggestion(name, known, none="Name an assessment's YAML file"))])


def find_assessment(name: str | None) -> Path:
    """Return the assessment that a person means: a path that exists, or a shipped one (the homework)."""
    if name is None:
        return shipped("homework")
    path = Path(name)
    return path if path.exists() else shipped(name)


def find_topic(name: str, beside: Path) -> Path | None:
    """Return the folder of a topic: beside the assessment first, then among the shipped ones."""
    for folder in (beside, *_folders()):
        if (folder / name / "bank.yaml").is_file():
            return folder / name
    return None


def find_include(name: str, beside: Path) -> Path | None:
    """Return an assessment that another one includes: beside it first, then among the shipped ones."""
    places = [folder / name for folder in (beside, *_folders())] if "\0" not in name else []
    return next((place for place in places if place.is_file()), None)


def topic_names(beside: Path) -> list[str]:
    """Return the names of all topics that can be found from a folder."""
    return sorted({bank.parent.name for folder in (beside, *_folders()) for bank in folder.glob("*/bank.yaml")})
