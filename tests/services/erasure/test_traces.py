"""T17: nothing of the erased is in any file."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text

from practice import db as database
from practice.app import create_app
from practice.db import Driver, db
from practice.models import Base, sealing
from practice.models.responses import Response
from practice.services import (
    retention,
    schedule,
)
from practice.services.erasure import desk
from tests import release_record
from tests.builders import make_cast
from tests.erasure_builders import erase, rows_of
from tests.world import make_world


class PlainRing(sealing.KeyRing):
    """A key ring that hides nothing, so that a search of the file can find what is left."""

    def __init__(self):
        super().__init__({"plain": b"p" * 32}, "plain")

    def seal(self, words, bound_to):
        return words.encode()

    def seal_bytes(self, content, bound_to):
        return content

    def open(self, sealed, bound_to):
        return sealed.decode()

    def open_bytes(self, sealed, bound_to):
        return sealed


@pytest.fixture(params=["sqlite", "postgresql"])
def everywhere(request, tmp_path, monkeypatch):
    """A database that can be read by anybody, no cipher, nothing sealed; and a look through it.

    On SQLite through the bytes of its files, on PostgreSQL through every row of every table: its
    own files are the server's (``db.rewrite``).
    """
    import sqlite3

    settings = {"instance": tmp_path, "testing": True}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        settings["database_url"] = server.create(f"erased_{uuid4().hex}")
    driver = Driver(sqlite3, encrypts=False, journal="WAL", synchronous="FULL")
    monkeypatch.setattr(database, "sqlite_driver", lambda: driver)
    app = create_app(settings)
    before = sealing._ring
    monkeypatch.setattr(sealing, "_ring", PlainRing())

    def look(words):
        if request.param == "sqlite":
            content = b"".join(path.read_bytes() for path in tmp_path.glob("dyad.db*"))
        else:
            content = b"".join(_bytes_of(table) for table in Base.metadata.sorted_tables)
        return {word for word in words if word.encode() in content}

    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield look
        db.session.remove()
        db.engine.dispose()
    sealing._ring = before


def _bytes_of(table):
    """Return every value of a table, as it is stored."""
    rows = db.session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608  # our own name
    values = (value for row in rows for value in row)
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in values
    )


ALSO = {
    "ada": {"openada", "ratedada", "problemada", "aboutada", "oldabout", "responseada", "planada"},
    "ben": {"openben", "problemben", "aboutben", "responseben", "planben", "intakeshown"},
}
"""What others may read too, or only the therapist, and is yet about this one person."""


STAYS = {"recipientben", "readben"}
"""To whom something was to go: the therapist's words in a case, which stay without the name. And
what stands on the shelf of the practice, to whomever it was given."""


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_t17_no_word_of_the_erased_is_left_in_database_log_or_index(everywhere, name):
    cast = make_cast()
    world = make_world(cast, with_reports=False)
    erased, other = (cast.ada, cast.ben) if name == "ada" else (cast.ben, cast.ada)
    others = other.first_name.lower()
    release_record.note(cast, release_record.session(cast, days_ago=1), f"{erased.name} was tired.")
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="Settled.")
    schedule.refresh(cast.couple)  # of the session that a builder put there
    db.session.commit()
    known = world.canaries
    assert STAYS | ALSO[name] <= {one.label for one in known}
    own = {
        one.word
        for one in known
        if one.label in ALSO[name]
        or (name in one.readers and others not in one.readers and one.label not in STAYS)
    }
    own |= {erased.name, f"{name}@mail.example"}
    assert len(own) > 5
    assert everywhere(own) == own, "a search that finds nothing before proves nothing"
    theirs = {one.word for one in known if others in one.readers and name not in one.readers}
    kept = rows_of(other.person_id)
    erasure = erase(cast, erased)
    assert desk.write_anew(actor=cast.tess, erasure_id=erasure)
    assert everywhere(own) == set()
    assert everywhere(theirs) == theirs
    assert rows_of(other.person_id) == kept
    if db.engine.dialect.name == "sqlite":  # elsewhere no statement can leave a key without its row
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    answers = select(Response).where(Response.author_id == other.person_id)
    assert db.session.scalars(answers).all()
