"""What a supervisor sees of the work they supervise: couples by number, sessions, signed notes.

No name of a couple stands here. A number stays with its couple for as long as the therapist works
here, so that both know on paper and by telephone which couple is meant.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Standing
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import decide
from practice.models.couples import Care, Couple
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, audit, clock, supervisors
from practice.services.errors import NotFound
from practice.services.supervisors import SupervisionLine


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A signed joint note that the supervisor may read."""

    session_id: UUID
    session_at: datetime
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class SupervisedCouple:
    """One couple of somebody who is supervised, without names."""

    couple_id: UUID
    number: int
    """Of this therapist's couples, in the order in which they came; it never changes."""

    since: date
    held: int
    """Sessions that took place."""

    last_held_at: datetime | None
    signed: tuple[SignedNote, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class CoupleNumber:
    """How one couple is called where no name of it stands."""

    number: int
    therapist: str
    """Whose couples are counted: the name of whoever has the lead."""


@dataclass(frozen=True, slots=True)
class Supervisee:
    """One therapist and the couples in whose care they have the lead."""

    therapist_id: UUID
    name: str
    since: date
    until: date | None
    couples: tuple[SupervisedCouple, ...]


@dataclass(frozen=True, slots=True)
class SupervisionPage:
    """Whom the actor supervises, and who supervises them."""

    supervisees: tuple[Supervisee, ...]
    supervised_by: tuple[SupervisionLine, ...]


def supervision(*, actor: Actor) -> SupervisionPage:
    """Return the supervision that holds today, for either side of it."""
    today = clock.today()
    lines = [line for line in supervisors.supervision_lines() if _holds(line, today)]
    audit.note_read(actor, None, "supervision")
    return SupervisionPage(
        supervisees=tuple(
            Supervisee(
                line.therapist_id,
                line.therapist,
                line.since,
                line.until,
                _couples(actor, line.therapist_id),
            )
            for line in lines
            if line.supervisor_id == actor.person_id
        ),
        supervised_by=tuple(line for line in lines if line.therapist_id == actor.person_id),
    )


def _holds(line: SupervisionLine, today: date) -> bool:
    return line.since <= today and line.is_present(today)


def number_of(couple_id: UUID) -> CoupleNumber:
    """Return how a couple in care is called in supervision; the caller has asked whether they may.

    Raises:
        NotFound: if nobody has the lead.
    """
    lead = db.session.execute(
        select(Care.therapist_id, Person.name)
        .join(Person, Person.id == Care.therapist_id)
        .where(Care.couple_id == couple_id, Care.part == CarePart.LEAD, Care.until.is_(None))
    ).one_or_none()
    if lead is None:
        raise NotFound
    return CoupleNumber(_numbers(_led(lead.therapist_id))[couple_id], lead.name)


def _couples(actor: Actor, therapist_id: UUID) -> tuple[SupervisedCouple, ...]:
    """Return a therapist's present couples as far as ``actor`` supervises them."""
    rows = _led(therapist_id)
    numbers = _numbers(rows)
    present = {row.couple_id: row.since for row in rows if row.until is None}
    sessions, notes = _sessions(list(present)), _signed(list(present))
    found = []
    for couple_id, since in present.items():
        reader = access.standing_of(actor, couple_id)
        if reader.standing is not Standing.SUPERVISING:
            continue  # treats the couple as well, and finds it in the own caseload
        # A list is one line of the log; what is opened from it has its own.
        seen = [row for row in sessions[couple_id] if decide(reader, row.facts).allowed]
        held = [row for row in seen if row.status is SessionStatus.HELD]
        found.append(
            SupervisedCouple(
                couple_id=couple_id,
                number=numbers[couple_id],
                since=since,
                held=len(held),
                last_held_at=max((row.starts_at for row in held), default=None),
                signed=tuple(
                    SignedNote(note.session_id, starts_at, note.signed_at)
                    for note, starts_at in notes[couple_id]
                    if note.signed_at and decide(reader, note.facts).allowed
                ),
            )
        )
    return tuple(sorted(found, key=lambda couple: couple.number))


def _led(therapist_id: UUID) -> Sequence[Any]:
    """Return every care in which a therapist has or had the lead, in the order of their coming."""
    return db.session.execute(
        select(Care.couple_id, Care.since, Care.until)
        .join(Couple, Couple.id == Care.couple_id)
        .where(Care.therapist_id == therapist_id, Care.part == CarePart.LEAD)
        .order_by(
            Care.created_at.is_not(None),
            func.coalesce(Care.created_at, Couple.created_at),
            Care.id,
        )
    ).all()


def _numbers(led: Sequence[Any]) -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for row in led:
        numbers.setdefault(row.couple_id, len(numbers) + 1)
    return numbers


def _sessions(couple_ids: list[UUID]) -> defaultdict[UUID, list[TherapySession]]:
    found: defaultdict[UUID, list[TherapySession]] = defaultdict(list)
    for row in db.session.scalars(
        select(TherapySession).where(TherapySession.couple_id.in_(couple_ids))
    ):
        found[row.couple_id].append(row)
    return found


def _signed(couple_ids: list[UUID]) -> defaultdict[UUID, list[tuple[JointNote, datetime]]]:
    found: defaultdict[UUID, list[tuple[JointNote, datetime]]] = defaultdict(list)
    rows = db.session.execute(
        select(JointNote, TherapySession.starts_at)
        .join(TherapySession, TherapySession.id == JointNote.session_id)
        .where(JointNote.couple_id.in_(couple_ids), JointNote.signed_at.is_not(None))
        .order_by(TherapySession.starts_at.desc(), JointNote.id)
    )
    for note, starts_at in rows:
        found[note.couple_id].append((note, starts_at))
    return found
