"""Safe contact, as a service."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.domain.attention import Concern
from practice.domain.people import Actor, Role
from practice.domain.safety.contact import Channel, SafeContact
from practice.services import (
    access,
    safe_contacts,
    safety,
)
from practice.services.caseload import caseload
from practice.services.errors import Invalid, NotFound
from tests.builders import Cast, leave, make_couple, make_person
from tests.worlds.safety import a_contact

TODAY = date(2026, 11, 20)


def reader(cast: Cast, actor: Actor):
    return access.standing_of(actor, cast.couple)


def about(cast, person=None):
    person = person or cast.ada
    return {"actor": cast.tess, "couple_id": cast.couple, "person_id": person.person_id}


def concerns(cast, actor=None):
    (couple,) = caseload(actor=actor or cast.tess).couples
    return [(reason.concern, reason.words) for reason in couple.reasons]


def test_reception_and_who_treats_read_it_and_nobody_else_but_its_person(inside, sue, paul):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("07700 900001"))
    safe_contacts.save_own(actor=inside.ben, new_id=uuid4(), contact=a_contact("07700 900002"))
    rita = make_person("Rita Bell", Role.RECEPTION)
    olga = Actor(make_person("Olga Frey", Role.THERAPIST).person_id, Role.THERAPIST, "O", True)
    ada, ben = inside.ada.person_id, inside.ben.person_id
    known = {
        name: set(safe_contacts.current(reader(inside, actor)))
        for name, actor in {
            "tess": inside.tess,
            "sue": sue,
            "rita": rita,
            "paul": paul,
            "olga": olga,
            "otto": inside.otto,
            "ada": inside.ada,
            "ben": inside.ben,
            "finn": inside.finn,
        }.items()
    }
    assert known == {
        "tess": {ada, ben},
        "sue": {ada, ben},
        "rita": {ada, ben},
        "paul": set(),
        "olga": set(),
        "otto": set(),
        "ada": {ada},
        "ben": {ben},
        "finn": set(),
    }


def test_the_last_statement_holds_and_the_earlier_ones_stay(inside, now):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("old"))
    now.shift(timedelta(hours=-1))
    safe_contacts.save(
        **about(inside), new_id=uuid4(), contact=SafeContact(never="Ring"), asked_on=TODAY
    )
    page = safe_contacts.contact_page(**about(inside))
    assert [one.told_by for one in page.history] == ["Tess Okafor", "Ada Lind"]
    assert page.history[0].contact.ways == {}
    assert page.history[1].contact.ways == {Channel.TEXT: "old"}


def test_the_code_word_is_not_shown_and_stays_when_it_is_left_empty(inside):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact(code_word="lantern"))
    assert safe_contacts.own_contact(actor=inside.ada).contact.code_word == ""
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("07700 900003"))
    latest = safe_contacts.current(reader(inside, inside.tess))[inside.ada.person_id]
    assert latest.contact.code_word == "lantern"
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact(code_word="kite"))
    latest = safe_contacts.current(reader(inside, inside.tess))[inside.ada.person_id]
    assert latest.contact.code_word == "kite"


def test_what_somebody_says_is_kept_also_where_its_id_was_taken_by_another(inside):
    """A number out of a page that stood open: used first, it would have swallowed her words."""
    new_id = uuid4()
    safe_contacts.save_own(actor=inside.ben, new_id=new_id, contact=a_contact("07700 900001"))
    safe_contacts.save_own(actor=inside.ada, new_id=new_id, contact=a_contact("07700 900002"))
    known = safe_contacts.current(reader(inside, inside.tess))
    assert known.keys() == {inside.ada.person_id, inside.ben.person_id}


def test_what_somebody_says_holds_in_each_couple_of_theirs(inside):
    other = make_couple(inside.otto, [inside.ada, make_person("Eve Stone", Role.PARTNER)])
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    for couple, therapist in ((inside.couple, inside.tess), (other, inside.otto)):
        known = safe_contacts.current(access.standing_of(therapist, couple))
        assert set(known) == {inside.ada.person_id}


def test_a_way_needs_its_number_and_who_has_left_says_nothing_new(inside):
    with pytest.raises(Invalid) as problem:
        safe_contacts.save_own(
            actor=inside.ada,
            new_id=uuid4(),
            contact=SafeContact({Channel.CALL: " ", Channel.EMAIL: "a@b.example"}),
        )
    assert set(problem.value.errors) == {"place_call"}
    leave(inside.couple, inside.ada)
    with pytest.raises(NotFound):
        safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    with pytest.raises(NotFound):
        safe_contacts.save(**about(inside), new_id=uuid4(), contact=a_contact(), asked_on=TODAY)


def test_after_half_a_year_the_therapist_is_reminded(inside, sue, now):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    now.move_to("2027-05-19 12:00 +0000")
    assert Concern.SAFE_CONTACT not in {one for one, _ in concerns(inside)}
    now.move_to("2027-05-20 12:00 +0000")
    for actor in (inside.tess, sue):
        said = concerns(inside, actor)
        assert (Concern.SAFE_CONTACT, "Ada: ask again how to reach them") in said
        found = safety.couple_safety(actor=actor, couple_id=inside.couple)
        assert [one.first_name for one in found.contact_due] == ["Ada"]
        assert [one.first_name for one in found.without_contact] == ["Ben"]
