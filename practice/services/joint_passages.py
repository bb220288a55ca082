"""Words that were moved, with their author's permission, from a private item into the joint record.

A passage is taken word for word from its item. It stands on the couple's page, and in what is made
of the joint record: no page of a portal shows another's. Once its permission is taken back, or its
item locked away, nothing made from then on holds it; what was issued before stays as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import JointSource
from practice.domain.people import Actor
from practice.domain.visibility import Audience, Facts
from practice.models.agreements import JointPassage
from practice.services import access, audit, clock, joint_sources, permissions
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import Member, members_of


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage as it stands on the couple's page."""

    id: UUID
    member: Member
    text: str
    source_kind: JointSource
    source_id: UUID
    source_title: str
    added_at: datetime
    is_released: bool
    """Whether it goes into what is made of the joint record now."""


@dataclass(frozen=True, slots=True)
class StandingPassage:
    """A passage that may go into a joint report or a bundle."""

    id: UUID
    person_id: UUID
    text: str
    added_at: datetime
    facts: Facts


def couple_passages(*, actor: Actor, couple_id: UUID) -> tuple[PassageLine, ...]:
    """Return every passage of a couple, oldest first, for whoever treats it.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    members = {member.person_id: member for member in members_of(couple_id)}
    lines = []
    for row in access.visible(reader, _rows(couple_id)):
        source = joint_sources.find(row.source_kind, row.source_id)
        lines.append(
            PassageLine(
                id=row.id,
                member=members[row.person_id],
                text=row.text,
                source_kind=row.source_kind,
                source_id=row.source_id,
                source_title=source.title if source else "",
                added_at=row.added_at,
                is_released=_stands(row),
            )
        )
    return tuple(lines)


def standing_passages(couple_id: UUID) -> tuple[StandingPassage, ...]:
    """Return the passages that may go into a joint report or a bundle now, oldest first.

    Authorise first, and let every reader's policy decide by ``facts``.
    """
    present = {member.person_id for member in members_of(couple_id) if member.is_current}
    return tuple(
        StandingPassage(row.id, row.person_id, row.text, row.added_at, row.facts)
        for row in _rows(couple_id)
        if row.person_id in present and _stands(row)
    )


def add(*, actor: Actor, kind: JointSource, source_id: UUID, new_id: UUID, text: str) -> UUID:
    """Move a passage into the joint record; return the couple's id.

    A second call with the same id changes nothing.

    Args:
        actor: Who treats the couple.
        kind: Of the item.
        source_id: The item whose author said yes.
        new_id: Id of the new passage.
        text: Words that stand in the item, in this order.

    Raises:
        NotFound: if there is no such item that the actor may see.
        Refused: if no permission holds.
        Invalid: naming ``text``, if it is not in the item.
    """
    reader, source = permissions.require_source(actor, kind, source_id)
    access.hold(source.couple_id)
    known = db.session.get(JointPassage, new_id)
    if known is not None:
        if known.couple_id != source.couple_id:
            raise NotFound
        return known.couple_id
    permission = permissions.standing_permission(source)
    if permission is None or source.facts.sealed or not source.is_current:
        raise Refused("Nobody has said yes to this, or it was taken back. Ask first.")
    quoted = clean_text(text, "text")
    if not quoted or _plain(quoted) not in _plain(source.text):
        raise Invalid({"text": "Quote words that stand there, as they stand there."})
    row = JointPassage(
        id=new_id,
        couple_id=source.couple_id,
        person_id=source.person_id,
        permission_id=permission.id,
        source_kind=kind,
        source_id=source_id,
        text=quoted,
        added_by=actor.person_id,
        added_at=clock.now(),
    )
    access.require_act(reader, row.facts, Operation.WRITE)
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, source.couple_id, "joint_passage.added")
    return source.couple_id


def remove(*, actor: Actor, passage_id: UUID) -> UUID:
    """Take a passage out of the joint record; return the couple's id.

    Raises:
        NotFound: if there is no such passage in the actor's care.
    """
    row = db.session.get(JointPassage, passage_id)
    if row is None:
        audit.note_refusal(actor, None, "joint_passage")
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_act(reader, row.facts, Operation.WRITE)
    if row.removed_at is None:
        row.removed_at = clock.now()
        db.session.flush()
        audit.note_write(actor, row.couple_id, "joint_passage.removed")
    return row.couple_id


def _rows(couple_id: UUID) -> list[JointPassage]:
    return list(
        db.session.scalars(
            select(JointPassage)
            .where(JointPassage.couple_id == couple_id, JointPassage.removed_at.is_(None))
            .options(joinedload(JointPassage.permission))
            .order_by(JointPassage.added_at, JointPassage.id)
        )
    )


def _stands(row: JointPassage) -> bool:
    source = joint_sources.find(row.source_kind, row.source_id)
    locked = source is None or source.facts.sealed or source.facts.audience is Audience.PRIVATE
    return row.permission.holds and not locked


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
