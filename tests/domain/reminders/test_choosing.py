"""What is worth a reminder, and how often."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from practice.domain.reminders.choosing import Cause, Waiting, digest
from practice.domain.reminders.terms import ReminderKind
from practice.domain.safety.mail_times import MailTimes

COUPLE, OTHER = UUID(int=1), UUID(int=2)
QUESTIONS = Cause(COUPLE, ReminderKind.QUESTIONS)
HOMEWORK = Cause(COUPLE, ReminderKind.HOMEWORK)
APPOINTMENT = Cause(COUPLE, ReminderKind.APPOINTMENT)
FRIDAY = date(2026, 11, 20)
EVERY_DAY = MailTimes(tuple(range(7)), time(9), time(17))
WEEKDAYS = MailTimes((0, 1, 2, 3, 4), time(9), time(17))


def days_told(one, days=60, *, start=FRIDAY, times=EVERY_DAY):
    """Let days go by; return on which of them a mail went out, by number."""
    told = {}
    sent = []
    for number in range(days):
        day = start + timedelta(days=number)
        causes = digest([one], told=told, today=day, times=times)
        for cause in causes:
            told.setdefault(cause, set()).add(day)
            sent.append(number)
    return sent


def test_what_waits_is_named_when_it_is_new_once_more_after_a_week_and_then_left_alone():
    assert days_told(Waiting(QUESTIONS, since=FRIDAY), days=28) == [0, 7]


def test_what_waits_for_months_is_named_twice_in_four_weeks_at_most():
    sent = days_told(Waiting(QUESTIONS), days=200)
    for first in sent:
        assert len([one for one in sent if first <= one < first + 28]) <= 2


def test_something_new_of_the_same_kind_is_named_though_an_older_one_was():
    told = {QUESTIONS: {FRIDAY - timedelta(days=2), FRIDAY - timedelta(days=9)}}
    old = Waiting(QUESTIONS, since=FRIDAY - timedelta(days=10))
    new = Waiting(QUESTIONS, since=FRIDAY - timedelta(days=1))
    assert not digest([old], told=told, today=FRIDAY, times=EVERY_DAY)
    assert digest([old, new], told=told, today=FRIDAY, times=EVERY_DAY) == {QUESTIONS}


def test_the_day_before_it_is_due_it_is_named_again():
    due = FRIDAY + timedelta(days=5)
    assert days_told(Waiting(HOMEWORK, since=FRIDAY, due_on=due), days=6) == [0, 4]


def test_an_appointment_is_named_on_the_day_before_and_on_no_other():
    one = Waiting(APPOINTMENT, due_on=FRIDAY + timedelta(days=10))
    assert days_told(one, days=20) == [9]


@pytest.mark.parametrize(("weeks_day", "sent"), [(0, [0]), (1, [3]), (2, [4])])
def test_where_no_mail_may_come_the_day_before_the_last_day_on_which_it_may_is_taken(
    weeks_day, sent
):
    monday = FRIDAY + timedelta(days=3)
    one = Waiting(APPOINTMENT, due_on=monday + timedelta(days=weeks_day))
    assert days_told(one, days=10, times=WEEKDAYS) == sent


def test_an_appointment_is_not_named_more_than_three_days_before():
    only_mondays = MailTimes((0,), time(9), time(17))
    sunday = FRIDAY + timedelta(days=9)
    assert days_told(Waiting(APPOINTMENT, due_on=sunday), days=20, times=only_mondays) == []


def test_several_things_and_several_couples_are_one_digest():
    waiting = [
        Waiting(QUESTIONS, since=FRIDAY),
        Waiting(QUESTIONS, since=FRIDAY),
        Waiting(HOMEWORK, since=FRIDAY),
        Waiting(Cause(OTHER, ReminderKind.QUESTIONS), since=FRIDAY),
    ]
    found = digest(waiting, told={}, today=FRIDAY, times=EVERY_DAY)
    assert found == {QUESTIONS, HOMEWORK, Cause(OTHER, ReminderKind.QUESTIONS)}


def test_a_kind_that_is_switched_off_is_not_in_it():
    waiting = [Waiting(QUESTIONS, since=FRIDAY), Waiting(HOMEWORK, since=FRIDAY)]
    off = {ReminderKind.QUESTIONS}
    found = digest(waiting, told={}, today=FRIDAY, times=EVERY_DAY, switched_off=off)
    assert found == {HOMEWORK}


def test_nothing_is_said_twice_on_one_day():
    one = Waiting(APPOINTMENT, due_on=FRIDAY + timedelta(days=1))
    assert digest([one], told={}, today=FRIDAY, times=EVERY_DAY) == {APPOINTMENT}
    assert not digest([one], told={APPOINTMENT: {FRIDAY}}, today=FRIDAY, times=EVERY_DAY)


def test_after_four_weeks_a_reminder_is_forgotten():
    one = Waiting(HOMEWORK)
    for first, is_due in ((28, True), (27, False)):
        told = {HOMEWORK: [FRIDAY - timedelta(days=first), FRIDAY - timedelta(days=21)]}
        assert bool(digest([one], told=told, today=FRIDAY, times=EVERY_DAY)) is is_due
