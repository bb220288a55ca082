"""The access log: who read, wrote or was refused what, by ids and rule names only.

Lines are gathered during a request and written once at its end: in the same transaction as a
successful write, and through a short transaction of their own after a read, which is rolled
back. A line that cannot be written does not take the page with it, and the other way round. The
lines are links of a chain (``services.access_chain``).
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from practice.db import WRITES, db
from practice.domain.access_words import TOLD_TO_THEIR_AUTHOR
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience, Decision, Facts, Kind
from practice.models.base import now
from practice.services import access_chain

log = logging.getLogger(__name__)
_GATHERED = "practice_access"
_ENTERED = "practice_entered"
_PERMITTED = "practice_permitted"
NOT_IN_CARE, NOT_THERE = "not_in_care", "not_there"
"""Why a page was refused: a record of others, or nothing for whoever asked."""

IN_CARE, OWN_PAGE = "in_care", "own_page"
"""Why a page of many records was shown: a couple in their care, or no single couple's page."""

BY_ITS_ACTOR = "by_its_actor"
"""Why something was written of which no rule about records decides: a sign-in, who treats whom."""

DECIDED_AS = {
    "couple": (Kind.IDENTITY,),
    "goal.rated": (Kind.GOAL_RATING,),
    "measure": (Kind.MEASURE_REQUEST,),
    "membership": (Kind.IDENTITY,),
    "own_data": (Kind.BUNDLE,),
    "session": (Kind.SESSION, Kind.DIARY),
    "step": (Kind.STEP_REQUEST, Kind.SCREENING),
}
"""Kinds of which the policy was asked for acts that are not called by the name of their kind."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, as the log keeps it."""

    ordinary: str
    refused: str
    """For what was refused: there the whole address is kept, whoever it was."""


COMMAND = Origin("command", "command")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of the log says, but for its time and count."""

    person_id: UUID | None
    couple_id: UUID | None
    what: str
    how: str
    reason: str
    author_id: UUID | None = None


KEPT_FROM_THE_LOG = frozenset({Kind.JOURNAL})
"""Kinds whose private records leave no line here, not even of their author's own reading: nobody,
and no command, can tell that there is one."""


def leaves_no_line(kind: Kind, audience: Audience) -> bool:
    """Whether what is done with a record stays out of the log."""
    return kind in KEPT_FROM_THE_LOG and audience is Audience.PRIVATE


def note_decision(reader: Reader, kind: Kind, decision: Decision) -> None:
    """Remember that ``reader`` was shown or not shown a record of ``kind``."""
    how = "read" if decision.allowed else "withheld"
    _note(Line(reader.person_id, reader.couple_id, kind.value, how, decision.reason))


def note_sight(reader: Reader, record: Facts, decision: Decision) -> None:
    """As ``note_decision``, and whose words they were where their author can be told of it."""
    if decision.allowed and leaves_no_line(record.kind, record.audience):
        return
    if not decision.allowed or record.kind not in TOLD_TO_THEIR_AUTHOR:
        note_decision(reader, record.kind, decision)
        return
    _note(
        Line(
            reader.person_id,
            reader.couple_id,
            record.kind.value,
            "read",
            decision.reason,
            record.author_id,
        )
    )


def note_entry(reader: Reader) -> None:
    """Remember that somebody of the staff came into a couple's record.

    Only if nothing else is noted of it does it become a line: then a page read no record that
    says so itself, and yet showed something of the couple.
    """
    db.session.info.setdefault(_ENTERED, set()).add(reader)


def note_refusal(actor: Actor | None, couple_id: UUID | None, what: str) -> None:
    """Remember that somebody asked for a couple's record that is not theirs to see."""
    _note(Line(actor.person_id if actor else None, couple_id, what, "refused", NOT_IN_CARE))


