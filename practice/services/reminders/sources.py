"""What waits for one person, from the same services that their own pages are made from.

So a reminder can depend on nothing that their pages do not: what another member keeps private
changes neither. The private questions are in none of them; no mail may come of those.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.reminders.choosing import Cause, Waiting
from practice.domain.reminders.terms import ReminderKind
from practice.domain.sessions import SessionStatus
from practice.models.agreements import Permission
from practice.models.homework import Assignment
from practice.models.responses import MeasureRequest
from practice.models.sessions import TherapySession
from practice.models.steps import StepRequest
from practice.services import (
    access,
    agreement_texts,
    clock,
    homework,
    measure_requests,
    portal_todo,
    step_requests,
)
from practice.services.intake import intake_id_of
from practice.services.intake_entries import requests_of
from practice.services.letters import own_letters
from practice.services.measure_requests import OpenRequest
from practice.services.own_agreements import agreement_id_of, own_agreements
from practice.services.portal_todo import ToDoKind
from practice.services.step_requests import OpenStep

Source = Callable[[Actor], Iterable[Waiting]]


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """Return everything that waits for ``actor``, a partner, in all their couples.

    What the services would tell the access log is the caller's to drop: nobody reads any of it.
    """
    return tuple(one for source in SOURCES.values() for one in source(actor))


def questions(actor: Actor) -> Iterator[Waiting]:
    """Yield sets of questions, steps about goals and the intake; what may be left out is not."""
    asked = [one for one in measure_requests.portal_requests(actor=actor) if not one.optional]
    steps = [one for one in step_requests.portal_steps(actor=actor) if not one.optional]
    since = _openings(MeasureRequest, [one.request_id for one in asked])
    since |= _openings(StepRequest, [one.step_id for one in steps])
    for request in asked:
        yield _question(request, since[request.request_id])
    for step in steps:
        yield _question(step, since[step.step_id])
    yield from _intakes(actor)


def tasks(actor: Actor) -> Iterator[Waiting]:
    """Yield the homework that is there to be done now."""
    now = {task.id: task for task in homework.portal_homework(actor=actor).now}
    rows = db.session.execute(
        select(Assignment.id, Assignment.couple_id).where(Assignment.id.in_(now))
    )
    couples = dict(rows.all())
    for task in now.values():
        cause = Cause(couples[task.id], ReminderKind.HOMEWORK)
        yield Waiting(cause, since=task.starts_on, due_on=task.due_on)


def appointments(actor: Actor) -> Iterator[Waiting]:
    """Yield the sessions that the person is expected at."""
    readers = access.present_couples(actor)
    rows = db.session.scalars(
        select(TherapySession).where(
            TherapySession.couple_id.in_(readers),
            TherapySession.person_id.is_(None) | (TherapySession.person_id == actor.person_id),
            TherapySession.status == SessionStatus.PLANNED,
            TherapySession.starts_at > clock.now(),
        )
    )
    for row in rows:
        if access.may_see(readers[row.couple_id], row.facts):
            cause = Cause(row.couple_id, ReminderKind.APPOINTMENT)
            yield Waiting(cause, due_on=clock.local(row.starts_at).date())


def papers(actor: Actor) -> Iterator[Waiting]:
    """Yield texts to sign and questions about moving words into the joint record."""
    readers = access.present_couples(actor)
    waiting = {one.id for one in own_agreements(actor=actor) if one.is_waiting}
    for couple_id in readers:
        texts = agreement_texts.consent_texts()
        if waiting & {agreement_id_of(couple_id, actor.person_id, key) for key in texts}:
            yield Waiting(Cause(couple_id, ReminderKind.PAPERS))
    asked = [one.id for one in portal_todo.own_todo(actor=actor) if one.kind is ToDoKind.PERMISSION]
    rows = db.session.execute(
        select(Permission.couple_id, Permission.asked_at).where(Permission.id.in_(asked))
    )
    for couple_id, asked_at in rows:
        yield Waiting(Cause(couple_id, ReminderKind.PAPERS), since=_day(asked_at))


def unread_letters(actor: Actor) -> Iterator[Waiting]:
    """Yield letters that came and were not marked as read, where somebody still belongs."""
    for one in own_letters(actor=actor):
        if one.is_current and one.new_at is not None:
            yield Waiting(Cause(one.couple_id, ReminderKind.LETTER), since=_day(one.new_at))


SOURCES: Mapping[ReminderKind, Source] = {
    ReminderKind.QUESTIONS: questions,
    ReminderKind.HOMEWORK: tasks,
    ReminderKind.APPOINTMENT: appointments,
    ReminderKind.PAPERS: papers,
    ReminderKind.LETTER: unread_letters,
}
"""Where each kind is found. A kind without a source is neither offered nor sent."""


def _question(one: OpenRequest | OpenStep, since: date) -> Waiting:
    cause = Cause(one.couple_id, ReminderKind.QUESTIONS)
    return Waiting(cause, since=since, due_on=one.closes_on or one.due_on)


def _openings(model: Any, ids: Iterable[UUID]) -> dict[UUID, date]:
    rows = db.session.execute(
        select(model.id, model.given_at, model.opens_at).where(model.id.in_(list(ids)))
    )
    return {row_id: _day(opens_at or given_at) for row_id, given_at, opens_at in rows}


def _intakes(actor: Actor) -> Iterator[Waiting]:
    own = access.present_couples(actor)
    waiting = {one.id for one in portal_todo.own_todo(actor=actor)}
    for row in requests_of(own, actor.person_id):
        if intake_id_of(row.couple_id, actor.person_id) in waiting:
            yield Waiting(Cause(row.couple_id, ReminderKind.QUESTIONS), since=_day(row.asked_at))


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
