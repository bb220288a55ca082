"""Starting on a SQLite file: what it is, and what is refused."""

import os
import subprocess
import sys

import pytest

from practice import db as database
from practice.app import create_app
from practice.config.settings import SettingsError
from practice.db import DatabaseDamaged, sqlite_driver
from practice.models import Base
from practice.models.people import Person


@pytest.fixture
def instance(tmp_path):
    return tmp_path / "instance"


@pytest.fixture
def without_sqlcipher(monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    sqlite_driver.cache_clear()
    yield
    monkeypatch.undo()
    sqlite_driver.cache_clear()


def start(instance):
    app = create_app({"instance": instance, "testing": True})
    with app.app_context():
        Base.metadata.create_all(database.db.engine)
        database.db.session.add(Person(name="canary"))
        database.db.session.commit()
        database.db.session.remove()
        database.db.engine.dispose()
    return app.extensions["practice_engine"]


def test_the_file_is_encrypted_and_says_so(instance):
    line = start(instance)
    assert "encrypted by SQLCipher" in line
    assert "WAL, synchronous FULL" in line
    raw = b"".join(path.read_bytes() for path in instance.iterdir() if path.suffix != ".key")
    assert b"canary" not in raw
    assert not raw.startswith(b"SQLite format 3")
    modes = {path.name: path.stat().st_mode & 0o777 for path in instance.glob("dyad.*")}
    assert modes["dyad.key"] == modes["dyad.db"] == 0o600


def test_starting_makes_no_database_before_it_is_used(instance):
    create_app({"instance": instance, "testing": True})
    assert not (instance / "dyad.db").exists()


def test_without_sqlcipher_it_runs_in_the_safe_modes_and_says_so(instance, without_sqlcipher):
    line = start(instance)
    assert "NOT ENCRYPTED" in line
    assert "DELETE, synchronous EXTRA" in line


def test_an_encrypted_file_is_left_alone_without_sqlcipher(instance, request):
    start(instance)
    before = (instance / "dyad.db").read_bytes()
    request.getfixturevalue("without_sqlcipher")
    with pytest.raises(DatabaseDamaged, match="install sqlcipher3"):
        start(instance)
    assert (instance / "dyad.db").read_bytes() == before


def test_the_command_line_says_why_it_does_not_start(instance):
    start(instance)
    (instance / "dyad.key").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "practice", "prepare"],
        env=os.environ | {"PRACTICE_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Dyad does not start. The key file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRACTICE_TIME_ZONE", "Mars/Olympus"),
        ("PRACTICE_DATABASE_URL", "mysql://somewhere"),
        ("PRACTICE_SECURE_COOKIES", "perhaps"),
        ("PRACTICE_TRUSTED_PROXIES", "-1"),
        ("PRACTICE_EXIT_ADDRESS", "weather"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(instance, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"PRACTICE_|time zone"):
        create_app({"instance": instance, "testing": True})
