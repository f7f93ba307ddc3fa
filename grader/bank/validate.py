"""Prove that a bank or an assessment is sound: everything that loading cannot see.

Loading holds a file against itself; this runs the reference, exactly and in float64, on every case, makes many
variants of every question of a quiz, and looks at what students will read. An error makes a bank unfit for
grading, a warning is for its author to judge.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.bank.load import (
    SEED_OF_A_TOPIC,
    find_assessment,
    load_assessment,
    load_topic,
    quiz_of,
    topic_folder,
)
from grader.bank.soundness import Finding, QuestionSummary, QuizSummary, Severity, Soundness
from grader.bank.topic import bank_files
from grader.bank.yaml12 import Document, read
from grader.errors import BankError
from grader.model.question import Assessment, CodeQuestion, Topic
from grader.model.quiz import QuizQuestion

__all__ = [
    "Finding",
    "Opened",
    "QuestionSummary",
    "Severity",
    "Soundness",
    "find_question",
    "open_bank",
    "validate",
    "validate_opened",
]

Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as far as it could be loaded: topics, and the assessment where it is one; or why it could not."""

    path: Path
    topics: tuple[Topic, ...] = ()
    assessment: Assessment | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def seed(self) -> str:
        """What the inputs are drawn from."""
        return self.assessment.seed if self.assessment else SEED_OF_A_TOPIC

    @property
    def questions(self) -> tuple[tuple[Topic, CodeQuestion], ...]:
        """The questions to validate, each with its topic."""
        if self.assessment is None:
            return tuple((topic, question) for topic in self.topics for question in topic.questions)
        return tuple((self.assessment.topic_of(item.question), item.question) for item in self.assessment.items)

    @property
    def quiz(self) -> tuple[tuple[Topic, QuizQuestion], ...]:
        """The questions of a quiz to validate, each with its topic."""
        if self.assessment is None:
            return tuple((topic, question) for topic in self.topics for question in topic.quiz)
        return tuple((self.assessment.topic_of(item.question), item.question) for item in self.assessment.quiz)


def open_bank(path: Path | None = None, cache: Path | None = None) -> Opened:
    """Load an assessment, a ``bank.yaml`` or a topic's folder; the shipped homework by default.

    Raises BankError where there is no such file; whatever is wrong in it is among the findings.
    """
    path = find_assessment(None) if path is None else path
    folder = topic_folder(path)
    if not path.exists() or (path.is_dir() and folder is None):
        raise BankError(read(path).complaints)
    try:
        if folder:
            return Opened(path, (load_topic(folder, cache),))
        assessment = load_assessment(path, cache)
    except BankError as error:
        told = [Finding(Severity.ERROR, one.message, one.hint, one.place) for one in error.complaints]
        return Opened(path, findings=tuple(told))
    return Opened(path, assessment.topics, assessment)


def validate(path: Path | None = None) -> Soundness:
    """Prove what a file asks for. Raises BankError where there is no such file."""
    return validate_opened(open_bank(path))


def validate_opened(opened: Opened, cache: Path | None = None) -> Soundness:
    """Prove every question of what was opened; what is proved is kept in the folder ``cache``."""
    findings = [*opened.findings]
    if opened.assessment is not None:
        findings += _introduction(opened.assessment, read(opened.path))
    summaries: list[QuestionSummary] = []
    for topic, question in opened.questions:
        found, summary = _validate_question(topic, question, opened.seed, cache)
        findings += found
        summaries.append(summary)
    quiz: list[QuizSummary] = []
    for topic, question in opened.quiz:
        wrong, proved = _validate_quiz(topic, question, opened.assessment or quiz_of(topic))
        findings += wrong
        quiz.append(proved)
    if opened.assessment is not None:
        findings += _given_away(opened.assessment, read(opened.path))
    return Soundness(str(opened.path), tuple(findings), tuple(summaries), tuple(quiz))


def _given_away(assessment: Assessment, document: Document) -> Iterator[Finding]:
    """Find formulas that one question asks for and another, or the introduction, shows."""
    from grader.quiz.together import leaks

    questions = {item.question.id: item.question for item in assessment.picked}
    for leak in leaks(assessment):
        at, way = document, (leak.part,)
        if leak.place:
            question = questions[leak.place]
            at, path = find_question(assessment.topic_of(question), question)
            way = (*path, leak.part)
        words = f"the {leak.part} holds the answer to {leak.asked}, `{leak.formula}`, and both stand on one sheet"
        yield Finding(
            Severity.ERROR, words, "Write it with another formula, or leave one out", at.place(way), leak.place
        )


