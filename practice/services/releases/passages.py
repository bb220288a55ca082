"""Deciding about passages that speak of somebody else: keep, take out names, take out all."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.passages import PassageFate
from practice.models.releases import PassageDecision
from practice.services import audit, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, Refused
from practice.services.releases.cases import require_release
from practice.services.releases.gathering import FoundPassage, gather

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about one passage."""

    fate: PassageFate
    reason: str


def passages(*, actor: Actor, case_id: UUID) -> tuple[FoundPassage, ...]:
    """Return every passage of what would leave that speaks of somebody else.

    Raises:
        NotFound: if the actor does not have the lead.
    """
    case, lead = require_release(actor, case_id)
    audit.note_read(actor, case.couple_id, "case.passages")
    return gather(case, lead).passages


def decide(*, actor: Actor, case_id: UUID, decided: Mapping[str, Decided]) -> None:
    """Decide about passages, by key; those not named stay as they are.

    Raises:
        NotFound: as ``passages``.
        Refused: if the case is closed.
        Invalid: naming ``reason_KEY``, where a passage is kept without a reason.
    """
    case, lead = require_release(actor, case_id)
    if case.closed_at is not None:
        raise Refused("This case is closed and stays as it is. Open a new one.")
    found = {one.passage.key for one in gather(case, lead).passages}
    wanted = {key: one for key, one in decided.items() if key in found}
    reasons = {
        key: clean_text(one.reason, f"reason_{key}", LONGEST_REASON) for key, one in wanted.items()
    }
    missing = {
        f"reason_{key}": "Write why it may stay: it speaks of somebody who was not asked."
        for key, one in wanted.items()
        if one.fate is PassageFate.KEEP and not reasons[key]
    }
    if missing:
        raise Invalid(missing)
    stored = {
        row.passage: row
        for row in db.session.scalars(
            select(PassageDecision).where(PassageDecision.case_id == case_id)
        )
    }
    for key, one in wanted.items():
        row = stored.get(key) or PassageDecision(case_id=case_id, passage=key)
        row.fate, row.reason = one.fate, reasons[key]
        row.decided_by, row.decided_at = actor.person_id, clock.now()
        db.session.add(row)
    audit.note_write(actor, case.couple_id, "case.passages_decided")
    db.session.flush()
