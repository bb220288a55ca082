"""What comes out of homework: another run, a smaller one, and the rule they keep."""

import inspect
from itertools import product
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.sharing import is_no_wider
from practice.domain.homework.smaller import Size
from practice.domain.homework.terms import EndReason, FollowsHow, Frequency
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import clock, homework
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.exercises import give, set_goal, write
from tests.homework_readings import DAY, WAITS, now, page, row_of, sheet


def test_carried_over_it_is_a_new_run_and_what_was_written_stays(inside):
    goal = set_goal(inside)
    task = give(inside, goal_id=goal, instructions="Before tea.")
    hers = write(inside.ada, task, WAITS)
    new_id = uuid4()
    again = homework.carry_over(actor=inside.tess, assignment_id=task, new_id=new_id)
    assert homework.carry_over(actor=inside.tess, assignment_id=task, new_id=new_id) == again
    old, new = row_of(task), row_of(again)
    assert (new.follows_id, new.follows_how) == (task, FollowsHow.CARRIED_OVER)
    assert (old.retired_on, old.end_reason) == (clock.today(), EndReason.CARRIED_OVER)
    assert new.starts_on == clock.today()
    assert new.due_on - new.starts_on == old.due_on - old.starts_on
    for same in ("template_key", "given_to", "frequency", "audience", "instructions", "goal_id"):
        assert getattr(new, same) == getattr(old, same), same
    assert now(inside.ada) == now(inside.ben) == [again]
    assert [line.id for line in sheet(inside.ada, task).lines] == [hers]
    assert sheet(inside.ada, again).lines == sheet(inside.ben, task).lines == ()
    assert page(inside, task).life.after.id == again
    assert page(inside, again).life.before.id == task
    # What waited under the old run is opened by nothing that is written in the new one.
    write(inside.ben, again, WAITS)
    assert sheet(inside.ben, task).lines == ()


def test_made_smaller_it_is_asked_less_often_and_the_bigger_one_ends(inside):
    task = give(inside)
    small = homework.make_smaller(
        actor=inside.tess, assignment_id=task, new_id=uuid4(), instructions="Only on weekdays."
    )
    new = row_of(small)
    assert (new.frequency, new.times_per_week) == (Frequency.SEVERAL_TIMES_A_WEEK, 3)
    assert (new.follows_how, row_of(task).end_reason) == (FollowsHow.SMALLER, EndReason.SMALLER)
    assert new.instructions == "Only on weekdays."
    assert now(inside.ada) == [small]
    weekly = homework.make_smaller(actor=inside.tess, assignment_id=small, new_id=uuid4())
    once = homework.make_smaller(actor=inside.tess, assignment_id=weekly, new_id=uuid4())
    assert row_of(once).frequency is Frequency.ONCE
    with pytest.raises(Refused, match="once already"):
        homework.make_smaller(actor=inside.tess, assignment_id=once, new_id=uuid4())
    assert row_of(once).retired_on is None


def test_a_size_that_is_not_smaller_is_refused(inside):
    task = give(inside, frequency=Frequency.WEEKLY)
    with pytest.raises(Invalid) as refused:
        homework.make_smaller(
            actor=inside.tess,
            assignment_id=task,
            new_id=uuid4(),
            size=Size("gratitude", Frequency.DAILY),
        )
    assert set(refused.value.errors) == {"size"}
    assert row_of(task).retired_on is None


@pytest.mark.parametrize("way", [homework.carry_over, homework.make_smaller])
def test_two_forms_for_the_same_are_one_next_one(inside, way):
    task = give(inside)
    way(actor=inside.tess, assignment_id=task, new_id=uuid4())
    for other in (homework.carry_over, homework.make_smaller):
        with pytest.raises(Refused, match="took its place"):
            other(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert db.session.query(Assignment).count() == 2


def test_somebody_elses_id_is_nobodys(inside):
    task, other = give(inside), give(inside)
    with pytest.raises(NotFound):
        homework.carry_over(actor=inside.tess, assignment_id=task, new_id=other)


def test_what_is_over_can_be_carried_over_for_those_who_are_there(inside):
    task = give(inside, due_on=clock.today() - 3 * DAY)
    leave(inside.couple, inside.ben, on=clock.today())
    again = homework.carry_over(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert row_of(again).facts.concerns == {inside.ada.person_id}
    assert row_of(task).retired_on is None, "its run was over by itself"
    leave(inside.couple, inside.ada, on=clock.today())
    with pytest.raises(Invalid) as refused:
        homework.carry_over(actor=inside.tess, assignment_id=again, new_id=uuid4())
    assert set(refused.value.errors) == {"whom"}


@pytest.mark.parametrize("way", [homework.carry_over, homework.make_smaller])
@pytest.mark.parametrize(("before", "after"), list(product(Audience, Audience)))
def test_a_next_one_keeps_the_rule_or_a_narrower_one(inside, way, before, after):
    task = give(inside, audience=before)
    call = {"actor": inside.tess, "assignment_id": task, "new_id": uuid4(), "audience": after}
    if is_no_wider(after, before):
        assert row_of(way(**call)).audience is after
    else:
        with pytest.raises(Invalid) as refused:
            way(**call)
        assert set(refused.value.errors) == {"audience"}
    assert row_of(task).audience is before


@pytest.mark.parametrize(("before", "after"), list(product(Audience, Audience)))
def test_the_rule_of_what_was_given_is_never_changed(inside, before, after):
    task = row_of(give(inside, audience=before))
    if after is before:
        task.audience = after
    else:
        with pytest.raises(ValueError, match="never changed"):
            task.audience = after
    assert task.audience is before


def test_only_giving_and_following_name_a_rule_at_all():
    named = {
        name
        for name in homework.__all__
        if callable(call := getattr(homework, name))
        and "audience" in inspect.signature(call).parameters
    }
    assert named == {
        "assign",
        "carry_over",
        "make_smaller",
        # What is said by its author, within the rule: an entry, a mark on a promise, an own view.
        "mark_promise",
        "record_entry",
        "say_how_it_was",
    }


@pytest.mark.parametrize(("rule", "chosen"), list(product(Audience, Audience)))
def test_an_entry_is_never_wider_than_the_rule(inside, rule, chosen):
    task = give(inside, audience=rule)
    if chosen in sheet(inside.ada, task).choices:
        assert is_no_wider(chosen, rule)
        write(inside.ada, task, chosen)
    else:
        with pytest.raises(Invalid):
            write(inside.ada, task, chosen)
    stored = [entry.audience for entry in db.session.query(HomeworkEntry)]
    assert all(is_no_wider(one, rule) for one in stored)