def _validate_quiz(
    topic: Topic, question: QuizQuestion, assessment: Assessment
) -> tuple[list[Finding], QuizSummary]:
    from grader.quiz.prove import SAMPLES, prove_quiz
    from grader.report.markdown import formula_complaints

    document, way = find_question(topic, question)
    faults = prove_quiz(question, assessment, formula_complaints)
    found = [
        Finding(Severity.ERROR, one.message, one.hint, document.place((*way, *one.path)), question.id)
        for one in faults
    ]
    return found, QuizSummary(question.id, question.kind, SAMPLES, not found)


def _validate_question(
    topic: Topic, question: CodeQuestion, seed: str, cache: Path | None
) -> tuple[list[Finding], QuestionSummary]:
    from grader.bank.prove import proof_of

    document, way = find_question(topic, question)

    def finding(severity: Severity, words: str, hint: str, path: Way) -> Finding:
        return Finding(severity, words, hint, document.place((*way, *path)), question.id)

    proof = proof_of(topic, question, seed, cache)
    found = [finding(Severity.ERROR, flaw.words, flaw.hint, flaw.path) for flaw in proof.flaws]
    found += [finding(Severity.ERROR, *said, ("prompt",)) for said in _formulas(question.prompt)]
    found += [finding(Severity.ERROR, *said) for said in _uncovered(question)]
    found += [finding(Severity.WARNING, *said) for said in _doubtful(question)]
    return found, QuestionSummary(
        id=question.id,
        checks=len(question.checks),
        cases=len(question.cases),
        public_cases=sum(case.public for case in question.cases),
        amplification=proof.amplification,
        gradient_gap=proof.gradient_gap,
        is_sound=not any(one.severity is Severity.ERROR for one in found),
    )


def find_question(topic: Topic, question: CodeQuestion | QuizQuestion) -> tuple[Document, Way]:
    """Return the bank of a question as it was written, and the way to the question in it."""
    for file in bank_files(Path(topic.folder)):
        document = read(file)
        ids = [f"{topic.name}/{entry['id']}" for entry in document.value["questions"]]
        if question.id in ids:
            return document, ("questions", ids.index(question.id))
    raise LookupError(question.id)


def _introduction(assessment: Assessment, document: Document) -> Iterator[Finding]:
    for words, hint in _formulas(assessment.introduction):
        yield Finding(Severity.ERROR, words, hint, document.place(("introduction",)))


def _formulas(text: str) -> Iterator[tuple[str, str]]:
    """Find what a page would show wrongly of the mathematics in a text."""
    from grader.report.markdown import formula_complaints

    for complaint in formula_complaints(text):
        yield complaint, "Write it with other commands; the page of a student shows what it looks like"


def _uncovered(question: CodeQuestion) -> Iterator[tuple[str, str, Way]]:
    """Find results that no check compares."""
    compared = {check.result for check in question.checks if check.rule is not None}
    for number, name in enumerate(question.results):
        if not compared & {"", name}:
            yield f"no check compares `{name}`", "Add one with a `rule`", ("results", number)


def _doubtful(question: CodeQuestion) -> Iterator[tuple[str, str, Way]]:
    """Find what is allowed, and seldom meant."""
    used = {name for check in question.checks for name in check.cases} | {one.case for one in question.remarks}
    public = {case.name for case in question.cases if case.public}
    for number, case in enumerate(question.cases):
        if case.name not in used:
            yield (
                f"no check and no remark uses the case `{case.name}`",
                "Name it in one, or remove it",
                ("cases", number),
            )
    for number, check in enumerate(question.checks):
        if not public & set(check.cases):
            words = f"the check `{check.name}` has no public case, so that nobody can try it"
            yield words, "Add a case with `public: true`", ("checks", number)
    if used <= public:
        words = "every case is public, so that answers can be written down instead of worked out"
        yield words, "Add a case with `public: false`", ("cases",)
    if not question.elementwise and not any(_all_differ(case.sizes.values()) for case in question.cases):
        words = "no case has sizes that all differ, so that exchanged axes may go unnoticed"
        yield words, "Add one: sizes: {N: 2, D: 3}", ("cases",)


def _all_differ(sizes: Collection[int]) -> bool:
    return len(set(sizes)) == len(sizes)
