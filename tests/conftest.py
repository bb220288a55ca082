"""The application on its engines, the cast, and browsers that check every page they fetch.

Tests of services ask for ``inside`` (an application context); tests of pages ask for
``sign_in`` and never push a context around a request: each request must have its own.
"""

import gc
import itertools
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import event

from practice.app import create_app
from practice.db import db
from practice.domain.people import Actor
from practice.models import Base
from practice.reports.renderer import shared_renderer
from tests.browser import Browser
from tests.builders import Cast, make_cast
from tests.engines import engines_of
from tests.kept import empty, kept
from tests.world import World, full_world

pytest_plugins = ["tests.support.postgres"]

# Every run tries the same examples; `--hypothesis-profile=default` looks for others.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-engine", action="store_true", help="run the tests of pages on both engines too"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "application" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-engine")
        engines = engines_of(metafunc.definition, every=every)
        metafunc.parametrize("application", engines, indirect=True, scope="session")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for waste took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


_typeset = lru_cache(maxsize=300)(shared_renderer().render)


@pytest.fixture(autouse=True)
def typeset_once() -> Iterator[None]:
    """Let the same document be typeset once for all tests, but for those of the typesetting.

    The whole of it is the key, so what differs by a letter is another. That the same words make
    the same bytes is asked in ``tests/reports``.
    """
    renderer = shared_renderer()
    renderer.render = _typeset  # type: ignore[method-assign]
    yield
    del renderer.render


@pytest.fixture(scope="session")
def application(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application per engine and worker."""
    overrides = {"instance": tmp_path_factory.mktemp("instance"), "testing": True}
    if request.param == "postgresql":
        overrides["database_url"] = request.getfixturevalue("postgres_url")
    app = create_app(overrides)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _wait_for_no_disk)
        Base.metadata.create_all(engine)
    yield app
    engine.dispose()


def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """As on the throw-away PostgreSQL server: these databases need not outlive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with an empty database."""
    yield application
    empty(application)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Tess treats Ada and Ben; Finn has left them; Otto treats Cleo and Dan."""
    return kept(app, "cast", make_cast)


@pytest.fixture
def world(app: Flask, cast: Cast) -> World:
    """The full record of Ada and Ben, with a marked word in every field, and all the staff."""
    return full_world(app, cast)


@pytest.fixture
def inside(app: Flask, cast: Cast) -> Iterator[Cast]:
    """The cast, within an application context: for calling services."""
    with app.app_context():
        yield cast
        db.session.rollback()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Actor | None], Browser]:
    """Return a browser, signed in as a person of the cast, or as nobody."""
    addresses = itertools.count(1)

    def open_browser(actor: Actor | None = None) -> Browser:
        browser = Browser(app, address=f"127.0.1.{next(addresses)}")
        if actor is not None:
            browser.sign_in(actor)
        return browser

    return open_browser
