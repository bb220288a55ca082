"""At discharge, and what the therapist decides about a step."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Battery, Occasion, Step, StepKind
from practice.domain.schedule import GoalTask, RequestStatus
from practice.models.goals import GoalRating
from practice.services import couples, goals, memberships, step_requests
from practice.services import schedule as services
from practice.services.errors import Invalid, NotFound, Refused
from tests.exercises import rate, set_goal
from tests.goal_step_builders import BEFORE, THERAPIST, hope, open_step, rows, say, table_of, tasks
from tests.schedules import DAY, plan_session


def test_at_discharge_a_level_is_chosen_of_each_goal_not_spoken_of_already(couple, now):
    first, second = set_goal(couple), set_goal(couple, title="Another")
    rate(couple.ada, first, 1, THERAPIST)
    now.move_to("2026-11-24 12:00 +0000")
    couples.record_endings(
        actor=couple.tess,
        couple_id=couple.couple,
        endings=couples.Endings(episode_ended_on=date(2026, 11, 24)),
    )
    step = open_step(couple.ada, GoalTask.ATTAINMENT)
    asked = goals.goal_step(actor=couple.ada, step_id=step.step_id)
    assert [goal.id for goal in asked.goals] == [second]
    with pytest.raises(Invalid):
        goals.say(actor=couple.ada, step_id=step.step_id, values={second: 5})
    say(couple.ada, 2, task=GoalTask.ATTAINMENT)
    levels = [(row.goal_id, row.level) for row in db.session.scalars(select(GoalRating))]
    assert sorted(levels) == sorted([(first, 1), (second, 2)])
    assert GoalTask.ATTAINMENT in tasks(couple.ben)


def test_rating_every_goal_on_its_own_page_is_the_same(couple, now):
    goal = set_goal(couple)
    couples.record_endings(
        actor=couple.tess,
        couple_id=couple.couple,
        endings=couples.Endings(episode_ended_on=DAY),
    )
    assert GoalTask.ATTAINMENT in tasks(couple.ada)
    rate(couple.tess, goal, 1, THERAPIST)
    assert GoalTask.ATTAINMENT in tasks(couple.ada), "the therapist speaks for nobody else"
    rate(couple.ada, goal, 1, THERAPIST)
    assert GoalTask.ATTAINMENT not in tasks(couple.ada)
    assert rows(couple, couple.ada)[Occasion.DISCHARGE].done_at is not None
    assert GoalTask.ATTAINMENT in tasks(couple.ben)


def test_not_needed_stays_so_until_it_is_asked_again(couple):
    step = open_step(couple.ada, GoalTask.WRITE).step_id
    assert step_requests.withdraw_step(actor=couple.tess, step_id=step) == couple.couple
    services.refresh(couple.couple)
    assert tasks(couple.ada) == []
    assert tasks(couple.ben) == [GoalTask.WRITE]
    (shown,) = table_of(couple, "Ada", Occasion.INTAKE)
    assert (shown.status, shown.may_be_asked_again) == (RequestStatus.TAKEN_BACK, True)
    with pytest.raises(Refused):
        goals.goal_step(actor=couple.ada, step_id=step)
    step_requests.ask_step_again(actor=couple.tess, step_id=step)
    assert tasks(couple.ada) == [GoalTask.WRITE]
    with pytest.raises(Refused):
        step_requests.ask_step_again(actor=couple.tess, step_id=step)
    hope(couple.ada, hope_1="Peace")
    with pytest.raises(Refused):
        step_requests.withdraw_step(actor=couple.tess, step_id=step)
    (shown,) = table_of(couple, "Ada", Occasion.INTAKE)
    assert (shown.status, shown.on) == (RequestStatus.DONE, DAY)


def test_a_step_is_reached_by_its_person_alone_and_not_before_it_opens(couple):
    set_goal(couple)
    plan_session(couple, 7)
    mine = rows(couple, couple.ada)
    for actor in (couple.ben, couple.finn, couple.cleo, couple.tess):
        with pytest.raises(NotFound):
            goals.goal_step(actor=actor, step_id=mine[Occasion.INTAKE].id)
    with pytest.raises(NotFound):
        goals.goal_step(actor=couple.ada, step_id=mine[Occasion.BEFORE_SESSION].id)
    for actor in (couple.otto, couple.ada, couple.ben):
        for act in (step_requests.withdraw_step, step_requests.ask_step_again):
            with pytest.raises(NotFound):
                act(actor=actor, step_id=mine[Occasion.INTAKE].id)
    with pytest.raises(NotFound):
        step_requests.withdraw_step(actor=couple.tess, step_id=uuid4())


def test_whoever_leaves_is_asked_nothing_and_keeps_their_words(couple):
    step = hope(couple.ben, hope_1="Peace")
    set_goal(couple)
    plan_session(couple, 7)
    memberships.end_membership(
        actor=couple.tess, couple_id=couple.couple, person_id=couple.ben.person_id, left_on=DAY
    )
    assert rows(couple, couple.ben)[Occasion.BEFORE_SESSION].withdrawn_at is not None
    with pytest.raises(NotFound):
        goals.goal_step(actor=couple.ben, step_id=step)
    assert [one.words for one in goals.own_hopes(actor=couple.ben)] == ["Peace"]


def test_the_other_learns_nothing_of_it(couple, now):
    set_goal(couple)
    plan_session(couple, 7)
    now.move_to(BEFORE)
    before = [(row.id, row.done_at, row.closes_on) for row in rows(couple, couple.ada).values()]
    hope(couple.ben, hope_1="Peace")
    say(couple.ben, 3)
    goals.close_goal(actor=couple.tess, goal_id=set_goal(couple, person_id=couple.ben.person_id))
    after = [(row.id, row.done_at, row.closes_on) for row in rows(couple, couple.ada).values()]
    assert after == before


def test_a_battery_without_goals_asks_for_none_and_one_can_ask_at_reviews(couple, now):
    quiet = Battery((Step(Occasion.INTAKE, "csi16"),))
    services.save_battery(actor=couple.tess, couple_id=couple.couple, battery=quiet)
    assert tasks(couple.ada) == []
    wrong = Battery((Step(Occasion.AFTER_SESSION, kind=StepKind.GOALS),))
    with pytest.raises(Invalid) as refused:
        services.save_battery(actor=couple.tess, couple_id=couple.couple, battery=wrong)
    assert set(refused.value.errors) == {"after_session___goals"}
    review = Battery((Step(Occasion.REVIEW, kind=StepKind.GOALS, optional=True),), review_first=2)
    services.save_battery(actor=couple.tess, couple_id=couple.couple, battery=review)
    set_goal(couple)
    for days in (3, 10):
        plan_session(couple, days)
    now.move_to("2026-11-28 12:00 +0000")
    step = open_step(couple.ada, GoalTask.ATTAINMENT)
    assert (step.optional, step.due_on) == (True, DAY + timedelta(days=10))
