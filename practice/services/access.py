"""Applies the visibility policy: who stands how to a couple, and which records they see."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from practice.db import db, remembered
from practice.domain.acts import Operation, may
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Reader, Role, Standing
from practice.domain.visibility import Facts, decide
from practice.models.accounts import Supervision
from practice.models.couples import Care, Couple, Membership
from practice.services import audit, clock
from practice.services.errors import NotFound

Row = TypeVar("Row")


def require_couple(actor: Actor, couple_id: UUID) -> Reader:
    """Return how ``actor`` stands to the couple: as who treats it, or is or was a member.

    Whoever stands to it in another way (supervisor, reception, owner) has pages of their own and
    comes in by ``require_staff``: what was built for the treating therapist stays shut to them.

    Raises:
        NotFound: if there is no such couple, or it is none of the actor's.
    """
    reader = standing_of(actor, couple_id)
    if not (reader.standing.treats or reader.standing in {Standing.MEMBER, Standing.FORMER}):
        raise _refused(actor, couple_id)
    if reader.standing.treats:
        audit.note_entry(reader)
    return reader


def require_treating(actor: Actor, couple_id: UUID) -> Reader:
    """As ``require_couple``, for what only those who treat the couple may do."""
    reader = standing_of(actor, couple_id)
    if not reader.standing.treats:
        raise _refused(actor, couple_id)
    audit.note_entry(reader)
    return reader


def require_writing(actor: Actor, record: Facts) -> Reader:
    """As ``require_treating``, for a record that is put down or changed: the matrix decides."""
    reader = require_treating(actor, record.couple_id)
    require_act(reader, record, Operation.WRITE)
    return reader


def require_staff(actor: Actor, couple_id: UUID) -> Reader:
    """Return how somebody of the practice stands to the couple, clinically or not.

    Raises:
        NotFound: if there is no such couple, or the actor is nobody of the staff to it.
    """
    reader = standing_of(actor, couple_id)
    if reader.standing in {Standing.MEMBER, Standing.FORMER, Standing.NONE}:
        raise _refused(actor, couple_id)
    audit.note_entry(reader)
    return reader


def require_owner(actor: Actor, what: str) -> None:
    """Raise NotFound unless ``actor`` runs the practice; the log hears of a refusal."""
    if not actor.is_owner:
        audit.note_refusal(actor, None, what)
        raise NotFound


def note_absence(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Let the log hear that ``actor`` asked for what is not there for them.

    Args:
        actor: Who asked.
        couple_id: As the address has it, forged or not. It stands in the log if there is such a
            couple and the actor does not treat it: who does may well follow an old link.
        what: The name of the page.
    """
    known = couple_id is not None and _exists(couple_id)
    if couple_id is None or not known or standing_of(actor, couple_id).standing.treats:
        couple_id = None
    audit.note_absence(actor, couple_id, what)


def standing_of(actor: Actor, couple_id: UUID) -> Reader:
    """Return how ``actor`` stands to a couple, ``Standing.NONE`` included. Refuses nobody."""
    find = _membership if actor.role is Role.PARTNER else _staff
    standing = remembered(("standing", actor, couple_id), lambda: find(actor, couple_id))
    return Reader(actor.person_id, couple_id, standing)


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


def couples_in_care(actor: Actor) -> dict[UUID, Reader]:
    """Return a therapist's standing in the couples they treat now, by couple; one statement."""
    rows = db.session.execute(
        select(Care.couple_id, Care.part).where(
            Care.therapist_id == actor.person_id, Care.until.is_(None)
        )
    )
    found: dict[UUID, Reader] = {}
    for couple_id, part in rows:
        if part is CarePart.LEAD or couple_id not in found:
            found[couple_id] = Reader(actor.person_id, couple_id, part.standing)
    return found


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


def in_plain_sight(reader: Reader, rows: Iterable[Row], facts: Callable[[Row], Facts]) -> list[Row]:
    """As ``visible``, without what a member has locked away themselves.

    That is on no list and in no count of theirs: somebody may be made to show their pages. They
    find it behind their password (``services.own_entries``).
    """
    stated = [(row, facts(row)) for row in rows]
    if not reader.standing.treats:
        stated = [(row, record) for row, record in stated if not record.sealed]
    return [row for row, record in stated if may_see(reader, record)]


def may_see(reader: Reader, record: Facts) -> bool:
    """Whether ``reader`` may see one record; the log hears of it."""
    decision = decide(reader, record)
    audit.note_sight(reader, record, decision)
    return decision.allowed


def require_visible(reader: Reader, record: Facts) -> None:
    """Raise NotFound unless ``reader`` may see the record."""
    if not may_see(reader, record):
        raise NotFound


def require_act(reader: Reader, record: Facts, operation: Operation) -> None:
    """Raise NotFound unless ``reader`` may do this with the record.

    The log hears of a refusal at once, and of the rule that allowed it with the act itself.
    """
    decision = may(reader, record, operation)
    if not decision.allowed:
        audit.note_decision(reader, record.kind, decision)
        raise NotFound
    audit.note_permission(reader, record.kind, decision)


def may_do(reader: Reader, record: Facts, operation: Operation) -> bool:
    """Whether ``reader`` may do this with a record; for what a page offers. Refuses nobody."""
    return may(reader, record, operation).allowed


def _refused(actor: Actor, couple_id: UUID) -> NotFound:
    audit.note_refusal(actor, couple_id, "couple")
    return NotFound()


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


def _staff(actor: Actor, couple_id: UUID) -> Standing:
    if actor.role is Role.THERAPIST:
        part = _part_in_care(actor, couple_id)
        if part is not None:
            return part.standing
        if _supervises(actor, couple_id):
            return Standing.SUPERVISING
    if not (actor.is_owner or actor.role is Role.RECEPTION) or not _exists(couple_id):
        return Standing.NONE
    return Standing.OWNER if actor.is_owner else Standing.RECEPTION


def _part_in_care(actor: Actor, couple_id: UUID) -> CarePart | None:
    parts = db.session.scalars(
        select(Care.part).where(
            Care.couple_id == couple_id,
            Care.therapist_id == actor.person_id,
            Care.until.is_(None),
        )
    ).all()
    return CarePart.LEAD if CarePart.LEAD in parts else next(iter(parts), None)


def _supervises(actor: Actor, couple_id: UUID) -> bool:
    today = clock.today()
    found = db.session.scalar(
        select(Supervision.id)
        .join(Care, Care.therapist_id == Supervision.therapist_id)
        .where(
            Supervision.supervisor_id == actor.person_id,
            Supervision.since <= today,
            Supervision.until.is_(None) | (Supervision.until >= today),
            Care.couple_id == couple_id,
            Care.part == CarePart.LEAD,
            Care.until.is_(None),
        )
    )
    return found is not None


def _exists(couple_id: UUID) -> bool:
    return db.session.scalar(select(Couple.id).where(Couple.id == couple_id)) is not None


def _membership(actor: Actor, couple_id: UUID) -> Standing:
    row = db.session.execute(
        select(Membership.left_on)
        .where(Membership.couple_id == couple_id, Membership.person_id == actor.person_id)
        .order_by(Membership.left_on.is_not(None))
    ).first()
    if row is None:
        return Standing.NONE
    return Standing.FORMER if row.left_on else Standing.MEMBER
