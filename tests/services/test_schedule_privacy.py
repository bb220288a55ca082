"""What is done about one member does not so much as wake the schedule of another."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine

from practice.services import clock, couples, measure_requests, memberships, responses, sessions
from practice.services.known_people import NewPerson
from tests.builders import schedule
from tests.measure_builders import answer, ask, choose
from tests.schedules import details


@pytest.fixture
def later(inside):
    """Ada's next review has a measure too few: what she answered by hand has changed her plan.

    It waits for the next step of her own course, or of the couple's.
    """
    with time_machine.travel("2026-11-09 12:00 +0000", tick=False) as now:
        schedule(inside.couple, inside.tess)
        for days in range(9, 13):
            see(inside, days)
        for item in measure_requests.portal_requests(actor=inside.ada):
            if item.measure.key == "phq9":
                responses.withdraw_request(actor=inside.tess, request_id=item.request_id)
        answer(inside, inside.ada, "phq9", choose("phq9", phq_1=3, phq_2=3, phq_3=3, phq_4=3))
        now.move_to("2026-11-19 12:00 +0000")
        yield inside


def see(cast, days, person=None, **more):
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=details(clock.today() + timedelta(days=days), person=person, **more),
    )


def asked_of(person):
    return [
        (item.measure.key, item.due_on, item.closes_on, item.occasion)
        for item in measure_requests.portal_requests(actor=person)
    ]


def ben_is_seen_alone(cast):
    see(cast, 2, cast.ben, at=time(10))


def bens_session_alone_is_moved(cast):
    session = see(cast, 2, cast.ben, at=time(10))
    for at in (time(8), time(9)):
        sessions.change_session(
            actor=cast.tess,
            session_id=session,
            details=details(date(2026, 12, 1), person=cast.ben, at=at),
        )


def ben_is_given_something(cast):
    ask(cast, cast.ben, "who5")


def bens_part_of_the_record_is_corrected(cast):
    found = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    couples.edit_couple(
        actor=cast.tess,
        couple_id=cast.couple,
        details=replace(
            found,
            problems=found.problems | {cast.ben.person_id: "Something of his own"},
            births={cast.ben.person_id: date(1980, 1, 1)},
        ),
    )


def ben_answers(cast):
    for item in measure_requests.portal_requests(actor=cast.ben):
        responses.submit(
            actor=cast.ben,
            request_id=item.request_id,
            answers=choose(item.measure.key),
            audience=responses.AUDIENCES[0],
        )


@pytest.mark.parametrize(
    "act",
    [
        ben_is_seen_alone,
        bens_session_alone_is_moved,
        ben_is_given_something,
        bens_part_of_the_record_is_corrected,
        ben_answers,
    ],
    ids=lambda act: act.__name__,
)
def test_what_is_done_about_ben_leaves_adas_plan_asleep(later, act):
    before = asked_of(later.ada)
    act(later)
    assert asked_of(later.ada) == before


@pytest.mark.parametrize("whose", ["ada", None])
def test_a_step_of_her_own_course_or_of_the_couples_wakes_it(later, whose):
    before = asked_of(later.ada)
    see(later, 30, getattr(later, whose) if whose else None)
    assert {key for key, *_ in asked_of(later.ada)} - {key for key, *_ in before} == {"phq9"}


def test_a_session_that_becomes_somebody_elses_is_a_step_of_both(later):
    """Ben's own session becomes Ada's: her numbers move on, and so does what she is asked."""
    session = see(later, 1, later.ben, at=time(10))
    before = asked_of(later.ada)
    sessions.change_session(
        actor=later.tess,
        session_id=session,
        details=details(clock.today() + timedelta(days=1), person=later.ada, at=time(10)),
    )
    assert asked_of(later.ada) != before


def test_a_new_member_is_a_step_of_the_couple(later):
    memberships.add_member(
        actor=later.tess,
        couple_id=later.couple,
        person=NewPerson(name="Gus Weller", is_new=True),
        joined_on=clock.today(),
    )
    assert "phq9" in {key for key, *_ in asked_of(later.ada)}
