"""The notes of one session as their reader sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.review import Barrier
from practice.domain.note_formats import NoteContent, Passage, in_one_text, passages
from practice.domain.people import Actor, Reader, Standing
from practice.domain.sessions import days_late
from practice.models.notes import Countersignature, MemberNote, MemberNoteAddendum
from practice.models.people import Person
from practice.models.sessions import Addendum, JointNote, TherapySession
from practice.services import note_templates
from practice.services.badges import seen_by
from practice.services.note_templates import Template
from practice.services.notes.homework_review import OpenTask, barriers_of, tasks_of
from practice.services.notes.parts import (
    Desk,
    Note,
    NoteKind,
    Part,
    content_of,
    desk_of,
    names_of,
)
from practice.services.notes.unsaved import Unsaved, unsaved
from practice.services.people import Member, members_of
from practice.services.sessions import SessionView, view_of


@dataclass(frozen=True, slots=True)
class AddendumView:
    """What was added to a signed note."""

    author: str
    written_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class CountersignatureView:
    """A supervisor's signature under a note."""

    supervisor: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note as its reader sees it."""

    id: UUID
    kind: NoteKind
    author: str
    is_own: bool
    content: NoteContent
    passages: tuple[Passage, ...]
    """What is written, under the headings of its format."""

    version: int
    written_at: datetime
    """When it was last saved."""

    signed_at: datetime | None
    days_late: int
    """How many days after the session it was last saved; 0 if that was in good time."""

    badge: str
    """Who can see it, in words to its reader."""

    about: Member | None = None
    """The member an individual addendum is about."""

    addenda: tuple[AddendumView, ...] = ()
    countersigned: tuple[CountersignatureView, ...] = ()

    @property
    def body(self) -> str:
        """The whole note as plain text."""
        return in_one_text(self.passages)

    @property
    def part(self) -> Part:
        return Part(self.kind, self.about.person_id if self.about else None)


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """The notes of one session that the actor may know of."""

    joint: NoteView | None
    members: tuple[NoteView, ...]
    """Individual addenda, by member and then as they were begun; other therapists' too."""

    process: NoteView | None
    """The actor's own; another author's does not exist here."""

    def own(self, part: Part) -> NoteView | None:
        """Return the note of a part: the joint one, or the actor's own."""
        if part.kind is NoteKind.JOINT:
            return self.joint
        if part.kind is NoteKind.PROCESS:
            return self.process
        own = (one for one in self.members if one.is_own)
        return next((one for one in own if one.part == part), None)


@dataclass(frozen=True, slots=True)
class NotesPage:
    """All that a session's page needs of its notes."""

    session: SessionView
    notes: SessionNotes
    present: tuple[Member, ...]
    """The members the session was with, in the order of entry."""

    writable: tuple[Part, ...]
    """The parts the actor can write now, in the order of the page."""

    homework: Mapping[Part, tuple[OpenTask, ...]]
    """What can be reviewed in each part: what ran when the session took place."""

    barriers: Mapping[Part, tuple[Barrier, ...]]
    """What can be chosen in each part as having been in the way."""

    templates: tuple[Template, ...]
    """The practice's templates that can be chosen, the one in use among them."""

    preset: NoteContent
    """Format and template of a joint note that is not begun yet: those of the last one."""

    unsaved: Unsaved | None
    """What the actor typed and did not save; nobody else's."""

    @property
    def afraid(self) -> tuple[Member, ...]:
        """Members who were afraid of how the other would take a task, as a note here says."""
        written = [(one.about, one.content) for one in self.notes.members]
        if self.notes.joint is not None and len(self.present) == 1:
            written.append((self.present[0], self.notes.joint.content))
        named = {
            about.person_id
            for about, content in written
            if about is not None and content.names_fear
        }
        return tuple(one for one in self.present if one.person_id in named)

    @property
    def to_sign(self) -> tuple[Part, ...]:
        """The parts of which the actor has a saved draft."""
        return tuple(part for part in self.writable if self.notes.own(part))


def session_notes(*, actor: Actor, session_id: UUID) -> SessionNotes:
    """Return the notes of one session.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    return _notes_of(desk_of(actor, session_id))


def notes_page(*, actor: Actor, session_id: UUID) -> NotesPage:
    """Return what the page of one session says and asks of its notes.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    desk = desk_of(actor, session_id)
    templates = _templates(desk.joint)
    return NotesPage(
        session=view_of(desk.session, members_of(desk.session.couple_id), desk.reader),
        notes=_notes_of(desk),
        present=desk.present,
        writable=tuple(part for part in desk.parts if desk.is_open(part)),
        homework=tasks_of(desk),
        barriers=barriers_of(desk),
        templates=templates,
        preset=NoteContent() if desk.joint else _preset(actor, templates),
        unsaved=unsaved(actor, session_id),
    )


