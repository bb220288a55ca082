"""The homework that ran when a session took place, for the review in its note."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from practice.db import db
from practice.domain.homework.terms import Frequency
from practice.domain.note_formats import HomeworkReview
from practice.domain.people import Reader
from practice.models.homework import Assignment
from practice.models.sessions import TherapySession
from practice.services import access, clock
from practice.services.homework.templates import wording_of
from practice.services.people import labels_of, members_of


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One assignment, small."""

    id: UUID
    title: str
    """With the name of the member, where it was given to one alone."""


def open_homework(reader: Reader, session: TherapySession) -> tuple[OpenTask, ...]:
    """Return what had been given before a session and ran at its day, oldest first.

    In an individual session that is only what was given to that member alone or to everybody.
    """
    day = clock.local(session.starts_at).date()
    rows = db.session.scalars(
        select(Assignment)
        .where(
            Assignment.couple_id == session.couple_id,
            Assignment.starts_on <= day,
            Assignment.created_at < session.starts_at,
            Assignment.retired_on.is_(None) | (Assignment.retired_on >= day),
        )
        .options(selectinload(Assignment.receivers), defer(Assignment.instructions_sealed))
        .order_by(Assignment.starts_on, Assignment.created_at, Assignment.id)
    )
    running = [row for row in rows if row.due_on >= day or row.frequency is Frequency.ONCE]
    names = labels_of(members_of(session.couple_id))
    return tuple(
        _small(row, names)
        for row in access.visible(reader, running)
        if session.person_id is None or session.person_id in row.facts.concerns
    )


def with_reviewed(
    tasks: tuple[OpenTask, ...], reviewed: Mapping[UUID, HomeworkReview]
) -> tuple[OpenTask, ...]:
    """Return ``tasks``, and after them what was reviewed in a note and is no longer among them."""
    known = {task.id for task in tasks}
    others = (OpenTask(key, one.title) for key, one in reviewed.items() if key not in known)
    return (*tasks, *others)


def _small(row: Assignment, names: Mapping[UUID, str]) -> OpenTask:
    receivers = row.facts.concerns
    title = wording_of(row).title
    if len(receivers) == 1:
        title += f" ({names.get(next(iter(receivers)), 'one member')})"
    return OpenTask(row.id, title)
