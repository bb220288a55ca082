"""The schedule follows the course: what is asked, re-dated, taken back, missed and asked again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Occasion
from practice.domain.couples import RelationshipStatus
from practice.domain.schedule import RequestStatus
from practice.domain.sessions import Attendance, SessionStatus
from practice.models.responses import MeasureRequest
from practice.services import couples, goals, measure_requests, memberships, responses, sessions
from practice.services import schedule as services
from practice.services.errors import NotFound, Refused
from practice.services.known_people import NewPerson
from practice.services.portal_questions import next_of_group, portal_questions
from practice.services.schedule.table import ask_again, couple_schedule
from practice.services.step_requests import OpenStep
from tests.builders import schedule
from tests.measure_builders import answer, choose, csi16
from tests.schedules import DAY, INTAKE, details, hold, plan_session, send, stored, waiting

# ---- what is asked ------------------------------------------------------------------------


def test_a_new_couple_is_asked_the_intake_at_once(inside, now):
    couple = couples.create_couple(
        actor=inside.tess,
        new=couples.NewCouple(
            id=uuid4(),
            people=tuple(NewPerson(name=n, problem="", is_new=True) for n in ("Ivy A", "Jo B")),
            relationship_status=RelationshipStatus.MARRIED,
            episode_started_on=DAY,
        ),
    )
    rows = db.session.scalars(select(MeasureRequest).filter_by(couple_id=couple)).all()
    assert {row.measure_key for row in rows} == INTAKE
    assert len(rows) == 10
    assert {row.given_by for row in rows} == {inside.tess.person_id}


def test_a_planned_session_is_asked_about_when_its_time_comes(couple, now):
    for person in (couple.ada, couple.ben):
        for key in INTAKE:
            send(person, key)
    session = plan_session(couple, 7)
    assert waiting(couple.ada) == set(), "nothing that opens later is shown"
    now.move_to("2026-11-24 18:30 +0000")
    assert waiting(couple.ada) == {"csi4", "ratings"}
    group, intake = portal_questions(actor=couple.ada)
    assert (intake.occasion, intake.requests, len(intake.steps)) == (Occasion.INTAKE, (), 1)
    assert (group.occasion, group.on) == (Occasion.BEFORE_SESSION, DAY + timedelta(days=7))
    assert group.minutes == sum(r.measure.minutes for r in group.requests) == 2
    send(couple.ada, "csi4")
    hold_day = DAY + timedelta(days=7)
    now.move_to("2026-11-27 20:00 +0000")
    hold(couple, session, hold_day, ben=Attendance.DID_NOT_ATTEND)
    assert waiting(couple.ada) == {"ratings", "session_feedback"}
    assert waiting(couple.ben) == {"csi4", "ratings"}
    now.move_to("2026-11-28 12:00 +0000")
    assert waiting(couple.ada) == {"session_feedback"}
    assert waiting(couple.ben) == set()
    now.move_to("2026-12-01 12:00 +0000")
    assert waiting(couple.ada) == set()


def test_refreshing_again_changes_nothing(couple):
    plan_session(couple, 7)
    before = {key: (row.id, row.opens_at, row.closes_on) for key, row in _all(couple).items()}
    services.refresh(couple.couple)
    assert services.refresh_all() == 2, "Otto's couple is looked at too"
    assert {k: (r.id, r.opens_at, r.closes_on) for k, r in _all(couple).items()} == before


def _all(cast):
    rows = db.session.scalars(select(MeasureRequest).filter_by(couple_id=cast.couple))
    return {(row.person_id, row.measure_key, row.occasion_ref): row for row in rows}


def test_a_cancelled_session_takes_its_questions_with_it_and_brings_them_back(couple):
    session = plan_session(couple, 7)
    assert stored(couple, couple.ada, session_id=session)
    change = {"actor": couple.tess, "session_id": session}
    day = DAY + timedelta(days=7)
    cancelled = details(day, SessionStatus.CANCELLED)
    sessions.change_session(**change, details=cancelled)
    assert not stored(couple, couple.ada, session_id=session)
    sessions.change_session(**change, details=details(day))
    assert stored(couple, couple.ada, session_id=session)


def test_a_moved_session_moves_its_questions(couple):
    session = plan_session(couple, 7)
    moved = DAY + timedelta(days=9)
    sessions.change_session(actor=couple.tess, session_id=session, details=details(moved))
    (feedback,) = stored(couple, couple.ada, session_id=session).values()
    assert (feedback.due_on, feedback.closes_on) == (moved, moved + timedelta(days=3))


def test_what_is_not_needed_stays_so_until_it_is_asked_again(couple):
    session = plan_session(couple, 7)
    (request,) = stored(couple, couple.ada, session_id=session).values()
    responses.withdraw_request(actor=couple.tess, request_id=request.id)
    services.refresh(couple.couple)
    assert not stored(couple, couple.ada, session_id=session)
    assert ask_again(actor=couple.tess, request_id=request.id) == couple.couple
    assert stored(couple, couple.ada, session_id=session)
    with pytest.raises(Refused):
        ask_again(actor=couple.tess, request_id=request.id)


def test_no_past_session_is_asked_about(couple, now):
    now.move_to("2026-12-20 12:00 +0000")
    session = plan_session(
        couple,
        10,
        status=SessionStatus.HELD,
        attendance={
            couple.ada.person_id: Attendance.ATTENDED,
            couple.ben.person_id: Attendance.ATTENDED,
        },
    )
    assert not stored(couple, couple.ada, session_id=session)


def test_an_existing_couple_is_not_flooded(inside, now):
    """Six sessions held before the schedule was there, and two scores by hand."""
    for person in (inside.ada, inside.ben):
        answer(inside, person, "csi16")
    there = {p.person_id: Attendance.ATTENDED for p in (inside.ada, inside.ben)}
    for weeks in range(6, 0, -1):
        plan_session(inside, -7 * weeks, status=SessionStatus.HELD, attendance=there)
    schedule(inside.couple, inside.tess)
    assert not [row for row in _all(inside).values() if row.occasion]
    plan_session(inside, 7)
    keys = {row.measure_key for row in _all(inside).values() if row.occasion}
    assert keys == {"csi4", "ratings", "session_feedback"}


def test_a_session_moved_into_the_past_is_nobodys_miss(couple, now):
    session = plan_session(couple, 7)
    now.move_to("2026-12-10 12:00 +0000")
    services.refresh(couple.couple)
    assert stored(couple, couple.ada, session_id=session), "missed, until the day is put right"
    hold(couple, session, DAY + timedelta(days=1))
    assert not stored(couple, couple.ada, session_id=session)


# ---- missed -------------------------------------------------------------------------------


def test_what_is_missed_stays_missed_and_can_be_asked_by_hand(couple, now):
    session = plan_session(couple, 7)
    now.move_to("2026-11-27 20:00 +0000")
    hold(couple, session, DAY + timedelta(days=7))
    now.move_to("2026-12-02 12:00 +0000")
    services.refresh(couple.couple)
    (request,) = stored(couple, couple.ada, session_id=session).values()
    row = next(r for r in couple_schedule(actor=couple.tess, couple_id=couple.couple).now if r.on)
    assert {m.status for cell in row.cells for m in cell.measures} == {RequestStatus.MISSED}
    ask_again(actor=couple.tess, request_id=request.id)
    assert "session_feedback" in waiting(couple.ada)
    assert _all(couple)[couple.ada.person_id, "session_feedback", None].occasion is None
    assert stored(couple, couple.ada, session_id=session), "the miss is history"


def test_what_was_missed_of_a_session_that_did_not_happen_is_no_miss(couple, now):
    session = plan_session(couple, 7)
    now.move_to("2026-12-02 12:00 +0000")
    hold(couple, session, DAY + timedelta(days=7), ada=Attendance.LATE_CANCELLATION)
    assert not stored(couple, couple.ada, session_id=session)
    assert stored(couple, couple.ben, session_id=session)


def test_a_closed_one_is_refused_calmly_and_a_later_one_does_not_exist(couple, now):
    session = plan_session(couple, 7)
    (request,) = stored(couple, couple.ada, session_id=session).values()
    with pytest.raises(NotFound):
        responses.questions(actor=couple.ada, request_id=request.id)
    responses.withdraw_request(actor=couple.tess, request_id=request.id)
    with pytest.raises(NotFound):
        responses.questions(actor=couple.ada, request_id=request.id)
    ask_again(actor=couple.tess, request_id=request.id)
    now.move_to("2026-12-01 23:00 +0000")  # its last day was yesterday: a form may still be open
    responses.questions(actor=couple.ada, request_id=request.id)
    now.move_to("2026-12-02 12:00 +0000")
    with pytest.raises(Refused, match="Nothing is missing"):
        responses.questions(actor=couple.ada, request_id=request.id)


# ---- answering ----------------------------------------------------------------------------


def test_an_elevated_intake_is_asked_about_at_the_review(couple):
    for weeks in range(1, 5):
        plan_session(couple, 7 * weeks)
    before = stored(couple, couple.ben)
    send(couple.ada, "phq9")
    assert ("phq9", Occasion.REVIEW) not in {key[:2] for key in stored(couple, couple.ada)}
    send(couple.ada, "gad7", dict.fromkeys(choose("gad7"), 3))
    assert ("gad7", Occasion.REVIEW) in {key[:2] for key in stored(couple, couple.ada)}
    assert stored(couple, couple.ben) == before, "the other's questions are as they were"


def test_the_next_of_the_same_sitting_is_offered_and_then_none(couple):
    send(couple.ada, "csi16")
    groups = portal_questions(actor=couple.ada)
    assert [r.measure.key for r in groups[0].requests] == ["phq9", "gad7", "ratings", "who5"]
    assert groups[0].optional_minutes == groups[0].requests[-1].measure.minutes
    last = None
    for key in ("phq9", "gad7", "ratings", "who5"):
        last = send(couple.ada, key)
    hopes = next_of_group(actor=couple.ada, request_id=last)
    assert isinstance(hopes, OpenStep)
    goals.write_hopes(actor=couple.ada, step_id=hopes.step_id, words={1: "Less quarrelling"})
    assert next_of_group(actor=couple.ada, request_id=last) is None
    first = send(couple.ben, "csi16")
    following = next_of_group(actor=couple.ben, request_id=first)
    assert following is not None
    assert following.measure.key == "phq9"
    with pytest.raises(NotFound):
        next_of_group(actor=couple.ada, request_id=first)


def test_what_is_given_by_hand_stands_for_what_the_schedule_asks(couple, now):
    for key in INTAKE:
        send(couple.ada, key)
    session = plan_session(couple, 7)
    assert ("csi4", Occasion.BEFORE_SESSION, session) in stored(couple, couple.ada)
    now.move_to("2026-11-25 12:00 +0000")
    given = measure_requests.give(
        actor=couple.tess,
        couple_id=couple.couple,
        person_ids=[couple.ada.person_id],
        measure_keys=["csi16"],
        due_on=None,
    )
    assert given.asked == ("Asked of Ada: CSI-16.",)
    assert waiting(couple.ada) == {"csi16", "ratings"}
    (by_hand,) = [r for r in _all(couple).values() if r.occasion is None and not r.withdrawn_at]
    responses.withdraw_request(actor=couple.tess, request_id=by_hand.id)
    assert waiting(couple.ada) == {"csi4", "ratings"}, "its reason is back"


# ---- people and endings -------------------------------------------------------------------


def test_whoever_leaves_is_asked_nothing_and_whoever_comes_back_is_asked_again(couple):
    plan_session(couple, 7)
    send(couple.ben, "csi16", csi16(40))
    memberships.end_membership(
        actor=couple.tess, couple_id=couple.couple, person_id=couple.ben.person_id, left_on=DAY
    )
    assert [key[0] for key in stored(couple, couple.ben)] == ["csi16"], "what was answered stays"
    assert stored(couple, couple.ada)
    memberships.reopen_membership(
        actor=couple.tess, couple_id=couple.couple, person_id=couple.ben.person_id
    )
    assert waiting(couple.ben) == INTAKE - {"csi16"}


def test_a_new_member_begins_with_the_intake(couple):
    person_id = memberships.add_member(
        actor=couple.tess,
        couple_id=couple.couple,
        person=NewPerson(name="Kay New", problem="", is_new=True),
        joined_on=DAY,
    )
    rows = db.session.scalars(select(MeasureRequest).filter_by(person_id=person_id)).all()
    assert {row.measure_key for row in rows} == INTAKE


def test_the_end_of_care_asks_and_a_reopened_one_takes_it_back(couple, now):
    for key in INTAKE:
        send(couple.ada, key)
    now.move_to("2026-12-20 12:00 +0000")
    end = couples.Endings(episode_ended_on=date(2026, 12, 20))
    couples.record_endings(actor=couple.tess, couple_id=couple.couple, endings=end)
    assert waiting(couple.ada) == {"csi16", "phq9", "gad7"}
    later = {key[1] for key in stored(couple, couple.ada)} - {Occasion.INTAKE}
    assert later == {Occasion.DISCHARGE, Occasion.FOLLOW_UP_3, Occasion.FOLLOW_UP_12}
    couples.record_endings(actor=couple.tess, couple_id=couple.couple, endings=couples.Endings())
    assert waiting(couple.ada) == set()
    now.move_to("2027-03-21 12:00 +0000")
    assert waiting(couple.ada) == set()


# ---- what the therapist sees --------------------------------------------------------------


def test_the_table_says_planned_due_done_and_not_needed(couple):
    session = plan_session(couple, 7)
    request = send(couple.ada, "csi16")
    (ahead,) = stored(couple, couple.ben, session_id=session).values()
    responses.withdraw_request(actor=couple.tess, request_id=ahead.id)
    table = couple_schedule(actor=couple.tess, couple_id=couple.couple)
    intake = next(row for row in table.now if row.occasion is Occasion.INTAKE)
    assert [cell.name for cell in intake.cells] == ["Ada", "Ben"]
    first = intake.cells[0].measures[0]
    assert (first.request_id, first.status, first.on) == (request, RequestStatus.DONE, DAY)
    assert intake.cells[1].measures[0].status is RequestStatus.DUE
    after = next(row for row in (*table.now, *table.ahead) if row.occasion is not intake.occasion)
    by_name = {cell.name: cell.measures[0].status for cell in after.cells}
    assert by_name == {"Ada": RequestStatus.PLANNED, "Ben": RequestStatus.TAKEN_BACK}


def test_nobody_else_sees_the_table_or_asks_again(couple):
    session = plan_session(couple, 7)
    (request,) = stored(couple, couple.ada, session_id=session).values()
    for actor in (couple.otto, couple.ada, couple.ben):
        with pytest.raises(NotFound):
            couple_schedule(actor=actor, couple_id=couple.couple)
        with pytest.raises(NotFound):
            ask_again(actor=actor, request_id=request.id)
    with pytest.raises(NotFound):
        ask_again(actor=couple.tess, request_id=uuid4())
