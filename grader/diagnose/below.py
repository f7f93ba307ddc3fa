"""What a function builds on, in the order in which it is to be mended: nothing before what it builds on itself."""

from collections.abc import Callable, Iterable

__all__ = ["all_below"]


def all_below(name: str, depends: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return all that one builds on, the deepest first; ``depends`` says what a function names itself."""
    done: dict[str, None] = {}
    seen = {name}

    def visit(one: str) -> None:
        for below in depends(one):
            if below not in seen:
                seen.add(below)
                visit(below)
                done[below] = None

    visit(name)
    return tuple(done)
