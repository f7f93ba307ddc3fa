"""A call as Python that can be pasted and run: the same numbers to the last bit, in the same form.

import numpy as np
from lstm import lstm_cell

x = np.array([[0.5, -0.25]])
...
print(lstm_cell(x, h_prev, c_prev, W, U, b))
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.model.inputs import Argument, Form
from grader.model.question import CodeQuestion

__all__ = ["call_text", "form_words"]

MOST_CHARACTERS = 20_000
INDENT = 4
WIDTH = 100
PLAIN = {np.dtype(np.float64), np.dtype(np.bool_)}  # what np.array makes of literals without being told

FORM_WORDS = {
    Form.ARRAY: "an array",
    Form.FORTRAN: "an array in column-major (Fortran) order",
    Form.STRIDED: "every second element of a larger array",
    Form.REVERSED: "a reversed view of an array",
    Form.READ_ONLY: "an array that must not be written to",
    Form.BIG_ENDIAN: "an array of big-endian numbers",
    Form.SCALAR: "a plain Python number",
    Form.NUMPY_SCALAR: "a NumPy scalar",
    Form.LIST: "a Python list",
}


def call_text(question: CodeQuestion, arguments: tuple[Argument, ...]) -> str:
    """Write a call of the question's function with these arguments as a short program."""
    return _program(question.module, question.function, arguments)


@lru_cache(maxsize=1024)  # the same public cases are shown to everybody who fails them
def _program(module: str, function: str, arguments: tuple[Argument, ...]) -> str:
    lines = [line for argument in arguments for line in _assignment(argument)]
    call = f"{function}({', '.join(argument.name for argument in arguments)})"
    imports = [f"from {module} import {function}"]
    if any("np." in line for line in lines):
        imports.insert(0, "import numpy as np")
    text = "\n".join([*imports, "", *lines, f"print({call})"])
    return text if len(text) <= MOST_CHARACTERS else ""


def form_words(arguments: tuple[Argument, ...]) -> str:
    """Say which arguments come in another form than a plain array: ``x is a plain Python number``."""
    odd: list[str] = []
    for argument in arguments:
        if argument.form is not Form.ARRAY:
            odd.append(f"{argument.name} is {FORM_WORDS[argument.form]}")
        elif argument.value.ndim == 0:
            odd.append(f"{argument.name} is an array without axes (shape ())")
        elif argument.value.size == 0:
            odd.append(f"{argument.name} is an empty array (shape {argument.value.shape})")
        if argument.value.dtype not in PLAIN:
            odd.append(f"the numbers of {argument.name} are {argument.value.dtype.name}")
    return "; ".join(odd)


def _assignment(argument: Argument) -> list[str]:
    """Write the lines that make one argument."""
    value, name, form = argument.value, argument.name, argument.form
    match form:
        case Form.SCALAR:
            return [f"{name} = {_number(value[()])}"]
        case Form.NUMPY_SCALAR:
            return [f"{name} = np.{_type_name(value.dtype)}({_number(value[()], 'np.')})"]
        case Form.LIST:
            return [f"{name} = {_nested(value, 0, '')}"]
        case Form.BIG_ENDIAN:
            return [f"{name} = {_array(value)}.astype({value.dtype.newbyteorder('>').str!r})"]
        case _:
            pass
    made = _array(value)
    if form is Form.READ_ONLY:
        return [f"{name} = {made}", f"{name}.flags.writeable = False"]
    if form is Form.FORTRAN:
        made = f"np.asfortranarray({made})"
    elif value.ndim and form is Form.STRIDED:
        made = f"np.repeat({made}, 2, axis=-1)[..., ::2]"
    elif value.ndim and form is Form.REVERSED:
        made = f"np.flip({made}, -1).copy()[..., ::-1]"
    return [f"{name} = {made}"]


def _array(value: NDArray[Any]) -> str:
    """Write an array, as short as is exact."""
    dtype = (
        ""
        if value.dtype in PLAIN and (value.size or value.dtype == np.float64)
        else f", dtype=np.{_type_name(value.dtype)}"
    )
    if value.size == 0 and value.shape != (0,):
        return f"np.zeros({value.shape}{dtype})"
    short = _range(value)
    return short or f"np.array({_nested(value, INDENT, 'np.')}{dtype})"


def _range(value: NDArray[Any]) -> str:
    """Write evenly spaced numbers as ``linspace``, where that gives the same bits."""
    if value.ndim != 1 or value.size < 12 or value.dtype != np.float64 or not np.isfinite(value).all():
        return ""
    ends = f"np.linspace({_number(value[0])}, {_number(value[-1])}, {value.size})"
    even = np.linspace(value[0], value[-1], value.size)
    if np.array_equal(even, value):
        return ends
    rounded = (decimals for decimals in range(1, 7) if np.array_equal(np.round(even, decimals), value))
    return next((f"np.round({ends}, {decimals})" for decimals in rounded), "")


def _nested(value: NDArray[Any], indent: int, prefix: str) -> str:
    """Write nested lists; rows that are too long for one line stand below each other."""
    if value.ndim == 0:
        return _number(value[()], prefix)
    if value.ndim == 1:
        return _row([_number(number, prefix) for number in value], indent)
    rows = [_nested(row, indent + INDENT, prefix) for row in value]
    return _row(rows, indent)


def _row(items: list[str], indent: int) -> str:
    line = f"[{', '.join(items)}]"
    if len(line) + indent <= WIDTH and "\n" not in line:
        return line
    pad, lines, current = " " * (indent + INDENT), list[str](), ""
    for item in items:
        if current and ("\n" in current + item or len(pad) + len(current) + len(item) > WIDTH):
            lines.append(current.rstrip())
            current = ""
        current += f"{item}, "
    lines.append(current.rstrip())
    return "[\n" + "\n".join(pad + line for line in lines) + "\n" + " " * indent + "]"


def _number(number: Any, prefix: str = "") -> str:
    """Write one number so that it reads back as the same bits; ``prefix`` is ``np.`` where NumPy is at hand."""
    if isinstance(number, np.bool_ | bool | np.integer | int):
        return repr(number.item() if isinstance(number, np.generic) else number)
    value = float(number)
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124  only nan differs from itself
        word = "nan" if value != value else "inf"  # noqa: PLR0124
        bare = f"{prefix}{word}" if prefix else f'float("{word}")'
        return f"-{bare}" if value < 0 else bare
    short = str(number)
    kind = type(number)
    same = isinstance(number, np.floating) and kind(float(short)) == number
    return repr(value) if isinstance(number, np.float64) or not same else repr(float(short))


def _type_name(dtype: np.dtype[Any]) -> str:
    return "bool_" if dtype == np.bool_ else dtype.name
