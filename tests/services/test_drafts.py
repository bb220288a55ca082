"""Half-finished forms: theirs alone, once each, gone when they are of no more use."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from practice.db import db
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience
from practice.models.drafts import Draft
from practice.services import (
    clock,
    drafts,
    memberships,
    own_measures,
    responses,
    schedule,
    sessions,
)
from practice.services.drafts import DraftKind
from practice.services.errors import NotFound, Refused
from practice.services.portal_questions import portal_questions
from tests.measure_builders import ask, choose
from tests.practice_settings_builders import add_own, own_definition
from tests.schedules import DAY, INTAKE, details, plan_session, send, stored


def keep(person, request, **fields):
    return responses.keep_for_later(actor=person, request_id=request, fields=fields)


def count():
    return len(list(db.session.scalars(select(Draft))))


def test_what_was_kept_comes_back_to_its_author_and_the_newest_counts(inside):
    request = ask(inside, inside.ada, "csi4")
    assert responses.questions(actor=inside.ada, request_id=request).kept is None
    first = keep(inside.ada, request, csi_01="3")
    second = keep(inside.ada, request, csi_01="4", audience="couple")
    assert first.changed
    assert second.changed
    kept = responses.questions(actor=inside.ada, request_id=request).kept
    assert kept.fields == {"csi_01": "4", "audience": "couple"}
    assert count() == 1


def test_the_same_again_writes_nothing(inside):
    request = ask(inside, inside.ada, "csi4")
    keep(inside.ada, request, csi_01="3")
    assert not keep(inside.ada, request, csi_01="3").changed


def test_it_is_sealed_and_opens_for_nobody_else(inside):
    request = ask(inside, inside.ada, "csi4")
    keep(inside.ada, request, words="a marked heron")
    stored = db.session.scalar(text("SELECT content_sealed FROM draft"))
    assert b"heron" not in bytes(stored)
    about = {"kind": DraftKind.QUESTIONS, "about_id": request}
    for other in (inside.ben, inside.tess, inside.otto, inside.finn):
        assert drafts.kept(actor=other, **about) is None
        with pytest.raises(NotFound):
            keep(other, request, csi_01="1")


def test_sending_lets_go_of_it_and_a_late_keeping_writes_nothing(inside):
    request = ask(inside, inside.ada, "csi4")
    keep(inside.ada, request, csi_01="3")
    responses.submit(
        actor=inside.ada,
        request_id=request,
        answers=choose("csi4"),
        audience=Audience.THERAPIST,
    )
    assert count() == 0
    assert keep(inside.ada, request, csi_01="3") is None
    assert count() == 0


def test_it_ends_with_a_request_that_was_taken_back(inside):
    request, other = ask(inside, inside.ada, "csi4"), ask(inside, inside.ben, "csi4")
    keep(inside.ada, request, csi_01="3")
    keep(inside.ben, other, csi_01="3")
    responses.withdraw_request(actor=inside.tess, request_id=request)
    assert [row.person_id for row in db.session.scalars(select(Draft))] == [inside.ben.person_id]
    with pytest.raises(Refused):
        keep(inside.ada, request, csi_01="3")


def test_it_ends_when_a_longer_measure_takes_the_place(inside):
    request = ask(inside, inside.ada, "csi4")
    keep(inside.ada, request, csi_01="3")
    ask(inside, inside.ada, "csi16")
    assert count() == 0


def test_it_ends_when_a_later_version_takes_the_place(inside):
    first = add_own(inside)
    request = ask(inside, inside.ada, first.key)
    keep(inside.ada, request, q1="1")
    new = own_definition(instruction="As you see it today.")
    later = own_measures.change(actor=inside.tess, key=first.key, definition=new).measure
    assert count() == 1
    ask(inside, inside.ada, later.key)
    assert count() == 0


def test_it_ends_when_its_author_leaves_the_couple(inside):
    request = ask(inside, inside.ada, "csi4")
    keep(inside.ada, request, csi_01="3")
    memberships.end_membership(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        left_on=clock.today(),
    )
    assert count() == 0


def test_it_ends_when_the_time_of_its_questions_has_passed_and_a_day(couple, now):
    for person in (couple.ada, couple.ben):
        send(person, "csi16")
    plan_session(couple, 7)
    now.move_to("2026-11-27 12:00 +0000")
    (before,) = [row.id for key, row in stored(couple, couple.ada).items() if key[0] == "csi4"]
    (other,) = [row.id for key, row in stored(couple, couple.ben).items() if key[0] == "csi4"]
    keep(couple.ada, before, csi_01="3")
    keep(couple.ben, other, csi_01="3")
    for moment, left in (("2026-11-28 23:00 +0000", 2), ("2026-11-29 01:00 +0000", 1)):
        now.move_to(moment)
        schedule.refresh(couple.couple, person_id=couple.ada.person_id)
        assert count() == left, moment
    schedule.refresh(couple.couple)
    assert count() == 0


def test_it_ends_when_the_reason_of_its_questions_goes(couple, now):
    for key in INTAKE:
        send(couple.ada, key)
    session = plan_session(couple, 7)
    now.move_to("2026-11-26 12:00 +0000")
    (row,) = [r for key, r in stored(couple, couple.ada).items() if key[0] == "csi4"]
    keep(couple.ada, row.id, csi_01="3")
    cancelled = details(DAY + timedelta(days=7), SessionStatus.CANCELLED)
    sessions.change_session(actor=couple.tess, session_id=session, details=cancelled)
    assert count() == 0


def test_its_author_alone_is_told_that_it_was_begun(inside):
    request, other = ask(inside, inside.ada, "csi4"), ask(inside, inside.ben, "csi4")
    keep(inside.ada, request, csi_01="3")
    (mine,) = portal_questions(actor=inside.ada)
    assert mine.begun == {request}
    (theirs,) = portal_questions(actor=inside.ben)
    assert theirs.begun == frozenset()
    for actor in (inside.ben, inside.tess):
        found = drafts.begun(actor=actor, kind=DraftKind.QUESTIONS, about_ids=[request, other])
        assert found == frozenset()


def test_keeping_leaves_no_line_in_the_access_log(inside):
    request = ask(inside, inside.ada, "csi4")
    db.session.info.clear()
    keep(inside.ada, request, csi_01="3")
    gathered = db.session.info.get("practice_access", {})
    assert [line for line in gathered if line.how == "written"] == []
