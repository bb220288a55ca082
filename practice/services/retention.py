"""Legal holds, and the retention clock of each person: how long a record is kept, and what is due.

Nothing is ever erased by itself. The list says what may go; a person decides, case by case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.retention import Clock
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.couples import Care, Couple
from practice.models.goals import GoalRating
from practice.models.homework import HomeworkEntry
from practice.models.people import Person
from practice.models.responses import Response
from practice.models.retention import LegalHold
from practice.models.sessions import AttendanceRecord, TherapySession
from practice.services import access, audit, clock, people, record_settings
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid
from practice.services.people import Member

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class HoldView:
    """A legal hold, in force or lifted."""

    reason: str
    set_by: str
    set_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lift_reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one person's part of one record is kept."""

    couple_id: UUID
    couple_title: str
    member: Member
    clock: Clock
    is_due: bool


def is_held(couple_id: UUID) -> bool:
    """Whether a legal hold is in force. Authorise first."""
    return _hold(couple_id) is not None


def holds_of(*, actor: Actor, couple_id: UUID) -> tuple[HoldView, ...]:
    """Return the legal holds of a couple, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    found = db.session.scalars(
        select(LegalHold)
        .where(LegalHold.couple_id == couple_id)
        .order_by(LegalHold.set_at.desc(), LegalHold.id)
    )
    rows = access.visible(reader, found, lambda row: _hold_facts(couple_id, row.set_by))
    names = _names(one for row in rows for one in (row.set_by, row.lifted_by))
    return tuple(
        HoldView(
            row.reason,
            names[row.set_by],
            row.set_at,
            names.get(row.lifted_by, "") if row.lifted_by else "",
            row.lifted_at,
            row.lift_reason,
        )
        for row in rows
    )


def set_hold(*, actor: Actor, couple_id: UUID, reason: str) -> None:
    """Let nothing of a couple's record be erased until the hold is lifted.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``reason``.
    """
    access.require_writing(actor, _hold_facts(couple_id, actor.person_id))
    access.hold(couple_id)
    text = _reason(reason)
    if _hold(couple_id) is not None:
        return
    db.session.add(
        LegalHold(couple_id=couple_id, reason=text, set_by=actor.person_id, set_at=clock.now())
    )
    audit.note_write(actor, couple_id, "legal_hold.set")
    db.session.flush()


def lift_hold(*, actor: Actor, couple_id: UUID, reason: str) -> None:
    """Lift the hold of a couple.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``reason``.
    """
    access.require_writing(actor, _hold_facts(couple_id, actor.person_id))
    text = _reason(reason)
    row = _hold(couple_id)
    if row is None:
        return
    row.lifted_by, row.lifted_at, row.lift_reason = actor.person_id, clock.now(), text
    audit.note_write(actor, couple_id, "legal_hold.lifted")


def kept_of(*, actor: Actor, couple_id: UUID) -> tuple[Kept, ...]:
    """Return how long the part of each person of a couple is kept, in the couple's order.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    return _kept([couple_id])


def kept_in_care(*, actor: Actor) -> tuple[Kept, ...]:
    """Return the clocks of everybody whose episode of care has ended or who has left, due first."""
    couples = select(Care.couple_id).where(
        Care.therapist_id == actor.person_id, Care.until.is_(None)
    )
    ended = set(
        db.session.scalars(
            select(Couple.id).where(Couple.id.in_(couples), Couple.episode_ended_on.is_not(None))
        )
    )
    audit.note_read(actor, None, "retention.list")
    found = [
        one
        for one in _kept(db.session.scalars(couples))
        if one.couple_id in ended or not one.member.is_current
    ]
    return tuple(sorted(found, key=lambda one: (one.clock.due_on, one.couple_title)))


def _kept(couple_ids: Iterable[UUID]) -> tuple[Kept, ...]:
    wanted = list(dict.fromkeys(couple_ids))
    members = people.members_of_all(wanted)
    years, today = record_settings.current().years, clock.today()
    last = _last_contacts(wanted)
    held = set(
        db.session.scalars(
            select(LegalHold.couple_id).where(
                LegalHold.couple_id.in_(wanted), LegalHold.lifted_at.is_(None)
            )
        )
    )
    found = []
    for couple_id in wanted:
        for member in people.each_once(members[couple_id]):
            contact = max(
                last.get((couple_id, member.person_id), member.joined_on),
                member.left_on or member.joined_on,
            )
            its_clock = Clock(contact, years, is_held=couple_id in held)
            title = people.title_of(members[couple_id])
            found.append(Kept(couple_id, title, member, its_clock, its_clock.is_due(today)))
    return tuple(found)


def _last_contacts(couple_ids: list[UUID]) -> dict[tuple[UUID, UUID], date]:
    """Return the last day of contact by couple and person: a session held, or own words.

    Words that somebody kept for themselves alone move no clock: the therapist who reads it would
    learn that there are some, and from which day.
    """
    session = TherapySession
    sources = (
        select(session.couple_id, AttendanceRecord.person_id, func.max(session.starts_at))
        .join(AttendanceRecord, AttendanceRecord.session_id == session.id)
        .where(session.status == SessionStatus.HELD, session.couple_id.in_(couple_ids))
        .group_by(session.couple_id, AttendanceRecord.person_id),
        select(Response.couple_id, Response.author_id, func.max(Response.completed_at))
        .where(Response.couple_id.in_(couple_ids), Response.audience != Audience.PRIVATE)
        .group_by(Response.couple_id, Response.author_id),
        select(
            HomeworkEntry.couple_id, HomeworkEntry.author_id, func.max(HomeworkEntry.submitted_at)
        )
        .where(HomeworkEntry.couple_id.in_(couple_ids), HomeworkEntry.audience != Audience.PRIVATE)
        .group_by(HomeworkEntry.couple_id, HomeworkEntry.author_id),
        select(GoalRating.couple_id, GoalRating.rater_id, func.max(GoalRating.rated_at))
        .where(GoalRating.couple_id.in_(couple_ids), GoalRating.audience != Audience.PRIVATE)
        .group_by(GoalRating.couple_id, GoalRating.rater_id),
    )
    found: dict[tuple[UUID, UUID], date] = {}
    for source in sources:
        for couple_id, person_id, moment in db.session.execute(source):
            day = clock.local(moment).date()
            key = (couple_id, person_id)
            found[key] = max(day, found.get(key, day))
    return found


def _hold(couple_id: UUID) -> LegalHold | None:
    return db.session.scalar(
        select(LegalHold).where(LegalHold.couple_id == couple_id, LegalHold.lifted_at.is_(None))
    )


def _hold_facts(couple_id: UUID, setter_id: UUID) -> Facts:
    return Facts(couple_id, setter_id, Kind.LEGAL_HOLD, Audience.THERAPIST)


def _reason(reason: str) -> str:
    text = clean_text(reason, "reason", LONGEST_REASON)
    if not text:
        raise Invalid({"reason": "Write why."})
    return text


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}
