"""Browser sessions, kept in the database so that they can be ended there.

Each call uses a short connection of its own: a session must be readable while the request's
transaction is not yet open, and must be saved whether or not that one is rolled back.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from practice.db import READ_ONLY, db
from practice.models.accounts import SignInSession
from practice.models.base import now

TOUCH_AFTER = timedelta(seconds=30)
"""A request extends the session at most this often, so that reading a page seldom writes."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is known of a live session."""

    content: dict[str, Any]
    touch: bool
    """Whether it is time to extend it."""


def new_token() -> str:
    """Return a fresh cookie value, 256 bits."""
    return secrets.token_urlsafe(32)


def load(token: str) -> StoredSession | None:
    """Return the session of ``token``, or None when there is none or it has run out."""
    row_of = select(SignInSession.content, SignInSession.seen_at, SignInSession.expires_at).where(
        SignInSession.token_hash == _hash(token)
    )
    with db.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        row = connection.execute(row_of).first()
    moment = now()
    if row is None or row.expires_at <= moment:
        return None
    return StoredSession(dict(row.content), touch=moment - row.seen_at >= TOUCH_AFTER)


def save(token: str, content: dict[str, Any], *, idle: timedelta, absolute: timedelta) -> None:
    """Store the session and extend it by ``idle``, never beyond ``absolute`` from its start."""
    moment = now()
    key = content.get("_user_id")
    with db.engine.begin() as connection:
        started = connection.scalar(
            select(SignInSession.started_at).where(SignInSession.token_hash == _hash(token))
        )
        values = {
            "account_key": key,
            "content": content,
            "seen_at": moment,
            "expires_at": min(moment + idle, (started or moment) + absolute),
        }
        if started is None:
            connection.execute(delete(SignInSession).where(SignInSession.expires_at <= moment))
            connection.execute(
                insert(SignInSession).values(token_hash=_hash(token), started_at=moment, **values)
            )
        else:
            connection.execute(
                update(SignInSession)
                .where(SignInSession.token_hash == _hash(token))
                .values(**values)
            )


def end(token: str) -> None:
    """End one session; its cookie opens nothing from now on."""
    with db.engine.begin() as connection:
        connection.execute(delete(SignInSession).where(SignInSession.token_hash == _hash(token)))


def end_all(account_key: str, *, but: str | None = None) -> None:
    """End every session of an account, except the one whose token is ``but``."""
    ending = delete(SignInSession).where(SignInSession.account_key == account_key)
    if but is not None:
        ending = ending.where(SignInSession.token_hash != _hash(but))
    with db.engine.begin() as connection:
        connection.execute(ending)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
