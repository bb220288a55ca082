"""When each measure is asked of one member: the battery laid over the course of therapy.

A plan follows from what that one person can know of: their membership, their own and the conjoint
sessions, their own answers, and the two endings. What another member does alone is no part of
it, so that no request, no date and no gap can tell of it.

The rules, and why:

* Intake opens on joining, is due by the first session, and stays open until the day before the
  first review opens (or the care ends): a first score that comes late is better than none.
* Before a session: opens three days before it and closes with its day. A review is asked before
  the sessions that are this person's 4th, 10th, 16th …
* After a session: opens at its end and closes three days later, or the day before the next one:
  later, nobody remembers which session is meant. Not of somebody who was not there.
* Discharge opens on the day the care ended; 3 and 12 months after it the follow-ups. Each is due
  after a week and closes after four.
* Nothing is asked twice at a time: of two whose times overlap, the longer measure stands for the
  shorter one within it, and the more telling occasion for the other.
* What was answered anyway within the time (on paper, by hand) is not asked.
* After the relationship has ended nobody is asked how happy it is.
* What is missed is missed; it is never asked again on its own, so nothing piles up.
"""

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID

from practice.domain.battery import Battery, Occasion, Step
from practice.domain.change import is_distressed
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import contains
from practice.domain.sessions import SessionStatus

BEFORE_DAYS = 3
AFTER_DAYS = 3
DUE_DAYS = 7
"""Discharge and follow-ups: a week to answer in peace."""

CLOSING_DAYS = 28
FRESH_DAYS = 7
"""A score of the week before the care ended stands for the one at discharge."""

MONTHS_AFTER = {Occasion.FOLLOW_UP_3: 3, Occasion.FOLLOW_UP_12: 12}

OF_THE_RELATIONSHIP = frozenset(
    {"csi16", "csi4", "ratings", "emotional_safety", "warning_signs", "relationship_now"}
)
"""Measures (by family) that ask how the relationship is; not asked once it has ended."""

_FIRST = (
    Occasion.INTAKE,
    Occasion.DISCHARGE,
    Occasion.FOLLOW_UP_3,
    Occasion.FOLLOW_UP_12,
    Occasion.REVIEW,
    Occasion.BEFORE_SESSION,
    Occasion.AFTER_SESSION,
)
"""Which occasion keeps a measure that two of them would ask at the same time."""


class RequestStatus(StrEnum):
    """How it stands with one thing that the schedule asks."""

    PLANNED = "planned"
    DUE = "due"
    DONE = "done"
    MISSED = "missed"
    LEFT_OUT = "left_out"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    RequestStatus.PLANNED: "planned",
    RequestStatus.DUE: "due",
    RequestStatus.DONE: "done",
    RequestStatus.MISSED: "missed",
    RequestStatus.LEFT_OUT: "left out, was optional",
    RequestStatus.TAKEN_BACK: "not needed",
}


@dataclass(frozen=True, slots=True)
class SessionFact:
    """One session of the couple or of one member."""

    id: UUID
    person_id: UUID | None
    """The member seen alone; None for the couple."""

    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    there: frozenset[UUID] = frozenset()
    """Who attended, once it was held."""


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What of a couple's course the schedule depends on."""

    zone: tzinfo
    """In which days are counted."""

    sessions: tuple[SessionFact, ...] = ()
    ended_on: date | None = None
    """When the episode of care ended."""

    parted_on: date | None = None
    """When the relationship ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of a person's own responses."""

    measure_key: str
    on: date
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A measure that the therapist gave by hand and that is not answered yet."""

    measure_key: str
    since: date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member, and what this member did."""

    person_id: UUID
    joined_on: date
    left_on: date | None = None
    answers: tuple[Answer, ...] = ()
    """Own responses in this couple that count, however they were given."""

    waiting: tuple[Waiting, ...] = ()


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
class _Asking:
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


