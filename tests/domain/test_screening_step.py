"""When the private questions belong to the intake."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from practice.domain.battery import DEFAULT_BATTERY, Battery, Occasion, Step, StepKind
from practice.domain.schedule import CourseFacts, PersonFacts, SessionFact, plan_steps
from practice.domain.sessions import SessionStatus
from practice.domain.steps import IN_PORTAL, KINDS

ADA = UUID(int=1)
START = date(2026, 3, 2)


def planned(*screened_on, battery=DEFAULT_BATTERY, left_on=None):
    course = CourseFacts(ZoneInfo("Europe/London"), ())
    person = PersonFacts(ADA, START, left_on, screened_on=screened_on)
    return [s for s in plan_steps(battery, course, person) if s.kind is StepKind.SCREENING]


def test_everybody_is_asked_once_at_intake():
    (step,) = planned()
    assert (step.occasion, step.due_on, step.done_on) == (Occasion.INTAKE, None, None)
    assert not step.optional


def test_the_first_answer_of_its_time_is_when_it_was_done():
    (step,) = planned(START + timedelta(days=9), START + timedelta(days=3))
    assert step.done_on == START + timedelta(days=3)


def test_an_answer_of_before_is_none_of_this_intake():
    (step,) = planned(START - timedelta(days=1))
    assert step.done_on is None


def test_the_review_closes_the_intake():
    starts = datetime(2026, 3, 20, 18, tzinfo=UTC)
    sessions = tuple(
        SessionFact(
            UUID(int=10 + n),
            None,
            SessionStatus.PLANNED,
            starts + timedelta(days=7 * n),
            starts + timedelta(days=7 * n),
        )
        for n in range(4)
    )
    course = CourseFacts(ZoneInfo("Europe/London"), sessions)
    late = PersonFacts(ADA, START, screened_on=(date(2026, 4, 30),))
    (step,) = [s for s in plan_steps(DEFAULT_BATTERY, course, late) if s.kind is StepKind.SCREENING]
    assert step.closes_on == date(2026, 4, 6)
    assert step.due_on == date(2026, 3, 20)
    assert step.done_on is None


def test_whoever_left_is_not_asked():
    assert planned(left_on=START + timedelta(days=30)) == []


@pytest.mark.parametrize("occasion", [one for one in Occasion if one is not Occasion.INTAKE])
def test_a_battery_asks_them_at_intake_alone(occasion):
    battery = Battery((Step(occasion, kind=StepKind.SCREENING),))
    ((_, why),) = battery.problems({})
    assert "asked at intake" in why


def test_no_list_of_a_member_holds_them():
    assert StepKind.SCREENING not in IN_PORTAL
    assert set(KINDS) >= IN_PORTAL
