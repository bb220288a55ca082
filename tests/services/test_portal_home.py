"""A partner's first page costs little, and holds only what is theirs."""

from practice.db import db
from practice.domain.people import Standing
from practice.models.couples import Couple
from practice.services.portal_home import portal_home
from tests.builders import leave, make_couple
from tests.measure_builders import answer, ask
from tests.queries import statements_of_a_read


def test_it_takes_few_statements_whatever_is_stored(inside):
    ask(inside, inside.ada, "csi16")
    few = count(inside.ada)
    for _ in range(20):
        answer(inside, inside.ben, "ratings")
    ask(inside, inside.ada, "ratings")
    make_couple(inside.tess, [inside.ada, inside.dan], agreed_problem="Another couple's words.")
    assert count(inside.ada) == few <= 7


def count(person):
    return statements_of_a_read(lambda: portal_home(actor=person))


def test_the_agreed_problem_is_for_present_members(inside):
    db.session.get(Couple, inside.couple).agreed_problem = "To listen before we answer."
    for person in (inside.ada, inside.ben):
        (agreed,) = portal_home(actor=person).problems
        assert agreed.text == "To listen before we answer."
        assert agreed.badge == "You, Tess and " + ("Ben" if person is inside.ada else "Ada")
    for person in (inside.finn, inside.cleo):
        assert portal_home(actor=person).problems == ()


def test_standing_says_which_page_it_is(inside):
    assert portal_home(actor=inside.ada).standing is Standing.MEMBER
    assert portal_home(actor=inside.finn).standing is Standing.FORMER
    leave(inside.couple, inside.ada)
    make_couple(inside.tess, [inside.ada, inside.dan])
    assert portal_home(actor=inside.ada).standing is Standing.MEMBER


def test_it_names_who_treats_them_and_each_once(inside):
    make_couple(inside.tess, [inside.ada, inside.dan])
    assert portal_home(actor=inside.ada).therapist == "Tess"
    make_couple(inside.otto, [inside.ada, inside.dan])
    assert set(portal_home(actor=inside.ada).therapist.split(" and ")) == {"Tess", "Otto"}
    assert portal_home(actor=inside.finn).therapist == ""
