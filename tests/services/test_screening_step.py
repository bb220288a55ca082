"""The private questions as a step of the intake: for the therapist with the lead alone."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import StepKind
from practice.domain.couples import CarePart
from practice.domain.people import Role
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.domain.schedule import RequestStatus
from practice.models.couples import Care
from practice.models.records import AccessRecord
from practice.models.steps import StepRequest
from practice.services import (
    audit,
    clock,
    portal_questions,
    screening_answers,
    screenings,
    step_requests,
)
from practice.services.errors import NotFound
from practice.services.schedule.table import couple_schedule
from tests.builders import make_person, schedule

NO = {key: False for key, _ in HARK_ITEMS}


@pytest.fixture
def scheduled(inside):
    schedule(inside.couple, inside.tess)
    db.session.flush()
    return inside


def screening_steps(actor, couple_id):
    table = couple_schedule(actor=actor, couple_id=couple_id)
    return [
        (cell.name, step)
        for row in (*table.now, *table.ahead)
        for cell in row.cells
        for step in cell.steps
        if step.kind is StepKind.SCREENING
    ]


def test_the_lead_sees_who_is_still_to_be_asked_and_who_has_answered(scheduled):
    tess, couple = scheduled.tess, scheduled.couple
    assert {step.status for _, step in screening_steps(tess, couple)} == {RequestStatus.DUE}
    screenings.open_in_portal(actor=tess, couple_id=couple, person_id=scheduled.ada.person_id)
    (waiting,) = screening_answers.waiting(actor=scheduled.ada)
    screening_answers.submit(actor=scheduled.ada, request_id=waiting.request_id, answers=NO)
    screenings.record_talk(
        actor=tess,
        couple_id=couple,
        person_id=scheduled.ben.person_id,
        new_id=uuid4(),
        day=clock.today(),
        answers=NO,
    )
    found = screening_steps(tess, couple)
    assert [(name, step.status) for name, step in found] == [
        ("Ada", RequestStatus.DONE),
        ("Ben", RequestStatus.DONE),
    ]


def test_nobody_else_knows_of_the_step(scheduled):
    toni = make_person("Toni Vale", Role.THERAPIST)
    db.session.add(
        Care(
            couple_id=scheduled.couple,
            therapist_id=toni.person_id,
            since=date(2026, 3, 4),
            part=CarePart.CO_THERAPIST,
        )
    )
    audit.finish(write_succeeded=True)
    assert screening_steps(toni, scheduled.couple) == []
    assert {step.kind for step in step_requests.portal_steps(actor=scheduled.ada)} == {
        StepKind.GOALS
    }
    portal_questions.portal_questions(actor=scheduled.ada)
    audit.finish(write_succeeded=True)
    assert not db.session.scalars(
        select(AccessRecord).where(AccessRecord.what.contains("screening"))
    ).all(), "a line of the log would tell a co-therapist"
    row = db.session.scalars(
        select(StepRequest).where(StepRequest.kind == StepKind.SCREENING)
    ).first()
    assert row is not None
    for actor in (scheduled.ada, scheduled.ben):
        with pytest.raises(NotFound):
            step_requests.require_own(actor=actor, step_id=row.id, kind=StepKind.SCREENING)
