"""Fixtures for tests that run on PostgreSQL as well; a pytest plugin named by ``conftest.py``.

One server serves the whole run, whatever the number of pytest-xdist workers. It starts when the
first test asks for it. Every worker has databases of its own, so workers never meet.

``TEST_DATABASE_URL`` names a server to use instead. Its own database is never touched: databases
are made beside it (``dyad_test_gw0``, …) and dropped again, so its user needs CREATEDB.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.support import cluster

FOLDER = "DYAD_TEST_POSTGRES"
"""Environment variable by which the controller tells its workers where the server is."""

ALIVE = pytest.StashKey[IO[bytes]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the run its folder; xdist workers inherit it through the environment."""
    if not hasattr(config, "workerinput"):
        folder = cluster.make_folder()
        config.stash[ALIVE] = cluster.hold_alive(folder)
        os.environ[FOLDER] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, if any, and remove the run's folder."""
    if ALIVE in config.stash:
        cluster.discard(Path(os.environ.pop(FOLDER)), config.stash[ALIVE])
        del config.stash[ALIVE]


class PostgresServer:
    """A server on which this worker may make and drop databases."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._numbers = itertools.count(1)
        self._made: list[str] = []
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def create(self, name: str = "", *, template: str | None = None) -> str:
        """Make a database and return its URL (``postgresql+psycopg://…``).

        Args:
            name: Part of the database's name, unique within this worker; a number if left out.
            template: URL of a database of this server to copy. Nobody may be connected to it.
        """
        parts = ("dyad_test", name or str(next(self._numbers)), self._worker)
        database = re.sub(r"\W+", "_", "_".join(parts)).lower()
        self._drop(database)
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))
        if template is not None:
            source = make_url(template).database or ""
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(source))
        self._execute(statement)
        self._made.append(database)
        return self._url.set(database=database).render_as_string(hide_password=False)

    def drop_all(self) -> None:
        """Drop every database made here; connections to them are cut."""
        while self._made:
            self._drop(self._made.pop())

    def _drop(self, database: str) -> None:
        self._execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )

    def _execute(self, statement: sql.Composed) -> None:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


def _server_url() -> URL:
    """Return the address of the server to use, starting the throw-away one when needed."""
    if chosen := os.environ.get("TEST_DATABASE_URL"):
        return make_url(chosen).set(drivername="postgresql+psycopg")
    folder = Path(os.environ[FOLDER])
    try:
        cluster.ensure_started(folder)
    except cluster.ClusterError as problem:
        pytest.fail(str(problem), pytrace=False)
    return URL.create(
        "postgresql+psycopg",
        username=cluster.OWNER,
        database="postgres",
        query={"host": str(folder), "port": str(cluster.PORT)},
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server on which a test may make further databases."""
    server = PostgresServer(_server_url())
    yield server
    server.drop_all()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of this worker's own database, empty when the worker's first test gets it."""
    return postgres_server.create("main")
