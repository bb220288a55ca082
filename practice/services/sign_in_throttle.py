"""Growing delays after wrong passwords and codes (``practice.domain.sign_in_delay``).

A try is counted before the secret is looked at and given back when it was right: of a hundred
tries sent at once, the sixth waits like any sixth. Each call uses a short connection of its own,
because a refused request rolls its transaction back and the count must stay.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from practice.db import db
from practice.domain.sign_in_delay import (
    FORGOTTEN_AFTER,
    FREE_FOR_ADDRESS,
    FREE_FOR_NAME,
    LONGEST_WAIT,
    address_group,
    wait_after,
)
from practice.models.accounts import SignInAttempt
from practice.models.base import now

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def admit(*, subject: str, address: str) -> timedelta:
    """Count one try, unless it is too early for one.

    Args:
        subject: What is being guessed at: a sign-in name, an account, an invitation. Any text; only
            its hash is stored, and whether it exists makes no difference.
        address: Where the try comes from.

    Returns:
        How long to wait; nothing when the try may go ahead and has been counted.
    """
    free = _keys(subject, address)
    moment = now()
    with db.engine.begin() as connection:
        rows = _locked(connection, list(free), moment)
        wait = max(
            _remaining(last_at, wait_after(failures, free[key]), moment)
            for key, (failures, last_at) in rows.items()
        )
        if wait > timedelta():
            return wait
        connection.execute(
            update(SignInAttempt)
            .where(SignInAttempt.key.in_(free))
            .values(failures=SignInAttempt.failures + 1, last_at=moment)
        )
    return timedelta()


def pardon(*, subject: str, address: str) -> None:
    """Take back a try whose secret was right: the name starts afresh, the address has one less.

    The address does not start afresh, or somebody could guess at a name and sign in as themselves
    in turn, and never wait.
    """
    name_key, address_key = _keys(subject, address)
    with db.engine.begin() as connection:
        connection.execute(
            update(SignInAttempt)
            .where(SignInAttempt.key == address_key)
            .values(
                failures=case((SignInAttempt.failures > 0, SignInAttempt.failures - 1), else_=0)
            )
        )
        connection.execute(delete(SignInAttempt).where(SignInAttempt.key == name_key))


def _remaining(last_at: datetime, wait: timedelta, moment: datetime) -> timedelta:
    if last_at > moment + LONGEST_WAIT:  # the clock was put back: nobody waits for that
        return timedelta()
    return last_at + wait - moment


def _keys(subject: str, address: str) -> dict[str, int]:
    """Return the two keys a try counts for, with the free tries of each: name first."""
    group = address_group(address)
    return {
        _hash("name", subject, group): FREE_FOR_NAME,
        _hash("address", group): FREE_FOR_ADDRESS,
    }


def _locked(
    connection: Connection, keys: list[str], moment: datetime
) -> dict[str, tuple[int, datetime]]:
    """Return failures and last try of each key, held until the connection's transaction ends."""
    connection.execute(
        delete(SignInAttempt).where(SignInAttempt.last_at <= moment - FORGOTTEN_AFTER)
    )
    new = _INSERTS[connection.dialect.name](SignInAttempt).on_conflict_do_nothing()
    # In one order everywhere, so that two requests never wait for each other.
    connection.execute(
        new, [{"key": key, "failures": 0, "last_at": moment} for key in sorted(keys)]
    )
    rows = connection.execute(
        select(SignInAttempt.key, SignInAttempt.failures, SignInAttempt.last_at)
        .where(SignInAttempt.key.in_(keys))
        .order_by(SignInAttempt.key)
        .with_for_update()
    )
    return {row.key: (row.failures, row.last_at) for row in rows}


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
