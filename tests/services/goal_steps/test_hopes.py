"""At intake: what somebody hopes for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Occasion
from practice.domain.schedule import GoalTask
from practice.models.goals import Hope
from practice.models.steps import StepRequest
from practice.services import clock, goals, own_entries
from practice.services.errors import Invalid, NotFound
from practice.services.own_entries import EntryKind
from practice.services.portal_questions import portal_questions
from practice.services.schedule import refresh
from tests.exercises import set_goal
from tests.goal_step_builders import hope, open_step, table_of, tasks


def test_at_intake_each_is_asked_what_they_hope_for(couple):
    step = open_step(couple.ada, GoalTask.WRITE)
    assert (step.minutes, step.goals, step.has_joint) == (3, 0, False)
    (group,) = portal_questions(actor=couple.ada)
    assert group.items.index(step) == len(group.requests) - 1, "before what may be left out"
    assert group.minutes == sum(r.measure.minutes for r in group.requests if not r.optional) + 3


def test_what_was_hoped_is_for_its_author_and_the_therapist_and_can_be_mended(couple, now):
    step = hope(couple.ada, hope_1="  More evenings  ", hope_3="Fewer quarrels")
    assert tasks(couple.ada) == []
    assert tasks(couple.ben) == [GoalTask.WRITE]
    now.move_to("2026-11-22 12:00 +0000")
    goals.write_hopes(
        actor=couple.ada, step_id=step, words={1: "Evenings\n  at home", 2: "", 3: "Fewer quarrels"}
    )
    (first, third) = goals.own_hopes(actor=couple.ada)
    assert (first.words, first.place, first.changed_at is None) == ("Evenings at home", 1, False)
    assert (third.words, third.place, third.changed_at) == ("Fewer quarrels", 3, None)
    assert goals.own_hopes(actor=couple.ben) == ()
    seen = goals.couple_goals(actor=couple.tess, couple_id=couple.couple).hopes
    assert [(one.name, one.words) for one in seen] == [
        ("Ada", "Evenings at home"),
        ("Ada", "Fewer quarrels"),
    ]
    goals.write_hopes(actor=couple.ada, step_id=step, words={3: ""})
    assert [one.place for one in goals.own_hopes(actor=couple.ada)] == [1]


def test_nothing_and_too_much_are_refused_with_their_field(couple):
    step = open_step(couple.ada, GoalTask.WRITE).step_id
    with pytest.raises(Invalid) as refused:
        goals.write_hopes(actor=couple.ada, step_id=step, words={1: " ", 2: "", 3: ""})
    assert set(refused.value.errors) == {"hope_1"}
    with pytest.raises(Invalid) as refused:
        goals.write_hopes(actor=couple.ada, step_id=step, words={1: "x" * 201, 2: "x" * 200})
    assert set(refused.value.errors) == {"hope_1"}
    assert not db.session.scalars(select(Hope)).all()
    goals.write_hopes(actor=couple.ada, step_id=step, words={7: "nowhere", 2: "here"})
    assert [one.place for one in goals.own_hopes(actor=couple.ada)] == [2]


def test_a_hope_becomes_a_goal_and_its_words_stay_then(couple):
    step = hope(couple.ada, hope_1="More evenings", hope_2="Fewer quarrels")
    mine = goals.own_hopes(actor=couple.ada)[0]
    shown = goals.hope_of(actor=couple.tess, couple_id=couple.couple, hope_id=mine.id)
    goal = set_goal(couple, title=shown.words, person_id=shown.person_id, hope_id=mine.id)
    assert goals.own_hopes(actor=couple.ada)[0].goal_id == goal
    goals.write_hopes(actor=couple.ada, step_id=step, words={1: "Something else", 2: ""})
    (left,) = goals.own_hopes(actor=couple.ada)
    assert left.words == "More evenings"
    assert goals.goal_step(actor=couple.ada, step_id=step).hopes[0].is_fixed
    again = set_goal(couple, hope_id=mine.id)
    assert goals.own_hopes(actor=couple.ada)[0].goal_id == goal != again, "the first it became"


def test_a_step_whose_hopes_are_all_locked_away_thanks_for_nothing(couple):
    """For others nothing changes; its author finds it as if they had not written."""
    step = hope(couple.ada, hope_1="More evenings")
    before = table_of(couple, "Ada", Occasion.INTAKE)
    (mine,) = goals.own_hopes(actor=couple.ada)
    to = {"actor": couple.ada, "kind": EntryKind.HOPE, "record_id": mine.id}
    own_entries.lock_away(**to)
    found = goals.goal_step(actor=couple.ada, step_id=step)
    assert (found.is_done, found.is_open) == (False, True)
    assert not any(place.words for place in found.hopes)
    refresh(couple.couple)
    assert table_of(couple, "Ada", Occasion.INTAKE) == before
    assert GoalTask.WRITE not in tasks(couple.ada)
    db.session.get_one(StepRequest, step).closes_on = clock.today() - timedelta(days=9)
    with pytest.raises(NotFound):
        goals.goal_step(actor=couple.ada, step_id=step)
    own_entries.open_again(**to)
    assert goals.goal_step(actor=couple.ada, step_id=step).is_done


def test_a_hope_is_reached_by_nobody_else(couple):
    hope(couple.ada, hope_1="More evenings")
    (mine,) = goals.own_hopes(actor=couple.ada)
    for actor, where in (
        (couple.otto, couple.couple),
        (couple.otto, couple.other_couple),
        (couple.ben, couple.couple),
        (couple.ada, couple.couple),
    ):
        with pytest.raises(NotFound):
            goals.hope_of(actor=actor, couple_id=where, hope_id=mine.id)
    with pytest.raises(NotFound):
        set_goal(couple, hope_id=uuid4())
