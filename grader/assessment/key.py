"""The answer key: the inputs of every case of an assessment, and the true value of every result.

A key costs a second or two to prove and depends only on the topics, the assessment's seed and the engine, so it is
kept in a file under ``cache``, named by a digest of exactly that. A key that cannot be read or written is worked
out again, silently: a cache is a convenience.
"""

import hashlib
from pathlib import Path
from types import MappingProxyType

from grader.assessment import keyfile
from grader.engine import engine_digest
from grader.errors import BankError, Complaint, GraderError, Place
from grader.model.key import AnswerKey, KeyedCase
from grader.model.question import Assessment, CodeQuestion

__all__ = ["answer_key", "key_digest"]


def answer_key(assessment: Assessment, cache: Path | None) -> AnswerKey:
    """Return the key of an assessment, from the folder ``cache`` where it is there already.

    Raises InputError where a case cannot be drawn, and where a reference has no provable value; where a reference
    raises, BankError with its line.
    """
    digest = key_digest(assessment)
    file = cache / f"{digest[:40]}.key" if cache is not None and _is_cacheable(assessment) else None
    if file is not None and (known := keyfile.read(file, digest)) is not None:
        return known
    key = AnswerKey(digest, MappingProxyType(_prove(assessment)))
    if file is not None:
        keyfile.write(file, key)
    return key


def key_digest(assessment: Assessment) -> str:
    """Return a digest of whatever the key depends on: topics, questions, seed and the engine itself."""
    # what is proven does not depend on who proved it: flint's version does not count
    parts = [engine_digest("assessment", "numerics"), assessment.seed]
    parts += [f"{topic.name} {topic.digest}" for topic in assessment.topics]
    parts += [repr(item.question) for item in assessment.items]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _prove(assessment: Assessment) -> dict[str, tuple[KeyedCase, ...]]:
    """Return the keyed cases of every question; tell of each whose reference raises on which case it did first."""
    keyed: dict[str, tuple[KeyedCase, ...]] = {}
    complaints: list[Complaint] = []
    for item in assessment.items:
        try:
            keyed[item.question.id] = _prove_question(assessment, item.question)
        except BankError as error:
            complaints += error.complaints
    if complaints:
        raise BankError(complaints)
    return keyed


def _prove_question(assessment: Assessment, question: CodeQuestion) -> tuple[KeyedCase, ...]:
    from grader.assessment.truth import key_case  # flint takes longer to import than a kept key takes to read

    topic, cases = assessment.topic_of(question), list[KeyedCase]()
    for case in question.cases:
        try:
            cases.append(key_case(topic, question, case, assessment.seed))
        except GraderError:
            raise
        except (Exception, SystemExit) as error:  # whatever an author's function raises is told in words
            text = str(error).split("\n")[0][:200]
            words = f"{question.id}, case {case.name!r}: the reference raises {type(error).__name__}"
            place = Place.where_raised(Path(topic.folder) / "reference.py", error)
            hint = "Correct this line, or the case"
            raise BankError([Complaint(f"{words}: {text}" if text else words, hint, place)]) from error
    return tuple(cases)


def _is_cacheable(assessment: Assessment) -> bool:
    """Whether the topics say what they are; one that was made by hand may have any reference."""
    return all(topic.digest for topic in assessment.topics)
