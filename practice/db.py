"""The engine and the request's transaction.

One commit per request, after a successful write; every read is rolled back. On SQLite a write
begins with BEGIN IMMEDIATE, so that two processes queue instead of failing with "locked", and
the file is encrypted by SQLCipher, whose SQLite has the fix of the WAL-reset race.
"""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
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


_MAKING = 10
"""Seconds after which a file that is still empty is not being made any more."""


class DatabaseDamaged(Exception):
    """The database file cannot be opened; the message says what to do."""


class SchemaDiffers(Exception):
    """The tables are not those of this program; the message says what to do."""


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
    if _was_emptied(path):
        raise DatabaseDamaged(
            f"{path} is empty: what was in it is gone. It was left as it is. Restore the database "
            "from a backup; only for a new practice remove the empty file."
        )
    try:
        with closing(engine_options(settings, key)["creator"]()) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise DatabaseDamaged(_damaged(path, verdict))
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
            (version,) = connection.execute("SELECT sqlite_version()").fetchone()
    except sqlcipher.OperationalError:
        raise  # locked, or no room: that is no damage
    except sqlcipher.DatabaseError as error:
        raise DatabaseDamaged(_damaged(path, str(error))) from error
    path.chmod(0o600)
    return f"SQLite {version}, encrypted by SQLCipher {cipher}, WAL, synchronous FULL"


def require_schema(engine: Engine, migrations: Path) -> None:
    """See to it that a server meets the tables it was written for.

    Raises:
        SchemaDiffers: if the database is older, newer, or has no tables.
    """
    heads = set(ScriptDirectory(str(migrations)).get_heads())
    with engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    if not found:
        raise SchemaDiffers(
            "The database has no tables. Run “flask --app practice prepare” for a new practice; "
            "if there was one, restore its database from a backup."
        )
    if found != heads:
        raise SchemaDiffers(
            f"The database is at revision {', '.join(sorted(found))} and this program needs "
            f"{', '.join(sorted(heads))}. Run “flask --app practice prepare” if the database is "
            "older; if it is newer, install the newer program. Nothing was changed."
        )


def _was_emptied(path: Path) -> bool:
    # A file that another worker is making right now is empty for a moment too.
    found = path.stat() if path.exists() else None
    return found is not None and found.st_size == 0 and time.time() - found.st_mtime > _MAKING


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
