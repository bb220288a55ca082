"""What becomes of homework: rest, other words, an end, a next one; on both engines."""

import inspect
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.homework.sharing import is_no_wider
from practice.domain.homework.smaller import Size
from practice.domain.homework.terms import EndReason, FollowsHow, Frequency, GivenTo
from practice.domain.people import Role
from practice.domain.visibility import Audience
from practice.models.couples import Couple, Membership
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import caseload_figures, clock, homework
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave, make_couple, make_person
from tests.exercises import give, set_goal, write
from tests.queries import statements_of_a_read

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience
DAY = timedelta(days=1)


def row_of(assignment_id):
    return db.session.get_one(Assignment, assignment_id)


def page(cast, assignment_id):
    return homework.assignment_page(actor=cast.tess, assignment_id=assignment_id)


def due(cast, assignment_id):
    figures = page(cast, assignment_id).card.figures
    return [(one.adherence.done, one.adherence.due) for one in figures]


def now(actor):
    return [one.id for one in homework.portal_homework(actor=actor).now]


def sheet(actor, assignment_id):
    return homework.portal_assignment(actor=actor, assignment_id=assignment_id)


# It rests.


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


# It ends, or changes.


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


# Something comes out of it.


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


# The rule.


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


# Whose it is.


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


def three(inside):
    """A couple of three in the care of Tess."""
    people = [make_person(name, Role.PARTNER) for name in ("Ida Mor", "Jon Bly", "Kit Orr")]
    return make_couple(inside.tess, people), people


@pytest.mark.parametrize("given_to", [GivenTo.EACH, GivenTo.TOGETHER])
def test_what_two_of_three_do_does_not_exist_for_the_third(inside, given_to):
    couple, (ida, jon, kit) = three(inside)
    task = give(
        inside,
        couple_id=couple,
        given_to=given_to,
        audience=COUPLE,
        person_ids=[ida.person_id, jon.person_id],
    )
    entry = write(ida, task, COUPLE)
    assert [line.id for line in sheet(jon, task).lines] == [entry]
    assert now(kit) == []
    for call in (
        lambda: sheet(kit, task),
        lambda: homework.portal_entry(actor=kit, entry_id=entry),
        lambda: write(kit, task, COUPLE),
    ):
        with pytest.raises(NotFound):
            call()
    words = "together" if given_to is GivenTo.TOGETHER else "each"
    assert page(inside, task).card.whom == f"for Ida and Jon, {words}"
    assert [figure.member for figure in page(inside, task).card.figures if figure.member] == (
        [] if given_to is GivenTo.TOGETHER else list(page(inside, task).card.receivers)
    )
    small = homework.make_smaller(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert row_of(small).facts.concerns == {ida.person_id, jon.person_id}


def test_each_and_together_of_three_wait_for_all_three(inside):
    couple, people = three(inside)
    task = give(inside, couple_id=couple)
    for number, person in enumerate(people, start=1):
        write(person, task, WAITS)
        assert len(sheet(people[0], task).lines) == (3 if number == 3 else 1)
    assert page(inside, task).card.whom == "for each partner"
    shared = give(inside, couple_id=couple, given_to=GivenTo.TOGETHER, audience=COUPLE)
    write(people[1], shared, COUPLE)
    assert all(len(sheet(person, shared).lines) == 1 for person in people)


@pytest.mark.parametrize("who", ["one", "stranger", "former", "nobody"])
def test_several_are_at_least_two_who_are_members_now(inside, who):
    chosen = {
        "one": [inside.ada.person_id],
        "stranger": [inside.ada.person_id, inside.cleo.person_id],
        "former": [inside.ada.person_id, inside.finn.person_id],
        "nobody": [],
    }[who]
    with pytest.raises(Invalid) as refused:
        give(inside, person_ids=chosen)
    assert set(refused.value.errors) == {"whom"}


def test_somebody_who_joins_later_is_not_among_those_it_was_given_to(inside):
    task = give(inside)
    db.session.add(
        Membership(
            couple_id=inside.couple,
            person_id=inside.dan.person_id,
            position=4,
            joined_on=clock.today(),
        )
    )
    db.session.flush()
    again = homework.carry_over(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert now(inside.dan) == []
    assert row_of(again).facts.concerns == {inside.ada.person_id, inside.ben.person_id}
    assert page(inside, again).card.whom == "for Ada and Ben, each"


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
            counted = caseload_figures.homework_of([inside.couple])
            by_page = {
                figure.member.person_id: figure.adherence
                for figure in page(inside, task).card.figures
            }
            assert {person: counted[inside.couple, person] for person in by_page} == by_page
            running = caseload_figures.running_tasks(couples, clock.today())
            waiting = running.get((inside.couple, inside.ada.person_id), [])
            assert len(waiting) == (1 if days == 0 else 0), "what rests waits for nobody"
    (one,) = caseload_figures.running_tasks(couples, clock.today())[
        inside.couple, inside.ada.person_id
    ]
    assert one.open_since == clock.today() - 6 * DAY, "it began anew after the pause"
