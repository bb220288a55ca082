"""Calendar feeds: one person's coming appointments at a secret address, under one neutral word.

Whoever has the address reads it without signing in, so it holds nothing but when: no name, no
place, no practice. What a partner has alone is in it only if they chose so. What is over is gone.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from practice.db import db
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Role
from practice.domain.sessions import SessionStatus
from practice.models.accounts import Account
from practice.models.calendar import CalendarFeed
from practice.models.couples import Care
from practice.models.sessions import TherapySession
from practice.services import audit, clock, sessions
from practice.services.errors import NotFound

WORD = "Appointment"
"""All that an entry of the calendar says."""

HAVE_A_FEED = frozenset({Role.PARTNER, Role.THERAPIST})
"""Who has appointments of their own."""

ASK_AGAIN = timedelta(hours=6)
"""How often a calendar program is asked to look again."""


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """What somebody's own page says of their feed; never its secret."""

    begun_at: datetime
    with_alone: bool


@dataclass(frozen=True, slots=True)
class Appointment:
    """One coming appointment: when, and nothing else."""

    key: UUID
    """The same for one appointment in one feed, also after it was moved; in no other feed."""

    starts_at: datetime
    ends_at: datetime


@tells()
def own_feed(*, actor: Actor) -> OwnFeed | None:
    """Return the actor's feed, if they have one.

    Raises:
        NotFound: for whoever has no appointments of their own.
    """
    require_appointments(actor=actor)
    row = _of(actor.person_id)
    return OwnFeed(row.begun_at, row.with_alone) if row else None


@tells()
def begin(*, actor: Actor, with_alone: bool) -> str:
    """Make a feed and return the secret of its address: shown once, kept as a hash.

    An earlier address of the same person leads nowhere from now on.

    Args:
        actor: Whose feed; a partner or a therapist.
        with_alone: Whether a partner's appointments without the other are in it.

    Raises:
        NotFound: for whoever has no appointments of their own.
    """
    require_appointments(actor=actor)
    end_of([actor.person_id])
    secret = secrets.token_urlsafe(32)
    db.session.add(
        CalendarFeed(
            person_id=actor.person_id,
            token_hash=_hash(secret),
            with_alone=with_alone,
            begun_at=clock.now(),
        )
    )
    db.session.flush()
    audit.note_account(actor.person_id, "calendar_feed.begun")
    return secret


def end(*, actor: Actor) -> None:
    """End the actor's feed; nothing happens where there is none."""
    if end_of([actor.person_id]):
        audit.note_account(actor.person_id, "calendar_feed.ended")


def end_of(person_ids: Iterable[UUID]) -> int:
    """End the feeds of some people and return how many there were. For services that authorised."""
    gone = db.session.execute(
        delete(CalendarFeed).where(CalendarFeed.person_id.in_(list(person_ids)))
    )
    count: int = gone.rowcount  # type: ignore[attr-defined]
    return count


@tells(JointFact.PLANNED_SESSION)
def appointments(secret: str) -> tuple[Appointment, ...]:
    """Return what is in the feed under a secret address, in order of time.

    Raises:
        NotFound: if the secret opens no feed, or its owner cannot sign in any more; alike.
    """
    row = db.session.execute(
        select(CalendarFeed, Account)
        .join(Account, Account.person_id == CalendarFeed.person_id)
        .where(CalendarFeed.token_hash == _hash(secret), Account.active)
    ).first()
    if row is None:
        raise NotFound
    feed, account = row
    owner = Actor(account.person_id, account.role, account.person.name, is_owner=account.is_owner)
    audit.note_read(owner, None, "calendar_feed")
    coming = _partners(owner, feed) if owner.role is Role.PARTNER else _therapists(owner)
    return tuple(
        Appointment(uuid5(feed.id, one.hex), starts_at, starts_at + timedelta(minutes=length))
        for one, starts_at, length in coming
    )


def _partners(owner: Actor, feed: CalendarFeed) -> list[tuple[UUID, datetime, int]]:
    return [
        (one.id, one.starts_at, one.minutes)
        for one in sessions.portal_sessions(actor=owner).upcoming
        if feed.with_alone or not one.alone
    ]


def _therapists(owner: Actor) -> list[tuple[UUID, datetime, int]]:
    """Return what a therapist has planned with couples in their care."""
    in_care = select(Care.couple_id).where(
        Care.therapist_id == owner.person_id, Care.until.is_(None)
    )
    rows = db.session.execute(
        select(TherapySession.id, TherapySession.starts_at, TherapySession.minutes)
        .where(
            TherapySession.therapist_id == owner.person_id,
            TherapySession.couple_id.in_(in_care),
            TherapySession.status == SessionStatus.PLANNED,
            TherapySession.starts_at >= clock.beginning_of(clock.today()),
        )
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    return [(session_id, starts_at, minutes) for session_id, starts_at, minutes in rows]


def require_appointments(*, actor: Actor) -> None:
    """Let nobody pass who has no appointments of their own.

    Raises:
        NotFound: for the front desk.
    """
    if actor.role not in HAVE_A_FEED:
        raise NotFound


def _of(person_id: UUID) -> CalendarFeed | None:
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person_id))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
