"""Many requests at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from practice.db import db
from practice.models import Base
from tests.browser import Browser


def at_once(browsers: list[Browser], post: Callable[[Browser, int], TestResponse]):
    """Let every browser post at the same moment; return the answers."""
    return all_at_once([partial(post, one, number) for number, one in enumerate(browsers)])


def all_at_once(presses: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    """Press everything at the same moment; return the answers."""
    start = Barrier(len(presses))

    def press(one: Callable[[], TestResponse]) -> TestResponse:
        start.wait(10)
        return one()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(press, presses))


def rows(app, table: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table]))
