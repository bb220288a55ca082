"""A plan: what, on which day, when and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from practice.domain.homework.blocks.base import (
    JSON,
    LINE_LIMIT,
    Block,
    Option,
    clean_day,
    clean_text,
)
from practice.domain.words import weekday_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBlock(Block):
    """What, on which day, when and where. Stored as ``{"what", "day", "place"}`` or None.

    ``day`` is an ISO date or ""; a form may hand over a ``date`` or its ISO text. ``place`` is
    free text for the time and the place.
    """

    kind: ClassVar[str] = "plan"
    missing: ClassVar[str] = "Please say what you have in mind."
    parts: ClassVar[tuple[Option, ...]] = (
        Option("what", "What"),
        Option("day", "Day"),
        Option("place", "Time and place"),
    )
    """The inputs of this block, in order, with their labels."""

    def clean(self, raw: object) -> JSON:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise ValueError("Please fill in the plan line by line.")
        plan: dict[str, JSON] = {
            "what": clean_text(raw.get("what"), LINE_LIMIT, name="What"),
            "day": clean_day(raw.get("day")),
            "place": clean_text(raw.get("place"), LINE_LIMIT, name="Time and place"),
        }
        if not any(plan.values()):
            return None
        if not plan["what"]:
            raise ValueError(self.missing)
        return plan

    def text(self, value: JSON) -> str:
        if not isinstance(value, Mapping):
            return ""
        day = str(value.get("day") or "")
        when = weekday_in_words(date.fromisoformat(day), year=True) if day else ""
        parts = (value.get("what"), when, value.get("place"))
        return ", ".join(str(part) for part in parts if part)
