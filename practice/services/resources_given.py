"""Resources given to a couple: to one of them, to each for themselves, or to all together.

What is given to one does not exist for the others, and what each was given for themselves neither
learns of the other's. Whoever joins later was given nothing of what all had before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from sqlalchemy import select

from practice.db import db
from practice.domain import links
from practice.domain.acts import Operation
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.domain.visibility import Facts
from practice.models.resources import Resource, ResourceGiven
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.handouts import text_pdf
from practice.services.people import (
    Member,
    current_members,
    each_once,
    members_of,
    members_of_all,
    therapists_of_all,
    title_of,
)

LONGEST_WORDS = 600


class Whom(StrEnum):
    """To whom of a couple, where it is not one of them."""

    EACH = "each"
    """Each for themselves."""

    ALL = "all"
    """All together; each sees that the others have it."""


@dataclass(frozen=True, slots=True)
class Given:
    """One resource as its receiver finds it."""

    id: UUID
    title: str
    link: str
    host: str
    words: str
    """Of the resource itself; empty where it is a link."""

    note: str
    minutes: int
    own_words: str
    """The therapist's, with it."""

    therapist: str
    given_at: datetime
    badge: str


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One resource as the therapist finds it on the couple's page."""

    id: UUID
    title: str
    host: str
    own_words: str
    to: Member | None
    """None: all of them."""

    given_at: datetime
    is_taken_back: bool
    badge: str


@dataclass(frozen=True, slots=True)
class CoupleResources:
    """What a couple was given, and what else they could be."""

    title: str
    members: tuple[Member, ...]
    """Present ones: whom it can be given to."""

    given: tuple[GivenLine, ...]
    """Newest first."""

    offered: tuple[tuple[UUID, str, int], ...]
    """Id, title and minutes of what is approved, by title."""


@tells(JointFact.GIVEN_TO_ALL)
def own_resources(*, actor: Actor) -> tuple[Given, ...]:
    """Return what ``actor``, a partner, was given and has now; newest first."""
    readers = access.present_couples(actor)
    if not readers:
        return ()
    rows = _rows(readers, ResourceGiven.taken_back_at.is_(None))
    therapists = therapists_of_all(readers)
    members = members_of_all(readers)
    stated = ((row, resource, facts_of(row, members[row.couple_id])) for row, resource in rows)
    return tuple(
        Given(
            id=row.id,
            title=resource.title,
            link=resource.link,
            host=links.host_of(resource.link),
            words=resource.words,
            note=resource.note,
            minutes=resource.minutes,
            own_words=row.words,
            therapist=therapists[row.couple_id],
            given_at=row.given_at,
            badge=seen_by(readers[row.couple_id], record),
        )
        for row, resource, record in stated
        if access.may_see(readers[row.couple_id], record)
    )


@tells(JointFact.GIVEN_TO_ALL)
def own_resource(*, actor: Actor, given_id: UUID) -> Given:
    """Return one thing that ``actor`` was given.

    Raises:
        NotFound: if it was not given to them, was taken back, or they have left the couple.
    """
    for one in own_resources(actor=actor):
        if one.id == given_id:
            return one
    raise NotFound


@tells(JointFact.GIVEN_TO_ALL)
def own_resource_pdf(*, actor: Actor, given_id: UUID) -> bytes:
    """Return a text that ``actor`` was given as a sheet of paper. It names nobody.

    Raises:
        NotFound: as ``own_resource``, or if it is a link.
        Refused: if it cannot be made now.
    """
    found = own_resource(actor=actor, given_id=given_id)
    if not found.words:
        raise NotFound
    return text_pdf(found.title, found.note, found.words)


