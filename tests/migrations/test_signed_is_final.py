"""A migrated database refuses to change a signed note, as one that was made at once does."""

import pytest
import sqlalchemy as sa

from practice.app import create_app
from practice.cli.prepare import prepare
from practice.db import db
from practice.models import Base
from tests.builders import make_cast
from tests.records import NOW, make_joint_note, make_session

FINAL = {"joint_note", "process_note", "member_note", "countersignature"}


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request, tmp_path):
    overrides = {"instance": tmp_path / "instance", "testing": True}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        overrides["database_url"] = server.create("final")
    app = create_app(overrides)
    done = app.test_cli_runner().invoke(prepare)
    assert done.exit_code == 0, done.output
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_migrations_make_the_triggers(installed):
    with installed.app_context():
        cast = make_cast()
        session = make_session(cast.couple, cast.tess)
        make_joint_note(session, cast.couple, cast.tess, signed_at=NOW)
        db.session.commit()
        with pytest.raises(sa.exc.DBAPIError, match="a signed note is final"):
            db.session.execute(sa.text("UPDATE joint_note SET version = 9"))
        db.session.rollback()
        made = triggers()
        assert made == {f"final_{table}" for table in FINAL}
        Base.metadata.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
        assert triggers() == made


def triggers():
    statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if db.engine.dialect.name == "postgresql":
        statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with db.engine.connect() as connection:
        return set(connection.execute(sa.text(statement)).scalars())
