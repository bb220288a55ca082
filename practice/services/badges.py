"""The badge "who can see this", for every record shown: the people around a couple, by name.

The words come from ``practice.domain.onlookers``, which asks the policy for each of them. They
change with the record itself and with who belongs to the couple and its care, and with nothing
that another member does in private.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from practice.db import db, remembered
from practice.domain.couples import CarePart
from practice.domain.onlookers import Onlooker, badge, readers_of
from practice.domain.people import Actor, Reader, Role, Standing, first_name
from practice.domain.visibility import DESK_KINDS, OWNER_KINDS, Audience, Facts, Kind
from practice.domain.words import listed
from practice.models.accounts import Account, Supervision
from practice.models.couples import Care
from practice.models.people import Person
from practice.services import access, clock
from practice.services.people import (
    PRESENT_MEMBERS,
    SOMEBODY,
    each_once,
    labels_of,
    looked_up,
    members_of,
)

_SOMEBODY, _DESK, _OWNER, _THE_OTHERS = (UUID(int=number) for number in range(1, 5))
"""Stand for people whom a badge does not name."""


@dataclass(frozen=True, slots=True)
class _Carer:
    """One therapist of a couple, or whoever supervises the lead."""

    person_id: UUID
    name: str
    standing: Standing


def seen_by(reader: Reader, record: Facts) -> str:
    """Say to ``reader`` who can see ``record``, themselves first: ``You and Tess``."""
    return badge(record, people_around(reader, record), reader.person_id)


def names_who_see(records: Iterable[tuple[Reader, Facts]]) -> str:
    """Say who can see any of several records, each reader first: ``you, Tess and Toni``.

    Args:
        records: What stands alike in several couples, with how its reader stands to each. They
            are who reads the page, and know of it even where it is the therapists' paper.
    """
    names = ["you"]
    for reader, record in records:
        seen = readers_of(record, people_around(reader, record))
        names += [one.name for one in seen if one.reader.person_id != reader.person_id]
    return listed(tuple(dict.fromkeys(names)))


def would_be_seen_by(reader: Reader, record: Facts, audience: Audience) -> str:
    """As ``seen_by``, were the record written for ``audience``, and not everybody done yet."""
    return seen_by(reader, replace(record, audience=audience, all_done=False, opened=False))


def such_seen_by(
    *,
    actor: Actor,
    couple_id: UUID,
    kind: Kind,
    whose: UUID | None = None,
    about: UUID | None = None,
    audience: Audience = Audience.THERAPIST,
) -> str:
    """Say to ``actor`` who can see records of a kind, where a page shows several or none yet.

    Args:
        actor: Who reads the page; authorised before.
        couple_id: Of which couple.
        kind: What kind of record.
        whose: Whose words they are; None: of whoever treats the couple, no matter who.
        about: The only member they concern.
        audience: Whom they are for.
    """
    concerns = frozenset({about} if about else ())
    # The couple itself stands where no single author makes a difference.
    record = Facts(couple_id, whose or couple_id, kind, audience, concerns)
    return seen_by(access.standing_of(actor, couple_id), record)


def people_around(reader: Reader, record: Facts) -> tuple[Onlooker, ...]:
    """Return everybody who could see something of a couple, as ``reader`` may know of them.

    Members in their order, then whoever treats them, then the rest of the practice. Whoever has
    left the couple does not learn who is there now.
    """
    couple_id = record.couple_id
    people = [*_carers(couple_id), *_members(reader, couple_id), *_practice(reader, record)]
    if reader.person_id not in {one.reader.person_id for one in people}:
        people.append(Onlooker(reader, ""))
    return tuple(people)


def carers_in_words(couple_id: UUID) -> str:
    """Say who treats a couple now, the lead first: ``Tess``, ``Tess and Cora``."""
    names = [one.name for one in _care_of(couple_id) if one.standing.treats]
    return listed(names) if names else SOMEBODY


def _carers(couple_id: UUID) -> list[Onlooker]:
    found = _care_of(couple_id)
    return [
        Onlooker(Reader(one.person_id, couple_id, one.standing), _called(one)) for one in found
    ] or [Onlooker(Reader(_SOMEBODY, couple_id, Standing.TREATING), SOMEBODY)]


def _called(one: _Carer) -> str:
    return one.name if one.standing.treats else f"{one.name} (supervision)"


def _members(reader: Reader, couple_id: UUID) -> Iterable[Onlooker]:
    members = each_once(members_of(couple_id))
    if reader.standing is Standing.FORMER:
        yield Onlooker(reader, "")
        yield Onlooker(Reader(_THE_OTHERS, couple_id, Standing.MEMBER), PRESENT_MEMBERS)
        return
    labels = labels_of(member for member in members if member.is_current)
    for member in members:
        standing = Standing.MEMBER if member.is_current else Standing.FORMER
        yield Onlooker(
            Reader(member.person_id, couple_id, standing),
            labels.get(member.person_id, member.first_name),
        )


def _practice(reader: Reader, record: Facts) -> Iterable[Onlooker]:
    """Those of the practice who do not treat the couple; asked for only where they see anything."""
    if record.kind not in DESK_KINDS | OWNER_KINDS:
        return
    couple_id = record.couple_id
    named = {one.person_id for one in _care_of(couple_id) if one.standing.treats}
    named.add(reader.person_id)
    staff = [row for row in _other_staff() if row[0] not in named]
    if any(role is Role.RECEPTION for _, role, _ in staff):
        yield Onlooker(Reader(_DESK, couple_id, Standing.RECEPTION), "the front desk")
    if any(is_owner for _, _, is_owner in staff):
        yield Onlooker(Reader(_OWNER, couple_id, Standing.OWNER), "whoever runs the practice")


def _other_staff() -> list[tuple[UUID, Role, bool]]:
    def find() -> list[tuple[UUID, Role, bool]]:
        rows = db.session.execute(
            select(Account.person_id, Account.role, Account.is_owner).where(
                or_(Account.role == Role.RECEPTION, Account.is_owner), Account.active
            )
        )
        return [(row.person_id, row.role, row.is_owner) for row in rows]

    return remembered(("staff who do not treat",), find)


def _care_of(couple_id: UUID) -> tuple[_Carer, ...]:
    known: dict[UUID, tuple[_Carer, ...]] = remembered(("care teams",), dict)
    if couple_id not in known:
        known |= _find_care({couple_id, *looked_up()} - set(known))
    return known[couple_id]


def _find_care(couple_ids: set[UUID]) -> dict[UUID, tuple[_Carer, ...]]:
    """Return who treats each couple and who supervises the lead, with one query."""
    supervisor, today = aliased(Person), clock.today()
    rows = db.session.execute(
        select(
            Care.couple_id,
            Care.part,
            Care.therapist_id,
            Person.name,
            supervisor.id,
            supervisor.name,
        )
        .join(Person, Person.id == Care.therapist_id)
        .outerjoin(
            Supervision,
            and_(
                Supervision.therapist_id == Care.therapist_id,
                Care.part == CarePart.LEAD,
                Supervision.since <= today,
                or_(Supervision.until.is_(None), Supervision.until >= today),
            ),
        )
        .outerjoin(supervisor, supervisor.id == Supervision.supervisor_id)
        .where(Care.couple_id.in_(couple_ids), Care.until.is_(None))
        .order_by(Care.part.desc(), Care.since, Care.id, supervisor.name)
    ).all()
    found: dict[UUID, dict[UUID, _Carer]] = {couple_id: {} for couple_id in couple_ids}
    for couple_id, part, person_id, name, _, _ in rows:
        standing = part.standing
        team = found[couple_id]
        if person_id not in team or standing is Standing.TREATING:
            team[person_id] = _Carer(person_id, first_name(name), standing)
    for couple_id, _, _, _, person_id, name in rows:
        if person_id is not None:
            carer = _Carer(person_id, first_name(name), Standing.SUPERVISING)
            found[couple_id].setdefault(person_id, carer)
    return {couple_id: tuple(team.values()) for couple_id, team in found.items()}
