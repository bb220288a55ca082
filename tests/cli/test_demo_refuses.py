"""The demo caseload goes only into an instance that nobody uses."""

from practice.cli.demo_data import demo_data
from practice.db import db
from practice.domain.people import Role
from practice.services import installation
from tests.builders import make_person


def test_it_refuses_an_instance_that_holds_people(app):
    with app.app_context():
        make_person("Somebody Real", Role.THERAPIST)
        db.session.commit()
    done = app.test_cli_runner().invoke(demo_data)
    assert done.exit_code == 1
    assert "holds people already" in done.output
    with app.app_context():
        assert not installation.all_couples()
