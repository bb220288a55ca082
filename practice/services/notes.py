"""Notes of a session: a joint note, and a process note that only its author ever sees.

A note is a draft until it is signed. A signed note is never edited: a joint note can be added
to, under an own name and time. Every save names the version it was written on; a save on an
older one is refused with what is stored, so that nobody's words are lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.people import Actor, Reader
from practice.domain.sessions import days_late
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.people import Person
from practice.models.sessions import Addendum, JointNote, ProcessNote, TherapySession
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Conflict, Invalid, NotFound, Refused
from practice.services.sessions import require_session

LONGEST_NOTE = 50_000


class NoteKind(StrEnum):
    """The two stores of notes; they never meet."""

    JOINT = "joint"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class AddendumView:
    """What was added to a signed note."""

    author: str
    written_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note as its reader sees it."""

    kind: NoteKind
    author: str
    is_own: bool
    body: str
    version: int
    written_at: datetime
    """When it was last saved."""

    signed_at: datetime | None
    days_late: int
    """How many days after the session it was last saved; 0 if that was in good time."""

    addenda: tuple[AddendumView, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """The notes of one session that the actor may know of."""

    joint: NoteView | None
    process: NoteView | None
    """The actor's own; another author's does not exist here."""

    joint_badge: str
    process_badge: str
    """Who can see either, written already or not, in words to the actor."""


def session_notes(*, actor: Actor, session_id: UUID) -> SessionNotes:
    """Return the notes of one session.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    session = require_session(actor, session_id)
    reader = access.require_couple(actor, session.couple_id)
    joint = _find(NoteKind.JOINT, actor, session_id)
    process = _find(NoteKind.PROCESS, actor, session_id)
    found = {
        NoteKind(kind): _view(kind, note, session, actor)
        for kind, note in ((NoteKind.JOINT, joint), (NoteKind.PROCESS, process))
        if note is not None and access.may_see(reader, note.facts)
    }
    return SessionNotes(
        found.get(NoteKind.JOINT),
        found.get(NoteKind.PROCESS),
        joint_badge=seen_by(reader, joint.facts if joint else _unwritten(reader, Kind.JOINT_NOTE)),
        process_badge=seen_by(
            reader, process.facts if process else _unwritten(reader, Kind.PROCESS_NOTE)
        ),
    )


def _unwritten(reader: Reader, kind: Kind) -> Facts:
    """Return the facts of a note that the reader may begin now."""
    return Facts(reader.couple_id, reader.person_id, kind, Audience.THERAPIST, final=False)


def save_note(*, actor: Actor, session_id: UUID, kind: NoteKind, body: str, version: int) -> int:
    """Save a draft; return its new version.

    Args:
        actor: The author; the first to save a joint note is its author.
        session_id: The session it is about.
        kind: Joint or process.
        body: The whole text.
        version: The version the text was written on, 0 for a note not yet saved.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
        Invalid: naming ``body``.
        Conflict: if it was saved in between; with the stored text and version.
        Refused: if it is signed, or another therapist's.
    """
    session = require_session(actor, session_id)
    text = clean_text(body, "body", LONGEST_NOTE)
    note = _find(kind, actor, session_id)
    if note is None:
        return _first_save(actor, session, kind, text)
    _require_draft_of(actor, note)
    if note.body == text:  # sent twice, or nothing changed
        return note.version
    if note.version != version:
        raise Conflict(note.body, note.version)
    _raise_version(note, version)
    note.body = text
    note.written_at = clock.now()
    audit.note_write(actor, session.couple_id, f"{kind}_note.saved")
    db.session.flush()
    return note.version


def sign_note(*, actor: Actor, session_id: UUID, kind: NoteKind, version: int) -> None:
    """Sign a draft as it was shown; from now on it cannot be changed.

    Raises:
        NotFound: if there is no such note of the actor's to sign.
        Invalid: naming ``body``, if nothing is written.
        Conflict: if it was saved after it was shown.
        Refused: if it is another therapist's.
    """
    session = require_session(actor, session_id)
    note = _find(kind, actor, session_id)
    if note is None:
        raise NotFound
    if note.signed_at is not None and note.author_id == actor.person_id:
        return  # sent twice
    _require_draft_of(actor, note)
    if note.version != version:
        raise Conflict(note.body, note.version)
    if not note.body:
        raise Invalid({"body": "Write the note before you sign it."})
    _raise_version(note, version)
    note.signed_at = clock.now()
    audit.note_write(actor, session.couple_id, f"{kind}_note.signed")
    db.session.flush()


def add_addendum(*, actor: Actor, session_id: UUID, new_id: UUID, body: str) -> None:
    """Add to a signed joint note, under the actor's name and the present time.

    Args:
        actor: Any therapist who treats the couple.
        session_id: The session the note is about.
        new_id: Id of the new addendum; a second call with the same id changes nothing.
        body: What is added.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
        Refused: if there is no signed note.
        Invalid: naming ``body``.
    """
    session = require_session(actor, session_id)
    access.hold(session.couple_id)
    note = _joint(session_id)
    if note is None or note.signed_at is None:
        raise Refused("An addendum belongs to a signed note, and this note is not signed yet.")
    known = db.session.get(Addendum, new_id)
    if known is not None:
        if (known.note_id, known.author_id) != (note.id, actor.person_id):
            raise NotFound
        return
    text = clean_text(body, "body", LONGEST_NOTE)
    if not text:
        raise Invalid({"body": "Write what you want to add."})
    row = Addendum(id=new_id, note_id=note.id, author_id=actor.person_id, body=text)
    note.addenda.append(row)
    audit.note_write(actor, session.couple_id, "joint_note.added_to")
    db.session.flush()


def _find(kind: NoteKind, actor: Actor, session_id: UUID) -> JointNote | ProcessNote | None:
    if kind is NoteKind.JOINT:
        return _joint(session_id)
    return db.session.scalar(
        select(ProcessNote).where(
            ProcessNote.session_id == session_id, ProcessNote.author_id == actor.person_id
        )
    )


def _joint(session_id: UUID) -> JointNote | None:
    return db.session.scalar(select(JointNote).where(JointNote.session_id == session_id))


def _first_save(actor: Actor, session: TherapySession, kind: NoteKind, text: str) -> int:
    if not text:
        raise Invalid({"body": "Write something first; there is nothing to save."})
    table = JointNote if kind is NoteKind.JOINT else ProcessNote
    note = table(
        session_id=session.id,
        couple_id=session.couple_id,
        author_id=actor.person_id,
        body=text,
        version=1,
    )
    try:
        with db.session.begin_nested():
            db.session.add(note)
    except IntegrityError:
        stored = _find(kind, actor, session.id)
        if stored is None:
            raise
        _require_draft_of(actor, stored)
        raise Conflict(stored.body, stored.version) from None
    audit.note_write(actor, session.couple_id, f"{kind}_note.saved")
    return 1


def _require_draft_of(actor: Actor, note: JointNote | ProcessNote) -> None:
    if note.signed_at is not None:
        raise Refused("This note is signed and stays as it is. You can add to it below.")
    if note.author_id != actor.person_id:
        raise Refused(
            f"{_name(note.author_id)} is writing this note. "
            "Once it is signed, you can add to it under your own name."
        )


def _raise_version(note: JointNote | ProcessNote, version: int) -> None:
    """Move the version on, if nobody did so in between: the database decides."""
    table = type(note)
    moved = db.session.execute(
        update(table)
        .where(table.id == note.id, table.version == version, table.signed_at.is_(None))
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
        .returning(table.version)
    ).first()
    db.session.refresh(note)
    if moved is None:
        raise Conflict(note.body, note.version)


def _name(person_id: UUID) -> str:
    return db.session.get_one(Person, person_id).name


def _view(
    kind: NoteKind, note: JointNote | ProcessNote, session: TherapySession, actor: Actor
) -> NoteView:
    ended = session.starts_at + timedelta(minutes=session.minutes)
    return NoteView(
        kind=kind,
        author=_name(note.author_id),
        is_own=note.author_id == actor.person_id,
        body=note.body,
        version=note.version,
        written_at=note.written_at,
        signed_at=note.signed_at,
        days_late=days_late(ended, note.written_at),
        addenda=_addenda(note) if isinstance(note, JointNote) else (),
    )


def _addenda(note: JointNote) -> tuple[AddendumView, ...]:
    rows = db.session.execute(
        select(Addendum, Person.name)
        .join(Person, Person.id == Addendum.author_id)
        .where(Addendum.note_id == note.id)
        .order_by(Addendum.written_at, Addendum.id)
    )
    return tuple(AddendumView(name, row.written_at, row.body) for row, name in rows)
