"""Homework made smaller by another worksheet: whom it asks, who reads it, whose words it keeps."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import homework
from tests.exercises import give
from tests.records import make_task
from tests.services.test_between import put, sign, state


@pytest.mark.parametrize(
    ("key", "smaller", "given_to", "audience"),
    [
        ("cycle_map", "attachment_need", GivenTo.EACH, Audience.THERAPIST),
        ("boundary_agreement", "needs_list", GivenTo.EACH, Audience.THERAPIST),
        ("speaker_listener", "reflect_back", GivenTo.TOGETHER, Audience.COUPLE),
        ("maintenance_plan", "what_we_keep", GivenTo.TOGETHER, Audience.COUPLE),
        ("quality_time", "ten_minutes", GivenTo.EACH, Audience.WHEN_ALL_DONE),
        ("apology_builder", "own_my_part", GivenTo.ONE, Audience.THERAPIST),
    ],
)
def test_the_smaller_worksheet_comes_as_it_is_meant(inside, key, smaller, given_to, audience):
    big = get_template(key)
    one = {"person_id": inside.ben.person_id} if given_to is GivenTo.ONE else {}
    task = give(
        inside,
        template_key=key,
        given_to=big.for_whom,
        frequency=Frequency.ONCE,
        audience=big.default_audience,
        instructions="At the kitchen table, with the big clock.",
        **one,
    )
    small = homework.make_smaller(actor=inside.tess, assignment_id=task, new_id=uuid4())
    row = db.session.get_one(Assignment, small)
    assert (row.template_key, row.given_to, row.audience) == (smaller, given_to, audience)
    assert row.instructions == "", "those words were about the bigger one"
    page = homework.assignment_page(actor=inside.tess, assignment_id=small)
    assert page.life.before.title == big.title
    before = db.session.get_one(Assignment, task).facts.concerns
    assert row.facts.concerns == before
    for person in (inside.ada, inside.ben):
        found = [one.id for one in homework.portal_homework(actor=person).now]
        assert found == ([small] if person.person_id in before else [])


def test_a_worksheet_that_was_given_before_it_named_a_smaller_one_knows_it_now(inside):
    task = give(inside, template_key="quality_time", frequency=Frequency.WEEKLY)
    kept = db.session.get_one(Assignment, task).worksheet
    kept.content = {**kept.content, "smaller": None}
    db.session.flush()
    small = homework.make_smaller(actor=inside.tess, assignment_id=task, new_id=uuid4())
    keys = select(Assignment.template_key).where(Assignment.id == small)
    assert db.session.scalar(keys) == "ten_minutes"


def test_words_that_were_not_kept_are_said_to_be_todays(inside):
    kept = give(inside, template_key="gratitude")
    before = make_task(inside.couple, inside.tess, [inside.ada])
    found = {
        task: homework.assignment_page(actor=inside.tess, assignment_id=task).in_todays_words
        for task in (kept, before)
    }
    assert found == {kept: False, before: True}


def test_an_agreement_that_holds_goes_on_when_its_task_is_made_smaller(inside):
    entry = put(inside, inside.ada)
    for person in (inside.ada, inside.ben):
        sign(person, entry)
    task = db.session.get_one(HomeworkEntry, entry).assignment_id
    homework.make_smaller(actor=inside.tess, assignment_id=task, new_id=uuid4())
    assert [state(person, entry) for person in (inside.ada, inside.ben)] == ["holds", "holds"]
