"""Say which file was probably meant, where a file that counts is missing."""

import difflib
import re
from pathlib import PurePosixPath

from grader.model.inputs import Submission

__all__ = ["near_file"]

ALIKE = 0.75  # lsmt is as near as that to lstm
NAME_LENGTH = 80
READABLE = (".py", ".ipynb")
MAYBE = (*READABLE, ".txt", ".pyw", ".py3", ".md", ".rtf", ".docx")


def near_file(submission: Submission, module: str) -> str:
    """Return a sentence on the file that was probably meant to be ``module``.py, or nothing."""
    wanted = f"{module}.py"
    paths = [PurePosixPath(file.path) for file in submission.files]
    if any(str(path) in (wanted, f"{module}.ipynb") for path in paths):
        return ""
    left_out = next((note for note in submission.notes if note.startswith((f"{wanted}:", f"{module}.ipynb:"))), "")
    if left_out:
        return left_out if left_out.endswith(".") else f"{left_out}."
    deeper = next((path for path in paths if path.name in (wanted, f"{module}.ipynb")), None)
    if deeper is not None:
        return f"Found `{clip(str(deeper))}`: it must lie at the top of the folder."
    ranked = sorted((_rank(path.name, module), len(path.parts), str(path)) for path in paths)
    if not ranked or ranked[0][0] > 2:
        return ""
    found = PurePosixPath(ranked[0][2])
    name = f"{module}.ipynb" if found.suffix.lower() == ".ipynb" else wanted
    top = "" if len(found.parts) == 1 else " at the top of the folder"
    return f"Found `{clip(str(found))}`, wanted `{name}`{top}."


def clip(name: str) -> str:
    """Cut a long name."""
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _rank(name: str, module: str) -> int:
    """Return how near a name is: 0 but for capitals and endings, 1 with an addition, 2 misspelt, 3 not at all."""
    lowered, wanted = name.lower(), module.lower()
    ending = next((ending for ending in MAYBE if lowered.endswith(ending)), None)
    if ending is None:
        return 0 if lowered.strip() == wanted else 3
    stem = lowered.removesuffix(ending).removesuffix(".py").strip()
    if stem == wanted:
        return 0
    if ending in READABLE and _is_addition(stem, wanted):
        return 1
    close = difflib.SequenceMatcher(None, stem[:NAME_LENGTH], wanted).ratio() >= ALIKE
    return 2 if ending in READABLE and close else 3


def _is_addition(stem: str, wanted: str) -> bool:
    """Whether something was added to the name, as people and browsers do: lstm (1), lstm_final, my-lstm, lstm2."""
    before, found, after = stem.partition(wanted)
    return bool(found) and bool(re.fullmatch(r"|.*[\W_]", before)) and bool(re.fullmatch(r"|[\W_\d].*", after))