def plan(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> tuple[Planned, ...]:
    """Return everything that is still to be asked of one member, past occasions included.

    Args:
        battery: What is asked when. A step whose measure is not in ``known``, or has no
            questions, is left out.
        course: The couple's course; sessions of other members alone are ignored.
        person: The member.
        known: Every measure by key, retired ones too: their answers count.

    Returns:
        In the order in which they open. What this person has answered within its time is not
        among them. Whoever has left is asked nothing.
    """
    if not battery.active or person.left_on is not None:
        return ()
    sessions = _sessions_of(course, person)
    askings = [
        *_intake(battery, course, person, sessions, known),
        *_around_sessions(battery, course, person, sessions, known),
        *_after_the_end(battery, course, person, known),
    ]
    kept = _without_repeats(askings, person, known)
    asked = [
        asking
        for asking in kept
        if not _is_answered(asking, person, known) and not _is_about_the_past(asking, course)
    ]
    asked.sort(key=lambda a: (a.planned.opens_at, _FIRST.index(a.planned.occasion), a.step))
    return tuple(asking.planned for asking in asked)


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


def status_of(
    *,
    answered: bool,
    withdrawn: bool,
    opens_at: datetime | None,
    closes_on: date | None,
    optional: bool,
    now: datetime,
    today: date,
) -> RequestStatus:
    """Say how it stands with one thing that was or will be asked.

    Args:
        answered: Whether there is a response to it.
        withdrawn: Whether it was taken back.
        opens_at: When it opens or opened; None: at once.
        closes_on: Last day; None: stays open.
        optional: Whether it may be left out.
        now: The present moment, aware.
        today: The present day in the practice's zone.
    """
    if answered:
        return RequestStatus.DONE
    if withdrawn:
        return RequestStatus.TAKEN_BACK
    if opens_at is not None and opens_at > now:
        return RequestStatus.PLANNED
    if closes_on is not None and closes_on < today:
        return RequestStatus.LEFT_OUT if optional else RequestStatus.MISSED
    return RequestStatus.DUE


def counts_for(session: SessionFact, course: CourseFacts, person: PersonFacts) -> bool:
    """Whether a session is one of this person's: they know of it, and it was not cancelled."""
    day = session.starts_at.astimezone(course.zone).date()
    return (
        session.status is not SessionStatus.CANCELLED
        and session.person_id in (None, person.person_id)
        and day >= person.joined_on
        and (course.ended_on is None or day <= course.ended_on)
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
    battery: Battery,
    course: CourseFacts,
    person: PersonFacts,
    sessions: list[_Numbered],
    known: Mapping[str, Measure],
) -> Iterator[_Asking]:
    reviews = (_opening_of(s, course) for s in sessions if battery.is_review(s.number))
    ends = [day for day in (next(reviews, None), course.ended_on) if day is not None]
    closes = min(ends) - timedelta(days=1) if ends else None
    if closes is not None and closes < person.joined_on:
        return
    for place, step, measure in _steps(battery, Occasion.INTAKE, person, known):
        given = [a.on for a in person.answers if _covers(a.measure_key, measure, known)]
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
        yield _Asking(planned, measure, place, person.joined_on, max(last, person.joined_on))


def _around_sessions(
    battery: Battery,
    course: CourseFacts,
    person: PersonFacts,
    sessions: list[_Numbered],
    known: Mapping[str, Measure],
) -> Iterator[_Asking]:
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
) -> _Asking:
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
    return _Asking(planned, measure, place, first, max(closes, first))


def _after_the_end(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> Iterator[_Asking]:
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
            yield _Asking(planned, measure, place, opens, closes)


def _steps(
    battery: Battery, occasion: Occasion, person: PersonFacts, known: Mapping[str, Measure]
) -> Iterator[tuple[int, Step, Measure]]:
    for place, step in enumerate(battery.steps):
        measure = known.get(step.measure_key)
        if step.occasion is not occasion or measure is None or measure.totals_only:
            continue
        if not step.if_elevated or is_elevated(measure, person, known):
            yield place, step, measure


def _without_repeats(
    askings: Iterable[_Asking], person: PersonFacts, known: Mapping[str, Measure]
) -> list[_Asking]:
    """Keep of those whose times overlap the longest measure, then the most telling occasion."""
    in_turn = sorted(
        askings,
        key=lambda a: (-len(a.measure.items), _FIRST.index(a.planned.occasion), a.first, a.step),
    )
    kept: list[_Asking] = []
    for asking in in_turn:
        by_hand = any(
            waiting.since <= asking.last and _covers(waiting.measure_key, asking.measure, known)
            for waiting in person.waiting
        )
        repeated = any(
            asking.first <= other.last
            and other.first <= asking.last
            and _covers(other.measure.key, asking.measure, known)
            for other in kept
        )
        if not by_hand and not repeated:
            kept.append(asking)
    return kept


def _is_answered(asking: _Asking, person: PersonFacts, known: Mapping[str, Measure]) -> bool:
    first, last = asking.first, asking.planned.closes_on or date.max
    if asking.planned.occasion is Occasion.DISCHARGE:
        first -= timedelta(days=FRESH_DAYS)
    return any(
        first <= answer.on <= last and _covers(answer.measure_key, asking.measure, known)
        for answer in person.answers
    )


def _is_about_the_past(asking: _Asking, course: CourseFacts) -> bool:
    """Whether it asks how a relationship is that had ended before."""
    parted = course.parted_on
    about = asking.measure.family_key in OF_THE_RELATIONSHIP
    return about and parted is not None and (asking.planned.closes_on or date.max) >= parted


def _covers(key: str, measure: Measure, known: Mapping[str, Measure]) -> bool:
    """Whether answering the measure with this key gives everything that ``measure`` would."""
    other = known.get(key)
    if other is None:
        return False
    return other.family_key == measure.family_key or contains(other, measure)


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
