"""Writes what is planned beside measures into step requests, as ``refreshing`` does for measures.

What is done is never touched, nor what the therapist took back. What was done anyway within its
time is not asked.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Battery, StepKind
from practice.domain.schedule import PersonFacts, PlannedStep, plan_steps
from practice.domain.steps import is_asked_again
from practice.models.steps import StepRequest
from practice.services import clock
from practice.services.schedule.facts import CoupleFacts
from practice.services.schedule.following import follow, is_over, stays_missed

Kept = Mapping[tuple[UUID, UUID], Mapping[tuple[str, StepKind], StepRequest]]
"""By couple and person, then by what it is about."""


def kept_steps(couple_ids: Sequence[UUID]) -> Kept:
    """Return the step requests there are, with one query."""
    rows = db.session.scalars(select(StepRequest).where(StepRequest.couple_id.in_(couple_ids)))
    found: dict[tuple[UUID, UUID], dict[tuple[str, StepKind], StepRequest]] = {}
    for row in rows:
        of_person = found.setdefault((row.couple_id, row.person_id), {})
        of_person[row.occasion_ref, row.kind] = row
    return found


def write_steps(
    couple_id: UUID, couple: CoupleFacts, person: PersonFacts, battery: Battery, kept: Kept
) -> list[StepRequest]:
    """Bring the step requests of one person in line, and return what is to be asked newly."""
    today = clock.today()
    rows = kept.get((couple_id, person.person_id), {})
    wanted = {
        (planned.occasion_ref, planned.kind): planned
        for planned in plan_steps(battery, couple.course, person)
    }
    for key, row in rows.items():
        if row.done_at is not None or row.withdrawn_by is not None:
            continue
        if is_asked_again(row.occasion_ref):
            _keep_while_present(row, person)
        else:
            _bring_in_line(row, wanted.get(key), couple, person)
    return [
        _new(couple_id, couple.therapist_id, person.person_id, planned)
        for key, planned in wanted.items()
        if key not in rows and planned.done_on is None and not is_over(planned.closes_on, today)
    ]


def _bring_in_line(
    row: StepRequest, planned: PlannedStep | None, couple: CoupleFacts, person: PersonFacts
) -> None:
    today = clock.today()
    if planned is None:
        if row.withdrawn_at is None and not stays_missed(row, couple.course, person, today):
            row.withdrawn_at = clock.now()
        return
    follow(row, planned, today)
    if planned.done_on is not None and row.withdrawn_at is None:
        row.done_at = clock.now()


def _keep_while_present(row: StepRequest, person: PersonFacts) -> None:
    """Leave what the therapist asked by hand to them, but for whoever leaves the couple."""
    if person.left_on is not None and row.withdrawn_at is None:
        row.withdrawn_at = clock.now()


def _new(couple_id: UUID, therapist_id: UUID, person_id: UUID, planned: PlannedStep) -> StepRequest:
    return StepRequest(
        couple_id=couple_id,
        person_id=person_id,
        kind=planned.kind,
        occasion=planned.occasion,
        occasion_ref=planned.occasion_ref,
        session_id=planned.session_id,
        given_by=therapist_id,
        given_at=clock.now(),
        opens_at=planned.opens_at,
        due_on=planned.due_on,
        closes_on=planned.closes_on,
        optional=planned.optional,
    )
