"""When an e-mail may come that is sent by itself: days and hours its reader called safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""By ``date.weekday()``."""

_LOOK_AHEAD = 15
"""Days: two weeks and one, for a window that the clocks take away on its only day."""


@dataclass(frozen=True, slots=True)
class MailTimes:
    """Days of the week and hours, by the clock of the practice."""

    days: tuple[int, ...]
    """0 (Monday) to 6, each once, in order; one at least."""

    opens: time
    closes: time
    """Later than ``opens`` on the same day; at that time nothing is sent any more."""

    link: bool = False
    """Whether the mail may name the address of the page for signing in."""

    def __post_init__(self) -> None:
        if not self.days or tuple(sorted(set(self.days))) != self.days:
            raise ValueError("days must be one or more, each once, in order")
        if self.days[0] < 0 or self.days[-1] >= len(DAYS):
            raise ValueError("a day is 0 (Monday) to 6 (Sunday)")
        if self.closes <= self.opens:
            raise ValueError("it must close later than it opens")

    @property
    def words(self) -> str:
        """The window in words: ``Monday and Friday, 09:00 to 17:00``."""
        return f"{self._days_in_words()}, {self.opens:%H:%M} to {self.closes:%H:%M}"

    def _days_in_words(self) -> str:
        if len(self.days) == len(DAYS):
            return "every day"
        names = [DAYS[day] for day in self.days]
        run = self.days[-1] - self.days[0] + 1 == len(self.days)
        if run and len(self.days) > 2:  # two days are named, three are a stretch
            return f"{names[0]} to {names[-1]}"
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    def is_open(self, there: datetime) -> bool:
        """Whether a mail may be sent at a moment, given as an aware time in the practice."""
        return there.weekday() in self.days and self.opens <= there.time() < self.closes

    def next_opening(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment from ``moment`` on at which a mail may be sent, in UTC.

        Where the clocks skip the opening, it opens as soon as they have; a window that they skip
        whole does not open on that day.

        Raises:
            ValueError: if ``moment`` is naive.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        there = moment.astimezone(zone)
        if self.is_open(there):
            return moment.astimezone(UTC)
        for number in range(_LOOK_AHEAD):
            day = there.date() + timedelta(days=number)
            opening = datetime.combine(day, self.opens, tzinfo=zone).astimezone(UTC)
            if opening >= moment and self.is_open(opening.astimezone(zone)):
                return opening
        raise AssertionError("a window opens at least once in two weeks")

    def last_day_before(self, day: date, *, at_most: int) -> date | None:
        """Return the last day on which a mail may come before ``day``; None if all are too early.

        Args:
            day: What the mail is about.
            at_most: How many days before at the earliest.
        """
        earlier = (day - timedelta(days=number) for number in range(1, at_most + 1))
        return next((one for one in earlier if one.weekday() in self.days), None)

    def as_json(self) -> dict[str, Any]:
        """Return plain values, to be stored."""
        return {
            "days": list(self.days),
            "opens": f"{self.opens:%H:%M}",
            "closes": f"{self.closes:%H:%M}",
            "link": self.link,
        }


def times_from_json(stored: Mapping[str, Any] | None) -> MailTimes | None:
    """Return what ``MailTimes.as_json`` gave; None where no times were named."""
    if stored is None:
        return None
    return MailTimes(
        days=tuple(stored["days"]),
        opens=time.fromisoformat(stored["opens"]),
        closes=time.fromisoformat(stored["closes"]),
        link=stored["link"],
    )
