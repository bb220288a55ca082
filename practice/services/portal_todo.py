"""What waits on a partner's first page beside questions and homework: papers, intake, contact.

Only their own. What the others were asked, signed or left open changes nothing here.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.intake import BY_KEY, SECTIONS
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.domain.words import capital
from practice.models.agreements import Permission
from practice.models.intake import IntakeEntry
from practice.services import access, safe_contacts
from practice.services.badges import seen_by
from practice.services.intake import intake_id_of
from practice.services.intake_entries import requests_of
from practice.services.joint_sources import in_plain_sight
from practice.services.own_agreements import own_agreements
from practice.services.people import therapists_of_all

CONTACT_MINUTES = 2
"""To fill in how one may be reached."""


class ToDoKind(StrEnum):
    """What kind of thing waits."""

    AGREEMENTS = "agreements"
    PERMISSION = "permission"
    INTAKE = "intake"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that waits."""

    kind: ToDoKind
    therapist: str
    count: int
    """How many texts or sections."""

    minutes: int
    badge: str
    """Who can see it, in words to the partner; each part of an intake says more."""

    id: UUID | None = None
    """Of the question about a permission, or of the intake."""

    is_new_version: bool = False
    """All that is to be signed was signed before, in an earlier version."""

    is_begun: bool = False
    """Of the intake, a part is written; of how to reach them, it was said once, long ago."""


@tells()
def own_todo(*, actor: Actor) -> tuple[ToDo, ...]:
    """Return what waits for ``actor``, a partner."""
    readers = access.present_couples(actor)
    if not readers:
        return ()
    therapists = therapists_of_all(readers)
    return (
        *_permissions(actor, therapists),
        *_agreements(actor),
        *_intakes(actor, therapists),
        *_contact(actor, therapists),
    )


def _permissions(actor: Actor, therapists: dict[UUID, str]) -> list[ToDo]:
    readers = access.present_couples(actor)
    rows = db.session.scalars(
        select(Permission)
        .where(
            Permission.couple_id.in_(readers),
            Permission.person_id == actor.person_id,
            Permission.answer.is_(None),
            in_plain_sight(),
        )
        .order_by(Permission.asked_at, Permission.id)
    )
    return [
        ToDo(
            ToDoKind.PERMISSION,
            therapists[row.couple_id],
            1,
            1,
            seen_by(readers[row.couple_id], row.facts),
            row.id,
        )
        for row in rows
        if access.may_see(readers[row.couple_id], row.facts)
    ]


def _agreements(actor: Actor) -> list[ToDo]:
    waiting = [one for one in own_agreements(actor=actor) if one.is_waiting]
    if not waiting:
        return []
    minutes = sum(one.consent.current.minutes for one in waiting if one.consent.current)
    return [
        ToDo(
            ToDoKind.AGREEMENTS,
            waiting[0].therapist,
            len(waiting),
            minutes,
            waiting[0].badge,
            is_new_version=all(one.consent.signed for one in waiting),
        )
    ]


def _intakes(actor: Actor, therapists: dict[UUID, str]) -> list[ToDo]:
    readers = access.present_couples(actor)
    asked = {
        row.couple_id: row.facts
        for row in requests_of(readers, actor.person_id)
        if row.closed_at is None and access.may_see(readers[row.couple_id], row.facts)
    }
    if not asked:
        return []
    rows = db.session.execute(
        select(IntakeEntry.couple_id, IntakeEntry.section).where(
            IntakeEntry.couple_id.in_(asked),
            IntakeEntry.person_id == actor.person_id,
            IntakeEntry.noted_by.is_(None),
            IntakeEntry.locked_at.is_(None),
        )
    )
    written = {(couple_id, section) for couple_id, section in rows if section in BY_KEY}
    found = []
    for couple_id in (one for one in readers if one in asked):
        left = [section for section in SECTIONS if (couple_id, section.key) not in written]
        if left:
            found.append(
                ToDo(
                    ToDoKind.INTAKE,
                    therapists[couple_id],
                    len(left),
                    sum(section.minutes for section in left),
                    seen_by(readers[couple_id], asked[couple_id]),
                    id=intake_id_of(couple_id, actor.person_id),
                    is_begun=len(left) < len(SECTIONS),
                )
            )
    return found


def _contact(actor: Actor, therapists: dict[UUID, str]) -> list[ToDo]:
    asked = safe_contacts.own_is_due(actor=actor)
    if asked is None:
        return []
    is_again = asked is safe_contacts.Due.AGAIN
    therapist = next(iter(therapists.values()))
    badge = capital(safe_contacts.readers_of_own(actor=actor))
    return [ToDo(ToDoKind.CONTACT, therapist, 1, CONTACT_MINUTES, badge, is_begun=is_again)]
