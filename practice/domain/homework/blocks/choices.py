"""Blocks that are answered by choosing: a rating, one of several, any of several."""

import re
from dataclasses import dataclass
from typing import ClassVar

from practice.domain.homework.blocks.base import (
    JSON,
    Block,
    Option,
    labels,
    require_distinct,
    strings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingBlock(Block):
    """A whole number from ``low`` to ``high`` with words at both ends. Stored as an integer."""

    kind: ClassVar[str] = "rating"
    low: int = 0
    high: int = 10
    low_label: str
    high_label: str

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"{self.key}: the lowest rating must be below the highest.")

    def clean(self, raw: object) -> JSON:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        number = whole_number(raw)
        if number is None or not self.low <= number <= self.high:
            raise ValueError(f"Choose a whole number from {self.low} to {self.high}.")
        return number

    def text(self, value: JSON) -> str:
        if value is None:
            return ""
        if value == self.low:
            return f"{value} of {self.high} ({self.low_label})"
        if value == self.high:
            return f"{value} of {self.high} ({self.high_label})"
        return f"{value} of {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceBlock(Block):
    """One of several answers. Stored as the key of the option."""

    kind: ClassVar[str] = "choice"
    missing: ClassVar[str] = "Please choose one answer."
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        require_distinct(self.key, self.options)

    def clean(self, raw: object) -> JSON:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str) or raw not in [option.key for option in self.options]:
            raise ValueError("Choose one of the answers in the list.")
        return str(raw)

    def text(self, value: JSON) -> str:
        return labels(self.options, [value]) if value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistBlock(Block):
    """Any number of answers. Stored as a list of option keys, in the order of the list."""

    kind: ClassVar[str] = "checklist"
    missing: ClassVar[str] = "Please tick at least one."
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        require_distinct(self.key, self.options)

    def clean(self, raw: object) -> JSON:
        ticked = set(strings(raw))
        known = [option.key for option in self.options]
        if not ticked <= set(known):
            raise ValueError("Tick only answers from the list.")
        return [key for key in known if key in ticked]

    def text(self, value: JSON) -> str:
        return labels(self.options, value) if isinstance(value, list | tuple) else ""


def whole_number(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = raw.strip() if isinstance(raw, str) else ""
    # int() alone would take "1_0", other scripts' digits and whole novels.
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None
