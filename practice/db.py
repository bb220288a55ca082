"""The engine and the request's transaction.

One commit per request, after a successful write; every read is rolled back. On SQLite a write
begins with BEGIN IMMEDIATE, so that two processes queue instead of failing with "locked", and
the file is encrypted by SQLCipher, whose SQLite has the fix of the WAL-reset race.
"""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import QueuePool

from practice.config.settings import Settings
from practice.models import Base

db = SQLAlchemy(metadata=Base.metadata)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
READ_ONLY = "practice_read_only"
"""Execution option of a connection of its own that will only read."""

LOCK_SECONDS = 5


class DatabaseDamaged(Exception):
    """The database file cannot be opened; the message says what to do."""


def engine_options(settings: Settings, key: bytes) -> dict[str, Any]:
    """Return the engine options for ``settings``; ``key`` opens the SQLite file."""
    if not settings.is_sqlite:
        return {"pool_pre_ping": True, "pool_size": 8, "hide_parameters": True}
    path = Path(make_url(settings.database_url).database or "")

    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), timeout=LOCK_SECONDS, check_same_thread=False, isolation_level=None
        )
        # A raw key skips the derivation that a passphrase would need for every connection.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        # WAL needs FULL: with NORMAL an acknowledged note can be lost at a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    return {
        "creator": connect,
        "module": sqlcipher,
        "poolclass": QueuePool,
        "pool_size": 8,
        "hide_parameters": True,  # an error must not take what somebody typed to the log
    }


def prepare_sqlite(settings: Settings, key: bytes) -> str:
    """Check the SQLite file, switch it to WAL, and say in a line what it is.

    Raises:
        DatabaseDamaged: if the file does not open with the key, or is not whole.
    """
    path = Path(make_url(settings.database_url).database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = engine_options(settings, key)["creator"]()
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
        (version,) = connection.execute("SELECT sqlite_version()").fetchone()
    except sqlcipher.DatabaseError as error:
        raise DatabaseDamaged(_damaged(path, str(error))) from error
    finally:
        connection.close()
    if verdict != "ok":
        raise DatabaseDamaged(_damaged(path, verdict))
    path.chmod(0o600)
    return f"SQLite {version}, encrypted by SQLCipher {cipher}, WAL, synchronous FULL"


def _damaged(path: Path, detail: str) -> str:
    if path.exists() and path.read_bytes()[:15] == b"SQLite format 3":
        return (
            f"{path} is not encrypted. Dyad opens only its own encrypted database; "
            "nothing was changed."
        )
    return (
        f"{path} does not open with this key file ({detail}). It was left as it is. Put back "
        "the matching key file, or restore the database from a backup."
    )


def begin_for_writing(connection: Connection) -> bool:
    """Whether the transaction that now begins on ``connection`` may write."""
    if connection.get_execution_options().get(READ_ONLY):
        return False
    return not (has_request_context() and request.method in SAFE_METHODS)


def listen(engine: Engine) -> None:
    """Begin SQLite transactions by intent; PostgreSQL needs no help."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    mode = "IMMEDIATE" if begin_for_writing(connection) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def is_taken(error: BaseException) -> bool:
    """Whether a row was refused because one like it came first: two sends at the same moment."""
    if not isinstance(error, IntegrityError):
        return False
    state = getattr(error.orig, "sqlstate", None)  # of PostgreSQL
    return state == "23505" or "UNIQUE constraint failed" in str(error.orig)


def is_lock_or_full(error: BaseException) -> bool:
    """Whether a database error means "not saved, try again" rather than a fault of ours."""
    text = str(getattr(error, "orig", error)).lower()
    return isinstance(getattr(error, "orig", None), sqlcipher.OperationalError) and any(
        word in text for word in ("locked", "full", "disk i/o")
    )
