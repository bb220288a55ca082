"""Who belongs to a couple and who treats it, as values: one look-up for every page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db, remembered
from practice.domain.couples import couple_title
from practice.domain.people import Actor, Role, first_name
from practice.models.couples import Care, Membership
from practice.models.people import Person
from practice.services.errors import NotFound

SOMEBODY = "your therapist"
"""What a partner reads where a name would stand, while nobody treats the couple."""


PRESENT_MEMBERS = "the present members"
"""What somebody who has left reads where names would stand: who came and who went since then is
nothing that they may learn."""

NAMELESS_NAME = "Erased person"
"""Who stands in the rows that stay of somebody who was erased; first name and name are one."""


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

    @property
    def is_erased(self) -> bool:
        return self.name == NAMELESS_NAME

    def was_member_on(self, day: date) -> bool:
        """Whether the person belonged to the couple on ``day``, first and last day included."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


def members_of(couple_id: UUID) -> tuple[Member, ...]:
    """Return everybody who is or was a member, in the order of entry. Authorise first."""
    return members_of_all([couple_id]).get(couple_id, ())


def current_members(couple_id: UUID) -> tuple[Member, ...]:
    """Return the present members, in the order of entry. Authorise first."""
    return tuple(member for member in members_of(couple_id) if member.is_current)


def member_of(couple_id: UUID, person_id: UUID) -> Member:
    """Return somebody who is or was a member, as it holds now. Authorise first.

    Raises:
        NotFound: if they never were one.
    """
    for member in each_once(members_of(couple_id)):
        if member.person_id == person_id:
            return member
    raise NotFound


def members_of_all(couple_ids: Iterable[UUID]) -> dict[UUID, tuple[Member, ...]]:
    """Return the members of many couples with one query. Authorise first."""
    found: dict[UUID, tuple[Member, ...]] = {}
    for row, _ in _memberships(couple_ids):
        member = Member(
            person_id=row.person_id,
            name=row.person.name,
            first_name=_called(row.person),
            position=row.position,
            joined_on=row.joined_on,
            left_on=row.left_on,
        )
        found[row.couple_id] = (*found.get(row.couple_id, ()), member)
    return found


def _called(person: Person) -> str:
    return NAMELESS_NAME if person.name == NAMELESS_NAME else person.first_name


def presenting_problems(couple_id: UUID) -> dict[UUID, str]:
    """Return the presenting problem of each present member by person. Apply the policy first."""
    rows = (row for row, _ in _memberships([couple_id]))
    return {row.person_id: row.problem for row in rows if row.left_on is None}


def therapists_of_all(couple_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what partners call whoever treats each couple: the first name. Authorise first."""
    named = {row.couple_id: name for row, name in _memberships(couple_ids)}
    return {key: first_name(name) if name else SOMEBODY for key, name in named.items()}


def therapist_of(couple_id: UUID) -> str:
    """Return what partners call whoever treats a couple. Authorise first."""
    return therapists_of_all([couple_id]).get(couple_id, SOMEBODY)


def treating_therapist(couple_id: UUID) -> Actor | None:
    """Return who treats a couple, for a command that acts in their name; None if nobody does."""
    row = db.session.execute(
        select(Person.id, Person.name)
        .join(Care, Care.therapist_id == Person.id)
        .where(Care.couple_id == couple_id, Care.until.is_(None))
        .order_by(Care.part.desc(), Care.since.desc(), Care.id)
    ).first()
    return Actor(row.id, Role.THERAPIST, row.name) if row else None


def title_of(members: Iterable[Member]) -> str:
    """Return what a couple is called: by its present members, or by all once they have left.

    Raises:
        ValueError: if nobody ever was a member.
    """
    everybody = list(members)
    present = [member for member in everybody if member.is_current]
    return couple_title(member.name for member in present or everybody)


def each_once(members: Iterable[Member]) -> tuple[Member, ...]:
    """Keep one entry of somebody who left and came back: the one that holds now."""
    kept: dict[UUID, Member] = {}
    for member in members:
        if member.person_id not in kept or member.is_current:
            kept[member.person_id] = member
    return tuple(sorted(kept.values(), key=lambda member: member.position))


def labels_of(members: Iterable[Member]) -> dict[UUID, str]:
    """Return a name for each that tells them apart: the first name where that is enough."""
    everybody = list(members)
    first = Counter(member.first_name.casefold() for member in everybody)
    whole = Counter(member.name.casefold() for member in everybody)

    def label(member: Member) -> str:
        if first[member.first_name.casefold()] == 1:
            return member.first_name
        alone = whole[member.name.casefold()] == 1
        return member.name if alone else f"{member.name} ({member.position})"

    return {member.person_id: label(member) for member in everybody}


def looked_up() -> frozenset[UUID]:
    """Return the couples whose members this request has asked for; what belongs to them is next."""
    return frozenset(_known())


def _known() -> dict[UUID, list[tuple[Membership, str | None]]]:
    return remembered(("memberships",), dict)


def _memberships(couple_ids: Iterable[UUID]) -> list[tuple[Membership, str | None]]:
    """Return every membership with the name of who treats the couple now, with one query at most.

    In a request that only reads, a couple is asked for once.
    """
    wanted, known = sorted(set(couple_ids)), _known()
    missing = [couple_id for couple_id in wanted if couple_id not in known]
    if missing:
        known |= {couple_id: [] for couple_id in missing}
        for row, name in _find_memberships(missing):
            known[row.couple_id].append((row, name))
    return [found for couple_id in wanted for found in known[couple_id]]


def _find_memberships(couple_ids: list[UUID]) -> Iterable[tuple[Membership, str | None]]:
    treating = (
        select(Person.name)
        .join(Care, Care.therapist_id == Person.id)
        .where(Care.couple_id == Membership.couple_id, Care.until.is_(None))
        .order_by(Care.part.desc(), Care.since.desc(), Care.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Membership, treating)
        .where(Membership.couple_id.in_(couple_ids))
        .order_by(Membership.couple_id, Membership.position)
    )
    return ((row, name) for row, name in db.session.execute(query))
