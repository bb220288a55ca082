"""Places on the two axes of a chart: days from left to right, labels pushed apart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from practice.domain.words import short_month
from practice.reports.text_width import text_width

TICKS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Maps days to x. One day alone stands in the middle.

    Attributes:
        first: Day at ``left``.
        last: Day at ``right``.
        left: Smallest x, in drawing units.
        right: Largest x, in drawing units.
    """

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where ``day`` stands, in drawing units."""
        if self.first == self.last:
            return (self.left + self.right) / 2
        share = (day - self.first).days / (self.last - self.first).days
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class DayTick:
    """A mark on the day axis; ``year`` is empty unless the year has to be said here."""

    x: float
    text: str
    year: str


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """Give the first days of months, ``step`` apart and counted from year 0, within the range."""
    number = first.year * 12 + first.month - 1
    number += -number % step
    while number // 12 <= 9999:
        day = date(number // 12, number % 12 + 1, 1)
        if day > last:
            return
        if day >= first:
            yield day
        number += step


def _days(first: date, last: date, step: int) -> Iterator[date]:
    """Give days ``step`` apart; whole weeks begin on Mondays."""
    day = first + timedelta(days=-first.weekday() % 7) if step % 7 == 0 else first
    while day <= last:
        yield day
        day += timedelta(days=step)


def _day_and_month(day: date) -> str:
    return f"{day.day} {short_month(day)}"


def _month(day: date) -> str:
    return short_month(day)


def _year(day: date) -> str:
    return str(day.year)


_Step = tuple[Callable[[date, date, int], Iterator[date]], int, Callable[[date], str]]

# From fine to coarse; the first whose labels have room is taken.
_STEPS: tuple[_Step, ...] = (
    (_days, 1, _day_and_month),
    (_days, 7, _day_and_month),
    (_days, 14, _day_and_month),
    (_days, 28, _day_and_month),
    (_months, 1, _month),
    (_months, 2, _month),
    (_months, 3, _month),
    (_months, 6, _month),
    (_months, 12, _year),
    (_months, 24, _year),
    (_months, 60, _year),
    (_months, 120, _year),
    (_months, 600, _year),
    (_months, 6000, _year),
)


def _steps_for(span: int) -> Iterator[_Step]:
    """Leave out steps that cannot apply, so that no long list of days is made in vain."""
    for step in _STEPS:
        days = step[1] if step[0] is _days else step[1] * 31
        if span <= days * (TICKS_AT_MOST + 2):
            yield step


def _has_room(places: Sequence[tuple[float, str]], size: float) -> bool:
    ends = [(x - text_width(text, size) / 2, x + text_width(text, size) / 2) for x, text in places]
    return all(
        left[1] + size * 0.6 <= right[0] for left, right in zip(ends, ends[1:], strict=False)
    )


def day_ticks(scale: TimeScale, size: float, width: float) -> tuple[DayTick, ...]:
    """Choose the finest step whose labels stand clear of each other and inside the drawing.

    Args:
        scale: The days to show.
        size: Font size of the labels, in drawing units.
        width: Width of the drawing; no label reaches beyond it.
    """
    if scale.first == scale.last:
        day = scale.first
        return (DayTick(scale.x(day), _day_and_month(day), _year(day)),)
    for make, step, write in _steps_for((scale.last - scale.first).days):
        days = [
            day for day in make(scale.first, scale.last, step) if _inside(scale, day, size, width)
        ]
        places = [(scale.x(day), write(day)) for day in days]
        if len(places) <= TICKS_AT_MOST and _has_room(places, size):
            return _with_years(scale, days, write, size) if places else _ends(scale)
    return _ends(scale)


def _inside(scale: TimeScale, day: date, size: float, width: float) -> bool:
    half = text_width("30 Nov", size) / 2
    return half <= scale.x(day) <= width - half


def _ends(scale: TimeScale) -> tuple[DayTick, ...]:
    """Fall back on the first day alone, where no regular step falls inside a short span."""
    return (DayTick(scale.x(scale.first), _day_and_month(scale.first), _year(scale.first)),)


def _with_years(
    scale: TimeScale, days: Sequence[date], write: Callable[[date], str], size: float
) -> tuple[DayTick, ...]:
    if write is _year:
        return tuple(DayTick(scale.x(day), write(day), "") for day in days)
    ticks: list[DayTick] = []
    said, free_from = None, float("-inf")
    for day in days:
        x, half = scale.x(day), text_width(_year(day), size) / 2
        say = day.year != said and x - half >= free_from
        ticks.append(DayTick(x, write(day), _year(day) if say else ""))
        if say:
            said, free_from = day.year, x + half + size * 0.6
    return tuple(ticks)


def spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> tuple[float, ...]:
    """Push places apart until neighbours are ``gap`` away, moving each as little as possible.

    Args:
        wanted: Where each would stand, in drawing units, in any order.
        gap: Smallest distance between two, in drawing units.
        top: Smallest place allowed.
        bottom: Largest place allowed. If all cannot fit, they overflow the bottom evenly spaced.

    Returns:
        A place for each, in the order of ``wanted``; the order from top to bottom is kept.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[list[int]] = []
    starts: list[float] = []
    for index in order:
        groups.append([index])
        starts.append(_start(groups[-1], wanted, gap, top, bottom))
        while len(groups) > 1 and starts[-2] + gap * len(groups[-2]) > starts[-1]:
            last = groups.pop()
            starts.pop()
            groups[-1] += last
            starts[-1] = _start(groups[-1], wanted, gap, top, bottom)
    places = [0.0] * len(wanted)
    for group, start in zip(groups, starts, strict=True):
        for offset, index in enumerate(group):
            places[index] = start + offset * gap
    return tuple(places)


def _start(
    group: Sequence[int], wanted: Sequence[float], gap: float, top: float, bottom: float
) -> float:
    """Return where a run of neighbours begins so that its members move least on average."""
    ideal = sum(wanted[index] - offset * gap for offset, index in enumerate(group)) / len(group)
    return max(top, min(ideal, bottom - gap * (len(group) - 1)))
