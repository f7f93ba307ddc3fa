"""Run a few lines of Python that an author wrote, and return what they print.

The code is the author's own and is trusted, like ``reference.py``; no student's code comes here. It is run in a
namespace of its own, twice, since what differs from run to run can be no key, and each text once in a process.
It is bounded by the steps of the interpreter and not by time, so that a busy machine comes to the same end.
"""

import sys
import warnings
from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from types import CodeType, FrameType
from typing import Any

from grader.kinds.variant import VariantError

__all__ = ["printed"]

MOST_STEPS = 1_000_000  # instructions of the author's own lines; NumPy's do not count
MOST_PRINTED = 2_000  # characters: people copy them by hand
FILE = "<code of the question>"


class _EndlessError(BaseException):
    """Too much was executed or printed. No Exception, since the code may catch these."""


class _Page(StringIO):
    """What is printed, up to a limit."""

    def write(self, text: str, /) -> int:
        if self.tell() + len(text) > 10 * MOST_PRINTED:
            raise _EndlessError("it prints too much")
        return super().write(text)


@lru_cache(maxsize=4096)
def printed(code: str) -> str:
    """Return what the code prints, no spaces at the end of lines. Raises VariantError where that is no key."""
    try:
        compiled = compile(code, FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        words = f"line {line} of the code is no Python: {getattr(error, 'msg', error)}"
        raise VariantError(words, hint="Correct this line.") from None
    first, second = _run(compiled), _run(compiled)
    text = "\n".join(line.rstrip() for line in first.splitlines()).strip("\n")
    if first != second:
        raise VariantError("the code prints something else each time", hint="Seed what is random.")
    if not text.strip():
        raise VariantError("the code prints nothing", hint="Print what students are to predict.")
    if len(text) > MOST_PRINTED:
        raise VariantError(
            f"the code prints {len(text)} characters", hint=f"At most {MOST_PRINTED} can be asked for."
        )
    return text


def _run(compiled: CodeType) -> str:
    import numpy as np

    page = _Page()
    before, stdin = sys.gettrace(), sys.stdin
    sys.stdin = StringIO()  # nobody is there to type
    try:
        with redirect_stdout(page), warnings.catch_warnings(), np.errstate(all="warn"), np.printoptions():
            warnings.simplefilter("ignore")
            sys.settrace(_Counter().trace)
            # `exec` is what running an author's code means; it is as trusted as reference.py, which is imported
            exec(compiled, {"__name__": "__main__"})  # noqa: S102
    except _EndlessError as error:
        raise VariantError(f"the code does not end: {error}", hint="Print less, and end every loop.") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever an author's code raises is told in words)
        words = f"line {_line(error)} of the code raises {type(error).__name__}: {str(error)[:200]}"
        raise VariantError(words, hint="The code must run to its end.") from None
    finally:
        sys.settrace(before)
        sys.stdin = stdin
    return page.getvalue()


class _Counter:
    """Counts the instructions of the author's code; lines would not do, since ``while True: pass`` is one."""

    def __init__(self) -> None:
        self._steps = 0

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        del argument
        if frame.f_code.co_filename != FILE:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise _EndlessError(f"{MOST_STEPS} instructions were executed")
        return self.trace


def _line(error: BaseException) -> int:
    """Return the last line of the code that was running."""
    line, traceback = 0, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FILE:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
