"""Since when no mail gets through to somebody, and what settles it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from practice.domain.reminders.stuck import Outcome, Stuck, stuck
from practice.domain.reminders.terms import DELIVERED, Problem, ReminderState

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GIVEN_UP = ReminderState.GIVEN_UP
FIRST, LAST = list(Problem)[:2]


def at(hours, state=GIVEN_UP, problem=None):
    return Outcome(NOON + timedelta(hours=hours), state, problem)


def test_it_began_with_the_first_that_was_given_up_and_names_the_problem_of_the_last():
    for outcomes in permutations([at(1, problem=FIRST), at(2, problem=LAST)]):
        assert stuck(outcomes, said_at=None) == Stuck(NOON + timedelta(hours=1), LAST)


@pytest.mark.parametrize("state", sorted(DELIVERED))
def test_one_that_got_through_settles_what_was_before(state):
    assert stuck([at(1), at(2, state)], said_at=None) is None
    assert stuck([at(1), at(2, state), at(3)], said_at=None) == Stuck(at(3).at, None)


def test_one_still_on_its_way_says_nothing():
    on_the_way = set(ReminderState) - {GIVEN_UP} - set(DELIVERED)
    assert on_the_way
    for state in on_the_way:
        assert stuck([at(2, state)], said_at=None) is None
        assert stuck([at(1), at(2, state)], said_at=None) == Stuck(at(1).at, None)


def test_saying_anew_how_to_reach_somebody_settles_what_was_given_up_before():
    assert stuck([at(1)], said_at=at(1).at + timedelta(seconds=1)) is None
    assert stuck([at(1), at(3)], said_at=at(2).at) == Stuck(at(3).at, None)
    assert stuck([at(1)], said_at=at(1).at) == Stuck(at(1).at, None)
