"""What homework can be made smaller to, and in which session it can be read together."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.registry import all_templates
from practice.domain.homework.sharing import is_no_wider
from practice.domain.homework.smaller import (
    Size,
    rule_of_smaller,
    smaller_sizes,
    smaller_worksheet,
)
from practice.domain.homework.terms import EndReason, FollowsHow, Frequency, GivenTo
from practice.domain.homework.together import Meeting, who_reads_in
from practice.domain.sessions import SessionKind, SessionStatus
from practice.domain.visibility import Audience

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
    assert {one.template_key for one in found} <= {"gratitude"}


def test_another_worksheet_comes_first_where_little_is_left_to_ask_less_often():
    other = Size("small", ONCE)
    assert smaller_sizes(Size("big", ONCE), other) == (other,)
    for often, place in ((DAILY, -1), (SEVERAL, -1), (WEEKLY, 0), (ONCE, 0)):
        found = smaller_sizes(Size("big", often, 3), Size("small", often, 3))
        assert found[place].template_key == "small"


@given(frequency=st.sampled_from(Frequency), times=st.integers(1, 7))
def test_whatever_is_smaller_asks_for_less_and_ends_at_once(frequency, times):
    size, seen = Size("one", frequency, times), 0
    while found := smaller_sizes(size):
        assert all(one.a_week < size.a_week for one in found)
        assert [one.a_week for one in found] == sorted((one.a_week for one in found), reverse=True)
        size, seen = found[0], seen + 1
    assert size.frequency is ONCE
    assert seen <= 3


KNOWN = all_templates()
A_FEW = 5
"""Minutes from which on a worksheet has nothing below it but being asked for less often."""


@pytest.mark.parametrize("here", KNOWN.values(), ids=lambda one: one.key)
def test_every_worksheet_becomes_smaller_as_it_is_given_and_ends_at_a_few_minutes(here):
    size, seen = Size(here.key, here.frequency, here.times_per_week), [here]
    assert here.smaller or (here.minutes <= A_FEW and smaller_sizes(size))
    while seen[-1].smaller:
        big, small = seen[-1], KNOWN[seen[-1].smaller]
        assert small.minutes < big.minutes
        # Whom it would leave unsafe it is never offered to in place of something safe.
        assert big.needs_both_safe or not small.needs_both_safe
        # Signed or shown to both, it needs both at one table.
        assert not small.agreement
        assert small.for_whom is not GivenTo.TOGETHER or big.for_whom is GivenTo.TOGETHER
        assert set(small.goals) & set(big.goals) or set(small.skills) & set(big.skills)
        seen.append(small)
    assert seen[-1].minutes <= A_FEW
    assert len(seen) <= 5


def test_what_two_did_together_becomes_something_for_each_where_that_is_meant_so():
    now = Size("cycle_map", ONCE)
    here, other = KNOWN["cycle_map"], KNOWN["attachment_need"]
    assert smaller_worksheet(now, GivenTo.TOGETHER, here, other).each_alone
    assert not smaller_worksheet(now, GivenTo.EACH, here, other).each_alone
    pair = KNOWN["speaker_listener"], KNOWN["reflect_back"]
    assert not smaller_worksheet(now, GivenTo.TOGETHER, *pair).each_alone


@pytest.mark.parametrize("rule", Audience)
@pytest.mark.parametrize(
    "other", [KNOWN["attachment_need"], KNOWN["gratitude"]], ids=lambda one: one.key
)
def test_on_a_smaller_worksheet_nobody_reads_who_did_not_before(rule, other):
    found = rule_of_smaller(rule, other)
    assert is_no_wider(found, rule)
    if rule is Audience.COUPLE:
        assert found is other.default_audience


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
