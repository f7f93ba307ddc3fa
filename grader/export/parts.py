"""What platforms are given of some sheets: each question with its different variants, whole or part by part.

A platform that cannot hold several forms in one question gets a question for each, with its share of the points.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.export.prose import BLANK, circled
from grader.model.sheet import BlankKey, Blanks, Choose, Enter, FormKey, Item, Key, Posed, Sheet

__all__ = ["Group", "Variant", "each_blank", "each_form", "groups", "points_text"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a question, and the first code under which it was posed."""

    code: str
    posed: Posed


@dataclass(frozen=True, slots=True)
class Group:
    """A question: its variants that differ, of which a platform gives one to each student."""

    id: str
    title: str
    variants: tuple[Variant, ...]


def groups(sheets: Iterable[Sheet]) -> tuple[Group, ...]:
    """Gather the variants of each question from some sheets of one assessment."""
    found: dict[str, dict[str, Variant]] = {}
    for sheet in sheets:
        for posed in sheet.posed:
            variants = found.setdefault(posed.item.id, {})
            variants.setdefault(repr(posed), Variant(sheet.variant, posed))
    return tuple(
        Group(name, next(iter(variants.values())).posed.item.title, tuple(variants.values()))
        for name, variants in found.items()
    )


def each_form(posed: Posed) -> tuple[Posed, ...]:
    """Return a question for each form, such as a choice and its reason."""
    forms = posed.item.forms
    if len(forms) == 1:
        return (posed,)
    made: list[Posed] = []
    for form, key, share in zip(forms, posed.key.forms, posed.key.shares, strict=True):
        name = (
            form.label if isinstance(form, Enter) and form.label else "Choice" if isinstance(form, Choose) else ""
        )
        item = replace(
            posed.item,
            id=f"{posed.item.id}/{(name or f'part-{len(made) + 1}').casefold()}",
            title=f"{posed.item.title}: {(name or f'part {len(made) + 1}').casefold()}",
            points=posed.item.points * share,
            forms=(form,),
        )
        made.append(Posed(item, replace(posed.key, forms=(key,), shares=(Fraction(1),))))
    return tuple(made)


def each_blank(posed: Posed) -> tuple[Posed, ...]:
    """Return a question for each blank; the prompt shows all blanks as ①, ②, ..., and says which is asked."""
    (form,), (keys,) = posed.item.forms, posed.key.forms
    if not isinstance(form, Blanks) or not isinstance(keys, tuple):
        return (posed,)
    if len(keys) == 1:  # the prompt's own line shows where
        item = replace(posed.item, forms=form.fields)
        return (Posed(item, _blank_key(posed.key, keys[0])),)
    numbers = iter(range(1, len(form.fields) + 1))
    prompt = BLANK.sub(
        lambda found: circled(number) if (number := next(numbers, 0)) else found[0], posed.item.prompt
    )
    return tuple(
        Posed(_blank_item(posed.item, prompt, field, key, number), _blank_key(posed.key, key))
        for number, (field, key) in enumerate(zip(form.fields, keys, strict=True), start=1)
    )


def _blank_item(item: Item, prompt: str, field: Enter, key: BlankKey, number: int) -> Item:
    return replace(
        item,
        id=f"{item.id}/blank-{number}",
        title=f"{item.title}: {circled(number)}",
        prompt=f"{prompt}\n\nWhat belongs at {circled(number)}?",
        points=item.points * key.share,
        forms=(field,),
    )


def _blank_key(key: Key, blank: BlankKey) -> Key:
    form: FormKey = blank.number or blank.formula or replace(blank, share=Fraction(1))
    return replace(key, forms=(form,), shares=(Fraction(1),))


def points_text(points: Fraction) -> str:
    """Write points as a plain decimal, as exactly as platforms keep them."""
    return f"{float(points):.10f}".rstrip("0").rstrip(".")
