"""Everybody of the practice beside Tess and Otto: co-therapist, supervisor, front desk, owner."""

from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Role
from practice.domain.sessions import SessionFormat
from practice.models.accounts import Supervision
from practice.models.couples import Care
from practice.services import accounts, clock, diary, staff
from tests.builders import STARTED, Cast, make_person


@dataclass(frozen=True, slots=True)
class Staff:
    """People of the practice whom the matrix asks for."""

    toni: Actor
    """Treats Ada and Ben together with Tess."""

    vera: Actor
    """The same; whoever tests the end of it ends hers."""

    sue: Actor
    """Supervises Tess, and Otto."""

    rita: Actor
    """At the front desk."""

    olga: Actor
    """Runs the practice; a therapist without couples."""

    invited: UUID
    """Ivo, who has not taken up his invitation to the front desk."""

    supervision: UUID
    supervision_of_otto: UUID
    session_desk: UUID
    """A session of Ada and Ben that Rita planned, a month from now."""


def make_staff(cast: Cast) -> Staff:
    """Add everybody. The caller commits."""
    toni = make_person("Toni Vance", Role.THERAPIST)
    vera = make_person("Vera Holt", Role.THERAPIST)
    sue = make_person("Sue Marsden", Role.THERAPIST)
    rita = make_person("Rita Moss", Role.RECEPTION)
    olga = make_owner("Olga Stein")
    for one in (toni, vera):
        co_treat(cast.couple, one)
    today = clock.today()
    lines = [
        Supervision(supervisor_id=sue.person_id, therapist_id=one.person_id, since=today)
        for one in (cast.tess, cast.otto)
    ]
    db.session.add_all(lines)
    db.session.flush()
    invited = uuid4()
    staff.invite_staff(actor=olga, new_id=invited, name="Ivo Stern", role=Role.RECEPTION)
    session = diary.plan(
        actor=rita,
        couple_id=cast.couple,
        new_id=uuid4(),
        appointment=diary.Appointment(
            day=today + timedelta(days=30),
            at=time(17),
            minutes=60,
            person_id=None,
            format=SessionFormat.VIDEO,
        ),
    )
    return Staff(
        toni=toni,
        vera=vera,
        sue=sue,
        rita=rita,
        olga=olga,
        invited=invited,
        supervision=lines[0].id,
        supervision_of_otto=lines[1].id,
        session_desk=session,
    )


def make_owner(name: str) -> Actor:
    """Add a therapist who runs the practice."""
    person = make_person(name, Role.THERAPIST)
    accounts.make_owner(accounts.get(person.person_id))
    db.session.flush()
    return Actor(person.person_id, Role.THERAPIST, name, is_owner=True)


def co_treat(couple_id: UUID, therapist: Actor) -> None:
    """Let somebody treat a couple together with the lead."""
    db.session.add(
        Care(
            couple_id=couple_id,
            therapist_id=therapist.person_id,
            since=STARTED,
            part=CarePart.CO_THERAPIST,
        )
    )
    db.session.flush()
