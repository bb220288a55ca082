"""Giving, doing and reading homework, on both engines."""

from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.terms import Frequency, GivenTo, Outcome
from practice.domain.visibility import Audience
from practice.models.couples import Membership
from practice.models.homework import HomeworkEntry
from practice.services import clock, homework
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.exercises import give, set_goal, write
from tests.queries import statements_of_a_read

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience


def seen_by(actor, assignment_id):
    sheet = homework.portal_assignment(actor=actor, assignment_id=assignment_id)
    return {line.id for line in sheet.lines}


def card(cast, assignment_id):
    found = homework.couple_homework(actor=cast.tess, couple_id=cast.couple)
    return next(one for one in (*found.running, *found.earlier) if one.id == assignment_id)


def done(cast, assignment_id):
    return {
        figure.member.first_name if figure.member else "both": (
            figure.adherence.done,
            figure.adherence.due,
        )
        for figure in card(cast, assignment_id).figures
    }


def test_entries_open_for_both_at_the_same_moment(inside):
    task = give(inside)
    hers = write(inside.ada, task, WAITS)
    assert seen_by(inside.ben, task) == set()
    his = write(inside.ben, task, WAITS)
    assert seen_by(inside.ben, task) == seen_by(inside.ada, task) == {hers, his}
    with pytest.raises(NotFound):  # read on the page, and on paper by its author alone
        homework.own_entry_pdf(actor=inside.ben, entry_id=hers)


@pytest.mark.parametrize("kept", [PRIVATE, THERAPIST])
def test_an_entry_kept_narrower_neither_opens_nor_lets_the_other_open(inside, kept):
    task = give(inside)
    hers = write(inside.ada, task, WAITS)
    his = write(inside.ben, task, kept)
    assert seen_by(inside.ada, task) == {hers}
    assert seen_by(inside.ben, task) == {his}


def test_a_daily_task_opens_day_by_day(inside):
    task = give(inside)
    yesterday = clock.today() - timedelta(days=1)
    write(inside.ada, task, WAITS, day=yesterday)
    write(inside.ben, task, WAITS)
    assert len(seen_by(inside.ada, task)) == len(seen_by(inside.ben, task)) == 1


def test_a_weekly_task_opens_for_the_week(inside):
    start = clock.today() - timedelta(days=3)
    task = give(inside, frequency=Frequency.WEEKLY, starts_on=start)
    write(inside.ada, task, WAITS, day=clock.today() - timedelta(days=1))
    write(inside.ben, task, WAITS)
    assert len(seen_by(inside.ada, task)) == 2


def test_nobody_writes_wider_than_the_rule(inside):
    task = give(inside, audience=THERAPIST)
    with pytest.raises(Invalid) as refused:
        write(inside.ada, task, COUPLE)
    assert set(refused.value.errors) == {"audience"}


def test_the_therapist_reads_and_counts_all_but_private_entries(inside):
    task = give(inside)
    write(inside.ada, task, PRIVATE)
    his = write(inside.ben, task, THERAPIST)
    assert {line.id for line in card(inside, task).latest} == {his}
    assert done(inside, task) == {"Ada": (0, 13), "Ben": (1, 14)}
    page = homework.assignment_page(actor=inside.tess, assignment_id=task)
    assert [entry.line.id for entry in page.page.entries] == [his]
    assert "tea" in [line.text for line in page.page.entries[0].answers]
    # Day by day: fourteen places, and nothing stands where she kept it to herself.
    drawn = {row.member.first_name: row.outcomes for row in page.days}
    assert drawn == {"Ada": (None,) * 14, "Ben": (None,) * 13 + (Outcome.DONE,)}
    assert {(row.first, row.last) for row in page.days} == {
        (clock.today() - timedelta(days=13), clock.today())
    }


def test_not_this_time_is_read_but_is_not_done(inside):
    task = give(inside)
    write(inside.ada, task, THERAPIST, outcome="not_this_time")
    assert done(inside, task)["Ada"] == (0, 13)
    assert len(card(inside, task).latest) == 1
    write(inside.ada, task, THERAPIST)
    page = homework.assignment_page(actor=inside.tess, assignment_id=task)
    assert page.days[0].outcomes[-1] is Outcome.DONE, "the day counts as done, and is drawn so"


def test_not_this_time_opens_nothing_that_waits_for_all(inside):
    task = give(inside)
    write(inside.ada, task, WAITS, noticed="what I never said")
    empty = write(inside.ben, task, WAITS, outcome="not_this_time")
    assert seen_by(inside.ben, task) == {empty}
    write(inside.ben, task, WAITS)
    assert len(seen_by(inside.ben, task)) == 3


