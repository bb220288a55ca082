"""Homework by week and who carries it: over what the therapist may see, and for nobody else."""

from datetime import timedelta

import pytest

from practice.domain.adherence import monday_of
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.services import clock, homework, reports
from practice.services.errors import NotFound
from tests.exercises import give, settled
from tests.records import make_entry, make_task


def weeks(cast):
    return homework.couple_weeks(actor=cast.tess, couple_id=cast.couple)


@pytest.fixture
def task(inside):
    """Given to each, weekly, from three Mondays ago on."""
    start = monday_of(clock.today()) - timedelta(weeks=3)
    both = [inside.ada, inside.ben]
    return make_task(inside.couple, inside.tess, both, starts_on=start), start


def test_each_week_has_its_row_and_nothing_asked_is_a_gap(inside, task):
    task, start = task
    make_entry(task, inside.couple, inside.ada, start)
    make_entry(task, inside.couple, inside.ada, start + timedelta(days=2))
    make_entry(task, inside.couple, inside.ben, start + timedelta(days=8))
    make_task(
        inside.couple,
        inside.tess,
        [inside.ben],
        starts_on=start - timedelta(weeks=3),
        due_on=start - timedelta(weeks=2, days=1),
    )
    found = weeks(inside)
    cells = [
        [(one.done, one.due, one.days) if one else None for one in week.cells]
        for week in found.weeks
    ]
    assert cells[:6] == [
        [None, (0, 1, 0)],
        [None, None],
        [None, None],
        [(1, 1, 2), (0, 1, 0)],
        [(0, 1, 0), (1, 1, 1)],
        [(0, 1, 0), (0, 1, 0)],
    ]
    assert [(one.done, one.due, one.days) for one in found.people] == [(1, 3, 2), (1, 4, 1)]


def test_what_somebody_keeps_private_changes_nothing(inside, task):
    task, start = task
    before = weeks(inside)
    make_entry(task, inside.couple, inside.ben, start, audience=Audience.PRIVATE)
    assert weeks(inside) == before


def test_what_was_done_together_counts_for_each_and_minutes_are_rough(inside):
    together = make_task(
        inside.couple,
        inside.tess,
        [inside.ada, inside.ben],
        given_to=GivenTo.TOGETHER,
        template_key="quality_time",
        starts_on=clock.today() - timedelta(days=9),
    )
    make_entry(together, inside.couple, inside.ada, clock.today())
    found = weeks(inside)
    assert found.effort.startswith("Ada about ")
    assert len({one.effort.minutes for one in found.people}) == 1
    assert found.alone == ""
    alone = give(inside, given_to=GivenTo.ONE, person_id=inside.ben.person_id,
                 audience=Audience.THERAPIST, frequency=Frequency.DAILY)  # fmt: skip
    make_entry(alone, inside.couple, inside.ben, clock.today(), audience=Audience.THERAPIST)
    ada, ben = (one.effort.minutes for one in weeks(inside).people)
    assert ben > ada > 0


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_it_is_for_whoever_treats_them_alone(inside, who):
    with pytest.raises(NotFound):
        homework.couple_weeks(actor=getattr(inside, who), couple_id=inside.couple)


def test_partners_learn_on_how_many_days_they_wrote_themselves_and_no_rate(inside, task):
    task, start = task
    make_entry(task, inside.couple, inside.ada, start)
    before = homework.portal_homework(actor=inside.ada)
    for day in range(4):
        make_entry(task, inside.couple, inside.ben, start + timedelta(days=day))
    settled()
    found = homework.portal_homework(actor=inside.ada)
    assert [one.days_written for one in (*found.now, *found.later)] == [1]
    assert found == before
    for words in ("Effort", "Adherence", "WeekDone"):
        assert words not in str(found)


@pytest.mark.parametrize("edition", Edition)
def test_who_carries_it_stands_in_no_report(inside, task, edition):
    task, start = task
    make_entry(task, inside.couple, inside.ada, clock.today())
    findings = reports.outcome_findings(actor=inside.tess, couple_id=inside.couple, edition=edition)
    said = str(findings)
    assert weeks(inside).effort
    for words in ("Effort", "minutes in 4 weeks", "carries"):
        assert words not in said
