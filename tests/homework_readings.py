"""What the therapist and the members read of homework, in tests."""

from datetime import timedelta

from practice.db import db
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.services import homework

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
