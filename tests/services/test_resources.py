"""Things to read: approved by name before anybody is given them, and given to nobody else."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.domain.handouts.registry import all_handouts
from practice.domain.people import Actor, Role
from practice.services import access, clock, memberships, resources, resources_given
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.known_people import NewPerson
from practice.services.own_export import export
from practice.services.own_export.subject import Subject
from practice.services.resources import ResourceDetails
from practice.services.resources_given import Whom
from tests.builders import leave
from tests.reports.pdf_checks import text_of
from tests.world import World
from tests.worlds import portal
from tests.worlds.portal import shelve

TEXT = ResourceDetails("A pause", "", "Count to ten. Then say what you felt.", "For hot days.", 3)


def give(cast, resource_id, to, words=""):
    return portal.give(World(cast), resource_id, to, words)


def titles(person):
    return [one.title for one in resources_given.own_resources(actor=person)]


def one_of(cast, made):
    return resources.on_shelf(actor=cast.tess, resource_id=made)


def test_whoever_joins_later_was_given_nothing_of_what_all_had(inside):
    made = shelve(inside.tess, "A pause")
    with clock.pretend(clock.now() - timedelta(days=3)):
        give(inside, made, Whom.ALL, "After what you two told me.")
    gus_id = memberships.add_member(
        actor=inside.tess,
        couple_id=inside.couple,
        person=NewPerson(name="Gus Weller", problem="", is_new=True),
        joined_on=clock.today() - timedelta(days=1),
    )
    gus = Actor(gus_id, Role.PARTNER, "Gus Weller")
    assert (titles(gus), titles(inside.ada)) == ([], ["A pause"])
    (given,) = resources_given.own_resources(actor=inside.ada)
    assert given.badge == "You, Tess and Ben"
    (line,) = resources_given.couple_resources(actor=inside.tess, couple_id=inside.couple).given
    assert "Gus" not in line.badge
    reader = access.standing_of(gus, inside.couple)
    (part,) = (part for part in export.PARTS if part.key == "resources")
    assert part.collect(Subject(gus_id, "Gus Weller", (reader,), at_desk=False)) == []
    give(inside, made, Whom.ALL)
    assert titles(gus) == ["A pause"]


def test_it_waits_for_somebody_to_approve_it_with_name_and_day(inside):
    made = shelve(inside.tess, "A pause", approved=False)
    found = one_of(inside, made)
    assert (found.approved_by, found.can_be_given) == ("", False)
    with pytest.raises(Invalid) as caught:
        give(inside, made, Whom.ALL)
    assert caught.value.errors.keys() == {"resource"}
    for person in (inside.otto, inside.tess):  # the second changes nothing
        resources.approve(actor=person, resource_id=made)
    found = one_of(inside, made)
    assert (found.approved_by, found.can_be_given) == ("Otto Brandt", True)
    assert clock.local(found.approved_at).date() == clock.today()


def test_what_is_approved_stays_as_it_was_read(inside):
    made = shelve(inside.tess, "A pause", approved=False)
    resources.change(actor=inside.otto, resource_id=made, details=TEXT)
    assert one_of(inside, made).details == TEXT
    resources.approve(actor=inside.otto, resource_id=made)
    with pytest.raises(Refused):
        resources.change(actor=inside.tess, resource_id=made, details=replace(TEXT, title="Other"))
    assert one_of(inside, made).details == TEXT


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": " "}, {"title"}),
        ({"link": "http://a.example"}, {"link", "words"}),
        ({"link": "https://a.example"}, {"words"}),
        ({"words": ""}, {"words"}),
        ({"words": "", "link": "ftp://a.example"}, {"link"}),
        ({"minutes": 0}, {"minutes"}),
        ({"minutes": 601}, {"minutes"}),
        ({"note": "x" * 301}, {"note"}),
        ({"words": "x" * 8001}, {"words"}),
    ],
)
def test_what_cannot_be_put_on_the_shelf_names_its_field(inside, changes, fields):
    made = shelve(inside.tess, "A pause", approved=False)
    wrong = replace(TEXT, **changes)
    for act in (
        lambda: resources.add(actor=inside.tess, new_id=uuid4(), details=wrong),
        lambda: resources.change(actor=inside.tess, resource_id=made, details=wrong),
    ):
        with pytest.raises(Invalid) as caught:
            act()
        assert caught.value.errors.keys() == fields
    assert [one.details.title for one in resources.shelf(actor=inside.tess)] == ["A pause"]
    assert one_of(inside, made).details.minutes == 5


def test_the_shelf_is_for_the_practice_alone(inside):
    made = shelve(inside.tess, "A pause")
    acts = (
        lambda who: resources.shelf(actor=who),
        lambda who: resources.on_shelf(actor=who, resource_id=made),
        lambda who: resources.add(actor=who, new_id=uuid4(), details=TEXT),
        lambda who: resources.change(actor=who, resource_id=made, details=TEXT),
        lambda who: resources.approve(actor=who, resource_id=made),
        lambda who: resources.put_away(actor=who, resource_id=made),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act(inside.ada)
    with pytest.raises(NotFound):
        resources.approve(actor=inside.tess, resource_id=uuid4())


def test_put_away_it_is_not_offered_and_stays_with_whom_it_was_given_to(inside):
    made = shelve(inside.tess, "A pause")
    give(inside, made, inside.ben.person_id)
    assert resources.put_away(actor=inside.tess, resource_id=made) == "A pause"
    with pytest.raises(Invalid):
        give(inside, made, inside.ada.person_id)
    found = resources_given.couple_resources(actor=inside.tess, couple_id=inside.couple)
    assert found.offered == ()
    assert titles(inside.ben) == ["A pause"]
    resources.put_away(actor=inside.tess, resource_id=made, away=False)
    assert one_of(inside, made).can_be_given


def test_given_to_one_it_does_not_exist_for_the_other(inside):
    given = give(inside, shelve(inside.tess, "A pause"), inside.ben.person_id, "For you.")
    assert titles(inside.ada) == []
    found = resources_given.own_resource(actor=inside.ben, given_id=given)
    assert (found.own_words, found.therapist, found.host) == ("For you.", "Tess", "reading.example")
    assert found.badge == "You and Tess"
    for person in (inside.ada, inside.finn, inside.cleo):
        with pytest.raises(NotFound):
            resources_given.own_resource(actor=person, given_id=given)


def test_given_to_each_neither_learns_that_the_other_has_it(inside):
    give(inside, shelve(inside.tess, "A pause"), Whom.EACH)
    for person in (inside.ada, inside.ben):
        (one,) = resources_given.own_resources(actor=person)
        assert one.badge == "You and Tess"


def test_given_to_all_each_sees_that_the_others_have_it(inside):
    give(inside, shelve(inside.tess, "A pause"), Whom.ALL)
    (hers,) = resources_given.own_resources(actor=inside.ada)
    assert hers.badge == "You, Tess and Ben"
    assert titles(inside.ben) == ["A pause"]
    assert titles(inside.finn) == []


def test_taken_back_it_is_on_nobodys_pages_and_stays_in_the_record(inside):
    given = give(inside, shelve(inside.tess, "A pause"), Whom.ALL)
    for _ in range(2):
        assert resources_given.take_back(actor=inside.tess, given_id=given) == inside.couple
    assert titles(inside.ada) == titles(inside.ben) == []
    (line,) = resources_given.couple_resources(actor=inside.tess, couple_id=inside.couple).given
    assert line.is_taken_back


@pytest.mark.parametrize("to", [Whom.ALL, Whom.EACH])
def test_sent_twice_it_is_given_once(inside, to):
    made, new_id = shelve(inside.tess, "A pause"), uuid4()
    for _ in range(2):
        resources_given.give(
            actor=inside.tess,
            couple_id=inside.couple,
            new_id=new_id,
            resource_id=made,
            to=to,
        )
    assert titles(inside.ada) == titles(inside.ben) == ["A pause"]


def test_only_who_treats_them_gives_and_only_to_who_is_there(inside):
    made = shelve(inside.tess, "A pause")
    given = give(inside, made, Whom.ALL)
    for person in (inside.otto, inside.ada):
        with pytest.raises(NotFound):
            resources_given.couple_resources(actor=person, couple_id=inside.couple)
        with pytest.raises(NotFound):
            resources_given.take_back(actor=person, given_id=given)
        with pytest.raises(NotFound):
            resources_given.give(
                actor=person,
                couple_id=inside.couple,
                new_id=uuid4(),
                resource_id=made,
                to=Whom.ALL,
            )
    for stranger in (inside.finn, inside.cleo):
        with pytest.raises(Invalid) as caught:
            give(inside, made, stranger.person_id)
        assert caught.value.errors.keys() == {"to"}


def test_who_has_left_has_it_no_more(inside):
    given = give(inside, shelve(inside.tess, "A pause"), inside.ben.person_id)
    leave(inside.couple, inside.ben, on=clock.today())
    assert titles(inside.ben) == []
    with pytest.raises(NotFound):
        resources_given.own_resource(actor=inside.ben, given_id=given)


def test_ones_own_data_holds_what_one_was_given_and_nothing_of_the_other(inside):
    made = shelve(inside.tess, "A pause")
    give(inside, made, Whom.ALL, "Ada found it good.")
    give(inside, made, inside.ada.person_id, "For Ada alone.")
    reader = access.standing_of(inside.ben, inside.couple)
    subject = Subject(inside.ben.person_id, "Ben Morrow", (reader,), at_desk=False)
    (part,) = (part for part in export.PARTS if part.key == "resources")
    (found,) = part.collect(subject)
    assert found["title"] == "A pause"
    assert "Ada" not in found["words_with_it"]


@pytest.mark.parametrize("key", sorted(all_handouts()))
def test_a_handout_comes_onto_the_shelf_once_in_its_words(inside, key):
    made = {resources.add_handout(actor=inside.tess, key=key) for _ in range(2)}
    (resource_id,) = made
    found = one_of(inside, resource_id)
    handout = all_handouts()[key]
    assert (found.details.title, found.details.note) == (handout.title, handout.lead)
    for passage in handout.passages:
        for line in (passage.heading, *passage.lines):
            assert line in found.details.words
    assert handout.careful in found.details.words
    assert not found.can_be_given


def test_no_other_handout_and_nobody_else_puts_one_there(inside):
    with pytest.raises(NotFound):
        resources.add_handout(actor=inside.tess, key="nonsense")
    with pytest.raises(NotFound):
        resources.add_handout(actor=inside.ada, key="listening_well")


def test_a_text_that_was_given_is_there_on_paper_for_its_receiver_alone(inside):
    handout = resources.add_handout(actor=inside.tess, key="tough_times")
    resources.approve(actor=inside.tess, resource_id=handout)
    own = shelve(inside.tess, "A pause", link="", words="Breathe out.\n\n1. Then speak.")
    link = shelve(inside.tess, "A page elsewhere")
    ben = inside.ben.person_id
    given = [give(inside, one, ben, "For you, Ben.") for one in (handout, own, link)]
    sheets = [
        text_of(resources_given.own_resource_pdf(actor=inside.ben, given_id=one))
        for one in given[:2]
    ]
    expected = all_handouts()["tough_times"]
    assert expected.title in sheets[0]
    assert expected.text.splitlines()[-1] in sheets[0]
    assert sheets[1] == "A pause Breathe out. 1. Then speak. Page 1 of 1"
    assert not any("Ben" in sheet for sheet in sheets)
    with pytest.raises(NotFound):
        resources_given.own_resource_pdf(actor=inside.ben, given_id=given[2])
    for person in (inside.ada, inside.finn, inside.cleo):
        with pytest.raises(NotFound):
            resources_given.own_resource_pdf(actor=person, given_id=given[0])
