"""Sessions: planning, recording, and what each partner may know of them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader
from practice.domain.sessions import (
    Attendance,
    SessionFormat,
    SessionKind,
    SessionStatus,
    days_late,
)
from practice.domain.visibility import Kind
from practice.models.notes import MemberNote
from practice.models.sessions import AttendanceRecord, JointNote, TherapySession
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.free_times import require_free
from practice.services.letters import time_requests
from practice.services.people import Member, members_of
from practice.services.schedule import refresh
from practice.services.session_details import (
    LONGEST_MINUTES,
    SessionDetails,
    checked,
    expected_on,
)

WRITTEN_FOR_WHOM_IT_WAS = (
    "Words already stand on this session: a draft of its note, or steps for next time. They were "
    "written for whom it was with. Take them out first, or enter another session."
)


@dataclass(frozen=True, slots=True)
class Attended:
    """One member and how they attended; None where nothing is recorded yet."""

    member: Member
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session as its therapist reads it."""

    id: UUID
    couple_id: UUID
    therapist_id: UUID
    kind: SessionKind
    person_id: UUID | None
    format: SessionFormat
    status: SessionStatus
    starts_at: datetime
    minutes: int
    next_steps: str
    attended: tuple[Attended, ...]
    """Everybody who is expected, in the order of entry."""

    is_locked: bool
    """A signed note stands on it: it can no longer be changed."""

    days_late: int
    """How many days after the session it was entered; 0 if it was in good time."""

    badge: str
    """Who can see it and its next steps, in words to the therapist."""


@dataclass(frozen=True, slots=True)
class PortalSession:
    """One session as a partner sees it."""

    id: UUID
    starts_at: datetime
    minutes: int
    format: SessionFormat
    alone: bool
    """With this partner only; nobody else of the couple knows of it."""

    badge: str
    """Who can see when it is, in words to the partner."""


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What was agreed at the end of a session."""

    agreed_at: datetime
    text: str
    badge: str
    """Who can see it, in words to the partner."""


@dataclass(frozen=True, slots=True)
class PortalSessions:
    """What a partner's first page says about sessions."""

    upcoming: tuple[PortalSession, ...]
    next_steps: NextSteps | None


def create_session(*, actor: Actor, couple_id: UUID, new_id: UUID, details: SessionDetails) -> UUID:
    """Plan a session, or record one that took place.

    Args:
        actor: The treating therapist.
        couple_id: The couple it belongs to.
        new_id: Id of the new session; a second call with the same id changes nothing.
        details: What to store.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming the field; ``attendance_N`` for the member at position N; ``time`` also
            where the therapist has another session planned (``services.free_times``).
    """
    planned = TherapySession(
        couple_id=couple_id, therapist_id=actor.person_id, person_id=details.person_id
    )
    access.require_writing(actor, planned.facts)
    return store_new(actor, couple_id, new_id, details, therapist_id=actor.person_id)


def check_session(*, actor: Actor, couple_id: UUID, details: SessionDetails) -> None:
    """Say what keeps a session from being stored, and store nothing.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: as ``create_session``, but for a time that is taken.
    """
    access.require_treating(actor, couple_id)
    checked(details, members_of(couple_id))