def test_one_entry_between_them_is_one_for_both(inside):
    task = give(inside, given_to=GivenTo.TOGETHER, audience=COUPLE)
    entry = write(inside.ben, task, COUPLE)
    assert seen_by(inside.ada, task) == {entry}
    assert done(inside, task) == {"both": (1, 14)}
    (row,) = homework.assignment_page(actor=inside.tess, assignment_id=task).days
    assert row.member is None
    assert row.outcomes[-1] is Outcome.DONE
    assert not homework.portal_homework(actor=inside.ada).now


def test_a_task_for_one_does_not_exist_for_the_other(inside):
    task = give(inside, given_to=GivenTo.ONE, person_id=inside.ben.person_id, audience=THERAPIST)
    entry = write(inside.ben, task, THERAPIST)
    overview = homework.portal_homework(actor=inside.ada)
    assert (overview.now, overview.later, overview.earlier) == ((), (), ())
    for stranger in (inside.ada, inside.cleo, inside.finn):
        with pytest.raises(NotFound):
            homework.portal_assignment(actor=stranger, assignment_id=task)
        with pytest.raises(NotFound):
            homework.portal_entry(actor=stranger, entry_id=entry)
        with pytest.raises(NotFound):
            write(stranger, task, THERAPIST)


@pytest.mark.parametrize(
    ("given_to", "rule"),
    [(GivenTo.ONE, COUPLE), (GivenTo.ONE, WAITS), (GivenTo.TOGETHER, WAITS)],
)
def test_rules_that_would_show_too_much_or_wait_for_nobody_are_refused(inside, given_to, rule):
    person = inside.ada.person_id if given_to is GivenTo.ONE else None
    with pytest.raises(Invalid) as refused:
        give(inside, given_to=given_to, person_id=person, audience=rule)
    assert set(refused.value.errors) == {"audience"}


def test_another_therapist_can_neither_give_read_nor_end(inside):
    task = give(inside)
    with pytest.raises(NotFound):
        give(inside, actor=inside.otto)
    with pytest.raises(NotFound):
        homework.assignment_page(actor=inside.otto, assignment_id=task)
    with pytest.raises(NotFound):
        homework.couple_homework(actor=inside.ada, couple_id=inside.couple)
    with pytest.raises(NotFound):
        homework.retire(actor=inside.otto, assignment_id=task)


def test_an_own_goal_cannot_stand_on_a_page_that_both_read(inside):
    own = set_goal(inside, person_id=inside.ben.person_id)
    with pytest.raises(Invalid) as refused:
        give(inside, goal_id=own)
    assert set(refused.value.errors) == {"goal_id"}
    with pytest.raises(Invalid):
        give(
            inside,
            goal_id=own,
            given_to=GivenTo.ONE,
            person_id=inside.ada.person_id,
            audience=THERAPIST,
        )
    joint = give(inside, goal_id=set_goal(inside))
    assert card(inside, joint).goal_title == "An evening without screens"


def test_dates_and_people_are_checked(inside):
    today = clock.today()
    with pytest.raises(Invalid) as refused:
        give(inside, starts_on=today, due_on=today - timedelta(days=1), template_key="none_such")
    assert set(refused.value.errors) == {"due_on", "template_key"}
    with pytest.raises(Invalid) as refused:
        give(
            inside, given_to=GivenTo.ONE, person_id=inside.finn.person_id, audience=Audience.PRIVATE
        )
    assert set(refused.value.errors) == {"whom"}
    with pytest.raises(Invalid):
        give(inside, starts_on=today, due_on=today + timedelta(days=400))


def test_the_same_send_twice_is_one_row(inside):
    new_id = uuid4()
    task = give(inside, new_id=new_id)
    assert give(inside, new_id=new_id) == task
    entry_id = uuid4()
    write(inside.ada, task, WAITS, new_id=entry_id)
    write(inside.ada, task, WAITS, new_id=entry_id)
    assert db.session.query(HomeworkEntry).count() == 1
    # Somebody else's id tells nothing of its row: it is answered as any new one.
    assert write(inside.ben, task, WAITS, new_id=entry_id) != entry_id
    assert db.session.query(HomeworkEntry).count() == 2


def test_there_is_a_bound_on_entries_in_a_day_for_each_person_and_task(inside):
    task = give(inside)
    for _ in range(homework.ENTRIES_A_DAY):
        write(inside.ada, task, THERAPIST)
    with pytest.raises(Refused, match="tomorrow"):
        write(inside.ada, task, THERAPIST)
    write(inside.ben, task, THERAPIST)
    write(inside.ada, give(inside), THERAPIST)


