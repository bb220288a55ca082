"""Start is refused, in plain words and with every file left alone, where data could be lost."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from flask_migrate import upgrade

from practice import db as database
from practice.app import create_app
from practice.config.keys import KeyFileError, load_keys
from practice.config.settings import ROOT
from practice.db import DatabaseDamaged, SchemaDiffers, db
from practice.models.people import Person
from practice.models.sealing import key_ring, use_key_ring

CANARY = "a word that is nowhere else"


@pytest.fixture(autouse=True)
def _key_ring():
    """Give the process back the keys it had: making an application takes them."""
    try:
        before = key_ring()
    except Exception:
        before = None
    yield
    if before is not None:
        use_key_ring(before)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """An instance with tables and a marked word in the database."""
    instance = tmp_path_factory.mktemp("sound")
    app = create_app({"instance": instance})
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.session.add(Person(name=CANARY))
        db.session.commit()
        db.engine.dispose()
    return instance


@pytest.fixture
def instance(sound, tmp_path) -> Path:
    shutil.copytree(sound, tmp_path / "instance")
    return tmp_path / "instance"


def start(instance: Path) -> None:
    """Start as a server does."""
    app = create_app({"instance": instance})
    with app.app_context():
        try:
            database.require_schema(db.engine, ROOT / "migrations")
        finally:
            db.engine.dispose()


def digests(instance: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in instance.iterdir()
        if path.suffix in {".db", ".key"}
    }


def lose_key(instance: Path) -> None:
    (instance / "dyad.key").unlink()


def break_key(instance: Path) -> None:
    (instance / "dyad.key").write_text("{", encoding="utf-8")


def change_key(instance: Path) -> None:
    (instance / "dyad.key").unlink()
    load_keys(instance / "dyad.key", data_exists=False)


def truncate(instance: Path) -> None:
    os.truncate(instance / "dyad.db", 60_000)


def cut_short(instance: Path) -> None:
    os.truncate(instance / "dyad.db", 1_000)


def empty(instance: Path) -> None:
    os.truncate(instance / "dyad.db", 0)
    hour_ago = time.time() - 3600
    os.utime(instance / "dyad.db", (hour_ago, hour_ago))


def overwrite(instance: Path) -> None:
    (instance / "dyad.db").write_bytes(os.urandom(100_000))


def spoil_pages(instance: Path) -> None:
    with (instance / "dyad.db").open("r+b") as file:
        file.seek(4096 * 5)
        file.write(os.urandom(4096 * 20))


def unencrypt(instance: Path) -> None:
    (instance / "dyad.db").write_bytes(b"SQLite format 3\0" + bytes(4080))


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [
        (lose_key, KeyFileError, "is missing, but there is a database"),
        (break_key, KeyFileError, "cannot be read"),
        (change_key, DatabaseDamaged, "does not open with this key file"),
        (truncate, DatabaseDamaged, "restore the database from a backup"),
        (cut_short, DatabaseDamaged, "restore the database from a backup"),
        (empty, DatabaseDamaged, "is empty"),
        (overwrite, DatabaseDamaged, "does not open with this key file"),
        (spoil_pages, DatabaseDamaged, "restore the database from a backup"),
        (unencrypt, DatabaseDamaged, "is not encrypted"),
    ],
)
def test_a_damaged_instance_is_refused_and_left_alone(instance, harm, kind, words):
    harm(instance)
    before = digests(instance)
    with pytest.raises(kind, match=words):
        start(instance)
    assert digests(instance) == before


def test_a_database_of_another_revision_is_not_served(instance):
    app = create_app({"instance": instance})
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        db.engine.dispose()
    with pytest.raises(SchemaDiffers, match="at revision 9999"):
        start(instance)


def test_a_database_without_tables_is_not_served(tmp_path):
    with pytest.raises(SchemaDiffers, match="has no tables"):
        start(tmp_path / "new")


def test_a_sound_instance_starts(instance):
    start(instance)


def test_nothing_can_be_read_from_a_stolen_folder(instance):
    start(instance)
    assert os.stat(instance / "dyad.key").st_mode & 0o777 == 0o600
    assert os.stat(instance / "dyad.db").st_mode & 0o777 == 0o600
    keys = json.loads((instance / "dyad.key").read_text(encoding="utf-8"))
    assert len(keys["session"]) >= 64
    for path in instance.iterdir():
        assert CANARY.encode() not in path.read_bytes(), path.name
    connection = sqlcipher.connect(str(instance / "dyad.db"))
    with pytest.raises(sqlcipher.DatabaseError):
        connection.execute("SELECT * FROM person")
    connection.close()
