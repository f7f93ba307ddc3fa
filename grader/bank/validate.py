"""Prove that a bank or an assessment is sound: everything that loading cannot see.

Loading holds a file against itself; this runs the reference, exactly and in float64, on every case, makes many
variants of every question of a quiz, and looks at what students will read. An error makes a bank unfit for
grading, a warning is for its author to judge.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from grader.bank.load import find_assessment, load_assessment, load_topic
from grader.bank.soundness import Finding, QuestionSummary, QuizSummary, Severity, Soundness
from grader.bank.topic import bank_files
from grader.bank.yaml12 import Document, read
from grader.errors import BankError
from grader.model.question import Assessment, CodeQuestion, Topic
from grader.model.quiz import QuizQuestion

__all__ = ["Finding", "QuestionSummary", "Severity", "Soundness", "validate"]

SEED = "validate"  # a bank by itself has none
Way = tuple[str | int, ...]


def validate(path: Path | None = None) -> Soundness:
    """Validate an assessment, a ``bank.yaml`` or a topic's folder; the shipped homework by default.

    Raises BankError where there is no such file; whatever is wrong in it is among the findings.
    """
    path = find_assessment(None) if path is None else path
    folder = _topic_folder(path)
    if not path.exists() or (path.is_dir() and folder is None):
        raise BankError(read(path).complaints)
    try:
        assessment = None if folder else load_assessment(path)
        topics = (load_topic(folder),) if folder else assessment.topics if assessment else ()
    except BankError as error:
        told = [Finding(Severity.ERROR, one.message, one.hint, one.place) for one in error.complaints]
        return Soundness(str(path), tuple(told), ())
    findings = list(_introduction(assessment, read(path))) if assessment else []
    summaries: list[QuestionSummary] = []
    quiz: list[QuizSummary] = []
    written = _written(topics)
    for topic, question in _questions(topics, assessment):
        at = written[question.id]
        if isinstance(question, QuizQuestion):
            found, proved = _validate_quiz(question, at)
            quiz.append(proved)
        else:
            found, summary = _validate_question(topic, question, assessment.seed if assessment else SEED, at)
            summaries.append(summary)
        findings += found
    return Soundness(str(path), tuple(findings), tuple(summaries), tuple(quiz))


def _topic_folder(path: Path) -> Path | None:
    if path.is_dir():
        return path if (path / "bank.yaml").exists() else None
    return path.parent if path in bank_files(path.parent) else None


def _questions(
    topics: tuple[Topic, ...], assessment: Assessment | None
) -> Iterator[tuple[Topic, CodeQuestion | QuizQuestion]]:
    if assessment is None:
        yield from ((topic, question) for topic in topics for question in (*topic.questions, *topic.quiz))
    else:
        items = (*assessment.items, *assessment.quiz)
        yield from ((assessment.topic_of(item.question), item.question) for item in items)


def _written(topics: tuple[Topic, ...]) -> dict[str, tuple[Document, Way]]:
    """Find where each question of the topics is written: in which bank, and the way to it."""
    documents = ((topic, read(path)) for topic in topics for path in bank_files(Path(topic.folder)))
    return {
        f"{topic.name}/{entry['id']}": (document, ("questions", number))
        for topic, document in documents
        for number, entry in enumerate(document.value["questions"])
    }


def _finder(at: tuple[Document, Way], question: str) -> Callable[[Severity, str, str, Way], Finding]:
    """Return what makes a finding of a question, with its place."""
    document, way = at

    def finding(severity: Severity, words: str, hint: str, path: Way) -> Finding:
        return Finding(severity, words, hint, document.place((*way, *path)), question)

    return finding


def _validate_quiz(question: QuizQuestion, at: tuple[Document, Way]) -> tuple[list[Finding], QuizSummary]:
    from grader.quiz.prove import SAMPLES, prove_quiz
    from grader.report.markdown import formula_complaints

    finding = _finder(at, question.id)
    faults = prove_quiz(question, formula_complaints)
    found = [finding(Severity.ERROR, one.message, one.hint, one.path) for one in faults]
    return found, QuizSummary(question.id, question.kind, SAMPLES, not found)


def _validate_question(
    topic: Topic, question: CodeQuestion, seed: str, at: tuple[Document, Way]
) -> tuple[list[Finding], QuestionSummary]:
    from grader.bank.prove import prove

    finding = _finder(at, question.id)
    proof = prove(topic, question, seed)
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