@pytest.mark.parametrize("days_ago", [2, -1])
def test_only_today_and_yesterday_can_be_written_about(inside, days_ago):
    task = give(inside)
    with pytest.raises(Invalid) as refused:
        write(inside.ada, task, WAITS, day=clock.today() - timedelta(days=days_ago))
    assert set(refused.value.errors) == {"for_day"}


def test_a_retired_task_asks_for_nothing_and_keeps_what_was_written(inside):
    task = give(inside)
    entry = write(inside.ada, task, THERAPIST)
    homework.retire(actor=inside.tess, assignment_id=task)
    overview = homework.portal_homework(actor=inside.ada)
    assert not overview.now
    assert [one.id for one in overview.earlier] == [task]
    with pytest.raises(Refused):
        write(inside.ada, task, THERAPIST)
    assert homework.portal_entry(actor=inside.ada, entry_id=entry)[1].line.id == entry
    assert not card(inside, task).is_running


def test_something_done_once_may_be_late_and_then_is_over(inside):
    today = clock.today()
    task = give(
        inside,
        frequency=Frequency.ONCE,
        starts_on=today - timedelta(days=9),
        due_on=today - timedelta(days=2),
    )
    assert [one.id for one in homework.portal_homework(actor=inside.ada).now] == [task]
    assert card(inside, task).is_running
    write(inside.ada, task, WAITS)
    assert [one.id for one in homework.portal_homework(actor=inside.ada).earlier] == [task]
    assert card(inside, task).is_running
    write(inside.ben, task, WAITS)
    assert not card(inside, task).is_running


def test_what_is_done_for_today_moves_away_whatever_its_outcome(inside):
    task = give(inside)
    assert homework.portal_homework(actor=inside.ada).minutes == 5
    write(inside.ada, task, PRIVATE, outcome="not_this_time")
    overview = homework.portal_homework(actor=inside.ada)
    assert not overview.now
    assert [one.id for one in overview.later] == [task]


def test_what_the_other_shared_is_not_counted_as_ones_own(inside):
    task = give(inside, audience=COUPLE)
    write(inside.ben, task, COUPLE)
    (open_task,) = homework.portal_homework(actor=inside.ada).now
    assert (open_task.done, open_task.days_written) == (0, 0)


def test_several_times_a_week_asks_until_the_week_has_enough(inside):
    task = give(
        inside,
        frequency=Frequency.SEVERAL_TIMES_A_WEEK,
        times_per_week=2,
        starts_on=clock.today() - timedelta(days=2),
    )
    write(inside.ada, task, WAITS)
    (open_task,) = homework.portal_homework(actor=inside.ada).now
    assert (open_task.done, open_task.asked) == (1, 2)
    write(inside.ada, task, WAITS, day=clock.today() - timedelta(days=1))
    assert not homework.portal_homework(actor=inside.ada).now


def test_whoever_has_left_keeps_their_own_words_and_nothing_else(inside):
    task = give(inside, instructions="for the two of you")
    hers = write(inside.ada, task, WAITS)
    his = write(inside.ben, task, WAITS)
    leave(inside.couple, inside.ben, on=clock.today())
    sheet = homework.portal_assignment(actor=inside.ben, assignment_id=task)
    assert {line.id for line in sheet.lines} == {his}
    assert (sheet.instructions, sheet.days) == ("", ())
    with pytest.raises(NotFound):
        homework.portal_entry(actor=inside.ben, entry_id=hers)
    with pytest.raises(NotFound):
        write(inside.ben, task, WAITS)
    assert not homework.portal_homework(actor=inside.ben).now
    assert seen_by(inside.ada, task) == {hers, his}


def test_a_member_who_came_later_reads_nothing_of_an_earlier_task(inside):
    task = give(inside, audience=COUPLE)
    entry = write(inside.ada, task, COUPLE)
    db.session.add(
        Membership(
            couple_id=inside.couple,
            person_id=inside.dan.person_id,
            position=4,
            joined_on=clock.today(),
        )
    )
    db.session.flush()
    with pytest.raises(NotFound):
        homework.portal_entry(actor=inside.dan, entry_id=entry)


@pytest.mark.parametrize("many", [1, 6])
def test_the_number_of_statements_does_not_grow(inside, many):
    for _ in range(many):
        task = give(inside, goal_id=set_goal(inside))
        for _ in range(many):
            write(inside.ada, task, WAITS)
            write(inside.ben, task, WAITS)

    def for_tess():
        homework.couple_homework(actor=inside.tess, couple_id=inside.couple)

    assert statements_of_a_read(for_tess) <= 5
    assert statements_of_a_read(lambda: homework.portal_homework(actor=inside.ada)) <= 6
