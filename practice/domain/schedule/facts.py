"""What a plan follows from: the course of the therapy, and what one member did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from uuid import UUID

from practice.domain.schedule.goal_tasks import GoalTask
from practice.domain.sessions import SessionStatus


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
class GoalFact:
    """A goal that a person knows of: a joint one, or their own."""

    id: UUID
    since: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """One of a person's own ratings of a goal."""

    goal_id: UUID
    task: GoalTask
    on: date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member, and what this member did."""

    person_id: UUID
    joined_on: date
    left_on: date | None = None
    answers: tuple[Answer, ...] = ()
    """Own responses in this couple that count, however they were given."""

    waiting: tuple[Waiting, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    """Joint ones and this person's own; never another member's."""

    said: tuple[GoalSaid, ...] = ()
    """Own ratings of goals."""

    hoped_on: tuple[date, ...] = ()
    """Days on which this person wrote down what they hope for."""

    screened_on: tuple[date, ...] = ()
    """Days on which this person answered the private questions."""


def counts_for(session: SessionFact, course: CourseFacts, person: PersonFacts) -> bool:
    """Whether a session is one of this person's: they know of it, and it was not cancelled."""
    day = session.starts_at.astimezone(course.zone).date()
    return (
        session.status is not SessionStatus.CANCELLED
        and session.person_id in (None, person.person_id)
        and day >= person.joined_on
        and (course.ended_on is None or day <= course.ended_on)
    )
