"""An erasure with everything it needs, and a digest of what others wrote."""

import hashlib

from sqlalchemy import select

from practice.db import db
from practice.domain.releases.cases import RequestKind
from practice.models import Base
from practice.services.erasure import desk, rules
from tests.worlds.releases import open_case, tick_all


def ready(cast, person):
    """Open a case of erasure with every check done."""
    case = open_case(cast, RequestKind.ERASURE, about=person)
    tick_all(cast, case)
    return case


def erase(cast, person):
    case = ready(cast, person)
    erasure = desk.erase(actor=cast.tess, case_id=case, typed_name=person.name)
    db.session.commit()
    return erasure


GO_WITH_A_LETTER = {"message_party", "message_reading"}
"""To whom a letter of somebody else went, and that it was read: they go when that letter goes."""


def rows_of(person_id):
    """Return a digest of every row that somebody wrote or answered, by table and key."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in GO_WITH_A_LETTER:
            continue
        own = [
            column
            for column in table.columns
            if rules.PERSON_COLUMNS.get(f"{table.name}.{column.name}") is not None
        ]
        for column in own:
            for row in db.session.execute(select(table).where(column == person_id)):
                keys = (getattr(row, one.name) for one in table.primary_key.columns)
                key = (table.name, *keys)
                found[key] = hashlib.sha256(repr(tuple(row)).encode()).hexdigest()
    return found


def texts():
    return [
        getattr(row, which)
        for model, which in rules.RENAMED
        for row in db.session.scalars(select(model))
    ]