def couple_resources(*, actor: Actor, couple_id: UUID) -> CoupleResources:
    """Return what a couple was given, for the therapist.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    everybody = members_of(couple_id)
    names = {one.person_id: one for one in each_once(everybody)}
    offered = db.session.execute(
        select(Resource.id, Resource.title, Resource.minutes)
        .where(Resource.approved_at.is_not(None), Resource.put_away_at.is_(None))
        .order_by(Resource.title, Resource.id)
    )
    return CoupleResources(
        title=title_of(everybody),
        members=current_members(couple_id),
        given=tuple(
            GivenLine(
                id=row.id,
                title=resource.title,
                host=links.host_of(resource.link),
                own_words=row.words,
                to=names[row.person_id] if row.person_id else None,
                given_at=row.given_at,
                is_taken_back=row.taken_back_at is not None,
                badge=seen_by(reader, facts_of(row, everybody)),
            )
            for row, resource in _rows([couple_id])
            if access.may_see(reader, row.facts)
        ),
        offered=tuple((one, title, minutes) for one, title, minutes in offered),
    )


def give(
    *,
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    resource_id: UUID,
    to: Whom | UUID,
    words: str = "",
) -> None:
    """Give an approved resource.

    Args:
        actor: Who treats the couple.
        couple_id: Of which couple.
        new_id: Of what is given; a second call with the same id changes nothing.
        resource_id: One that is approved and not put away.
        to: One present member, each for themselves, or all.
        words: Own words with it.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``resource``, ``to`` or ``words``.
    """
    reader = access.require_treating(actor, couple_id)
    access.hold(couple_id)
    resource = db.session.get(Resource, resource_id)
    if resource is None or resource.approved_at is None or resource.put_away_at is not None:
        raise Invalid({"resource": "Choose one of those on the list."})
    own_words = clean_text(words, "words", LONGEST_WORDS)
    receivers = _receivers(couple_id, to)
    for person_id in receivers:
        row_id = uuid5(new_id, str(person_id)) if len(receivers) > 1 else new_id
        known = db.session.get(ResourceGiven, row_id)
        if known is not None and known.couple_id != couple_id:
            raise NotFound
        if known is not None:
            continue
        row = ResourceGiven(
            id=row_id,
            resource_id=resource_id,
            couple_id=couple_id,
            person_id=person_id,
            given_by=actor.person_id,
            given_at=clock.now(),
            words=own_words,
        )
        access.require_act(reader, row.facts, Operation.WRITE)
        db.session.add(row)
        audit.note_write(actor, couple_id, "resource.given")
    db.session.flush()


def take_back(*, actor: Actor, given_id: UUID) -> UUID:
    """Take a resource off the pages of whom it was given to, and return the couple.

    Raises:
        NotFound: if there is none such, or the couple is not in the actor's care.
    """
    row = db.session.get(ResourceGiven, given_id, with_for_update=True)
    if row is None:
        raise NotFound
    access.require_writing(actor, row.facts)
    if row.taken_back_at is None:
        row.taken_back_at = clock.now()
        db.session.flush()
        audit.note_write(actor, row.couple_id, "resource.taken_back")
    return row.couple_id


def facts_of(row: ResourceGiven, members: Iterable[Member]) -> Facts:
    """Return the facts of something given: to all is to those who belonged to it that day."""
    if row.person_id is not None:
        return row.facts
    day = clock.local(row.given_at).date()
    there = frozenset(one.person_id for one in members if one.was_member_on(day))
    return replace(row.facts, concerns=there)


def _receivers(couple_id: UUID, to: Whom | UUID) -> list[UUID | None]:
    present = [member.person_id for member in current_members(couple_id)]
    if to is Whom.ALL:
        return [None]
    if to is Whom.EACH:
        return list(present)
    if to not in present:
        raise Invalid({"to": "Choose one of the people in the list."})
    return [to]


def _rows(couple_ids: Iterable[UUID], *conditions: object) -> list[tuple[ResourceGiven, Resource]]:
    found = db.session.execute(
        select(ResourceGiven, Resource)
        .join(Resource, Resource.id == ResourceGiven.resource_id)
        .where(ResourceGiven.couple_id.in_(couple_ids), *conditions)  # type: ignore[arg-type]
        .order_by(ResourceGiven.given_at.desc(), ResourceGiven.id)
    )
    return [(given, resource) for given, resource in found]
