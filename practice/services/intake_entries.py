"""What both sides of the intake share: rows as values, and putting one in the place of another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from practice.db import db
from practice.domain.homework.blocks import JSON
from practice.domain.homework.definition import SummaryLine
from practice.domain.intake import BY_KEY, Section
from practice.domain.presenting_problems import Severity
from practice.domain.visibility import Audience
from practice.models.intake import IntakeEntry, IntakeRequest

WIDTH = (Audience.PRIVATE, Audience.THERAPIST, Audience.COUPLE)
"""Whom a section can be for, narrowest first."""


_NEWEST = (
    IntakeEntry.superseded_at.is_not(None),
    IntakeEntry.written_at.desc(),
    IntakeEntry.id,
)
"""What stands comes first, also where two were written at the same moment."""


@dataclass(frozen=True, slots=True)
class IntakeView:
    """One section as it was written or told."""

    id: UUID
    person_id: UUID
    section: Section
    lines: tuple[SummaryLine, ...]
    """The answers in words; how heavy problems weigh stands in ``severities``."""

    severities: tuple[tuple[str, Severity], ...]
    """Title of each presenting problem that was answered, with its weight."""

    audience: Audience
    written_at: datetime
    is_noted: bool
    """Put down by the therapist, of what was told."""


def entries_of(couple_ids: Iterable[UUID], person_id: UUID | None = None) -> list[IntakeEntry]:
    """Return all entries of couples, newest first, for services alone; filter before any use."""
    query = (
        select(IntakeEntry).where(IntakeEntry.couple_id.in_(list(couple_ids))).order_by(*_NEWEST)
    )
    if person_id is not None:
        query = query.where(IntakeEntry.person_id == person_id)
    return list(db.session.scalars(query))


def own_and_shown(couple_ids: Iterable[UUID], person_id: UUID) -> list[IntakeEntry]:
    """Return a person's own entries and those that others show, newest first.

    What others keep to themselves is not even read: it must not cost time either.
    """
    return list(
        db.session.scalars(
            select(IntakeEntry)
            .where(
                IntakeEntry.couple_id.in_(list(couple_ids)),
                or_(
                    IntakeEntry.person_id == person_id,
                    and_(
                        IntakeEntry.audience == Audience.COUPLE,
                        IntakeEntry.locked_at.is_(None),
                        IntakeEntry.superseded_at.is_(None),
                    ),
                ),
            )
            .order_by(*_NEWEST)
        )
    )


def requests_of(couple_ids: Iterable[UUID], person_id: UUID | None = None) -> list[IntakeRequest]:
    """Return who was asked for their intake, for services alone."""
    query = select(IntakeRequest).where(IntakeRequest.couple_id.in_(list(couple_ids)))
    if person_id is not None:
        query = query.where(IntakeRequest.person_id == person_id)
    return list(db.session.scalars(query))


def view_of(row: IntakeEntry) -> IntakeView:
    """Return an entry as a value; the caller has asked the policy."""
    section = BY_KEY[row.section]
    content: dict[str, JSON] = row.content
    weighed = {block.key for block in section.severities}
    words = {key: value for key, value in content.items() if key not in weighed}
    return IntakeView(
        id=row.id,
        person_id=row.person_id,
        section=section,
        lines=section.summary(words),
        severities=tuple(
            (block.prompt, Severity(int(str(content[block.key]))))
            for block in section.severities
            if block.key in content
        ),
        audience=row.audience,
        written_at=row.written_at,
        is_noted=row.noted_by is not None,
    )


def by_section(rows: Iterable[IntakeEntry]) -> dict[tuple[str, bool], list[IntakeEntry]]:
    """Sort entries by section and by whether they were noted by the therapist, newest first."""
    found: defaultdict[tuple[str, bool], list[IntakeEntry]] = defaultdict(list)
    for row in rows:
        if row.section in BY_KEY:
            found[row.section, row.noted_by is not None].append(row)
    return found


def put(new: IntakeEntry) -> None:
    """Store an entry in the place of the one before; the caller authorised and holds the couple.

    What stood there before is kept, and nobody reads it whom the new one is not for. What its
    author locked away stays as it is when they write anew; what is noted in the place of a noted
    one that they locked away is locked too.
    """
    before = [
        row
        for row in entries_of([new.couple_id], new.person_id)
        if row.section == new.section and (row.noted_by is None) == (new.noted_by is None)
    ]
    if new.noted_by is None:
        before = [row for row in before if not row.is_locked]
    else:
        new.locked_at = next((row.locked_at for row in before if row.superseded_at is None), None)
    for row in before:
        row.superseded_at = row.superseded_at or new.written_at
        narrower = min(row.audience, new.audience, key=WIDTH.index)
        if narrower is not row.audience:
            row.audience, row.shared_at = narrower, None
    db.session.add(new)
    db.session.flush()
