"""What homework can be made smaller to, and in which session it can be read together."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.registry import all_templates
from practice.domain.homework.smaller import Size, smaller_sizes
from practice.domain.homework.terms import EndReason, FollowsHow, Frequency
from practice.domain.homework.together import Meeting, who_reads_in
from practice.domain.sessions import SessionKind, SessionStatus

ONCE, DAILY, WEEKLY = Frequency.ONCE, Frequency.DAILY, Frequency.WEEKLY
SEVERAL = Frequency.SEVERAL_TIMES_A_WEEK
ADA, BEN, CY = (UUID(int=n) for n in (1, 2, 3))
DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("now", "smaller"),
    [
        ((DAILY, 1), [(SEVERAL, 3), (WEEKLY, 1), (ONCE, 1)]),
        ((SEVERAL, 5), [(SEVERAL, 3), (WEEKLY, 1), (ONCE, 1)]),
        ((SEVERAL, 3), [(WEEKLY, 1), (ONCE, 1)]),
        ((SEVERAL, 2), [(WEEKLY, 1), (ONCE, 1)]),
        ((SEVERAL, 1), [(ONCE, 1)]),
        ((WEEKLY, 1), [(ONCE, 1)]),
        ((ONCE, 1), []),
    ],
)
def test_fewer_times_step_by_step(now, smaller):
    found = smaller_sizes(Size("gratitude", *now))
    assert [(one.frequency, one.times_per_week) for one in found] == smaller


def test_another_worksheet_comes_last_and_is_all_that_is_left_of_what_is_done_once():
    assert smaller_sizes(Size("big", ONCE), "small") == (Size("small", ONCE),)
    assert smaller_sizes(Size("big", DAILY), "small")[-1] == Size("small", DAILY)


@given(frequency=st.sampled_from(Frequency), times=st.integers(1, 7))
def test_whatever_is_smaller_asks_for_less_and_ends_at_once(frequency, times):
    size, seen = Size("one", frequency, times), 0
    while found := smaller_sizes(size):
        assert all(one.a_week < size.a_week for one in found)
        assert [one.a_week for one in found] == sorted((one.a_week for one in found), reverse=True)
        size, seen = found[0], seen + 1
    assert size.frequency is ONCE
    assert seen <= 3


def test_what_is_smaller_by_a_worksheet_is_in_the_library():
    known = all_templates()
    for template in known.values():
        if template.smaller is not None:
            assert template.smaller in known, template.key
            assert template.smaller != template.key
            assert known[template.smaller].minutes <= template.minutes, template.key


def test_what_takes_the_place_of_another_says_why_that_ended():
    assert {how.reason for how in FollowsHow} == {EndReason.CARRIED_OVER, EndReason.SMALLER}
    assert all(one.label for one in EndReason)


def meeting(**changes):
    facts = {
        "kind": SessionKind.CONJOINT,
        "status": SessionStatus.HELD,
        "on": DAY,
        "there": frozenset({ADA, BEN}),
    }
    return Meeting(**facts | changes)


BOTH = {ADA: None, BEN: None}


@pytest.mark.parametrize(
    ("held", "receivers", "reads"),
    [
        (meeting(), BOTH, True),
        (meeting(on=DAY - timedelta(days=40)), BOTH, True),
        (meeting(status=SessionStatus.PLANNED), BOTH, True),
        (meeting(there=frozenset({ADA, BEN, CY})), BOTH, True),
        # not yet, not at all, not with everybody, not among those who are left
        (meeting(status=SessionStatus.PLANNED, on=DAY + timedelta(days=1)), BOTH, False),
        (meeting(status=SessionStatus.PLANNED, on=DAY - timedelta(days=1)), BOTH, False),
        (meeting(status=SessionStatus.CANCELLED), BOTH, False),
        (meeting(kind=SessionKind.INDIVIDUAL), BOTH, False),
        (meeting(there=frozenset({ADA})), BOTH, False),
        (meeting(), BOTH | {CY: None}, False),
        (meeting(there=frozenset({ADA, BEN, CY})), BOTH | {CY: DAY}, False),
        (meeting(), {ADA: None, BEN: DAY}, False),
        (meeting(), {ADA: None}, False),
    ],
)
def test_it_is_read_in_a_joint_session_where_all_are_there(held, receivers, reads):
    assert who_reads_in(held, DAY, receivers) == (frozenset(receivers) if reads else frozenset())
