"""What pydantic found, said in words: the value, what it must be, and what to do.

Pydantic's own sentences ("Input should be a valid string") do not show the value, and know nothing of keys that
were meant.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from grader.kinds.kind import Fault
from grader.kinds.names import article, suggestion

__all__ = ["explain", "show"]

_MUST: dict[str, str] = {
    "string_type": "it must be text",
    "int_type": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "float_type": "it must be a number",
    "bool_type": "it must be true or false",
    "list_type": "it must be a list",
    "dict_type": "it must be a mapping of `key: value`",
    "model_type": "it must be a mapping of `key: value`",
    "model_attributes_type": "it must be a mapping of `key: value`",
    "finite_number": "it must be a finite number",
    "greater_than": "it must be more than {gt}",
    "greater_than_equal": "it must be at least {ge}",
    "less_than": "it must be less than {lt}",
    "less_than_equal": "it must be at most {le}",
    "string_too_short": "it must not be empty",
    "string_too_long": "it must be at most {max_length} characters long",
    "too_short": "it must have at least {min_length} entries",
    "too_long": "it must have at most {max_length} entries",
}
_PATTERNS: dict[str, str] = {
    r"\S": "it must not be blank",
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$": "a name has letters, digits, `-`, `_` and `.` only",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "it must be a name that Python allows",
    r"^[A-Za-z_][A-Za-z0-9_]*\.py$": "it must be a Python file whose name can be imported, such as `lstm.py`",
    r"^[a-z][a-z0-9_-]*$": "it must be lower-case letters, digits, `-` and `_`",
    r"^[^/]+/[^/]+$": "it must be topic/question, such as `tanh/tanh_grad`",
}


def explain(errors: Iterable[Mapping[str, Any]], value: Any, schema: Callable[[], dict[str, Any]]) -> list[Fault]:
    """Say what each of pydantic's errors means. ``schema`` gives the JSON Schema that was meant, when it is asked.

    Values that are absent (null) are left out: ``Complaints`` says so already.
    """
    told: list[Fault] = []
    found = [(_path(error["loc"], value), error) for error in errors]
    strange = {path[:-1] for path, error in found if path[2:] == ("kind",) and error["type"] != "missing"}
    for path, error in found:
        if path[:2] in strange and path[2:] != ("kind",):
            continue  # of another kind, it has other keys
        if error["type"] == "missing":
            told.append(_missing(path, value, schema()))
        elif error["type"] == "extra_forbidden":
            told.append(_extra(path, value, schema()))
        elif error["type"].startswith("union_tag"):
            told.append(_kindless(path, error))
        elif error["input"] is not None:
            told.append(_wrong(path, error))
    return told


def show(value: Any) -> str:
    """Show a value as its author would know it again, in a few words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            line = value.split("\n")[0]
            return repr(line) if len(value) <= 40 else repr(line[:37] + "...")
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a mapping"
        case float() if not math.isfinite(value):
            return ".nan" if math.isnan(value) else (".inf" if value > 0 else "-.inf")
        case _:
            return str(value)[:40]


def _path(loc: tuple[str | int, ...], value: Any) -> tuple[str | int, ...]:
    """Leave out of pydantic's way what is no key of the document: the tags of its unions."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        is_last = index == len(loc) - 1
        if isinstance(value, dict) and isinstance(step, str) and (step in value or is_last):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            continue
        path.append(step)
    return tuple(path)


def _wrong(path: tuple[str | int, ...], error: Mapping[str, Any]) -> Fault:
    given, kind, context = error["input"], error["type"], error.get("ctx", {})
    what = f"{_name(path)} is {show(given)}"
    if kind == "literal_error":
        known = [part.strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(", ")]
        hint = suggestion(given if isinstance(given, str) else "", known)
        return Fault(path, f"{what}, which is not known here", hint)
    if kind == "string_pattern_mismatch":
        return Fault(
            path, what, _sentence(_PATTERNS.get(context["pattern"], f"it must match {context['pattern']}"))
        )
    must = _MUST[kind].format(**_plain(context)) if kind in _MUST else str(context.get("error", error["msg"]))
    hint = _sentence(must)
    if kind == "string_type" and isinstance(given, int | float):
        hint += ": put it in quotes"
    return Fault(path, what, hint)


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    return {key: f"{value:g}" if isinstance(value, float) else value for key, value in context.items()}


def _name(path: tuple[str | int, ...]) -> str:
    """Name a value by its key; an entry of a list by its position from 1."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return f"`{path[-1]}`"
    key = next((f" of `{step}`" for step in reversed(path) if isinstance(step, str)), "")
    return f"entry {path[-1] + 1}{key}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kindless(path: tuple[str | int, ...], error: Mapping[str, Any]) -> Fault:
    """Say that a question's kind is missing, or none of those that there are."""
    context = error["ctx"]
    key = str(context["discriminator"]).strip("'")
    if "tag" not in context:
        return Fault(path, f"a question needs `{key}`", "The word that says what is asked, such as `code`")
    known = [part.strip("'") for part in str(context["expected_tags"]).split(", ")]
    words = f"`{key}` is {show(context['tag'])}, which is not known here"
    return Fault((*path, key), words, suggestion(context["tag"], known))


def _missing(path: tuple[str | int, ...], value: Any, schema: dict[str, Any]) -> Fault:
    noun, fields = _fields(path[:-1], value, schema)
    description = str(fields.get(str(path[-1]), {}).get("description", "")).removesuffix(".")
    return Fault(path[:-1], f"{article(noun)} needs `{path[-1]}`", description)


def _extra(path: tuple[str | int, ...], value: Any, schema: dict[str, Any]) -> Fault:
    noun, fields = _fields(path[:-1], value, schema)
    key = str(path[-1])
    if key == "<<":
        return Fault(path, "YAML 1.2 has no merge key `<<`", "Write the keys out", at_key=True)
    return Fault(path, f"`{key[:60]}` is not a key of {article(noun)}", suggestion(key, fields), at_key=True)


def _fields(path: tuple[str | int, ...], value: Any, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Follow a way through a JSON Schema, beside the document; return what stands there, its name and its keys."""
    here = _resolved(schema, value, schema)
    for step in path:
        value = value[step]
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
        here = _resolved(here, value, schema)
    return str(here.get("title", "mapping")), here.get("properties", {})


def _resolved(here: dict[str, Any], value: Any, schema: dict[str, Any]) -> dict[str, Any]:
    if choice := here.get("discriminator"):
        here = {"$ref": choice["mapping"].get(value.get(choice["propertyName"]), "#/$defs/")}
    while "$ref" in here:
        here = schema["$defs"].get(here["$ref"].rpartition("/")[2], {})
    return here
