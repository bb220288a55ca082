"""Whether a couple is cleared for joint work: decisions of whoever treats it, one after another."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor, Reader
from practice.domain.safety.joint_work import JointWork, warning
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.people import Person
from practice.models.safety import ClearanceDecision
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.numbering import next_number

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Clearance:
    """One decision."""

    decision: JointWork
    decided_on: date
    reason: str
    decided_by: str
    """Name of who decided."""

    written_at: datetime


def history(reader: Reader) -> tuple[Clearance, ...]:
    """Return the decisions that ``reader`` may read, newest first; the first one holds.

    For whoever treats the couple and whoever supervises them. Authorise first.
    """
    rows = db.session.execute(
        select(ClearanceDecision, Person.name)
        .join(Person, Person.id == ClearanceDecision.decided_by)
        .where(ClearanceDecision.couple_id == reader.couple_id)
        .order_by(ClearanceDecision.number.desc())
    )
    return tuple(
        Clearance(row.decision, row.decided_on, row.reason, name, row.written_at)
        for row, name in rows
        if access.may_see(reader, row.facts)
    )


def warning_of(*, actor: Actor, couple_id: UUID) -> str:
    """Return what to say before a session with the couple; empty once it is cleared.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    decision = db.session.scalar(
        select(ClearanceDecision.decision)
        .where(ClearanceDecision.couple_id == couple_id)
        .order_by(ClearanceDecision.number.desc())
        .limit(1)
    )
    return warning(decision)


def decide(
    *, actor: Actor, couple_id: UUID, new_id: UUID, decision: JointWork, on: date, reason: str
) -> UUID:
    """Keep a decision; return its id. The earlier ones stay.

    Args:
        actor: Whoever treats the couple.
        couple_id: Of which couple.
        new_id: Id of the decision; a second call with the same id changes nothing.
        decision: What was decided.
        on: The day; today or earlier.
        reason: Why; always asked for.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``decided_on`` or ``reason``.
    """
    reader = access.require_treating(actor, couple_id)
    record = Facts(couple_id, actor.person_id, Kind.CLEARANCE, Audience.THERAPIST)
    access.require_act(reader, record, Operation.WRITE)
    access.hold(couple_id)
    known = db.session.get(ClearanceDecision, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    words = clean_text(reason, "reason", LONGEST_REASON)
    if not words:
        raise Invalid({"reason": "Say in a few words why."})
    if on > clock.today() or on.year < FIRST_YEAR:
        raise Invalid({"decided_on": "Choose today or an earlier day."})
    row = ClearanceDecision(
        id=new_id,
        couple_id=couple_id,
        number=next_number(ClearanceDecision, ClearanceDecision.couple_id == couple_id),
        decision=decision,
        decided_on=on,
        reason=words,
        decided_by=actor.person_id,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "clearance.decided")
    return row.id
