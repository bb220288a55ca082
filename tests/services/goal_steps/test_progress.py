"""Before a session: how far each goal has come."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Occasion, StepKind
from practice.domain.schedule import GoalTask, RequestStatus
from practice.domain.visibility import Audience
from practice.models.goals import GoalProgress
from practice.models.steps import StepRequest
from practice.services import goals, step_requests
from practice.services import schedule as services
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.goals.steps import field_of
from practice.services.schedule.table import couple_schedule
from tests.builders import leave
from tests.exercises import set_goal
from tests.goal_step_builders import (
    BEFORE,
    COUPLE,
    THERAPIST,
    open_step,
    rows,
    say,
    table_of,
    tasks,
)
from tests.schedules import DAY, plan_session


def test_nobody_without_goals_is_asked_to_rate_any(couple, now):
    plan_session(couple, 7)
    own = set_goal(couple, person_id=couple.ben.person_id)
    now.move_to(BEFORE)
    services.refresh(couple.couple)
    assert tasks(couple.ada) == [GoalTask.WRITE], "another's own goal is none of hers"
    assert sorted(tasks(couple.ben)) == [GoalTask.PROGRESS, GoalTask.WRITE]
    goals.close_goal(actor=couple.tess, goal_id=own)
    assert tasks(couple.ben) == [GoalTask.WRITE]


def test_progress_is_said_of_each_goal_once_and_for_whom_it_was_meant(couple, now):
    joint = set_goal(couple)
    own = set_goal(couple, person_id=couple.ada.person_id)
    plan_session(couple, 7)
    now.move_to(BEFORE)
    step = open_step(couple.ada, GoalTask.PROGRESS)
    assert (step.goals, step.has_joint, step.minutes) == (2, True, 1)
    say(couple.ada, 6, COUPLE)
    stored = {row.goal_id: row for row in db.session.scalars(select(GoalProgress))}
    assert (stored[joint].value, stored[joint].audience) == (6, COUPLE)
    assert (stored[own].value, stored[own].audience) == (6, THERAPIST), "nobody else has it"
    assert GoalTask.PROGRESS not in tasks(couple.ada)
    assert GoalTask.PROGRESS in tasks(couple.ben), "the other is asked as before"
    goals.say(actor=couple.ada, step_id=step.step_id, values={joint: 9, own: 9})
    assert len(list(db.session.scalars(select(GoalProgress)))) == 2, "once done it is done"
    assert goals.portal_goal(actor=couple.ben, goal_id=joint).goal.progress[0].value == 6
    say(couple.ben, 2)
    view = goals.goal_page(actor=couple.tess, goal_id=joint)[1]
    assert [(one.rater, one.value) for one in view.latest_progress] == [("Ada", 6), ("Ben", 2)]
    mine = goals.portal_goal(actor=couple.ada, goal_id=joint).goal.progress
    assert [(one.rater, one.is_own) for one in mine] == [("Ada", True)]
    assert not view.is_editable
    with pytest.raises(Refused):
        goals.edit_goal(
            actor=couple.tess,
            goal_id=joint,
            title="Else",
            levels=view.levels,
            weight=1,
            target_on=None,
        )


@pytest.mark.parametrize("value", [-1, 11])
def test_a_number_beyond_the_scale_or_none_is_refused_by_its_goal(couple, now, value):
    goal, other = set_goal(couple), set_goal(couple, title="Another")
    plan_session(couple, 7)
    now.move_to(BEFORE)
    step = open_step(couple.ada, GoalTask.PROGRESS).step_id
    with pytest.raises(Invalid) as refused:
        goals.say(actor=couple.ada, step_id=step, values={goal: value}, audience=Audience.PRIVATE)
    assert set(refused.value.errors) == {field_of(goal), field_of(other), "audience"}
    assert not db.session.scalars(select(GoalProgress)).all()
    for fits in (0, 10):
        goals.say(actor=couple.ada, step_id=step, values={goal: fits, other: fits})


def test_what_was_missed_stays_missed_and_is_asked_once_more_by_hand(couple, now):
    set_goal(couple)
    plan_session(couple, 7)
    now.move_to("2026-11-30 12:00 +0000")
    services.refresh(couple.couple)
    (step,) = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    assert (step.status, step.may_be_asked_again) == (RequestStatus.MISSED, True)
    with pytest.raises(Refused, match="Nothing is missing"):
        goals.goal_step(actor=couple.ada, step_id=step.step_id)
    before = tasks(couple.ben)
    assert step_requests.ask_step_again(actor=couple.tess, step_id=step.step_id) == couple.couple
    assert tasks(couple.ben) == before
    services.refresh(couple.couple)
    missed, again = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    assert (missed.status, missed.may_be_asked_again) == (RequestStatus.MISSED, False)
    assert (again.status, again.may_be_withdrawn) == (RequestStatus.DUE, True)
    with pytest.raises(Refused, match="nothing to ask again"):
        step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)
    (goal,) = goals.goal_step(actor=couple.ada, step_id=again.step_id).goals
    goals.say(actor=couple.ada, step_id=again.step_id, values={goal.id: 6})
    shown = [one.status for one in table_of(couple, "Ada", Occasion.BEFORE_SESSION)]
    assert shown == [RequestStatus.MISSED, RequestStatus.DONE]
    with pytest.raises(Refused, match="nothing to ask again"):
        step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)


@pytest.fixture
def missed(couple, now):
    """The step in which Ada did not say how far a goal has come."""
    set_goal(couple)
    plan_session(couple, 7)
    now.move_to("2026-11-30 12:00 +0000")
    services.refresh(couple.couple)
    (step,) = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    return step


def test_what_is_asked_once_more_can_be_taken_back_and_asked_anew(couple, missed):
    step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)
    _, again = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    step_requests.withdraw_step(actor=couple.tess, step_id=again.step_id)
    services.refresh(couple.couple)
    assert GoalTask.PROGRESS not in tasks(couple.ada)
    old, again = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    assert (old.may_be_asked_again, again.may_be_asked_again) == (False, True)
    step_requests.ask_step_again(actor=couple.tess, step_id=again.step_id)
    services.refresh(couple.couple)
    assert GoalTask.PROGRESS in tasks(couple.ada)


def test_what_was_asked_at_no_session_stands_beside_what_was_missed(couple, now):
    db.session.get_one(StepRequest, open_step(couple.ada, GoalTask.WRITE).step_id).closes_on = DAY
    db.session.flush()
    now.move_to("2026-11-30 12:00 +0000")
    (step,) = table_of(couple, "Ada", Occasion.INTAKE)
    step_requests.ask_step_again(actor=couple.tess, step_id=step.step_id)
    shown = couple_schedule(actor=couple.tess, couple_id=couple.couple)
    (intake,) = [row for row in shown.now if row.occasion is Occasion.INTAKE]
    ada = next(cell for cell in intake.cells if cell.name == "Ada")
    stated = [one.status for one in ada.steps if one.kind is StepKind.GOALS]
    assert stated == [RequestStatus.MISSED, RequestStatus.DUE]
    assert tasks(couple.ada) == [GoalTask.WRITE]


def test_whoever_leaves_is_not_asked_again_either(couple, missed):
    step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)
    leave(couple.couple, couple.ada, DAY + timedelta(days=8))
    services.refresh(couple.couple)
    assert [one.status for one in table_of(couple, "Ada", Occasion.BEFORE_SESSION)] == [
        RequestStatus.MISSED
    ]
    with pytest.raises(NotFound):
        step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)


def test_where_no_goal_is_open_there_is_nothing_to_ask_again(couple, now):
    goal = set_goal(couple)
    plan_session(couple, 7)
    now.move_to("2026-11-30 12:00 +0000")
    services.refresh(couple.couple)
    (missed,) = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    goals.close_goal(actor=couple.tess, goal_id=goal)
    with pytest.raises(Refused, match="no open goal"):
        step_requests.ask_step_again(actor=couple.tess, step_id=missed.step_id)


def test_a_form_begun_before_midnight_is_not_lost(couple, now):
    set_goal(couple)
    plan_session(couple, 7)
    now.move_to("2026-11-27 23:50 +0000")
    step = open_step(couple.ada, GoalTask.PROGRESS).step_id
    (goal,) = goals.goal_step(actor=couple.ada, step_id=step).goals
    now.move_to("2026-11-28 00:10 +0000")
    goals.say(actor=couple.ada, step_id=step, values={goal.id: 4})
    (shown,) = table_of(couple, "Ada", Occasion.BEFORE_SESSION)
    assert shown.status is RequestStatus.DONE


def test_a_cancelled_session_takes_its_step_with_it(couple):
    set_goal(couple)
    plan_session(couple, 7)
    row = rows(couple, couple.ada)[Occasion.BEFORE_SESSION]
    services.switch(actor=couple.tess, couple_id=couple.couple, active=False)
    assert row.withdrawn_at is not None
    assert table_of(couple, "Ada", Occasion.BEFORE_SESSION) == []
    services.switch(actor=couple.tess, couple_id=couple.couple, active=True)
    assert row.withdrawn_at is None


def test_no_past_session_is_asked_about_when_a_goal_comes_later(couple, now):
    plan_session(couple, 7)
    now.move_to("2026-12-10 12:00 +0000")
    set_goal(couple)
    assert Occasion.BEFORE_SESSION not in rows(couple, couple.ada)