def _notes_of(desk: Desk) -> SessionNotes:
    rows = [row for row in (desk.joint, *desk.members, desk.process) if row is not None]
    views = views_of(rows, desk.session, desk.present, desk.actor.person_id)
    return SessionNotes(
        joint=views.get(desk.joint.id) if desk.joint else None,
        members=tuple(views[row.id] for row in desk.members),
        process=views.get(desk.process.id) if desk.process else None,
    )


def _templates(joint: JointNote | None) -> tuple[Template, ...]:
    """Return what can be chosen, and the version in use where it is not offered any more."""
    found = note_templates.offered()
    used = content_of(joint).template_id if joint else None
    if used is None or any(one.id == used for one in found):
        return found
    old = note_templates.version(used)
    return (*found, old) if old else found


def _preset(actor: Actor, templates: tuple[Template, ...]) -> NoteContent:
    """Return an empty note in the format that ``actor`` used last."""
    last = db.session.scalar(
        select(JointNote)
        .where(JointNote.author_id == actor.person_id)
        .order_by(JointNote.written_at.desc(), JointNote.id)
        .limit(1)
    )
    if last is None:
        return NoteContent()
    used = content_of(last).template_id
    is_offered = any(one.id == used for one in templates)
    return NoteContent(format=last.format, template_id=used if is_offered else None)


def views_of(
    rows: Iterable[Note],
    session: TherapySession,
    members: Iterable[Member],
    reader_id: UUID,
) -> dict[UUID, NoteView]:
    """Return notes as values, by id. The caller has applied the policy.

    Args:
        rows: Notes of one session.
        session: That session.
        members: Who is named in them, in the order of entry.
        reader_id: Whose own notes count as own.
    """
    wanted = list(rows)
    by_id = {member.person_id: member for member in members}
    first_names = {member.person_id: member.first_name for member in by_id.values()}
    names = names_of({row.author_id for row in wanted})
    addenda, signatures = _addenda(wanted), _countersignatures(wanted)
    ended = session.starts_at + timedelta(minutes=session.minutes)
    found = {}
    for row in wanted:
        content = content_of(row)
        found[row.id] = NoteView(
            id=row.id,
            kind=_kind(row),
            author=names[row.author_id],
            is_own=row.author_id == reader_id,
            content=content,
            passages=passages(content, first_names),
            version=row.version,
            written_at=row.written_at,
            signed_at=row.signed_at,
            days_late=days_late(ended, row.written_at),
            badge=seen_by(Reader(reader_id, row.couple_id, Standing.TREATING), row.facts),
            about=by_id.get(row.about_id) if isinstance(row, MemberNote) else None,
            addenda=tuple(addenda[row.id]),
            countersigned=tuple(signatures[row.id]),
        )
    return found


def _kind(row: Note) -> NoteKind:
    if isinstance(row, JointNote):
        return NoteKind.JOINT
    return NoteKind.MEMBER if isinstance(row, MemberNote) else NoteKind.PROCESS


def _addenda(rows: list[Note]) -> defaultdict[UUID, list[AddendumView]]:
    found: defaultdict[UUID, list[AddendumView]] = defaultdict(list)
    joint = [row.id for row in rows if isinstance(row, JointNote) and row.signed_at]
    about = [row.id for row in rows if isinstance(row, MemberNote) and row.signed_at]
    table: Any  # the union is lost in a query
    for note_ids, table in ((joint, Addendum), (about, MemberNoteAddendum)):
        if not note_ids:
            continue
        lines = db.session.execute(
            select(table, Person.name)
            .join(Person, Person.id == table.author_id)
            .where(table.note_id.in_(note_ids))
            .order_by(table.written_at, table.id)
        )
        for line, name in lines:
            found[line.note_id].append(AddendumView(name, line.written_at, line.body))
    return found


def _countersignatures(rows: list[Note]) -> defaultdict[UUID, list[CountersignatureView]]:
    found: defaultdict[UUID, list[CountersignatureView]] = defaultdict(list)
    signed = [row.id for row in rows if row.signed_at is not None]
    if not signed:
        return found
    lines = db.session.execute(
        select(Countersignature, Person.name)
        .join(Person, Person.id == Countersignature.supervisor_id)
        .where(
            Countersignature.joint_note_id.in_(signed) | Countersignature.member_note_id.in_(signed)
        )
        .order_by(Countersignature.signed_at, Countersignature.id)
    )
    for line, name in lines:
        note_id = line.joint_note_id or line.member_note_id
        if note_id is not None:
            found[note_id].append(CountersignatureView(name, line.signed_at))
    return found
