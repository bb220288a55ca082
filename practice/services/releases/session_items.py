"""Sessions and their notes that may leave, and words moved into the joint record."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from practice.db import db
from practice.domain.note_formats import TEXT, passages
from practice.domain.people import first_name
from practice.domain.releases.authorisations import Part
from practice.domain.sessions import SessionStatus
from practice.models.agreements import JointPassage
from practice.models.notes import MemberNote
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services.notes.parts import content_of
from practice.services.releases.scope import Gathered, Item, ReleaseScope, Text, day_of, moment_of


def sessions(scope: ReleaseScope) -> Gathered:
    """Sessions that took place or fell through, with who came and what was agreed."""
    rows, left_out = _sessions(scope)
    return Gathered(
        "Individual sessions" if scope.part is Part.OWN else "Sessions",
        tuple(_session(scope, row) for row in rows if row.status is not SessionStatus.PLANNED),
        left_out,
    )


def notes(scope: ReleaseScope) -> Gathered:
    """Signed notes with what was added to them. A draft never leaves."""
    found, left_out = [], 0
    for note, session in _joint_notes(scope):
        if note.signed_at is None or not scope.may_leave(note.facts):
            left_out += scope.left_out(note.facts)
            continue
        found.append(_note(scope, session, note))
    if scope.part is Part.OWN:
        found += _notes_about(scope)
        return Gathered("Notes about one person alone", tuple(found), left_out)
    return Gathered("Joint notes", (*found, *_moved_words(scope)), left_out)


def _sessions(scope: ReleaseScope) -> tuple[list[TherapySession], int]:
    rows = db.session.scalars(
        select(TherapySession)
        .where(TherapySession.couple_id == scope.couple_id)
        .options(selectinload(TherapySession.attendance))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    of_period = [row for row in rows if scope.covers_day(row.starts_at)]
    kept = [
        row for row in of_period if row.person_id == scope.person_id and scope.may_leave(row.facts)
    ]
    return kept, sum(scope.left_out(row.facts) for row in of_period if row not in kept)


def _session(scope: ReleaseScope, row: TherapySession) -> Item:
    came = (
        (scope.named(one.person_id), one.attendance.label)
        for one in sorted(row.attendance, key=lambda one: _position(scope, one.person_id))
    )
    steps = Text(f"therapy_session:{row.id}:steps", "Agreed for next time", row.next_steps)
    return Item(
        moment_of(row.starts_at),
        (
            ("Kind", row.kind.label),
            ("Format", row.format.label),
            ("Took place", row.status.label),
            ("Length", f"{row.minutes} minutes"),
            *came,
        ),
        (steps,) if row.next_steps else (),
    )


def _joint_notes(scope: ReleaseScope) -> list[tuple[JointNote, TherapySession]]:
    sessions_kept = {row.id: row for row in _sessions(scope)[0]}
    rows = db.session.scalars(
        select(JointNote)
        .where(JointNote.session_id.in_(sessions_kept))
        .options(selectinload(JointNote.addenda))
    )
    found = {row.session_id: row for row in rows}
    return [(found[key], session) for key, session in sessions_kept.items() if key in found]


def _note(scope: ReleaseScope, session: TherapySession, note: JointNote) -> Item:
    first_names = {one: first_name(scope.names[one]) for one in scope.covered & set(scope.names)}
    # A passage about somebody who is not covered is left out whole.
    read = (
        passage
        for passage in passages(content_of(note), first_names)
        if passage.about_id is None or passage.about_id in scope.covered
    )
    texts = tuple(
        Text(
            f"joint_note:{note.id}:{passage.key}:{passage.about_id or ''}",
            "" if passage.key == TEXT else passage.title,
            passage.text,
        )
        for passage in read
    )
    return _signed(f"Session of {moment_of(session.starts_at)}", note, texts)


def _notes_about(scope: ReleaseScope) -> list[Item]:
    rows = db.session.execute(
        select(MemberNote, TherapySession.starts_at)
        .join(TherapySession, TherapySession.id == MemberNote.session_id)
        .where(
            MemberNote.couple_id == scope.couple_id,
            MemberNote.about_id == scope.person_id,
            MemberNote.signed_at.is_not(None),
        )
        .order_by(TherapySession.starts_at, MemberNote.id)
    )
    return [
        _signed(
            f"About {scope.named(row.about_id)}, session of {moment_of(starts_at)}",
            row,
            tuple(
                # A passage of words keeps the key under which it was decided before.
                Text(f"member_note:{row.id}", "", passage.text)
                if passage.key == TEXT
                else Text(f"member_note:{row.id}:{passage.key}", passage.title, passage.text)
                for passage in passages(content_of(row), {})
            ),
        )
        for row, starts_at in rows
        if scope.covers_day(starts_at) and scope.may_leave(row.facts)
    ]


def _signed(heading: str, note: JointNote | MemberNote, texts: tuple[Text, ...]) -> Item:
    later = tuple(
        Text(
            f"{one.__tablename__}:{one.id}",
            f"Added by {_staff_name(one.author_id)} on {moment_of(one.written_at)}",
            one.body,
        )
        for one in note.addenda
    )
    signed = moment_of(note.signed_at) if note.signed_at else ""
    facts = (("Written by", _staff_name(note.author_id)), ("Signed", signed))
    return Item(heading, facts, (*texts, *later))


def _moved_words(scope: ReleaseScope) -> list[Item]:
    """Words that a member allowed to be moved into the joint record."""
    rows = db.session.scalars(
        select(JointPassage)
        .where(JointPassage.couple_id == scope.couple_id, JointPassage.removed_at.is_(None))
        .order_by(JointPassage.added_at, JointPassage.id)
    )
    return [
        Item(
            f"Words moved into the joint record on {day_of(row.added_at)}",
            (("Words of", scope.named(row.person_id)),),
            (Text(f"joint_passage:{row.id}", "", row.text),),
        )
        for row in rows
        if scope.covers_day(row.added_at)
        and row.permission.holds
        and scope.is_theirs(row.person_id)
        and scope.may_leave(row.facts)
    ]


def _position(scope: ReleaseScope, person_id: UUID) -> int:
    return next((one.position for one in scope.members if one.person_id == person_id), 99)


def _staff_name(person_id: UUID) -> str:
    return db.session.get_one(Person, person_id).name
