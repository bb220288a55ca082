"""An agreement between the members: signed by everybody it was given to, looked at again later."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from practice.domain.homework.blocks.base import JSON, Block, clean_day
from practice.domain.words import weekday_in_words

LONGEST = timedelta(days=2 * 365 + 1)
"""How far away the day of looking at it again may lie: two years, a leap day included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementBlock(Block):
    """Makes an entry an agreement that is to be signed. Stored as the ISO day of its review."""

    kind: ClassVar[str] = "agreement"
    missing: ClassVar[str] = "Please choose the day on which you look at it again."
    required: bool = True

    def __post_init__(self) -> None:
        if not self.required:
            raise ValueError(f"{self.key}: an agreement needs a day of review.")

    def clean(self, raw: object) -> JSON:
        return clean_day(raw)

    def check(self, value: JSON, today: date) -> str:
        day = self.review_on(value)
        if day is None or today < day <= today + LONGEST:
            return ""
        if day <= today:
            return "Choose a day that is still to come."
        return "Choose a day within the next two years."

    def review_on(self, value: JSON) -> date | None:
        """Return the stored day of review; None where there is none."""
        return date.fromisoformat(value) if isinstance(value, str) and value else None

    def text(self, value: JSON) -> str:
        day = self.review_on(value)
        return weekday_in_words(day, year=True) if day else ""
