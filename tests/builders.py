"""Plain functions that put people and records into the database of a test."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from practice.db import db
from practice.domain.battery import DEFAULT_BATTERY
from practice.domain.couples import RelationshipStatus
from practice.domain.people import Actor, Role
from practice.models.couples import Care, Couple, Membership
from practice.models.people import Person
from practice.models.settings import BatterySetting
from practice.services import accounts
from practice.services import schedule as batteries

PASSWORD = "two quiet chairs and a lamp"
STARTED = date(2026, 3, 4)


@dataclass(frozen=True, slots=True)
class Cast:
    """People every test knows."""

    tess: Actor
    """Treats Ada and Ben."""

    otto: Actor
    """Another therapist; treats Cleo and Dan."""

    ada: Actor
    ben: Actor
    finn: Actor
    """Was a member of Ada and Ben's couple and has left."""

    cleo: Actor
    dan: Actor
    couple: UUID
    other_couple: UUID


def make_person(name: str, role: Role, *, account: bool = True) -> Actor:
    """Add a person, with an account named after them unless told otherwise."""
    person = Person(name=name)
    db.session.add(person)
    db.session.flush()
    if account:
        accounts.create_account(
            person=person, role=role, sign_in_name=sign_in_name(name), password=PASSWORD
        )
    return Actor(person.id, role, name)


def sign_in_name(name: str) -> str:
    """Return the sign-in name of somebody of the cast."""
    return f"{name.split()[0].lower()}@mail.example"


def make_couple(therapist: Actor, members: list[Actor], **overrides: Any) -> UUID:
    """Add a couple in the care of ``therapist``, of which the schedule asks nothing."""
    couple = Couple(
        **(
            {
                "relationship_status": RelationshipStatus.MARRIED,
                "episode_started_on": STARTED,
                "agreed_problem": "",
            }
            | overrides
        )
    )
    db.session.add(couple)
    db.session.flush()
    db.session.add(Care(couple_id=couple.id, therapist_id=therapist.person_id, since=STARTED))
    for position, member in enumerate(members, start=1):
        db.session.add(
            Membership(
                couple_id=couple.id,
                person_id=member.person_id,
                position=position,
                joined_on=STARTED,
            )
        )
    db.session.add(
        BatterySetting(
            couple_id=couple.id,
            definition=replace(DEFAULT_BATTERY, active=False).as_json(),
            set_by=therapist.person_id,
            set_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )
    db.session.flush()
    return couple.id


def schedule(couple_id: UUID, therapist: Actor) -> None:
    """Let the schedule ask what the shipped battery says, from now on."""
    batteries.switch(actor=therapist, couple_id=couple_id, active=True)


def leave(couple_id: UUID, member: Actor, on: date = date(2026, 5, 1)) -> None:
    """End somebody's membership."""
    membership = (
        db.session.query(Membership)
        .filter_by(couple_id=couple_id, person_id=member.person_id)
        .one()
    )
    membership.left_on = on
    db.session.flush()


def make_cast() -> Cast:
    """Add everybody of the cast."""
    tess = make_person("Tess Okafor", Role.THERAPIST)
    otto = make_person("Otto Brandt", Role.THERAPIST)
    ada = make_person("Ada Lind", Role.PARTNER)
    ben = make_person("Ben Morrow", Role.PARTNER)
    finn = make_person("Finn Hale", Role.PARTNER)
    cleo = make_person("Cleo Marsh", Role.PARTNER)
    dan = make_person("Dan Petrov", Role.PARTNER)
    couple = make_couple(tess, [ada, ben, finn])
    leave(couple, finn)
    other_couple = make_couple(otto, [cleo, dan])
    return Cast(tess, otto, ada, ben, finn, cleo, dan, couple, other_couple)
