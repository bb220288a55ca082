"""A question of a worksheet as plain values, and read again: what does not fit is refused."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from practice.domain.homework.blocks import (
    JSON,
    Block,
    ChecklistBlock,
    ChoiceBlock,
    ListBlock,
    Option,
    PlanBlock,
    RatingBlock,
    TextBlock,
)

KINDS: Mapping[str, type[Block]] = {
    one.kind: one
    for one in (TextBlock, RatingBlock, ChoiceBlock, ChecklistBlock, ListBlock, PlanBlock)
}
"""Every kind that can be stored, by the name under which it is."""


class InvalidBlock(ValueError):
    """A stored block that cannot be used; the message says which and why."""


def block_to_json(block: Block) -> dict[str, JSON]:
    """Return a block as JSON.

    Raises:
        InvalidBlock: if its kind cannot be stored.
    """
    if KINDS.get(block.kind) is not type(block):
        raise InvalidBlock(f"{block.key}: this kind of question cannot be stored.")
    return {
        "kind": block.kind,
        **{one.name: _plain(getattr(block, one.name)) for one in _of(block)},
    }


def block_from_json(value: object) -> Block:
    """Return the block that ``block_to_json`` wrote.

    Raises:
        InvalidBlock: naming the block by its key, and what is wrong.
    """
    if not isinstance(value, Mapping):
        raise InvalidBlock("A block must be a mapping.")
    key, kind = value.get("key"), value.get("kind")
    name = key[:40] if isinstance(key, str) and key.isidentifier() else "A block"
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidBlock(f"{name}: unknown kind of question.")
    built: Block = _build(KINDS[kind], {k: v for k, v in value.items() if k != "kind"}, name)
    return built


def _of(made: Any) -> Any:
    return fields(made)


def _plain(value: Any) -> JSON:
    if isinstance(value, tuple):
        return [{one.name: getattr(part, one.name) for one in _of(part)} for part in value]
    plain: JSON = value
    return plain


def _build(made: Any, given: Mapping[Any, object], name: str) -> Any:
    known = {one.name: one for one in _of(made)}
    if not set(given) <= set(known):
        raise InvalidBlock(f"{name}: it holds something that this kind does not have.")
    for one in known.values():
        if one.name not in given and one.default is MISSING:
            raise InvalidBlock(f"{name}: {one.name} is missing.")
    checked = {part: _checked(part, value, name) for part, value in given.items()}
    try:
        return made(**checked)
    except ValueError as problem:
        raise InvalidBlock(str(problem)) from None


def _checked(part: str, value: object, name: str) -> object:
    if part == "options":
        if not isinstance(value, list | tuple) or not all(isinstance(o, Mapping) for o in value):
            raise InvalidBlock(f"{name}: options must be a list of mappings.")
        return tuple(_build(Option, one, name) for one in value)
    wanted: type = bool if part == "required" else int if part in _NUMBERS else str
    if type(value) is not wanted:
        raise InvalidBlock(f"{name}: {part} must be {_WORDS[wanted]}.")
    return value


_NUMBERS = frozenset({"rows", "most", "low", "high"})
_WORDS: Mapping[type, str] = {bool: "true or false", int: "a whole number", str: "words"}
