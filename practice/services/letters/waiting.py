"""What of letters waits for a therapist, for the caseload: since when, and nothing of the words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, literal, select, union_all

from practice.db import db
from practice.models.letters import Message, TimeRequest
from practice.services import clock
from practice.services.letters.desk import unread_by_practice


@dataclass(frozen=True, slots=True)
class Waits:
    """Of one member."""

    letter_since: date | None = None
    """Since when a letter of theirs is unread, also one written together."""

    asked_since: date | None = None
    """Since when they wait for an answer to asking for time alone."""


NOTHING_WAITS = Waits()


def waiting_of(couples: Select[UUID]) -> dict[tuple[UUID, UUID], Waits]:
    """Return what waits by couple and person, with one statement. Authorise first."""
    letters = (
        select(
            Message.couple_id,
            Message.author_id.label("person_id"),
            func.min(Message.sent_at).label("since"),
            literal("letter").label("what"),
        )
        .where(Message.couple_id.in_(couples), unread_by_practice())
        .group_by(Message.couple_id, Message.author_id)
    )
    asked = select(
        TimeRequest.couple_id,
        TimeRequest.person_id,
        TimeRequest.asked_at,
        literal("time"),
    ).where(TimeRequest.couple_id.in_(couples), TimeRequest.outcome.is_(None))
    found: defaultdict[tuple[UUID, UUID], dict[str, datetime]] = defaultdict(dict)
    for couple_id, person_id, since, what in db.session.execute(union_all(letters, asked)):
        found[couple_id, person_id][what] = since
    return {
        key: Waits(_day(one.get("letter")), _day(one.get("time"))) for key, one in found.items()
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else clock.local(moment).date()
