"""A block as JSON and back, for worksheets that a practice wrote itself.

What is read back is checked as if a stranger had written it: kinds, names, types and bounds, and
nothing that is not known. A message names the block by its key and never repeats more of it.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from practice.domain.homework.blocks.agreements import AgreementBlock
from practice.domain.homework.blocks.base import JSON, Block, Option
from practice.domain.homework.blocks.cards import CardBlock
from practice.domain.homework.blocks.choices import ChecklistBlock, ChoiceBlock, RatingBlock
from practice.domain.homework.blocks.logs import Column, LogBlock
from practice.domain.homework.blocks.plans import PlanBlock
from practice.domain.homework.blocks.trackers import TrackerBlock
from practice.domain.homework.blocks.words import ListBlock, TextBlock
from practice.domain.texts import tidy

KINDS: Mapping[str, type[Block]] = {
    one.kind: one
    for one in (
        TextBlock,
        RatingBlock,
        ChoiceBlock,
        ChecklistBlock,
        ListBlock,
        PlanBlock,
        LogBlock,
        TrackerBlock,
        AgreementBlock,
        CardBlock,
    )
}
"""Every kind that can be stored, by the name under which it is."""

_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_WORDS = {"prompt": 300, "hint": 500, "title": 80, "low_label": 60, "high_label": 60, "label": 200}
_MAY_BE_EMPTY = frozenset({"hint"})
_NUMBERS = {"rows": (1, 20), "most": (1, 20), "low": (-20, 20), "high": (-20, 20)}
_MOST_OPTIONS = 30
_MOST_COLUMNS = 6


class InvalidBlock(ValueError):
    """A stored block that cannot be used; the message says which and why."""


def block_to_json(block: Block) -> dict[str, JSON]:
    """Return a block as JSON.

    Raises:
        InvalidBlock: if its kind belongs to the program and is not offered to worksheets.
    """
    if KINDS.get(block.kind) is not type(block):
        raise InvalidBlock(f"{block.key}: this kind of question cannot be stored.")
    return {"kind": block.kind, **_plain(block)}


def block_from_json(value: object) -> Block:
    """Return the block that ``block_to_json`` wrote.

    Raises:
        InvalidBlock: naming the block by its key, and what is wrong.
    """
    if not isinstance(value, Mapping):
        raise InvalidBlock("A block must be a mapping.")
    name = _name_of(value)
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidBlock(f"{name}: unknown kind of question.")
    rest = {key: one for key, one in value.items() if key != "kind"}
    built: Block = _build(KINDS[kind], rest, name)
    _require_sense(built)
    return built


def _plain(value: Any) -> dict[str, JSON]:
    return {field.name: _json(getattr(value, field.name)) for field in fields(value)}


def _json(value: Any) -> JSON:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    plain: JSON = value
    return plain


def _name_of(value: Mapping[Any, Any]) -> str:
    key = value.get("key")
    return key if isinstance(key, str) and _KEY.fullmatch(key) else "A block"


def _build(kind: type[Any], given: Mapping[Any, Any], name: str) -> Any:
    """Return an object of a frozen dataclass from what was stored of it."""
    known = {field.name: field for field in fields(kind)}
    if not set(given) <= set(known):
        raise InvalidBlock(f"{name}: it holds something that this kind does not have.")
    for field in known.values():
        if field.name not in given and _is_needed(field):
            raise InvalidBlock(f"{name}: {field.name} is missing.")
    checked = {key: _checked(key, one, name) for key, one in given.items()}
    try:
        return kind(**checked)
    except ValueError as problem:
        raise InvalidBlock(str(problem)) from None


def _is_needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _checked(part: str, value: object, name: str) -> object:
    if part == "key":
        return _key(value, name)
    if part == "required":
        return _truth(value, name)
    if part in _NUMBERS:
        return _number(part, value, name)
    if part in _PARTS:
        return _parts(part, value, name)
    return _words(part, value, name)


def _key(value: object, name: str) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise InvalidBlock(f"{name}: the key must be a short lower-case name.")
    return value


def _truth(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidBlock(f"{name}: required must be true or false.")
    return value


def _number(part: str, value: object, name: str) -> int:
    lowest, highest = _NUMBERS[part]
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise InvalidBlock(f"{name}: {part} must be a whole number from {lowest} to {highest}.")
    return value


def _words(part: str, value: object, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidBlock(f"{name}: {part} must be words.")
    text = tidy(value)
    if not text and part not in _MAY_BE_EMPTY:
        raise InvalidBlock(f"{name}: {part} must not be empty.")
    if len(text) > _WORDS[part]:
        raise InvalidBlock(f"{name}: {part} has room for {_WORDS[part]} characters.")
    return text


def _parts(part: str, value: object, name: str) -> tuple[Any, ...]:
    kind, most = _PARTS[part]
    if not isinstance(value, list | tuple) or len(value) > most:
        raise InvalidBlock(f"{name}: {part} must be a list of at most {most}.")
    if not all(isinstance(one, Mapping) for one in value):
        raise InvalidBlock(f"{name}: {part} must be a list of mappings.")
    return tuple(_build(kind, one, name) for one in value)


def _require_sense(block: Block) -> None:
    if isinstance(block, RatingBlock) and block.high - block.low > _WIDEST:
        raise InvalidBlock(f"{block.key}: a rating has at most {_WIDEST + 1} steps.")


_PARTS: Mapping[str, tuple[type[Any], int]] = {
    "options": (Option, _MOST_OPTIONS),
    "columns": (Column, _MOST_COLUMNS),
}
_WIDEST = 10
