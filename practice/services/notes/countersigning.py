"""A supervisor reads signed notes of those they supervise, and signs under them.

No draft and no process note is fetched here. A countersignature is a row of its own, since a
signed note is final.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Reader, Role, Standing
from practice.models.accounts import Supervision
from practice.models.couples import Care
from practice.models.notes import Countersignature, MemberNote
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, audit, clock
from practice.services.errors import NotFound
from practice.services.notes.parts import joint_of
from practice.services.notes.reading import NoteView, views_of
from practice.services.people import members_of
from practice.services.sessions import SessionView, attended, view_of
from practice.services.supervision import number_of

Signed = JointNote | MemberNote


@dataclass(frozen=True, slots=True)
class AwaitingNote:
    """One session with signed notes that wait for the supervisor's signature."""

    session_id: UUID
    couple_id: UUID
    therapist: str
    starts_at: datetime
    signed_at: datetime
    """When the first of them was signed."""

    parts: int
    """How many notes wait: the joint note, and individual addenda."""


@dataclass(frozen=True, slots=True)
class SupervisedNotes:
    """The signed notes of one session, as a supervisor reads them."""

    couple: int
    """The number by which the couple is called in supervision."""

    therapist: str
    """Who has the lead, whose number it is."""

    session: SessionView
    notes: tuple[NoteView, ...]
    """The joint note first, then the individual addenda; what the supervisor may see."""

    to_countersign: frozenset[UUID]
    """Those of them that wait for this supervisor."""


def notes_to_countersign(actor: Actor) -> tuple[AwaitingNote, ...]:
    """Return what waits for ``actor`` to countersign, oldest first; nothing for anybody else.

    That is what those whom they supervise today have signed since the supervision began, of
    couples in whose care they have the lead.
    """
    if actor.role is not Role.THERAPIST:
        return ()
    waiting: dict[UUID, list[tuple[Signed, TherapySession, str]]] = {}
    for table in (JointNote, MemberNote):
        for note, session, name in _signed_by_supervised(actor, table):
            waiting.setdefault(session.id, []).append((note, session, name))
    found = [
        AwaitingNote(
            session_id=session_id,
            couple_id=rows[0][1].couple_id,
            therapist=rows[0][2],
            starts_at=rows[0][1].starts_at,
            signed_at=min(note.signed_at for note, _, _ in rows if note.signed_at),
            parts=len(rows),
        )
        for session_id, rows in waiting.items()
    ]
    audit.note_read(actor, None, "supervision.waiting")
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.session_id)))


def supervised_notes(*, actor: Actor, session_id: UUID) -> SupervisedNotes:
    """Return the signed notes of a session to a supervisor of whoever has the lead.

    Raises:
        NotFound: if ``actor`` does not supervise the lead, or nothing is signed.
    """
    reader, session = _supervised(actor, session_id)
    rows = access.visible(reader, _signed(session_id))
    if not rows:
        raise NotFound
    members = members_of(session.couple_id)
    present = [one.member for one in attended(session, members)]
    views = views_of(rows, session, present, actor.person_id)
    waiting = _waiting(actor, reader, rows)
    called = number_of(session.couple_id)
    return SupervisedNotes(
        couple=called.number,
        therapist=called.therapist,
        session=view_of(session, members, reader),
        notes=tuple(views[row.id] for row in rows),
        to_countersign=frozenset(row.id for row in waiting),
    )


def countersign(*, actor: Actor, session_id: UUID, note_ids: Iterable[UUID]) -> int:
    """Countersign signed notes of a session; return how many were not countersigned before.

    Args:
        actor: A supervisor of their author, who has the lead.
        session_id: The session they are about.
        note_ids: What was read: the joint note, individual addenda.

    Raises:
        NotFound: as ``supervised_notes``, or if one of the notes is none of those.
    """
    reader, session = _supervised(actor, session_id)
    access.hold(session.couple_id)
    rows = {row.id: row for row in access.visible(reader, _signed(session_id))}
    wanted = set(note_ids)
    if not wanted or not wanted <= rows.keys():
        raise NotFound
    for note_id in wanted:
        access.require_act(reader, rows[note_id].facts, Operation.COUNTERSIGN)
    waiting = [row for row in _waiting(actor, reader, rows.values()) if row.id in wanted]
    for row in waiting:
        is_joint = isinstance(row, JointNote)
        db.session.add(
            Countersignature(
                joint_note_id=row.id if is_joint else None,
                member_note_id=None if is_joint else row.id,
                supervisor_id=actor.person_id,
                signed_at=clock.now(),
            )
        )
        kind = "joint" if is_joint else "member"
        audit.note_write(actor, session.couple_id, f"{kind}_note.countersigned")
    db.session.flush()
    return len(waiting)


