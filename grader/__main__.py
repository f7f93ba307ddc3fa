"""``python -m grader`` and the command ``grader``, which are the same.

What takes long to import is imported here, where Ctrl-C is known to be somebody's wish.
"""

import sys

__all__ = ["run"]


def run() -> None:
    """Run the command; stopped while it is being imported, it ends like any other interrupted run."""
    try:
        from grader.cli import main

        main(prog_name="grader")
    except KeyboardInterrupt:
        sys.stderr.write("grader: stopped\n")
        sys.exit(130)  # as InterruptedRunError has it, which may not be imported yet


if __name__ == "__main__":
    run()