def note_absence(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Remember that somebody asked for what is not there for them, if no line says so already.

    Args:
        actor: Who asked.
        couple_id: The couple that the address named; None where it named none that there is.
        what: The name of the page, e.g. ``portal.goal``; never its address.
    """
    gathered = db.session.info.get(_GATHERED, ())
    if not any(line.how in {"refused", "withheld"} for line in gathered):
        _note(Line(actor.person_id, couple_id, what, "refused", NOT_THERE))


def note_permission(reader: Reader, kind: Kind, decision: Decision) -> None:
    """Remember which rule lets ``reader`` do what follows; its name goes into the line of that."""
    permitted = db.session.info.setdefault(_PERMITTED, {})
    permitted[reader.person_id, reader.couple_id, kind] = decision.reason


def note_write(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Remember an act that changes something, e.g. ``joint_note.signed``.

    The reason is the rule that allowed it in this transaction; of another kind's rule the line
    says nothing, so that no line tells of a record that it is not about.
    """
    permitted = db.session.info.get(_PERMITTED, {})
    about = what.partition(".")[0]
    kinds: tuple[str, ...] = DECIDED_AS.get(what) or DECIDED_AS.get(about) or (about,)
    found = (permitted.get((actor.person_id, couple_id, kind)) for kind in kinds)
    reason = next((rule for rule in found if rule), BY_ITS_ACTOR)
    _note(Line(actor.person_id, couple_id, what, "written", reason))


def note_read(actor: Actor, couple_id: UUID | None, what: str) -> None:
    """Remember that a page built from many records was read, e.g. ``caseload``.

    Where it is about one couple, the line says how the actor came in (``note_entry``).
    """
    entered = db.session.info.get(_ENTERED, ())
    key = (actor.person_id, couple_id)
    came = (_as_what(one) for one in entered if (one.person_id, one.couple_id) == key)
    reason = OWN_PAGE if couple_id is None else next(came, IN_CARE)
    _note(Line(actor.person_id, couple_id, what, "read", reason))


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


def finish(*, write_succeeded: bool, origin: Callable[[], Origin] = lambda: COMMAND) -> None:
    """End the request's transaction and write the gathered lines.

    Args:
        write_succeeded: True commits what the request changed; False rolls it back.
        origin: Says where the request came from; asked only if there is something to write.
    """
    gathered = _gathered()
    rows = _rows(gathered, origin()) if gathered else []
    if write_succeeded:
        if rows:
            db.session.flush()
            access_chain.append(db.session.connection(), rows)
        db.session.commit()
        return
    db.session.rollback()
    if rows:
        try:
            with db.engine.connect().execution_options(**{WRITES: True}) as connection:
                with connection.begin():
                    access_chain.wait_no_longer(connection)
                    access_chain.append(connection, rows)
        except Exception:  # the page was read already; losing it too would help nobody
            log.exception("access log: %d lines could not be written", len(rows))


def forget() -> None:
    """Drop what was gathered: somebody's pages were looked through, and nobody read them.

    For the worker alone, which keeps of them only whether anything waits.
    """
    for key in (_GATHERED, _ENTERED, _PERMITTED):
        db.session.info.pop(key, None)


def _gathered() -> Counter[Line]:
    gathered: Counter[Line] = db.session.info.pop(_GATHERED, Counter())
    db.session.info.pop(_PERMITTED, None)
    spoken_of = {(line.person_id, line.couple_id) for line in gathered if line.how != "refused"}
    for reader in db.session.info.pop(_ENTERED, ()):
        if (reader.person_id, reader.couple_id) not in spoken_of:
            line = Line(reader.person_id, reader.couple_id, "couple", "read", _as_what(reader))
            gathered[line] += 1
    return gathered


def _as_what(reader: Reader) -> str:
    return IN_CARE if reader.standing.treats else f"as_{reader.standing.value}"


def _rows(gathered: Counter[Line], origin: Origin) -> list[dict[str, object]]:
    moment = now()
    return [
        {
            "id": uuid4(),
            "at": moment,
            "person_id": line.person_id,
            "couple_id": line.couple_id,
            "author_id": line.author_id,
            "what": line.what,
            "how": line.how,
            "reason": line.reason,
            "count": count,
            "address": origin.refused if line.how == "refused" else origin.ordinary,
        }
        for line, count in gathered.items()
    ]