def _supervised(actor: Actor, session_id: UUID) -> tuple[Reader, TherapySession]:
    session = db.session.get(TherapySession, session_id)
    if session is None:
        raise NotFound
    reader = access.require_staff(actor, session.couple_id)
    if reader.standing is not Standing.SUPERVISING:
        audit.note_refusal(actor, session.couple_id, "supervision")
        raise NotFound
    access.require_visible(reader, session.facts)
    return reader, session


def _signed(session_id: UUID) -> list[Signed]:
    joint = joint_of(session_id)
    about = db.session.scalars(
        select(MemberNote)
        .where(MemberNote.session_id == session_id, MemberNote.signed_at.is_not(None))
        .order_by(MemberNote.signed_at, MemberNote.id)
    )
    return [*([joint] if joint is not None and joint.signed_at is not None else []), *about]


def _waiting(actor: Actor, reader: Reader, rows: Iterable[Signed]) -> list[Signed]:
    """Return the notes that ``actor`` may still countersign: of whom they supervise."""
    found = [row for row in rows if access.may_do(reader, row.facts, Operation.COUNTERSIGN)]
    done = db.session.execute(
        select(Countersignature.joint_note_id, Countersignature.member_note_id).where(
            Countersignature.supervisor_id == actor.person_id,
            Countersignature.joint_note_id.in_([row.id for row in found])
            | Countersignature.member_note_id.in_([row.id for row in found]),
        )
    )
    known = {note_id for pair in done for note_id in pair}
    supervised = _supervised_by(actor)
    return [row for row in found if row.id not in known and row.author_id in supervised]


def _supervised_by(actor: Actor) -> frozenset[UUID]:
    today = clock.today()
    return frozenset(
        db.session.scalars(
            select(Supervision.therapist_id).where(
                Supervision.supervisor_id == actor.person_id,
                Supervision.since <= today,
                Supervision.until.is_(None) | (Supervision.until >= today),
            )
        )
    )


def _signed_by_supervised(
    actor: Actor,
    table: Any,  # JointNote or MemberNote: the union is lost in a query
) -> list[tuple[Signed, TherapySession, str]]:
    column = (
        Countersignature.joint_note_id if table is JointNote else Countersignature.member_note_id
    )
    today = clock.today()
    done = (
        select(Countersignature.id)
        .where(column == table.id, Countersignature.supervisor_id == actor.person_id)
        .exists()
    )
    rows = db.session.execute(
        select(table, TherapySession, Person.name, Supervision.since)
        .join(TherapySession, TherapySession.id == table.session_id)
        .join(
            Care,
            (Care.couple_id == table.couple_id)
            & (Care.therapist_id == table.author_id)
            & (Care.part == CarePart.LEAD)
            & Care.until.is_(None),
        )
        .join(Supervision, Supervision.therapist_id == table.author_id)
        .join(Person, Person.id == table.author_id)
        .where(
            Supervision.supervisor_id == actor.person_id,
            Supervision.since <= today,
            Supervision.until.is_(None) | (Supervision.until >= today),
            table.signed_at.is_not(None),
            ~done,
        )
    )
    found: dict[UUID, tuple[Signed, TherapySession, str]] = {}
    readers: dict[UUID, Reader] = {}
    for note, session, name, since in rows:
        if note.couple_id not in readers:
            readers[note.couple_id] = access.standing_of(actor, note.couple_id)
        reader = readers[note.couple_id]
        in_time = clock.local(note.signed_at).date() >= since
        if in_time and access.may_do(reader, note.facts, Operation.COUNTERSIGN):
            found[note.id] = (note, session, name)
    return list(found.values())