def store_new(
    actor: Actor, couple_id: UUID, new_id: UUID, details: SessionDetails, *, therapist_id: UUID
) -> UUID:
    """Store a session with its therapist; as ``create_session``. Authorise first."""
    access.hold(couple_id)
    known = db.session.get(TherapySession, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    row = TherapySession(id=new_id, couple_id=couple_id, therapist_id=therapist_id)
    _fill(actor, row, details, members_of(couple_id))
    db.session.add(row)
    audit.note_write(actor, couple_id, f"session.{row.status}")
    time_requests.session_planned(actor, row)
    _adapt_schedule(couple_id, {row.person_id})
    return row.id


def change_session(*, actor: Actor, session_id: UUID, details: SessionDetails) -> None:
    """Change a session on which no signed note stands.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
        Refused: if its note is signed.
        Invalid: as ``create_session``; ``with_whom`` also if words that stand on it would get
            other readers.
    """
    row = require_session(actor, session_id)
    access.require_act(access.standing_of(actor, row.couple_id), row.facts, Operation.WRITE)
    store_change(actor, row, details)


def store_change(actor: Actor, row: TherapySession, details: SessionDetails) -> None:
    """Change a session; as ``change_session``. Authorise first."""
    if _is_signed(row.id):
        raise Refused(
            "The note of this session is signed, so the session stays as it is. "
            "Add what has changed to the note as an addendum."
        )
    if would_change_readers(row, details):
        raise Invalid({"with_whom": WRITTEN_FOR_WHOM_IT_WAS})
    before = row.person_id
    _fill(actor, row, details, members_of(row.couple_id))
    audit.note_write(actor, row.couple_id, "session.changed")
    _adapt_schedule(row.couple_id, {before, row.person_id})


def would_change_readers(row: TherapySession, details: SessionDetails) -> bool:
    """Whether words on a session, written of whom it was with, would become words on others.

    A draft of the joint note and the individual addenda hang on the session and go where it goes;
    the steps agreed for next time are read in the portal, and steps of one would come to others;
    that fewer read the steps of all is no harm. A process note is nobody's but its
    author's: it neither changes its reader nor may it be noticed here.
    """
    if row.person_id == details.person_id:
        return False
    steps_of_one = row.next_steps if row.person_id is not None else ""
    steps_come_to_others = steps_of_one != "" and steps_of_one == details.next_steps.strip()
    return steps_come_to_others or _has_words(row.id)


def get_session(*, actor: Actor, session_id: UUID) -> SessionView:
    """Return one session.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    row = require_session(actor, session_id)
    return view_of(row, members_of(row.couple_id), access.require_treating(actor, row.couple_id))


def require_session(actor: Actor, session_id: UUID) -> TherapySession:
    """Return the row of a session of a couple in the care of ``actor``. For services.

    Raises:
        NotFound: if there is none, or it is none of theirs.
    """
    row = db.session.get(TherapySession, session_id)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    return row


@tells(JointFact.PLANNED_SESSION)
def portal_sessions(*, actor: Actor) -> PortalSessions:
    """Return the sessions a partner may know of; those of others alone do not exist here."""
    readers = access.own_couples(actor)
    mine_or_ours = (
        TherapySession.couple_id.in_(readers),
        TherapySession.person_id.is_(None) | (TherapySession.person_id == actor.person_id),
    )
    now = clock.now()
    last_with_steps = (
        select(TherapySession.id)
        .where(
            *mine_or_ours,
            # A couple somebody has left must not hide the last steps of the one they belong to.
            TherapySession.couple_id.in_(access.present_couples(actor)),
            TherapySession.status == SessionStatus.HELD,
            TherapySession.next_steps_sealed.is_not(None),
        )
        .order_by(TherapySession.starts_at.desc(), TherapySession.id)
        .limit(1)
        .scalar_subquery()
    )
    planned = and_(
        TherapySession.status == SessionStatus.PLANNED,
        TherapySession.starts_at > now - timedelta(minutes=LONGEST_MINUTES),
    )
    rows = db.session.scalars(
        select(TherapySession)
        .where(*mine_or_ours, planned | (TherapySession.id == last_with_steps))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    seen = [row for row in rows if access.may_see(readers[row.couple_id], row.facts)]
    held = [row for row in seen if row.status is SessionStatus.HELD]
    return PortalSessions(
        upcoming=tuple(
            PortalSession(
                id=row.id,
                starts_at=row.starts_at,
                minutes=row.minutes,
                format=row.format,
                alone=row.person_id is not None,
                badge=seen_by(readers[row.couple_id], replace(row.facts, kind=Kind.DIARY)),
            )
            for row in seen
            if row.status is SessionStatus.PLANNED and _ends_at(row) > now
        ),
        next_steps=_next_steps(readers[held[0].couple_id], held[0]) if held else None,
    )


def _next_steps(reader: Reader, row: TherapySession) -> NextSteps:
    return NextSteps(row.starts_at, row.next_steps, seen_by(reader, row.facts))


def _fill(
    actor: Actor, row: TherapySession, details: SessionDetails, members: tuple[Member, ...]
) -> None:
    known = checked(details, members)
    takes = (SessionStatus.PLANNED, known.moment, details.minutes)
    if details.status is SessionStatus.PLANNED and takes != (
        row.status,
        row.starts_at,
        row.minutes,
    ):
        require_free(actor, row.therapist_id, row.id, known.moment, details.minutes)
    row.kind = SessionKind.CONJOINT if details.person_id is None else SessionKind.INDIVIDUAL
    row.person_id = details.person_id
    row.format = details.format
    row.status = details.status
    row.starts_at = known.moment
    row.minutes = details.minutes
    row.next_steps = known.next_steps
    said = {member.person_id: details.attendance.get(member.person_id) for member in known.expected}
    kept = {record.person_id: record for record in row.attendance}
    row.attendance = [
        _attendance(kept.get(person_id), person_id, attendance)
        for person_id, attendance in said.items()
        if attendance is not None
    ]


def _attendance(
    kept: AttendanceRecord | None, person_id: UUID, attendance: Attendance
) -> AttendanceRecord:
    if kept is None:
        return AttendanceRecord(person_id=person_id, attendance=attendance)
    kept.attendance = attendance
    return kept


def _adapt_schedule(couple_id: UUID, with_whom: set[UUID | None]) -> None:
    """Let the schedule look at those whose session it is or was; None is everybody.

    At nobody else: whatever waits in another member's plan would come to their page at this
    moment, and tell them that something was done.
    """
    if None in with_whom:
        refresh(couple_id)
        return
    for person_id in with_whom:
        refresh(couple_id, person_id=person_id)


def _has_words(session_id: UUID) -> bool:
    """Whether something is written in a note of the record; an emptied draft holds nothing."""
    about = select(MemberNote).where(MemberNote.session_id == session_id)
    if any(note.body or note.content for note in db.session.scalars(about)):
        return True
    joint = db.session.scalar(select(JointNote).where(JointNote.session_id == session_id))
    return joint is not None and bool(joint.body or joint.content)


def _is_signed(session_id: UUID) -> bool:
    """Whether a note of the record is signed; a process note is nobody's but its author's."""
    joint, about = (
        select(table.id).where(table.session_id == session_id, table.signed_at.is_not(None))
        for table in (JointNote, MemberNote)
    )
    return db.session.scalar(select(joint.exists() | about.exists())) or False


def view_of(row: TherapySession, members: tuple[Member, ...], reader: Reader) -> SessionView:
    """Return a session as a value for ``reader``. Apply the policy first."""
    return _view(row, members, locked=_is_signed(row.id), badge=seen_by(reader, row.facts))


def _ends_at(row: TherapySession) -> datetime:
    return row.starts_at + timedelta(minutes=row.minutes)


def _view(
    row: TherapySession, members: tuple[Member, ...], *, locked: bool, badge: str
) -> SessionView:
    return SessionView(
        id=row.id,
        couple_id=row.couple_id,
        therapist_id=row.therapist_id,
        kind=row.kind,
        person_id=row.person_id,
        format=row.format,
        status=row.status,
        starts_at=row.starts_at,
        minutes=row.minutes,
        next_steps=row.next_steps,
        attended=attended(row, members),
        is_locked=locked,
        days_late=0
        if row.status is SessionStatus.PLANNED
        else days_late(_ends_at(row), row.created_at),
        badge=badge,
    )


def attended(row: TherapySession, members: tuple[Member, ...]) -> tuple[Attended, ...]:
    """Return who was expected at a session and how they attended, in the order of entry."""
    said = {record.person_id: record.attendance for record in row.attendance}
    day = clock.local(row.starts_at).date()
    expected = {member.person_id for member in expected_on(members, day)}
    if row.person_id is not None:
        expected = {row.person_id}
    return tuple(
        Attended(member, said.get(member.person_id))
        for member in members
        if member.person_id in expected or member.person_id in said
    )
