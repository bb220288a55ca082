"""What somebody was asked about their private words, and their own answer (``permissions``)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import Answer, Way
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.models.agreements import Permission
from practice.services import access, audit, clock, joint_sources
from practice.services.badges import carers_in_words, seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import NotFound, Refused
from practice.services.people import therapist_of
from practice.services.permissions import (
    LONGEST_WORDS,
    PermissionView,
    passages_of,
    put_answer,
    take_back,
    view_of,
)


@dataclass(frozen=True, slots=True)
class OwnPermission:
    """What one was asked, with one's own words."""

    permission: PermissionView
    badge: str
    """Who can see the question and its answer, in words to its person."""

    therapist: str
    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    title: str
    written_at: datetime
    text: str
    passages: tuple[str, ...]
    """What was taken from it."""

    may_answer: bool


@tells()
def own_permissions(*, actor: Actor) -> tuple[OwnPermission, ...]:
    """Return what ``actor`` was asked, newest first, in all of their couples.

    Nothing about an entry that they have locked away: no word of it, nor that they were asked.
    """
    readers = access.own_couples(actor)
    if not readers:
        return ()
    rows = db.session.scalars(
        select(Permission)
        .where(
            Permission.couple_id.in_(readers),
            Permission.person_id == actor.person_id,
            joint_sources.in_plain_sight(),
        )
        .order_by(Permission.asked_at.desc(), Permission.id)
    ).all()
    return tuple(
        _own(readers[row.couple_id], row)
        for row in rows
        if access.may_see(readers[row.couple_id], row.facts)
    )


@tells()
def own_permission(*, actor: Actor, permission_id: UUID) -> OwnPermission:
    """Return one question that ``actor`` was asked.

    Raises:
        NotFound: if there is none such; somebody else's looks the same, and so does one about an
            entry that was locked away.
    """
    reader, row = _require_own(actor, permission_id)
    return _own(reader, row)


def answer(*, actor: Actor, permission_id: UUID, answer: Answer, words: str = "") -> None:
    """Say yes or no; answered once, and a yes can be taken back.

    Raises:
        NotFound: as ``own_permission``.
        Refused: if it is answered already, or the actor has left the couple.
        Invalid: naming ``words``.
    """
    reader, row = _require_own(actor, permission_id)
    access.hold(row.couple_id)
    db.session.refresh(row)
    if row.answer is answer:
        return
    if row.answer is not None or reader.standing is not Standing.MEMBER:
        raise Refused("This is answered already.")
    access.require_act(reader, row.facts, Operation.SIGN)
    put_answer(row, answer, clock.today(), clean_text(words, "words", LONGEST_WORDS))
    row.way = Way.PORTAL
    db.session.flush()
    audit.note_write(actor, row.couple_id, "permission.answered")


def withdraw(*, actor: Actor, permission_id: UUID) -> None:
    """Take a yes back, from now on; a second time changes nothing.

    Raises:
        NotFound: as ``own_permission``.
    """
    reader, row = _require_own(actor, permission_id)
    access.require_act(reader, row.facts, Operation.SIGN)
    take_back(actor, row)


def _require_own(actor: Actor, permission_id: UUID) -> tuple[Reader, Permission]:
    row = db.session.scalar(
        select(Permission).where(
            Permission.id == permission_id,
            Permission.person_id == actor.person_id,
            joint_sources.in_plain_sight(),
        )
    )
    if row is None:
        raise NotFound
    reader = access.own_couples(actor).get(row.couple_id)
    if reader is None:
        raise NotFound
    access.require_visible(reader, row.facts)
    return reader, row


def _own(reader: Reader, row: Permission) -> OwnPermission:
    source = joint_sources.find(row.source_kind, row.source_id)
    seen = source if source is not None and access.may_see(reader, source.facts) else None
    passages = access.visible(reader, passages_of(source)) if source else []
    return OwnPermission(
        permission=view_of(row),
        badge=seen_by(reader, row.facts),
        therapist=therapist_of(row.couple_id),
        carers=carers_in_words(row.couple_id),
        title=seen.title if seen else "",
        written_at=seen.written_at if seen else row.asked_at,
        text=seen.text if seen else "",
        passages=tuple(one.text for one in passages),
        may_answer=row.answer is None and reader.standing is Standing.MEMBER,
    )
