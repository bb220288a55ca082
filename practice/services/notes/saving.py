"""Saving: all parts of a session's notes at once, or none of them.

A note is a draft until it is signed. Every part names the version it was written on; what was
saved in between is never overwritten, and nobody's words are lost: the whole save is refused with
what is stored.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.note_formats import NoteContent
from practice.domain.people import Actor
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.notes import versions
from practice.services.notes.homework_review import cleaned_reviews, require_own_place
from practice.services.notes.parts import (
    LONGEST_NOTE,
    Clash,
    Desk,
    Note,
    NoteKind,
    NotesConflict,
    Part,
    Typed,
    content_of,
    desk_of,
    name_of,
    new_row,
    put_content,
)
from practice.services.notes.unsaved import let_go


class _Overtaken(Exception):
    """Somebody saved between reading and writing."""


def save_notes(
    *,
    actor: Actor,
    session_id: UUID,
    typed: Mapping[Part, Typed],
    page_id: UUID | None = None,
) -> dict[Part, int]:
    """Save the drafts of all parts of a session at once; return the version of each part.

    Parts as they are stored, and parts nobody changed since the version they were written on, are
    left alone. Where one part cannot be saved, none is.

    Args:
        actor: The author; the first to save a joint note is its author.
        session_id: The session they are about.
        typed: What was sent, by part; a part that is left out stays as it is.
        page_id: Of the page it was written on; what that page keeps later is no draft any more.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care, or has no such part.
        Invalid: naming the field, or ``notes`` where there is nothing to save.
        NotesConflict: if a part was saved or signed in between, or is another therapist's; with
            all such parts.
    """
    desk = desk_of(actor, session_id)
    clean = {part: replace(one, content=cleaned(part, one.content)) for part, one in typed.items()}
    for part, one in clean.items():
        require_own_place(desk, part, one.content)
    if not changed_parts(desk, clean) and not any(desk.row(part) for part in desk.parts):
        raise Invalid({"notes": "Write something first; there is nothing to save."})
    while not _written(desk, clean):
        db.session.expire_all()
        desk = desk_of(actor, session_id)
    let_go(actor, session_id, page_id)
    rows = {part: desk_of(actor, session_id).row(part) for part in clean}
    return {part: row.version if row else 0 for part, row in rows.items()}


def cleaned(part: Part, content: NoteContent) -> NoteContent:
    """Return what was typed as it would be stored.

    Raises:
        Invalid: naming the fields that are too long, as ``joint_plan``, ``joint_response_<id>``,
            ``member_<id>_text``, ``process_text``, ``joint_homework_<id>_words``.
    """
    errors: dict[str, str] = {}

    def clean(text: str, name: str) -> str:
        try:
            return clean_text(text, name, LONGEST_NOTE)
        except Invalid as problem:
            errors.update(problem.errors)
            return ""

    joint = part.kind is NoteKind.JOINT
    sections = {
        key: clean(text, f"joint_{key}" if joint else part.field)
        for key, text in content.sections.items()
    }
    responses = {
        who: clean(text, f"joint_response_{who.hex}") for who, text in content.responses.items()
    }
    try:
        homework = cleaned_reviews(part, content)
    except Invalid as problem:
        errors.update(problem.errors)
    if errors:
        raise Invalid(errors)
    return replace(
        content,
        homework=homework,
        sections={key: text for key, text in sections.items() if text},
        responses={who: text for who, text in responses.items() if text},
    )


def changed_parts(desk: Desk, clean: Mapping[Part, Typed]) -> dict[Part, Typed]:
    """Return the parts that differ from what is stored and from what they were written on.

    Raises:
        NotFound: if the session has no such part.
    """
    if not set(clean) <= set(desk.parts):
        raise NotFound
    return {part: one for part, one in clean.items() if _is_changed(desk.row(part), one)}


def clashes_of(desk: Desk, changed: Mapping[Part, Typed]) -> tuple[Clash, ...]:
    """Return the parts that cannot be saved as they were sent."""
    found = (_clash(desk, part, changed[part]) for part in desk.parts if part in changed)
    return tuple(one for one in found if one is not None)


def raise_version(row: Note) -> bool:
    """Move the version on, unless somebody did so since ``row`` was read: the database decides."""
    table = type(row)
    version = row.version
    moved = db.session.execute(
        update(table)
        .where(table.id == row.id, table.version == version, table.signed_at.is_(None))
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
        .returning(table.version)
    ).first()
    db.session.refresh(row)
    return moved is not None


def _is_changed(row: Note | None, typed: Typed) -> bool:
    if row is None:
        return not typed.content.is_empty
    if content_of(row) == typed.content:
        return False
    if typed.version == row.version:
        return True
    if typed.version == 0:
        return not typed.content.is_empty
    return versions.content_at(row, typed.version) != typed.content


def _clash(desk: Desk, part: Part, typed: Typed) -> Clash | None:
    row = desk.row(part)
    if row is None:
        return None
    if not desk.is_open(part):
        signed = row.signed_at is not None
        reason = (
            "This note is signed and stays as it is. You can add to it by an addendum."
            if signed
            else f"{name_of(row.author_id)} is writing this note. "
            "Once it is signed, you can add to it under your own name."
        )
        return Clash(part, content_of(row), row.version, reason, signed)
    if row.version != typed.version:
        return Clash(part, content_of(row), row.version)
    return None


def _written(desk: Desk, clean: Mapping[Part, Typed]) -> bool:
    """Write all that changed; False, with nothing written, where somebody was a moment quicker."""
    changed = changed_parts(desk, clean)
    _require_no_clash(desk, changed)
    try:
        with db.session.begin_nested():
            for part in (one for one in desk.parts if one in changed):
                _write(desk, part, changed[part])
    except _Overtaken:
        return False
    return True


def _require_no_clash(desk: Desk, changed: Mapping[Part, Typed]) -> None:
    clashes = clashes_of(desk, changed)
    if clashes:
        raise NotesConflict(clashes)


def _write(desk: Desk, part: Part, typed: Typed) -> None:
    row = desk.row(part)
    is_new = row is None
    if row is None:
        row = new_row(desk, part, uuid4())
    access.require_act(desk.reader, row.facts, Operation.WRITE)
    if is_new:
        put_content(row, typed.content)
        row.written_at = clock.now()
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            raise _Overtaken from None
    else:
        if not raise_version(row):
            raise _Overtaken
        versions.remember_before(row)
        put_content(row, typed.content)
        row.written_at = clock.now()
    versions.remember(row, author_id=desk.actor.person_id, saved_at=row.written_at)
    audit.note_write(desk.actor, desk.session.couple_id, f"{part.kind}_note.saved")
    db.session.flush()
