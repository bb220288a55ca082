"""The access log: who read, wrote or was refused what, by ids and rule names only.

Lines are gathered during a request and written once at its end: in the same transaction as a
successful write, and through a short transaction of their own after a read, which is rolled
back. A line that cannot be written does not take the page with it, and the other way round.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import insert

from practice.db import db
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Decision, Kind
from practice.models.base import now
from practice.models.records import AccessRecord

log = logging.getLogger(__name__)
_GATHERED = "practice_access"


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of the log says, but for its time and count."""

    person_id: UUID | None
    couple_id: UUID | None
    what: str
    how: str
    reason: str


def note_decision(reader: Reader, kind: Kind, decision: Decision) -> None:
    """Remember that ``reader`` was shown or not shown a record of ``kind``."""
    how = "read" if decision.allowed else "withheld"
    _note(Line(reader.person_id, reader.couple_id, kind.value, how, decision.reason))


def note_refusal(actor: Actor | None, couple_id: UUID | None, what: str) -> None:
    """Remember that somebody asked for a couple's record that is not theirs to see."""
    _note(Line(actor.person_id if actor else None, couple_id, what, "refused", "not_in_care"))


def note_absence(actor: Actor, what: str) -> None:
    """Remember that somebody asked for what is not there for them, if no line says so already.

    Args:
        actor: Who asked.
        what: The name of the page, e.g. ``portal.goal``; never its address.
    """
    gathered = db.session.info.get(_GATHERED, ())
    if not any(line.how in {"refused", "withheld"} for line in gathered):
        _note(Line(actor.person_id, None, what, "refused", "not_there"))


def note_write(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Remember an act that changes something, e.g. ``joint_note.signed``."""
    _note(Line(actor.person_id, couple_id, what, "written", "by_its_actor"))


def note_read(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Remember that a page built from many records was read, e.g. ``caseload``."""
    _note(Line(actor.person_id, couple_id, what, "read", "in_care"))


def note_withheld(actor: Actor, couple_id: UUID | None, what: str, reason: str) -> None:
    """Remember that something was asked for and not handed out, e.g. an authorisation revoked."""
    _note(Line(actor.person_id, couple_id, what, "withheld", reason))


def note_account(person_id: UUID | None, what: str, *, reason: str = "by_its_owner") -> None:
    """Remember what happened to a sign-in, e.g. ``sign_in`` or ``password.changed``."""
    _note(Line(person_id, None, what, "written", reason))


def note_failed_sign_in(person_id: UUID | None, what: str, reason: str) -> None:
    """Remember a failed attempt; whose, if the name is known. What was typed is never kept."""
    _note(Line(person_id, None, what, "refused", reason))


def _note(line: Line) -> None:
    db.session.info.setdefault(_GATHERED, Counter())[line] += 1


def finish(*, write_succeeded: bool) -> None:
    """End the request's transaction and write the gathered lines.

    Args:
        write_succeeded: True commits what the request changed; False rolls it back.
    """
    gathered: Counter[Line] = db.session.info.pop(_GATHERED, Counter())
    if write_succeeded:
        if gathered:
            db.session.execute(insert(AccessRecord), _rows(gathered))
        db.session.commit()
        return
    db.session.rollback()
    if gathered:
        try:
            with db.engine.begin() as connection:
                connection.execute(insert(AccessRecord), _rows(gathered))
        except Exception:  # the page was read already; losing it too would help nobody
            log.exception("access log: %d lines could not be written", len(gathered))


def _rows(gathered: Counter[Line]) -> list[dict[str, object]]:
    moment = now()
    return [
        {
            "id": uuid4(),
            "at": moment,
            "person_id": line.person_id,
            "couple_id": line.couple_id,
            "what": line.what,
            "how": line.how,
            "reason": line.reason,
            "count": count,
        }
        for line, count in gathered.items()
    ]
