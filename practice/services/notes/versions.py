"""Every saved version of a note is kept. For this package only."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from practice.db import db
from practice.domain.note_formats import NoteContent, NoteFormat, from_stored, plain
from practice.models.notes import (
    JointNoteVersion,
    MemberNote,
    MemberNoteVersion,
    ProcessNoteVersion,
)
from practice.models.sessions import JointNote
from practice.services.notes.parts import Note

Version = JointNoteVersion | MemberNoteVersion | ProcessNoteVersion


def remember(
    row: Note,
    *,
    author_id: UUID,
    saved_at: datetime,
    is_signed: bool = False,
    version: int | None = None,
) -> None:
    """Keep a note as it stands, under its present version or the one named."""
    kept = _table(row)(
        id=uuid4(),
        note_id=row.id,
        version=row.version if version is None else version,
        author_id=author_id,
        saved_at=saved_at,
        is_signed=is_signed,
    )
    kept.body = row.body
    if isinstance(row, JointNote) and isinstance(kept, JointNoteVersion):
        kept.format, kept.content = row.format, row.content
    if isinstance(row, MemberNote) and isinstance(kept, MemberNoteVersion):
        kept.content = row.content
    db.session.add(kept)


def remember_before(row: Note) -> None:
    """Keep what stood in a note that was last saved before versions were kept.

    Called when the version has been raised and nothing else is changed yet: whoever raised it
    is alone with the row.
    """
    table, before = _table(row), row.version - 1
    known = db.session.scalar(
        select(table.id).where(table.note_id == row.id, table.version == before)
    )
    if known is None:
        remember(row, author_id=row.author_id, saved_at=row.written_at, version=before)


def versions_of(row: Note) -> list[Version]:
    """Return the kept versions of a note, oldest first."""
    table = _table(row)
    return list(
        db.session.scalars(select(table).where(table.note_id == row.id).order_by(table.version))
    )


def content_at(row: Note, version: int) -> NoteContent | None:
    """Return what a note said in an earlier version; None where that was not kept."""
    table = _table(row)
    statement = select(table).where(table.note_id == row.id, table.version == version)
    found: Version | None = db.session.scalar(statement)
    return None if found is None else content_of_version(found)


def content_of_version(kept: Version) -> NoteContent:
    """Return what is written in a kept version."""
    if isinstance(kept, JointNoteVersion):
        return from_stored(kept.format, kept.body, kept.content)
    if isinstance(kept, MemberNoteVersion):
        return from_stored(NoteFormat.FREE, kept.body, kept.content)
    return plain(kept.body)


def _table(row: Note) -> Any:  # the union of the three tables is lost in a query
    if isinstance(row, JointNote):
        return JointNoteVersion
    return MemberNoteVersion if isinstance(row, MemberNote) else ProcessNoteVersion
