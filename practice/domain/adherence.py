"""How much was done of what was due, and how many sessions were attended.

No clock: ``today`` is always an argument, so a report can be made as of an earlier day. Nothing
is counted against anybody before its time: an occasion is due once its last day is over, or
as soon as it was done. What was not done is not named here; it is the rest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from practice.domain.homework.terms import Frequency
from practice.domain.sessions import Attendance

_DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which an assignment rests, both ends included; without a last day while it lasts."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("The last day of a pause cannot lie before its first.")

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When an assignment asks for something; what adherence needs to know of it.

    Args:
        frequency: How often.
        start: First day on which it can be done.
        until: For ``ONCE`` the day it is due, None if it has no date. For all others the last
            day of the task, None while it is open.
        ended_on: The day on which it was retired early; None if it was not.
        times_per_week: 1 to 7; read only for ``SEVERAL_TIMES_A_WEEK``.
        pauses: When it rests, in any order; they may overlap.

    Raises:
        ValueError: if ``until`` lies before ``start``, or ``times_per_week`` out of range.
    """

    frequency: Frequency
    start: date
    until: date | None = None
    ended_on: date | None = None
    times_per_week: int = 1
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.start:
            raise ValueError("The last day of homework cannot lie before its first.")
        if not 1 <= self.times_per_week <= _DAYS_IN_A_WEEK:
            raise ValueError("Homework is asked for 1 to 7 times a week.")

    def rests_on(self, day: date) -> bool:
        """Whether ``day`` lies in a pause."""
        return any(pause.covers(day) for pause in self.pauses)

    def days_asked(self, first: date, last: date) -> int:
        """Return how many days from ``first`` to ``last``, both included, lie in no pause."""
        count = max(0, (last - first).days + 1)
        if not self.pauses:
            return count
        return sum(not self.rests_on(first + timedelta(days=n)) for n in range(count))

    def rest_ends(self, day: date) -> date | None:
        """Return the last day of the pause that ``day`` lies in; None where nobody has said."""
        ends = [pause.last for pause in self.pauses if pause.covers(day)]
        known = [end for end in ends if end is not None]
        return max(known, default=None) if len(known) == len(ends) else None

    def days_to_write(self, today: date) -> tuple[date, ...]:
        """Return the days one may write about ``today``, newest first.

        Today and yesterday, as far as they lie in the task and in no pause; what is asked for
        once can be written today, however late. None at all before it begins, while it rests, or
        after it was retired.
        """
        if self.ended_on is not None or today < self.start or self.rests_on(today):
            return ()
        if self.frequency is Frequency.ONCE:
            return (today,)
        return tuple(
            day
            for day in (today, today - timedelta(days=1))
            if self.start <= day <= (self.until or day) and not self.rests_on(day)
        )

    @property
    def date_to_keep(self) -> date | None:
        """The day until which something done once is asked for; None if there is none.

        A date that lies in a pause moves to its end, and is none while the pause has no end.
        """
        day = self.until
        while day is not None and (pause := next((p for p in self.pauses if p.covers(day)), None)):
            if pause.last is None:
                return None
            day = max(day, pause.last) + timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class Occasion:
    """A span of days in which something is asked for: a day, a week, or the whole task."""

    first: date
    last: date
    """Last day on which an entry counts, both ends included."""

    asked: int
    """How many days of doing it are asked for in this span when it runs to its end."""

    due: int
    """How many of them are due whether done or not: 0 while the span still runs."""

    extra: int = 0
    """How many days of doing beyond ``asked`` count all the same, because of a pause."""

    def achieved(self, days: Iterable[date]) -> int:
        """Count the different ``days`` of doing, as far as they count; all lie within the span."""
        return min(len(set(days)), self.asked + self.extra)


