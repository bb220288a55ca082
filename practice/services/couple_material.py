"""What a couple's charts, classes and signals are made of: gathered once, already filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.adherence import WeekDone
from practice.domain.measures.definition import Measure
from practice.domain.people import Reader
from practice.domain.sessions import SessionKind, SessionStatus
from practice.models.responses import Response
from practice.models.sessions import TherapySession
from practice.services import access, clock, events, measure_requests, people
from practice.services.couples import loaded
from practice.services.events import Mark
from practice.services.homework.weekly import weeks_of
from practice.services.measure_library import all_measures
from practice.services.measure_requests import Asked
from practice.services.standing_responses import current


@dataclass(frozen=True, slots=True)
class Material:
    """A couple's record as the treating therapist may see it. For services alone."""

    members: tuple[people.Member, ...]
    names: dict[UUID, str]
    responses: tuple[Response, ...]
    """Those that stand, oldest first, of measures that are known."""

    asked: tuple[Asked, ...]
    together: tuple[date, ...]
    """Days of sessions held with the couple."""

    alone: tuple[date, ...]
    """Days of sessions held with one member."""

    events: tuple[Mark, ...]
    homework: dict[UUID, tuple[WeekDone, ...]]
    relationship_ended: bool
    care_ended: bool
    today: date


def gather(reader: Reader) -> Material:
    """Read a couple's record for the treating therapist. Authorise first."""
    couple = loaded(reader.couple_id)
    members = people.each_once(people.members_of(reader.couple_id))
    rows = db.session.scalars(
        select(Response)
        .where(Response.couple_id == reader.couple_id, current())
        .options(defer(Response.answers_sealed), defer(Response.reason_sealed))
        .order_by(Response.completed_at, Response.id)
    )
    responses = tuple(
        row for row in access.visible(reader, rows) if row.measure_key in all_measures()
    )
    held = _held(reader)
    return Material(
        members=members,
        names=people.labels_of(members),
        responses=responses,
        asked=measure_requests.unanswered_in(reader),
        together=_days(row for row in held if row.kind is SessionKind.CONJOINT),
        alone=_days(row for row in held if row.kind is not SessionKind.CONJOINT),
        events=events.marks_for([reader])[reader.couple_id] if responses else (),
        homework=weeks_of(reader, people.members_of(reader.couple_id)) if responses else {},
        relationship_ended=couple.relationship_ended_on is not None,
        care_ended=couple.episode_ended_on is not None,
        today=clock.today(),
    )


def known(key: str) -> Measure:
    """Return the measure of a response of the material."""
    return all_measures()[key]


def day_of(row: Response) -> date:
    """Return the day of a response in the practice's zone."""
    return clock.local(row.completed_at).date()


def _held(reader: Reader) -> list[TherapySession]:
    rows = db.session.scalars(
        select(TherapySession)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.status == SessionStatus.HELD,
        )
        .options(defer(TherapySession.next_steps_sealed))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    return access.visible(reader, rows)


def _days(rows: Iterable[TherapySession]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(clock.local(row.starts_at).date() for row in rows))
