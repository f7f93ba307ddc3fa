"""Which question a name means: its id, or the part after the slash where no other question has it."""

from collections.abc import Iterable, Mapping, Sequence

from grader.kinds.names import suggestion

__all__ = ["Names"]


class Names:
    """The questions of an assessment, by every name that means one of them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = tuple(ids)
        self._known: dict[str, str] = {}
        short = [_plain(name.rpartition("/")[2]) for name in self._ids]
        for name, part in zip(self._ids, short, strict=True):
            if short.count(part) == 1:
                self._known[part] = name
        self._known |= {_plain(name): name for name in self._ids}

    def meant(self, name: str) -> str | None:
        """Return the id of the question that a name means; None where there is none."""
        return self._known.get(_plain(name))

    @property
    def short(self) -> tuple[str, ...]:
        """The parts after the slash."""
        return tuple(name.rpartition("/")[2] for name in self._ids)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the questions that share a short name."""
        return tuple(one for one in self._ids if _plain(one.rpartition("/")[2]) == _plain(name))

    def hint(self, name: str) -> str:
        """Say which question may have been meant by a name that means none."""
        return suggestion(name[:80], self._ids, none=_some(self._ids))

    def sorted(self, responses: Mapping[str, object]) -> tuple[dict[str, str], list[str], list[str]]:
        """Return the name by which each question was answered; names that mean none; second names of one."""
        found: dict[str, str] = {}
        unknown: list[str] = []
        again: list[str] = []
        for name in responses:
            question = self.meant(name)
            if question is None:
                unknown.append(name)
            elif question in found:
                again.append(name)
            else:
                found[question] = name
        return found, unknown, again


def _plain(name: str) -> str:
    return name.strip().casefold()


def _some(ids: Sequence[str]) -> str:
    listed = ", ".join(ids[:6])
    return f"The questions are: {listed}{', ...' if len(ids) > 6 else ''}"
