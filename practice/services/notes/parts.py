"""The parts of a session's notes and their rows. For this package only, but for the values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.note_formats import (
    TEXT,
    NoteContent,
    NoteFormat,
    as_stored,
    from_stored,
    plain,
)
from practice.domain.people import Actor, Reader
from practice.domain.sessions import SessionKind
from practice.models.notes import MemberNote
from practice.models.people import Person
from practice.models.sessions import JointNote, ProcessNote, TherapySession
from practice.services import access
from practice.services.errors import Conflict
from practice.services.people import Member, members_of
from practice.services.sessions import attended, require_session

LONGEST_NOTE = 50_000
"""Characters of one field."""

Note = JointNote | MemberNote | ProcessNote
Own = TypeVar("Own", JointNote, ProcessNote)


class NoteKind(StrEnum):
    """The kinds of notes, each in a store of its own."""

    JOINT = "joint"
    MEMBER = "member"
    """The individual addendum: about one member alone."""

    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what an author writes about a session."""

    kind: NoteKind
    about_id: UUID | None = None
    """The member it is about; for an individual addendum alone."""

    @property
    def key(self) -> str:
        """A name for fields and errors: ``joint``, ``process``, ``member_<id>``."""
        return self.kind.value if self.about_id is None else f"{self.kind}_{self.about_id.hex}"

    @property
    def field(self) -> str:
        """The field of its plain words."""
        return f"{self.key}_text"


JOINT, PROCESS = Part(NoteKind.JOINT), Part(NoteKind.PROCESS)


@dataclass(frozen=True, slots=True)
class Typed:
    """One part as it was sent."""

    content: NoteContent
    version: int
    """The version it was written on, 0 for a part not yet saved."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One part that cannot be saved as it was sent."""

    part: Part
    stored: NoteContent
    version: int
    """The version to name when saving again."""

    reason: str = ""
    """Why it can no longer be changed at all; empty where both texts can be joined."""

    is_signed: bool = False


class NotesConflict(Conflict):
    """Some parts were saved or signed in between; nothing of this save was stored."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        first = clashes[0]
        super().__init__(first.stored.text, first.version)
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Desk:
    """A session with the rows of its notes that the actor may come across. Stays in services."""

    actor: Actor
    reader: Reader
    session: TherapySession
    present: tuple[Member, ...]
    """The members the session was with, in the order of entry."""

    joint: JointNote | None
    process: ProcessNote | None
    """The actor's own."""

    members: tuple[MemberNote, ...]
    """Individual addenda of every author, by member and time."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part there can be, the actor's own individual addenda among them."""
        about: tuple[Member, ...] = ()
        if self.session.kind is SessionKind.CONJOINT:
            about = tuple(one for one in self.present if not one.is_erased)
        return (JOINT, *(Part(NoteKind.MEMBER, one.person_id) for one in about), PROCESS)

    def row(self, part: Part) -> Note | None:
        """Return the row of a part: the one joint note, or the actor's own."""
        if part.kind is NoteKind.JOINT:
            return self.joint
        if part.kind is NoteKind.PROCESS:
            return self.process
        own = (row for row in self.members if row.author_id == self.actor.person_id)
        return next((row for row in own if row.about_id == part.about_id), None)

    def is_open(self, part: Part) -> bool:
        """Whether the actor may write this part now."""
        row = self.row(part)
        return row is None or (row.signed_at is None and row.author_id == self.actor.person_id)


def desk_of(actor: Actor, session_id: UUID) -> Desk:
    """Return a session of a couple in the actor's care with its notes.

    Raises:
        NotFound: if it is not such a session.
    """
    session = require_session(actor, session_id)
    reader = access.require_treating(actor, session.couple_id)
    present = tuple(one.member for one in attended(session, members_of(session.couple_id)))
    position = {member.person_id: member.position for member in members_of(session.couple_id)}
    about = access.visible(
        reader,
        db.session.scalars(
            select(MemberNote).where(MemberNote.session_id == session_id).order_by(MemberNote.id)
        ),
    )
    return Desk(
        actor=actor,
        reader=reader,
        session=session,
        present=present,
        joint=_seen(reader, joint_of(session_id)),
        process=_seen(reader, process_of(actor, session_id)),
        members=tuple(sorted(about, key=lambda row: (position.get(row.about_id, 0), row.id))),
    )


def joint_of(session_id: UUID) -> JointNote | None:
    """Return the joint note of a session. Authorise first."""
    return db.session.scalar(select(JointNote).where(JointNote.session_id == session_id))


def process_of(actor: Actor, session_id: UUID) -> ProcessNote | None:
    """Return the process note that ``actor`` wrote on a session."""
    return db.session.scalar(
        select(ProcessNote).where(
            ProcessNote.session_id == session_id, ProcessNote.author_id == actor.person_id
        )
    )


def content_of(row: Note) -> NoteContent:
    """Return what is written in a note."""
    if isinstance(row, JointNote):
        return from_stored(row.format, row.body, row.content)
    if isinstance(row, MemberNote):
        return from_stored(NoteFormat.FREE, row.body, row.content)
    return plain(row.body)


def put_content(row: Note, content: NoteContent) -> None:
    """Write into a note that is not signed."""
    row.body = content.sections.get(TEXT, "")
    if isinstance(row, JointNote):
        row.format = content.format
    if isinstance(row, JointNote | MemberNote):
        stored = as_stored(content)
        row.content = stored if any(stored.values()) else None


def new_row(desk: Desk, part: Part, note_id: UUID) -> Note:
    """Return an empty note of the actor's; it is not added to the database."""
    about = {
        "id": note_id,
        "session_id": desk.session.id,
        "couple_id": desk.session.couple_id,
        "author_id": desk.actor.person_id,
        "version": 1,
    }
    if part.kind is NoteKind.JOINT:
        return JointNote(**about)
    if part.kind is NoteKind.PROCESS:
        return ProcessNote(**about)
    return MemberNote(about_id=part.about_id, **about)


def names_of(person_ids: set[UUID]) -> Mapping[UUID, str]:
    """Return names by person with one query."""
    if not person_ids:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {person_id: name for person_id, name in rows}


def name_of(person_id: UUID) -> str:
    """Return somebody's name."""
    return db.session.get_one(Person, person_id).name


def _seen(reader: Reader, row: Own | None) -> Own | None:
    return row if row is not None and access.may_see(reader, row.facts) else None
