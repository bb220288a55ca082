"""Short ways to move through a course of therapy in tests of the schedule."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

from sqlalchemy import select

from practice.db import db
from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.models.couples import Membership
from practice.models.responses import MeasureRequest
from practice.services import couples, measure_requests, responses, sessions
from tests.builders import schedule
from tests.measure_builders import choose

DAY = date(2026, 11, 20)
INTAKE = {"csi16", "phq9", "gad7", "who5", "ratings"}


def begin_care(cast):
    """Let care begin on the day, with the shipped battery."""
    details = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    for row in db.session.scalars(select(Membership).filter_by(person_id=cast.finn.person_id)):
        row.joined_on = row.left_on = DAY
    couples.edit_couple(
        actor=cast.tess,
        couple_id=cast.couple,
        details=replace(details, episode_started_on=DAY),
    )
    schedule(cast.couple, cast.tess)


def details(day=DAY, status=SessionStatus.PLANNED, person=None, attendance=None, at=time(18)):
    return sessions.SessionDetails(
        day=day,
        at=at,
        minutes=60,
        person_id=person.person_id if person else None,
        format=SessionFormat.ROOM,
        status=status,
        attendance=attendance or {},
    )


def plan_session(cast, days, **more):
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=details(DAY + timedelta(days=days), **more),
    )


def hold(cast, session, day=DAY, ada=Attendance.ATTENDED, ben=Attendance.ATTENDED):
    sessions.change_session(
        actor=cast.tess,
        session_id=session,
        details=details(
            day,
            SessionStatus.HELD,
            attendance={cast.ada.person_id: ada, cast.ben.person_id: ben},
        ),
    )


def stored(cast, person, **wanted):
    """Return the scheduled requests of a person that stand, by measure and session."""
    query = select(MeasureRequest).filter_by(
        couple_id=cast.couple, person_id=person.person_id, withdrawn_at=None, **wanted
    )
    rows = db.session.scalars(query.where(MeasureRequest.occasion.is_not(None)))
    return {(row.measure_key, row.occasion, row.session_id): row for row in rows}


def waiting(person):
    return {item.measure.key for item in measure_requests.portal_requests(actor=person)}


def send(person, key, answers=None):
    (request,) = [
        item for item in measure_requests.portal_requests(actor=person) if item.measure.key == key
    ]
    responses.submit(
        actor=person,
        request_id=request.request_id,
        answers=answers or choose(key),
        audience=responses.AUDIENCES[0],
    )
    return request.request_id
