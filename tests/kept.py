"""Fills a database once, and puts the same rows back for every test that begins with them."""

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

import time_machine
from flask import Flask
from sqlalchemy import Connection, update

from practice.db import db
from practice.models import Base
from practice.models.records import AccessChain
from practice.models.sealing import key_ring
from practice.services import clock

Made = TypeVar("Made")

TABLES = [table.name for table in Base.metadata.sorted_tables]


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    rows: dict[str, Any]
    """By table, as its engine hands them out: nothing is read or changed on the way."""


_kept: dict[Hashable, _Kept] = {}


def kept(app: Flask, what: Hashable, make: Callable[[], Made]) -> Made:
    """Return what ``make`` returns, and leave in the database what it wrote, and nothing else.

    Args:
        app: Whose database it is.
        what: Names what is made; a second call with the same name makes nothing, but puts the
            rows back. Where a test stands at another moment, it is another thing.
        make: Writes what is wanted, on top of what is there; called in an application context.
    """
    moment = clock.now() if time_machine.escape_hatch.is_travelling() else clock.now().date()
    key = (what, app, key_ring(), moment)  # what is sealed opens only with its own keys
    with app.app_context():
        if key in _kept:
            with db.engine.begin() as connection:
                _empty(connection)
                _put_back(connection, _kept[key].rows)
        else:
            value = make()
            db.session.commit()
            with db.engine.connect() as connection:
                _kept[key] = _Kept(value, _rows(connection))
        made: Made = copy.deepcopy(_kept[key].value)
    return made


def empty(app: Flask) -> None:
    """Take every row out of the database."""
    with app.app_context():
        db.session.rollback()
        with db.engine.begin() as connection:
            _empty(connection)


def _empty(connection: Connection) -> None:
    # The access log gives up only what is archived.
    connection.execute(update(AccessChain).values(cut_number=2**62))
    # By the driver itself, and all at once where it can: they are felt after every test.
    cursor = connection.connection.cursor()
    statements = [f'DELETE FROM "{table}"' for table in reversed(TABLES)]  # noqa: S608
    if connection.dialect.name == "postgresql":
        statements = [";".join(statements)]
    for statement in statements:
        cursor.execute(statement)


def _rows(connection: Connection) -> dict[str, Any]:
    cursor = connection.connection.cursor()
    found: dict[str, Any] = {}
    for table in TABLES:
        if connection.dialect.name == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as lines:
                found[table] = b"".join(bytes(line) for line in lines)
        else:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name of our own
            found[table] = cursor.fetchall()
    return {table: rows for table, rows in found.items() if rows}


def _put_back(connection: Connection, kept: dict[str, Any]) -> None:
    cursor = connection.connection.cursor()
    if connection.dialect.name != "postgresql":
        cursor.execute("PRAGMA defer_foreign_keys = ON")
    for table, rows in kept.items():
        if connection.dialect.name == "postgresql":
            with cursor.copy(f'COPY "{table}" FROM STDIN') as lines:
                lines.write(rows)
        else:
            places = ", ".join("?" * len(rows[0]))
            statement = f'INSERT INTO "{table}" VALUES ({places})'  # noqa: S608  # our own name
            cursor.executemany(statement, rows)
