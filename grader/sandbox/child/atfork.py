"""Imported first: nothing that is imported after it runs at each fork, until ``restore``.

random would take another seed in every fork; threading and logging would renew locks that nobody can hold, since
the warm process has one thread and a fork may start none, and dirty 170 pages each time.
"""

import os

__all__ = ["restore"]

_register = os.register_at_fork
os.register_at_fork = lambda **_: None  # type: ignore[assignment]


def restore() -> None:
    """Let what is imported from now on run at a fork again."""
    os.register_at_fork = _register
