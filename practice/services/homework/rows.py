"""Queries on homework, and what the policy needs to know of the rows. For this package only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload

from practice.db import db, remembered
from practice.domain.adherence import Schedule
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import frequency_label
from practice.domain.people import Reader
from practice.domain.visibility import Facts
from practice.models.goals import Goal
from practice.models.homework import Assignment, AssignmentReceiver, HomeworkEntry
from practice.services.badges import seen_by
from practice.services.homework.facts import is_running, receivers_of, schedule_of
from practice.services.homework.templates import wording_of
from practice.services.homework.values import EntryLine
from practice.services.people import Member

ENTRIES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment with what always goes with it. Stays inside this package."""

    row: Assignment
    goal: Goal | None

    @property
    def template(self) -> Template:
        return wording_of(self.row)

    @property
    def schedule(self) -> Schedule:
        return schedule_of(self.row)

    @property
    def receiver_ids(self) -> frozenset[UUID]:
        return receivers_of(self.row)

    def is_running(self, today: date) -> bool:
        """Whether it is still asked for; a task done once stays until it is retired."""
        return is_running(self.row, today)

    def rests_on(self, day: date) -> bool:
        """Whether it is asked for, and rests on ``day``."""
        return is_running(self.row, day) and self.schedule.rests_on(day)


def given(*conditions: ColumnElement[bool]) -> list[Given]:
    """Return assignments, newest first, with one query."""
    rows = db.session.execute(
        select(Assignment, Goal)
        .outerjoin(Goal, Goal.id == Assignment.goal_id)
        .options(joinedload(Assignment.receivers), joinedload(Assignment.pauses))
        .where(*conditions)
        .order_by(Assignment.starts_on.desc(), Assignment.created_at.desc(), Assignment.id)
    ).unique()
    return [Given(row, goal) for row, goal in rows]


def of_couple(couple_id: UUID) -> tuple[list[Given], dict[UUID, list[HomeworkEntry]]]:
    """Return a couple's assignments and the frames of their entries, asked once for a page.

    Filter before any use.
    """

    def find() -> tuple[list[Given], dict[UUID, list[HomeworkEntry]]]:
        assignments = given(Assignment.couple_id == couple_id)
        return assignments, entries_of(one.row.id for one in assignments)

    return remembered(("homework of", couple_id), find)


def given_to_partner(person_id: UUID, couple_ids: Iterable[UUID]) -> list[Given]:
    """Return what somebody was given in some of their couples, asked once for a page."""
    ids = frozenset(couple_ids)

    def find() -> list[Given]:
        return given(Assignment.couple_id.in_(ids), received_by(person_id))

    return remembered(("given to", person_id, ids), find)


def received_by(person_id: UUID) -> ColumnElement[bool]:
    """Return the condition that an assignment was given to a person."""
    return Assignment.id.in_(
        select(AssignmentReceiver.assignment_id).where(AssignmentReceiver.person_id == person_id)
    )


def entries_of(
    assignment_ids: Iterable[UUID], *, content: bool = False
) -> dict[UUID, list[HomeworkEntry]]:
    """Return all entries by assignment, newest first, with one query; filter before any use.

    Args:
        assignment_ids: Of which assignments.
        content: Whether to fetch what was written too; else only its frame.
    """
    query = (
        select(HomeworkEntry)
        .where(HomeworkEntry.assignment_id.in_(list(assignment_ids)))
        .order_by(HomeworkEntry.for_day.desc(), HomeworkEntry.submitted_at.desc(), HomeworkEntry.id)
    )
    if not content:
        query = query.options(defer(HomeworkEntry.content_sealed))
    found: defaultdict[UUID, list[HomeworkEntry]] = defaultdict(list)
    for entry in db.session.scalars(query):
        found[entry.assignment_id].append(entry)
    return found


def assignment_of(entry_id: UUID) -> UUID | None:
    """Return to which assignment an entry belongs; None if there is none such."""
    query = select(HomeworkEntry.assignment_id).where(HomeworkEntry.id == entry_id)
    return db.session.scalar(query)


def how_often(row: Assignment) -> str:
    """Return how often an assignment asks, in words."""
    return frequency_label(row.frequency, row.times_per_week)


def line_of(
    reader: Reader, entry: HomeworkEntry, facts: Facts, members: Mapping[UUID, Member]
) -> EntryLine:
    """Return one visible entry as a line of a list."""
    author = members[entry.author_id]
    return EntryLine(
        id=entry.id,
        assignment_id=entry.assignment_id,
        author=author.first_name,
        position=author.position,
        is_own=entry.author_id == reader.person_id,
        for_day=entry.for_day,
        outcome=entry.outcome,
        audience=entry.audience,
        submitted_at=entry.submitted_at,
        badge=seen_by(reader, facts),
    )
