"""``migrations/env.py`` on a small database of its own: nothing is lost unnoticed."""

import enum
import multiprocessing
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parents[1]
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Audience(enum.StrEnum):
    AUTHOR = "author"
    COUPLE = "couple"


class Moment(sa.types.TypeDecorator):
    """Stands for the application's own column types."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True


def first_tables(metadata):
    """Two tables: one refers to the other; one enum, one limit, one own column type."""
    couple = sa.Table(
        "couple",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String(40), nullable=True),
    )
    sa.Table(
        "note",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("couple_id", sa.ForeignKey("couple.id", ondelete="CASCADE"), nullable=False),
        sa.Column("written_at", Moment, nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                Audience,
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
                values_callable=lambda members: [member.value for member in members],
            ),
            nullable=False,
        ),
        sa.Column("length", sa.Integer),
        sa.CheckConstraint("length > 0", name="length_positive"),
    )
    return couple


def second_tables(metadata):
    """The same, with a column more and a column that may no longer be empty: a rebuild."""
    couple = first_tables(metadata)
    couple.c.name.nullable = False
    couple.append_column(sa.Column("since", Moment, nullable=True))
    metadata.tables["note"].append_column(sa.Column("kind", sa.String(20), nullable=True))
    metadata.tables["note"].c.length.type = sa.BigInteger()


def make_app(url, migrations, tables):
    """Return an application whose models are ``tables`` and whose SQLite begins as Dyad's does."""
    app = Flask("migrating")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options = {"poolclass": NullPool}
    if url.startswith("sqlite"):
        options["connect_args"] = {"isolation_level": None}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    metadata = sa.MetaData(naming_convention=NAMING)
    tables(metadata)
    db = SQLAlchemy(app, metadata=metadata)
    flask_migrate.Migrate(app, db, directory=str(migrations))
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _enforce_references)
            event.listen(db.engine, "begin", _begin_immediate)
    return app


def _enforce_references(connection, _record):
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_immediate(connection):
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/practice.db"
    return request.getfixturevalue("postgres_server").create("migrating")


@pytest.fixture
def migrations(tmp_path):
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "alembic.ini"):
        shutil.copy(ROOT / "migrations" / name, folder / name)
    return folder


def ask(app, statement, **values):
    with app.app_context(), app.extensions["sqlalchemy"].engine.begin() as connection:
        result = connection.execute(sa.text(statement), values)
        return result.all() if result.returns_rows else []


def upgrade(app, revision="head"):
    with app.app_context():
        flask_migrate.upgrade(revision=revision)


def downgrade(app, revision):
    with app.app_context():
        flask_migrate.downgrade(revision=revision)


def write_revision(app, number, message="First tables"):
    with app.app_context():
        flask_migrate.migrate(message=message, rev_id=number)


def write_by_hand(migrations, number, after, body, announced=""):
    (migrations / "versions" / f"{number}_by_hand.py").write_text(
        f'"""By hand"""\nimport sqlalchemy as sa\nfrom alembic import op\n'
        f"revision = {number!r}\ndown_revision = {after!r}\n{announced}\n"
        f"def upgrade():\n    {body}\n\ndef downgrade():\n    pass\n"
    )


COUPLE = "00000000000000000000000000000001"


@pytest.fixture
def app(url, migrations):
    """The application at revision 0001, with a couple and two notes."""
    app = make_app(url, migrations, first_tables)
    write_revision(app, "0001")
    upgrade(app)
    ask(app, "INSERT INTO couple (id, name) VALUES (:id, 'Ada and Ben')", id=COUPLE)
    for number in (1, 2):
        ask(
            app,
            "INSERT INTO note (id, couple_id, written_at, audience, length)"
            " VALUES (:number, :couple, :at, 'author', 7)",
            number=number,
            couple=COUPLE,
            at=datetime(2026, 3, 29, 12, tzinfo=UTC),
        )
    return app


def test_written_revision_is_plain_sqlalchemy_with_the_four_questions(app, migrations):
    (written,) = (migrations / "versions").glob("0001_*.py")
    text = written.read_text()
    assert written.name == "0001_first_tables.py"
    for question in ("Why:", "Rows touched:", "Who can see what:", "Way back:"):
        assert question in text
    assert set(re.findall(r"^(?:import|from) (\w+)", text, re.M)) == {"sqlalchemy", "alembic"}
    assert "sa.DateTime(timezone=True)" in text
    assert "'author', 'couple'" in text
    assert "Moment" not in text


def test_models_and_database_agree_after_upgrade(app):
    with app.app_context():
        flask_migrate.check()


