"""The demo caseload: whole, always the same, and only into an empty instance."""

import pytest

from practice.cli.demo.build import PASSWORD
from practice.cli.demo_data import demo_data
from practice.db import db
from practice.domain.people import Actor, Role
from practice.services import caseload, installation, people, responses
from tests.builders import make_person


@pytest.fixture
def demo(app, tmp_path):
    done = app.test_cli_runner().invoke(demo_data, ["--print-sign-ins"])
    assert done.exit_code == 0, done.output
    return done.output


def test_it_prints_who_can_sign_in(demo):
    assert "tess@demo.example" in demo
    assert "ada@demo.example" in demo
    assert PASSWORD in demo
    assert "elias@" not in demo, "his invitation is still open"


def test_the_stories_come_out_as_told(app, demo):
    classes = {}
    with app.app_context():
        for line in installation.all_couples():
            therapist = people.treating_therapist(line.couple_id)
            measures = responses.couple_measures(actor=therapist, couple_id=line.couple_id)
            for panel in measures.tested:
                if panel.scale.key == "csi16":
                    classes[line.title] = panel.couple_class
    assert {title: str(found) for title, found in classes.items()} == {
        "Ada Lind and Ben Morrow": "improved",
        "Priya Nair and Tom Whitfield": "recovered",
        "Grace Holloway and Idris Bello": "partial",
        "Marta Kowalska and Sean Duffy": "deteriorated",
        "Helen Fry and Marcus Obi": "ended",
        "Robin Vale, Jules Hart and Sam Okoro": "partial",
        "Noor Haddad and Elias Sand": "incomplete",
        "Chloe Barnes and Will Ashdown": "unchanged",
        "Fiona MacRae and Callum Reid": "diverging",
        "Aisha Rahman and Omar Siddiq": "improved",
        "June Pemberton and Arthur Pemberton": "incomplete",
        "Lucy Tran and Daniel Cole": "incomplete",
        "Wendy Archer and Carl Lindqvist": "unchanged",
    }


def test_each_therapist_has_their_own(app, demo):
    with app.app_context():
        couples = installation.all_couples()
        tess = people.treating_therapist(
            next(line.couple_id for line in couples if line.title.startswith("Ada"))
        )
        assert isinstance(tess, Actor)
        found = caseload.caseload(actor=tess, search="", ended=False, page=1)
        titles = {person.name for couple in found.couples for person in couple.people}
    assert "Ada Lind" in titles
    assert "Wendy Archer" not in titles


def test_it_refuses_an_instance_that_holds_people(app):
    with app.app_context():
        make_person("Somebody Real", Role.THERAPIST)
        db.session.commit()
    done = app.test_cli_runner().invoke(demo_data)
    assert done.exit_code == 1
    assert "holds people already" in done.output
    with app.app_context():
        assert not installation.all_couples()
