"""Suggestions of worksheets count only what their reader may see; the preview writes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from practice.db import db
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.note_formats import NoteContent, Pattern, as_stored
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.safety.joint_work import JointWork
from practice.domain.sessions import SessionKind
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.services import clearances, clock, goals, homework
from practice.services.errors import Invalid, NotFound
from practice.services.homework.giving import Terms
from practice.services.homework.preview import draft_preview
from tests.exercises import give, set_goal, write
from tests.records import make_joint_note, make_session

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience


def decide(cast, decision=JointWork.CLEARED):
    clearances.decide(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        decision=decision,
        on=clock.today(),
        reason="We talked.",
    )


def note(cast, *patterns, author=None, **session):
    session_id = make_session(cast.couple, cast.tess, **session)
    content = NoteContent(patterns=frozenset(patterns))
    return make_joint_note(session_id, cast.couple, author or cast.tess, content=as_stored(content))


def suggested(cast):
    return homework.suggested(actor=cast.tess, couple_id=cast.couple)


def reasons(cast):
    return {one.key: one.reasons for one in suggested(cast).suggestions}


def test_patterns_of_notes_of_sessions_together_are_a_reason(inside):
    decide(inside)
    assert reasons(inside) == {}
    note(inside, Pattern.CRITICISM)
    found = reasons(inside)
    assert found
    assert all("criticism" in one[0] for one in found.values())


def test_a_note_of_a_session_with_one_alone_is_no_reason(inside):
    decide(inside)
    note(
        inside,
        Pattern.CRITICISM,
        kind=SessionKind.INDIVIDUAL,
        person_id=inside.ben.person_id,
    )
    assert reasons(inside) == {}


def test_a_joint_goal_that_says_what_it_is_about_is_a_reason_an_own_one_is_not(inside):
    decide(inside)
    set_goal(inside, person_id=inside.ben.person_id, title="heron", area=ProblemGroup.CLOSENESS)
    set_goal(inside, title="unsaid")
    assert reasons(inside) == {}
    goal = set_goal(inside, title="Evenings", area=ProblemGroup.CLOSENESS)
    found = reasons(inside)
    assert found
    assert all(one[0] == "For “Evenings” (closeness)" for one in found.values())
    goals.close_goal(actor=inside.tess, goal_id=goal)
    assert reasons(inside) == {}


def test_what_went_well_comes_again_after_a_rest_and_private_entries_count_nowhere(inside):
    decide(inside)
    today = clock.today()
    task = give(
        inside,
        frequency=Frequency.WEEKLY,
        starts_on=today - timedelta(days=1),
        due_on=today + timedelta(days=6),
    )
    write(inside.ben, task, PRIVATE, quality="9")
    assert suggested(inside).running == {"gratitude"}
    row = db.session.get_one(Assignment, task)
    row.starts_on, row.due_on = today - timedelta(days=40), today - timedelta(days=20)
    db.session.flush()
    assert reasons(inside) == {}
    row.starts_on, row.due_on = today - timedelta(days=1), today + timedelta(days=6)
    db.session.flush()
    write(inside.ada, task, THERAPIST, quality="9")
    row.starts_on, row.due_on = today - timedelta(days=40), today - timedelta(days=20)
    db.session.flush()
    assert reasons(inside) == {"gratitude": ("It went well for them before",)}
    assert suggested(inside).given_before == {"gratitude"}
    assert suggested(inside).running == set()


@pytest.mark.parametrize("decision", [None, JointWork.PAUSED, JointWork.NOT_CLEARED])
def test_without_clearance_nothing_for_two_is_suggested_and_the_page_warns(inside, decision):
    if decision:
        decide(inside, decision)
    note(inside, Pattern.STONEWALLING, Pattern.DEMAND_WITHDRAW)
    found = suggested(inside)
    assert found.warning
    assert found.suggestions
    assert not any(get_template(one.key).needs_both_safe for one in found.suggestions)


def test_suggestions_are_for_those_who_treat_the_couple(inside):
    for person in (inside.otto, inside.ada, inside.cleo):
        with pytest.raises(NotFound):
            homework.suggested(actor=person, couple_id=inside.couple)


GRATITUDE = get_template("gratitude")


def draft(**overrides):
    today = clock.today()
    values = {
        "template_key": "gratitude",
        "given_to": GivenTo.EACH,
        "frequency": Frequency.DAILY,
        "times_per_week": 1,
        "starts_on": today,
        "due_on": today + timedelta(days=6),
        "audience": WAITS,
        "instructions": "At supper.",
    }
    return Terms(**values | overrides)


def test_a_preview_is_the_page_that_its_receiver_finds(inside):
    wanted = draft()
    seen = draft_preview(
        actor=inside.tess, couple_id=inside.couple, template=GRATITUDE, terms=wanted
    )
    assert seen.name == "Ada"
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 0
    task = give(
        inside,
        starts_on=wanted.starts_on,
        due_on=wanted.due_on,
        instructions=wanted.instructions,
    )
    real = homework.portal_assignment(actor=inside.ada, assignment_id=task)
    for name in ("instructions", "choices", "preset", "days", "lines", "goal_title"):
        assert getattr(seen.sheet, name) == getattr(real, name), name
    for name in ("title", "how_often", "badge", "therapist", "others", "audience", "is_together"):
        assert getattr(seen.sheet.task, name) == getattr(real.task, name), name


def test_a_preview_for_one_is_theirs_and_one_for_later_has_a_day(inside):
    later = clock.today() + timedelta(days=3)
    one = draft(
        given_to=GivenTo.ONE,
        audience=THERAPIST,
        starts_on=later,
        due_on=later,
    )
    ben = {inside.ben.person_id}
    about = {"couple_id": inside.couple, "template": GRATITUDE, "terms": one, "person_ids": ben}
    seen = draft_preview(actor=inside.tess, **about)
    assert seen.name == "Ben"
    assert seen.sheet.task.others == ()
    assert seen.sheet.days
    with pytest.raises(Invalid):
        draft_preview(actor=inside.tess, **about | {"person_ids": set()})
    with pytest.raises(NotFound):
        draft_preview(actor=inside.otto, **about)
