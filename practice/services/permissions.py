"""Asking somebody whether their private words may be used in the joint record.

Asking, refusing and taking back are between that person and whoever treats the couple: no page of
another member reads this table. A yes holds for one item and for passages added while it holds.
What its author finds and answers is ``own_permissions``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import Answer, JointSource, SecretsRule, Way
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.agreements import JointPassage, Permission
from practice.services import access, audit, clock, joint_sources
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.joint_sources import Source
from practice.services.people import Member
from practice.services.secrets_policies import rule_for

LONGEST_WORDS = 1000
"""Characters of a purpose, or of what somebody says with their answer."""


@dataclass(frozen=True, slots=True)
class PermissionView:
    """One time somebody was asked."""

    id: UUID
    purpose: str
    asked_at: datetime
    answer: Answer | None
    answered_on: date | None
    way: Way | None
    words: str
    withdrawn_at: datetime | None
    holds: bool


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words that were moved."""

    id: UUID
    text: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A private item as the therapist looks at it before using any of it."""

    kind: JointSource
    source_id: UUID
    couple_id: UUID
    author: Member
    title: str
    written_at: datetime
    text: str
    rule: SecretsRule
    is_shared: bool
    """Everybody may read it already; there is nothing to ask for."""

    badge: str
    """Who can see it as it stands, in words to the reader."""

    may_be_used: bool
    """False where its author locked it away, corrected it, or has left."""

    permissions: tuple[PermissionView, ...]
    """Newest first."""

    passages: tuple[PassageView, ...]

    @property
    def standing(self) -> PermissionView | None:
        """The permission that holds now."""
        return next((one for one in self.permissions if one.holds), None)

    @property
    def waiting(self) -> PermissionView | None:
        """The question that was asked last and not answered yet."""
        newest = self.permissions[0] if self.permissions else None
        return newest if newest and newest.answer is None else None


def source_page(*, actor: Actor, kind: JointSource, source_id: UUID) -> SourcePage:
    """Return a private item with what its author allowed.

    Raises:
        NotFound: if there is none such that the actor, who treats the couple, may see.
    """
    reader, source = require_source(actor, kind, source_id)
    rows = access.visible(reader, _of_source(source))
    passages = access.visible(reader, passages_of(source))
    audit.note_read(actor, source.couple_id, "joint_source")
    return SourcePage(
        kind=kind,
        source_id=source_id,
        couple_id=source.couple_id,
        author=source.author,
        title=source.title,
        written_at=source.written_at,
        text=source.text,
        rule=rule_for(source.couple_id, source.written_at),
        is_shared=source.is_shared,
        badge=seen_by(reader, source.facts),
        may_be_used=_may_be_used(source),
        permissions=tuple(view_of(row) for row in rows),
        passages=tuple(PassageView(row.id, row.text, row.added_at) for row in passages),
    )


def require_source(actor: Actor, kind: JointSource, source_id: UUID) -> tuple[Reader, Source]:
    """Return a private item of a couple in the actor's care.

    Raises:
        NotFound: if there is none such that the actor may see.
    """
    source = joint_sources.find(kind, source_id)
    if source is None:
        audit.note_refusal(actor, None, "joint_source")
        raise NotFound
    reader = access.require_treating(actor, source.couple_id)
    access.require_visible(reader, source.facts)
    return reader, source


def ask(*, actor: Actor, kind: JointSource, source_id: UUID, new_id: UUID, purpose: str) -> None:
    """Ask the author, in their portal, whether some of it may be used.

    A second call with the same id changes nothing.

    Raises:
        NotFound: as ``source_page``.
        Refused: if it cannot be used, or an answer is waited for or holds.
        Invalid: naming ``purpose``.
    """
    row = _new(actor, kind, source_id, new_id, purpose)
    if row is not None:
        audit.note_write(actor, row.couple_id, "permission.asked")


def record_answer(
    *,
    actor: Actor,
    kind: JointSource,
    source_id: UUID,
    new_id: UUID,
    answer: Answer,
    said_on: date,
    words: str,
) -> None:
    """Write down what the author said in a session; an open question is answered by it.

    Raises:
        NotFound: as ``source_page``.
        Refused: as ``ask``.
        Invalid: naming ``said_on`` or ``words``: what they said belongs to it.
    """
    _, source = require_source(actor, kind, source_id)
    if said_on > clock.today() or said_on < clock.local(source.written_at).date():
        raise Invalid({"said_on": "Choose a day since it was written; today at the latest."})
    clean = clean_text(words, "words", LONGEST_WORDS)
    if not clean:
        raise Invalid({"words": "Write what was said, as nearly as you can."})
    access.hold(source.couple_id)
    newest = next(iter(_of_source(source)), None)
    if newest is not None and newest.answer is None:
        row: Permission | None = newest
    else:
        row = _new(actor, kind, source_id, new_id, clean)
    if row is not None and row.answer is None:
        put_answer(row, answer, said_on, clean)
        row.way, row.recorded_by = Way.SAID, actor.person_id
        db.session.flush()
        audit.note_write(actor, row.couple_id, "permission.recorded")


def take_back_for(*, actor: Actor, permission_id: UUID) -> tuple[JointSource, UUID]:
    """Write down that the author said they take it back; return the item's kind and id.

    Raises:
        NotFound: if there is no such permission in the actor's care.
    """
    row = db.session.get(Permission, permission_id)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_act(reader, row.facts, Operation.WRITE)
    take_back(actor, row)
    return row.source_kind, row.source_id


def standing_permission(source: Source) -> Permission | None:
    """Return the permission that holds for an item now, for services alone."""
    return next((row for row in _of_source(source) if row.holds), None)


def _may_be_used(source: Source) -> bool:
    return source.is_current and not source.facts.sealed and source.author.is_current


def _new(
    actor: Actor, kind: JointSource, source_id: UUID, new_id: UUID, purpose: str
) -> Permission | None:
    """Add a question; None where it was added before under this id."""
    reader, source = require_source(actor, kind, source_id)
    access.require_act(reader, _facts(source), Operation.WRITE)
    access.hold(source.couple_id)
    known = db.session.get(Permission, new_id)
    if known is not None:
        if (known.source_kind, known.source_id) != (kind, source_id):
            raise NotFound
        return None
    _require_askable(source)
    clean = clean_text(purpose, "purpose", LONGEST_WORDS)
    if not clean:
        raise Invalid({"purpose": "Say what you would use, and what for."})
    row = Permission(
        id=new_id,
        couple_id=source.couple_id,
        person_id=source.person_id,
        source_kind=kind,
        source_id=source_id,
        purpose=clean,
        asked_by=actor.person_id,
        asked_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _require_askable(source: Source) -> None:
    if source.is_shared:
        raise Refused("Everybody may read this already; nobody need be asked.")
    if not _may_be_used(source):
        raise Refused("This cannot be used any more.")
    newest = next(iter(_of_source(source)), None)
    if newest is not None and newest.answer is None:
        raise Refused("They were asked, and have not answered yet.")
    if newest is not None and newest.holds:
        raise Refused("They have said yes, and it still holds.")


def put_answer(row: Permission, answer: Answer, on: date, words: str) -> None:
    """Put an answer down. For services alone; authorise first."""
    row.answer, row.answered_at, row.answered_on = answer, clock.now(), on
    row.words = words


def take_back(actor: Actor, row: Permission) -> None:
    """Let a yes hold no longer, from now on. For services alone; authorise first."""
    access.hold(row.couple_id)
    db.session.refresh(row)
    if row.holds:
        row.withdrawn_at, row.withdrawn_by = clock.now(), actor.person_id
        db.session.flush()
        audit.note_write(actor, row.couple_id, "permission.withdrawn")


def _of_source(source: Source) -> list[Permission]:
    """Return every question about an item, newest first."""
    return list(
        db.session.scalars(
            select(Permission)
            .where(
                Permission.source_kind == source.kind,
                Permission.source_id == source.id,
                Permission.person_id == source.person_id,
            )
            .order_by(Permission.asked_at.desc(), Permission.id)
        )
    )


def passages_of(source: Source) -> list[JointPassage]:
    """Return the words taken from an item that still stand; filter before any use."""
    return list(
        db.session.scalars(
            select(JointPassage)
            .where(
                JointPassage.source_kind == source.kind,
                JointPassage.source_id == source.id,
                JointPassage.removed_at.is_(None),
            )
            .order_by(JointPassage.added_at, JointPassage.id)
        )
    )


def _facts(source: Source) -> Facts:
    return Facts(
        source.couple_id,
        source.person_id,
        Kind.PERMISSION,
        Audience.THERAPIST,
        concerns=frozenset({source.person_id}),
    )


def view_of(row: Permission) -> PermissionView:
    """Return one question as a value."""
    return PermissionView(
        id=row.id,
        purpose=row.purpose,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_on=row.answered_on,
        way=row.way,
        words=row.words,
        withdrawn_at=row.withdrawn_at,
        holds=row.holds,
    )
