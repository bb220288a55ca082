"""Planning: who gets a mail today. Running it again changes nothing.

Nobody gets a second mail while one is on its way, nor a second one on the same day. The caller
ends the transaction after each of the two steps: looking (``candidates``, ``wanted_today``) holds
no lock, and writing is short.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from practice.db import db
from practice.domain.reminders.choosing import FORGOTTEN_AFTER, Cause, digest
from practice.domain.reminders.terms import DELIVERED, OPEN, Problem, ReminderState
from practice.models.reminders import Reminder, ReminderCause
from practice.services import audit, clock
from practice.services.reminders.reaching import Reached, reached
from practice.services.reminders.sources import waiting_for

KEPT = timedelta(days=365)
"""How long it is known when a mail was sent."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A mail that is wanted today."""

    person_id: UUID
    day: date
    causes: frozenset[Cause]


def candidates() -> list[Reached]:
    """Return whom a mail may reach now, and who has had none today nor one on its way."""
    there = clock.local(clock.now())
    now_open = [one for one in reached() if one.times.is_open(there)]
    stopped = _stopped(now_open, there.date())
    return [one for one in now_open if one.actor.person_id not in stopped]


def wanted_today(one: Reached) -> Planned | None:
    """Say what today's mail to somebody is for; None: none is wanted."""
    person_id, today = one.actor.person_id, clock.today()
    waiting = waiting_for(one.actor)
    audit.forget()
    causes = digest(
        waiting,
        told=_told(person_id, today),
        today=today,
        times=one.times,
        switched_off=one.switched_off,
    )
    return Planned(person_id, today, causes) if causes else None


def write_down(planned: Planned) -> UUID | None:
    """Put a mail into the outbox; return its id, or None where there is one for that day.

    Its id follows from the person and the day: of two workers only one can write it, and the mail
    carries the same number whenever it is tried.
    """
    row_id = reminder_id_of(planned.person_id, planned.day)
    if db.session.get(Reminder, row_id) is not None:
        return None
    now = clock.now()
    db.session.add(
        Reminder(
            id=row_id,
            person_id=planned.person_id,
            day=planned.day,
            planned_at=now,
            next_try_at=now,
            causes=[
                ReminderCause(
                    id=uuid5(row_id, f"{cause.couple_id} {cause.kind}"),
                    couple_id=cause.couple_id,
                    kind=cause.kind,
                    person_id=planned.person_id,
                )
                for cause in planned.causes
            ],
        )
    )
    db.session.flush()
    return row_id


def reminder_id_of(person_id: UUID, day: date) -> UUID:
    """Return the id of somebody's mail of a day."""
    return uuid5(person_id, f"reminder {day.isoformat()}")


def tidy() -> int:
    """Remove what was finished long ago; return how many mails that were."""
    old = select(Reminder.id).where(
        Reminder.finished_at.is_not(None), Reminder.finished_at < clock.now() - KEPT
    )
    ids = list(db.session.scalars(old))
    db.session.execute(delete(ReminderCause).where(ReminderCause.reminder_id.in_(ids)))
    db.session.execute(delete(Reminder).where(Reminder.id.in_(ids)))
    return len(ids)


def _stopped(people: Collection[Reached], today: date) -> set[UUID]:
    """Return of whom nothing is planned now.

    There is a mail on its way, or today's was; or their address was refused and nobody has
    written down another since.
    """
    said_at = {one.actor.person_id: one.said_at for one in people}
    rows = db.session.scalars(
        select(Reminder).where(Reminder.person_id.in_(said_at)).order_by(Reminder.day)
    )
    latest: dict[UUID, Reminder] = {}
    stopped = set()
    for row in rows:
        latest[row.person_id] = row
        if row.state in OPEN or row.day == today or _was_sent_on(row, today):
            stopped.add(row.person_id)
    for person_id, row in latest.items():
        if _is_refused(row, said_at[person_id]):
            stopped.add(person_id)
    return stopped


def _was_sent_on(row: Reminder, today: date) -> bool:
    sent_at = row.finished_at if row.state in DELIVERED else None
    return sent_at is not None and clock.local(sent_at).date() == today


def _is_refused(row: Reminder, said_at: datetime) -> bool:
    given_up = row.state is ReminderState.GIVEN_UP and row.problem is Problem.ADDRESS_REFUSED
    return given_up and row.finished_at is not None and said_at <= row.finished_at


def _told(person_id: UUID, today: date) -> dict[Cause, set[date]]:
    rows = db.session.execute(
        select(ReminderCause, Reminder.finished_at)
        .join(Reminder, Reminder.id == ReminderCause.reminder_id)
        .where(
            Reminder.person_id == person_id,
            Reminder.state.in_(DELIVERED),
            Reminder.day > today - FORGOTTEN_AFTER,
        )
    )
    found: dict[Cause, set[date]] = {}
    for row, sent_at in rows:
        if sent_at is not None:
            cause = Cause(row.couple_id, row.kind)
            found.setdefault(cause, set()).add(clock.local(sent_at).date())
    return found
