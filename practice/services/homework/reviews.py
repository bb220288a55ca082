"""What the notes of a couple say of its homework, for whoever treats it.

Read from the notes each time, after the policy: a review has no place of its own that could be
forgotten when a note is erased, released or kept back.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from practice.db import db, remembered
from practice.domain.people import Reader
from practice.models.notes import MemberNote
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, clock
from practice.services.badges import seen_by
from practice.services.homework.values import ReviewLine
from practice.services.notes.parts import Note, content_of
from practice.services.people import Member, members_of


def reviews_of(reader: Reader) -> Mapping[UUID, tuple[ReviewLine, ...]]:
    """Return what notes say of each task, newest session first. Authorise first.

    Drafts are among them, and say so: the therapist works with what was said last.
    """

    def find() -> Mapping[UUID, tuple[ReviewLine, ...]]:
        return _found(reader)

    return remembered(("reviews of", reader.couple_id, reader.person_id), find)


def _found(reader: Reader) -> dict[UUID, tuple[ReviewLine, ...]]:
    members = {member.person_id: member for member in members_of(reader.couple_id)}
    found: dict[UUID, tuple[ReviewLine, ...]] = {}
    for note, session, author in _notes(reader):
        for task_id, review in content_of(note).homework.items():
            line = ReviewLine(
                session_id=session.id,
                on=clock.local(session.starts_at).date(),
                assignment_id=task_id,
                about=_about(note, session, members),
                author=author,
                is_signed=note.signed_at is not None,
                review=review,
                badge=seen_by(reader, note.facts),
            )
            found[task_id] = (*found.get(task_id, ()), line)
    return found


def _notes(reader: Reader) -> list[tuple[Note, TherapySession, str]]:
    rows: list[tuple[Note, TherapySession, str]] = []
    table: Any  # the union is lost in a query
    for table in (JointNote, MemberNote):
        lines = db.session.execute(
            select(table, TherapySession, Person.name)
            .join(TherapySession, TherapySession.id == table.session_id)
            .join(Person, Person.id == table.author_id)
            .where(table.couple_id == reader.couple_id, table.content_sealed.is_not(None))
        )
        rows += [
            (note, session, name)
            for note, session, name in lines
            if access.may_see(reader, note.facts)
        ]
    return sorted(rows, key=lambda row: (row[1].starts_at, str(row[0].id)), reverse=True)


def _about(note: Note, session: TherapySession, members: Mapping[UUID, Member]) -> Member | None:
    person_id = note.about_id if isinstance(note, MemberNote) else session.person_id
    return members.get(person_id) if person_id else None
