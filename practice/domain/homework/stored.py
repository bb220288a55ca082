"""A worksheet as plain values, and read again: what does not fit is refused, never guessed.

The wording under which somebody wrote is kept with the version of the template, so that their
entry can be read in it for as long as it is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import Any

from practice.domain.homework.blocks import JSON, Block
from practice.domain.homework.blocks.stored import InvalidBlock, block_from_json, block_to_json
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

Reader = Callable[[object], Any]


class Damaged(ValueError):
    """Stored values that are no worksheet; the message names the field, and which question."""


def template_to_json(template: Template) -> dict[str, JSON]:
    """Return a template as plain values; key and version stand beside them, not in them."""
    return {one.name: _plain(getattr(template, one.name)) for one in _stored_fields()}


def template_from_json(key: str, version: int, data: object) -> Template:
    """Read what ``template_to_json`` gave.

    Args:
        key: Of the template.
        version: Of the template, from 1.
        data: The stored values. A field that came later may be missing where it has a default.

    Raises:
        Damaged: naming what is missing, unknown, or of another kind.
    """
    found = _read(data)
    try:
        return Template(key=key, version=version, **found)
    except ValueError as problem:
        raise Damaged(str(problem)) from problem


def _plain(value: Any) -> JSON:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Block):
        return block_to_json(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} cannot be stored as part of a worksheet")


def _stored_fields() -> tuple[Field[Any], ...]:
    return tuple(one for one in fields(Template) if one.name not in _BESIDE)


def _read(data: object) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise Damaged("A worksheet must be a set of fields.")
    known = {one.name: one for one in _stored_fields()}
    if not set(data) <= set(known):
        raise Damaged("It holds something that is not part of a worksheet.")
    found = {}
    for name, one in known.items():
        if name in data:
            found[name] = _at(name, TEMPLATE_FIELDS[name], data[name])
        elif one.default is MISSING:
            raise Damaged(f"{name}: is missing.")
    return found


def _at(place: str, reader: Reader, value: object) -> Any:
    try:
        return reader(value)
    except Damaged as problem:
        raise Damaged(f"{place}: {problem}") from problem


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Damaged("should be words.")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Damaged("should be a whole number.")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Damaged("should be true or false.")
    return value


def _several(reader: Reader, word: str) -> Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise Damaged("should be a list.")
        return tuple(_at(f"{word} {place}", reader, one) for place, one in enumerate(value, 1))

    return read


def _one_of(words: type[StrEnum]) -> Reader:
    def read(value: object) -> StrEnum:
        try:
            return words(_text(value))
        except ValueError:
            raise Damaged("is not one of the words that are known.") from None

    return read


def _block(value: object) -> Block:
    try:
        return block_from_json(value)
    except InvalidBlock as problem:
        raise Damaged(str(problem)) from problem


_BESIDE = frozenset({"key", "version"})

TEMPLATE_FIELDS: Mapping[str, Reader] = {
    "title": _text,
    "purpose": _text,
    "minutes": _whole,
    "steps": _several(_text, "step"),
    "example": _text,
    "not_when": _text,
    "source": _text_or_none,
    "blocks": _several(_block, "question"),
    "for_whom": _one_of(GivenTo),
    "frequency": _one_of(Frequency),
    "times_per_week": _whole,
    "default_audience": _one_of(Audience),
    "skills": _several(_one_of(Skill), "skill"),
    "patterns": _several(_one_of(InteractionPattern), "pattern"),
    "goals": _several(_one_of(ProblemGroup), "goal"),
    "needs_both_safe": _truth,
    "smaller": _text_or_none,
    "former_blocks": _several(_block, "former question"),
}
"""How each field of a template is read. A test asks for every one."""
