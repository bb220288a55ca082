"""How a partner's own letters and requests for time alone are found. For ``own_entries`` only."""

from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Reader
from practice.models.letters import Message, TimeRequest
from practice.services import clock
from practice.services.entry_kinds import Found, Plain, Readers


class OwnLetters(Plain):
    """Letters of one member alone, with the answers they got; nothing that was written to all."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(Message, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers or row.person_id is None:
            return None
        return _letter(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(Message).where(
                Message.couple_id.in_(readers),
                Message.person_id.in_({reader.person_id for reader in readers.values()}),
                Message.locked_at.is_not(None),
            )
        )
        return [_letter(readers[row.couple_id], row) for row in found]

    def lines(self, found: Found) -> tuple[str, ...]:
        return (found.row.body,)


class OwnTimeRequests(Plain):
    """What somebody asked for time alone with."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(TimeRequest, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _time_request(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(TimeRequest).where(
                TimeRequest.couple_id.in_(readers),
                TimeRequest.person_id.in_({reader.person_id for reader in readers.values()}),
                TimeRequest.locked_at.is_not(None),
            )
        )
        return [_time_request(readers[row.couple_id], row) for row in found]

    def lines(self, found: Found) -> tuple[str, ...]:
        said = (found.row.about, found.row.when, found.row.answer)
        return tuple(words for words in said if words)


def _letter(reader: Reader, row: Message) -> Found:
    return Found(
        row=row,
        reader=reader,
        facts=row.facts,
        title="An answer to you" if row.from_practice else "A letter of yours",
        on=clock.local(row.sent_at).date(),
        others=(),
        wider=(),
        addressee_id=row.person_id if row.from_practice else None,
    )


def _time_request(reader: Reader, row: TimeRequest) -> Found:
    return Found(
        row=row,
        reader=reader,
        facts=row.facts,
        title="Time with your therapist alone",
        on=clock.local(row.asked_at).date(),
        others=(),
        wider=(),
    )