def test_rebuild_keeps_rows_limits_and_references(app, url, migrations):
    later = make_app(url, migrations, second_tables)
    write_revision(later, "0002", "More columns")
    upgrade(later)

    assert ask(later, "SELECT count(*) FROM note") == [(2,)]
    with later.app_context():
        flask_migrate.check()
    for broken in ("audience = 'everyone'", "length = 0", f"couple_id = '{COUPLE[::-1]}'"):
        with pytest.raises(sa.exc.IntegrityError):
            ask(later, f"UPDATE note SET {broken} WHERE id = 1")  # noqa: S608 - values of this test

    downgrade(later, "0001")
    assert ask(later, "SELECT count(*) FROM note") == [(2,)]
    upgrade(later)
    assert ask(later, "SELECT name, since FROM couple") == [("Ada and Ben", None)]


def test_going_back_to_nothing_and_up_again(app):
    downgrade(app, "base")
    assert ask(app, "SELECT count(*) FROM alembic_version") == [(0,)]
    upgrade(app)
    assert ask(app, "SELECT count(*) FROM note") == [(0,)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("op.execute('DELETE FROM note WHERE id = 2')", "table note had 2 rows and now has 1"),
        ("op.drop_table('note')", "table note went with its 2 rows"),
        (
            "with op.batch_alter_table('note') as batch:"
            " batch.drop_constraint('length_positive', type_='check')",
            "limit note.ck_note_length_positive is gone",
        ),
    ],
    ids=["rows", "table", "limit"],
)
def test_loss_that_is_not_announced_undoes_the_upgrade(app, migrations, caplog, body, message):
    write_by_hand(migrations, "0002", "0001", body)
    with pytest.raises(SystemExit):
        upgrade(app)

    assert message in caplog.text
    assert ask(app, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert ask(app, "SELECT count(*) FROM note") == [(2,)]
    with pytest.raises(sa.exc.IntegrityError):
        ask(app, "UPDATE note SET length = 0")


def test_announced_loss_passes(app, migrations):
    write_by_hand(
        migrations,
        "0002",
        "0001",
        "op.execute('DELETE FROM note WHERE id = 2')",
        announced='may_lose_rows = ("note",)',
    )
    upgrade(app)
    assert ask(app, "SELECT count(*) FROM note") == [(1,)]


def test_reference_to_a_missing_row_undoes_the_upgrade(app, migrations, caplog):
    write_by_hand(
        migrations,
        "0002",
        "0001",
        f"op.execute(\"UPDATE note SET couple_id = '{COUPLE[::-1]}'\")",  # noqa: S608
    )
    with pytest.raises((SystemExit, sa.exc.IntegrityError)) as raised:
        upgrade(app)
    if raised.type is SystemExit:  # PostgreSQL refuses by itself, SQLite needs our check
        assert "table note refers to missing rows of couple" in caplog.text
    assert ask(app, "SELECT count(*) FROM note JOIN couple ON couple.id = couple_id") == [(2,)]


def test_upgrade_that_fails_late_leaves_nothing_of_its_earlier_steps(app, migrations):
    write_by_hand(migrations, "0002", "0001", "op.add_column('couple', sa.Column('x', sa.Text))")
    write_by_hand(migrations, "0003", "0002", "op.execute('SELECT nothing FROM nowhere')")
    with pytest.raises(sa.exc.DBAPIError):
        upgrade(app)
    assert ask(app, "SELECT version_num FROM alembic_version") == [("0001",)]
    with pytest.raises(sa.exc.DBAPIError):
        ask(app, "SELECT x FROM couple")


def _upgrade_in_a_process(url, migrations, pipe):
    app = make_app(url, migrations, first_tables)
    pipe.send("ready")
    pipe.recv()
    try:
        upgrade(app)
        pipe.send("")
    except BaseException as problem:
        pipe.send(repr(problem))


def test_two_processes_may_upgrade_at_once(url, migrations, tmp_path):
    scratch = make_app(f"sqlite:///{tmp_path}/scratch.db", migrations, first_tables)
    write_revision(scratch, "0001")
    processes = multiprocessing.get_context("spawn")
    pipes, running = [], []
    for _ in range(2):
        ours, theirs = processes.Pipe()
        process = processes.Process(
            target=_upgrade_in_a_process, args=(url, migrations, theirs), daemon=True
        )
        process.start()
        theirs.close()
        pipes.append(ours)
        running.append(process)
    for step in ("ready", ""):
        for pipe in pipes:
            assert pipe.poll(60)
            assert pipe.recv() == step
        if step == "ready":
            for pipe in pipes:
                pipe.send("go")
    for pipe, process in zip(pipes, running, strict=True):
        process.join(30)
        process.close()
        pipe.close()
    app = make_app(url, migrations, first_tables)
    assert ask(app, "SELECT version_num FROM alembic_version") == [("0001",)]
