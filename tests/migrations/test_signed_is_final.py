"""A migrated database refuses to change a signed note, and keeps every word of older ones."""

from datetime import datetime
from uuid import UUID, uuid4

import flask_migrate
import pytest
import sqlalchemy as sa

from practice.app import create_app
from practice.cli.prepare import prepare
from practice.db import db
from practice.domain.note_formats import NoteFormat
from practice.models import Base
from practice.models.base import UTCDateTime
from practice.models.sealing import key_ring
from practice.models.sessions import JointNote
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


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request, tmp_path):
    """An instance of the version before: revision 0002."""
    overrides = {"instance": tmp_path / "instance", "testing": True}
    if request.param == "postgresql":
        overrides["database_url"] = request.getfixturevalue("postgres_server").create("older")
    app = create_app(overrides)
    with app.app_context():
        flask_migrate.upgrade(revision="0002")
        yield app
        db.session.remove()
        db.engine.dispose()


def test_notes_of_the_version_before_are_free_text_with_every_word_kept(older):
    tess, couple = uuid4(), uuid4()
    words = {uuid4(): ("Still a draft.", None), uuid4(): ("Signed ’n’ sealed.\n\nAll of it.", NOW)}
    put("person", id=tess, name="Tess Okafor", created_at=NOW)
    put(
        "couple",
        id=couple,
        relationship_status="married",
        episode_started_on=NOW.date(),
        ending_was_a_goal=False,
        created_at=NOW,
    )
    for note, (text, signed_at) in words.items():
        session = uuid4()
        put(
            "therapy_session",
            id=session,
            couple_id=couple,
            therapist_id=tess,
            kind="conjoint",
            format="room",
            status="held",
            starts_at=NOW,
            minutes=60,
            created_at=NOW,
        )
        put(
            "joint_note",
            id=note,
            session_id=session,
            couple_id=couple,
            author_id=tess,
            body_sealed=key_ring().seal(text, f"joint_note.body_sealed:{note}"),
            version=3,
            written_at=NOW,
            signed_at=signed_at,
        )
    db.session.commit()
    flask_migrate.upgrade()
    for note, (text, signed_at) in words.items():
        row = db.session.get_one(JointNote, note)
        assert (row.body, row.format, row.content) == (text, NoteFormat.FREE, None)
        assert (row.version, row.signed_at) == (3, signed_at)


def put(table, **values):
    """Insert a row as an older version of the program did."""
    types = {UUID: sa.Uuid(), datetime: UTCDateTime()}
    columns = [sa.column(name, types.get(type(value))) for name, value in values.items()]
    db.session.execute(sa.table(table, *columns).insert().values(**values))
