"""Whether and where a reminder may reach somebody, as it holds at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor, Role
from practice.domain.reminders.terms import ReminderKind
from practice.domain.reminders.words import is_address
from practice.domain.safety.contact import from_json
from practice.domain.safety.mail_times import MailTimes
from practice.models.accounts import Account
from practice.models.couples import Membership
from practice.models.people import Person
from practice.models.reminders import ReminderOptOut
from practice.models.safety import SafeContactRecord


@dataclass(frozen=True, slots=True)
class Reached:
    """One person whom a reminder may reach."""

    actor: Actor
    address: str
    sender: str
    """How the practice may name itself; empty: its neutral name."""

    times: MailTimes
    said_at: datetime
    """When that was written down."""

    switched_off: frozenset[ReminderKind]


def reached(person_ids: Iterable[UUID] | None = None) -> list[Reached]:
    """Return whom a reminder may reach, in a fixed order, with three statements.

    Who belongs to no couple now, whose account is closed or was never taken up, and who did not
    name e-mail and times for it is not among them. What somebody said last holds, whichever of
    their couples it was said in.

    Args:
        person_ids: Look at these alone; None: at everybody.
    """
    wanted = (
        select(Person.id, Person.name)
        .join(Account, Account.person_id == Person.id)
        .where(
            Account.role == Role.PARTNER,
            Account.active,
            Account.password.is_not(None),
            select(Membership.id)
            .where(Membership.person_id == Person.id, Membership.left_on.is_(None))
            .exists(),
        )
        .order_by(Person.id)
    )
    if person_ids is not None:
        wanted = wanted.where(Person.id.in_(list(person_ids)))
    names = dict(db.session.execute(wanted).all())
    said = _said_last(names)
    off = _switched_off(names)
    found = []
    for person_id, name in names.items():
        row = said.get(person_id)
        contact = from_json(row.details) if row else None
        if row is None or contact is None or contact.mail is None:
            continue
        if is_address(contact.mail_address):
            found.append(
                Reached(
                    Actor(person_id, Role.PARTNER, name),
                    contact.mail_address,
                    contact.sender,
                    contact.mail,
                    row.written_at,
                    frozenset(off.get(person_id, ())),
                )
            )
    return found


def _said_last(person_ids: Iterable[UUID]) -> dict[UUID, SafeContactRecord]:
    """Return the latest statement of each; only of couples that they belong to now."""
    present = (
        select(Membership.id)
        .where(
            Membership.person_id == SafeContactRecord.person_id,
            Membership.couple_id == SafeContactRecord.couple_id,
            Membership.left_on.is_(None),
        )
        .exists()
    )
    rows = db.session.scalars(
        select(SafeContactRecord)
        .where(SafeContactRecord.person_id.in_(list(person_ids)), present)
        .order_by(SafeContactRecord.written_at, SafeContactRecord.number)
    )
    return {row.person_id: row for row in rows}


def _switched_off(person_ids: Iterable[UUID]) -> dict[UUID, set[ReminderKind]]:
    found: dict[UUID, set[ReminderKind]] = {}
    rows = db.session.execute(
        select(ReminderOptOut.person_id, ReminderOptOut.kind).where(
            ReminderOptOut.person_id.in_(list(person_ids))
        )
    )
    for person_id, kind in rows:
        found.setdefault(person_id, set()).add(kind)
    return found
