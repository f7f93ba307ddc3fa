"""Who is wrong in the same way that no known mistake explains: clusters of a whole class, from its gradebook.

A function that is wrong because it calls another wrong one of the same students is told with that one.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.diagnose.below import all_below
from grader.diagnose.cluster import Group, grouped
from grader.diagnose.known import coarse
from grader.diagnose.relations import relations
from grader.judge.exhibit import exhibit
from grader.model.cluster import Cluster, Unexplained
from grader.model.key import KeyedCase
from grader.model.question import Assessment
from grader.records import unpack
from grader.store import Gradebook

__all__ = ["find_clusters"]

Cases = Mapping[str, tuple[KeyedCase, ...]]
LEAST = 2  # students


def find_clusters(
    book: Gradebook,
    students: Sequence[str],
    assessment: Assessment,
    cases: Cases,
    *,
    shown: int | None = None,
    least: int = LEAST,
) -> Unexplained:
    """Return the clusters of at least ``least`` students, the largest first, each with an exhibit.

    Members are places in ``students``, which are sorted. Where ``shown`` is given, only so many have an exhibit.
    """
    numbers = {student: number for number, student in enumerate(students)}
    found: dict[str, list[Cluster]] = {}
    alone: dict[str, int] = {}
    for question in (item.question for item in assessment.items):
        known = book.behaviours(question.id)
        groups = grouped((numbers[student], one) for student, one in known if student in numbers)
        alone[question.id] = sum(len(group.members) == 1 for group in groups)
        found[question.id] = [_cluster(question.id, group) for group in groups if len(group.members) >= least]
    roots = sorted(_at_their_roots(found, assessment), key=lambda one: (-one.count, one.question))
    first = [_shown(one, book, students[one.first], assessment, cases) for one in roots[:shown]]
    return Unexplained((*first, *roots[len(first) :]), {name: count for name, count in alone.items() if count})


def _cluster(question: str, group: Group) -> Cluster:
    members = array("I", sorted(group.members))
    return Cluster(question, members, group.members[0], has_numbers=bool(len(group.sums)))


def _at_their_roots(found: Mapping[str, list[Cluster]], assessment: Assessment) -> list[Cluster]:
    """Fold a cluster into one of a question below it that holds all of its students."""
    by_function = {(item.question.module, item.question.function): item.question.id for item in assessment.items}
    questions = {item.question.id: item.question for item in assessment.items}

    def depends(name: str) -> list[str]:
        one = questions[name]
        ids = [by_function.get((one.module, function)) for function in one.depends]
        return [below for below in ids if below is not None]

    also: dict[int, list[str]] = {}
    roots: list[Cluster] = []
    for item in assessment.items:
        below = [one for name in all_below(item.question.id, depends) for one in found[name]]
        holding = [(one, frozenset(one.members)) for one in below]
        for cluster in found[item.question.id]:
            root = next((one for one, members in holding if members.issuperset(cluster.members)), None)
            if root is None:
                roots.append(cluster)
            else:
                also.setdefault(id(root), []).append(cluster.question)
    return [replace(one, also=tuple(dict.fromkeys(also.get(id(one), ())))) for one in roots]


def _shown(cluster: Cluster, book: Gradebook, student: str, assessment: Assessment, cases: Cases) -> Cluster:
    """Add what is true of the answer, and the smallest case on which it is wrong."""
    question = next(item.question for item in assessment.items if item.question.id == cluster.question)
    data = book.run(student, question.id)
    if data is None:
        return cluster
    run, keyed = unpack(data), cases[question.id]
    holds = relations(assessment.topic_of(question), question, coarse(question, keyed), run.outcomes)
    return replace(cluster, holds=holds, exhibit=exhibit(question, keyed, run.loaded, run.outcomes))
