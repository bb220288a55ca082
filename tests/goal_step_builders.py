"""Steps of goals in tests: what is open, and what somebody says in them."""

from sqlalchemy import select

from practice.db import db
from practice.domain.battery import StepKind
from practice.domain.schedule import GoalTask
from practice.domain.visibility import Audience
from practice.models.steps import StepRequest
from practice.services import goals, step_requests
from practice.services.schedule.table import couple_schedule

THERAPIST, COUPLE = Audience.THERAPIST, Audience.COUPLE


BEFORE = "2026-11-25 12:00 +0000"
"""Two days before the session that is a week ahead."""


def open_step(person, task):
    (step,) = [one for one in step_requests.portal_steps(actor=person) if one.task == task]
    return step


def tasks(person):
    return [step.task for step in step_requests.portal_steps(actor=person)]


def rows(cast, person):
    query = select(StepRequest).filter_by(couple_id=cast.couple, person_id=person.person_id)
    return {row.occasion: row for row in db.session.scalars(query)}


def table_of(cast, name, occasion):
    """Return the steps of one person at an occasion as the therapist sees them."""
    found = couple_schedule(actor=cast.tess, couple_id=cast.couple)
    return [
        step
        for row in (*found.now, *found.ahead)
        if row.occasion is occasion
        for cell in row.cells
        if cell.name == name
        for step in cell.steps
        if step.kind is StepKind.GOALS
    ]


def hope(person, **words):
    step = open_step(person, GoalTask.WRITE)
    places = {int(key[-1]): text for key, text in words.items()}
    goals.write_hopes(actor=person, step_id=step.step_id, words=places)
    return step.step_id


def say(person, value, audience=THERAPIST, task=GoalTask.PROGRESS):
    step = open_step(person, task)
    asked = goals.goal_step(actor=person, step_id=step.step_id).goals
    goals.say(
        actor=person,
        step_id=step.step_id,
        values=dict.fromkeys((goal.id for goal in asked), value),
        audience=audience,
    )
    return step.step_id
