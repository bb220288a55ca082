"""Counting the statements a piece of work sends to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import event
from sqlalchemy.engine import Engine

from practice.db import db

SIGN_IN_TABLES = ("sign_in_session", "account", "access_record", "access_chain")
"""Tables of signing in and of the access log, which every page pays for alike."""


@contextmanager
def statements(engine: Engine, *, without_sign_in: bool = False) -> Iterator[list[str]]:
    """Gather the statements sent while the block runs; transaction control is not counted.

    Args:
        engine: Whose connections are listened to.
        without_sign_in: True leaves out statements that begin with the tables of signing in.
    """
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        text = " ".join(statement.split())
        if text.split(" ", 1)[0].upper() in {"BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET"}:
            return
        if not (without_sign_in and _main_table(text) in SIGN_IN_TABLES):
            sent.append(text)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements_of_a_read(call: Callable[[], object]) -> int:
    """Return how many statements ``call`` costs a page, from a cold session.

    Within a request that only reads, as a page is; a command asks more often.
    """
    db.session.flush()
    db.session.expire_all()
    with current_app.test_request_context("/"), statements(db.engine) as sent:
        call()
    return len(sent)


def _main_table(statement: str) -> str:
    words = statement.split()
    upper = [word.upper() for word in words]
    for lead in ("FROM", "INTO", "UPDATE"):
        if lead in upper:
            return words[upper.index(lead) + 1].strip('"')
    return ""
