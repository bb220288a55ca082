"""Erasing one person leaves nothing of theirs and the others' record whole (S29)."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from practice.db import db
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import GivenTo
from practice.domain.visibility import Audience
from practice.models.between import EntrySignature
from practice.models.couples import Membership
from practice.models.homework import HomeworkEntry
from practice.models.people import Person
from practice.models.records import AccessRecord
from practice.services import (
    access,
    audit,
    clock,
    homework,
    memberships,
    notes,
    responses,
)
from practice.services.erasure import desk, rules
from practice.services.known_people import NewPerson
from practice.services.own_export.export import content_of
from practice.services.own_export.subject import Subject
from tests import exercises, measure_builders, release_record
from tests.builders import make_couple
from tests.erasure_builders import erase, ready, rows_of, texts
from tests.worlds import between


def test_what_ben_wrote_and_answered_is_the_same_byte_for_byte(cast):
    task = exercises.give(cast)
    for person in (cast.ada, cast.ben):
        exercises.write(person, task, Audience.WHEN_ALL_DONE, noticed="Ada was kind")
        measure_builders.answer(cast, person, "csi16")
    goal = exercises.set_goal(cast)
    for person in (cast.ada, cast.ben):
        exercises.rate(person, goal, 1, Audience.COUPLE, comment="with Ada")
    release_record.session(cast)
    db.session.commit()
    before = rows_of(cast.ben.person_id)
    assert len(before) > 6
    erase(cast, cast.ada)
    assert rows_of(cast.ben.person_id) == before


def test_what_ben_signed_stays_his_when_the_page_it_stood_on_goes(cast):
    task = exercises.give(
        cast,
        template_key="boundary_agreement",
        given_to=GivenTo.TOGETHER,
        audience=Audience.COUPLE,
    )
    entry = homework.record_entry(
        actor=cast.ada,
        assignment_id=task,
        new_id=uuid4(),
        for_day=clock.today(),
        raw=exercises.filled(get_template("boundary_agreement")) | {"outcome": "done"},
        audience=Audience.COUPLE,
    )
    for person in (cast.ada, cast.ben):
        between.sign(person, entry)
    (copy,) = homework.signed_copies(actor=cast.ben)
    before = rows_of(cast.ben.person_id)
    erase(cast, cast.ada)
    assert homework.signed_copies(actor=cast.ben) == (replace(copy, has_ended=True),)
    assert rows_of(cast.ben.person_id) == before
    assert homework.portal_agreements(actor=cast.ben) == ()
    assert db.session.query(EntrySignature).one().person_id == cast.ben.person_id
    reader = access.standing_of(cast.ben, cast.couple)
    subject = Subject(cast.ben.person_id, cast.ben.name, (reader,), at_desk=False)
    (exported,) = content_of(subject, clock.now())["signed_together"]
    assert exported["signed_as"] == cast.ben.name


def test_nothing_points_at_the_person_any_more_and_the_log_keeps_the_id(cast):
    exercises.write(cast.ada, exercises.give(cast), Audience.PRIVATE)
    measure_builders.answer(cast, cast.ada, "phq9", measure_builders.choose("phq9", phq_9=2))
    audit.finish(write_succeeded=True)
    erase(cast, cast.ada)
    audit.finish(write_succeeded=True)
    assert rows_of(cast.ada.person_id) == {}
    assert db.session.get(Person, cast.ada.person_id) is None
    kept = db.session.scalars(
        select(AccessRecord).where(AccessRecord.person_id == cast.ada.person_id)
    ).all()
    assert kept
    assert all("Ada" not in f"{line.what}{line.reason}" for line in kept)


def test_joint_notes_stay_without_the_name(cast):
    session = release_record.session(cast, next_steps="Ada Lind rings.")
    release_record.note(cast, session, "Ada and Ben agreed. Adam was not meant.")
    db.session.commit()
    erase(cast, cast.ada)
    found = texts()
    assert f"{rules.PUT_FOR_NAME} and Ben agreed. Adam was not meant." in found
    assert f"{rules.PUT_FOR_NAME} rings." in found
    page = notes.notes_page(actor=cast.tess, session_id=session)
    assert [one.first_name for one in page.present] == ["Erased person", "Ben"]
    assert [one.about_id for one in page.writable if one.about_id] == [cast.ben.person_id]


def test_what_was_to_open_when_all_are_done_does_not_open_by_an_erasure(cast):
    guest = memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson(name="Gus Weller", is_new=True),
        joined_on=clock.today(),
    )
    task = exercises.give(cast)
    entry = exercises.write(cast.ben, task, Audience.WHEN_ALL_DONE, noticed="waits")
    erase(cast, cast.ada)
    row = db.session.get_one(HomeworkEntry, entry)
    assert len(row.assignment.receivers) == 3
    assert guest in {one.person_id for one in row.assignment.receivers}


def test_in_another_record_the_person_stays_as_they_were(cast):
    other = make_couple(cast.otto, [cast.ada])
    measure_builders.answer(cast, cast.ada, "csi4")
    db.session.commit()
    assert not desk.what_goes(actor=cast.tess, case_id=ready(cast, cast.ada)).wholly
    erase(cast, cast.ada)
    assert db.session.get_one(Person, cast.ada.person_id).name == "Ada Lind"
    assert responses.own_answers(actor=cast.ada).own == ()
    mine = select(Membership.couple_id).where(Membership.person_id == cast.ada.person_id)
    assert list(db.session.scalars(mine)) == [other]


def test_what_is_signed_and_guarded_by_the_database_loses_the_name_too(cast):
    session = release_record.session(cast)
    release_record.note(cast, session, "Ada spoke.")
    db.session.commit()
    guard = GUARD[db.engine.dialect.name]
    for statement in guard:
        db.session.execute(text(statement))
    db.session.commit()
    try:
        erase(cast, cast.ada)
        assert f"{rules.PUT_FOR_NAME} spoke." in texts()
        with pytest.raises(DBAPIError):
            db.session.execute(text("UPDATE joint_note SET version = version + 1"))
    finally:
        db.session.rollback()
        db.session.execute(text(UNGUARD[db.engine.dialect.name]))
        db.session.commit()


GUARD = {
    "sqlite": (
        "CREATE TRIGGER final_test BEFORE UPDATE ON joint_note WHEN OLD.signed_at IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'final'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_test() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'final'; END $$",
        "CREATE TRIGGER final_test BEFORE UPDATE ON joint_note FOR EACH ROW "
        "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_test()",
    ),
}


UNGUARD = {
    "sqlite": "DROP TRIGGER final_test",
    "postgresql": "DROP TRIGGER final_test ON joint_note",
}
