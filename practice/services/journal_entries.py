"""Pages of a journal among a partner's own entries. For ``own_entries`` only."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Reader
from practice.domain.visibility import Audience
from practice.models.journal import JournalPage
from practice.services import clock, drafts
from practice.services.drafts import DraftKind
from practice.services.entry_kinds import Found, Plain, Readers, found_of

TITLE = "A page of your journal"


class OwnJournal(Plain):
    """Pages that their author keeps, or shows to the therapist; no other member ever reads one."""

    open_to = frozenset({Audience.THERAPIST})
    back_to = Audience.PRIVATE

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(JournalPage, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _page(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        rows = db.session.scalars(
            select(JournalPage).where(
                JournalPage.couple_id.in_(readers),
                JournalPage.author_id.in_({reader.person_id for reader in readers.values()}),
                JournalPage.locked_at.is_not(None),
            )
        )
        return [_page(readers[row.couple_id], row) for row in rows]

    def let_go(self, row: Any) -> None:
        drafts.drop(person_id=row.author_id, kind=DraftKind.JOURNAL, about_id=row.id)

    def note_audience(self, row: Any) -> None:
        if row.audience is Audience.THERAPIST:
            row.shown_at = clock.now()
            self.let_go(row)

    def lines(self, found: Found) -> tuple[str, ...]:
        return (found.row.words,)


def _page(reader: Reader, row: JournalPage) -> Found:
    return found_of(reader, row, row.facts, TITLE, (), (Audience.THERAPIST,))
