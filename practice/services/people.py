"""The members of a couple, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.models.couples import Care, Membership
from practice.models.people import Person


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one couple; ``position`` decides the mark, never a rank."""

    person_id: UUID
    name: str
    first_name: str
    position: int
    joined_on: date
    left_on: date | None

    @property
    def is_current(self) -> bool:
        return self.left_on is None


def members_of(couple_id: UUID) -> tuple[Member, ...]:
    """Return everybody who is or was a member, in the order of entry. Authorise first."""
    return members_of_all([couple_id]).get(couple_id, ())


def current_members(couple_id: UUID) -> tuple[Member, ...]:
    """Return the present members, in the order of entry. Authorise first."""
    return tuple(member for member in members_of(couple_id) if member.is_current)


def members_of_all(couple_ids: Iterable[UUID]) -> dict[UUID, tuple[Member, ...]]:
    """Return the members of many couples with one query. Authorise first."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.couple_id.in_(list(couple_ids)))
        .order_by(Membership.couple_id, Membership.position)
    )
    found: dict[UUID, tuple[Member, ...]] = {}
    for row in rows:
        member = Member(
            person_id=row.person_id,
            name=row.person.name,
            first_name=row.person.first_name,
            position=row.position,
            joined_on=row.joined_on,
            left_on=row.left_on,
        )
        found[row.couple_id] = (*found.get(row.couple_id, ()), member)
    return found


def therapists_of_all(couple_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the first name of who treats each couple, with one query. Authorise first.

    A couple whom nobody treats any more is not in it.
    """
    rows = db.session.execute(
        select(Care.couple_id, Person.name)
        .join(Person, Person.id == Care.therapist_id)
        .where(Care.couple_id.in_(list(couple_ids)), Care.until.is_(None))
        .order_by(Care.since, Care.id)
    )
    return {couple_id: name.split()[0] for couple_id, name in rows}
