"""Every revision goes up, down and up again on the demo caseload, on both engines."""

import hashlib
import shutil

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from practice.app import create_app
from practice.cli.demo.stories import STORIES
from practice.cli.demo_data import demo_data, fill
from practice.cli.prepare import prepare
from practice.config.settings import ROOT
from practice.db import db
from practice.models import Base
from practice.models.accounts import Account
from practice.services import access_chain

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))
REVISIONS = [revision.revision for revision in SCRIPTS.walk_revisions()]  # newest first
TOLD = STORIES[:2]
"""Whose stories are written: two have a row in as many tables as all."""


class Installation:
    """A newcomer's instance after the first command, on one engine, with part of the demo."""

    def __init__(self, engine, folder, server):
        self.folder = folder
        self.server = server if engine == "postgresql" else None
        self.url = server.create("told") if self.server else None
        app = self.open(folder, self.url)
        run(app, prepare)
        tell(app)
        close(app)

    def copy(self, folder):
        """Return an application of its own on the same rows and keys."""
        shutil.copytree(self.folder, folder)
        url = self.server.create("versions", template=self.url) if self.server else None
        return self.open(folder, url)

    def open(self, folder, url):
        database = {"database_url": url} if url else {}
        return create_app({"instance": folder, "testing": True} | database)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(request, tmp_path_factory):
    return Installation(
        request.param,
        tmp_path_factory.mktemp("told") / "instance",
        request.getfixturevalue("postgres_server"),
    )


@pytest.fixture
def installed(installation, tmp_path):
    """The application on an instance of its own."""
    app = installation.copy(tmp_path / "instance")
    yield app
    close(app)


def close(app):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def tell(app):
    with app.app_context():
        fill(TOLD, ())


def run(app, command, *arguments):
    done = app.test_cli_runner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def digests(app):
    """Return a check sum of every table's rows, in no particular order."""
    found = {}
    with app.app_context(), db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def test_up_down_and_up_again_on_the_demo_caseload(installed):
    with installed.app_context():
        whole = limits(db.engine)
        for revision in REVISIONS:
            flask_migrate.downgrade(revision=SCRIPTS.get_revision(revision).down_revision or "base")
        assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    run(installed, prepare)
    with installed.app_context():
        flask_migrate.check()
        assert limits(db.engine) == whole


def test_the_record_of_an_older_version_comes_through_whole(installed):
    with installed.app_context():
        flask_migrate.downgrade(revision="0001")
        tables = sa.inspect(db.engine).get_table_names()
        before = contents(tables)
        assert len(before["response"]) > 50
        flask_migrate.upgrade()
        after = contents(tables)
    for table in before.keys() - {"alembic_version"}:
        kept = before[table][0].keys() if before[table] else ()
        whole = [{name: row[name] for name in kept} for row in after[table]]
        assert sorted(whole, key=repr) == sorted(before[table], key=repr), table
    assert {row["origin"] for row in after["response"]} == {"portal"}


def contents(tables):
    """Return the rows of ``tables`` as the database holds them now."""
    found = {}
    with db.engine.connect() as connection:
        for name in tables:
            rows = connection.execute(
                sa.select(sa.text("*")).select_from(sa.table(name))
            ).mappings()
            found[name] = [dict(row) for row in rows]
    return found


def test_models_and_migrations_agree(installed):
    with installed.app_context():
        flask_migrate.check()
        migrated = limits(db.engine)
        with db.engine.begin() as connection:
            Base.metadata.drop_all(connection)
            Base.metadata.create_all(connection)
        assert limits(db.engine) == migrated


def test_what_was_logged_before_the_chain_is_chained_and_guarded(installed):
    with installed.app_context():
        flask_migrate.downgrade(revision="0002")
        with db.engine.begin() as connection:
            rows = connection.execute(sa.text("SELECT count(*) FROM access_record")).scalar()
    assert rows
    run(installed, prepare)
    with installed.app_context():
        verdict = access_chain.verify()
        owners = db.session.query(Account).filter_by(is_owner=True).all()
        assert (verdict.lines, verdict.findings) == (rows, ())
        assert [owner.role for owner in owners] == ["therapist"]
        db.session.rollback()
        refused = pytest.raises(sa.exc.DBAPIError, match="append-only")
        with refused, db.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM access_record"))


def test_preparing_twice_changes_nothing(installed):
    whole = digests(installed)
    run(installed, prepare)
    assert "is in place" in run(installed, demo_data)
    assert digests(installed) == whole


GUARDS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal",
}


def limits(engine):
    """Return each CHECK, unique constraint, index and trigger, which no check compares."""
    inspector = sa.inspect(engine)
    with engine.connect() as connection:
        triggers = connection.execute(sa.text(GUARDS[engine.dialect.name])).all()
    found = {("trigger", name, " ".join(words.split())) for name, words in triggers}
    assert len(found) == 6, "two guard the access log, four keep what is signed"
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        checks = inspector.get_check_constraints(table)
        found |= {(table, "check", check["name"], check["sqltext"]) for check in checks}
        for unique in inspector.get_unique_constraints(table):
            found.add((table, "unique", unique["name"], tuple(unique["column_names"])))
        for index in inspector.get_indexes(table):
            found.add((table, "index", index["name"], tuple(index["column_names"])))
    return found


def test_there_is_one_head():
    assert len(SCRIPTS.get_heads()) == 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_answers_the_four_questions(revision):
    text = SCRIPTS.get_revision(revision).module.__doc__
    for question in ("Why: ", "Rows touched: ", "Who can see what: ", "Way back: "):
        assert question in text
        assert f"{question}..." not in text
