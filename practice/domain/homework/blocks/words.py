"""Blocks that are answered in one's own words: free text, and a list of short lines."""

from dataclasses import dataclass
from typing import ClassVar

from practice.domain.homework.blocks.base import (
    JSON,
    LINE_LIMIT,
    TEXT_LIMIT,
    Block,
    clean_text,
    strings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock(Block):
    """Free text of one or more paragraphs. Stored as a string."""

    kind: ClassVar[str] = "text"
    missing: ClassVar[str] = "Please write a few words here."
    rows: int = 3

    def clean(self, raw: object) -> JSON:
        return clean_text(raw, TEXT_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(Block):
    """Up to ``most`` short lines. Stored as a list of strings without empty ones.

    A form may hand over one string with line breaks or a list of strings.
    """

    kind: ClassVar[str] = "list"
    missing: ClassVar[str] = "Please write at least one line."
    most: int = 5

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"{self.key}: a list needs room for at least one line.")

    def clean(self, raw: object) -> JSON:
        # Refused before it is split: a list of a million empty lines is still a million lines.
        lines = clean_text(raw, TEXT_LIMIT).split("\n") if isinstance(raw, str) else strings(raw)
        kept: list[str] = []
        for number, line in enumerate(lines, start=1):
            text = clean_text(line, LINE_LIMIT, name=f"Line {number}")
            if text:
                kept.append(text)
        if len(kept) > self.most:
            raise ValueError(f"There is room for {self.most} lines; please keep the best.")
        return kept

    def text(self, value: JSON) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else ""
