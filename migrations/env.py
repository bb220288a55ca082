"""How migrations run: all or nothing, one process at a time, and no row lost unnoticed.

An upgrade is one transaction on either engine. After each revision, still inside it, tables and
limits are compared with what was there before, and on SQLite every reference is checked; a loss
that the revision does not announce undoes the whole upgrade.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

VERSION_TABLE = "alembic_version"
ADVISORY_LOCK = 0x64796164
"""Any number, the same in every process: PostgreSQL's lock for "somebody migrates"."""

WAIT_SECONDS = 60
"""How long a second process waits for the first to finish its migrations."""


class MigrationRefused(RuntimeError):
    """A revision would have lost something; the upgrade was undone."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What must not get lost: rows by table, and CHECK limits as ``table.constraint``."""

    rows: dict[str, int]
    checks: frozenset[str]


def take_inventory(connection: sa.Connection) -> Inventory:
    """Count the rows of every table and list its CHECK limits."""
    inspector = sa.inspect(connection)
    names = [name for name in inspector.get_table_names() if name != VERSION_TABLE]
    return Inventory(
        rows={
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
            for name in names
        },
        checks=frozenset(
            f"{name}.{check['name']}"
            for name in names
            for check in inspector.get_check_constraints(name)
        ),
    )


def lost_rows(before: Inventory, after: Inventory, *, tables_may_go: bool) -> dict[str, str]:
    """Return the tables that lost rows, each with a line that says how many."""
    lost: dict[str, str] = {}
    for name, count in before.rows.items():
        if name not in after.rows:
            if count and not tables_may_go:
                lost[name] = f"table {name} went with its {count} rows"
        elif after.rows[name] < count:
            lost[name] = f"table {name} had {count} rows and now has {after.rows[name]}"
    return lost


def lost_checks(before: Inventory, after: Inventory) -> dict[str, str]:
    """Return the CHECK limits that went although their table stayed."""
    gone = (check for check in before.checks - after.checks if check.split(".")[0] in after.rows)
    return {check: f"limit {check} is gone" for check in sorted(gone)}


def broken_references(connection: sa.Connection) -> list[str]:
    """Return a line for each table with references to rows that do not exist (SQLite only)."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    pairs = sorted({(row[0], row[2]) for row in found})
    return [f"table {child} refers to missing rows of {parent}" for child, parent in pairs]


def _list(module: Any, name: str) -> tuple[str, ...]:
    return tuple(getattr(module, name, ()))


class Watch:
    """Compares the database before and after each revision; called inside its transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.before = take_inventory(connection)

    def __call__(self, *, ctx: Any, step: Any, **_: Any) -> None:
        revision = context.script.get_revision(step.up_revision_id)
        after = take_inventory(ctx.connection)
        # Going back drops tables by nature; a table that stays keeps its rows either way.
        lost = lost_rows(self.before, after, tables_may_go=not step.is_upgrade)
        if step.is_upgrade:
            lost |= lost_checks(self.before, after)
        module = revision.module
        for announced in (*_list(module, "may_lose_rows"), *_list(module, "may_lose_checks")):
            lost.pop(announced, None)
        problems = [*lost.values(), *broken_references(ctx.connection)]
        if problems:
            raise MigrationRefused(
                f"Migration {revision.revision} was undone: {'; '.join(problems)}. A loss that is "
                "meant is announced in the migration: may_lose_rows, may_lose_checks."
            )
        self.before = after
        way = "applied" if step.is_upgrade else "taken back"
        context.config.print_stdout("Migration %s %s: %s", revision.revision, way, revision.doc)


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our own column types as the plain types below them, never as an import of the app."""
    ours = kind == "type" and not type(item).__module__.startswith("sqlalchemy.")
    if ours and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


@contextmanager
def references_unenforced(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite rebuild tables: with references enforced, dropping one empties its children.

    SQLite ignores the switch inside a transaction, so it goes to the driver, before SQLAlchemy
    begins one. The connection returns to its pool as it was.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    (enforced,) = driver.execute("PRAGMA foreign_keys").fetchone()
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA foreign_keys = {enforced}")
        driver.execute(f"PRAGMA busy_timeout = {patience}")


def drop_empty_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no file when models and database agree already."""
    options = context.config.cmd_opts
    if getattr(options, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives.clear()
        context.config.print_stdout("Models and database agree; no migration written.")


def options() -> dict[str, Any]:
    """Return what autogenerate, check and upgrade agree on."""
    extension = current_app.extensions["migrate"]
    return {
        "process_revision_directives": drop_empty_revision,
        **extension.configure_args,
        "target_metadata": extension.db.metadata,
        "render_as_batch": True,
        "compare_type": True,
        "render_item": render_item,
        "transactional_ddl": True,
    }


def run_offline() -> None:
    """Write the SQL instead of running it (``flask db upgrade --sql``)."""
    engine = current_app.extensions["migrate"].db.engine
    context.configure(dialect_name=engine.dialect.name, literal_binds=True, **options())
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run on the application's own engine, which alone knows the key of the database."""
    engine: sa.Engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, references_unenforced(connection):
        with connection.begin():
            if engine.dialect.name == "postgresql":
                lock = sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)
                connection.execute(sa.select(lock))
            context.configure(
                connection=connection, on_version_apply=[Watch(connection)], **options()
            )
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
