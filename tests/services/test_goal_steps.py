"""What the schedule asks about goals: opened, done, missed, taken back; of each person alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Battery, Occasion, Step, StepKind
from practice.domain.schedule import GoalTask, RequestStatus
from practice.domain.visibility import Audience
from practice.models.goals import GoalProgress, GoalRating, Hope
from practice.models.steps import StepRequest
from practice.services import clock, couples, goals, memberships, own_entries, step_requests
from practice.services import schedule as services
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.goals.steps import field_of
from practice.services.own_entries import EntryKind
from practice.services.portal_questions import portal_questions
from practice.services.schedule import refresh
from practice.services.schedule.table import couple_schedule
from tests.builders import leave
from tests.exercises import rate, set_goal
from tests.schedules import DAY, plan_session

THERAPIST, COUPLE = Audience.THERAPIST, Audience.COUPLE
BEFORE = "2026-11-25 12:00 +0000"
"""Two days before the session that is a week ahead."""


def open_step(person, task):
    (step,) = [one for one in step_requests.portal_steps(actor=person) if one.task == task]
    return step


def tasks(person):
    return [step.task for step in step_requests.portal_steps(actor=person)]


def rows(cast, person):
    query = select(StepRequest).filter_by(couple_id=cast.couple, person_id=person.person_id)
    return {row.occasion: row for row in db.session.scalars(query)}


def table_of(cast, name, occasion):
    """Return the steps of one person at an occasion as the therapist sees them."""
    found = couple_schedule(actor=cast.tess, couple_id=cast.couple)
    return [
        step
        for row in (*found.now, *found.ahead)
        if row.occasion is occasion
        for cell in row.cells
        if cell.name == name
        for step in cell.steps
        if step.kind is StepKind.GOALS
    ]


def hope(person, **words):
    step = open_step(person, GoalTask.WRITE)
    places = {int(key[-1]): text for key, text in words.items()}
    goals.write_hopes(actor=person, step_id=step.step_id, words=places)
    return step.step_id


def say(person, value, audience=THERAPIST, task=GoalTask.PROGRESS):
    step = open_step(person, task)
    asked = goals.goal_step(actor=person, step_id=step.step_id).goals
    goals.say(
        actor=person,
        step_id=step.step_id,
        values=dict.fromkeys((goal.id for goal in asked), value),
        audience=audience,
    )
    return step.step_id


# ---- intake: what somebody hopes for ------------------------------------------------------


def test_at_intake_each_is_asked_what_they_hope_for(couple):
    step = open_step(couple.ada, GoalTask.WRITE)
    assert (step.minutes, step.goals, step.has_joint) == (3, 0, False)
    (group,) = portal_questions(actor=couple.ada)
    assert group.items.index(step) == len(group.requests) - 1, "before what may be left out"
    assert group.minutes == sum(r.measure.minutes for r in group.requests if not r.optional) + 3


def test_what_was_hoped_is_for_its_author_and_the_therapist_and_can_be_mended(couple, now):
    step = hope(couple.ada, hope_1="  More evenings  ", hope_3="Fewer quarrels")
    assert tasks(couple.ada) == []
    assert tasks(couple.ben) == [GoalTask.WRITE]
    now.move_to("2026-11-22 12:00 +0000")
    goals.write_hopes(
        actor=couple.ada, step_id=step, words={1: "Evenings\n  at home", 2: "", 3: "Fewer quarrels"}
    )
    (first, third) = goals.own_hopes(actor=couple.ada)
    assert (first.words, first.place, first.changed_at is None) == ("Evenings at home", 1, False)
    assert (third.words, third.place, third.changed_at) == ("Fewer quarrels", 3, None)
    assert goals.own_hopes(actor=couple.ben) == ()
    seen = goals.couple_goals(actor=couple.tess, couple_id=couple.couple).hopes
    assert [(one.name, one.words) for one in seen] == [
        ("Ada", "Evenings at home"),
        ("Ada", "Fewer quarrels"),
    ]
    goals.write_hopes(actor=couple.ada, step_id=step, words={3: ""})
    assert [one.place for one in goals.own_hopes(actor=couple.ada)] == [1]


def test_nothing_and_too_much_are_refused_with_their_field(couple):
    step = open_step(couple.ada, GoalTask.WRITE).step_id
    with pytest.raises(Invalid) as refused:
        goals.write_hopes(actor=couple.ada, step_id=step, words={1: " ", 2: "", 3: ""})
    assert set(refused.value.errors) == {"hope_1"}
    with pytest.raises(Invalid) as refused:
        goals.write_hopes(actor=couple.ada, step_id=step, words={1: "x" * 201, 2: "x" * 200})
    assert set(refused.value.errors) == {"hope_1"}
    assert not db.session.scalars(select(Hope)).all()
    goals.write_hopes(actor=couple.ada, step_id=step, words={7: "nowhere", 2: "here"})
    assert [one.place for one in goals.own_hopes(actor=couple.ada)] == [2]


def test_a_hope_becomes_a_goal_and_its_words_stay_then(couple):
    step = hope(couple.ada, hope_1="More evenings", hope_2="Fewer quarrels")
    mine = goals.own_hopes(actor=couple.ada)[0]
    shown = goals.hope_of(actor=couple.tess, couple_id=couple.couple, hope_id=mine.id)
    goal = set_goal(couple, title=shown.words, person_id=shown.person_id, hope_id=mine.id)
    assert goals.own_hopes(actor=couple.ada)[0].goal_id == goal
    goals.write_hopes(actor=couple.ada, step_id=step, words={1: "Something else", 2: ""})
    (left,) = goals.own_hopes(actor=couple.ada)
    assert left.words == "More evenings"
    assert goals.goal_step(actor=couple.ada, step_id=step).hopes[0].is_fixed
    again = set_goal(couple, hope_id=mine.id)
    assert goals.own_hopes(actor=couple.ada)[0].goal_id == goal != again, "the first it became"


def test_a_step_whose_hopes_are_all_locked_away_thanks_for_nothing(couple):
    """For others nothing changes; its author finds it as if they had not written."""
    step = hope(couple.ada, hope_1="More evenings")
    before = table_of(couple, "Ada", Occasion.INTAKE)
    (mine,) = goals.own_hopes(actor=couple.ada)
    to = {"actor": couple.ada, "kind": EntryKind.HOPE, "record_id": mine.id}
    own_entries.lock_away(**to)
    found = goals.goal_step(actor=couple.ada, step_id=step)
    assert (found.is_done, found.is_open) == (False, True)
    assert not any(place.words for place in found.hopes)
    refresh(couple.couple)
    assert table_of(couple, "Ada", Occasion.INTAKE) == before
    assert GoalTask.WRITE not in tasks(couple.ada)
    db.session.get_one(StepRequest, step).closes_on = clock.today() - timedelta(days=9)
    with pytest.raises(NotFound):
        goals.goal_step(actor=couple.ada, step_id=step)
    own_entries.open_again(**to)
    assert goals.goal_step(actor=couple.ada, step_id=step).is_done


def test_a_hope_is_reached_by_nobody_else(couple):
    hope(couple.ada, hope_1="More evenings")
    (mine,) = goals.own_hopes(actor=couple.ada)
    for actor, where in (
        (couple.otto, couple.couple),
        (couple.otto, couple.other_couple),
        (couple.ben, couple.couple),
        (couple.ada, couple.couple),
    ):
        with pytest.raises(NotFound):
            goals.hope_of(actor=actor, couple_id=where, hope_id=mine.id)
    with pytest.raises(NotFound):
        set_goal(couple, hope_id=uuid4())


# ---- before a session ---------------------------------------------------------------------


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


# ---- discharge ----------------------------------------------------------------------------


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


# ---- what the therapist does --------------------------------------------------------------


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
