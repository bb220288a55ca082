"""What somebody signed with the others, word for word: theirs for good."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.definition import SummaryLine
from practice.domain.homework.signing import AgreementState
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.models.between import EntrySignature
from practice.services import access
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.homework.agreements import portal_agreements


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCopy:
    """What somebody signed, word for word; theirs for good."""

    id: UUID
    title: str
    lines: tuple[SummaryLine, ...]
    name: str
    signed_at: datetime
    taken_back_at: datetime | None
    has_ended: bool
    """It does not hold, and what was written cannot be signed any more."""

    badge: str


@tells(JointFact.AGREEMENT_HOLDS)
def signed_copies(*, actor: Actor) -> tuple[SignedCopy, ...]:
    """Return everything the actor signed with the others, newest first, former couples included."""
    readers = access.own_couples(actor)
    rows = db.session.scalars(
        select(EntrySignature)
        .where(
            EntrySignature.person_id == actor.person_id,
            EntrySignature.couple_id.in_(list(readers)),
        )
        .order_by(EntrySignature.signed_at.desc(), EntrySignature.id)
    ).all()
    alive = {
        one.entry_id
        for one in (portal_agreements(actor=actor) if rows else ())
        if one.state is not AgreementState.ENDED
    }
    return tuple(
        _copy(row, seen_by(readers[row.couple_id], row.facts), row.entry_id not in alive)
        for row in rows
        if access.may_see(readers[row.couple_id], row.facts)
    )


@tells(JointFact.AGREEMENT_HOLDS)
def signed_copy(*, actor: Actor, signature_id: UUID) -> SignedCopy:
    """Return one of the actor's own signed copies.

    Raises:
        NotFound: if there is none such; somebody else's looks the same.
    """
    found = next((one for one in signed_copies(actor=actor) if one.id == signature_id), None)
    if found is None:
        raise NotFound
    return found


def _copy(row: EntrySignature, badge: str, has_ended: bool) -> SignedCopy:
    signed = row.signed
    return SignedCopy(
        id=row.id,
        title=signed["title"],
        lines=tuple(SummaryLine(label, text) for label, text in signed["lines"]),
        name=signed["name"],
        signed_at=row.signed_at,
        taken_back_at=row.taken_back_at,
        has_ended=has_ended,
        badge=badge,
    )
