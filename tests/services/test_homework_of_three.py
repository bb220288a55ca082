"""Homework of some of three, and for whom the others do not exist."""

from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Role
from practice.models.couples import Membership
from practice.services import clock, homework
from practice.services.errors import Invalid, NotFound
from tests.builders import make_couple, make_person
from tests.exercises import give, write
from tests.homework_readings import COUPLE, WAITS, now, page, row_of, sheet


def three(inside):
    """A couple of three in the care of Tess."""
    people = [make_person(name, Role.PARTNER) for name in ("Ida Mor", "Jon Bly", "Kit Orr")]
    return make_couple(inside.tess, people), people


@pytest.mark.parametrize("given_to", [GivenTo.EACH, GivenTo.TOGETHER])
def test_what_two_of_three_do_does_not_exist_for_the_third(inside, given_to):
    couple, (ida, jon, kit) = three(inside)
    task = give(
        inside,
        couple_id=couple,
        given_to=given_to,
        audience=COUPLE,
        person_ids=[ida.person_id, jon.person_id],
    )
    entry = write(ida, task, COUPLE)
    assert [line.id for line in sheet(jon, task).lines] == [entry]
    assert now(kit) == []
    for call in (
        lambda: sheet(kit, task),
        lambda: homework.portal_entry(actor=kit, entry_id=entry),
        lambda: write(kit, task, COUPLE),
    ):
        with pytest.raises(NotFound):
            call()
    words = "together" if given_to is GivenTo.TOGETHER else "each"
    assert page(inside, task).card.whom == f"for Ida and Jon, {words}"
    assert [figure.member for figure in page(inside, task).card.figures if figure.member] == (
        [] if given_to is GivenTo.TOGETHER else list(page(inside, task).card.receivers)
    )
    small = homework.make_smaller(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert row_of(small).facts.concerns == {ida.person_id, jon.person_id}


def test_each_and_together_of_three_wait_for_all_three(inside):
    couple, people = three(inside)
    task = give(inside, couple_id=couple)
    for number, person in enumerate(people, start=1):
        write(person, task, WAITS)
        assert len(sheet(people[0], task).lines) == (3 if number == 3 else 1)
    assert page(inside, task).card.whom == "for each partner"
    shared = give(inside, couple_id=couple, given_to=GivenTo.TOGETHER, audience=COUPLE)
    write(people[1], shared, COUPLE)
    assert all(len(sheet(person, shared).lines) == 1 for person in people)


@pytest.mark.parametrize("who", ["one", "stranger", "former", "nobody"])
def test_several_are_at_least_two_who_are_members_now(inside, who):
    chosen = {
        "one": [inside.ada.person_id],
        "stranger": [inside.ada.person_id, inside.cleo.person_id],
        "former": [inside.ada.person_id, inside.finn.person_id],
        "nobody": [],
    }[who]
    with pytest.raises(Invalid) as refused:
        give(inside, person_ids=chosen)
    assert set(refused.value.errors) == {"whom"}


def test_somebody_who_joins_later_is_not_among_those_it_was_given_to(inside):
    task = give(inside)
    db.session.add(
        Membership(
            couple_id=inside.couple,
            person_id=inside.dan.person_id,
            position=4,
            joined_on=clock.today(),
        )
    )
    db.session.flush()
    again = homework.carry_over(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert now(inside.dan) == []
    assert row_of(again).facts.concerns == {inside.ada.person_id, inside.ben.person_id}
    assert page(inside, again).card.whom == "for Ada and Ben, each"
