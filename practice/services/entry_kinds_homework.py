"""A partner's own entries of homework, and how they saw what was done together."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

from practice.db import db
from practice.domain.homework.review import from_stored
from practice.domain.homework.sharing import choices_for
from practice.domain.people import Reader
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkEntry, HomeworkView
from practice.services import access, drafts
from practice.services.drafts import DraftKind
from practice.services.entry_kinds import Found, Plain, Readers, found_of, in_words, others_of
from practice.services.errors import Refused
from practice.services.homework import rows
from practice.services.homework.agreements import end_with_entry
from practice.services.homework.facts import facts_of_entries
from practice.services.people import members_of


class OwnHomework(Plain):
    """Entries of homework."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(HomeworkEntry, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _homework(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(HomeworkEntry).where(
                HomeworkEntry.couple_id.in_(readers),
                HomeworkEntry.author_id.in_({reader.person_id for reader in readers.values()}),
                HomeworkEntry.locked_at.is_not(None),
            )
        )
        return [_homework(readers[row.couple_id], row) for row in found]

    def note_audience(self, row: Any) -> None:
        """What is taken back ends as an agreement, and waits to be opened anew in a session."""
        before = inspect(row).attrs.audience.history.deleted
        if Audience.COUPLE in before:
            (given,) = rows.given(Assignment.id == row.assignment_id)
            end_with_entry(row, given.template)
        if row.audience is not Audience.IN_SESSION:
            row.opened_at = row.opened_in = None

    def lines(self, found: Found) -> tuple[str, ...]:
        (given,) = rows.given(Assignment.id == found.row.assignment_id)
        return in_words(given.template.summary(found.row.content))


class OwnViews(Plain):
    """How somebody saw what was done together, one for a day."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(HomeworkView, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _view(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(HomeworkView).where(
                HomeworkView.couple_id.in_(readers),
                HomeworkView.author_id.in_({reader.person_id for reader in readers.values()}),
                HomeworkView.locked_at.is_not(None),
            )
        )
        return [_view(readers[row.couple_id], row) for row in found]

    def let_go(self, row: Any) -> None:
        drafts.drop(
            person_id=row.author_id, kind=DraftKind.HOMEWORK_VIEW, about_id=row.assignment_id
        )

    def make_room(self, row: Any) -> None:
        access.hold(row.couple_id)
        anew = select(HomeworkView.id).where(
            HomeworkView.assignment_id == row.assignment_id,
            HomeworkView.author_id == row.author_id,
            HomeworkView.for_day == row.for_day,
            HomeworkView.locked_at.is_(None),
        )
        if db.session.scalar(anew) is not None:
            raise Refused(
                "You have said anew how that day was. Lock that away first; then this one can go "
                "back."
            )

    def lines(self, found: Found) -> tuple[str, ...]:
        return from_stored(found.row.content).lines


def _homework(reader: Reader, row: HomeworkEntry) -> Found:
    (given,) = rows.given(Assignment.id == row.assignment_id)
    entries = rows.entries_of([row.assignment_id]).get(row.assignment_id, [])
    facts = facts_of_entries(given.row, entries, members_of(row.couple_id))(row)
    others = others_of(reader, row.author_id, given.receiver_ids)
    open_to = choices_for(given.row.given_to, given.row.audience)
    if not others:
        open_to = tuple(one for one in open_to if one is Audience.THERAPIST)
    if facts.opened:
        open_to = ()  # everybody who could be shown it reads it
    return replace(
        found_of(reader, row, facts, given.template.title, others, open_to), on=row.for_day
    )


def _view(reader: Reader, row: HomeworkView) -> Found:
    (given,) = rows.given(Assignment.id == row.assignment_id)
    title = f"{given.template.title}: how it was for you"
    return replace(found_of(reader, row, row.facts, title, (), ()), on=row.for_day)
