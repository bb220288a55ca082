"""A practice's own measure as it is stored, and read again: a damaged one is refused."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from practice.domain.measures.definition import Choice
from practice.domain.measures.own import OwnDefinition, OwnItem
from practice.domain.measures.own_checks import own_problems

FORMAT = 1
WORDS = (
    "title",
    "short_title",
    "purpose",
    "minutes",
    "licence",
    "source",
    "validated",
    "shareable",
    "about_relationship",
)
"""What can be mended without a new version: a score means the same before and after."""


def stored(definition: OwnDefinition) -> dict[str, Any]:
    """Return a definition as plain values."""
    return {
        "format": FORMAT,
        **stored_words(definition),
        "instruction": definition.instruction,
        "items": [{"text": one.text, "reverse": one.reverse} for one in definition.items],
        "answers": [{"value": one.value, "label": one.label} for one in definition.answers],
        "low": definition.low,
        "high": definition.high,
        "step": definition.step,
        "higher_is_better": definition.higher_is_better,
    }


def stored_words(definition: OwnDefinition) -> dict[str, Any]:
    """Return the part of a definition that can be mended later, as plain values."""
    return {name: getattr(definition, name) for name in WORDS}


def read(data: object) -> OwnDefinition:
    """Read what ``stored`` gave.

    Raises:
        ValueError: naming what is missing, of another kind, or cannot be.
    """
    fields = _mapping(data)
    if fields.get("format") != FORMAT:
        raise ValueError("the format is not known")
    found = OwnDefinition(
        title=_text(fields, "title"),
        short_title=_text(fields, "short_title"),
        purpose=_text(fields, "purpose"),
        minutes=_whole(fields, "minutes"),
        instruction=_text(fields, "instruction"),
        items=tuple(
            OwnItem(_text(one, "text"), _flag(one, "reverse")) for one in _list(fields, "items")
        ),
        answers=tuple(
            Choice(_whole(one, "value"), _text(one, "label")) for one in _list(fields, "answers")
        ),
        low=_whole(fields, "low"),
        high=_whole(fields, "high"),
        step=_number(fields, "step"),
        higher_is_better=_flag(fields, "higher_is_better"),
        licence=_text(fields, "licence"),
        source=_text(fields, "source"),
        validated=_flag(fields, "validated"),
        shareable=_flag(fields, "shareable"),
        about_relationship=_about_relationship(fields),
    )
    return _usable(found)


def with_words(definition: OwnDefinition, data: object) -> OwnDefinition:
    """Return a definition with its mended words, as ``stored_words`` gave them.

    Raises:
        ValueError: as ``read``.
    """
    fields = _mapping(data)
    found = replace(
        definition,
        title=_text(fields, "title"),
        short_title=_text(fields, "short_title"),
        purpose=_text(fields, "purpose"),
        minutes=_whole(fields, "minutes"),
        licence=_text(fields, "licence"),
        source=_text(fields, "source"),
        validated=_flag(fields, "validated"),
        shareable=_flag(fields, "shareable"),
        about_relationship=_about_relationship(fields),
    )
    return _usable(found)


def _about_relationship(fields: Mapping[str, Any]) -> bool:
    # Stored before this was asked: what may be shown to the other speaks of the relationship.
    name = "about_relationship" if "about_relationship" in fields else "shareable"
    return _flag(fields, name)


def _usable(definition: OwnDefinition) -> OwnDefinition:
    problems = own_problems(definition)
    if problems:
        raise ValueError("; ".join(f"{field}: {message}" for field, message in problems.items()))
    return definition


def _mapping(data: object) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ValueError("there is no definition")
    return data


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _whole(fields: Mapping[str, Any], name: str) -> int:
    value = fields.get(name)
    if type(value) is not int:  # True is an int in Python, and no number that somebody entered
        raise ValueError(f"{name} is no whole number")
    return value


def _number(fields: Mapping[str, Any], name: str) -> float:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} is no number")
    return value


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value


def _list(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")
    return [_mapping(one) for one in value]
