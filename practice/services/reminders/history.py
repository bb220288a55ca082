"""When somebody was sent an e-mail, and whether mail to them has come to a standstill.

Part of how somebody is reached, and seen by whoever sees that. Of somebody with several couples,
who treats one of them learns of the mails that were for that one. What a mail was for nobody is
told here: it was the same words anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.people import Actor, Reader
from practice.domain.reminders.stuck import LOOK_BACK, Outcome, Stuck, stuck
from practice.domain.reminders.terms import Problem, ReminderState
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.reminders import Reminder, ReminderCause
from practice.models.safety import SafeContactRecord
from practice.services import access, clock

LISTED = 20


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail: when, and how far it has come."""

    at: datetime
    """When it was sent or given up; while it waits, when it was planned."""

    state: ReminderState
    problem: Problem | None
    next_try_at: datetime | None
    """When it is tried again; None where nothing more is to come."""


@dataclass(frozen=True, slots=True)
class Mails:
    """What was sent to one person."""

    lines: tuple[MailLine, ...]
    """Newest first, the latest ``LISTED``."""

    stuck: Stuck | None
    is_set_up: bool
    """Whether this practice sends e-mails at all."""


def mails_to(*, actor: Actor, couple_id: UUID, person_id: UUID) -> Mails:
    """Return what was sent to a member, for whoever may see how to reach them.

    Raises:
        NotFound: if the actor may not.
    """
    reader = access.standing_of(actor, couple_id)
    access.require_visible(reader, _facts(couple_id, person_id))
    rows = _rows([reader], person_id)
    since = clock.now() - LOOK_BACK
    outcomes = [
        Outcome(row.finished_at, row.state, row.problem)
        for row in rows
        if row.finished_at is not None and row.finished_at > since
    ]
    return Mails(
        lines=tuple(_line(row) for row in rows[:LISTED]),
        stuck=_stuck(outcomes, couple_id, person_id),
        is_set_up=clock.settings().mail is not None,
    )


def mails_of(readers: Iterable[Reader], person_id: UUID) -> list[MailLine]:
    """Return all mails to a person that were for these couples, newest first. Authorise first."""
    return [_line(row) for row in _rows(readers, person_id)]


def _stuck(outcomes: list[Outcome], couple_id: UUID, person_id: UUID) -> Stuck | None:
    if stuck(outcomes, said_at=None) is None:
        return None
    said_at = db.session.scalar(
        select(func.max(SafeContactRecord.written_at)).where(
            SafeContactRecord.couple_id == couple_id, SafeContactRecord.person_id == person_id
        )
    )
    return stuck(outcomes, said_at=said_at)


def _rows(readers: Iterable[Reader], person_id: UUID) -> list[Reminder]:
    couples = [reader.couple_id for reader in readers]
    theirs = select(ReminderCause.reminder_id).where(
        ReminderCause.person_id == person_id, ReminderCause.couple_id.in_(couples)
    )
    return list(
        db.session.scalars(
            select(Reminder)
            .where(Reminder.person_id == person_id, Reminder.id.in_(theirs))
            .order_by(Reminder.day.desc())
        )
    )


def _line(row: Reminder) -> MailLine:
    return MailLine(
        at=row.finished_at or row.planned_at,
        state=row.state,
        problem=row.problem if row.state is not ReminderState.SENT else None,
        next_try_at=row.next_try_at if row.state is ReminderState.WAITING else None,
    )


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(
        couple_id, person_id, Kind.SAFE_CONTACT, Audience.THERAPIST, frozenset({person_id})
    )
