"""Who supervises whom, from when until when. Owners begin and end it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from practice.db import db
from practice.domain.people import Actor, Role
from practice.models.accounts import Account, Supervision
from practice.models.people import Person
from practice.services import access, audit, clock
from practice.services.errors import Invalid, NotFound

MOST_DAYS_AWAY = 366 * 30
"""Further from today a day is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """Somebody supervises somebody, from when until when."""

    id: UUID
    supervisor_id: UUID
    supervisor: str
    therapist_id: UUID
    therapist: str
    since: date
    until: date | None

    def is_present(self, today: date) -> bool:
        """Whether it holds today or begins later."""
        return self.until is None or self.until >= today


def begin_supervision(
    *, actor: Actor, new_id: UUID, supervisor_id: UUID, therapist_id: UUID, since: date
) -> None:
    """Let one therapist supervise another, from a day on.

    Args:
        actor: An owner.
        new_id: Id of the new line; a second call with the same id changes nothing.
        supervisor_id: Who reads and countersigns.
        therapist_id: Whose work it is.
        since: Today, or a day before or after.

    Raises:
        NotFound: if the actor does not run the practice.
        Invalid: naming ``supervisor``, ``therapist`` or ``since``.
    """
    access.require_owner(actor, "practice.staff")
    if db.session.get(Supervision, new_id) is not None:
        return
    known = {
        row.person_id: row
        for row in db.session.scalars(
            select(Account)
            .where(Account.role == Role.THERAPIST, Account.active)
            .with_for_update(of=Account)
        )
    }
    errors = {}
    for field, person_id in (("supervisor", supervisor_id), ("therapist", therapist_id)):
        if person_id not in known:
            errors[field] = "Choose a therapist who can sign in."
    if supervisor_id == therapist_id:
        errors["therapist"] = "Nobody supervises themselves. Choose two people."
    if not abs((since - clock.today()).days) < MOST_DAYS_AWAY:
        errors["since"] = "Check the year."
    if not errors and _supervises(supervisor_id, therapist_id, since):
        errors["therapist"] = "This supervision is on the list already."
    if errors:
        raise Invalid(errors)
    db.session.add(
        Supervision(id=new_id, supervisor_id=supervisor_id, therapist_id=therapist_id, since=since)
    )
    audit.note_write(actor, None, "supervision.begun")


def end_supervision(*, actor: Actor, supervision_id: UUID) -> None:
    """End a supervision today: from now on the supervisor reads nothing of it.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such line.
    """
    access.require_owner(actor, "practice.staff")
    row = db.session.get(Supervision, supervision_id)
    if row is None:
        raise NotFound
    today = clock.today()
    if row.since >= today:
        db.session.delete(row)  # it had not begun, or begins and ends on one day: it never was
    elif row.until is None or row.until >= today:
        row.until = date.fromordinal(today.toordinal() - 1)
    audit.note_write(actor, None, "supervision.ended")


def supervision_lines() -> tuple[SupervisionLine, ...]:
    """Return who supervises whom: what holds or begins later first. Authorise first."""
    supervisor, therapist = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Supervision, supervisor.name, therapist.name)
        .join(supervisor, supervisor.id == Supervision.supervisor_id)
        .join(therapist, therapist.id == Supervision.therapist_id)
        .order_by(therapist.name, Supervision.since, Supervision.id)
    )
    lines = [
        SupervisionLine(
            id=row.id,
            supervisor_id=row.supervisor_id,
            supervisor=by,
            therapist_id=row.therapist_id,
            therapist=of,
            since=row.since,
            until=row.until,
        )
        for row, by, of in rows
    ]
    today = clock.today()
    return tuple(sorted(lines, key=lambda line: not line.is_present(today)))


def _supervises(supervisor_id: UUID, therapist_id: UUID, since: date) -> bool:
    found = db.session.scalar(
        select(Supervision.id).where(
            Supervision.supervisor_id == supervisor_id,
            Supervision.therapist_id == therapist_id,
            Supervision.until.is_(None) | (Supervision.until >= since),
        )
    )
    return found is not None
