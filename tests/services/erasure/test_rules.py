"""Every column that could hold somebody has its fate."""

from practice.models import Base
from practice.services.erasure import rules


def test_every_column_that_could_hold_somebody_has_its_fate():
    assert rules.undecided_columns() == ()
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert set(rules.PERSON_COLUMNS) <= pointing, "a column that is not there any more"


def test_every_sealed_column_has_its_fate():
    sealed = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    texts = [*rules.RENAMED, *((model, which) for model, _, which in rules.CLEARED)]
    named = {f"{model.__tablename__}.{getattr(model, which).column}" for model, which in texts}
    assert sealed == named | set(rules.UNTOUCHED)
