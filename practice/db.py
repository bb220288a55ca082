"""The engine and the request's transaction.

One commit per request, after a successful write; every read is rolled back. On SQLite a write
begins with BEGIN IMMEDIATE, so that two processes queue instead of failing with "locked", and
the file is encrypted by SQLCipher, whose SQLite has the fix of the WAL-reset race. Where SQLCipher
has no wheel, Python's own SQLite serves, unencrypted and in the modes that are safe there.
"""

import importlib
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import QueuePool

from practice.config.settings import Settings
from practice.models import Base

T = TypeVar("T")

db = SQLAlchemy(metadata=Base.metadata)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
READ_ONLY = "practice_read_only"
"""Execution option of a connection of its own that will only read."""

WRITES = "practice_writes"
"""Execution option of a connection of its own that will write, whatever the request is for."""

LOCK_SECONDS = 5

POOL: dict[str, Any] = {"pool_size": 8, "hide_parameters": True}
"""On either engine. What was typed stays out of the text of errors, and so out of every log."""

_REMEMBERED = "practice.remembered"


_MAKING = 10
"""Seconds after which a file that is still empty is not being made any more."""


class DatabaseDamaged(Exception):
    """The database file cannot be opened; the message says what to do."""


class SchemaDiffers(Exception):
    """The tables are not those of this program; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Driver:
    """How SQLite is spoken to on this machine."""

    module: ModuleType
    encrypts: bool
    journal: str
    synchronous: str
    """Weaker settings lose acknowledged notes at a power cut (decision 0012)."""


@cache
def sqlite_driver() -> Driver:
    """Return SQLCipher, or where it is not installed Python's own SQLite."""
    try:
        sqlcipher = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        # Stock SQLite may lack the fix of the WAL-reset race: no WAL there.
        return Driver(sqlite3, encrypts=False, journal="DELETE", synchronous="EXTRA")
    return Driver(sqlcipher, encrypts=True, journal="WAL", synchronous="FULL")


def engine_options(settings: Settings, key: bytes) -> dict[str, Any]:
    """Return the engine options for ``settings``; ``key`` opens the SQLite file."""
    if not settings.is_sqlite:
        return {**POOL, "pool_pre_ping": True}
    path = Path(make_url(settings.database_url).database or "")
    driver = sqlite_driver()

    def connect() -> Any:
        is_new = not path.exists()
        if is_new:
            # Made by the first connection and not before: a command that stores nothing, such as
            # ``outcomes``, leaves no database behind. Nobody else may read it, from the start.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        connection = driver.module.connect(
            str(path), timeout=LOCK_SECONDS, check_same_thread=False, isolation_level=None
        )
        if driver.encrypts:
            # A raw key skips the derivation that a passphrase would need for every connection.
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is written over: erased means erased, also in the file's free space.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA synchronous = {driver.synchronous}")
        if is_new:
            connection.execute(f"PRAGMA journal_mode = {driver.journal}").fetchone()
        return connection

    return {**POOL, "creator": connect, "module": driver.module, "poolclass": QueuePool}


def prepare_sqlite(settings: Settings, key: bytes) -> str:
    """Check the SQLite file, set its journal mode, and say in a line what it is.

    A file that is not there yet is not made.

    Raises:
        DatabaseDamaged: if the file does not open with the key, or is not whole.
    """
    path = Path(make_url(settings.database_url).database or "")
    driver = sqlite_driver()
    if not path.exists():
        with closing(driver.module.connect(":memory:")) as connection:
            return _described(driver, connection)
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
            connection.execute(f"PRAGMA journal_mode = {driver.journal}").fetchone()
            described = _described(driver, connection)
    except driver.module.OperationalError:
        raise  # locked, or no room: that is no damage
    except driver.module.DatabaseError as error:
        raise DatabaseDamaged(_damaged(path, str(error))) from error
    path.chmod(0o600)
    return described


