"""Applies the visibility policy: who stands how to a couple, and which records they see."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from practice.db import db, remembered
from practice.domain.people import Actor, Reader, Role, Standing
from practice.domain.visibility import Facts, decide
from practice.models.couples import Care, Couple, Membership
from practice.services import audit
from practice.services.errors import NotFound

Row = TypeVar("Row")


def require_couple(actor: Actor, couple_id: UUID) -> Reader:
    """Return how ``actor`` stands to the couple.

    Raises:
        NotFound: if there is no such couple, or it is none of the actor's.
    """
    find = _treating if actor.role is Role.THERAPIST else _membership
    standing = remembered(("standing", actor, couple_id), lambda: find(actor, couple_id))
    if standing is Standing.NONE:
        audit.note_refusal(actor, couple_id, "couple")
        raise NotFound
    return Reader(actor.person_id, couple_id, standing)


def require_treating(actor: Actor, couple_id: UUID) -> Reader:
    """As ``require_couple``, for what only the treating therapist may do."""
    if actor.role is not Role.THERAPIST:
        audit.note_refusal(actor, couple_id, "couple")
        raise NotFound
    return require_couple(actor, couple_id)


def own_couples(actor: Actor) -> dict[UUID, Reader]:
    """Return a partner's standing in every couple they are or were a member of, by couple.

    Current memberships first; who left and came back counts as a member. A partner names no
    couple in an address: this is the way in.
    """
    return remembered(("own couples", actor), lambda: _own_couples(actor))


def present_couples(actor: Actor) -> dict[UUID, Reader]:
    """Return a partner's standing in the couples they are a member of now, by couple."""
    return {
        couple_id: reader
        for couple_id, reader in own_couples(actor).items()
        if reader.standing is Standing.MEMBER
    }


def hold(couple_id: UUID) -> None:
    """Let whoever else is adding to this couple finish first; held until the transaction ends.

    Of one form sent twice at the same moment, the second then finds the row of the first.
    """
    db.session.execute(select(Couple.id).where(Couple.id == couple_id).with_for_update())


def visible(
    reader: Reader, rows: Iterable[Row], facts: Callable[[Row], Facts] | None = None
) -> list[Row]:
    """Return the rows that ``reader`` may see, in order; the log hears of each decision."""
    return [row for row in rows if may_see(reader, facts(row) if facts else _facts(row))]


def may_see(reader: Reader, record: Facts) -> bool:
    """Whether ``reader`` may see one record; the log hears of it."""
    decision = decide(reader, record)
    audit.note_decision(reader, record.kind, decision)
    return decision.allowed


def require_visible(reader: Reader, record: Facts) -> None:
    """Raise NotFound unless ``reader`` may see the record."""
    if not may_see(reader, record):
        raise NotFound


def _facts(row: Any) -> Facts:
    facts: Facts = row.facts
    return facts


def _own_couples(actor: Actor) -> dict[UUID, Reader]:
    rows = db.session.execute(
        select(Membership.couple_id, Membership.left_on)
        .where(Membership.person_id == actor.person_id)
        .order_by(Membership.left_on.is_not(None), Membership.joined_on.desc(), Membership.id)
    )
    found: dict[UUID, Reader] = {}
    for couple_id, left_on in rows:
        standing = Standing.FORMER if left_on else Standing.MEMBER
        found.setdefault(couple_id, Reader(actor.person_id, couple_id, standing))
    return found


def _treating(actor: Actor, couple_id: UUID) -> Standing:
    found = db.session.scalar(
        select(Care.id).where(
            Care.couple_id == couple_id,
            Care.therapist_id == actor.person_id,
            Care.until.is_(None),
        )
    )
    return Standing.TREATING if found else Standing.NONE


def _membership(actor: Actor, couple_id: UUID) -> Standing:
    row = db.session.execute(
        select(Membership.left_on)
        .where(Membership.couple_id == couple_id, Membership.person_id == actor.person_id)
        .order_by(Membership.left_on.is_not(None))
    ).first()
    if row is None:
        return Standing.NONE
    return Standing.FORMER if row.left_on else Standing.MEMBER
