"""A form sent twice is one row: its page gave it the id of the row that it will become."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4

from practice.db import db

Row = TypeVar("Row")


def free_id(model: type[Row], new_id: UUID, is_own: Callable[[Row], bool]) -> UUID | None:
    """Return the id under which to add a row; None if the same form has added it already.

    Somebody else's id looks like a free one: it tells nothing of its row.

    Args:
        model: Of the table.
        new_id: As the form had it.
        is_own: Whether the row that has this id is what the form was for.
    """
    known = db.session.get(model, new_id)
    if known is None:
        return new_id
    return None if is_own(known) else uuid4()
