"""What becomes of homework: rest, other words, an end; on both engines."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.domain.homework.terms import EndReason, FollowsHow
from practice.models.couples import Couple
from practice.services import caseload_homework, clock, homework
from practice.services.errors import Invalid, NotFound, Refused
from tests.exercises import give, write
from tests.homework_readings import DAY, THERAPIST, due, now, page, row_of, sheet
from tests.queries import statements_of_a_read


def test_what_rests_asks_for_nothing_counts_nothing_and_says_so(inside):
    task = give(inside)
    with clock.pretend(clock.now() - 3 * DAY):
        homework.pause(actor=inside.tess, assignment_id=task)
    assert due(inside, task) == [(0, 10), (0, 10)], "not the days since then"
    for person in (inside.ada, inside.ben):
        assert now(person) == []
        (resting,) = homework.portal_homework(actor=person).later
        assert (resting.rests, resting.rests_until, resting.asked) == (True, None, 0)
        assert sheet(person, task).days == ()
        with pytest.raises(Refused, match="rests"):
            write(person, task, THERAPIST)
    homework.resume(actor=inside.tess, assignment_id=task)
    homework.resume(actor=inside.tess, assignment_id=task)
    assert now(inside.ada) == [task]
    assert due(inside, task) == [(0, 10), (0, 10)]
    days = {"today": clock.today(), "yesterday, in the pause": clock.today() - DAY}
    assert sheet(inside.ada, task).days == (days["today"],)
    write(inside.ada, task, THERAPIST)
    assert page(inside, task).card.rest is None


def test_a_pause_can_have_a_last_day_and_begin_later(inside):
    task, today = give(inside), clock.today()
    homework.pause(
        actor=inside.tess, assignment_id=task, starts_on=today + DAY, ends_on=today + 3 * DAY
    )
    assert now(inside.ada) == [task]
    with clock.pretend(clock.now() + 2 * DAY):
        assert sheet(inside.ada, task).task.rests_until == today + 3 * DAY
        homework.pause(actor=inside.tess, assignment_id=task, ends_on=today + 2 * DAY)
        assert page(inside, task).card.rest.starts_on == today + DAY, "it is one pause"
    with clock.pretend(clock.now() + 3 * DAY):
        assert now(inside.ada) == [task]


def test_while_it_rests_nothing_is_written_of_yesterday_either(inside):
    task = give(inside)
    homework.pause(actor=inside.tess, assignment_id=task)
    assert sheet(inside.ada, task).days == ()


def test_a_pause_that_has_not_begun_can_be_let_go(inside):
    task = give(inside)
    homework.pause(actor=inside.tess, assignment_id=task, starts_on=clock.today() + DAY)
    homework.resume(actor=inside.tess, assignment_id=task)
    assert row_of(task).pauses == []


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (-1, None, "rest_from"),
        (2, 1, "rest_until"),
        (0, -1, "rest_until"),
        (0, 400, "rest_until"),
        (400, None, "rest_from"),
    ],
)
def test_days_of_rest_are_checked(inside, first, last, field):
    task, today = give(inside), clock.today()
    with pytest.raises(Invalid) as refused:
        homework.pause(
            actor=inside.tess,
            assignment_id=task,
            starts_on=today + first * DAY,
            ends_on=None if last is None else today + last * DAY,
        )
    assert set(refused.value.errors) == {field}


def test_an_end_has_a_reason_that_no_member_reads(inside):
    task = give(inside)
    homework.retire(
        actor=inside.tess, assignment_id=task, reason=EndReason.NO_LONGER_SAFE, words="He shouts."
    )
    life = page(inside, task).life
    assert (life.end_reason, life.end_words) == (EndReason.NO_LONGER_SAFE, "He shouts.")
    for person in (inside.ada, inside.ben):
        # But for the worksheet itself, which says when to leave it whatever happened.
        found = replace(sheet(person, task), worksheet=None)
        seen = f"{found} {homework.portal_homework(actor=person)}"
        assert "He shouts." not in seen
        assert "safe" not in seen.casefold()
        assert sheet(person, task).task.is_retired
    homework.retire(actor=inside.tess, assignment_id=task, reason=EndReason.DONE_ENOUGH)
    assert page(inside, task).life.end_reason is EndReason.NO_LONGER_SAFE


def test_words_and_last_day_can_change_and_how_it_stood_is_kept(inside):
    task = give(inside, instructions="Before tea.")
    first, later = row_of(task).due_on, clock.today() + 40 * DAY
    for _ in range(2):
        homework.change(
            actor=inside.tess, assignment_id=task, instructions="After tea.", due_on=later
        )
    assert sheet(inside.ada, task).instructions == "After tea."
    assert row_of(task).due_on == later
    (before,) = page(inside, task).life.earlier
    assert (before.instructions, before.due_on) == ("Before tea.", first)
    assert "Before tea." not in str(sheet(inside.ada, task))


def test_what_is_changed_is_checked_and_what_is_over_is_not_changed(inside):
    task = give(inside)
    for fields, wrong in (
        ({"instructions": "x" * 4001, "due_on": clock.today()}, "instructions"),
        ({"instructions": "", "due_on": clock.today() - DAY}, "due_on"),
        ({"instructions": "", "due_on": clock.today() + 400 * DAY}, "due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            homework.change(actor=inside.tess, assignment_id=task, **fields)
        assert set(refused.value.errors) == {wrong}
    homework.retire(actor=inside.tess, assignment_id=task)
    with pytest.raises(Refused):
        homework.change(
            actor=inside.tess, assignment_id=task, instructions="", due_on=clock.today()
        )
    with pytest.raises(Refused):
        homework.pause(actor=inside.tess, assignment_id=task)


@pytest.mark.parametrize(
    "act",
    [
        homework.pause,
        homework.resume,
        homework.retire,
        lambda **who: homework.change(**who, instructions="x", due_on=clock.today()),
        lambda **who: homework.carry_over(**who, new_id=uuid4()),
        lambda **who: homework.make_smaller(**who, new_id=uuid4()),
        lambda **who: homework.next_offer(**who, how=FollowsHow.SMALLER),
        lambda **who: homework.taken_place_of(**who),
    ],
)
def test_nobody_else_decides_what_becomes_of_it(inside, act):
    task = give(inside)
    for stranger in (inside.otto, inside.ada, inside.ben, inside.cleo):
        with pytest.raises(NotFound):
            act(actor=stranger, assignment_id=task)
    with pytest.raises(NotFound):
        act(actor=inside.tess, assignment_id=uuid4())


@pytest.mark.parametrize("many", [1, 5])
def test_pauses_cost_no_further_statements(inside, many):
    for _ in range(many):
        task = give(inside)
        homework.pause(actor=inside.tess, assignment_id=task)
    cost = statements_of_a_read(
        lambda: homework.couple_homework(actor=inside.tess, couple_id=inside.couple)
    )
    assert cost <= 5
    assert statements_of_a_read(lambda: homework.portal_homework(actor=inside.ada)) <= 6


def test_the_caseload_counts_pauses_as_the_page_of_the_couple_does(inside):
    task = give(inside)
    with clock.pretend(clock.now() - 9 * DAY):
        homework.pause(actor=inside.tess, assignment_id=task, ends_on=clock.today() + 2 * DAY)
    with clock.pretend(clock.now() - DAY):
        write(inside.ada, task, THERAPIST)
        homework.pause(actor=inside.tess, assignment_id=task, starts_on=clock.today() + 2 * DAY)
    couples = select(Couple.id).where(Couple.id == inside.couple)
    for days in range(4):
        with clock.pretend(clock.now() + days * DAY):
            counted = caseload_homework.homework_of([inside.couple])
            by_page = {
                figure.member.person_id: figure.adherence
                for figure in page(inside, task).card.figures
            }
            assert {person: counted[inside.couple, person] for person in by_page} == by_page
            running = caseload_homework.running_tasks(couples, clock.today())
            waiting = running.get((inside.couple, inside.ada.person_id), [])
            assert len(waiting) == (1 if days == 0 else 0), "what rests waits for nobody"
    (one,) = caseload_homework.running_tasks(couples, clock.today())[
        inside.couple, inside.ada.person_id
    ]
    assert one.open_since == clock.today() - 6 * DAY, "it began anew after the pause"
