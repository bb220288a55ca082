"""Browsers that share one session, and patience with a busy machine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from practice.db import db
from tests.browser import Browser


@pytest.fixture
def browsers(cast, sign_in) -> Callable[[str, int], list[Browser]]:
    """Return browsers that share one person's session, as double clicks and tabs do."""

    def open_browsers(name: str, count: int) -> list[Browser]:
        first = sign_in(getattr(cast, name))
        first.get("/account/security")  # for its token
        cookie = first.client.get_cookie("dyad").value
        found = [first, *(sign_in() for _ in range(count - 1))]
        for browser in found:
            browser.client.set_cookie("dyad", cookie)
            browser.token = first.token
        return found

    return open_browsers


@pytest.fixture
def patient(app) -> Iterator[None]:
    """Wait longer than ``LOCK_SECONDS`` on SQLite: the machine that tests is a busy one.

    Whoever waits in vain there is told that nothing was saved; that is no effect either, but it
    would hide what the second of two is told.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "checkout", _wait_a_minute)
    yield
    event.remove(engine, "checkout", _wait_a_minute)
    engine.dispose()  # the next test has the usual patience


def _wait_a_minute(connection: Any, _record: object, _proxy: object) -> None:
    connection.execute("PRAGMA busy_timeout = 60000")
