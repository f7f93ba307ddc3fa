"""Options that several commands share, and their defaults."""

import os
from collections.abc import Callable
from typing import Any

import click

__all__ = ["LEVELS", "assessment_option", "cores"]

LEVELS = ["full", "container", "weak", "none"]


def assessment_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--assessment``."""
    return click.option(
        "-a",
        "--assessment",
        metavar="FILE",
        help="The assessment: a YAML file, or the name of a shipped one. Default: the shipped homework.",
    )(command)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
