"""Done of due: worked examples for every edge rule, then properties."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.adherence import (
    Adherence,
    Pause,
    Schedule,
    WeekDone,
    adherence,
    adherence_by_week,
    adherence_over,
    attendance_rate,
    due_occasions,
    running_occasion,
)
from practice.domain.homework.terms import Frequency
from practice.domain.sessions import Attendance

START = date(2026, 3, 2)
ONCE, DAILY, WEEKLY = Frequency.ONCE, Frequency.DAILY, Frequency.WEEKLY
SEVERAL = Frequency.SEVERAL_TIMES_A_WEEK


def day(number: int) -> date:
    """Day of the task: 1 is the start, 0 the day before."""
    return START + timedelta(days=number - 1)


def maybe(number: int | None) -> date | None:
    return None if number is None else day(number)


# fmt: off
#    how often, times, until, ended, entries on,      today: done, due, entries, active
CASES = [
    # Once: due the day after its date; late is done; without a date never due by time alone.
    (ONCE,    1, 5,    None, [],                      5,     0, 0, 0, 0),
    (ONCE,    1, 5,    None, [],                      6,     0, 1, 0, 0),
    (ONCE,    1, 5,    None, [2],                     2,     1, 1, 1, 1),
    (ONCE,    1, 5,    None, [9],                     10,    1, 1, 1, 1),
    (ONCE,    1, 5,    None, [2, 2, 3],               10,    1, 1, 3, 2),
    (ONCE,    1, None, None, [],                      99,    0, 0, 0, 0),
    # retired before it was due
    (ONCE,    1, 5,    3,    [],                      10,    0, 0, 0, 0),
    # retired on the day
    (ONCE,    1, 5,    5,    [],                      10,    0, 0, 0, 0),
    # retired after it was due
    (ONCE,    1, 5,    6,    [],                      10,    0, 1, 0, 0),
    (ONCE,    1, 5,    3,    [3],                     10,    1, 1, 1, 1),
    # entry after the end
    (ONCE,    1, 5,    3,    [4],                     10,    0, 0, 0, 0),
    # Daily: today is not due yet, unless it is done.
    (DAILY,   1, None, None, [],                      1,     0, 0, 0, 0),
    (DAILY,   1, None, None, [1],                     1,     1, 1, 1, 1),
    (DAILY,   1, None, None, [1, 3],                  4,     2, 3, 2, 2),
    # one a day
    (DAILY,   1, None, None, [1, 1, 1],               4,     1, 3, 3, 1),
    # nothing after the last day
    (DAILY,   1, 3,    None, [1, 3, 4],               9,     2, 3, 2, 2),
    # the day of ending is not asked
    (DAILY,   1, None, 3,    [1],                     9,     1, 2, 1, 1),
    # but counts when done
    (DAILY,   1, None, 3,    [1, 3],                  9,     2, 3, 2, 2),
    # before the start
    (DAILY,   1, None, None, [0, 1],                  3,     1, 2, 1, 1),
    # as of an earlier day
    (DAILY,   1, None, None, [1, 9],                  3,     1, 2, 1, 1),
    # retired later than today
    (DAILY,   1, None, 9,    [1, 2, 3],               3,     3, 3, 3, 3),
    # Weekly: weeks from the start, due when over.
    (WEEKLY,  1, None, None, [],                      7,     0, 0, 0, 0),
    (WEEKLY,  1, None, None, [],                      8,     0, 1, 0, 0),
    (WEEKLY,  1, None, None, [2],                     2,     1, 1, 1, 1),
    # last and first day of a week
    (WEEKLY,  1, None, None, [7, 8],                  15,    2, 2, 2, 2),
    # more in one week is not two weeks
    (WEEKLY,  1, None, None, [1, 2, 3],               15,    1, 2, 3, 3),
    # a short task asks for one
    (WEEKLY,  1, 5,    None, [],                      6,     0, 1, 0, 0),
    # three days over ask for none
    (WEEKLY,  1, 10,   None, [],                      30,    0, 1, 0, 0),
    # done there: counted, not capped in
    (WEEKLY,  1, 10,   None, [9],                     30,    0, 1, 1, 1),
    (WEEKLY,  1, 14,   None, [3],                     30,    1, 2, 1, 1),
    # ended in the second week
    (WEEKLY,  1, None, 12,   [3],                     30,    1, 1, 1, 1),
    (WEEKLY,  1, None, 12,   [3, 12],                 30,    2, 2, 2, 2),
    # Several times a week.
    # running week is no debt
    (SEVERAL, 3, None, None, [1, 2],                  4,     2, 2, 2, 2),
    (SEVERAL, 3, None, None, [1, 2],                  8,     2, 3, 2, 2),
    # on different days
    (SEVERAL, 3, None, None, [1, 1, 1],               8,     1, 3, 3, 1),
    # capped, and counted
    (SEVERAL, 3, None, None, [1, 2, 3, 4, 5],         8,     3, 3, 5, 5),
    # the last week is five days long: 3 times 5, by 7, rounded down
    (SEVERAL, 3, 12,   None, [],                      30,    0, 5, 0, 0),
    # ended in the running week: the days before that day, in proportion
    (SEVERAL, 7, None, 5,    [],                      30,    0, 4, 0, 0),
    (SEVERAL, 3, None, 6,    [],                      30,    0, 2, 0, 0),
    (SEVERAL, 7, None, None, [1, 2, 3, 4, 5, 6, 7],   8,     7, 7, 7, 7),
    # Not begun, or ended before it began.
    (DAILY,   1, None, None, [0],                     0,     0, 0, 0, 0),
    (ONCE,    1, 5,    None, [0],                     0,     0, 0, 0, 0),
    (WEEKLY,  1, None, 0,    [1],                     30,    0, 0, 0, 0),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_done_of_due(case):
    frequency, times, until, ended, entries, today, *figures = case
    schedule = Schedule(
        frequency=frequency,
        times_per_week=times,
        start=START,
        until=maybe(until),
        ended_on=maybe(ended),
    )

    assert adherence(schedule, map(day, entries), day(today)) == Adherence(*figures)


def test_the_rate_has_no_value_while_nothing_is_due():
    assert Adherence(0, 0, 0, 0).rate is None
    assert Adherence(3, 4, 9, 5).rate == 0.75


def test_over_several_tasks_a_day_is_active_once():
    tasks = [
        (Schedule(frequency=DAILY, start=day(1)), [day(1), day(2)]),
        (Schedule(frequency=WEEKLY, start=day(1)), [day(2), day(3)]),
    ]

    assert adherence_over(tasks, day(3)) == Adherence(done=3, due=3, entries=4, days_active=3)
    assert adherence_over([], day(3)) == Adherence(0, 0, 0, 0)


def test_the_occasions_are_the_weeks_from_the_start():
    occasions = due_occasions(
        Schedule(frequency=SEVERAL, times_per_week=3, start=day(1), until=day(12)), day(9)
    )

    assert [(one.first, one.last, one.asked, one.due) for one in occasions] == [
        (day(1), day(7), 3, 3),
        (day(8), day(9), 2, 0),
    ]


def test_impossible_schedules_are_refused():
    with pytest.raises(ValueError, match="^The last day of homework cannot lie before its first.$"):
        Schedule(frequency=DAILY, start=day(2), until=day(1))
    for times in (0, 8):
        with pytest.raises(ValueError, match="^Homework is asked for 1 to 7 times a week.$"):
            Schedule(frequency=SEVERAL, start=day(1), times_per_week=times)


def test_a_last_week_cut_short_asks_for_its_share_and_no_more_counts():
    schedule = Schedule(frequency=SEVERAL, start=day(1), until=day(11), times_per_week=3)
    (_, cut) = due_occasions(schedule, day(20))
    assert (cut.first, cut.last, cut.asked, cut.extra) == (day(8), day(11), 1, 0)
    assert adherence(schedule, [day(8), day(9)], day(20)).done == 1


def test_a_running_week_is_due_by_its_share_once_the_task_has_ended():
    schedule = Schedule(frequency=SEVERAL, start=day(1), ended_on=day(5), times_per_week=7)
    assert [adherence(schedule, [], day(n)).due for n in (3, 5, 9)] == [0, 4, 4]
    weekly = Schedule(frequency=WEEKLY, start=day(1), ended_on=day(7), times_per_week=3)
    assert adherence(weekly, [], day(9)).due == 0, "once a week, whatever the number of times"
    assert weekly.days_asked(day(3), day(1)) == 0


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    start = draw(st.integers(-20, 20))
    until = draw(st.none() | st.integers(start, start + 40))
    return Schedule(
        frequency=draw(st.sampled_from(Frequency)),
        times_per_week=draw(st.integers(1, 7)),
        start=day(start),
        until=maybe(until),
        ended_on=maybe(draw(st.none() | st.integers(-20, 60))),
    )


days = st.integers(-30, 80).map(day)


@given(schedule=schedules(), entries=st.lists(days, max_size=40), today=days)
def test_done_never_exceeds_due_and_nothing_is_negative(schedule, entries, today):
    figures = adherence(schedule, entries, today)

    assert 0 <= figures.done <= figures.due
    assert figures.done <= figures.entries <= len(entries)
    assert 0 <= figures.days_active <= figures.entries
    assert figures.rate is None or 0 <= figures.rate <= 1


@given(schedule=schedules(), entries=st.lists(days, max_size=30), more=days, today=days)
def test_doing_more_never_counts_for_less(schedule, entries, more, today):
    before = adherence(schedule, entries, today)
    after = adherence(schedule, [*entries, more], today)

    assert after.done >= before.done
    assert after.entries >= before.entries
    assert after.days_active >= before.days_active
    assert (after.rate or 0) >= (before.rate or 0)


@given(schedule=schedules(), entries=st.lists(days, max_size=30), today=days)
def test_waiting_never_takes_back_what_was_done(schedule, entries, today):
    now = adherence(schedule, entries, today)
    later = adherence(schedule, entries, today + timedelta(days=1))

    assert later.done >= now.done
    assert later.entries >= now.entries


@given(schedule=schedules(), entries=st.lists(days, max_size=30), today=days, seed=st.randoms())
def test_the_order_of_entries_makes_no_difference(schedule, entries, today, seed):
    shuffled = list(entries)
    seed.shuffle(shuffled)

    assert adherence(schedule, shuffled, today) == adherence(schedule, entries, today)


@given(schedule=schedules(), today=days)
def test_occasions_follow_each_other_without_overlap(schedule, today):
    occasions = due_occasions(schedule, today)

    assert all(one.first <= one.last <= today for one in occasions)
    assert all(0 <= one.due <= one.asked <= 7 for one in occasions)
    for one, following in zip(occasions, occasions[1:], strict=False):
        assert one.last + timedelta(days=1) == following.first


def test_attendance_states_n_and_leaves_out_what_was_planned_or_cancelled_in_time():
    rate = attendance_rate(
        [
            Attendance.ATTENDED,
            Attendance.LATE,
            Attendance.CANCELLED,
            Attendance.LATE_CANCELLATION,
            Attendance.DID_NOT_ATTEND,
            None,
        ]
    )

    assert (rate.attended, rate.n, rate.cancelled) == (2, 4, 1)
    assert rate.rate == 0.5
    assert attendance_rate([None, Attendance.CANCELLED]).rate is None


def test_weeks_begin_on_mondays_and_leave_out_what_was_not_due():
    schedule = Schedule(frequency=DAILY, start=day(3), until=day(16))
    weeks = adherence_by_week([(schedule, [day(3), day(9)])], day(12))
    assert weeks == (WeekDone(day(1), 1, 5), WeekDone(day(8), 1, 4))


def test_what_is_asked_once_stands_in_the_week_in_which_it_was_done_else_of_its_date():
    schedule = Schedule(frequency=ONCE, start=day(1), until=day(10))
    assert adherence_by_week([(schedule, [day(16)])], day(30)) == (WeekDone(day(15), 1, 1),)
    assert adherence_by_week([(schedule, [])], day(30)) == (WeekDone(day(8), 0, 1),)
    assert adherence_by_week([(schedule, [])], day(5)) == ()


@given(
    st.sampled_from([ONCE, DAILY, WEEKLY, SEVERAL]),
    st.integers(1, 7),
    st.none() | st.integers(1, 40),
    st.none() | st.integers(1, 40),
    st.lists(st.integers(1, 50), max_size=20),
    st.integers(1, 50),
)
def test_the_weeks_add_up_to_the_whole(frequency, times, until, ended, entries, today):
    schedule = Schedule(
        frequency=frequency,
        start=day(1),
        until=maybe(until),
        ended_on=maybe(ended),
        times_per_week=times,
    )
    tasks = [(schedule, [day(number) for number in entries])] * 2
    whole, weeks = adherence_over(tasks, day(today)), adherence_by_week(tasks, day(today))
    assert sum(week.done for week in weeks) == whole.done
    assert sum(week.due for week in weeks) == whole.due
    assert all(week.done <= week.due for week in weeks)
    assert all(week.monday.weekday() == 0 for week in weeks)


# fmt: off
#    how often, times, until, pauses,            entries on,  today: done, due, entries, active
RESTING = [
    # Once: a date in a pause moves to the day after it, and is none while it lasts.
    (ONCE,    1, 5,    [(4, 9)],          [],           10,    0, 0, 0, 0),
    (ONCE,    1, 5,    [(4, 9)],          [],           11,    0, 1, 0, 0),
    (ONCE,    1, 5,    [(4, None)],       [],           99,    0, 0, 0, 0),
    (ONCE,    1, 5,    [(7, 9)],          [],           10,    0, 1, 0, 0),
    (ONCE,    1, 5,    [(4, 6), (7, 9)],  [],           10,    0, 0, 0, 0),
    (ONCE,    1, 5,    [(4, None)],       [6],          99,    1, 1, 1, 1),
    # Daily: the days of a pause are not asked for; one done all the same counts.
    (DAILY,   1, None, [(3, 5)],          [1],          8,     1, 4, 1, 1),
    (DAILY,   1, None, [(3, 5)],          [1, 3],       8,     2, 5, 2, 2),
    (DAILY,   1, None, [(1, None)],       [],           30,    0, 0, 0, 0),
    # A week asks for the share of its other days, rounded down; the first for one at least.
    (SEVERAL, 3, None, [(8, 11)],         [],           15,    0, 4, 0, 0),
    (SEVERAL, 3, None, [(8, 14)],         [],           15,    0, 3, 0, 0),
    (SEVERAL, 3, None, [(8, 11)],         [8, 12, 13],  15,    3, 6, 3, 3),
    (SEVERAL, 3, None, [(1, 6)],          [],           8,     0, 1, 0, 0),
    (WEEKLY,  1, None, [(2, 3)],          [],           15,    0, 2, 0, 0),
    (WEEKLY,  1, None, [(9, 10)],         [],           15,    0, 1, 0, 0),
]
# fmt: on


@pytest.mark.parametrize("case", RESTING, ids=str)
def test_nothing_is_due_in_a_pause(case):
    frequency, times, until, pauses, entries, today, *figures = case
    schedule = Schedule(
        frequency=frequency,
        times_per_week=times,
        start=START,
        until=maybe(until),
        pauses=tuple(Pause(day(first), maybe(last)) for first, last in pauses),
    )
    assert adherence(schedule, map(day, entries), day(today)) == Adherence(*figures)


def test_a_pause_ends_after_it_began():
    with pytest.raises(ValueError, match="pause"):
        Pause(day(3), day(2))


@st.composite
def some_pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(-20, 60))
        last = draw(st.none() | st.integers(first, first + 20))
        found.append(Pause(day(first), maybe(last)))
    return tuple(found)


@given(schedule=schedules(), entries=st.lists(days, max_size=30), today=days, pauses=some_pauses())
def test_resting_never_makes_anybody_look_worse(schedule, entries, today, pauses):
    without = adherence(schedule, entries, today)
    resting = replace(schedule, pauses=pauses)
    found = adherence(resting, entries, today)
    assert found.done == without.done
    assert found.done <= found.due <= without.due
    assert (found.entries, found.days_active) == (without.entries, without.days_active)
    weeks = adherence_by_week([(resting, entries)], today)
    assert sum(week.due for week in weeks) == found.due
    occasions = due_occasions(resting, today)
    assert all(0 <= one.due <= one.asked <= 7 and one.extra >= 0 for one in occasions)


@given(schedule=schedules(), today=days)
def test_who_rests_all_the_time_is_asked_for_nothing(schedule, today):
    resting = replace(schedule, pauses=(Pause(day(-99)),))
    assert adherence(resting, [], today).due == 0


@given(schedule=schedules(), today=days, pauses=some_pauses(), more=days)
def test_how_many_are_due_does_not_depend_on_the_order_or_overlap_of_pauses(
    schedule, today, pauses, more
):
    once = replace(schedule, pauses=pauses)
    again = replace(schedule, pauses=(*reversed(pauses), *pauses))
    assert adherence(once, [more], today) == adherence(again, [more], today)


def test_one_writes_of_today_and_yesterday_while_it_is_asked_for():
    weekly = Schedule(frequency=WEEKLY, start=day(1), until=day(10))
    written = {n: weekly.days_to_write(day(n)) for n in (0, 1, 5, 10, 11, 12)}
    assert written[0] == written[12] == ()
    assert written[1] == (day(1),)
    assert written[5] == (day(5), day(4))
    assert written[11] == (day(10),)
    resting = replace(weekly, pauses=(Pause(day(3), day(4)), Pause(day(4), day(6))))
    assert resting.days_to_write(day(4)) == ()
    assert resting.rest_ends(day(4)) == day(6)
    assert resting.days_to_write(day(7)) == (day(7),)
    assert replace(weekly, pauses=(Pause(day(3)),)).rest_ends(day(4)) is None
    once = replace(weekly, frequency=ONCE)
    assert once.days_to_write(day(30)) == (day(30),)
    retired = replace(once, ended_on=day(5))
    assert (retired.days_to_write(day(5)), running_occasion(retired, day(5))) == ((), None)
    assert running_occasion(weekly, day(9)).first == day(8)
    assert running_occasion(weekly, day(11)) is None
