"""Rows of the couples that a file is about."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Select

from practice.db import db
from practice.domain.people import Reader
from practice.models import Base
from practice.services.own_export.subject import Subject

Row = TypeVar("Row", bound=Base)


def each(subject: Subject, query: Select[Row], model: type[Row]) -> Iterable[tuple[Reader, Row]]:
    """Return the rows of the couples the file is about, each with how the person stands to it.

    Of rows that ``query`` leaves on one place the id decides: were the database to choose, what
    somebody else wrote could move them.
    """
    by_couple = {reader.couple_id: reader for reader in subject.readers}
    columns = Base.metadata.tables[model.__tablename__].c
    rows = db.session.scalars(query.where(columns.couple_id.in_(by_couple)).order_by(columns.id))
    return [(by_couple[getattr(row, "couple_id")], row) for row in rows]  # noqa: B009
