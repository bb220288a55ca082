"""A card: a few short lines that stand on both portals and fit on a piece of paper."""

from dataclasses import dataclass
from typing import ClassVar

from practice.domain.homework.blocks.base import JSON, TEXT_LIMIT, Block, clean_text, strings

CARD_LINE_LIMIT = 120
"""Characters in one line: what can be taken in at a glance, in a bad moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBlock(Block):
    """Up to ``most`` short lines under a ``title``. Stored as a list of strings."""

    kind: ClassVar[str] = "card"
    missing: ClassVar[str] = "Please write at least one line for the card."
    title: str
    """What stands on the card; neutral enough to lie open."""

    most: int = 6

    def __post_init__(self) -> None:
        if not self.title.strip() or self.most < 1:
            raise ValueError(f"{self.key}: a card needs a title and room for at least one line.")

    def clean(self, raw: object) -> JSON:
        lines = clean_text(raw, TEXT_LIMIT).split("\n") if isinstance(raw, str) else strings(raw)
        kept = [
            " ".join(clean_text(line, CARD_LINE_LIMIT, name=f"Line {number}").split())
            for number, line in enumerate(lines, start=1)
        ]
        kept = [line for line in kept if line]
        if len(kept) > self.most:
            raise ValueError(f"There is room for {self.most} lines; please keep the best.")
        return kept

    def text(self, value: JSON) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else ""
