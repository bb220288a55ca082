"""How long somebody's record is kept after the last contact, and what a hold does to it."""

from dataclasses import dataclass
from datetime import date

USUAL_YEARS = 7
"""Common practice of insurers in the United Kingdom; the law of the place decides."""

LONGEST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Clock:
    """The retention clock of one person in one couple."""

    last_contact_on: date
    years: int
    """1 to 50, as the practice has set it."""

    is_held: bool = False
    """A legal hold on the couple stops everything."""

    def __post_init__(self) -> None:
        if not 1 <= self.years <= LONGEST_YEARS:
            raise ValueError(f"a record is kept 1 to {LONGEST_YEARS} years")

    @property
    def due_on(self) -> date:
        """The first day on which the record need not be kept any longer."""
        year = self.last_contact_on.year + self.years
        try:
            return self.last_contact_on.replace(year=year)
        except ValueError:  # 29 February
            return date(year, 3, 1)

    def is_due(self, today: date) -> bool:
        """Whether it may be erased on ``today``: never while it is held."""
        return not self.is_held and today >= self.due_on