@dataclass(frozen=True, slots=True)
class Adherence:
    """Done of due, for one person and one or more assignments."""

    done: int
    """Occasions done, never more than ``due``: two entries for one day are one."""

    due: int
    """Occasions due by now."""

    entries: int
    """All entries that count, those beyond what was asked included."""

    days_active: int
    """Different days with an entry. Grows, never breaks: there is no streak to lose."""

    @property
    def rate(self) -> float | None:
        """Share done of due, 0 to 1; None while nothing is due."""
        return self.done / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class WeekDone:
    """Done of due in one week, for one person and one or more assignments."""

    monday: date
    done: int
    """Occasions done, never more than ``due``."""

    due: int
    """> 0: a week in which nothing was due is left out."""


@dataclass(frozen=True, slots=True)
class AttendanceRate:
    """How many of ``n`` sessions somebody attended."""

    attended: int
    """Came, late or in time."""

    n: int
    """Sessions that were to take place: attended, cancelled late, or not attended."""

    cancelled: int
    """Cancelled in time: named beside the rate, part of neither of its numbers."""

    @property
    def rate(self) -> float | None:
        """Share attended, 0 to 1; None while ``n`` is 0."""
        return self.attended / self.n if self.n else None


def due_occasions(schedule: Schedule, today: date) -> tuple[Occasion, ...]:
    """Return the occasions that have begun by ``today``, in order.

    * ``ONCE``: one occasion from the start, without a last day for doing it (late is done). It is
      due the day after its date. Without a date it is never due by time alone.
    * ``DAILY``: one occasion a day, due from the day after.
    * ``WEEKLY`` and ``SEVERAL_TIMES_A_WEEK``: weeks of seven days counted from the start, not
      calendar weeks; due when the week is over. At most one a day counts, because small and
      often is the point.
    * A last week cut short by ``until`` asks for its share, rounded down; a task shorter than a
      week asks for at least one.
    * A start in the future, or retired before the start: no occasions.
    * Ended early: what was over before that day stays due. The day itself, and a ``ONCE`` not
      yet due, are not asked for any more; a running week asks for the share of the days that
      had passed, rounded down. What was done until and on that day still counts.
    * In a pause nothing is asked for or due: a week asks for the share of its other days, rounded
      down, and a date that lies in a pause moves to the day after it. What was done all the same
      counts as it would without the pause: resting never makes anybody look worse.
    """
    end = today if schedule.ended_on is None else min(today, schedule.ended_on)
    if end < schedule.start:
        return ()
    if schedule.frequency is Frequency.ONCE:
        keep = schedule.date_to_keep
        is_due = keep is not None and keep < end
        return (Occasion(schedule.start, end, asked=1, due=int(is_due)),)
    return tuple(_spans(schedule, end, today))


def running_occasion(schedule: Schedule, today: date) -> Occasion | None:
    """Return the day or week that runs ``today``; None outside the task, or once it was retired."""
    if schedule.ended_on is not None:
        return None
    occasions = due_occasions(schedule, today)
    return occasions[-1] if occasions and occasions[-1].last == today else None


def adherence(schedule: Schedule, entry_days: Iterable[date], today: date) -> Adherence:
    """Count what one person did of what one assignment asked for.

    Args:
        schedule: When it was asked for.
        entry_days: The day of each entry, with repeats, in any order; the day it was done on,
            in the practice's zone. Leave out entries whose outcome does not count as done
            (``Outcome.counts_as_done``).
        today: The day as of which to count.

    Returns:
        Figures without entries outside the task: those before its start, after its last day
        (but for ``ONCE``), after it was retired, or after ``today`` are not counted at all.
    """
    return adherence_over([(schedule, entry_days)], today)


def adherence_over(tasks: Iterable[tuple[Schedule, Iterable[date]]], today: date) -> Adherence:
    """Add up what one person did over several assignments; a day is active once.

    Args:
        tasks: Each assignment with the days of this person's entries, as for ``adherence``.
        today: The day as of which to count.
    """
    done = due = entries = 0
    active: set[date] = set()
    for schedule, entry_days in tasks:
        days = sorted(entry_days)
        for occasion in due_occasions(schedule, today):
            counted = days[bisect_left(days, occasion.first) : bisect_right(days, occasion.last)]
            achieved = occasion.achieved(counted)
            due += max(occasion.due, achieved)
            done += achieved
            entries += len(counted)
            active.update(counted)
    return Adherence(done=done, due=due, entries=entries, days_active=len(active))


