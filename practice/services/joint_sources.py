"""Private items from which a passage may go into the joint record, each as one kind of value.

A new kind of private item needs a value in ``domain.agreements.JointSource`` and a finder here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists

from practice.db import db
from practice.domain.agreements import JointSource
from practice.domain.homework.definition import SummaryLine
from practice.domain.intake import BY_KEY
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Facts, Kind, seen_by_all
from practice.domain.words import number
from practice.models.agreements import Permission
from practice.models.homework import Assignment
from practice.models.homework import HomeworkEntry as EntryRow
from practice.models.intake import IntakeEntry
from practice.models.responses import Response
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import entries_of
from practice.services.homework.templates import wording_of
from practice.services.measure_library import all_measures
from practice.services.people import Member, current_members, members_of
from practice.services.response_pages import shown_scores

QUOTABLE = frozenset({Kind.RESPONSE, Kind.HOMEWORK_ENTRY, Kind.INTAKE})
"""What can be quoted at all. Answers to private questions about safety never are, with or without
permission: to ask for it would put them on a screen."""


@dataclass(frozen=True, slots=True)
class Source:
    """One private item, for services alone: authorise by ``facts`` before any use."""

    kind: JointSource
    id: UUID
    couple_id: UUID
    person_id: UUID
    """Whose words they are."""

    facts: Facts
    title: str
    written_at: datetime
    text: str
    """All of it that can be quoted."""

    is_current: bool
    """False where a later one stands in its place."""

    @property
    def author(self) -> Member:
        """Whose words they are, as a member of the couple."""
        found = [m for m in members_of(self.couple_id) if m.person_id == self.person_id]
        return found[-1]

    @property
    def is_shared(self) -> bool:
        """Whether every present member may read it anyway, so that nobody need be asked."""
        readers = [
            Reader(member.person_id, self.couple_id, Standing.MEMBER)
            for member in current_members(self.couple_id)
        ]
        return bool(readers) and seen_by_all(readers, self.facts)


def find(kind: JointSource, source_id: UUID) -> Source | None:
    """Return a private item; None where there is none such. Authorise before any use."""
    source = _FINDERS[kind](source_id)
    return source if source is not None and source.facts.kind in QUOTABLE else None


def in_plain_sight() -> ColumnElement[bool]:
    """Return the condition that a ``Permission`` is about nothing its author has locked away.

    For the author's own pages: who may be made to show them shows no question about it either.
    """
    locked_at = {
        JointSource.RESPONSE: (Response.id, Response.locked_at),
        JointSource.ENTRY: (EntryRow.id, EntryRow.locked_at),
        JointSource.INTAKE: (IntakeEntry.id, IntakeEntry.locked_at),
    }
    return and_(
        *(
            ~exists().where(
                Permission.source_kind == kind,
                Permission.source_id == source_id,
                locked.is_not(None),
            )
            for kind, (source_id, locked) in locked_at.items()
        )
    )


def _response(source_id: UUID) -> Source | None:
    row = db.session.get(Response, source_id)
    measure = all_measures().get(row.measure_key) if row else None
    if row is None or measure is None:
        return None
    scores = shown_scores(row, measure)
    return Source(
        JointSource.RESPONSE,
        row.id,
        row.couple_id,
        row.author_id,
        row.facts,
        measure.purpose.rstrip("."),
        row.completed_at,
        "\n".join(
            f"{one.scale.title}: {number(one.value)} of {number(one.scale.high)}" for one in scores
        ),
        is_current=row.superseded_at is None,
    )


def _entry(source_id: UUID) -> Source | None:
    row = db.session.get(EntryRow, source_id)
    assignment = db.session.get(Assignment, row.assignment_id) if row else None
    if row is None or assignment is None:
        return None
    entries = entries_of([assignment.id]).get(assignment.id, [])
    facts = facts_of_entries(assignment, entries, members_of(row.couple_id))(row)
    template = wording_of(assignment)
    return Source(
        JointSource.ENTRY,
        row.id,
        row.couple_id,
        row.author_id,
        facts,
        template.title,
        row.submitted_at,
        _lines(template.summary(row.content)),
        is_current=True,
    )


def _intake(source_id: UUID) -> Source | None:
    row = db.session.get(IntakeEntry, source_id)
    section = BY_KEY.get(row.section) if row else None
    if row is None or section is None:
        return None
    return Source(
        JointSource.INTAKE,
        row.id,
        row.couple_id,
        row.person_id,
        row.facts,
        section.title,
        row.written_at,
        _lines(section.summary(row.content)),
        is_current=row.superseded_at is None,
    )


def _lines(summary: Iterable[SummaryLine]) -> str:
    return "\n\n".join(f"{line.label}\n{line.text}" for line in summary)


_FINDERS: Mapping[JointSource, Callable[[UUID], Source | None]] = {
    JointSource.RESPONSE: _response,
    JointSource.ENTRY: _entry,
    JointSource.INTAKE: _intake,
}
