"""Who may be offered as a reader, and when entries open together."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from practice.domain.homework.sharing import (
    Written,
    choices_for,
    has_opened,
    is_no_wider,
    occasion_number,
    rules_for,
)
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience

ADA, BEN, CY = (UUID(int=n) for n in (1, 2, 3))
PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience
DAY = date(2026, 3, 4)


def by(author: UUID, audience: Audience = WAITS, *, occasion: int = 0, on: date = DAY) -> Written:
    return Written(author, occasion, audience, on)


def both() -> dict[UUID, date | None]:
    return {ADA: None, BEN: None}


def test_nothing_opens_until_everybody_asked_has_written():
    assert not has_opened(by(ADA), [by(ADA)], both())
    assert has_opened(by(ADA), [by(ADA), by(BEN)], both())
    assert not has_opened(by(ADA), [by(ADA), by(BEN)], both() | {CY: None})


@pytest.mark.parametrize("kept", [PRIVATE, THERAPIST])
def test_what_somebody_keeps_narrower_does_not_open_anything(kept):
    assert not has_opened(by(ADA), [by(ADA), by(BEN, kept)], both())
    assert has_opened(by(ADA), [by(ADA), by(BEN, kept), by(BEN)], both())


def test_what_was_shared_at_once_counts():
    assert has_opened(by(ADA), [by(ADA), by(BEN, COUPLE)], both())


@pytest.mark.parametrize("audience", [WAITS, COUPLE])
def test_a_page_that_says_not_this_time_opens_nothing(audience):
    """Or somebody would read what the other wrote by sending a page with nothing on it."""
    empty = replace(by(BEN, audience), is_done=False)
    assert not has_opened(by(ADA), [by(ADA), empty], both())
    assert not has_opened(empty, [by(ADA), empty], both())
    assert has_opened(by(ADA), [by(ADA), empty, by(BEN)], both())


def test_occasions_open_one_by_one():
    assert not has_opened(by(ADA), [by(ADA), by(BEN, occasion=1)], both())


def test_those_who_left_are_not_waited_for():
    assert has_opened(by(ADA), [by(ADA), by(BEN)], both() | {CY: DAY})


def test_writing_after_somebody_left_does_not_open_their_words():
    left = {ADA: None, BEN: DAY}
    assert not has_opened(by(BEN), [by(BEN), by(ADA, on=date(2026, 3, 5))], left)
    assert has_opened(by(BEN), [by(BEN), by(ADA, on=DAY)], left)


def test_words_of_somebody_who_left_waited_for_everybody_there_until_that_day():
    left = {ADA: None, BEN: DAY, CY: DAY}
    written = [by(BEN), by(ADA, on=DAY)]
    assert not has_opened(by(BEN), written, left)
    assert has_opened(by(BEN), [*written, by(CY)], left)
    assert has_opened(by(BEN), written, left | {CY: date(2026, 3, 3)})


def test_occasions_are_days_weeks_or_the_whole_task():
    later = date(2026, 3, 11)
    assert occasion_number(Frequency.DAILY, DAY, later) == 7
    assert occasion_number(Frequency.WEEKLY, DAY, later) == 1
    assert occasion_number(Frequency.SEVERAL_TIMES_A_WEEK, DAY, date(2026, 3, 10)) == 0
    assert occasion_number(Frequency.ONCE, DAY, later) == 0


def test_what_one_does_alone_cannot_be_shared_with_the_other():
    assert rules_for(GivenTo.ONE) == (PRIVATE, THERAPIST)


def test_reading_together_is_offered_where_it_is_the_rule_and_nowhere_else():
    assert choices_for(GivenTo.EACH, IN_SESSION) == (PRIVATE, THERAPIST, IN_SESSION)
    assert choices_for(GivenTo.TOGETHER, IN_SESSION) == (PRIVATE, THERAPIST, IN_SESSION)
    for rule in (PRIVATE, THERAPIST, WAITS, COUPLE):
        assert IN_SESSION not in choices_for(GivenTo.EACH, rule)
    assert IN_SESSION not in rules_for(GivenTo.ONE)


@pytest.mark.parametrize("kept", [PRIVATE, THERAPIST, IN_SESSION])
def test_what_waits_for_a_session_opens_nothing_that_waits_for_all(kept):
    assert not has_opened(by(ADA), [by(ADA), by(BEN, kept)], both())


@pytest.mark.parametrize("given_to", list(GivenTo))
@pytest.mark.parametrize("rule", list(Audience))
def test_every_choice_keeps_to_the_rule(given_to, rule):
    for chosen in choices_for(given_to, rule):
        assert is_no_wider(chosen, rule)
        assert chosen in rules_for(given_to)
    for one in Audience:
        assert is_no_wider(one, rule) or one not in choices_for(given_to, rule)


def test_one_entry_between_them_waits_for_nobody():
    assert WAITS not in rules_for(GivenTo.TOGETHER)
    assert choices_for(GivenTo.TOGETHER, COUPLE) == (PRIVATE, THERAPIST, COUPLE)


@pytest.mark.parametrize("rule", list(Audience))
def test_nobody_can_choose_wider_than_the_rule_and_sharing_is_never_preset(rule):
    offered = choices_for(GivenTo.EACH, rule)
    order = list(Audience)
    assert max(map(order.index, offered)) == order.index(rule)
    assert offered[0] is PRIVATE
