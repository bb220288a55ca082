"""When each occasion of one member's course is open, whatever is asked in it."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from practice.domain.battery import Battery, Occasion
from practice.domain.schedule.facts import CourseFacts, PersonFacts, SessionFact, counts_for
from practice.domain.sessions import SessionStatus

BEFORE_DAYS = 3
AFTER_DAYS = 3
DUE_DAYS = 7
"""Discharge and follow-ups: a week to answer in peace."""

CLOSING_DAYS = 28
MONTHS_AFTER = {Occasion.FOLLOW_UP_3: 3, Occasion.FOLLOW_UP_12: 12}

FRESH_DAYS = 7
"""What was said in the week before the care ended stands for what is asked at discharge."""

FIRST = (
    Occasion.INTAKE,
    Occasion.DISCHARGE,
    Occasion.FOLLOW_UP_3,
    Occasion.FOLLOW_UP_12,
    Occasion.REVIEW,
    Occasion.BEFORE_SESSION,
    Occasion.AFTER_SESSION,
)
"""Which occasion keeps what two of them would ask at the same time."""


@dataclass(frozen=True, slots=True)
class Window:
    """One occasion of one person's course, with the days on which it is open."""

    occasion: Occasion
    occasion_ref: str
    """Which time: unique for the person together with what is asked."""

    session_id: UUID | None
    opens_at: datetime
    due_on: date | None
    """The day it is meant for; that of the session where there is one."""

    closes_on: date | None
    """Last day; None: stays open."""

    first: date
    """The day on which it opens."""

    @property
    def last(self) -> date:
        """The day on which it closes; the last of all days where it stays open."""
        return self.closes_on or date.max

    @property
    def counts_from(self) -> date:
        """From which day on something that was said anyway stands for what is asked."""
        return counts_from(self.occasion, self.first)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """One of the sessions that a person knows of."""

    number: int
    day: date
    fact: SessionFact
    following: date | None
    """Day of the next one."""


def counts_from(occasion: Occasion, first: date) -> date:
    """Return from which day on something that was said anyway stands for what is asked.

    Args:
        occasion: When it is asked.
        first: The day on which that occasion opens.
    """
    fresh = FRESH_DAYS if occasion is Occasion.DISCHARGE else 0
    return first - timedelta(days=fresh)


def windows_of(battery: Battery, course: CourseFacts, person: PersonFacts) -> tuple[Window, ...]:
    """Return every occasion of one member's course; sessions of others alone are ignored."""
    sessions = _sessions_of(course, person)
    return (
        *_intake(battery, course, person, sessions),
        *_around_sessions(battery, course, person, sessions),
        *_after_the_end(course),
    )


def _sessions_of(course: CourseFacts, person: PersonFacts) -> list[_Numbered]:
    own = [session for session in course.sessions if counts_for(session, course, person)]
    own.sort(key=lambda session: (session.starts_at, session.id))
    days = [session.starts_at.astimezone(course.zone).date() for session in own]
    return [
        _Numbered(number, day, fact, following)
        for number, (day, fact, following) in enumerate(
            zip(days, own, [*days[1:], None], strict=False), start=1
        )
    ]


def _intake(
    battery: Battery, course: CourseFacts, person: PersonFacts, sessions: list[_Numbered]
) -> Iterator[Window]:
    reviews = (_opening_of(s, course) for s in sessions if battery.is_review(s.number))
    ends = [day for day in (next(reviews, None), course.ended_on) if day is not None]
    closes = min(ends) - timedelta(days=1) if ends else None
    if closes is not None and closes < person.joined_on:
        return
    yield Window(
        Occasion.INTAKE,
        Occasion.INTAKE.value,
        None,
        _beginning(person.joined_on, course),
        sessions[0].day if sessions else None,
        closes,
        person.joined_on,
    )


def _around_sessions(
    battery: Battery, course: CourseFacts, person: PersonFacts, sessions: list[_Numbered]
) -> Iterator[Window]:
    for session in sessions:
        opens = session.fact.starts_at - timedelta(days=BEFORE_DAYS)
        yield _at_session(Occasion.BEFORE_SESSION, session, opens, session.day, course)
        if battery.is_review(session.number):
            yield _at_session(Occasion.REVIEW, session, opens, session.day, course)
        if not _may_have_been_there(session.fact, person):
            continue
        closes = session.day + timedelta(days=AFTER_DAYS)
        if session.following is not None:
            closes = max(session.day, min(closes, session.following - timedelta(days=1)))
        yield _at_session(Occasion.AFTER_SESSION, session, session.fact.ends_at, closes, course)


def _at_session(
    occasion: Occasion, session: _Numbered, opens: datetime, closes: date, course: CourseFacts
) -> Window:
    first = opens.astimezone(course.zone).date()
    return Window(
        occasion,
        f"{occasion.value}:{session.fact.id}",
        session.fact.id,
        opens,
        session.day,
        max(closes, first),
        first,
    )


def _after_the_end(course: CourseFacts) -> Iterator[Window]:
    ended = course.ended_on
    if ended is None:
        return
    for occasion in (Occasion.DISCHARGE, *MONTHS_AFTER):
        opens = months_later(ended, MONTHS_AFTER.get(occasion, 0))
        yield Window(
            occasion,
            f"{occasion.value}:{ended.isoformat()}",
            None,
            _beginning(opens, course),
            opens + timedelta(days=DUE_DAYS),
            opens + timedelta(days=CLOSING_DAYS),
            opens,
        )


def _may_have_been_there(session: SessionFact, person: PersonFacts) -> bool:
    return session.status is SessionStatus.PLANNED or person.person_id in session.there


def _opening_of(session: _Numbered, course: CourseFacts) -> date:
    opens = session.fact.starts_at - timedelta(days=BEFORE_DAYS)
    return opens.astimezone(course.zone).date()


def _beginning(day: date, course: CourseFacts) -> datetime:
    return datetime.combine(day, time(), tzinfo=course.zone).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