def adherence_by_week(
    tasks: Iterable[tuple[Schedule, Iterable[date]]], today: date
) -> tuple[WeekDone, ...]:
    """Part what ``adherence_over`` counts by weeks from Monday on, oldest first.

    An occasion belongs to the week of its last day; what is asked once, to the week in which it
    was done, else to that of its date. The weeks add up to what ``adherence_over`` counts.

    Args:
        tasks: As for ``adherence_over``.
        today: The day as of which to count.
    """
    weeks: dict[date, tuple[int, int]] = {}
    for schedule, entry_days in tasks:
        days = sorted(entry_days)
        for occasion in due_occasions(schedule, today):
            counted = days[bisect_left(days, occasion.first) : bisect_right(days, occasion.last)]
            achieved = occasion.achieved(counted)
            monday = monday_of(_day_of(schedule, occasion, counted))
            done, due = weeks.get(monday, (0, 0))
            weeks[monday] = (done + achieved, due + max(occasion.due, achieved))
    return tuple(WeekDone(day, done, due) for day, (done, due) in sorted(weeks.items()) if due)


def _day_of(schedule: Schedule, occasion: Occasion, counted: list[date]) -> date:
    if schedule.frequency is not Frequency.ONCE:
        return occasion.last
    return counted[0] if counted else schedule.until or occasion.last


def monday_of(day: date) -> date:
    """Return the Monday from which the week of ``day`` is counted."""
    return day - timedelta(days=day.weekday())


def attendance_rate(statuses: Iterable[Attendance | None]) -> AttendanceRate:
    """Count the sessions one person attended.

    Args:
        statuses: One for each session; None for a session still planned, or held without this
            person being expected. Such sessions do not count.
    """
    known = [status for status in statuses if status is not None]
    cancelled = known.count(Attendance.CANCELLED)
    return AttendanceRate(
        attended=sum(status.was_there for status in known),
        n=len(known) - cancelled,
        cancelled=cancelled,
    )


def _spans(schedule: Schedule, end: date, today: date) -> Iterator[Occasion]:
    """Yield the days or weeks of a repeated task that have begun by ``end``."""
    daily = schedule.frequency is Frequency.DAILY
    length = 1 if daily else _DAYS_IN_A_WEEK
    first = schedule.start
    while first <= min(end, schedule.until or end):
        last = first + timedelta(days=length - 1)
        if schedule.until is not None:
            last = min(last, schedule.until)
        asked = _asked(schedule, first, schedule.days_asked(first, last))
        without_pause = _asked(schedule, first, (last - first).days + 1)
        due = _due(schedule, first, last, today, asked)
        yield Occasion(first, min(last, end), asked, due, without_pause - asked)
        first += timedelta(days=length)


def _asked(schedule: Schedule, first: date, days: int) -> int:
    """Return how many times are asked for on ``days`` of the span that begins ``first``."""
    if schedule.frequency is Frequency.DAILY:
        return days
    share = _share(schedule, days)
    return max(min(1, days), share) if first == schedule.start else share


def _due(schedule: Schedule, first: date, last: date, today: date, asked: int) -> int:
    """Return how many of ``asked`` are due by ``today``, whether done or not."""
    retired = schedule.ended_on
    if last < today and (retired is None or last < retired):
        return asked
    if retired is None or today < retired or schedule.frequency is Frequency.DAILY:
        return 0
    passed = schedule.days_asked(first, retired - timedelta(days=1))
    return min(asked, _share(schedule, passed))


def _share(schedule: Schedule, days: int) -> int:
    """Return the part of a week's times that falls to ``days`` of it, rounded down."""
    weekly = schedule.frequency is Frequency.WEEKLY
    return (1 if weekly else schedule.times_per_week) * days // _DAYS_IN_A_WEEK
