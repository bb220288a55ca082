"""Minutes are said roughly, counted by days, and never past the weeks they speak of."""

from dataclasses import replace
from datetime import date, timedelta

from practice.domain.adherence import Pause
from practice.domain.homework.effort import (
    WEEKS,
    Effort,
    Ran,
    alone_in_words,
    effort,
    given_in_words,
    in_words,
)

TODAY = date(2026, 11, 20)


def ago(days):
    return TODAY - timedelta(days=days)


def ran(minutes, *done, first=40, last=-5):
    return Ran(minutes, ago(first), ago(last), tuple(ago(days) for days in done))


def test_each_day_of_a_task_counts_its_minutes_once():
    found = effort([ran(10, 0, 0, 3), ran(25, 3)], TODAY)
    assert found == Effort(minutes=45, days=2, tasks=2)


def test_only_the_last_weeks_count():
    edge = WEEKS * 7
    assert effort([ran(10, edge - 1, edge, -1)], TODAY) == Effort(10, 1, 1)
    assert effort([ran(10, first=90, last=edge), ran(10, first=-1)], TODAY) == Effort(0, 0, 0)
    assert effort([ran(10, first=90, last=edge - 1), ran(10, first=0)], TODAY) == Effort(0, 0, 2)


def test_what_is_done_late_counts_for_a_task_that_is_over():
    assert effort([ran(10, 2, first=90, last=60)], TODAY) == Effort(10, 1, 1)


def test_a_task_that_rested_all_the_time_was_none():
    rest = (Pause(ago(30)),)
    assert effort([replace(ran(10), pauses=rest)], TODAY) == Effort(0, 0, 0)
    assert effort([replace(ran(10, 2), pauses=rest)], TODAY) == Effort(10, 1, 1)
    assert effort([replace(ran(10), pauses=(Pause(ago(30), ago(9)),))], TODAY) == Effort(0, 0, 1)


def test_it_is_said_to_the_nearest_five():
    people = [("Ada", Effort(93, 6, 3)), ("Ben", Effort(41, 2, 1)), ("Cy", Effort(0, 0, 1))]
    assert in_words(people) == "Ada about 95 minutes in 4 weeks, Ben about 40, Cy 0"
    assert given_in_words(people) == "Ada had 3 tasks, Ben 1, Cy 1"
    assert given_in_words(people[1:]) == "Ben had 1 task, Cy 1"
    assert in_words([]) == given_in_words([]) == ""


def test_who_did_all_of_it_is_named_and_the_other_asked():
    one, nothing = Effort(10, 1, 1), Effort(0, 0, 1)
    assert alone_in_words([("Ada", one), ("Ben", nothing)]) == (
        "As far as you can see, Ada did all of it. Ask Ben how it was."
    )
    for people in ([("Ada", one)], [("Ada", one), ("Ben", one)], [("Ada", nothing)] * 2):
        assert alone_in_words(people) == ""
