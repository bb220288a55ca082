"""Signing, and what can still be added afterwards: dated addenda under an own name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor
from practice.models.notes import MemberNote, MemberNoteAddendum
from practice.models.sessions import Addendum, JointNote
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Conflict, Invalid, NotFound, Refused
from practice.services.notes import versions
from practice.services.notes.parts import (
    LONGEST_NOTE,
    Desk,
    Note,
    NoteKind,
    Part,
    content_of,
    desk_of,
    name_of,
)
from practice.services.notes.saving import raise_version

EMPTY = "Write the note before you sign it."


def sign_notes(*, actor: Actor, session_id: UUID, shown: Mapping[Part, int]) -> None:
    """Sign drafts as they were shown, all or none; from now on they cannot be changed.

    Args:
        actor: Their author.
        session_id: The session they are about.
        shown: The version of each part that was read before signing.

    Raises:
        NotFound: if the session is none of the actor's, or a part is not there to sign.
        Invalid: naming the part, if nothing is written in it.
        Conflict: if one was saved after it was shown.
        Refused: if it is another therapist's.
    """
    desk = desk_of(actor, session_id)
    with db.session.begin_nested():
        for part in (one for one in desk.parts if one in shown):
            _sign(desk, part, shown[part])
    if not set(shown) <= set(desk.parts):
        raise NotFound


def add_addendum(
    *,
    actor: Actor,
    session_id: UUID,
    new_id: UUID,
    body: str,
    member_note_id: UUID | None = None,
) -> None:
    """Add to a signed note, under the actor's name and the present time.

    Args:
        actor: Any therapist who treats the couple.
        session_id: The session the note is about.
        new_id: Id of the new addendum; a second call with the same id changes nothing.
        body: What is added.
        member_note_id: The individual addendum it is added to; None: the joint note.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care, or has no such note.
        Refused: if that note is not signed.
        Invalid: naming ``body``.
    """
    desk = desk_of(actor, session_id)
    access.hold(desk.session.couple_id)
    note = _note_to_add_to(desk, member_note_id)
    table: Any = MemberNoteAddendum if isinstance(note, MemberNote) else Addendum
    known = db.session.get(table, new_id)
    if known is not None:
        if (known.note_id, known.author_id) != (note.id, actor.person_id):
            raise NotFound
        return
    text = clean_text(body, "body", LONGEST_NOTE)
    if not text:
        raise Invalid({"body": "Write what you want to add."})
    access.require_act(desk.reader, note.facts, Operation.WRITE)
    row = table(id=new_id, note_id=note.id, author_id=actor.person_id, body=text)
    db.session.add(row)
    kind = NoteKind.MEMBER if isinstance(note, MemberNote) else NoteKind.JOINT
    audit.note_write(actor, desk.session.couple_id, f"{kind}_note.added_to")
    db.session.flush()
    db.session.expire(note, ["addenda"])


def _note_to_add_to(desk: Desk, member_note_id: UUID | None) -> JointNote | MemberNote:
    note: JointNote | MemberNote | None = desk.joint
    if member_note_id is not None:
        note = next((row for row in desk.members if row.id == member_note_id), None)
        if note is None:
            raise NotFound
    if note is None or note.signed_at is None:
        raise Refused("An addendum belongs to a signed note, and this note is not signed yet.")
    return note


def _sign(desk: Desk, part: Part, version: int) -> None:
    row = desk.row(part)
    if row is None:
        raise NotFound
    if row.author_id != desk.actor.person_id:
        raise Refused(
            f"{name_of(row.author_id)} is writing this note. "
            "Once it is signed, you can add to it under your own name."
        )
    if row.signed_at is not None:
        return  # sent twice
    if row.version != version:
        raise _saved_since(row)
    if content_of(row).is_empty:
        raise Invalid({part.key: EMPTY})
    access.require_act(desk.reader, row.facts, Operation.SIGN)
    if not raise_version(row):
        raise _saved_since(row)
    versions.remember_before(row)
    row.signed_at = clock.now()
    versions.remember(row, author_id=row.author_id, saved_at=row.signed_at, is_signed=True)
    audit.note_write(desk.actor, desk.session.couple_id, f"{part.kind}_note.signed")
    db.session.flush()


def _saved_since(row: Note) -> Conflict:
    return Conflict(content_of(row).text, row.version)
