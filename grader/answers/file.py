"""Read a student's ``answers.yaml``: what can be read counts, and what cannot is told with its place.

    assessment: quiz
    variant: K7QF-2M9X
    answers:
      tanh/range: B
      tanh/half: "0.4621"

The bytes come from a submission, which was read without following links. The rules are those of YAML 1.2, of
which JSON is a part; of a key that is there twice the first counts. Browsers call a second download
``answers (1).yaml``: that is read, too, where it is the only one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.answers.salvage import salvage
from grader.bank.yaml12 import Node, parse
from grader.errors import Complaint, Place
from grader.model.answers import Answers
from grader.model.inputs import SourceFile, Submission
from grader.quiz.reading import shown
from grader.report.safe import clip

__all__ = ["ANSWERS", "MISSING", "plain", "read_answers"]

ANSWERS = ("answers.yaml", "answers.yml", "answers.json")
NEAR = re.compile(r"answers?[ _-]*(\(\d+\)|\d+|copy|final)?\.(ya?ml|json)(\.txt)?", re.IGNORECASE)
MISSING = "There is no answers.yaml: no question of the quiz is answered."
MOST_TOLD = 12  # complaints about one file
LONGEST_HEAD = 200  # characters of an assessment's id, or of a code


@dataclass(slots=True)
class _Read:
    """What was found in a file so far."""

    file: str
    heads: dict[str, str] = field(default_factory=dict[str, str])
    responses: dict[str, Any] = field(default_factory=dict[str, Any])
    complaints: list[Complaint] = field(default_factory=list[Complaint])

    def complain(self, words: str, hint: str, at: tuple[int, int]) -> None:
        self.complaints.append(Complaint(words, hint, Place(self.file, *at)))


def read_answers(submission: Submission) -> tuple[tuple[Answers, ...], tuple[str, ...]]:
    """Return the answers in a folder, if there are any, and notes for the student on what could not be read."""
    file, notes = _file(submission)
    if file is None:
        return (), tuple(notes)
    document = parse(file.data, file.path)
    read = _Read(file.path, complaints=list(document.complaints))
    if document.root is not None:
        _take_top(document.root, read)
    else:
        found = salvage(file.data, file.path)
        read.complaints = found.complaints or read.complaints
        for name, node in found.heads.items():
            _take_head(name, node, (node.line, node.column), read)
        read.responses |= {name: plain(node) for name, node in found.entries.items()}
        if not read.responses:
            words = "no answer could be read from the file"
            read.complaints.append(Complaint(words, "Download it from the sheet's page again", Place(file.path)))
    answers = Answers(read.heads.get("assessment", ""), read.heads.get("variant", ""), read.responses, file.path)
    return (answers,), (*notes, *_told(read.complaints))


def plain(node: Node) -> Any:
    """Return a value with numbers as they were written; nothing but None, text, lists and mappings comes out."""
    match node.entries:
        case dict() as entries:
            return {key: plain(value) for key, value in entries.items()}
        case list() as entries:
            return [plain(value) for value in entries]
        case None:
            return None if node.value is None else node.written


def _file(submission: Submission) -> tuple[SourceFile | None, list[str]]:
    """Return the file that counts, and notes on others that might be meant."""
    named = {file.path: file for file in submission.files}
    there = [named[name] for name in ANSWERS if name in named]
    if len(there) > 1:
        both = " and ".join(file.path for file in there)
        return there[0], [f"{both} were handed in; {there[0].path} counts."]
    if there:
        return there[0], []
    near = [file for file in submission.files if NEAR.fullmatch(file.path)]
    if len(near) == 1:
        return near[0], [f"There is no answers.yaml; `{clip(near[0].path, 80)}` was read in its place."]
    if near:
        names = ", ".join(f"`{clip(file.path, 80)}`" for file in near[:4])
        return None, [f"There is no answers.yaml, and {names} may each be meant: none of them was read."]
    deeper = next((file.path for file in submission.files if NEAR.fullmatch(file.path.rpartition("/")[2])), None)
    if deeper is not None:
        return None, [f"Found `{clip(deeper, 120)}`: answers.yaml must lie at the top of the folder."]
    return None, []


def _take_top(root: Node, read: _Read) -> None:
    if not isinstance(root.entries, dict):
        came = shown(plain(root))
        words = f"`assessment`, `variant` and `answers` were expected, and {came} came"
        read.complain(
            words, "Nothing was read; the sheet's page writes the file as it should be", (root.line, root.column)
        )
        return
    loose: list[str] = []
    for key, node in root.entries.items():
        at = (root.keys or {}).get(key, (node.line, node.column))
        name = key.strip().casefold()
        if name in ("assessment", "variant"):
            _take_head(name, node, at, read)
        elif name == "answers":
            for part in _mappings(node, at, read):
                _take_entries(part, read)
        elif "/" in key:
            read.responses.setdefault(key, plain(node))
            loose.append(key)
        else:
            words = f"`{clip(key, 60)}` is not understood here, and was left out"
            read.complain(words, "Answers stand below `answers:`, with two spaces in front", at)
    if loose:
        words = f"`{clip(loose[0], 60)}` stands beside `answers:`, not below it; it was read all the same"
        read.complain(words, "Put two spaces in front of each answer", (root.keys or {}).get(loose[0], (0, 0)))


def _take_head(name: str, node: Node, at: tuple[int, int], read: _Read) -> None:
    value = plain(node)
    if isinstance(value, str) and len(value) <= LONGEST_HEAD:
        read.heads.setdefault(name, value.strip())
    elif value is not None:
        came = shown(value) if not isinstance(value, str) else f"a text of {len(value)} characters"
        read.complain(f"`{name}` must be a word, and {came} came", "Copy it from the sheet", at)


def _mappings(node: Node, at: tuple[int, int], read: _Read) -> Iterator[Node]:
    """Go through the mappings of questions to answers: one, or a list of them."""
    parts = node.entries if isinstance(node.entries, list) else [node]
    for part in parts:
        if isinstance(part.entries, dict):
            yield part
        elif part.value is not None:
            words = f"below `answers`, questions and answers were expected, and {shown(plain(part))} came"
            place = at if part is node else (part.line, part.column)
            read.complain(words, "Write each as `tanh/range: B`", place)


def _take_entries(part: Node, read: _Read) -> None:
    entries: Mapping[str, Node] = part.entries if isinstance(part.entries, dict) else {}
    for key, node in entries.items():
        if key in read.responses:
            at = (part.keys or {}).get(key, (node.line, node.column))
            read.complain(f"`{clip(key, 60)}` is given twice", "", at)
        else:
            read.responses[key] = plain(node)


def _told(complaints: list[Complaint]) -> Iterator[str]:
    for complaint in complaints[:MOST_TOLD]:
        twice = complaint.message.endswith("is given twice")
        hint = "The first counts" if twice else complaint.hint
        yield f"{complaint.place}: {complaint.message}.{f' {hint}.' if hint else ''}"
    if len(complaints) > MOST_TOLD:
        yield f"{complaints[0].place.file if complaints[0].place else ''}: and {len(complaints) - MOST_TOLD} more."
