"""The couple's page: where they are, and what to do next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import aliased, defer, selectinload

from practice.db import db
from practice.domain.people import Actor, Reader
from practice.domain.sessions import SessionFormat, SessionKind, SessionStatus
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.couples import (
    CoupleHeader,
    agreed_problem_facts,
    header_of,
    loaded,
    problem_facts,
)
from practice.services.paging import paging
from practice.services.people import Member, presenting_problems
from practice.services.sessions import Attended, attended

PAGE_SIZE = 20


class NoteState(StrEnum):
    """How far the joint note of a session is."""

    NONE = "none"
    DRAFT = "draft"
    SIGNED = "signed"


class NextAction(StrEnum):
    """The one thing to do next."""

    RECORD = "record"
    WRITE = "write"
    FINISH = "finish"
    PLAN = "plan"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One line of the list of sessions."""

    id: UUID
    starts_at: datetime
    kind: SessionKind
    person_id: UUID | None
    format: SessionFormat
    status: SessionStatus
    attended: tuple[Attended, ...]
    note: NoteState
    badge: str
    """Who can see that it is in the record, in words to the therapist."""


@dataclass(frozen=True, slots=True)
class SessionList:
    """One page of a couple's sessions, newest first."""

    sessions: tuple[ListedSession, ...]
    total: int
    held: int
    page: int
    pages: int
    next_at: datetime | None
    """When the next planned session is; today's counts, whatever the hour."""

    next_id: UUID | None


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """What the record says of one present member."""

    member: Member
    problem: str
    """Their presenting problem, for the treating therapist."""

    badge: str
    """Who can see it, in words to the therapist."""


@dataclass(frozen=True, slots=True)
class Action:
    """What to do next, and with which session."""

    what: NextAction
    session_id: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoupleRecord:
    """Everything of the couple's page that is the record's own."""

    header: CoupleHeader
    people: tuple[MemberRecord, ...]
    agreed_problem: str
    sessions: SessionList
    action: Action
    next_steps: str
    """What was agreed at the last session that was held with the couple."""

    next_steps_from: datetime | None
    agreed_badge: str
    steps_badge: str
    """Who can see either, in words to the therapist."""


def couple_record(*, actor: Actor, couple_id: UUID, page: int = 1) -> CoupleRecord:
    """Return the record of one couple, with one page of its sessions.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    couple = loaded(couple_id)
    header = header_of(couple)
    agreed = access.may_see(reader, agreed_problem_facts(couple_id))
    last = _last_with_steps(reader)
    sessions = _sessions(reader, header, page)
    audit.note_read(actor, couple_id, "couple")
    return CoupleRecord(
        header=header,
        people=_people(reader, header),
        agreed_problem=couple.agreed_problem if agreed else "",
        sessions=sessions,
        action=_action(reader, sessions),
        next_steps=last.next_steps if last else "",
        next_steps_from=last.starts_at if last else None,
        agreed_badge=seen_by(reader, agreed_problem_facts(couple_id)),
        steps_badge=seen_by(reader, last.facts) if last else "",
    )


def _people(reader: Reader, header: CoupleHeader) -> tuple[MemberRecord, ...]:
    record = problem_facts(reader.couple_id, reader.person_id)
    problems = presenting_problems(reader.couple_id) if access.may_see(reader, record) else {}
    badge = seen_by(reader, record)
    return tuple(
        MemberRecord(member, problems.get(member.person_id, ""), badge) for member in header.members
    )


def _last_with_steps(reader: Reader) -> TherapySession | None:
    row = db.session.scalar(
        select(TherapySession)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.kind == SessionKind.CONJOINT,
            TherapySession.status == SessionStatus.HELD,
            TherapySession.next_steps_sealed.is_not(None),
        )
        .order_by(TherapySession.starts_at.desc(), TherapySession.id)
        .limit(1)
    )
    return row if row is not None and access.may_see(reader, row.facts) else None


def _sessions(reader: Reader, header: CoupleHeader, page: int) -> SessionList:
    of_couple = TherapySession.couple_id == reader.couple_id
    counts = _counts(reader.couple_id)
    pages = paging(counts.total, page, PAGE_SIZE)
    # The treating therapist sees every session, so paging before the policy loses none.
    rows = db.session.execute(
        select(TherapySession, JointNote.id, JointNote.signed_at)
        .outerjoin(JointNote, JointNote.session_id == TherapySession.id)
        .where(of_couple)
        .options(defer(TherapySession.next_steps_sealed), selectinload(TherapySession.attendance))
        .order_by(TherapySession.starts_at.desc(), TherapySession.id)
        .limit(PAGE_SIZE)
        .offset(pages.first)
    )
    shown = access.visible(reader, rows, facts=lambda found: found[0].facts)
    everybody = tuple(sorted((*header.members, *header.former), key=lambda one: one.position))
    return SessionList(
        sessions=tuple(
            ListedSession(
                id=row.id,
                starts_at=row.starts_at,
                kind=row.kind,
                person_id=row.person_id,
                format=row.format,
                status=row.status,
                attended=attended(row, everybody),
                note=_note_state(note_id, signed_at),
                badge=seen_by(reader, row.facts),
            )
            for row, note_id, signed_at in shown
        ),
        total=counts.total,
        held=counts.held,
        page=pages.number,
        pages=pages.count,
        next_at=counts.next_at,
        next_id=counts.next_id,
    )


def _counts(couple_id: UUID) -> Row[*tuple[Any, ...]]:
    """Return ``total``, ``held``, ``next_id`` and ``next_at`` of a couple's sessions."""
    midnight = clock.beginning_of(clock.today())
    later = aliased(TherapySession)
    upcoming = (
        select(later.id)
        .where(
            later.couple_id == couple_id,
            later.status == SessionStatus.PLANNED,
            later.starts_at >= midnight,
        )
        .order_by(later.starts_at, later.id)
        .limit(1)
        .scalar_subquery()
    )
    is_next = case((TherapySession.id == upcoming, TherapySession.starts_at))
    return db.session.execute(
        select(
            func.count().label("total"),
            func.count(case((TherapySession.status == SessionStatus.HELD, 1))).label("held"),
            upcoming.label("next_id"),
            func.min(is_next).label("next_at"),
        ).where(TherapySession.couple_id == couple_id)
    ).one()


def _note_state(note_id: UUID | None, signed_at: datetime | None) -> NoteState:
    if note_id is None:
        return NoteState.NONE
    return NoteState.DRAFT if signed_at is None else NoteState.SIGNED


def _action(reader: Reader, sessions: SessionList) -> Action:
    """Return the one thing to do next: first what waits from the last session, then the next."""
    row = db.session.execute(
        select(
            TherapySession.id,
            TherapySession.starts_at,
            TherapySession.status,
            JointNote.author_id,
            JointNote.signed_at,
        )
        .outerjoin(JointNote, JointNote.session_id == TherapySession.id)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.status != SessionStatus.CANCELLED,
            TherapySession.starts_at <= clock.now(),
        )
        .order_by(TherapySession.starts_at.desc(), TherapySession.id)
        .limit(1)
    ).first()
    if row is not None:
        if row.status is SessionStatus.PLANNED:
            return Action(NextAction.RECORD, row.id, row.starts_at)
        if row.author_id is None:
            return Action(NextAction.WRITE, row.id, row.starts_at)
        if row.signed_at is None and row.author_id == reader.person_id:
            return Action(NextAction.FINISH, row.id, row.starts_at)
    if sessions.next_id is not None:
        return Action(NextAction.OPEN, sessions.next_id, sessions.next_at)
    return Action(NextAction.PLAN)
