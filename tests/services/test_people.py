"""Who belongs to a couple and who treats it."""

from datetime import date
from uuid import uuid4

from practice.db import db
from practice.domain.people import Actor, Role
from practice.models.couples import Care
from practice.services import people
from tests.builders import make_couple, make_person


def test_a_command_acts_as_the_treating_therapist(inside):
    assert people.treating_therapist(inside.couple) == Actor(
        inside.tess.person_id, Role.THERAPIST, "Tess Okafor"
    )
    assert people.treating_therapist(uuid4()) is None


def test_partners_know_their_therapist_by_the_first_name(inside):
    found = people.therapists_of_all([inside.couple, inside.other_couple])
    assert found == {inside.couple: "Tess", inside.other_couple: "Otto"}


def test_care_that_has_ended_names_nobody(inside):
    db.session.query(Care).filter_by(couple_id=inside.couple).one().until = date(2026, 6, 1)
    db.session.flush()
    assert people.therapist_of(inside.couple) == "your therapist"
    assert people.treating_therapist(inside.couple) is None


def test_a_couple_is_called_by_whoever_is_still_there(inside):
    assert people.title_of(people.members_of(inside.couple)) == "Ada Lind and Ben Morrow"
    gone = [one for one in people.members_of(inside.couple) if not one.is_current]
    assert people.title_of(gone) == "Finn Hale"


def test_names_that_are_alike_are_told_apart(inside):
    twins = [make_person("June Pemberton", Role.PARTNER, account=False) for _ in range(2)]
    arthur = make_person("Arthur Pemberton", Role.PARTNER, account=False)
    couple = make_couple(inside.tess, [*twins, arthur])
    labels = people.labels_of(people.members_of(couple))
    assert list(labels.values()) == ["June Pemberton (1)", "June Pemberton (2)", "Arthur"]
