"""Records that are added to and never changed: each has the number after the last one."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from practice.db import db


def next_number(model: Any, *which: ColumnElement[bool]) -> int:
    """Return the number of the next row among those that ``which`` names, from 1.

    Hold the couple first (``access.hold``), so that two that are added at once do not get the same.
    """
    last: int | None = db.session.scalar(select(func.max(model.number)).where(*which))
    return (last or 0) + 1