def _described(driver: Driver, connection: Any) -> str:
    (version,) = connection.execute("SELECT sqlite_version()").fetchone()
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    file = f"encrypted by SQLCipher {cipher[0]}" if cipher else "FILE NOT ENCRYPTED (no sqlcipher3)"
    return f"SQLite {version}, {file}, {driver.journal}, synchronous {driver.synchronous}"


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
    if not sqlite_driver().encrypts:
        return (
            f"{path} does not open ({detail}). If it is encrypted, install sqlcipher3 on this "
            "machine; otherwise restore it from a backup. Nothing was changed."
        )
    with path.open("rb") as file:
        start = file.read(15)
    if start == b"SQLite format 3":
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
    options = connection.get_execution_options()
    if options.get(READ_ONLY):
        return False
    return bool(options.get(WRITES)) or not is_reading()


def is_reading() -> bool:
    """Whether a request is under way that can change nothing."""
    return has_request_context() and request.method in SAFE_METHODS


def remembered(key: Hashable, find: Callable[[], T]) -> T:
    """Return what ``find`` finds, asked once for a request that only reads.

    A page is put together by several services, and each of them authorises for itself. Within
    one read the answers cannot differ; a request that may write, or a command, asks each time.

    Args:
        key: What is looked up, and for whom: everything that the answer depends on.
        find: Asks the database.
    """
    if not is_reading():
        return find()
    known: dict[Hashable, Any] = request.environ.setdefault(_REMEMBERED, {})
    if key not in known:
        known[key] = find()
    found: T = known[key]
    return found


def listen(engine: Engine) -> None:
    """Begin SQLite transactions by intent; PostgreSQL needs no help."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    mode = "IMMEDIATE" if begin_for_writing(connection) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def rewrite(engine: Engine) -> bool:
    """Write the whole database anew, so that nothing deleted lingers in it; call after a commit.

    On SQLite also the write-ahead log is emptied. On PostgreSQL the tables are written anew, while
    its own log and any copies keep what they hold until they age out.

    Returns:
        False where somebody else was using it just then; nothing is lost, try again.
    """
    pooled = engine.raw_connection()
    try:
        raw: Any = pooled.driver_connection
        if engine.dialect.name == "sqlite":
            for statement in _REWRITING:
                raw.execute(statement).fetchall()
        else:
            raw.autocommit = True
            raw.execute("VACUUM (FULL)")
            raw.autocommit = False
    except Exception as error:  # of either driver
        if engine.dialect.name == "sqlite" and "locked" in str(error):
            return False
        raise
    finally:
        pooled.close()
    return True


@contextmanager
def without_triggers(tables: Iterable[str]) -> Iterator[None]:
    """Lift the triggers of some tables for what is done within, in the same transaction.

    They guard what is final; only an erasure may change that. Undone with the transaction.
    """
    names = sorted(tables)
    run = db.session.connection().exec_driver_sql
    if db.engine.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        found = run(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",  # noqa: S608  # question marks
            tuple(names),
        ).all()
        lift = [f'DROP TRIGGER "{name}"' for name, _ in found]
        put_back = [sql for _, sql in found]
    else:
        lift = [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in names]
        put_back = [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in names]
    for statement in lift:
        run(statement)
    yield
    for statement in put_back:
        run(statement)


_REWRITING = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def is_taken(error: BaseException) -> bool:
    """Whether a row was refused because one like it came first: two sends at the same moment."""
    if not isinstance(error, IntegrityError):
        return False
    state = getattr(error.orig, "sqlstate", None)  # of PostgreSQL
    return state == "23505" or "UNIQUE constraint failed" in str(error.orig)


def is_lock_or_full(error: BaseException) -> bool:
    """Whether a database error means "not saved, try again" rather than a fault of ours."""
    text = str(getattr(error, "orig", error)).lower()
    return isinstance(
        getattr(error, "orig", None), sqlite_driver().module.OperationalError
    ) and any(word in text for word in ("locked", "full", "disk i/o"))
