"""The worker's queue (Huey): beside the SQLite database a file of its own, else in PostgreSQL.

It holds the ids of mails and nothing else: no name, no address, no words. What lies in it is signed
with the installation's key, because reading it runs code. Losing it loses nothing: the outbox says
what is to be done, and the next round puts it in again.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from psycopg import sql

from practice.cli.worker import rounds
from practice.config.settings import DRIVER, Settings

SCHEMA = "dyad_queue"
"""Of the queue's tables in PostgreSQL: out of the way of migrations."""

PLAN_EVERY = "*/5"
"""Minutes. Sending looks every minute."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue, and what can be put into it by hand."""

    huey: Huey
    send: Callable[[str], object]
    plan: Callable[[], object]


def make_queue(app: Flask) -> Queue:
    """Return the queue with its tasks. In a test application they run at once."""
    queue = _open(app)

    @queue.task()  # type: ignore[untyped-decorator]  # the library is untyped
    def send(reminder_id: str) -> None:
        with app.app_context():
            rounds.send(UUID(reminder_id))

    def put_in(due: Iterable[UUID]) -> None:
        # What still lies in the queue need not lie there twice; twice would do no harm either.
        if queue.pending_count() == 0:
            for reminder_id in due:
                send(str(reminder_id))

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
    def take_up() -> None:
        with app.app_context():
            due = rounds.take_up()
        put_in(due)

    @queue.periodic_task(crontab(minute=PLAN_EVERY))  # type: ignore[untyped-decorator]
    def plan() -> None:
        with app.app_context():
            rounds.plan()
            due = rounds.take_up()
        put_in(due)

    _keep_house(app, queue)
    return Queue(queue, send, plan)


def _keep_house(app: Flask, queue: Huey) -> None:
    @queue.periodic_task(crontab(minute="0"))  # type: ignore[untyped-decorator]
    def say_that_all_is_well() -> None:
        with app.app_context():
            rounds.say_that_all_is_well()

    @queue.periodic_task(crontab(minute="10", hour="3"))  # type: ignore[untyped-decorator]
    def tidy() -> None:
        with app.app_context():
            rounds.tidy()


def _open(app: Flask) -> Huey:
    settings: Settings = app.extensions["practice"]
    options: dict[str, Any] = {
        "results": False,
        "serializer": SignedSerializer(secret=_secret(app), salt="worker"),
        "immediate": settings.testing,
    }
    if settings.is_sqlite:
        path = settings.instance / "queue.db"
        if not settings.testing:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        # Python's own SQLite may lack the fix of the WAL-reset race: no WAL here.
        return SqliteHuey("dyad", filename=str(path), fsync=True, journal_mode="delete", **options)
    address = "postgresql://" + settings.database_url.removeprefix(DRIVER)
    return PostgresHuey("dyad", connection=lambda: _connect(address), **options)


def _connect(address: str) -> psycopg.Connection[Any]:
    connection = psycopg.connect(address, autocommit=True)
    name = sql.Identifier(SCHEMA)
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
    connection.execute(sql.SQL("SET search_path TO {}").format(name))
    return connection


def _secret(app: Flask) -> str:
    """A key of the queue's own, from that of the installation."""
    key = str(app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"the queue of the worker", hashlib.sha256).hexdigest()
