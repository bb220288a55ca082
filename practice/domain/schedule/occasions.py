"""Everything that the battery would ask of one member, occasion by occasion."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from practice.domain.battery import Battery, Occasion, Step
from practice.domain.change import is_distressed
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import contains
from practice.domain.schedule.facts import CourseFacts, PersonFacts, SessionFact, counts_for
from practice.domain.sessions import SessionStatus

BEFORE_DAYS = 3
AFTER_DAYS = 3
DUE_DAYS = 7
"""Discharge and follow-ups: a week to answer in peace."""

CLOSING_DAYS = 28
MONTHS_AFTER = {Occasion.FOLLOW_UP_3: 3, Occasion.FOLLOW_UP_12: 12}


@dataclass(frozen=True, slots=True)
class Planned:
    """One measure asked of one person at one occasion."""

    occasion: Occasion
    occasion_ref: str
    """Which time: unique for the person together with the measure."""

    measure_key: str
    session_id: UUID | None
    opens_at: datetime
    due_on: date | None
    """The day it is meant for; that of the session where there is one."""

    closes_on: date | None
    """Last day; None: stays open."""

    optional: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """A candidate, with the days on which it would be open."""

    planned: Planned
    measure: Measure
    step: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Numbered:
    """One of the sessions that a person knows of."""

    number: int
    day: date
    fact: SessionFact
    following: date | None
    """Day of the next one."""


def all_askings(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> list[Asking]:
    """Return every measure that some occasion asks for, without a look at the others."""
    sessions = _sessions_of(course, person)
    return [
        *_intake(battery, course, person, sessions, known),
        *_around_sessions(battery, course, person, sessions, known),
        *_after_the_end(battery, course, person, known),
    ]


def is_elevated(measure: Measure, person: PersonFacts, known: Mapping[str, Measure]) -> bool:
    """Whether somebody's first score on a measure lay on the distressed side of its cut.

    The measure's first scale counts. Without a cut or a score nobody is elevated.
    """
    scale = next(iter(measure.scales), None)
    if scale is None or scale.cut is None:
        return False
    scores = [
        answer.scores[scale.key]
        for answer in sorted(person.answers, key=lambda answer: answer.on)
        if scale.key in answer.scores and answer.measure_key in known
    ]
    return bool(scores) and is_distressed(
        scores[0], scale.cut.value, higher_is_better=scale.higher_is_better
    )


def covers(key: str, measure: Measure, known: Mapping[str, Measure]) -> bool:
    """Whether answering the measure with this key gives everything that ``measure`` would."""
    other = known.get(key)
    if other is None:
        return False
    return other.family_key == measure.family_key or contains(other, measure)


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
    battery: Battery,
    course: CourseFacts,
    person: PersonFacts,
    sessions: list[_Numbered],
    known: Mapping[str, Measure],
) -> Iterator[Asking]:
    reviews = (_opening_of(s, course) for s in sessions if battery.is_review(s.number))
    ends = [day for day in (next(reviews, None), course.ended_on) if day is not None]
    closes = min(ends) - timedelta(days=1) if ends else None
    if closes is not None and closes < person.joined_on:
        return
    for place, step, measure in _steps(battery, Occasion.INTAKE, person, known):
        given = [a.on for a in person.answers if covers(a.measure_key, measure, known)]
        planned = Planned(
            Occasion.INTAKE,
            Occasion.INTAKE.value,
            step.measure_key,
            None,
            _beginning(person.joined_on, course),
            sessions[0].day if sessions else None,
            closes,
            step.optional,
        )
        # Once it is answered, it is in nobody's way any more.
        last = min([closes or date.max, *given])
        yield Asking(planned, measure, place, person.joined_on, max(last, person.joined_on))


def _around_sessions(
    battery: Battery,
    course: CourseFacts,
    person: PersonFacts,
    sessions: list[_Numbered],
    known: Mapping[str, Measure],
) -> Iterator[Asking]:
    for session in sessions:
        opens = session.fact.starts_at - timedelta(days=BEFORE_DAYS)
        before = [Occasion.BEFORE_SESSION]
        if battery.is_review(session.number):
            before.append(Occasion.REVIEW)
        for occasion in before:
            for step in _steps(battery, occasion, person, known):
                yield _at_session(occasion, session, step, opens, session.day, course)
        if not _may_have_been_there(session.fact, person):
            continue
        closes = session.day + timedelta(days=AFTER_DAYS)
        if session.following is not None:
            closes = max(session.day, min(closes, session.following - timedelta(days=1)))
        for step in _steps(battery, Occasion.AFTER_SESSION, person, known):
            yield _at_session(
                Occasion.AFTER_SESSION, session, step, session.fact.ends_at, closes, course
            )


def _at_session(
    occasion: Occasion,
    session: _Numbered,
    step: tuple[int, Step, Measure],
    opens: datetime,
    closes: date,
    course: CourseFacts,
) -> Asking:
    place, wanted, measure = step
    first = opens.astimezone(course.zone).date()
    planned = Planned(
        occasion,
        f"{occasion.value}:{session.fact.id}",
        wanted.measure_key,
        session.fact.id,
        opens,
        session.day,
        max(closes, first),
        wanted.optional,
    )
    return Asking(planned, measure, place, first, max(closes, first))


def _after_the_end(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> Iterator[Asking]:
    ended = course.ended_on
    if ended is None:
        return
    for occasion in (Occasion.DISCHARGE, *MONTHS_AFTER):
        opens = months_later(ended, MONTHS_AFTER.get(occasion, 0))
        closes = opens + timedelta(days=CLOSING_DAYS)
        for place, step, measure in _steps(battery, occasion, person, known):
            planned = Planned(
                occasion,
                f"{occasion.value}:{ended.isoformat()}",
                step.measure_key,
                None,
                _beginning(opens, course),
                opens + timedelta(days=DUE_DAYS),
                closes,
                step.optional,
            )
            yield Asking(planned, measure, place, opens, closes)


def _steps(
    battery: Battery, occasion: Occasion, person: PersonFacts, known: Mapping[str, Measure]
) -> Iterator[tuple[int, Step, Measure]]:
    for place, step in enumerate(battery.steps):
        measure = known.get(step.measure_key)
        if step.occasion is not occasion or measure is None or measure.totals_only:
            continue
        if not step.if_elevated or is_elevated(measure, person, known):
            yield place, step, measure


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
