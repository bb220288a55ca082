"""Many requests at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from practice.db import db
from practice.models import Base
from tests.browser import Browser


def at_once(browsers: list[Browser], post: Callable[[Browser, int], TestResponse]):
    """Let every browser post at the same moment; return the answers."""
    start = Barrier(len(browsers))

    def one(number: int) -> TestResponse:
        start.wait(10)
        return post(browsers[number], number)

    with ThreadPoolExecutor(len(browsers)) as threads:
        return list(threads.map(one, range(len(browsers))))


def rows(app, table: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table]))
