"""``export-person`` and ``erase-person``."""

import json
import zipfile

import pytest

from practice.cli.releases import erase_person, export_person
from practice.db import db
from practice.models.people import Person
from practice.services import retention
from tests import measure_builders


@pytest.fixture
def run(app, cast):
    with app.app_context():
        measure_builders.answer(cast, cast.ada, "csi4")
        db.session.commit()
    ids = [str(cast.couple), str(cast.ada.person_id)]
    return lambda command, *options: app.test_cli_runner().invoke(command, [*ids, *options])


def is_there(app, cast):
    with app.app_context():
        return db.session.get(Person, cast.ada.person_id) is not None


def test_a_file_is_written_for_its_person(run, tmp_path):
    target = tmp_path / "own.zip"
    done = run(export_person, "--to", str(target))
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(target) as archive:
        assert len(json.loads(archive.read("own-data.json"))["responses"]) == 1


def test_nobody_to_export_and_nowhere_to_write_are_said(app, cast, run, tmp_path):
    assert run(export_person, "--to", str(tmp_path / "no" / "own.zip")).exit_code == 2
    couple, other = str(cast.couple), str(cast.cleo.person_id)
    done = app.test_cli_runner().invoke(
        export_person, [couple, other, "--to", str(tmp_path / "own.zip")]
    )
    assert done.exit_code == 2
    assert not (tmp_path / "own.zip").exists()


def test_without_the_name_it_only_says_what_would_go(app, cast, run):
    done = run(erase_person)
    assert done.exit_code == 0, done.output
    assert "answers to questionnaires" in done.output
    assert is_there(app, cast)


def test_with_name_and_checks_it_erases(app, cast, run):
    assert run(erase_person, "--name", "Ada Lind").exit_code == 2
    assert run(erase_person, "--name", "Ada Lynd", "--checked").exit_code == 2
    assert is_there(app, cast)
    done = run(erase_person, "--name", "Ada Lind", "--checked")
    assert done.exit_code == 0, done.output
    assert "Certificate 1" in done.output
    assert not is_there(app, cast)


def test_a_legal_hold_stops_it(app, cast, run):
    with app.app_context():
        retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
        db.session.commit()
    done = run(erase_person, "--name", "Ada Lind", "--checked")
    assert done.exit_code == 2
    assert "legal hold" in done.output
    assert is_there(app, cast)
