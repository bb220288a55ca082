"""Decisions about somebody's safety: facts, advice, decision, reason. Added to, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.people import Person
from practice.models.safety import SafeguardingEntry
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.numbering import next_number

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is written down."""

    happened_on: date
    known_facts: str
    consulted: str
    """With whom it was talked over; empty if with nobody."""

    decision: str
    reason: str
    corrects_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    id: UUID
    happened_on: date
    known_facts: str
    consulted: str
    decision: str
    reason: str
    written_by: str
    written_at: datetime
    corrects_at: datetime | None
    """When the entry was written that this one puts right; None if it stands for itself."""

    is_corrected: bool


def entries(reader: Reader) -> tuple[Entry, ...]:
    """Return the log as far as ``reader`` may read it, newest first.

    For whoever treats the couple and whoever supervises them. Authorise first.
    """
    rows = db.session.execute(
        select(SafeguardingEntry, Person.name)
        .join(Person, Person.id == SafeguardingEntry.written_by)
        .where(SafeguardingEntry.couple_id == reader.couple_id)
        .order_by(SafeguardingEntry.number.desc())
    )
    seen = [(row, name) for row, name in rows if access.may_see(reader, row.facts)]
    times = {row.id: row.written_at for row, _ in seen}
    corrected = {row.corrects_id for row, _ in seen}
    return tuple(
        Entry(
            id=row.id,
            happened_on=row.happened_on,
            known_facts=row.known_facts,
            consulted=row.consulted,
            decision=row.decision,
            reason=row.reason,
            written_by=name,
            written_at=row.written_at,
            corrects_at=times.get(row.corrects_id) if row.corrects_id else None,
            is_corrected=row.id in corrected,
        )
        for row, name in seen
    )


def add(*, actor: Actor, couple_id: UUID, new_id: UUID, new: NewEntry) -> UUID:
    """Add an entry; return its id. Nothing that was written before changes.

    Args:
        actor: Whoever treats the couple.
        couple_id: Of which couple.
        new_id: Id of the entry; a second call with the same id changes nothing.
        new: What is written down; ``corrects_id`` names the entry that it puts right.

    Raises:
        NotFound: if the couple is not in the actor's care, or the corrected entry is none of it.
        Invalid: naming the field.
    """
    reader = access.require_treating(actor, couple_id)
    record = Facts(couple_id, actor.person_id, Kind.SAFEGUARDING, Audience.THERAPIST)
    access.require_act(reader, record, Operation.WRITE)
    access.hold(couple_id)
    known = db.session.get(SafeguardingEntry, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    row = SafeguardingEntry(
        id=new_id,
        couple_id=couple_id,
        number=next_number(SafeguardingEntry, SafeguardingEntry.couple_id == couple_id),
        happened_on=new.happened_on,
        corrects_id=_corrected(couple_id, new.corrects_id),
        written_by=actor.person_id,
        written_at=clock.now(),
    )
    _fill(row, new)
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "safeguarding.added")
    return row.id


def _fill(row: SafeguardingEntry, new: NewEntry) -> None:
    problems = {}
    if new.happened_on > clock.today() or new.happened_on.year < FIRST_YEAR:
        problems["happened_on"] = "Choose today or an earlier day."
    for name, missing in _ASKED.items():
        words = clean_text(getattr(new, name), name, LONGEST)
        if not words and missing:
            problems[name] = missing
        setattr(row, name, words)
    if problems:
        raise Invalid(problems)


_ASKED = {
    "known_facts": "Write what was seen or said.",
    "consulted": "",
    "decision": "Write what you decided, also if it was to do nothing for now.",
    "reason": "Write why.",
}


def _corrected(couple_id: UUID, entry_id: UUID | None) -> UUID | None:
    if entry_id is None:
        return None
    row = db.session.get(SafeguardingEntry, entry_id)
    if row is None or row.couple_id != couple_id:
        raise NotFound
    return row.id
