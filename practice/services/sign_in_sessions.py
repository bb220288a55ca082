"""Browser sessions, kept in the database so that they can be ended there.

Reading and saving use a short connection of their own: a session must be readable while the
request's transaction is not yet open, and must be saved whether or not that one is rolled back.
Ending the sessions of an account belongs to the transaction that gives the reason for it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from practice.db import READ_ONLY, db
from practice.models.accounts import SignInSession
from practice.models.base import now

HAND_OVER = "hand_over"
"""Where the content of a session says whose device was handed over, and to whom."""

TOUCH_AFTER = timedelta(seconds=30)
"""A request extends the session at most this often, so that reading a page seldom writes."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is known of a live session."""

    content: dict[str, Any]
    started_at: datetime
    touch: bool
    """Whether it is time to extend it."""


@dataclass(frozen=True, slots=True)
class LiveSession:
    """One place where an account is signed in, for its owner to look at."""

    started_at: datetime
    seen_at: datetime
    """Of the last request; up to half a minute old."""

    is_this_one: bool


def new_token() -> str:
    """Return a fresh cookie value, 256 bits."""
    return secrets.token_urlsafe(32)


def load(token: str) -> StoredSession | None:
    """Return the session of ``token``, or None when there is none or it has run out."""
    row_of = select(
        SignInSession.content,
        SignInSession.started_at,
        SignInSession.seen_at,
        SignInSession.expires_at,
    ).where(SignInSession.token_hash == _hash(token))
    with db.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        row = connection.execute(row_of).first()
    moment = now()
    if row is None or row.expires_at <= moment:
        return None
    return StoredSession(
        dict(row.content), row.started_at, touch=moment - row.seen_at >= TOUCH_AFTER
    )


def begin(token: str, content: dict[str, Any], *, idle: timedelta, absolute: timedelta) -> None:
    """Store a new session, and clear away those that have run out."""
    moment = now()
    with db.engine.begin() as connection:
        connection.execute(delete(SignInSession).where(SignInSession.expires_at <= moment))
        connection.execute(
            insert(SignInSession).values(
                token_hash=_hash(token),
                account_key=_account_of(content),
                content=content,
                started_at=moment,
                seen_at=moment,
                expires_at=moment + min(idle, absolute),
            )
        )


def extend(
    token: str,
    content: dict[str, Any],
    *,
    started_at: datetime,
    idle: timedelta,
    absolute: timedelta,
) -> bool:
    """Store a session again and extend it by ``idle``, never beyond ``absolute`` from its start.

    Returns:
        Whether the session was still there: one that was ended meanwhile stays ended.
    """
    moment = now()
    with db.engine.begin() as connection:
        done = connection.execute(
            update(SignInSession)
            .where(SignInSession.token_hash == _hash(token))
            .values(
                account_key=_account_of(content),
                content=content,
                seen_at=moment,
                expires_at=min(moment + idle, started_at + absolute),
            )
        )
    return done.rowcount == 1


def end(token: str) -> None:
    """End one session; its cookie opens nothing from now on."""
    with db.engine.begin() as connection:
        connection.execute(delete(SignInSession).where(SignInSession.token_hash == _hash(token)))


def end_all(account_key: str, *, but: str | None = None) -> int:
    """End every session of an account, except the one whose token is ``but``; return how many."""
    ending = delete(SignInSession).where(SignInSession.account_key == account_key)
    if but is not None:
        ending = ending.where(SignInSession.token_hash != _hash(but))
    done: int = db.session.execute(ending).rowcount  # type: ignore[attr-defined]
    return done


def live(account_key: str, token: str | None) -> tuple[LiveSession, ...]:
    """Return where an account is signed in now, this session first, then the latest seen.

    Args:
        account_key: Whose sessions.
        token: The cookie value of the session that asks.
    """
    rows = db.session.execute(
        select(SignInSession.token_hash, SignInSession.started_at, SignInSession.seen_at)
        .where(SignInSession.account_key == account_key, SignInSession.expires_at > now())
        .order_by(SignInSession.seen_at.desc(), SignInSession.token_hash)
    ).all()
    own = _hash(token) if token else None
    found = [LiveSession(row.started_at, row.seen_at, row.token_hash == own) for row in rows]
    return tuple(sorted(found, key=lambda session: not session.is_this_one))


def _account_of(content: dict[str, Any]) -> str | None:
    """Return whose session it is; a hand-over counts as one of the therapist's, and ends so."""
    key: str | None = content.get("_user_id") or content.get(HAND_OVER, {}).get("key")
    return key


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
