"""When somebody is asked about goals: by example, and rules that hold for any course."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.battery import DEFAULT_BATTERY, Battery, Occasion, Step, StepKind
from practice.domain.schedule import (
    CourseFacts,
    GoalFact,
    GoalSaid,
    GoalTask,
    PersonFacts,
    SessionFact,
    minutes_of,
    plan_steps,
)
from practice.domain.sessions import SessionStatus

ADA, BEN = UUID(int=1), UUID(int=2)
LONDON = ZoneInfo("Europe/London")
START = date(2026, 3, 2)
PROGRESS, ATTAINMENT = GoalTask.PROGRESS, GoalTask.ATTAINMENT
ABOUT_GOALS = replace(
    DEFAULT_BATTERY, steps=tuple(s for s in DEFAULT_BATTERY.steps if s.kind is StepKind.GOALS)
)


def day(number):
    return START + timedelta(days=number)


def session(number, days, *, person=None, status=SessionStatus.PLANNED):
    at = day(days)
    starts = datetime(at.year, at.month, at.day, 18, tzinfo=LONDON).astimezone(UTC)
    return SessionFact(UUID(int=100 + number), person, status, starts, starts)


def goal(number, since=0, closed=None):
    return GoalFact(UUID(int=number), day(since), None if closed is None else day(closed))


def said(number, days, task=PROGRESS):
    return GoalSaid(UUID(int=number), task, day(days))


def steps(*sessions, battery=ABOUT_GOALS, ended=None, **person):
    course = CourseFacts(LONDON, sessions, None if ended is None else day(ended))
    facts = {"joined_on": START} | person
    return plan_steps(battery, course, PersonFacts(ADA, **facts))


def at(found, occasion):
    return [step for step in found if step.occasion is occasion]


# ---- by example ---------------------------------------------------------------------------


def test_at_intake_everybody_is_asked_what_they_hope_for():
    (step,) = steps()
    assert (step.kind, step.occasion, step.occasion_ref) == (
        StepKind.GOALS,
        Occasion.INTAKE,
        "intake",
    )
    assert (step.closes_on, step.done_on, step.optional) == (None, None, False)


def test_what_was_hoped_in_its_time_is_done_on_its_first_day():
    assert steps(hoped_on=(day(4), day(2)))[0].done_on == day(2)
    before = steps(hoped_on=(day(-1),))
    assert before[0].done_on is None, "what was written before joining again is another time"


def test_nobody_without_goals_is_asked_to_rate_any():
    found = steps(session(1, 10), ended=30)
    assert {step.occasion for step in found} == {Occasion.INTAKE}


def test_before_a_session_progress_is_asked_of_those_who_have_goals():
    (step,) = at(steps(session(1, 10), goals=(goal(1),)), Occasion.BEFORE_SESSION)
    assert (step.session_id, step.due_on, step.closes_on) == (UUID(int=101), day(10), day(10))
    assert step.opens_at == datetime(2026, 3, 9, 18, tzinfo=UTC)
    assert step.done_on is None


def test_it_is_done_when_each_goal_was_rated_in_its_time():
    goals = (goal(1), goal(2))
    one = steps(session(1, 10), goals=goals, said=(said(1, 8),))
    assert at(one, Occasion.BEFORE_SESSION)[0].done_on is None
    both = steps(session(1, 10), goals=goals, said=(said(1, 8), said(2, 9)))
    assert at(both, Occasion.BEFORE_SESSION)[0].done_on == day(9)
    early = steps(session(1, 10), goals=goals, said=(said(1, 6), said(2, 9)))
    assert at(early, Occasion.BEFORE_SESSION)[0].done_on is None


def test_a_level_is_no_progress_and_progress_no_level():
    levels = (said(1, 9, ATTAINMENT),)
    (step,) = at(steps(session(1, 10), goals=(goal(1),), said=levels), Occasion.BEFORE_SESSION)
    assert step.done_on is None
    numbers = (said(1, 31),)
    (step,) = at(steps(goals=(goal(1),), said=numbers, ended=30), Occasion.DISCHARGE)
    assert step.done_on is None


def test_of_the_week_before_discharge_a_level_stands():
    for days, done in ((22, None), (23, day(23)), (58, day(58)), (59, None)):
        level = (said(1, days, ATTAINMENT),)
        (step,) = at(steps(goals=(goal(1),), said=level, ended=30), Occasion.DISCHARGE)
        assert step.done_on == done, days


@pytest.mark.parametrize(
    ("asked", "goals"),
    [
        (True, goal(1, since=10)),
        (False, goal(1, since=11)),
        (False, goal(1, closed=10)),
        (True, goal(1, closed=11)),
    ],
)
def test_a_goal_counts_that_was_set_by_its_last_day_and_not_closed_by_then(asked, goals):
    found = at(steps(session(1, 10), goals=(goals,)), Occasion.BEFORE_SESSION)
    assert bool(found) is asked


def test_a_review_stands_for_what_is_asked_before_the_session():
    both = Battery(
        (
            Step(Occasion.BEFORE_SESSION, kind=StepKind.GOALS),
            Step(Occasion.REVIEW, kind=StepKind.GOALS, optional=True),
        ),
        review_first=2,
        review_every=1,
    )
    found = steps(session(1, 10), session(2, 20), battery=both, goals=(goal(1),))
    assert [step.occasion for step in found] == [Occasion.BEFORE_SESSION, Occasion.REVIEW]
    assert [step.optional for step in found] == [False, True]


def test_sessions_close_together_are_asked_about_once():
    found = steps(session(1, 10), session(2, 12), session(3, 20), goals=(goal(1),))
    assert [step.due_on for step in at(found, Occasion.BEFORE_SESSION)] == [day(10), day(20)]


def test_whoever_left_or_is_under_a_quiet_battery_is_asked_nothing():
    assert steps(goals=(goal(1),), left_on=day(3)) == ()
    assert steps(goals=(goal(1),), battery=replace(DEFAULT_BATTERY, active=False)) == ()
    assert steps(goals=(goal(1),), battery=Battery(())) == ()


@pytest.mark.parametrize(
    ("task", "goals", "minutes"),
    [
        (GoalTask.WRITE, 0, 3),
        (GoalTask.WRITE, 9, 3),
        (PROGRESS, 0, 1),
        (PROGRESS, 1, 1),
        (PROGRESS, 4, 1),
        (PROGRESS, 5, 2),
        (ATTAINMENT, 0, 1),
        (ATTAINMENT, 3, 3),
    ],
)
def test_minutes_follow_what_is_to_be_done(task, goals, minutes):
    assert minutes_of(task, goals) == minutes


# ---- any course ---------------------------------------------------------------------------

_days = st.integers(0, 120)
_sessions = st.lists(
    st.builds(
        lambda number, days, who, status: session(number, days, person=who, status=status),
        number=st.integers(1, 10_000),
        days=_days,
        who=st.sampled_from([None, None, ADA, BEN]),
        status=st.sampled_from(list(SessionStatus)),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)
_goals = st.lists(
    st.builds(goal, st.integers(1, 4), _days, st.none() | _days),
    max_size=4,
    unique_by=lambda one: one.id,
)
_said = st.lists(st.builds(said, st.integers(1, 4), _days, st.sampled_from([PROGRESS, ATTAINMENT])))
_batteries = st.builds(
    lambda occasions, first: Battery(
        tuple(Step(one, kind=StepKind.GOALS) for one in occasions), review_first=first
    ),
    occasions=st.lists(st.sampled_from(list(Occasion)), unique=True),
    first=st.integers(2, 4),
)


@given(_sessions, _goals, _said, st.none() | _days, _batteries | st.just(DEFAULT_BATTERY))
def test_nothing_is_asked_twice_at_a_time_and_the_order_of_rows_changes_nothing(
    sessions, goals, ratings, ended, battery
):
    found = steps(*sessions, battery=battery, ended=ended, goals=tuple(goals), said=tuple(ratings))
    assert found == steps(
        *reversed(sessions),
        battery=battery,
        ended=ended,
        goals=tuple(reversed(goals)),
        said=tuple(reversed(ratings)),
    )
    assert len({(step.kind, step.occasion_ref) for step in found}) == len(found)
    rated = [step for step in found if step.occasion is not Occasion.INTAKE]
    for place, one in enumerate(rated):
        for other in rated[place + 1 :]:
            first, last = _span(one)
            begins, ends = _span(other)
            assert last < begins or ends < first


def _span(step):
    return step.opens_at.astimezone(LONDON).date(), step.closes_on


@given(_sessions, _goals, _said, st.none() | _days)
def test_what_was_said_changes_only_what_is_done(sessions, goals, ratings, ended):
    """An answer never brings another question, and takes none away from the plan."""
    quiet = steps(*sessions, ended=ended, goals=tuple(goals))
    spoken = steps(*sessions, ended=ended, goals=tuple(goals), said=tuple(ratings))
    assert [replace(step, done_on=None) for step in spoken] == list(quiet)


@given(_sessions, _sessions, _goals)
def test_what_the_other_does_alone_changes_nothing(sessions, alone, goals):
    ours = [one for one in sessions if one.person_id != BEN]
    bens = [replace(one, id=UUID(int=one.id.int + 10**6), person_id=BEN) for one in alone]
    assert steps(*ours, *bens, goals=tuple(goals)) == steps(*ours, goals=tuple(goals))
