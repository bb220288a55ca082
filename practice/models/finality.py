"""Signed means final, also for whoever reaches the database past the program.

A trigger refuses every change of a signed row. Removing one stays possible: erasure and the end of
a retention period remove rows, and say so. Migrations make the same triggers; a migration that
rebuilds one of these tables on SQLite has to make its trigger again.
"""

from sqlalchemy import DDL, event

from practice.models.base import Base

REFUSAL = "a signed note is final"

_SQLITE = """
CREATE TRIGGER final_{table} BEFORE UPDATE ON {table} WHEN OLD.signed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_signed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END $$
"""
_POSTGRES = """
CREATE TRIGGER final_{table} BEFORE UPDATE ON {table} FOR EACH ROW
WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_signed()
"""


def keep_signed_rows(*models: type[Base]) -> None:
    """Let the database refuse every change of a row whose ``signed_at`` is set."""
    for model in models:
        table = model.__table__
        for dialect, statement in (
            ("sqlite", _SQLITE),
            ("postgresql", _FUNCTION),
            ("postgresql", _POSTGRES),
        ):
            sql = statement.format(table=model.__tablename__, refusal=REFUSAL)
            ddl = DDL(sql)  # type: ignore[no-untyped-call]  # the library is untyped here
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
