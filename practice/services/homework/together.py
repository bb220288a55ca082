"""Reading together: what waits for a session, and opening it there.

The author said beforehand that it may be opened where they are there themselves; the therapist
opens it, once, for everybody it was given to. In which session: ``domain.homework.together``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import selectinload

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.together import Meeting, can_be_opened_in, who_reads_in
from practice.domain.people import Actor, Reader
from practice.domain.sessions import SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.models.homework import Assignment, HomeworkEntry
from practice.models.sessions import TherapySession
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.errors import NotFound, Refused
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.homework.values import Opening
from practice.services.people import Member, labels_of, members_of
from practice.services.session_details import expected_on

_SESSIONS = 3
"""How many sessions an assignment offers to be opened in, the latest ones."""

NOT_NOW = (
    "Nothing can be opened here: it is opened in a joint session of today or in one that was held, "
    "where all of them are there who would read it, and only what was written by then and not "
    "taken back."
)


def openings_in(*, actor: Actor, session_id: UUID) -> tuple[Opening, ...]:
    """Return what can be opened in a session, in the order in which it was given.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    session = db.session.get(TherapySession, session_id)
    if session is None:
        raise NotFound
    reader = access.require_treating(actor, session.couple_id)
    members = members_of(session.couple_id)
    if not can_be_opened_in(_meeting(session, members), clock.today()):
        return ()
    waiting = rows.given(
        Assignment.couple_id == session.couple_id, Assignment.audience == Audience.IN_SESSION
    )
    entries = _entries(one.row.id for one in waiting)
    found = (
        _opening(reader, one, session, members, entries[one.row.id]) for one in reversed(waiting)
    )
    return tuple(one for one in found if one is not None)


def openings_of(reader: Reader, given: Given, members: tuple[Member, ...]) -> tuple[Opening, ...]:
    """Return where an assignment can be opened, the latest session first. Authorise first."""
    if given.row.audience is not Audience.IN_SESSION:
        return ()
    entries = _entries([given.row.id])[given.row.id]
    found = (
        _opening(reader, given, session, members, entries)
        for session in (_sessions(reader.couple_id) if entries else ())
    )
    return tuple(one for one in found if one is not None)[:_SESSIONS]


def open_in_session(*, actor: Actor, assignment_id: UUID, session_id: UUID) -> int:
    """Open what waits, in one session; return how many entries. A second time there are none.

    Args:
        actor: Whoever treats the couple.
        assignment_id: Whose entries.
        session_id: The joint session in which they are read.

    Raises:
        NotFound: if there is no such assignment or session in the actor's care.
        Refused: if nothing of it can be opened in that session, and nothing was before.
    """
    given, session = _both(actor, assignment_id, session_id)
    reader = access.standing_of(actor, session.couple_id)
    members = members_of(session.couple_id)
    entries = _entries([assignment_id], to_change=True)[assignment_id]
    opened = _to_open(given, session, members, entries)
    facts = facts_of_entries(given.row, entries, members)
    for entry in opened:
        access.require_act(reader, facts(entry), Operation.OPEN)
        entry.opened_at, entry.opened_in = clock.now(), session.id
    if opened:
        db.session.flush()
        audit.note_write(actor, session.couple_id, "homework_entry.opened")
    elif not _was_opened(assignment_id, session_id):
        raise Refused(NOT_NOW)
    return len(opened)


def _both(actor: Actor, assignment_id: UUID, session_id: UUID) -> tuple[Given, TherapySession]:
    session = db.session.get(TherapySession, session_id)
    if session is None:
        raise NotFound
    access.require_treating(actor, session.couple_id)
    found = rows.given(Assignment.id == assignment_id, Assignment.couple_id == session.couple_id)
    if not found:
        raise NotFound
    return found[0], session


def _was_opened(assignment_id: UUID, session_id: UUID) -> bool:
    found = select(HomeworkEntry.id).where(
        HomeworkEntry.assignment_id == assignment_id, HomeworkEntry.opened_in == session_id
    )
    return db.session.scalar(found.limit(1)) is not None


def _entries(
    assignment_ids: Iterable[UUID], *, to_change: bool = False
) -> dict[UUID, list[HomeworkEntry]]:
    """Return what waits by assignment: to be read together, not locked away, not opened before."""
    query = (
        select(HomeworkEntry)
        .where(
            HomeworkEntry.assignment_id.in_(list(assignment_ids)),
            HomeworkEntry.audience == Audience.IN_SESSION,
            HomeworkEntry.locked_at.is_(None),
            HomeworkEntry.opened_at.is_(None),
        )
        .order_by(HomeworkEntry.submitted_at, HomeworkEntry.id)
    )
    if to_change:
        # Whoever takes theirs back at this moment finishes first, and then it is not among them.
        query = query.with_for_update().execution_options(populate_existing=True)
    found: defaultdict[UUID, list[HomeworkEntry]] = defaultdict(list)
    for entry in db.session.scalars(query):
        found[entry.assignment_id].append(entry)
    return found


def _sessions(couple_id: UUID) -> Iterable[TherapySession]:
    held = TherapySession.status == SessionStatus.HELD
    day = clock.today()
    today = and_(
        TherapySession.starts_at >= clock.beginning_of(day),
        TherapySession.starts_at < clock.beginning_of(day + timedelta(days=1)),
    )
    return db.session.scalars(
        select(TherapySession)
        .where(
            TherapySession.couple_id == couple_id,
            TherapySession.kind == SessionKind.CONJOINT,
            or_(held, today),
        )
        .options(selectinload(TherapySession.attendance))
        .order_by(TherapySession.starts_at.desc(), TherapySession.id)
    )


def _meeting(session: TherapySession, members: tuple[Member, ...]) -> Meeting:
    on = clock.local(session.starts_at).date()
    if session.status is SessionStatus.HELD:
        there = {one.person_id for one in session.attendance if one.attendance.was_there}
    else:
        there = {member.person_id for member in expected_on(members, on)}
    return Meeting(session.kind, session.status, on, frozenset(there))


def _to_open(
    given: Given,
    session: TherapySession,
    members: tuple[Member, ...],
    entries: Iterable[HomeworkEntry],
) -> list[HomeworkEntry]:
    meeting = _meeting(session, members)
    left = {member.person_id: member.left_on for member in members}
    receivers = {person_id: left.get(person_id) for person_id in given.receiver_ids}
    readers = who_reads_in(meeting, clock.today(), receivers)
    return [
        entry
        for entry in entries
        if entry.author_id in readers and clock.local(entry.submitted_at).date() <= meeting.on
    ]


def _opening(
    reader: Reader,
    given: Given,
    session: TherapySession,
    members: tuple[Member, ...],
    entries: list[HomeworkEntry],
) -> Opening | None:
    waiting = _to_open(given, session, members, entries)
    if not waiting:
        return None
    facts = facts_of_entries(given.row, entries, members)
    labels = labels_of(member for member in members if member.is_current)
    authors = {entry.author_id for entry in waiting}
    names = [label for person_id, label in labels.items() if person_id in given.receiver_ids]
    return Opening(
        assignment_id=given.row.id,
        title=given.template.title,
        session_id=session.id,
        starts_at=session.starts_at,
        authors=listed([label for key, label in labels.items() if key in authors]),
        pages=len(waiting),
        readers=seen_by(reader, replace(facts(waiting[0]), opened=True)),
        for_whom="both" if len(names) == len(labels) == 2 else listed(names),
    )
